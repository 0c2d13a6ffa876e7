"""Windows on an X server: asked of the window manager, else of the server itself.

By the Extended Window Manager Hints: "_NET_ACTIVE_WINDOW".
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

from posmember.ui.beside.x_server import XServer

_ACTIVE: Final = "_NET_ACTIVE_WINDOW"
_SUPPORTED: Final = "_NET_SUPPORTED"
_BY_A_PERSON: Final = 2
"""Window managers may refuse a program that wants the keyboard, not a person who does."""
_PROPERTY_CHANGES: Final = 1 << 22
_PROPERTY_NOTIFY: Final = 28
_EVENT: Final = struct.Struct("=BxHII")
"""Type, sequence number, window, the property's name."""
_NO_WINDOW: Final = (0, 1)
"""The numbers of the focus that stand for none, and for the root."""


class XDesktop:
    """The desktop behind a connection.

    Args:
        server: stays open as long as this is used.
    """

    def __init__(self, server: XServer) -> None:
        self._server = server
        self._moved: Callable[[int], None] | None = None

    def front(self) -> int:
        if self._is_managed():
            return (*self._server.numbers(self._server.root, _ACTIVE), 0)[0]
        focus = self._server.focus()
        return 0 if focus in (*_NO_WINDOW, self._server.root) else focus

    def is_there(self, window: int) -> bool:
        return bool(window) and self._server.is_there(window)

    def activate(self, window: int, at: int) -> None:
        if self._is_managed():
            self._server.tell_manager(window, _ACTIVE, _BY_A_PERSON, at)
        else:
            self._server.give_keyboard(window, at)

    def watch(self, moved: Callable[[int], None]) -> None:
        self._moved = moved
        self._server.heard.connect(self._hear)
        self._server.watch(self._server.root, _PROPERTY_CHANGES)

    def close(self) -> None:
        if self._moved is not None:
            self._moved = None
            self._server.heard.disconnect(self._hear)

    def _hear(self, event: bytes) -> None:
        kind, _sequence, _window, name = _EVENT.unpack_from(event)
        is_change = kind & 0x7F == _PROPERTY_NOTIFY and name == self._server.atom(_ACTIVE)
        if is_change and self._moved is not None:
            self._moved(self.front())

    def _is_managed(self) -> bool:
        """Whether a window manager is there now: it may have gone, or come."""
        supported = self._server.numbers(self._server.root, _SUPPORTED)
        return self._server.atom(_ACTIVE) in supported
