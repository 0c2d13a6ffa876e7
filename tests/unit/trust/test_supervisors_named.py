"""Who may say who is a supervisor: the first one nobody, then one of them or the administrator."""

from __future__ import annotations

import pytest

from posmember.errors import PinRejectedError, SupervisorNeededError
from posmember.trust import supervisors
from posmember.trust.supervisors import PAUSE_S, Approval, Permit, Supervisors
from tests.fakes.network import ManualTime
from tests.fakes.wechat import MemoryStore
from tests.unit.trust.test_supervisors import of, rejected

PIN, WRONG = "246813", "864213"
BY_FIRST = Approval("1001", PIN)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing."""
    monkeypatch.setattr(supervisors, "_N", 2)


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


def test_the_first_one_needs_nobody(store: MemoryStore) -> None:
    staff = of(store)
    staff.set_pin("1001", PIN, Approval("nobody", "at all"))
    assert staff.names() == ("1001",)


@pytest.mark.parametrize("who", ["1001", "1002"])
def test_nobody_at_the_till_names_another_or_resets_a_pin(staff: Supervisors, who: str) -> None:
    with pytest.raises(SupervisorNeededError):
        staff.set_pin(who, WRONG)
    with pytest.raises(SupervisorNeededError):
        staff.remove(who)
    assert staff.names() == ("1001",)
    assert staff.check("1001", PIN) == Permit("1001")


def test_one_of_them_may(staff: Supervisors) -> None:
    staff.set_pin("1002", WRONG, BY_FIRST)
    staff.set_pin("1001", WRONG, Approval("1002", WRONG))
    assert staff.check("1001", WRONG) == Permit("1001")
    assert staff.remove("1002", Approval("1001", WRONG))
    assert staff.names() == ("1001",)


def test_a_wrong_pin_there_is_a_try_as_any_other(staff: Supervisors, time: ManualTime) -> None:
    wrong = Approval("1001", WRONG)
    for left in (4, 2):
        with pytest.raises(PinRejectedError) as caught:
            staff.set_pin("1002", PIN, wrong)
        assert caught.value.tries_left == left
        with pytest.raises(PinRejectedError) as caught:
            staff.remove("1001", wrong)
        assert caught.value.tries_left == left - 1
    assert rejected(staff) == (0, PAUSE_S)
    with pytest.raises(PinRejectedError) as caught:
        staff.set_pin("1002", PIN, BY_FIRST)
    assert caught.value.wait_s == PAUSE_S
    assert rejected(staff, PIN) == (0, PAUSE_S)
    time.now += PAUSE_S
    staff.set_pin("1002", PIN, BY_FIRST)
    assert rejected(staff) == (4, 0), "the right one has taken the wrong ones back"


def test_who_is_removed_allows_nothing_more(staff: Supervisors) -> None:
    staff.set_pin("1002", WRONG, BY_FIRST)
    staff.remove("1001", Approval("1002", WRONG))
    with pytest.raises(PinRejectedError):
        staff.set_pin("1003", PIN, BY_FIRST)


def test_the_administrator_needs_nobody(staff: Supervisors, store: MemoryStore) -> None:
    administrator = Supervisors(store, ManualTime(), administrator=lambda: True)
    administrator.set_pin("1002", WRONG)
    assert administrator.remove("1001")
    assert staff.check("1002", WRONG) == Permit("1002")
    with pytest.raises(PinRejectedError):  # but who is named has to have the PIN
        administrator.set_pin("1003", PIN, Approval("1002", PIN))


def test_a_pin_is_in_no_text_of_an_approval() -> None:
    assert PIN not in repr(BY_FIRST)
