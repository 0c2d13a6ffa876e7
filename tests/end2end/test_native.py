"""The hotkey, the tray, coming up and going back: two real programs on a desktop of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from Xlib import X, Xatom, display, protocol
from Xlib.error import CatchError

from tests.end2end.fake_tray import FakeTray
from tests.end2end.waiting import wait_until
from tests.scanrig.desktop import Desktop, Ime, available, desktop
from tests.scanrig.keyboard import Keyboard, Move
from tests.scanrig.program import started

HELD_MS = 60


class Talking:
    """A process that answers each line with JSON."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, line: str = "state") -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the program ended"
        return json.loads(line)


class Till(Talking):
    """The till's own program."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        super().__init__(process)
        self.window: int = self.answer()["window"]


class Screen:
    """The windows of a desktop, and a hand on its keyboard."""

    def __init__(self, on: Desktop) -> None:
        self.name = on.display
        self._display = display.Display(on.display)
        self._root = self._display.screen().root
        self.keys = Keyboard(on.display)

    def close(self) -> None:
        self.keys.close()
        self._display.close()

    def front(self) -> int:
        name = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        told = self._root.get_full_property(name, Xatom.WINDOW)
        return int(told.value[0]) if told is not None else 0

    def is_in_front(self, window: int) -> None:
        wait_until(lambda: self.front() == window, "the window to come to the front")

    def stacking(self) -> list[int]:
        name = self._display.intern_atom("_NET_CLIENT_LIST_STACKING")
        told = self._root.get_full_property(name, Xatom.WINDOW)
        return list(told.value) if told is not None else []

    def ask_to_close(self, window: int) -> None:
        """Ask as a window manager does for its close button."""
        target = self._display.create_resource_object("window", window)
        delete = self._display.intern_atom("WM_DELETE_WINDOW")
        name = self._display.intern_atom("WM_PROTOCOLS")
        data = (32, [delete, X.CurrentTime, 0, 0, 0])
        event = protocol.event.ClientMessage(window=target, client_type=name, data=data)
        target.send_event(event)
        self._display.sync()

    def hotkey(self, *, held_ms: int = HELD_MS) -> None:
        """Strike Ctrl+Alt+H, the modifiers released last."""
        keys = self.keys
        control, alt, letter = (
            keys.named(name).code for name in ("Control_L", "Alt_L", "h")
        )  # fmt: skip
        end = 20 + held_ms
        keys.play([
            Move(0, control, down=True), Move(5, alt, down=True), Move(20, letter, down=True),
            Move(end, letter, down=False), Move(end + 10, alt, down=False),
            Move(end + 20, control, down=False),
        ])  # fmt: skip

    def type(self, text: str) -> None:
        """Type as a person does."""
        moves: list[Move] = []
        for place, char in enumerate(text):
            code = self.keys.key(char).code
            moves += [
                Move(place * 100, code, down=True), Move(place * 100 + 50, code, down=False)
            ]  # fmt: skip
        self.keys.play(moves)


@contextmanager
def mapped_anew_all_the_while(on: Desktop) -> Iterator[None]:
    """Tell every program of another keyboard, as where a scan is followed by a key struck."""
    server, done = display.Display(on.display), threading.Event()
    first = server.display.info.min_keycode
    mapped = [tuple(server.get_keyboard_mapping(first, 1)[0])]

    def keep_on() -> None:
        while not done.wait(0.002):
            server.change_keyboard_mapping(first, mapped)
            server.sync()

    thread = threading.Thread(target=keep_on)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        server.close()


@contextmanager
def on_a_desktop(ime: Ime = Ime.NONE, *, manager: bool = True) -> Iterator[tuple[Desktop, Screen]]:
    reason = available(ime, manager=manager)
    assert not reason, reason
    with desktop(ime, manager=manager) as on:
        screen = Screen(on)
        try:
            yield on, screen
        finally:
            screen.close()


@contextmanager
def window(on: Desktop, **settings: object) -> Iterator[Talking]:
    with started(on, "tests.end2end.beside_window", json.dumps(settings)) as process:
        made = Talking(process)
        made.ask()  # is answered once the program has started, however long that takes
        wait_until(lambda: bool(made.ask()["keys"]), "the hotkey")
        yield made


@contextmanager
def till(on: Desktop, screen: Screen, title: str = "till") -> Iterator[Till]:
    with started(on, "tests.end2end.plain_till", title) as process:
        made = Till(process)
        screen.is_in_front(made.window)
        yield made


def holds(pos: Till, text: str) -> None:
    """Wait until the till's field holds a text."""
    wait_until(lambda: bool(pos.ask("text") == text), "what was typed")


def is_ready(posmember: Talking) -> None:
    """Wait until the keyboard is in the scan field."""
    wait_until(lambda: posmember.ask()["field"], "the scan field")


