"""The token by which programs ask over HTTP: in the keyring alone, never in a file."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from posmember.trust.credentials import CredentialStore

NAME: Final = "beside-http-token"
_BYTES: Final = 32


def make_token(store: CredentialStore) -> str:
    """Make a new one, and keep it; the one of before counts no more. Raises CredentialError."""
    token = secrets.token_urlsafe(_BYTES)
    store.set(NAME, token)
    return token


def read_token(store: CredentialStore) -> str:
    """The one that was made, or "". Raises CredentialError."""
    return store.get(NAME) or ""


def is_token(given: bytes, token: str) -> bool:
    """Whether a text is the token; how long the answer takes tells nothing of it."""
    return bool(token) and hmac.compare_digest(given, token.encode("utf-8"))
