"""Typing on X11: XTEST, and the window manager's own words (EWMH).

Whether the till's window is in front is asked, and the key struck, while the server listens to
nobody else (GrabServer): nothing can come in between.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from Xlib import X, display, error, protocol
from Xlib.ext import xtest

from posmember.ui.beside.typing.desk import CannotTypeError, DeskWindow, Struck, Why
from posmember.ui.beside.typing.x11_keys import KeyMap

_MODIFIERS: Final = X.ShiftMask | X.ControlMask | X.Mod1Mask | X.Mod4Mask
"""Alt is Mod1 and the Windows key Mod4 wherever there are PC keyboards."""
_ENTER_KEYS: Final = (36, 104)
"""Return's and the keypad's, as Linux numbers keys."""
_CAPS_LOCK: Final = 0xFFE5
_FROM_A_USER: Final = 2
"""What a window manager obeys without asking when the window was last used (EWMH, "pagers")."""
_ABOUT_FRONT: Final = X.PropertyChangeMask | X.SubstructureNotifyMask | X.StructureNotifyMask
"""The last one because Qt sends what answers a ping by it; others do by the second."""
_MOST_TITLE: Final = 1024
_EXTENTS_ASKED, _EXTENTS = "_NET_REQUEST_FRAME_EXTENTS", "_NET_FRAME_EXTENTS"
_NOBODY, _TILL, _MANAGER = "", "till", "manager"
_DEEPEST: Final = 32


class X11Desk:
    """An X server, by a connection of its own.

    Raises:
        CannotTypeError: there is none that lets anybody type, or no window manager.
    """

    def __init__(self, name: str | None = None) -> None:
        try:
            self._display = display.Display(name)
        except (error.DisplayError, error.ConnectionClosedError, OSError) as failure:
            raise CannotTypeError(Why.NO_DESK) from failure
        self._root = self._display.screen().root
        self._display.set_error_handler(lambda *_failure: None)  # of windows that are gone
        self._atoms: dict[str, int] = {}
        self._keys = KeyMap(self._display)
        self._codes: dict[str, int] = {}
        self._unlocks = self._unlocked = False
        self._has_changed = self._has_new_layout = False
        self._owner, self._chars = 0, ""
        self._asked, self._waits_for, self._till_answers = 0, _NOBODY, False
        supported = self._numbers(self._root, "_NET_SUPPORTED")
        self._manager_answers = self._atom(_EXTENTS_ASKED) in supported
        self._own = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._own.change_attributes(event_mask=X.PropertyChangeMask)
        if not self._display.has_extension("XTEST") or not supported:
            self._display.close()
            raise CannotTypeError(Why.NO_DESK)

    # --- windows -------------------------------------------------------------------------------

    def windows(self) -> Sequence[DeskWindow]:
        """Return all windows that are on the screen, the topmost first."""
        handles = self._numbers(self._root, "_NET_CLIENT_LIST_STACKING")
        found = [self._described(handle) for handle in reversed(handles)]
        return [window for window in found if window is not None]

    def front(self) -> DeskWindow | None:
        """Return the window in front; None where there is none."""
        active = self._numbers(self._root, "_NET_ACTIVE_WINDOW")
        return self._described(active[0]) if active and active[0] else None

    def bring_to_front(self, window: DeskWindow) -> None:
        """Ask the window manager for it."""
        message = protocol.event.ClientMessage(
            window=self._window(window.handle),
            client_type=self._atom("_NET_ACTIVE_WINDOW"),
            data=(32, [_FROM_A_USER, X.CurrentTime, 0, 0, 0]),
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._root.send_event(message, event_mask=mask)
        self._display.flush()

    def is_in_front(self, expected: Callable[[DeskWindow], bool]) -> bool:
        """Return whether the window in front is the expected one, and has the keyboard."""
        with self._alone():
            return self._front(expected)

    # --- keys ----------------------------------------------------------------------------------

    def prepare(self, chars: str, window: DeskWindow) -> None:
        """Find keys for the characters."""
        self._chars, self._codes = chars, self._keys.keys(chars)
        self._unlocks = any(char.islower() for char in chars)
        target = self._window(window.handle)
        pid = self._numbers(target, "_NET_WM_PID")
        self._owner = pid[0] if pid else 0
        self._till_answers = self._atom("_NET_WM_PING") in self._numbers(target, "WM_PROTOCOLS")

    def is_key_held(self) -> bool:
        """Return whether Enter is down, or a key that changes what others do."""
        if self._mask() & _MODIFIERS:
            return True
        down = self._display.query_keymap()
        return any(down[code // 8] >> code % 8 & 1 for code in _ENTER_KEYS)

    def begin(self) -> None:
        """Know that typing begins; Caps Lock goes off, where small letters would suffer."""
        if self._unlocks and self._mask() & X.LockMask:
            self._tap_caps_lock()
            self._unlocked = True
        self._root.change_attributes(event_mask=_ABOUT_FRONT)
        self._waits_for = _NOBODY
        self._look_up_keys()
        self._take_events()
        self._has_changed = self._is_keyboard_taken()

    def ask(self, window: DeskWindow) -> None:
        """Ping its program (EWMH), which answers when it has read what came before.

        Then the window manager is asked for something, too: a dialog that the program has opened
        meanwhile is in front only once the manager has come to it.
        """
        self._waits_for = _TILL
        if not self._till_answers:
            self._ask_manager()
            return
        target = self._window(window.handle)
        self._asked += 1
        message = protocol.event.ClientMessage(
            window=target,
            client_type=self._atom("WM_PROTOCOLS"),
            data=(32, [self._atom("_NET_WM_PING"), self._asked, window.handle, 0, 0]),
        )
        target.send_event(message, event_mask=X.NoEventMask)
        self._display.flush()

    def has_answered(self) -> bool:
        """Return whether the last ping has come back, and the window manager has answered."""
        self._take_events()
        return self._waits_for == _NOBODY

    def _ask_manager(self) -> None:
        if not self._manager_answers:
            self._waits_for = _NOBODY
            return
        self._waits_for = _MANAGER
        message = protocol.event.ClientMessage(
            window=self._own, client_type=self._atom(_EXTENTS_ASKED), data=(32, [0] * 5)
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._root.send_event(message, event_mask=mask)
        self._display.flush()

    def strike(self, char: str, expected: Callable[[DeskWindow], bool]) -> Struck:
        """Strike a key, if the window in front is the expected one and no other key is held."""
        with self._alone():
            self._display.sync()  # what has happened before the server was grabbed has come then
            self._take_events()
            if self._has_new_layout:
                self._look_up_keys()
            if self._has_changed or not self._front(expected):
                return Struck.ELSEWHERE
            if self.is_key_held():
                return Struck.HELD
            self._tap(self._codes[char])
            return Struck.DONE

    def end(self) -> None:
        """Switch Caps Lock on again, where it was; hear of no windows any more."""
        unlocked, self._unlocked = self._unlocked, False
        with contextlib.suppress(error.ConnectionClosedError, OSError):
            self._root.change_attributes(event_mask=X.NoEventMask)
            if unlocked:
                self._tap_caps_lock()
            self._display.sync()

    def close(self) -> None:
        """Give the server its keys back, and leave it."""
        with contextlib.suppress(error.ConnectionClosedError, OSError):
            self._keys.close()
            self._display.close()

    # --- how -----------------------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._display.grab_server()
            try:
                yield
            finally:
                self._display.ungrab_server()
                self._display.sync()
        except (error.ConnectionClosedError, OSError) as failure:
            raise CannotTypeError(Why.NO_DESK) from failure

    def _front(self, expected: Callable[[DeskWindow], bool]) -> bool:
        """Whether the expected window is the active one, and the keyboard is within it."""
        window = self.front()
        return window is not None and expected(window) and self._has_keyboard(window.handle)

    def _has_keyboard(self, handle: int) -> bool:
        focus = self._display.get_input_focus().focus
        if isinstance(focus, int):  # nobody, or whatever the pointer is over
            return False
        for _ in range(_DEEPEST):
            if focus.id == handle:
                return True
            try:
                parent = focus.query_tree().parent
            except error.BadWindow:
                return False
            if isinstance(parent, int) or parent.id == self._root.id:
                return False
            focus = parent
        return False

    def _take_events(self) -> None:
        """Notice whether another window was in front meanwhile, or has opened a menu."""
        while self._display.pending_events():
            event: Any = self._display.next_event()
            if event.type == X.PropertyNotify:
                is_about_front = event.atom == self._atom("_NET_ACTIVE_WINDOW")
                self._has_changed = self._has_changed or is_about_front
                if event.atom == self._atom(_EXTENTS) and self._waits_for == _MANAGER:
                    self._waits_for = _NOBODY
            elif event.type == X.ClientMessage and self._is_answer(event):
                self._ask_manager()
            elif event.type == X.MappingNotify:
                self._has_new_layout = True
            elif event.type == X.MapNotify and event.override and not self._is_of_till(event):
                self._has_changed = True

    def _is_answer(self, event: Any) -> bool:
        """Whether it is the last ping, sent back to the root: an older one says nothing of now."""
        ping, number = event.data[1][:2]
        is_last = ping == self._atom("_NET_WM_PING") and number == self._asked
        return bool(is_last and self._waits_for == _TILL)

    def _look_up_keys(self) -> None:
        """Find the keys anew: an input method can bring a layout along, in the middle too."""
        self._has_new_layout = False
        self._codes = self._keys.keys(self._chars)

    def _is_keyboard_taken(self) -> bool:
        """Whether an open menu or a screen lock has all keys, whichever window is in front."""
        taken = self._root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
        if taken == X.GrabSuccess:
            self._display.ungrab_keyboard(X.CurrentTime)
        self._display.sync()
        return bool(taken != X.GrabSuccess)

    def _is_of_till(self, event: Any) -> bool:
        pid = self._numbers(event.window, "_NET_WM_PID")
        return bool(pid) and pid[0] == self._owner

    def _tap(self, code: int) -> None:
        xtest.fake_input(self._display, X.KeyPress, code)
        xtest.fake_input(self._display, X.KeyRelease, code)

    def _tap_caps_lock(self) -> None:
        code = self._display.keysym_to_keycode(_CAPS_LOCK)
        if code:
            self._tap(code)

    def _mask(self) -> int:
        mask: int = self._root.query_pointer().mask
        return mask

    def _described(self, handle: int) -> DeskWindow | None:
        """What is known of a window; None where it is gone."""
        window = self._window(handle)
        pid = self._numbers(window, "_NET_WM_PID")
        owner = self._numbers(window, "WM_TRANSIENT_FOR")
        title = self._title(window)
        if title is None:
            return None
        programs = program_names(pid[0]) if pid else ()
        return DeskWindow(handle, programs, title, owner[0] if owner else 0)

    def _title(self, window: Any) -> str | None:
        for name in ("_NET_WM_NAME", "WM_NAME"):
            try:
                found = window.get_full_property(self._atom(name), X.AnyPropertyType, _MOST_TITLE)
            except error.BadWindow:
                return None
            if found is not None and found.value:
                value = found.value
                return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        return ""

    def _numbers(self, window: Any, name: str) -> Sequence[int]:
        try:
            found = window.get_full_property(self._atom(name), X.AnyPropertyType)
        except error.BadWindow:
            return ()
        return found.value if found is not None and found.format == 32 else ()

    def _window(self, handle: int) -> Any:
        return self._display.create_resource_object("window", handle)

    def _atom(self, name: str) -> int:
        if name not in self._atoms:
            self._atoms[name] = self._display.intern_atom(name)
        return self._atoms[name]


def program_names(pid: int) -> tuple[str, ...]:
    r"""Return the file names of a process: its program's, and what it was started as.

    Under Wine the second is the Windows program's, such as ``C:\pos\pos.exe``.
    """
    folder = Path("/proc") / str(pid)
    names: list[str] = []
    with contextlib.suppress(OSError):
        names.append((folder / "exe").readlink().name)
    with contextlib.suppress(OSError):
        started_as = (folder / "cmdline").read_bytes().partition(b"\0")[0]
        text = os.fsdecode(started_as).replace("\\", "/")
        names.append(text.rpartition("/")[2])
    return tuple(name for name in dict.fromkeys(names) if name)
