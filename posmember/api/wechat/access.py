"""The keys of WeChat Pay as the keyring holds them: one text, read back whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from posmember.api.address import check_base_url
from posmember.api.wechat.crypto import Certificate, PrivateKey, PublicKey
from posmember.api.wechat.gate import ADDRESS_NAME, Access, MerchantAccess, RelayAccess
from posmember.api.wechat.serials import normal_key_id, normal_serial
from posmember.domain.wechat.card import MAX_ID
from posmember.errors import ConfigError, CredentialError

_WORD: Final = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN: Final = re.compile(r"[!-~]+")
_MAX_TOKEN: Final = 4096
_MAX_SERIAL: Final = 64
_SERIAL: Final = re.compile(r"[0-9A-F]{2,40}")


def check_access(access: Access) -> None:
    """Refuse what cannot be right, by the lengths of api/README.

    Raises:
        ConfigError: naming what is wrong.
    """
    check_base_url(access.base_url, name=ADDRESS_NAME)
    words = [
        ("brand id", access.brand_id, MAX_ID),
        ("card template id", access.template_id, MAX_ID),
    ]
    if isinstance(access, MerchantAccess):
        words.append(("mchid", access.mchid, MAX_ID))
        if not _SERIAL.fullmatch(access.serial):
            raise ConfigError("serial: the certificate's, up to 40 hexadecimal digits")
        words += [("public key id", name, _MAX_SERIAL) for name in access.public_keys]
        if not access.public_keys:
            raise ConfigError("a public key of WeChat Pay is needed")
    elif not _TOKEN.fullmatch(access.token[: _MAX_TOKEN + 1]) or len(access.token) > _MAX_TOKEN:
        raise ConfigError("the relay's token has to be plain characters without spaces")
    for name, word, most in words:
        if not _WORD.fullmatch(word) or len(word) > most:
            raise ConfigError(f"{name}: 1 to {most} letters, digits, - and _")


def to_text(access: Access) -> str:
    """An access as one text, with its keys."""
    content: dict[str, object] = {
        "base_url": access.base_url,
        "brand_id": access.brand_id,
        "template_id": access.template_id,
    }
    if isinstance(access, MerchantAccess):
        content |= {
            "mchid": access.mchid,
            "serial": access.serial,
            "private_key": access.private_key.pem(),
            "public_keys": {name: key.pem() for name, key in access.public_keys.items()},
        }
        if access.certificate is not None:
            content["certificate"] = access.certificate.pem()
    else:
        content |= {"token": access.token, "fills_openid": access.fills_openid}
    return json.dumps(content)


def from_text(text: str) -> Access:
    """The access that a text holds.

    Raises:
        CredentialError: it holds none, or keys that are none.
    """
    try:
        access = _access(json.loads(text))
        check_access(access)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ConfigError) as error:
        raise CredentialError("what the keyring holds for WeChat Pay is not usable") from error
    return access


def _access(content: Mapping[str, object]) -> Access:
    base_url, brand_id, template_id = (
        _text(content, name) for name in ("base_url", "brand_id", "template_id")
    )
    if "token" in content:
        return RelayAccess(
            base_url=base_url,
            brand_id=brand_id,
            template_id=template_id,
            token=_text(content, "token"),
            fills_openid=content["fills_openid"] is True,
        )
    keys = content["public_keys"]
    if not isinstance(keys, dict):
        raise ValueError("no public keys")
    certificate = _text(content, "certificate") if "certificate" in content else ""
    return MerchantAccess(
        mchid=_text(content, "mchid"),
        serial=normal_serial(_text(content, "serial")),
        brand_id=brand_id,
        template_id=template_id,
        private_key=PrivateKey(_text(content, "private_key").encode()),
        public_keys={normal_key_id(name): PublicKey(_text(keys, name).encode()) for name in keys},
        base_url=base_url,
        certificate=Certificate(certificate.encode()) if certificate else None,
    )


def _text(content: Mapping[str, object], name: str) -> str:
    value = content[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value
