"""Supervisors and their PINs: right, wrong, too many wrong, and never readable."""

from __future__ import annotations

import hashlib
import json
import time as clock
from typing import Any

import pytest

from posmember.errors import (
    ConfigError,
    CredentialError,
    NoSupervisorError,
    PinRejectedError,
)
from posmember.trust import supervisors
from posmember.trust.credentials import get_long
from posmember.trust.supervisors import (
    HASHES_NAME,
    MAX_TRIES,
    PAUSE_S,
    Approval,
    Permit,
    Supervisors,
)
from tests.fakes.network import NOON, ManualTime
from tests.fakes.wechat import MemoryStore

PIN, WRONG = "246813", "864213"
BY_FIRST = Approval("1001", PIN)
FULL_COST = supervisors._N


@pytest.fixture(autouse=True)
def cheap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing, but where a test asks for the real ones."""
    if "full_cost" not in request.fixturenames:
        monkeypatch.setattr(supervisors, "_N", 2)


@pytest.fixture
def full_cost() -> int:
    return FULL_COST


@pytest.fixture
def time() -> ManualTime:
    return ManualTime()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def staff(store: MemoryStore, time: ManualTime) -> Supervisors:
    here = of(store, time)
    here.set_pin("1001", PIN)
    return here


def of(store: MemoryStore, time: ManualTime | None = None) -> Supervisors:
    """Supervisors as somebody at the till has them, who is no administrator."""
    return Supervisors(store, time or ManualTime(), administrator=lambda: False)


def rejected(staff: Supervisors, pin: str = WRONG, who: str = "1001") -> tuple[int, int]:
    """How many tries are left, and how long to wait."""
    with pytest.raises(PinRejectedError) as caught:
        staff.check(who, pin)
    assert not pin or pin not in str(caught.value)
    return caught.value.tries_left, caught.value.wait_s


def exhaust(staff: Supervisors) -> None:
    for _ in range(MAX_TRIES):
        rejected(staff)


# --- right and wrong -----------------------------------------------------------------------------


def test_the_right_pin_is_a_permit(staff: Supervisors) -> None:
    assert staff.check("1001", PIN) == Permit("1001")


def test_at_its_full_cost(full_cost: int, store: MemoryStore) -> None:
    staff = of(store)
    staff.set_pin("1001", PIN)
    assert staff.check("1001", PIN) == Permit("1001")
    assert rejected(staff) == (MAX_TRIES - 1, 0)
    _, salt, made = json.loads(get_long(store, HASHES_NAME) or "")["1001"].split("$")
    again = hashlib.scrypt(PIN.encode(), salt=bytes.fromhex(salt), n=16384, r=8, p=5, maxmem=2**26)
    assert (made, full_cost) == (again.hex(), 16384)


@pytest.mark.parametrize(
    "pin", ["", WRONG, PIN + " ", PIN[:-1], PIN + "0", "密码密码密码", "\ud800"]
)
def test_another_pin_is_not(staff: Supervisors, pin: str) -> None:
    with pytest.raises(PinRejectedError, match=r"^wrong$"):
        staff.check("1001", pin)


def test_a_pin_is_its_owners_alone(staff: Supervisors) -> None:
    staff.set_pin("1002", WRONG, BY_FIRST)
    assert staff.check("1002", WRONG) == Permit("1002")
    rejected(staff, WRONG, "1001")
    rejected(staff, PIN, "1002")


def test_a_new_pin_takes_the_old_ones_place(staff: Supervisors) -> None:
    staff.set_pin("1001", WRONG, BY_FIRST)
    assert staff.names() == ("1001",)
    assert staff.check("1001", WRONG) == Permit("1001")
    rejected(staff, PIN)


def test_names_are_told_in_order(staff: Supervisors) -> None:
    for who in ("b", "a", "0999"):
        staff.set_pin(who, PIN, BY_FIRST)
    assert staff.names() == ("0999", "1001", "a", "b")


def test_nobody_is_one_at_first_and_then_no_pin_is_wrong(store: MemoryStore) -> None:
    staff = of(store)
    assert staff.names() == ()
    for _ in range(MAX_TRIES + 1):
        with pytest.raises(NoSupervisorError):
            staff.check("1001", PIN)
    assert store.kept == {}


# --- too many wrong ------------------------------------------------------------------------------


def test_five_wrong_ones_are_counted_and_then_there_is_a_pause(staff: Supervisors) -> None:
    assert [rejected(staff) for _ in range(5)] == [(4, 0), (3, 0), (2, 0), (1, 0), (0, 300)]
    assert (MAX_TRIES, PAUSE_S) == (5, 300)


def test_in_the_pause_the_right_pin_is_not_even_looked_at(
    staff: Supervisors, time: ManualTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    exhaust(staff)
    monkeypatch.setattr(hashlib, "scrypt", None)
    for seconds, wait in ((0, 300), (1, 299), (298, 1)):
        time.now += seconds
        with pytest.raises(PinRejectedError, match="too many") as caught:
            staff.check("1001", PIN)
        assert (caught.value.tries_left, caught.value.wait_s) == (0, wait)


def test_trying_in_the_pause_does_not_lengthen_it(staff: Supervisors, time: ManualTime) -> None:
    exhaust(staff)
    time.now += 200
    rejected(staff)
    time.now += 100
    assert staff.check("1001", PIN) == Permit("1001")


def test_after_the_pause_there_are_five_tries_again(staff: Supervisors, time: ManualTime) -> None:
    for _ in range(3):
        assert [rejected(staff)[0] for _ in range(5)] == [4, 3, 2, 1, 0]
        time.now += 300
    assert staff.check("1001", PIN) == Permit("1001")


def test_the_pause_is_for_everybody(staff: Supervisors) -> None:
    staff.set_pin("1002", PIN, BY_FIRST)
    exhaust(staff)
    assert rejected(staff, PIN, "1002") == (0, 300)


def test_wrong_ones_of_several_are_counted_together(staff: Supervisors) -> None:
    staff.set_pin("1002", PIN, BY_FIRST)
    assert [rejected(staff, WRONG, who)[0] for who in ("1001", "1002") * 2] == [4, 3, 2, 1]


def test_the_count_and_the_pause_outlive_the_program(
    staff: Supervisors, store: MemoryStore, time: ManualTime
) -> None:
    for left in (4, 3, 2, 1):
        assert rejected(of(store, time))[0] == left
    assert rejected(of(store, time)) == (0, 300)
    time.now += 299
    assert rejected(of(store, time), PIN) == (0, 1)
    time.now += 1
    assert of(store, time).check("1001", PIN) == Permit("1001")


def test_the_right_pin_resets_the_count(staff: Supervisors) -> None:
    for _ in range(3):
        assert [rejected(staff)[0] for _ in range(4)] == [4, 3, 2, 1]
        staff.check("1001", PIN)


@pytest.mark.parametrize("earlier", [1, 299, 3600, 86_400 * 365])
def test_a_machine_started_anew_starts_the_pause_anew_and_once(
    staff: Supervisors, time: ManualTime, earlier: int
) -> None:
    exhaust(staff)
    time.now = NOON - earlier
    for wait in (300, 200, 100, 1):
        time.now = NOON - earlier + 300 - wait
        assert rejected(staff, PIN) == (0, wait)
    time.now += 1
    assert staff.check("1001", PIN) == Permit("1001")


def test_each_time_the_machine_is_started_the_pause_is_no_longer_than_at_first(
    staff: Supervisors, time: ManualTime
) -> None:
    exhaust(staff)
    for earlier in (1, 3600, 86_400 * 365):
        time.now = NOON - earlier
        assert rejected(staff, PIN) == (0, 300)


def test_a_machine_started_anew_forgives_no_wrong_pin(staff: Supervisors, time: ManualTime) -> None:
    for left in (4, 3, 2, 1):
        assert rejected(staff) == (left, 0)
        time.now -= 3600
    assert rejected(staff) == (0, 300)


def test_a_try_is_counted_before_it_is_looked_at(
    staff: Supervisors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever ends the program in the middle of a check gains no try by it."""

    def ended(*_args: object, **_options: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(hashlib, "scrypt", ended)
        for _ in range(4):
            with pytest.raises(KeyboardInterrupt):
                staff.check("1001", WRONG)
    assert rejected(staff) == (0, 300)


def test_where_nothing_can_be_counted_nothing_is_checked(
    staff: Supervisors, store: MemoryStore
) -> None:
    def locked(_what: str, _name: str) -> None:
        raise CredentialError("locked")

    store.watch = locked
    with pytest.raises(CredentialError, match="locked"):
        staff.check("1001", PIN)


@pytest.mark.parametrize("jump", [-86_400 * 365, -301, 299, 301, 86_400 * 365])
def test_setting_the_clock_neither_ends_the_pause_nor_makes_it_longer(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    """By the real clocks: what a person can set counts for nothing."""
    staff = Supervisors(store)
    staff.set_pin("1001", PIN)
    exhaust(staff)
    set_to = clock.time() + jump
    monkeypatch.setattr(clock, "time", lambda: set_to)
    tries_left, wait_s = rejected(staff, PIN)
    assert tries_left == 0
    assert PAUSE_S - 60 < wait_s <= PAUSE_S


# --- nobody knows who is one ---------------------------------------------------------------------


def test_an_unknown_name_is_as_a_wrong_pin_and_takes_as_long(
    staff: Supervisors, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[tuple[int, int, int]] = []
    scrypt = hashlib.scrypt

    def counted(password: bytes, **how: Any) -> bytes:
        costs.append((how["n"], how["r"], how["p"]))
        return scrypt(password, **how)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    assert rejected(staff, PIN, "1001x") == (4, 0)
    assert rejected(staff, WRONG, "1001") == (3, 0)
    assert len(costs) == 2
    assert costs[0] == costs[1]


def test_unknown_names_are_counted_too(staff: Supervisors) -> None:
    for number in range(MAX_TRIES):
        rejected(staff, PIN, f"nobody{number}")
    assert rejected(staff, PIN) == (0, 300)


@pytest.mark.parametrize("pin", ["", "00", "\x00"])
def test_nobodys_hash_is_no_ones_pin(staff: Supervisors, pin: str) -> None:
    rejected(staff, pin, "nobody")


def test_who_is_removed_is_none_any_more(staff: Supervisors) -> None:
    staff.set_pin("1002", PIN, BY_FIRST)
    assert staff.remove("1001", BY_FIRST) is True
    assert staff.remove("1001", Approval("1002", PIN)) is False
    assert staff.names() == ("1002",)
    rejected(staff, PIN, "1001")
    assert staff.check("1002", PIN) == Permit("1002")


def test_the_last_one_can_be_removed(staff: Supervisors) -> None:
    assert staff.remove("1001", BY_FIRST)
    assert staff.names() == ()
    with pytest.raises(NoSupervisorError):
        staff.check("1001", PIN)
    staff.set_pin("1002", PIN)
    assert rejected(staff, WRONG, "1002") == (4, 0)


# --- forms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["1", "x" * 20, "a-b_C9"])
@pytest.mark.parametrize("pin", ["123456", "x" * 64, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"])
def test_a_form_that_is_taken(store: MemoryStore, who: str, pin: str) -> None:
    staff = Supervisors(store)
    staff.set_pin(who, pin)
    assert staff.check(who, pin) == Permit(who)


@pytest.mark.parametrize("who", ["", "x" * 21, "a b", "a\n", "店长", "a$b", "a.b"])
def test_a_staff_number_that_is_none(store: MemoryStore, who: str) -> None:
    with pytest.raises(ConfigError, match="staff number"):
        Supervisors(store).set_pin(who, PIN)
    assert store.kept == {}


@pytest.mark.parametrize("pin", ["", "12345", "x" * 65, "12345 ", "123456\n", "密码密码密码"])
def test_a_pin_that_is_none_is_not_repeated(store: MemoryStore, pin: str) -> None:
    with pytest.raises(ConfigError, match="6 to 64") as caught:
        Supervisors(store).set_pin("1001", pin)
    assert store.kept == {}
    assert not pin or pin not in str(caught.value)
