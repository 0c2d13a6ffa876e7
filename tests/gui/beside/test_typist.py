"""What is typed into a till's window, a key at a time; and when no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from posmember.settings.beside import parse_template
from posmember.ui.beside.typing import typist as typist_module
from posmember.ui.beside.typing.desk import CannotTypeError, DeskWindow, Struck, Target, Why
from posmember.ui.beside.typing.typist import Outcome, Typist, keys_for

CODE = "860012345678"
TILL = DeskWindow(7, ("pos.exe",), "收银 12:00")
OTHER = DeskWindow(8, ("notes.exe",), "便签")
TARGET = Target("POS.exe", "收银*")


class StandIn:
    """A desktop with a till on it. Whatever is done to it is a function of what was typed."""

    def __init__(self, *windows: DeskWindow) -> None:
        self.open = list(windows or (OTHER, TILL))
        self.in_front: DeskWindow | None = OTHER
        self.comes_to_front = True
        self.held: Callable[[], bool] = lambda: False
        self.happens: Callable[[int], None] = lambda _typed: None
        self.answers: Callable[[], bool] = lambda: True
        self.typed = ""
        self.ended = 0
        self.asked = 0

    def windows(self) -> Sequence[DeskWindow]:
        return self.open

    def front(self) -> DeskWindow | None:
        return self.in_front

    def prepare(self, chars: str, window: DeskWindow) -> None:
        assert window in self.open
        if "€" in chars:
            raise CannotTypeError(Why.UNTYPABLE)

    def is_key_held(self) -> bool:
        return self.held()

    def bring_to_front(self, window: DeskWindow) -> None:
        assert not self.held(), "the till would get the repeats of a held key"
        if self.comes_to_front:
            self.in_front = window

    def is_in_front(self, expected: Callable[[DeskWindow], bool]) -> bool:
        return self.in_front is not None and expected(self.in_front)

    def begin(self) -> None:
        self.ended -= 1

    def ask(self, window: DeskWindow) -> None:
        self.asked += 1

    def has_answered(self) -> bool:
        return self.answers()

    def strike(self, char: str, expected: Callable[[DeskWindow], bool]) -> Struck:
        if not self.is_in_front(expected):
            return Struck.ELSEWHERE
        if self.held():
            return Struck.HELD
        self.typed += char
        self.happens(len(self.typed))
        return Struck.DONE

    def end(self) -> None:
        self.ended += 1

    def close(self) -> None:
        """Hold nothing."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for in any case is short."""
    for name in ("_STEADY_S", "_CATCH_UP_S"):
        monkeypatch.setattr(typist_module, name, 0.02)


