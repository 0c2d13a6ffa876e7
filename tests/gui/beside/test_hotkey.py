"""The hotkey: what is asked of Windows and of X, what is said, with stand-ins for both."""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.settings.beside import NO_HOTKEY, Hotkey, parse_hotkey
from posmember.settings.config import Settings
from posmember.ui.beside.hotkey import windows, x11
from posmember.ui.beside.hotkey.grab import NoGrab, Problem
from posmember.ui.beside.hotkey.part import HotkeyPart, grab_for
from posmember.ui.beside.hotkey.portal import trigger_of
from posmember.ui.beside.hotkey.windows import WindowsGrab, virtual_key
from posmember.ui.beside.hotkey.x11 import XGrab, codes_of, masks_of, symbol_of
from posmember.ui.view.screen import Hint
from tests.gui.capture.raw_keys.raw_messages import msg, xcb_event
from tests.gui.driving import SETTINGS

POINTER = ctypes.sizeof(ctypes.c_void_p)
USUAL = parse_hotkey("Ctrl+Alt+H")
NAMED = ("Space", "Home", "End", "Insert", "Pause")
KEYS = st.sampled_from([*"ABCXYZ0189", *(f"F{number}" for number in range(1, 25)), *NAMED])


def with_hotkey(text: str) -> Settings:
    return replace(SETTINGS, beside=replace(SETTINGS.beside, hotkey=parse_hotkey(text)))


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


class Pressed:
    """What a grab tells."""

    def __init__(self) -> None:
        self.times: list[int] = []
        self.said = 0

    def press(self, at: int, _token: str) -> None:
        self.times.append(at)

    def say(self) -> None:
        self.said += 1


# --- Windows -------------------------------------------------------------------------------------


class System:
    """Windows, which may refuse."""

    def __init__(self, error: OSError | None = None) -> None:
        self.error = error
        self.calls: list[tuple[object, ...]] = []

    def register(self, window: int, number: int, modifiers: int, virtual_key: int) -> None:
        self.calls.append(("register", number, modifiers, virtual_key))
        if self.error is not None:
            raise self.error

    def unregister(self, window: int, number: int) -> None:
        self.calls.append(("unregister", number))


class Application:
    """Takes the filters that Qt would ask."""

    def __init__(self) -> None:
        self.filters: list[QAbstractNativeEventFilter] = []

    def installNativeEventFilter(self, one: QAbstractNativeEventFilter) -> None:
        self.filters.append(one)

    def removeNativeEventFilter(self, one: QAbstractNativeEventFilter) -> None:
        self.filters.remove(one)

    def send(self, number: int, wparam: int, at: int = 7) -> bool:
        """Send a message as Windows does; returns whether somebody took it."""
        data = ctypes.create_string_buffer(msg(POINTER, number, wparam, 0, time_ms=at))
        address = ctypes.addressof(data)
        kind = QByteArray(b"windows_dispatcher_MSG")
        return any(_takes(one, kind, address) for one in list(self.filters))


def _takes(one: QAbstractNativeEventFilter, kind: QByteArray, address: int) -> bool:
    answer: Any = one.nativeEventFilter(kind, address)
    return bool(answer[0])


