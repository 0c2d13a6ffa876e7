"""An eye on a desktop with a window manager, and a hand that takes the focus from nobody."""

from __future__ import annotations

from typing import Any

from Xlib import XK, X, Xatom, display
from Xlib.error import BadDrawable, BadMatch, BadWindow
from Xlib.ext import xtest

from tests.end2end.pictures import Picture
from tests.end2end.waiting import wait_until

_EVERY_MS = 60


class Onlooker:
    """Sees which windows there are, in what order, and which one has the keyboard.

    Args:
        name: of the desktop, as in DISPLAY.
    """

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root

    def close(self) -> None:
        """Leave the server."""
        self._display.close()

    def window_of(self, pid: int) -> int:
        """Wait until a process's window is managed and in sight; returns its handle."""
        found: list[int] = []

        def is_there() -> bool:
            found[:] = [each for each in self._listed("_NET_CLIENT_LIST") if self._is_of(each, pid)]
            return bool(found)

        wait_until(is_there, "the window")
        return found[0]

    def active(self) -> int:
        """Return the window that the window manager says is in front; 0 for none."""
        listed = self._listed("_NET_ACTIVE_WINDOW")
        return listed[0] if listed else 0

    def focused(self) -> int:
        """Return the window that gets the keys, as the server says."""
        focus = self._display.get_input_focus().focus
        return 0 if isinstance(focus, int) else int(focus.id)

    def topmost(self) -> int:
        """Return the window above all others."""
        return self._listed("_NET_CLIENT_LIST_STACKING")[-1]

    def is_above(self, window: int) -> bool:
        """Return whether the window manager keeps a window above others."""
        above = self._display.intern_atom("_NET_WM_STATE_ABOVE")
        return above in self._property(self._window(window), "_NET_WM_STATE")

    def place(self, window: int) -> tuple[int, int, int, int]:
        """Return where a window is on the desktop, and its size, without its frame."""
        its = self._window(window)
        size, corner = its.get_geometry(), its.translate_coords(self._root, 0, 0)
        return -corner.x, -corner.y, size.width, size.height

    def picture(self, window: int) -> Picture:
        """Take a picture of a window that nothing covers."""
        its = self._window(window)
        try:
            size = its.get_geometry()
            image = its.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        except (BadMatch, BadDrawable):
            return Picture(0, 0, b"")
        return Picture(size.width, size.height, bytes(image.data))

    def press(self, key: str, *held: str, every_ms: int = _EVERY_MS) -> None:
        """Strike a key, named as in X, while others are held, such as Control_L."""
        codes = [self._code(each) for each in held]
        for code in codes:
            xtest.fake_input(self._display, X.KeyPress, code, every_ms)
        for kind in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(self._display, kind, self._code(key), every_ms // 2)
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code, 0)
        self._display.sync()

    def type(self, text: str, every_ms: int = _EVERY_MS) -> None:
        """Strike the keys of a text."""
        for char in text:
            self.press(char, every_ms=every_ms)

    def click(self, x: int, y: int) -> None:
        """Click the left button at a place of the desktop."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        for kind in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._display, kind, 1, 0)
        self._display.sync()

    def _code(self, key: str) -> int:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(key) or ord(key))
        assert code, f"no key gives {key!r}"
        return int(code)

    def _window(self, window: int) -> Any:
        return self._display.create_resource_object("window", window)

    def _listed(self, name: str) -> list[int]:
        return self._property(self._root, name)

    def _property(self, window: Any, name: str) -> list[int]:
        try:
            found = window.get_full_property(self._display.intern_atom(name), X.AnyPropertyType)
        except BadWindow:
            return []
        return [int(each) for each in found.value] if found is not None else []

    def _is_of(self, window: int, pid: int) -> bool:
        its = self._window(window)
        try:
            told = its.get_full_property(self._display.intern_atom("_NET_WM_PID"), Xatom.CARDINAL)
            shown = its.get_attributes().map_state == X.IsViewable
        except BadWindow:
            return False
        return shown and told is not None and told.value[0] == pid
