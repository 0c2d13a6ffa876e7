"""A connection of one's own to the X server, by the libxcb that Qt's own windows go through.

Qt hides what is asked here: keys of the root window, and the windows of others. An error of such a
request comes back to whoever asked, not to Qt. By the X protocol's encoding (xcb/xproto.h).
"""

from __future__ import annotations

import ctypes
import logging
import struct
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

_log = logging.getLogger(__name__)

EVENT_SIZE: Final = 32
CURRENT_TIME: Final = 0
_ANY_TYPE: Final = 0
_EVENT_MASK: Final = 1 << 11
"""Of the values that a window's attributes are set to."""
_MOST_VALUES: Final = 4_096
_MIN_KEY_CODE, _MAX_KEY_CODE = 34, 35
"""Where they stand in the server's set-up."""
_CLIENT_MESSAGE = struct.Struct("=BBHII5I")
_CLIENT_MESSAGE_NUMBER: Final = 33


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.c_void_p), ("rem", ctypes.c_int), ("index", ctypes.c_int))


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_U8, _U16, _U32 = ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
_FUNCTIONS: Final[dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "connect": (_POINTER, (ctypes.c_char_p, ctypes.POINTER(_INT))),
    "disconnect": (None, (_POINTER,)),
    "connection_has_error": (_INT, (_POINTER,)),
    "get_file_descriptor": (_INT, (_POINTER,)),
    "get_setup": (_POINTER, (_POINTER,)),
    "setup_roots_iterator": (_Screens, (_POINTER,)),
    "screen_next": (None, (ctypes.POINTER(_Screens),)),
    "flush": (_INT, (_POINTER,)),
    "poll_for_event": (_POINTER, (_POINTER,)),
    "request_check": (_POINTER, (_POINTER, _Cookie)),
    "grab_key_checked": (_Cookie, (_POINTER, _U8, _U32, _U16, _U8, _U8, _U8)),
    "ungrab_key_checked": (_Cookie, (_POINTER, _U8, _U32, _U16)),
    "change_window_attributes_checked": (_Cookie, (_POINTER, _U32, _U32, _POINTER)),
    "set_input_focus_checked": (_Cookie, (_POINTER, _U8, _U32, _U32)),
    "configure_window_checked": (_Cookie, (_POINTER, _U32, _U16, _POINTER)),
    "send_event_checked": (_Cookie, (_POINTER, _U8, _U32, _U32, ctypes.c_char_p)),
    "get_keyboard_mapping": (_Cookie, (_POINTER, _U8, _U8)),
    "get_modifier_mapping": (_Cookie, (_POINTER,)),
    "intern_atom": (_Cookie, (_POINTER, _U8, _U16, ctypes.c_char_p)),
    "get_property": (_Cookie, (_POINTER, _U8, _U32, _U32, _U32, _U32, _U32)),
    "get_input_focus": (_Cookie, (_POINTER,)),
    "get_window_attributes": (_Cookie, (_POINTER, _U32)),
}
_REPLIES: Final = tuple(
    name for name, (result, _) in _FUNCTIONS.items() if result is _Cookie and "check" not in name
)


