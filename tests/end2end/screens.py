"""A screen of a test's own (Xvfb), a hand on its keyboard (XTEST), and an eye on its windows."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from Xlib import XK, X, Xatom, display, protocol
from Xlib.error import BadMatch, BadWindow, CatchError
from Xlib.ext import xtest

from tests.end2end.pictures import Picture
from tests.end2end.waiting import wait_until

SCANNER_MS = 2
PERSON_MS = 90
PERSON_HOLDS_MS = 50
_SHIFTED = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()_+{}|:"<>?')


@contextmanager
def virtual_screen(size: tuple[int, int] = (1400, 900)) -> Iterator[str]:
    """Start an X server that nobody sees; gives its name for DISPLAY."""
    assert shutil.which("Xvfb"), "missing: Xvfb; install xvfb"
    screen = f"{size[0]}x{size[1]}x24"
    # -r: no key repeats by itself where the machine stands still while one is down.
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-r"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii"
    ) as server:
        try:
            _keep_prompt(server)
            assert server.stdout is not None
            number = server.stdout.readline().strip()
            assert number, "the X server did not start"
            yield f":{number}"
        finally:
            server.terminate()


def _keep_prompt(server: subprocess.Popen[str]) -> None:
    """Let an X server go before others, where it may: it is the clock of a scanner's keys.

    A scanner strikes them whatever the computer has to do; a gap of 35 ms would be a person's.
    """
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, server.pid, -15)


@contextmanager
def window_manager(screen: str) -> Iterator[None]:
    """Run a window manager on a screen: windows have frames, and the keyboard is its to give."""
    assert shutil.which("openbox"), "missing: openbox; install openbox"
    with subprocess.Popen(
        ["openbox", "--sm-disable"],
        env={**os.environ, "DISPLAY": screen},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as manager:
        watching = Screen(screen)
        try:
            wait_until(watching.is_managed, "the window manager")
            yield
        finally:
            watching.close()
            manager.terminate()


class Screen:
    """A connection to an X server.

    Args:
        name: as in DISPLAY.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._display = display.Display(name)
        self._root = self._display.screen().root

    def close(self) -> None:
        """Leave the server."""
        self._display.close()

    def is_managed(self) -> bool:
        """Whether there is a window manager."""
        return bool(self._told("_NET_SUPPORTING_WM_CHECK"))

    def window_of(self, pid: int) -> Window:
        """Wait for the window of a process, and give it the keyboard; a manager gives it itself."""
        found: list[Any] = []

        def is_there() -> bool:
            found[:] = [window for window in self._windows() if self._is_of(window, pid)]
            return bool(found)

        wait_until(is_there, "the window")
        if self.is_managed():
            wait_until(lambda: self._told("_NET_ACTIVE_WINDOW") == [found[0].id], "the keyboard")
        return Window(self._display, found[0], has_keyboard=self.is_managed())

    def window_of_program(self, name: str) -> Window:
        """Wait for a window of a program, by its class, that takes all keys for itself alone.

        It does so a moment after it is shown: what is struck before that is somebody else's.
        """
        wait_until(lambda: self.shows(name), f"a window of {name}")
        wait_until(self._is_keyboard_taken, f"{name} with the keyboard")
        return Window(self._display, next(self._of_program(name)), has_keyboard=True)

    def shows(self, name: str) -> bool:
        """Whether a window of a program, by its class, is shown."""
        return next(self._of_program(name), None) is not None

    def _is_keyboard_taken(self) -> bool:
        """Whether somebody has all keys for itself: tried, while nobody else can try the same."""
        self._display.grab_server()
        tried = self._root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
        if tried == X.GrabSuccess:
            self._display.ungrab_keyboard(X.CurrentTime)
        self._display.ungrab_server()
        self._display.sync()
        return bool(tried == X.AlreadyGrabbed)

    def _of_program(self, name: str) -> Iterator[Any]:
        for window in self._windows():
            try:
                named = window.get_wm_class()
                shown = window.get_attributes().map_state == X.IsViewable
            except BadWindow:
                continue
            if shown and named is not None and named[0] == name:
                yield window

    def windows_of(self, pid: int) -> int:
        """Return how many windows of a process are shown."""
        return sum(self._is_of(window, pid) for window in self._windows())

    def topmost_of(self, pid: int) -> Window:
        """Give the keyboard to the window of a process that lies on top."""
        return Window(
            self._display, [each for each in self._windows() if self._is_of(each, pid)][-1]
        )

    def _windows(self) -> list[Any]:
        """All that lie on the screen; where there is a manager, those in its frames."""
        if self.is_managed():
            ids = self._told("_NET_CLIENT_LIST")
            return [self._display.create_resource_object("window", each) for each in ids]
        return list(self._root.query_tree().children)

    def _told(self, name: str) -> list[int]:
        """What a window manager tells of its windows; nothing where there is none."""
        atom = self._display.intern_atom(name)
        told = self._root.get_full_property(atom, X.AnyPropertyType)
        return list(told.value) if told is not None else []

    def _is_of(self, window: Any, pid: int) -> bool:
        try:
            property_ = window.get_full_property(
                self._display.intern_atom("_NET_WM_PID"), Xatom.CARDINAL
            )
            shown = window.get_attributes().map_state == X.IsViewable
        except BadWindow:
            return False
        return shown and property_ is not None and property_.value[0] == pid


