"""The sandbox's one merchant account: invented credentials, stores and sign-in secrets.

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