class XServer(QObject):
    """One connection. Where the server goes away, nothing more is heard: Qt ends the program then.

    Raises OSError where there is no such library, or no server that takes it.
    """

    heard = Signal(bytes)
    """The 32 bytes of an event."""
    drained = Signal()
    """Every event that had come was heard."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._xcb = _load()
        self._libc = ctypes.CDLL(None)
        self._libc.free.argtypes = (_POINTER,)
        number = _INT()
        self._connection: int | None = self._xcb.xcb_connect(None, ctypes.byref(number))
        if self._xcb.xcb_connection_has_error(self._connection):
            self._disconnect()
            raise OSError("the X server takes no further connection")
        self._setup: int = self._xcb.xcb_get_setup(self._connection)
        self.root = self._root_of(number.value)
        self._atoms: dict[str, int] = {}
        self._reads_later = False
        place = self._xcb.xcb_get_file_descriptor(self._connection)
        self._notifier = QSocketNotifier(place, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.read)

    def close(self) -> None:
        """Leave the server, which takes back all that was asked of it; again does nothing."""
        if self._connection is not None:
            self._notifier.setEnabled(False)
            self._disconnect()

    def read(self, *_what: object) -> None:
        """Hear what has come."""
        heard = self._reads_later = False
        while self._connection is not None:
            event = self._xcb.xcb_poll_for_event(self._connection)
            if not event:
                break
            heard = True
            self.heard.emit(self._taken(event, EVENT_SIZE))
        if self._connection is not None and self._xcb.xcb_connection_has_error(self._connection):
            _log.info("the X server has gone")
            self._notifier.setEnabled(False)
        if heard:
            self.drained.emit()

    # --- keys -----------------------------------------------------------------------------------

    def grab_key(self, code: int, modifiers: int) -> bool:
        """Hear a key wherever it is struck; returns whether no other program does already."""
        return self._do("grab_key", 1, self.root, modifiers, code, 1, 1)

    def ungrab_key(self, code: int, modifiers: int) -> None:
        """Hear it no more."""
        self._do("ungrab_key", code, self.root, modifiers)

    def key_symbols(self) -> dict[int, Sequence[int]]:
        """Return what is on each key, by its code: the keysyms of all its levels."""
        first, last = (
            ctypes.c_uint8.from_address(self._setup + at).value
            for at in (_MIN_KEY_CODE, _MAX_KEY_CODE)
        )
        reply = self._ask("get_keyboard_mapping", first, last - first + 1)
        if not reply:
            return {}
        each = reply[1]
        symbols = struct.unpack_from(f"={each * (last - first + 1)}I", reply, EVENT_SIZE)
        return {
            code: symbols[(code - first) * each : (code - first + 1) * each]
            for code in range(first, last + 1)
        }

    def modifier_keys(self) -> list[Sequence[int]]:
        """Return the codes of the keys of each of the eight modifiers, Shift first."""
        reply = self._ask("get_modifier_mapping")
        each = reply[1] if reply else 0
        return [
            reply[EVENT_SIZE + place * each : EVENT_SIZE + (place + 1) * each] for place in range(8)
        ]

    # --- windows --------------------------------------------------------------------------------

    def atom(self, name: str) -> int:
        """Return the number of a name."""
        if name not in self._atoms:
            reply = self._ask("intern_atom", 0, len(name), name.encode("ascii"))
            self._atoms[name] = struct.unpack_from("=I", reply, 8)[0] if reply else 0
        return self._atoms[name]

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """Return a property that is made of numbers of 32 bits; none where there is none."""
        reply = self._ask("get_property", 0, window, self.atom(name), _ANY_TYPE, 0, _MOST_VALUES)
        if not reply or reply[1] != EVENT_SIZE:
            return ()
        count = struct.unpack_from("=I", reply, 16)[0]
        found: tuple[int, ...] = struct.unpack_from(f"={count}I", reply, EVENT_SIZE)
        return found

    def focus(self) -> int:
        """Return the window that has the keyboard, as the server says."""
        reply = self._ask("get_input_focus")
        return int(struct.unpack_from("=I", reply, 8)[0]) if reply else 0

    def is_there(self, window: int) -> bool:
        """Return whether there is such a window, shown or not."""
        return bool(self._ask("get_window_attributes", window))

    def watch(self, window: int, mask: int) -> bool:
        """Hear what becomes of a window; returns whether there is one."""
        values = (ctypes.c_uint32 * 1)(mask)
        return self._do("change_window_attributes", window, _EVENT_MASK, values)

    def give_keyboard(self, window: int, time: int) -> bool:
        """Give a window the keyboard without asking a window manager; returns whether it is."""
        above = (ctypes.c_uint32 * 1)(0)
        self._do("configure_window", window, 1 << 6, above)
        return self._do("set_input_focus", 1, window, time)

    def tell_manager(self, window: int, name: str, *values: int) -> bool:
        """Send the window manager a message about a window; returns whether it was taken."""
        padded = (*values, *(0,) * (5 - len(values)))
        head = (_CLIENT_MESSAGE_NUMBER, EVENT_SIZE, 0, window, self.atom(name))
        event = _CLIENT_MESSAGE.pack(*head, *padded)
        substructure = 1 << 19 | 1 << 20
        return self._do("send_event", 0, self.root, substructure, event)

    # --- how it is asked ------------------------------------------------------------------------

    def _do(self, name: str, *values: Any) -> bool:
        """Ask for something; returns whether the server did it."""
        if self._connection is None:
            return False
        self._read_later()
        cookie = getattr(self._xcb, f"xcb_{name}_checked")(self._connection, *values)
        error = self._xcb.xcb_request_check(self._connection, cookie)
        if error:
            self._libc.free(error)
        return not error and not self._xcb.xcb_connection_has_error(self._connection)

    def _ask(self, name: str, *values: Any) -> bytes:
        """Return the answer to a question; none where the server refuses."""
        if self._connection is None:
            return b""
        self._read_later()
        cookie = getattr(self._xcb, f"xcb_{name}")(self._connection, *values)
        reply = getattr(self._xcb, f"xcb_{name}_reply")(self._connection, cookie, None)
        if not reply:
            return b""
        words = ctypes.c_uint32.from_address(reply + 4).value
        return self._taken(reply, EVENT_SIZE + 4 * words)

    def _read_later(self) -> None:
        """What comes with an answer is read from the socket then, and wakes nobody."""
        if not self._reads_later:
            self._reads_later = True
            QTimer.singleShot(0, self, self.read)

    def _taken(self, place: int, size: int) -> bytes:
        data = ctypes.string_at(place, size)
        self._libc.free(place)
        return data

    def _root_of(self, number: int) -> int:
        screens = self._xcb.xcb_setup_roots_iterator(self._setup)
        for _screen in range(number):
            self._xcb.xcb_screen_next(ctypes.byref(screens))
        return ctypes.c_uint32.from_address(screens.data).value

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        self._xcb.xcb_disconnect(connection)


def _load() -> Any:
    xcb = ctypes.CDLL("libxcb.so.1")
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(xcb, f"xcb_{name}")
        function.restype, function.argtypes = result, arguments
    for name in _REPLIES:
        function = getattr(xcb, f"xcb_{name}_reply")
        function.restype, function.argtypes = _POINTER, (_POINTER, _Cookie, _POINTER)
    return xcb
