"""A tray on an X server, by the System Tray Protocol of freedesktop.org: icons dock in it."""

from __future__ import annotations

import contextlib
from typing import Any

from Xlib import X, display, protocol
from Xlib.error import BadDrawable, BadWindow
from Xlib.ext import xtest

_DOCK = 0
_SIDE = 32


class FakeTray:
    """Has the icons of a display, from now until it is closed."""

    def __init__(self, name: str, at: tuple[int, int] = (1200, 0)) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root
        self._at, self._is_closed = at, False
        self._bar = self._root.create_window(
            *at, _SIDE, _SIDE, 0, X.CopyFromParent, override_redirect=True
        )
        self._bar.map()
        self.icons: list[Any] = []
        selection = self._display.intern_atom("_NET_SYSTEM_TRAY_S0")
        self._bar.set_selection_owner(selection, X.CurrentTime)
        told = (32, [X.CurrentTime, selection, self._bar.id, 0, 0])
        manager = self._display.intern_atom("MANAGER")
        event = protocol.event.ClientMessage(window=self._root, client_type=manager, data=told)
        self._root.send_event(event, event_mask=X.StructureNotifyMask)
        self._display.sync()

    def close(self) -> None:
        """Go; calling it again does nothing."""
        if not self._is_closed:
            self._is_closed = True
            self._display.close()

    def turn(self) -> int:
        """Take what has come; returns how many icons there are."""
        opcode = self._display.intern_atom("_NET_SYSTEM_TRAY_OPCODE")
        self._display.sync()
        while self._display.pending_events():
            event: Any = self._display.next_event()
            is_asked = event.type == X.ClientMessage and event.client_type == opcode
            if is_asked and event.data[1][1] == _DOCK:
                self._dock(event.data[1][2])
        self.icons = [icon for icon in self.icons if self._is_there(icon)]
        return len(self.icons)

    def click(self, button: int = 1) -> None:
        """Click the icon."""
        x, y = self._at
        xtest.fake_input(self._display, X.MotionNotify, x=x + _SIDE // 2, y=y + _SIDE // 2)
        for kind in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._display, kind, button, 0)
        self._display.sync()

    def _dock(self, number: int) -> None:
        icon = self._display.create_resource_object("window", number)
        icon.reparent(self._bar, 0, 0)
        icon.configure(width=_SIDE, height=_SIDE)
        icon.map()
        self._display.sync()
        self.icons.append(icon)

    def _is_there(self, icon: Any) -> bool:
        with contextlib.suppress(BadWindow, BadDrawable):
            icon.get_geometry()
            return True
        return False
