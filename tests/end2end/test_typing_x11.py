"""The real X11 desktop: its windows, its keys, and what keeps anybody from typing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from Xlib import XK, X, display
from Xlib.error import DisplayConnectionError
from Xlib.ext import xtest

from posmember.ui.beside.typing.desk import CannotTypeError, DeskWindow, Struck, Why
from posmember.ui.beside.typing.x11 import X11Desk, program_names
from posmember.ui.beside.typing.x11_keys import KeyMap
from tests.end2end.screens import virtual_screen
from tests.end2end.waiting import wait_until
from tests.scanrig.desktop import Desktop, Ime, available, desktop
from tests.scanrig.keyboard import Keyboard
from tests.scanrig.program import started

TITLE = "收银台"


class Till:
    """A window with a field, and the desktop that types into it."""

    def __init__(self, process: subprocess.Popen[str], name: str) -> None:
        self._process, self.pid = process, process.pid
        self._answer()
        self.desk = X11Desk(name)
        self.ask("show")
        wait_until(lambda: bool(self.ask("state")["front"]), "the window")
        (self.window,) = [each for each in self.desk.windows() if each.title == TITLE]
        wait_until(lambda: self.desk.is_in_front(self.is_it), "the keyboard")

    def ask(self, do: str, **more: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()
        return self._answer() if do == "state" else None

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def is_it(self, window: DeskWindow) -> bool:
        return window.handle == self.window.handle

    def bring(self, window: DeskWindow) -> None:
        """Bring a window to the front, and wait until it is."""
        self.desk.bring_to_front(window)
        is_there = partial(self.desk.is_in_front, lambda found: found.handle == window.handle)
        wait_until(is_there, "the keyboard")

    def type(self, text: str) -> list[Struck]:
        self.desk.prepare(text, self.window)
        self.desk.begin()
        struck = [self.desk.strike(char, self.is_it) for char in text]
        self.desk.end()
        return struck

    def read_all(self) -> None:
        """Wait until it has read every key that was struck: what it is asked comes another way."""
        self.desk.prepare("1", self.window)
        self.desk.begin()
        self.desk.ask(self.window)
        wait_until(self.desk.has_answered, "the answer")
        self.desk.end()

    def has(self, text: str) -> None:
        wait_until(lambda: self.ask("state")["field"] == text, text)


@pytest.fixture(scope="module")
def on() -> Iterator[Desktop]:
    reason = available(Ime.NONE)
    if reason:
        pytest.skip(reason)
    with desktop() as made:
        yield made


@pytest.fixture(scope="module")
def one_till(on: Desktop) -> Iterator[Till]:
    with started(on, "tests.end2end.code_window", TITLE) as process:
        made = Till(process, on.display)
        yield made
        made.desk.close()


@pytest.fixture
def till(one_till: Till) -> Till:
    """The till, as in the beginning."""
    one_till.read_all()
    for what in ("clear", "close dialog", "show"):
        one_till.ask(what)
        one_till.ask("state")
    wait_until(lambda: one_till.desk.is_in_front(one_till.is_it), "the keyboard")
    return one_till


def test_a_window_and_its_program(till: Till) -> None:
    assert Path(sys.executable).resolve().name in till.window.programs
    assert till.window.owner == 0


def test_whatever_is_in_a_code_arrives(till: Till) -> None:
    text = "0123456789 qmQM-_/+.=?券"
    assert set(till.type(text)) == {Struck.DONE}
    till.has(text)


def test_caps_lock_changes_nothing_and_stays_on(till: Till, on: Desktop) -> None:
    keyboard = Keyboard(on.display)
    keyboard.lock("Caps_Lock", on=True)
    till.type("abAB12")
    till.has("abAB12")
    assert till.desk._mask() & X.LockMask
    keyboard.lock("Caps_Lock", on=False)
    keyboard.close()


def test_another_layout_changes_nothing(till: Till, on: Desktop) -> None:
    for layout in ("fr", "us"):  # whose digits are given with Shift
        subprocess.run(["setxkbmap", layout], env=on.environment, check=True)
        till.type("0123456789aqzm")
        till.has("0123456789aqzm")
        till.ask("clear")
        till.has("")  # the next keys come another way, and may be there sooner


def test_a_layout_that_comes_in_between_changes_nothing(till: Till, on: Desktop) -> None:
    till.desk.prepare("a1b2", till.window)
    subprocess.run(["setxkbmap", "fr"], env=on.environment, check=True)
    till.desk.begin()
    for char, layout in zip("a1b2", ("us", "fr", "de", "us"), strict=True):
        assert till.desk.strike(char, till.is_it) is Struck.DONE
        till.has("a1b2"[: "a1b2".index(char) + 1])
        subprocess.run(["setxkbmap", layout], env=on.environment, check=True)
    till.desk.end()


@pytest.mark.parametrize("name", ["Control_L", "Shift_L", "Alt_L", "Super_L", "Return"])
def test_nothing_is_struck_while_a_key_is_held(till: Till, on: Desktop, name: str) -> None:
    hand = display.Display(on.display)
    code = hand.keysym_to_keycode(XK.string_to_keysym(name))
    till.desk.prepare("1", till.window)
    till.desk.begin()
    xtest.fake_input(hand, X.KeyPress, code)
    hand.sync()
    assert till.desk.is_key_held()
    assert till.desk.strike("1", till.is_it) is Struck.HELD
    xtest.fake_input(hand, X.KeyRelease, code)
    hand.sync()
    assert till.desk.strike("1", till.is_it) is Struck.DONE
    till.desk.end()
    till.has("1")
    hand.close()


def test_a_window_that_came_and_went_is_noticed(till: Till, on: Desktop) -> None:
    with started(on, "tests.end2end.code_window", "便签") as process:
        assert process.stdout is not None
        process.stdout.readline()
        wait_until(lambda: len(till.desk.windows()) == 2, "the other window")
        (other,) = [each for each in till.desk.windows() if each.title == "便签"]
        # The first time because the window manager gives a new window the keyboard when it likes.
        till.bring(other)
        till.bring(till.window)
        till.desk.prepare("12", till.window)
        till.desk.begin()
        assert till.desk.strike("1", till.is_it) is Struck.DONE
        till.bring(other)
        till.bring(till.window)
        assert till.desk.strike("2", till.is_it) is Struck.ELSEWHERE
        till.desk.end()
    till.has("1")


def test_nothing_is_struck_while_a_menu_has_the_keyboard(till: Till, on: Desktop) -> None:
    other = display.Display(on.display)
    grabbed = other.screen().root.grab_keyboard(
        False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime
    )
    assert grabbed == X.GrabSuccess
    assert set(till.type("12")) == {Struck.ELSEWHERE}
    other.close()
    wait_until(lambda: till.type("12") == [Struck.DONE] * 2, "the keyboard")
    till.has("12")


def test_a_menu_of_another_program_is_noticed_before_the_next_key(till: Till, on: Desktop) -> None:
    till.desk.prepare("12", till.window)
    till.desk.begin()
    assert till.desk.strike("1", till.is_it) is Struck.DONE
    other = display.Display(on.display)
    menu = other.screen().root.create_window(0, 0, 9, 9, 0, X.CopyFromParent, override_redirect=1)
    menu.map()
    other.sync()
    assert till.desk.strike("2", till.is_it) is Struck.ELSEWHERE
    till.desk.end()
    other.close()
    till.has("1")


def test_a_till_that_stands_still_is_noticed(till: Till) -> None:
    till.desk.prepare("1", till.window)
    till.desk.begin()
    till.desk.ask(till.window)
    wait_until(till.desk.has_answered, "the answer")
    os.kill(till.pid, signal.SIGSTOP)
    try:
        till.desk.ask(till.window)
        for _ in range(20):
            till.desk.windows()  # the server has had time for many answers
            assert not till.desk.has_answered()
    finally:
        os.kill(till.pid, signal.SIGCONT)
    wait_until(till.desk.has_answered, "the answer after all")
    till.desk.end()


def test_a_dialog_is_owned_by_its_window(till: Till) -> None:
    till.ask("open dialog")
    wait_until(lambda: len(till.desk.windows()) == 2, "the dialog")
    top, below = till.desk.windows()
    assert (top.owner, below.handle) == (till.window.handle, till.window.handle)


@pytest.fixture
def connection() -> Iterator[display.Display]:
    """To a server of its own: a till's desk keeps some of its spare keys for itself."""
    with virtual_screen() as name:
        made = display.Display(name)
        yield made
        made.close()