@pytest.mark.parametrize("ime", [Ime.NONE, Ime.IBUS_ZH])
def test_from_the_till_and_back(ime: Ime) -> None:
    with on_a_desktop(ime) as (on, screen), window(on) as posmember:
        mine = posmember.ask()["window"]
        with till(on, screen) as pos:
            for typed in ("12", "1212", "121212"):
                screen.hotkey()
                screen.is_in_front(mine)
                is_ready(posmember)
                assert posmember.ask()["text"] == ""
                assert posmember.ask()["run"] == 0
                screen.hotkey()
                screen.is_in_front(pos.window)
                screen.type("12")
                holds(pos, typed)
            told = posmember.ask()
            assert (told["visible"], told["minimised"], told["text"]) == (True, False, "")
            assert screen.stacking().index(mine) < screen.stacking().index(pos.window)


def test_a_key_that_is_held_is_one_press() -> None:
    with on_a_desktop() as (on, screen), window(on) as posmember:
        mine = posmember.ask()["window"]
        with till(on, screen) as pos:
            screen.hotkey(held_ms=1500)
            screen.is_in_front(mine)
            is_ready(posmember)
            assert posmember.ask()["text"] == ""
            screen.hotkey(held_ms=1500)
            screen.is_in_front(pos.window)
            assert pos.ask("text") == ""


def test_a_keyboard_that_is_mapped_anew_while_the_key_is_struck() -> None:
    with on_a_desktop() as (on, screen), window(on) as posmember:
        mine = posmember.ask()["window"]
        with till(on, screen) as pos:
            for expected in (mine, pos.window) * 3:
                with mapped_anew_all_the_while(on):
                    screen.hotkey()
                screen.is_in_front(expected)


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_with_a_lock_on(lock: str) -> None:
    with on_a_desktop() as (on, screen), window(on) as posmember:
        mine = posmember.ask()["window"]
        with till(on, screen) as pos:
            screen.keys.lock(lock, on=True)
            screen.hotkey()
            screen.is_in_front(mine)
            screen.hotkey()
            screen.is_in_front(pos.window)


def test_what_was_typed_is_selected_and_another_field_left() -> None:
    with on_a_desktop() as (on, screen), window(on) as posmember:
        posmember.ask("type 1380")
        posmember.ask("amount")
        with till(on, screen):
            screen.hotkey()
            is_ready(posmember)
            assert posmember.ask()["selected"] == "1380"


def test_what_asks_for_a_secret_keeps_the_keyboard() -> None:
    with on_a_desktop() as (on, screen), window(on) as posmember:
        mine = posmember.ask()["window"]
        posmember.ask("secret")
        wait_until(lambda: not posmember.ask()["field"], "the sheet")
        focus = posmember.ask()["focus"]
        with till(on, screen) as pos:
            screen.hotkey()
            screen.is_in_front(mine)
            wait_until(lambda: posmember.ask()["focus"] == focus, "the sheet again")
            screen.hotkey()
            screen.is_in_front(pos.window)


def test_the_window_before_has_gone() -> None:
    with on_a_desktop() as (on, screen), window(on) as posmember:
        mine = posmember.ask()["window"]
        with till(on, screen):
            screen.hotkey()
            screen.is_in_front(mine)
        screen.hotkey()
        wait_until(lambda: posmember.ask()["minimised"], "the window out of the way")
        screen.hotkey()
        screen.is_in_front(mine)
        is_ready(posmember)
        assert not posmember.ask()["minimised"]


def test_the_window_before_is_another_one_by_now() -> None:
    with on_a_desktop() as (on, screen), window(on) as posmember:
        mine = posmember.ask()["window"]
        with till(on, screen, "one"), till(on, screen, "two") as two:
            screen.hotkey()
            screen.is_in_front(mine)
            screen.hotkey()
            screen.is_in_front(two.window)


def test_nobody_manages_windows() -> None:
    with on_a_desktop(manager=False) as (on, screen), window(on) as posmember:
        mine = posmember.ask()["window"]
        with started(on, "tests.end2end.plain_till", "till") as process:
            pos = Till(process)
            focus = screen._display.create_resource_object("window", pos.window)

            def give() -> bool:
                focus.set_input_focus(X.RevertToParent, X.CurrentTime, onerror=CatchError())
                screen._display.sync()
                return bool(screen._display.get_input_focus().focus == focus)

            wait_until(give, "the till's keyboard")
            screen.type("6")
            holds(pos, "6")
            screen.hotkey()
            wait_until(
                lambda: screen._display.get_input_focus().focus.id == mine, "this window's keyboard"
            )
            is_ready(posmember)
            screen.hotkey()
            wait_until(
                lambda: screen._display.get_input_focus().focus == focus, "the till's keyboard"
            )
            screen.type("7")
            holds(pos, "67")


def test_another_program_has_the_key() -> None:
    with on_a_desktop() as (on, _screen):
        other = display.Display(on.display)
        code = other.keysym_to_keycode(ord("h"))
        held = X.ControlMask | X.Mod1Mask
        other.screen().root.grab_key(
            code, held | X.LockMask, False, X.GrabModeAsync, X.GrabModeAsync
        )
        other.sync()
        with window(on) as posmember:
            wait_until(lambda: "占用" in posmember.ask()["hint"], "the word")
            assert "占用" in posmember.ask()["keys"][0][1]
            other.close()  # half of the states of the locks were free: none may be kept
        last = display.Display(on.display)
        caught = CatchError()
        last.screen().root.grab_key(
            code, held, False, X.GrabModeAsync, X.GrabModeAsync, onerror=caught
        )
        last.sync()
        assert caught.get_error() is None
        last.close()


