"""What a till has to ask WeChat Pay with: nothing, everything, or an error; nothing half."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from posmember.api.wechat.access import to_text
from posmember.errors import CredentialError
from posmember.lookup.desk import (
    KEYRING_NAME,
    PerhapsDesk,
    WechatDesk,
    forget_set_up,
    note_set_up,
    open_desk,
    open_noted_desk,
)
from posmember.trust.audit import Step
from posmember.trust.credentials import set_long
from posmember.trust.supervisors import Permit, Supervisors
from tests.end2end.program import SOURCE
from tests.fakes.wechat import CODE, MemoryStore, merchant_access, relay_access
from tests.fakes.wechat_desk import NOW, cheap_pins


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "audit.jsonl"


def holding(text: str) -> MemoryStore:
    store = MemoryStore()
    set_long(store, KEYRING_NAME, text)
    return store


WITHOUT_KEYS = """
import sys
from pathlib import Path
from posmember.lookup.desk import open_desk

class EmptyStore:
    def get(self, name): return None
    def set(self, name, secret): raise AssertionError
    def delete(self, name): raise AssertionError

assert open_desk(EmptyStore(), 5, Path("a")) is None
print(sorted({"cryptography", "httpx", "keyring"} & set(sys.modules)))
"""


def test_without_keys_nothing_heavy_is_imported() -> None:
    """Most tills never need the cryptography."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_KEYS],
        cwd=SOURCE,
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=30,
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("kept", ["junk", "{}", "[]", "null", '{"token": 1}'])
def test_what_is_no_access_is_an_error(path: Path, kept: str) -> None:
    with pytest.raises(CredentialError) as caught:
        open_desk(holding(kept), 5, path)
    assert kept not in str(caught.value)


def test_half_of_a_secret_is_an_error(path: Path) -> None:
    store = holding(to_text(merchant_access()))
    last = max(name for name in store.kept if name != KEYRING_NAME)
    del store.kept[last]
    with pytest.raises(CredentialError):
        open_desk(store, 5, path)


async def test_a_desk_is_made_in_one_go_and_writes_nothing(path: Path) -> None:
    store = holding(to_text(merchant_access()))
    before = dict(store.kept)
    desk = open_desk(store, 5, path)
    assert desk is not None
    assert store.kept == before
    assert not path.parent.exists()
    await desk.service.aclose()


def test_supervisors_and_log_are_those_of_the_same_keyring(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_pins(monkeypatch)
    store = holding(to_text(relay_access()))
    desk = open_desk(store, 5, path)
    assert desk is not None
    Supervisors(store).set_pin("1001", "135790")
    assert desk.supervisors.check("1001", "135790") == Permit("1001")
    log = desk.open_audit()
    log.write(Step.ASKED, at=NOW, who="1001", card_code=CODE, fields=["level"])
    assert log.card_hash(CODE) in path.read_text("utf-8")
    assert desk.open_audit().card_hash(CODE) == log.card_hash(CODE), "the key is kept"


@pytest.mark.parametrize(
    ("fills", "needed"), [(True, False), (False, True)], ids=["fills in", "does not"]
)
def test_an_openid_is_needed_unless_the_relay_knows_it(
    path: Path, fills: bool, needed: bool
) -> None:
    desk = open_desk(holding(to_text(relay_access(fills_openid=fills))), 5, path)
    assert desk is not None
    assert desk.service.openid_needed is needed


# --- the note that there is one ------------------------------------------------------------------


class Untouched:
    """A keyring that nobody may ask."""

    def get(self, name: str) -> str | None:
        raise AssertionError(name)

    def set(self, name: str, secret: str) -> None:
        raise AssertionError((name, secret))

    def delete(self, name: str) -> None:
        raise AssertionError(name)


def test_without_a_note_the_keyring_is_not_asked_before_somebody_wants_a_card(path: Path) -> None:
    opened = open_noted_desk(Untouched(), 5, path)
    assert isinstance(opened, PerhapsDesk)
    with pytest.raises(AssertionError, match=KEYRING_NAME):
        opened.open()
    assert not path.parent.exists(), "and nothing is written"


async def test_keys_without_a_note_are_found_then_and_noted(path: Path) -> None:
    store = holding(to_text(merchant_access()))
    opened = open_noted_desk(store, 5, path)
    assert isinstance(opened, PerhapsDesk)
    desks = [opened.open(), open_noted_desk(store, 5, path)]
    for desk in desks:
        assert isinstance(desk, WechatDesk)
        await desk.service.aclose()


def test_a_till_without_keys_gets_no_note(path: Path) -> None:
    opened = open_noted_desk(MemoryStore(), 5, path)
    assert isinstance(opened, PerhapsDesk)
    assert opened.open() is None
    assert isinstance(open_noted_desk(Untouched(), 5, path), PerhapsDesk)


def test_a_note_is_taken_back(path: Path) -> None:
    note_set_up(path)
    assert open_noted_desk(MemoryStore(), 5, path) is None, "noted, and not there: so it is none"
    forget_set_up(path)
    forget_set_up(path)
    assert isinstance(open_noted_desk(Untouched(), 5, path), PerhapsDesk)


def test_a_note_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "audit.jsonl"
    note_set_up(path)
    forget_set_up(path)
    assert isinstance(open_noted_desk(Untouched(), 5, path), PerhapsDesk)