def test_spare_keys_are_given_back_and_found_again(connection: display.Display) -> None:
    before = KeyMap(connection)._mapping()
    first = KeyMap(connection)
    keys = first.keys("abc123")
    assert KeyMap(connection).keys("cba")["a"] == keys["a"], "what a killed program has left"
    first.close()
    assert KeyMap(connection)._mapping() == before


def test_too_many_characters_are_refused(connection: display.Display) -> None:
    with pytest.raises(CannotTypeError) as refused:
        KeyMap(connection).keys("".join(map(chr, range(0x4E00, 0x4E80))))
    assert refused.value.why is Why.UNTYPABLE


def test_code_after_code_finds_room(connection: display.Display) -> None:
    keys = KeyMap(connection)
    for start in range(0x4E00, 0x4E40, 8):
        chars = "".join(map(chr, range(start, start + 8)))
        found = keys.keys(chars)
        assert len(set(found.values())) == len(chars)
    keys.close()


def test_no_window_manager() -> None:
    with virtual_screen() as name, pytest.raises(CannotTypeError) as refused:
        X11Desk(name)
    assert refused.value.why is Why.NO_DESK


def test_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str | None) -> None:
        raise DisplayConnectionError(name, "refused")

    monkeypatch.setattr(display, "Display", refuse)
    with pytest.raises(CannotTypeError) as refused:
        X11Desk(":987")
    assert refused.value.why is Why.NO_DESK


def test_a_program_by_its_number() -> None:
    names = program_names(os.getpid())
    assert Path(sys.executable).resolve().name in names
    assert program_names(2**22 + 1) == ()


def test_a_windows_program_under_wine() -> None:
    with subprocess.Popen([r"C:\pos\pos.exe", "60"], executable="/bin/sleep") as process:
        wait_until(lambda: "pos.exe" in program_names(process.pid), "its name")
        process.kill()
