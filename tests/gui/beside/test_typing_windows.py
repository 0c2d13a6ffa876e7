"""Typing on Windows, with a stand-in for what is asked of it."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Sequence

import pytest

from posmember.ui.beside.typing.desk import CannotTypeError, DeskWindow, Struck, Why
from posmember.ui.beside.typing.win32 import Input, KeyInput, Win32
from posmember.ui.beside.typing.windows import (
    KEYEVENTF_KEYUP,
    KEYEVENTF_UNICODE,
    VK_CONTROL,
    VK_RETURN,
    WindowsDesk,
    inputs_for,
)

MEDIUM, HIGH = 0x2000, 0x3000
POS, NOTES, DIALOG = 10, 20, 30


class StandIn:
    """Windows, with a till, its dialog and another program."""

    def __init__(self) -> None:
        self.front = NOTES
        self.level: int | None = MEDIUM
        self.down: set[int] = set()
        self.sent: list[KeyInput] = []
        self.takes = 2
        self.in_menu = False
        self.reads = True
        self.enabled = True
        self.after_send: Callable[[], None] = lambda: None
        self.raised: list[int] = []

    def visible_windows(self) -> Sequence[int]:
        return [NOTES, DIALOG, POS]

    def foreground(self) -> int:
        return self.front

    def bring_to_front(self, window: int) -> None:
        self.raised.append(window)

    def title(self, window: int) -> str:
        return {POS: "收银", NOTES: "便签", DIALOG: "提示"}[window]

    def owner(self, window: int) -> int:
        return POS if window == DIALOG else 0

    def is_enabled(self, window: int) -> bool:
        return self.enabled or window != POS

    def is_in_menu(self, window: int) -> bool:
        return self.in_menu

    def takes_messages(self, window: int) -> bool:
        return window == POS and self.reads

    def process_of(self, window: int) -> int:
        return {POS: 1, DIALOG: 1, NOTES: 2}[window]

    def program(self, process: int) -> str:
        if process == 2:
            raise OSError("access denied")
        return r"C:\Program Files\POS\Pos.exe"

    def integrity(self, process: int) -> int:
        if self.level is None:
            raise OSError("access denied")
        return self.level

    def own_integrity(self) -> int:
        return MEDIUM

    def is_down(self, virtual_key: int) -> bool:
        return virtual_key in self.down

    def send(self, inputs: Sequence[KeyInput]) -> int:
        self.sent += inputs
        self.after_send()
        return self.takes


@pytest.fixture
def system() -> StandIn:
    made = StandIn()
    made.front = POS
    return made


@pytest.fixture
def desk(system: StandIn) -> WindowsDesk:
    return WindowsDesk(system)


def is_till(window: DeskWindow) -> bool:
    return window.handle == POS


def test_a_till_that_reads_is_told_from_one_that_does_not(
    desk: WindowsDesk, system: StandIn
) -> None:
    window = desk.front()
    assert window is not None
    desk.ask(window)
    assert desk.has_answered()
    system.reads = False
    assert not desk.has_answered()


def test_windows_with_their_programs(desk: WindowsDesk) -> None:
    notes, dialog, till = desk.windows()
    assert notes == DeskWindow(NOTES, (), "便签")
    assert dialog == DeskWindow(DIALOG, ("Pos.exe",), "提示", owner=POS)
    assert till == DeskWindow(POS, ("Pos.exe",), "收银")


def test_a_window_behind_a_modal_dialog_takes_no_keys(desk: WindowsDesk, system: StandIn) -> None:
    system.enabled = False
    assert not desk.windows()[2].takes_keys


@pytest.mark.parametrize("level", [HIGH, None])
def test_a_till_that_runs_elevated_is_refused(
    desk: WindowsDesk, system: StandIn, level: int | None
) -> None:
    system.level = level
    with pytest.raises(CannotTypeError) as refused:
        desk.prepare("1", desk.windows()[2])
    assert refused.value.why is Why.ELEVATED


@pytest.mark.parametrize("level", [MEDIUM, 0x1000])
def test_a_till_of_the_same_level_or_a_lower_one(
    desk: WindowsDesk, system: StandIn, level: int
) -> None:
    system.level = level
    desk.prepare("1", desk.windows()[2])


def test_a_character_is_sent_by_itself(desk: WindowsDesk, system: StandIn) -> None:
    assert desk.strike("a", is_till) is Struck.DONE
    assert system.sent == [
        KeyInput(0, ord("a"), KEYEVENTF_UNICODE),
        KeyInput(0, ord("a"), KEYEVENTF_UNICODE | KEYEVENTF_KEYUP),
    ]


def test_enter_is_a_key(desk: WindowsDesk, system: StandIn) -> None:
    assert desk.strike("\r", is_till) is Struck.DONE
    assert system.sent == [KeyInput(VK_RETURN, 0x1C, 0), KeyInput(VK_RETURN, 0x1C, KEYEVENTF_KEYUP)]


def test_what_takes_two_units_sends_both() -> None:
    down = [each.scan_code for each in inputs_for("𠮷") if not each.flags & KEYEVENTF_KEYUP]
    assert down == [0xD842, 0xDFB7]


@pytest.mark.parametrize("front", [0, NOTES, DIALOG])
def test_nothing_is_sent_to_another_window(desk: WindowsDesk, system: StandIn, front: int) -> None:
    system.front = front
    assert desk.strike("1", is_till) is Struck.ELSEWHERE
    assert not system.sent


def test_nothing_is_sent_to_an_open_menu(desk: WindowsDesk, system: StandIn) -> None:
    system.in_menu = True
    assert desk.strike("1", is_till) is Struck.ELSEWHERE
    assert not system.sent


@pytest.mark.parametrize("key", [VK_CONTROL, VK_RETURN])
def test_nothing_is_sent_while_a_key_is_down(desk: WindowsDesk, system: StandIn, key: int) -> None:
    system.down = {key}
    assert desk.is_key_held()
    assert desk.strike("1", is_till) is Struck.HELD
    assert not system.sent


def test_a_window_that_came_with_the_key_is_noticed(desk: WindowsDesk, system: StandIn) -> None:
    def comes() -> None:
        system.front = NOTES

    system.after_send = comes
    assert desk.strike("1", is_till) is Struck.ELSEWHERE
    system.front = POS
    assert desk.strike("\r", is_till) is Struck.DONE  # what Enter opens is the till's answer


@pytest.mark.parametrize("takes", [0, 1])
def test_keys_that_windows_does_not_take(desk: WindowsDesk, system: StandIn, takes: int) -> None:
    system.takes = takes
    with pytest.raises(CannotTypeError) as refused:
        desk.strike("1", is_till)
    assert refused.value.why is Why.REFUSED


def test_the_window_is_asked_for(desk: WindowsDesk, system: StandIn) -> None:
    desk.bring_to_front(desk.windows()[2])
    assert system.raised == [POS]


def test_an_input_has_the_size_that_windows_expects() -> None:
    assert ctypes.sizeof(Input) == (40 if ctypes.sizeof(ctypes.c_void_p) == 8 else 28)


@pytest.mark.skipif(sys.platform == "win32", reason="here it is there")
def test_it_is_windows_alone() -> None:
    with pytest.raises(OSError, match="no user32"):
        Win32()
    with pytest.raises(CannotTypeError) as refused:
        WindowsDesk()
    assert refused.value.why is Why.NO_DESK


def test_an_input_does_not_tell_which_key_it_is() -> None:
    assert "0" not in repr(KeyInput(0x41, 0x41, 4)).replace("0x", "")