def test_the_layout_changes() -> None:
    with on_a_desktop() as (on, screen), window(on, hotkey="Ctrl+Alt+Y") as posmember:
        mine = posmember.ask()["window"]
        with till(on, screen):
            subprocess.run(["setxkbmap", "de"], env=dict(on.environment), check=True)
            other = Keyboard(on.display)  # which knows the layout as it is now
            codes = [other.named(name).code for name in ("Control_L", "Alt_L", "y")]

            def strike() -> bool:
                down = [Move(20 * place, code, down=True) for place, code in enumerate(codes)]
                up = [Move(120, code, down=False) for code in codes]
                if screen.front() != mine:
                    other.play([*down, *up])
                return bool(screen.front() == mine)

            wait_until(strike, "the window")
            other.close()


# --- the tray ------------------------------------------------------------------------------------


@contextmanager
def tray_on(on: Desktop) -> Iterator[FakeTray]:
    made = FakeTray(on.display)
    try:
        yield made
    finally:
        made.close()


def test_closed_to_the_tray_and_back() -> None:
    with (
        on_a_desktop() as (on, screen),
        tray_on(on) as tray,
        window(on, close_to_tray=True) as posmember,
    ):
        mine = posmember.ask()["window"]
        wait_until(lambda: tray.turn() == 1, "the icon")
        posmember.ask("type 13800000001")
        with till(on, screen) as pos:
            screen.hotkey()
            screen.is_in_front(mine)
            place = posmember.ask()["place"]
            screen.ask_to_close(mine)
            wait_until(lambda: not posmember.ask()["visible"], "the window gone")
            assert posmember.ask()["text"] == ""
            screen.is_in_front(pos.window)
            tray.turn()
            tray.click()
            wait_until(lambda: posmember.ask()["visible"], "the window")
            screen.is_in_front(mine)
            is_ready(posmember)
            assert posmember.ask()["place"] == place
            screen.ask_to_close(mine)
            wait_until(lambda: not posmember.ask()["visible"], "the window gone")
            screen.hotkey()
            screen.is_in_front(mine)
            is_ready(posmember)
            screen.hotkey()
            screen.is_in_front(pos.window)


def test_a_scan_shows_a_hidden_window_and_leaves_the_keyboard() -> None:
    leader, follower = os.openpty()
    port = os.ttyname(follower)
    with (
        on_a_desktop() as (on, screen),
        tray_on(on) as tray,
        window(on, close_to_tray=True, serial_port=port) as posmember,
    ):
        mine = posmember.ask()["window"]
        wait_until(lambda: tray.turn() == 1, "the icon")
        screen.ask_to_close(mine)
        wait_until(lambda: not posmember.ask()["visible"], "the window gone")
        with till(on, screen) as pos:
            os.write(leader, b"qm0000001\r")
            wait_until(lambda: posmember.ask()["visible"], "the window")
            wait_until(lambda: posmember.ask()["run"] == 1, "the lookup")
            screen.type("5")
            holds(pos, "5")
            assert screen.front() == pos.window
            assert not posmember.ask()["active"]
    os.close(leader)
    os.close(follower)


def test_the_tray_goes_while_the_window_is_hidden_and_comes_again() -> None:
    with on_a_desktop() as (on, screen):
        tray = FakeTray(on.display)
        with window(on, close_to_tray=True) as posmember:
            mine = posmember.ask()["window"]
            wait_until(lambda: tray.turn() == 1, "the icon")
            screen.ask_to_close(mine)
            wait_until(lambda: not posmember.ask()["visible"], "the window gone")
            tray.close()
            wait_until(lambda: posmember.ask()["visible"], "the window")
            assert "托盘" in posmember.ask()["hint"]
            with tray_on(on) as again:
                wait_until(lambda: again.turn() == 1, "the icon in another tray")
                screen.ask_to_close(mine)
                wait_until(lambda: not posmember.ask()["visible"], "the window gone again")


@pytest.mark.parametrize("how", ["no tray", "no setting", "by the program", "SIGTERM"])
def test_an_end_that_is_one(how: str) -> None:
    with on_a_desktop() as (on, screen), tray_on(on) as tray:
        if how == "no tray":
            tray.close()
        with window(on, close_to_tray=how != "no setting") as posmember:
            mine = posmember.ask()["window"]
            if how != "no tray":
                wait_until(lambda: tray.turn() == 1, "the icon")
            if how in ("by the program", "SIGTERM"):  # from the tray
                screen.ask_to_close(mine)
                wait_until(lambda: not posmember.ask()["visible"], "the window gone")
            if how == "by the program":
                posmember.ask("close")
            elif how == "SIGTERM":
                posmember.process.terminate()
            else:
                screen.ask_to_close(mine)
            assert posmember.process.wait(20) == 0
