"""What the keyring holds of supervisors: nothing to read a PIN from, and what if it is odd."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from posmember.errors import CredentialError, NoSupervisorError, PinRejectedError
from posmember.trust import supervisors
from posmember.trust.credentials import get_long, set_long
from posmember.trust.supervisors import HASHES_NAME, TRIES_NAME, Supervisors
from tests.fakes.network import ManualTime
from tests.fakes.wechat import MemoryStore

PIN, WRONG = "246813", "864213"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing."""
    monkeypatch.setattr(supervisors, "_N", 2)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def staff(store: MemoryStore) -> Supervisors:
    here = Supervisors(store, ManualTime(), administrator=lambda: True)
    here.set_pin("1001", PIN)
    return here


def rejected(staff: Supervisors, pin: str = WRONG) -> tuple[int, int]:
    """How many tries are left, and how long to wait."""
    with pytest.raises(PinRejectedError) as caught:
        staff.check("1001", pin)
    return caught.value.tries_left, caught.value.wait_s


def test_two_of_the_same_pin_have_different_hashes(staff: Supervisors, store: MemoryStore) -> None:
    staff.set_pin("1002", PIN)
    hashes = json.loads(get_long(store, HASHES_NAME) or "")
    first, second = (hashes[who].split("$") for who in ("1001", "1002"))
    assert first[1] != second[1]
    assert first[2] != second[2]
    assert len(bytes.fromhex(first[1])) == 16


def test_a_pin_is_nowhere_in_the_keyring(staff: Supervisors, store: MemoryStore) -> None:
    staff.check("1001", PIN)
    rejected(staff)
    kept = " ".join([*store.kept, *store.kept.values()])
    for pin in (PIN, WRONG):
        raw = pin.encode()
        plain = hashlib.sha256(raw).hexdigest()
        for form in (pin, raw.hex(), base64.b64encode(raw).decode(), plain, pin[::-1]):
            assert form not in kept


def test_many_supervisors_fit_into_a_keyring(store: MemoryStore) -> None:
    staff = Supervisors(store, administrator=lambda: True)
    for number in range(40):
        staff.set_pin(f"{number:020}", PIN)
    assert len(staff.names()) == 40
    assert all(len(entry.encode("utf-16-le")) <= 2560 for entry in store.kept.values())


@pytest.mark.parametrize("text", ["x", "{", "[1", "[" * 60_000], ids=lambda text: text[:3])
def test_supervisors_that_cannot_be_read_are_an_error_and_not_nobody(
    store: MemoryStore, text: str
) -> None:
    set_long(store, HASHES_NAME, text)
    staff = Supervisors(store)
    for call in (staff.names, lambda: staff.check("1001", PIN), lambda: staff.set_pin("1", PIN)):
        with pytest.raises(CredentialError, match="cannot be read"):
            call()
    assert get_long(store, HASHES_NAME) == text


@pytest.mark.parametrize("text", ["[]", "7", "null", '"x"'])
def test_what_is_no_list_of_supervisors_holds_none(store: MemoryStore, text: str) -> None:
    set_long(store, HASHES_NAME, text)
    assert Supervisors(store).names() == ()
    with pytest.raises(NoSupervisorError):
        Supervisors(store).check("1001", PIN)


@pytest.mark.parametrize(
    "kept",
    ["", "scrypt", "scrypt$zz$00", "a$b$c$d", "$$", "x" * 1000, "scrypt$00$好", "scrypt$00$\ud800"],
)
def test_a_hash_that_is_none_matches_no_pin(store: MemoryStore, kept: str) -> None:
    set_long(store, HASHES_NAME, json.dumps({"1001": kept}))
    rejected(Supervisors(store), PIN)


@pytest.mark.parametrize(
    "kept",
    [
        *("", "x", ":", "5", "5:", ":5", "-5:9", "5:x", "٣:٣", "5:1:2"),
        *("9" * 5000 + ":1", "9" * 13 + ":1", "5:" + "9" * 5000),
    ],
    ids=lambda kept: f"{kept:.6}-{len(kept)}",
)
def test_a_count_that_cannot_be_read_starts_anew(
    staff: Supervisors, store: MemoryStore, kept: str
) -> None:
    store.kept[TRIES_NAME] = kept
    assert rejected(staff) == (4, 0)


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 13, "9" * 5000], ids=len)
def test_of_a_count_whose_time_cannot_be_read_the_count_holds(
    staff: Supervisors, store: MemoryStore, last: str
) -> None:
    store.kept[TRIES_NAME] = f"3:{last}"
    assert rejected(staff) == (1, 0)
