"""The open platform's request signature (api/README: Request signature)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import quote


class SignKeys(StrEnum):
    """How the signed text spells its keys: ``openId`` or ``OpenId``.

    Certain for V3 (camel); for V2 the documents do not say, so it is a setting.
    """

    CAMEL = "camel"
    PASCAL = "pascal"


def public_fields(
    open_id: str, grant_code: str, timestamp: int, nonce: int, spelling: SignKeys
) -> dict[str, str]:
    """The four public fields of a request, spelled one way.

    Args:
        timestamp: Unix seconds. nonce: a random positive integer, used once.
    """
    camel = {
        "openId": open_id,
        "grantCode": grant_code,
        "timestamp": str(timestamp),
        "nonce": str(nonce),
    }
    if spelling is SignKeys.CAMEL:
        return camel
    return {key[0].upper() + key[1:]: value for key, value in camel.items()}


def signed_text(fields: Mapping[str, str]) -> str:
    """The text that is signed: sorted by key, joined, values percent-encoded."""
    return "&".join(f"{key}={quote(fields[key], safe='')}" for key in sorted(fields))


def token(open_key: str, fields: Mapping[str, str]) -> str:
    """The signature over the four public fields, as the body's ``token`` holds it.

    HMAC-SHA1 with the open key, Base64, percent-encoded. SHA-1 is the platform's choice.
    """
    digest = hmac.new(open_key.encode(), signed_text(fields).encode(), hashlib.sha1).digest()
    return quote(base64.b64encode(digest).decode("ascii"), safe="")
