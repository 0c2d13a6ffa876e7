"""The sandbox's one merchant account: invented credentials, stores, secrets and key names.

Nothing here opens anything outside the sandbox; every value says so in its own text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OPEN_ID: Final = "sandbox-open-id-0000000000000001"
GRANT_CODE: Final = "sandboxgrant"
OPEN_KEY: Final = "sandbox-open-key-not-a-secret-0123456789abcdefghij"

PASSWORD: Final = "sandbox-password"
"""The sign-in password of every sandbox member that identity knows (identity, type 1)."""

MCHID: Final = "1900000000"
"""The merchant's number at WeChat Pay (商户号)."""

MERCHANT_SERIAL: Final = "5A4D53414E44424F580000000000000000000001"
"""The serial of the merchant's certificate (serial_no)."""

PUBLIC_KEY_ID: Final = "PUB_KEY_ID_0000000000000000000000000000000001"
ROTATED_KEY_ID: Final = "PUB_KEY_ID_0000000000000000000000000000000002"
UNKNOWN_KEY_ID: Final = "PUB_KEY_ID_0000000000000000000000000000000009"
"""Ids of WeChat Pay's keys: the usual one, the one after a rotation, one that nobody was given."""

BRAND_ID: Final = "99001"
CARD_ID: Final = "pSandbox_card-template-00001"
"""The merchant's brand, and the template of its membership card."""

RELAY_TOKEN: Final = "sandbox-relay-token-not-a-secret-0123456789"
"""What a till shows to the relay (``Authorization: Bearer``)."""


@dataclass(frozen=True, slots=True)
class SandboxStore:
    """A store of the merchant: `code` is the multiMark, `number` the numeric id of shop_ids."""

    code: str
    number: int
    name: str


STORES: Final = (
    SandboxStore("1001", 88001, "人民广场店"),
    SandboxStore("1002", 88002, "徐家汇店"),
)


def store_by_code(code: str) -> SandboxStore | None:
    """The store with this code (multiMark of member-info, multi_store_sn of identity), or None."""
    return next((store for store in STORES if store.code == code), None)