@pytest.fixture
def in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for what does not come."""
    for name in (
        "_RELEASED_WITHIN_S", "_FRONT_WITHIN_S", "_HELD_WITHIN_S", "_ANSWERS_WITHIN_S",
    ):  # fmt: skip
        monkeypatch.setattr(typist_module, name, 0.05)


def outcome(qtbot: QtBot, desk: StandIn, template: str = "{code}{Enter}") -> Outcome:
    """Have the code typed; returns what became of it."""
    typist = Typist()
    with qtbot.waitSignal(typist.ended) as ended:
        typist.start(desk, TARGET, keys_for(parse_template(template), CODE), 0)
    assert not typist.is_typing()
    assert ended.args is not None
    found: Outcome = ended.args[0]
    return found


def test_a_key_waits_until_the_till_has_read_the_one_before(qtbot: QtBot) -> None:
    desk = StandIn()
    read = [0]

    def answers() -> bool:
        read[0], was = len(desk.typed), read[0]
        return was == len(desk.typed)

    desk.answers = answers
    desk.happens = lambda typed: None if typed == read[0] + 1 else pytest.fail("too early")
    assert outcome(qtbot, desk) == Outcome(None, 12, 12, 13)
    assert desk.asked == 13


@pytest.mark.usefixtures("in_vain")
def test_a_till_that_reads_nothing_gets_no_more(qtbot: QtBot) -> None:
    desk = StandIn()
    desk.answers = lambda: len(desk.typed) < 5
    assert outcome(qtbot, desk) == Outcome(Why.SILENT, 5, 12, 5)
    assert desk.typed == CODE[:5]
    assert desk.ended == 0


def test_all_of_it_is_typed(qtbot: QtBot) -> None:
    desk = StandIn()
    assert outcome(qtbot, desk, "Q-{code}{Tab}{Enter}") == Outcome(None, 12, 12, 16)
    assert desk.typed == f"Q-{CODE}\t\r"
    assert desk.ended == 0


@pytest.mark.parametrize(("at", "why"), [(12, Why.FORGOTTEN), (13, None)])
def test_what_is_all_typed_is_not_called_half(qtbot: QtBot, at: int, why: Why | None) -> None:
    """The Enter may bring the next customer at once."""
    desk, typist = StandIn(), Typist()

    def happens(typed: int) -> None:
        if typed == at:
            QTimer.singleShot(0, typist, lambda: typist.stop(Why.FORGOTTEN))

    desk.happens = happens
    with qtbot.waitSignal(typist.ended) as ended:
        typist.start(desk, TARGET, keys_for(parse_template("{code}{Enter}"), CODE), 50)
    assert ended.args == [Outcome(why, 12, 12, at)]


@pytest.mark.parametrize("at", [1, 4, 12])
def test_another_window_in_front_ends_it_at_once(qtbot: QtBot, at: int) -> None:
    desk = StandIn()

    def happens(typed: int) -> None:
        if typed == at:
            desk.in_front = OTHER

    desk.happens = happens
    assert outcome(qtbot, desk) == Outcome(Why.OTHER_FRONT, at, 12, at)
    assert desk.typed == CODE[:at]
    assert desk.ended == 0


@pytest.mark.parametrize(
    "now",
    [
        DeskWindow(9, ("pos.exe",), "收银 - 提示", owner=7),
        DeskWindow(7, ("pos.exe",), "日结"),
        DeskWindow(7, ("other.exe",), "收银"),
        DeskWindow(7, ("pos.exe",), "收银", takes_keys=False),
        None,
    ],
)
def test_only_that_very_window_is_typed_into(qtbot: QtBot, now: DeskWindow | None) -> None:
    desk = StandIn()

    def happens(typed: int) -> None:
        if typed == 4:
            desk.in_front = now

    desk.happens = happens
    assert outcome(qtbot, desk).why is Why.OTHER_FRONT
    assert desk.typed == CODE[:4]


def test_a_clock_in_its_title_is_no_other_window(qtbot: QtBot) -> None:
    desk = StandIn()

    def happens(_typed: int) -> None:
        desk.in_front = DeskWindow(7, ("pos.exe",), "收银 12:01")

    desk.happens = happens
    assert outcome(qtbot, desk).why is None


def test_a_window_that_follows_the_last_key_is_told_of(qtbot: QtBot) -> None:
    desk = StandIn()

    def happens(typed: int) -> None:
        if typed == 13:
            desk.in_front = OTHER

    desk.happens = happens
    assert outcome(qtbot, desk) == Outcome(None, 12, 12, 13, has_moved=True)


def test_nothing_is_brought_to_the_front_before_the_keys_are_up(qtbot: QtBot) -> None:
    desk = StandIn()
    looks = iter([True, True, False])
    desk.held = lambda: next(looks, False)
    assert outcome(qtbot, desk).why is None


@pytest.mark.usefixtures("in_vain")
def test_a_key_that_stays_down_ends_it(qtbot: QtBot) -> None:
    desk = StandIn()
    desk.held = lambda: True
    assert outcome(qtbot, desk) == Outcome(Why.HELD, 0, 12, 0)
    assert desk.in_front is OTHER


def test_a_key_held_on_the_way_is_waited_for(qtbot: QtBot) -> None:
    desk = StandIn()
    looks = iter([False] * 8 + [True, True])
    desk.held = lambda: next(looks, False)
    assert outcome(qtbot, desk).why is None
    assert desk.typed == f"{CODE}\r"


@pytest.mark.usefixtures("in_vain")
def test_a_key_that_stays_down_on_the_way_ends_it(qtbot: QtBot) -> None:
    desk = StandIn()
    desk.held = lambda: len(desk.typed) == 5
    assert outcome(qtbot, desk) == Outcome(Why.HELD, 5, 12, 5)


@pytest.mark.usefixtures("in_vain")
def test_a_window_that_does_not_come_to_the_front(qtbot: QtBot) -> None:
    desk = StandIn()
    desk.comes_to_front = False
    assert outcome(qtbot, desk) == Outcome(Why.NOT_FRONT, 0, 12, 0)


def test_no_such_window(qtbot: QtBot) -> None:
    assert outcome(qtbot, StandIn(OTHER)).why is Why.NO_WINDOW


def test_a_text_that_no_key_gives(qtbot: QtBot) -> None:
    desk = StandIn()
    assert outcome(qtbot, desk, "€{code}").why is Why.UNTYPABLE
    assert desk.in_front is OTHER


def test_a_bug_is_told_of(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    desk = StandIn()

    def happens(_typed: int) -> None:
        raise ValueError

    desk.happens = happens
    with caplog.at_level("CRITICAL", logger=typist_module.__name__):
        assert outcome(qtbot, desk).why is Why.REFUSED
    assert desk.ended == 0


def test_it_can_be_stopped(qtbot: QtBot) -> None:
    desk, typist = StandIn(), Typist()
    typist.stop(Why.FORGOTTEN)  # nothing is typed

    def happens(typed: int) -> None:
        if typed == 3:
            QTimer.singleShot(0, lambda: typist.stop(Why.FORGOTTEN))

    desk.happens = happens
    with qtbot.waitSignal(typist.ended) as ended:
        typist.start(desk, TARGET, keys_for(parse_template("{code}"), CODE), 60)
    assert ended.args is not None
    assert ended.args[0].why is Why.FORGOTTEN
    assert desk.typed == CODE[:3]


# --- what is typed -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["86\x0300", "8600\n", "86\u200b00", "\x1b[A"])
def test_a_code_with_what_nobody_types_is_refused(code: str) -> None:
    with pytest.raises(CannotTypeError) as refused:
        keys_for(parse_template("{code}"), code)
    assert refused.value.why is Why.UNTYPABLE


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=40))
def test_a_code_is_typed_as_it_stands(code: str) -> None:
    keys = keys_for(parse_template("<{code}>{Enter}"), code)
    assert "".join(key.char for key in keys) == f"<{code}>\r"
    assert "".join(key.char for key in keys if key.is_of_code) == code


def test_a_key_does_not_tell_what_it_is() -> None:
    assert CODE[0] not in repr(keys_for(parse_template("{code}"), CODE)[0])


# --- the till's window -------------------------------------------------------------------------


def window(title: str, *programs: str, handle: int = 1, owner: int = 0) -> DeskWindow:
    return DeskWindow(handle, programs, title, owner)


@pytest.mark.parametrize(
    ("program", "title", "found"),
    [
        ("pos.exe", "收银*", window("收银台", "pos.exe")),
        ("POS.EXE", "*CHECKOUT*", window("My Checkout", "Pos.exe")),
        ("java", "till", window("Till", "java", "till.sh")),
        ("till.sh", "till", window("Till", "java", "till.sh")),
        ("pos.exe", "POS [1号机]?*", window("pos [1号机]? 12:00", "pos.exe")),
    ],
)
def test_a_window_that_is_meant(program: str, title: str, found: DeskWindow) -> None:
    assert Target(program, title).is_met_by(found)


@pytest.mark.parametrize(
    ("program", "title", "found"),
    [
        ("pos.exe", "收银", window("收银台", "pos.exe")),
        ("pos.exe", "收银*", window("收银台", "notpos.exe")),
        ("pos.exe", "收银*", window("收银台")),
        ("pos*", "收银*", window("收银台", "pos.exe")),
        ("pos.exe", "", window("收银台", "pos.exe")),
    ],
)
def test_a_window_that_is_not(program: str, title: str, found: DeskWindow) -> None:
    assert not Target(program, title).is_met_by(found)


def test_the_topmost_is_taken() -> None:
    two = [window("收银 2", "pos.exe", handle=2), window("收银 1", "pos.exe", handle=1)]
    assert Target("pos.exe", "收银*").find(two) is two[0]


@pytest.mark.parametrize(
    "top",
    [
        window("收银 - 提示", "pos.exe", handle=2, owner=1),
        DeskWindow(1, ("pos.exe",), "收银", takes_keys=False),
    ],
)
def test_a_dialog_over_it_is_not_taken_for_it(top: DeskWindow) -> None:
    with pytest.raises(CannotTypeError) as refused:
        Target("pos.exe", "收银*").find([top, window("收银", "pos.exe", handle=1)])
    assert refused.value.why is Why.COVERED


def test_a_dialog_may_be_what_is_meant() -> None:
    dialog = window("请输入券号", "pos.exe", handle=2, owner=1)
    main = window("收银", "pos.exe", handle=1)
    assert Target("pos.exe", "请输入券号").find([dialog, main]) is dialog