@pytest.fixture
def application(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Application:
    made = Application()
    monkeypatch.setattr(windows, "_application", lambda: made)
    return made


def test_windows_is_asked_for_the_key_and_tells_it(application: Application) -> None:
    system, pressed = System(), Pressed()
    grab = WindowsGrab(system)
    grab.take(USUAL, pressed.press, pressed.say)
    assert system.calls == [("register", 1, 0x0001 | 0x0002 | 0x4000, 0x48)]
    assert grab.problem is None
    assert pressed.said == 1
    assert application.send(0x0312, 1, at=1234)
    assert pressed.times == [1234]
    assert not application.send(0x0312, 2)  # another one's, such as IDHOT_SNAPDESKTOP
    assert not application.send(0x0100, 1)
    assert pressed.times == [1234]


def test_another_key_takes_the_place_of_the_first(application: Application) -> None:
    system, pressed = System(), Pressed()
    grab = WindowsGrab(system)
    grab.take(USUAL, pressed.press, pressed.say)
    grab.take(parse_hotkey("Win+F24"), pressed.press, pressed.say)
    assert system.calls[1:] == [("unregister", 1), ("register", 1, 0x0008 | 0x4000, 0x87)]
    assert len(application.filters) == 1
    grab.release()
    grab.release()
    assert system.calls[3:] == [("unregister", 1)]
    assert application.filters == []


@pytest.mark.parametrize(("number", "problem"), [(1409, Problem.TAKEN), (5, Problem.REFUSED)])
def test_windows_refuses(
    application: Application, caplog: pytest.LogCaptureFixture, number: int, problem: Problem
) -> None:
    caplog.set_level(logging.INFO)
    error = OSError("refused")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    pressed = Pressed()
    grab = WindowsGrab(System(error))
    grab.take(USUAL, pressed.press, pressed.say)
    assert grab.problem is problem
    assert application.filters == []
    assert pressed.said == 1
    grab.take(USUAL, pressed.press, pressed.say)  # every half minute of a day
    assert (pressed.said, caplog.text.count("the hotkey is not heard")) == (2, 1)


@pytest.mark.allow_log("posmember.ui.beside.hotkey.windows")
def test_a_bug_behind_the_key_does_not_reach_qt(application: Application) -> None:
    def fail(_at: int, _token: str) -> None:
        raise ValueError("a bug")

    grab = WindowsGrab(System())
    grab.take(USUAL, fail, lambda: None)
    assert application.send(0x0312, 1)
    grab.release()


def test_there_is_no_such_library_here(qapp: QApplication) -> None:
    with pytest.raises(OSError, match=r"user32\.dll"):
        windows.User32()


@given(KEYS)
def test_every_key_has_a_number_in_each_system(key: str) -> None:
    assert 0 < virtual_key(key) < 0xFF
    assert symbol_of(key) > 0
    assert trigger_of(Hotkey(("Ctrl",), key)).startswith("CTRL+")


def test_numbers_by_the_references() -> None:
    assert [virtual_key(key) for key in ("A", "9", "F1", "F24", "Pause", "Insert")] == [
        0x41, 0x39, 0x70, 0x87, 0x13, 0x2D
    ]  # fmt: skip
    assert [symbol_of(key) for key in ("A", "9", "F1", "F24", "Pause", "Insert")] == [
        0x61, 0x39, 0xFFBE, 0xFFD5, 0xFF13, 0xFF63
    ]  # fmt: skip
    assert trigger_of(parse_hotkey("Ctrl+Alt+Shift+Win+H")) == "CTRL+ALT+SHIFT+LOGO+h"
    assert trigger_of(parse_hotkey("Ctrl+Space")) == "CTRL+space"
    assert trigger_of(parse_hotkey("F12")) == "F12"


# --- X -------------------------------------------------------------------------------------------

H, Y, FIVE = 43, 29, 14
SYMBOLS = {H: (0x68, 0x48), Y: (0x79, 0x59), FIVE: (0x28, 0x35), 64: (0xFFE9,), 133: (0xFFEB,)}
MODIFIERS = [(50,), (66,), (37,), (64,), (77,), (), (133,), ()]


class Server(QObject):
    """An X server that has a keyboard, and other programs' keys."""

    heard = Signal(bytes)
    drained = Signal()

    def __init__(self, taken: set[tuple[int, int]] | None = None) -> None:
        super().__init__()
        self.taken = taken or set()
        self.grabbed: set[tuple[int, int]] = set()
        self.asked = 0
        self.symbols = dict(SYMBOLS)

    def key_symbols(self) -> dict[int, tuple[int, ...]]:
        return self.symbols

    def modifier_keys(self) -> list[tuple[int, ...]]:
        return MODIFIERS

    def grab_key(self, code: int, modifiers: int) -> bool:
        self.asked += 1
        if (code, modifiers) in self.taken:
            return False
        self.grabbed.add((code, modifiers))
        return True

    def ungrab_key(self, code: int, modifiers: int) -> None:
        self.asked += 1
        self.grabbed.remove((code, modifiers))

    def strike(self, *moves: tuple[int, int], code: int = H) -> None:
        """Have a key go down (2) or up (3) at milliseconds."""
        for kind, at in moves:
            self.heard.emit(xcb_event(kind, code, at, 0x0C))
        self.drained.emit()

    def map_anew(self, request: int = 1) -> None:
        self.heard.emit(bytes((34, 0, 0, 0, request)) + bytes(27))


def grab_on(server: Server, pressed: Pressed, key: str = "Ctrl+Alt+H") -> XGrab:
    made = XGrab(server)  # type: ignore[arg-type]
    made.take(parse_hotkey(key), pressed.press, pressed.say)
    return made


def test_the_key_is_asked_for_with_every_state_of_the_locks(owner: QObject) -> None:
    server = Server()
    grab = grab_on(server, Pressed())
    assert server.grabbed == {(H, 0x0C | lock) for lock in (0, 0x02, 0x10, 0x12)}
    grab.release()
    grab.release()
    assert server.grabbed == set()


def test_a_held_key_is_one(owner: QObject) -> None:
    server, pressed = Server(), Pressed()
    _grab = grab_on(server, pressed)
    server.strike((2, 10), (3, 300), (2, 300), (3, 330), (2, 330), (3, 350))
    assert pressed.times == [10]
    server.strike((2, 500), (3, 560))
    assert pressed.times == [10, 500]
    server.strike((2, 600), code=Y)
    assert pressed.times == [10, 500]


def test_another_program_has_it_with_one_state_of_the_locks(owner: QObject) -> None:
    server, pressed = Server({(H, 0x1E)}), Pressed()
    grab = grab_on(server, pressed)
    assert grab.problem is Problem.TAKEN
    assert server.grabbed == set()


def test_another_layout_has_the_key_elsewhere(owner: QObject) -> None:
    server, pressed = Server(), Pressed()
    grab = grab_on(server, pressed)
    server.symbols[52], server.symbols[H] = (0x68, 0x48), (0x7A,)
    server.map_anew(request=2)  # of the mouse
    server.drained.emit()
    assert (52, 0x0C) not in server.grabbed
    for _time in range(100):
        server.map_anew()
    server.drained.emit()
    assert {code for code, _held in server.grabbed} == {52}
    assert pressed.said == 1
    del server.symbols[52]
    server.map_anew()
    server.drained.emit()
    assert grab.problem is Problem.NO_SUCH_KEY
    assert (server.grabbed, pressed.said) == (set(), 2)


def test_a_key_that_stays_where_it_is_is_heard_all_the_while(owner: QObject) -> None:
    """A scanner is a keyboard, too: the keyboard that comes after it is mapped anew."""
    server, pressed = Server(), Pressed()
    _grab = grab_on(server, pressed)
    server.asked = 0
    server.map_anew()
    server.drained.emit()
    server.strike((2, 10), (3, 70))
    assert (server.asked, pressed.times) == (0, [10])


def test_a_key_that_goes_elsewhere_while_it_is_held(owner: QObject) -> None:
    server, pressed = Server(), Pressed()
    _grab = grab_on(server, pressed)
    server.strike((2, 10))
    server.symbols[52], server.symbols[H] = (0x68, 0x48), (0x7A,)
    server.map_anew()
    server.drained.emit()
    server.strike((3, 70))
    server.strike((2, 500), (3, 560), code=52)
    assert pressed.times == [10, 500]


def test_where_keys_are() -> None:
    assert codes_of("H", SYMBOLS) == [H]
    assert codes_of("5", SYMBOLS) == [FIVE]  # French: with Shift alone
    assert codes_of("Q", SYMBOLS) == []
    assert masks_of(("Ctrl", "Shift"), MODIFIERS, SYMBOLS) == (0x05, (0x02, 0x10))
    assert masks_of(("Win",), MODIFIERS, SYMBOLS)[0] == 0x40
    swapped = [*MODIFIERS[:3], (133,), (77,), (), (64,), ()]
    assert masks_of(("Alt",), swapped, SYMBOLS)[0] == 0x40
    assert masks_of(("Alt",), [], {})[0] == 0x08


# --- what the settings say, and what is said -----------------------------------------------------


class FakeGrab:
    def __init__(self, problem: Problem | None = None) -> None:
        self.problem = problem
        self.taken: list[str] = []
        self.say: Callable[[], None] = lambda: None
        self.press: Callable[[int, str], None] = lambda _at, _token: None

    def take(
        self, hotkey: Hotkey, pressed: Callable[[int, str], None], said: Callable[[], None]
    ) -> None:
        self.taken.append(str(hotkey))
        self.press, self.say = pressed, said
        said()

    def release(self) -> None:
        self.taken.append("none")


def told_by(made: HotkeyPart) -> list[str]:
    told: list[str] = []

    def take(hint: Hint) -> None:
        told.append(hint.text)

    made.told.connect(take)
    return told


def test_goes_by_the_settings(owner: QObject) -> None:
    grab = FakeGrab()
    made = HotkeyPart(owner, grab)
    pressed: list[tuple[int, str]] = []
    made.pressed.connect(lambda at, token: pressed.append((at, token)))
    made.use(with_hotkey("Ctrl+Alt+H"))
    made.use(with_hotkey("Ctrl+Alt+H"))
    assert grab.taken == ["none", "Ctrl+Alt+H"]
    assert made.heard_text() == "Ctrl+Alt+H"
    grab.press(0xFFFFFFFF, "a token")
    assert pressed == [(0xFFFFFFFF, "a token")]
    made.use(with_hotkey("none"))
    assert grab.taken[-1] == "none"
    assert (made.key_text(), made.text(), made.heard_text()) == ("", "", "")
    made.use(None)
    assert len(grab.taken) == 3


@pytest.mark.parametrize("problem", list(Problem))
def test_says_why_it_is_not_heard(owner: QObject, problem: Problem) -> None:
    made = HotkeyPart(owner, FakeGrab(problem))
    told = told_by(made)
    made.use(with_hotkey("Ctrl+Alt+H"))
    assert told == ([] if problem is Problem.NOT_HERE else [made.text()])
    assert made.heard_text() == ""
    made.use(with_hotkey("Ctrl+Alt+J"))  # by somebody who waits for what comes of it
    assert told[-1:] == [made.text()]
    assert "{" not in made.text()


def test_a_key_that_another_program_lets_go_of_is_heard(owner: QObject, qtbot: QtBot) -> None:
    grab = FakeGrab(Problem.TAKEN)
    made = HotkeyPart(owner, grab, again_ms=1)
    told = told_by(made)
    made.use(with_hotkey("Ctrl+Alt+H"))
    qtbot.waitUntil(lambda: grab.taken.count("Ctrl+Alt+H") > 3)
    assert len(told) == 1, "a person has read it"
    grab.problem = None
    qtbot.waitUntil(lambda: made.heard_text() == "Ctrl+Alt+H")
    grab.problem = Problem.NO_SUCH_KEY
    grab.say()
    assert len(told) == 2


def test_a_key_that_is_heard_by_another_layout_is_not_let_go_of(
    owner: QObject, qtbot: QtBot
) -> None:
    grab = FakeGrab(Problem.TAKEN)
    made = HotkeyPart(owner, grab, again_ms=1)
    made.use(with_hotkey("Ctrl+Alt+H"))
    grab.problem = None
    grab.say()  # before it is asked for again
    before = list(grab.taken)
    other = HotkeyPart(owner, later := FakeGrab(Problem.TAKEN), again_ms=1)
    other.use(with_hotkey("Ctrl+Alt+H"))
    qtbot.waitUntil(lambda: later.taken.count("Ctrl+Alt+H") > 3)  # there was time for it
    assert grab.taken == before


@pytest.mark.parametrize("then", ["none", "Ctrl+Alt+J"])
def test_another_key_in_the_settings_is_asked_for_instead(
    owner: QObject, qtbot: QtBot, then: str
) -> None:
    grab = FakeGrab(Problem.TAKEN)
    made = HotkeyPart(owner, grab, again_ms=1)
    made.use(with_hotkey("Ctrl+Alt+H"))
    made.use(with_hotkey(then))
    before = grab.taken.count("Ctrl+Alt+H")
    others = HotkeyPart(owner, later := FakeGrab(Problem.TAKEN), again_ms=1)
    others.use(with_hotkey("Ctrl+Alt+H"))
    qtbot.waitUntil(lambda: later.taken.count("Ctrl+Alt+H") > 3)  # there was time for it
    assert grab.taken.count("Ctrl+Alt+H") == before


def test_nothing_is_heard_where_nothing_can_be(owner: QObject) -> None:
    assert isinstance(grab_for(owner, None), NoGrab)


@pytest.mark.parametrize(
    ("platform", "wayland", "expected"),
    [("xcb", "", "XGrab"), ("xcb", "wayland-0", "PortalGrab"), ("wayland", "", "PortalGrab")],
)
def test_who_hears_it(
    owner: QObject, monkeypatch: pytest.MonkeyPatch, platform: str, wayland: str, expected: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland)
    made = grab_for(owner, Server())  # type: ignore[arg-type]
    assert type(made).__name__ == expected


def test_no_hotkey_is_none_of_them() -> None:
    assert str(NO_HOTKEY) == "none"
    assert x11.symbol_of("Space") == 0x20