class Window:
    """A process's window.

    Args:
        has_keyboard: whether it takes the keyboard by itself; else it is given to it.
    """

    def __init__(self, screen: Any, window: Any, *, has_keyboard: bool = False) -> None:
        self._display = screen
        self._window = window
        if not has_keyboard:
            wait_until(self._take_keyboard, "the keyboard")

    @property
    def handle(self) -> int:
        """Its number on the server."""
        return int(self._window.id)

    def _take_keyboard(self) -> bool:
        """Ask for the keyboard, as there is no window manager to do it; True once it is there.

        A window that is only just being mapped refuses; so it is asked again.
        """
        refused = CatchError(BadMatch)
        self._window.set_input_focus(X.RevertToParent, X.CurrentTime, onerror=refused)
        self._display.sync()
        return bool(self._display.get_input_focus().focus == self._window)

    def picture(self) -> Picture:
        """Take a picture of it."""
        size = self._window.get_geometry()
        try:
            image = self._window.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        except BadMatch:  # it is being shown or hidden
            return Picture(0, 0, b"")
        return Picture(size.width, size.height, bytes(image.data))

    def pause(self, ms: int) -> None:
        """Have what is struck next come so much later, however slow everybody is."""
        xtest.fake_input(self._display, X.MotionNotify, 1, ms, x=0, y=0)  # by nothing

    def scan(self, code: str, *, clicked: tuple[int, int] | None = None) -> None:
        """Send a code and Enter as a scanner does, a key each 2 ms.

        The server is told all of it at once: where each key were waited for, one that this process
        is late with would not be a scanner's.

        Args:
            clicked: where the left button is clicked right before.
        """
        if clicked is not None:
            self._click(*clicked)
        self._strike_all(code, SCANNER_MS)
        self._strike("Return", SCANNER_MS)
        self._display.sync()

    def type(self, text: str, every_ms: int = PERSON_MS) -> None:
        """Type a text; the server waits between the keys."""
        self._strike_all(text, every_ms)
        self._display.sync()

    def press(
        self,
        key: str,
        *,
        after_ms: int = PERSON_MS,
        shift: bool = False,
        control: bool = False,
        alt: bool = False,
    ) -> None:
        """Press one key, named as in X: a character, F2, Return. At a person's pace it is held."""
        self._strike(key, after_ms, shift=shift, control=control, alt=alt)
        self._display.sync()

    def _strike_all(self, text: str, every_ms: int) -> None:
        for char in text:
            self._strike(char, every_ms, shift=char in _SHIFTED)

    def _strike(
        self,
        key: str,
        after_ms: int,
        *,
        shift: bool = False,
        control: bool = False,
        alt: bool = False,
    ) -> None:
        """Tell the server, with what it is told next, to press a key."""
        symbol = XK.string_to_keysym(key) or ord(key)
        code = self._display.keysym_to_keycode(symbol)
        assert code, f"no key gives {key!r}"
        held = XK.XK_Control_L if control else XK.XK_Alt_L if alt else XK.XK_Shift_L
        shift_code = self._display.keysym_to_keycode(held)
        shift = shift or control or alt
        held_ms = PERSON_HOLDS_MS if after_ms > PERSON_HOLDS_MS else 0
        if shift:
            xtest.fake_input(self._display, X.KeyPress, shift_code, after_ms)
            after_ms = 0
        xtest.fake_input(self._display, X.KeyPress, code, after_ms)
        xtest.fake_input(self._display, X.KeyRelease, code, held_ms)
        if shift:
            xtest.fake_input(self._display, X.KeyRelease, shift_code, 0)

    def click(self, x: int, y: int) -> None:
        """Click the left button at a place of it."""
        self._click(x, y)
        self._display.sync()

    def _click(self, x: int, y: int) -> None:
        """Tell the server, with what it is told next, to click."""
        place = self._window.translate_coords(self._window.query_tree().root, 0, 0)
        xtest.fake_input(self._display, X.MotionNotify, x=x - place.x, y=y - place.y)
        for kind in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._display, kind, 1, 0)

    def move(self, x: int, y: int, width: int, height: int) -> None:
        """Move it and change its size, as a person with a mouse does."""
        self._window.configure(x=x, y=y, width=width, height=height)
        self._display.sync()

    def place(self) -> tuple[int, int, int, int]:
        """Return where it is, and its size."""
        place = self._window.get_geometry()
        return place.x, place.y, place.width, place.height

    def ask_to_close(self) -> None:
        """Ask it to close, as a window manager does for its close button."""
        delete = self._display.intern_atom("WM_DELETE_WINDOW")
        message = protocol.event.ClientMessage(
            window=self._window,
            client_type=self._display.intern_atom("WM_PROTOCOLS"),
            data=(32, [delete, X.CurrentTime, 0, 0, 0]),
        )
        self._window.send_event(message)
        self._display.sync()
