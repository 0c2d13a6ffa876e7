"""A till's desk for membership cards: none without keys, and never one of keys that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from posmember.api.wechat.access import to_text
from posmember.api.wechat.gate import Access
from posmember.errors import CredentialError
from posmember.lookup import desk
from posmember.lookup.wechat import WechatService
from posmember.trust.credentials import set_long
from tests.fakes.wechat import CODE, MemoryStore, merchant_access, relay_access


def test_without_keys_there_is_no_desk(path: Path) -> None:
    assert desk.open_desk(MemoryStore(), 5, path) is None


@pytest.mark.parametrize("access", [merchant_access(), relay_access()], ids=["merchant", "relay"])
def test_with_keys_there_is_one(access: Access, path: Path) -> None:
    store = MemoryStore()
    set_long(store, desk.KEYRING_NAME, to_text(access))
    opened = desk.open_desk(store, 5, path)
    assert opened is not None
    assert isinstance(opened.service, WechatService)
    assert opened.supervisors.names() == ()
    assert opened.open_audit().card_hash(CODE) == opened.open_audit().card_hash(CODE)
    assert opened.audit_path == path


def test_keys_that_are_none_are_an_error_and_not_no_desk(path: Path) -> None:
    store = MemoryStore()
    set_long(store, desk.KEYRING_NAME, "junk")
    with pytest.raises(CredentialError):
        desk.open_desk(store, 5, path)
