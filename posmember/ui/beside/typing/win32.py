"""The few functions of Windows that typing into another program takes.

By Microsoft's reference of each; "GetWindowText function": of another process's window it never
waits, "EnumWindows function": the topmost first, "TOKEN_MANDATORY_LABEL structure": a level is the
last part of its SID.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from posmember import windows_dll

_PROCESS_QUERY_LIMITED_INFORMATION: Final = 0x1000
_TOKEN_QUERY: Final = 0x0008
_TOKEN_INTEGRITY_LEVEL: Final = 25
_GW_OWNER: Final = 4
_SW_RESTORE: Final = 9
_INPUT_KEYBOARD: Final = 1
_IN_MENU: Final = 0x04 | 0x08 | 0x10
"""GUI_INMENUMODE, GUI_SYSTEMMENUMODE, GUI_POPUPMENUMODE."""
_LONGEST_PATH: Final = 32_768
_LONGEST_TITLE: Final = 1_024
_DOWN: Final = 0x8000
_WM_NULL: Final = 0
_SMTO_ABORTIFHUNG: Final = 0x0002
_ASKED_FOR_MS: Final = 5


@dataclass(frozen=True, slots=True)
class KeyInput:
    """A KEYBDINPUT. Its repr does not tell which key it is about."""

    virtual_key: int = field(repr=False)
    scan_code: int = field(repr=False)
    flags: int


class System(Protocol):
    """What is asked of Windows. What may raise OSError says so."""

    def visible_windows(self) -> Sequence[int]:
        """Return the handles of all visible top-level windows, the topmost first.

        Raises OSError.
        """

    def foreground(self) -> int:
        """Return the window in front; 0 for none, as while it changes."""

    def bring_to_front(self, window: int) -> None:
        """Ask for a window to be in front; restored, where it is minimised."""

    def title(self, window: int) -> str:
        """Return a window's title; "" also where it is gone."""

    def owner(self, window: int) -> int:
        """Return the window that owns one, such as a dialog; 0 for none."""

    def is_enabled(self, window: int) -> bool:
        """Return whether it takes keys: not while a modal dialog is open."""

    def is_in_menu(self, window: int) -> bool:
        """Return whether a menu of its thread has the keys; True also where nobody knows."""

    def takes_messages(self, window: int) -> bool:
        """Return whether its thread takes a message that is sent to it, at once."""

    def process_of(self, window: int) -> int:
        """Return the number of the process that owns a window. Raises OSError."""

    def program(self, process: int) -> str:
        r"""Return the path of a process's program, such as ``C:\pos\pos.exe``. Raises OSError."""

    def integrity(self, process: int) -> int:
        """Return a process's integrity level, such as 0x2000 for medium. Raises OSError."""

    def own_integrity(self) -> int:
        """Return this process's. Raises OSError."""

    def is_down(self, virtual_key: int) -> bool:
        """Return whether a key is down, whoever has the keyboard."""

    def send(self, inputs: Sequence[KeyInput]) -> int:
        """Put keys into the keyboard's stream; returns how many went there."""


class _KeyboardInput(ctypes.Structure):
    _fields_ = (
        ("virtual_key", ctypes.c_ushort),
        ("scan_code", ctypes.c_ushort),
        ("flags", ctypes.c_uint32),
        ("time", ctypes.c_uint32),
        ("extra", ctypes.c_void_p),
    )


class _MouseInput(ctypes.Structure):
    """The largest of the three; it alone gives INPUT its size."""

    _fields_ = (
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
        ("data", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("time", ctypes.c_uint32),
        ("extra", ctypes.c_void_p),
    )


class _AnyInput(ctypes.Union):
    _fields_ = (("keyboard", _KeyboardInput), ("mouse", _MouseInput))


class Input(ctypes.Structure):
    """INPUT: 40 bytes where pointers have 8, 28 where they have 4."""

    _fields_ = (("kind", ctypes.c_uint32), ("of", _AnyInput))


class _Rect(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_int32) for name in ("left", "top", "right", "bottom"))


class _GuiThreadInfo(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("active", ctypes.c_void_p),
        ("focus", ctypes.c_void_p),
        ("capture", ctypes.c_void_p),
        ("menu_owner", ctypes.c_void_p),
        ("move_size", ctypes.c_void_p),
        ("caret", ctypes.c_void_p),
        ("caret_rect", _Rect),
    )


class Win32:
    """The real one. Raises OSError on any other system than Windows."""

    def __init__(self) -> None:
        self._user: Any = windows_dll.load("user32")
        self._kernel: Any = windows_dll.load("kernel32")
        self._advapi: Any = windows_dll.load("advapi32")
        user, kernel, advapi = self._user, self._kernel, self._advapi
        handle, dword = ctypes.c_void_p, ctypes.c_uint32
        for function, result, arguments in (
            (user.GetForegroundWindow, handle, ()),
            (user.SetForegroundWindow, ctypes.c_int, (handle,)),
            (user.IsIconic, ctypes.c_int, (handle,)),
            (user.ShowWindow, ctypes.c_int, (handle, ctypes.c_int)),
            (user.IsWindowVisible, ctypes.c_int, (handle,)),
            (user.IsWindowEnabled, ctypes.c_int, (handle,)),
            (user.GetWindow, handle, (handle, ctypes.c_uint)),
            (user.GetWindowTextW, ctypes.c_int, (handle, ctypes.c_wchar_p, ctypes.c_int)),
            (user.GetWindowThreadProcessId, dword, (handle, ctypes.c_void_p)),
            (user.GetGUIThreadInfo, ctypes.c_int, (dword, ctypes.c_void_p)),
            (
                user.SendMessageTimeoutW,
                ctypes.c_ssize_t,
                (
                    *(handle, ctypes.c_uint, ctypes.c_size_t, ctypes.c_ssize_t),
                    *(ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p),
                ),
            ),
            (user.GetAsyncKeyState, ctypes.c_ushort, (ctypes.c_int,)),
            (user.SendInput, ctypes.c_uint, (ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)),
            (kernel.OpenProcess, handle, (dword, ctypes.c_int, dword)),
            (kernel.GetCurrentProcess, handle, ()),
            (kernel.CloseHandle, ctypes.c_int, (handle,)),
            (
                kernel.QueryFullProcessImageNameW,
                ctypes.c_int,
                (handle, dword, ctypes.c_wchar_p, ctypes.c_void_p),
            ),
            (advapi.OpenProcessToken, ctypes.c_int, (handle, dword, ctypes.c_void_p)),
            (
                advapi.GetTokenInformation,
                ctypes.c_int,
                (handle, ctypes.c_int, ctypes.c_void_p, dword, ctypes.c_void_p),
            ),
            (advapi.GetSidSubAuthorityCount, ctypes.POINTER(ctypes.c_ubyte), (handle,)),
            (advapi.GetSidSubAuthority, ctypes.POINTER(dword), (handle, dword)),
        ):
            function.restype, function.argtypes = result, arguments

    def visible_windows(self) -> Sequence[int]:
        found: list[int] = []

        def keep(window: int | None, _lparam: int) -> int:
            if window and self._user.IsWindowVisible(window):
                found.append(window)
            return 1

        kind: Any = _callback(ctypes.c_int, ctypes.c_void_p, ctypes.c_ssize_t)
        if not self._user.EnumWindows(kind(keep), ctypes.c_ssize_t(0)):
            raise windows_dll.refused()
        return found

    def foreground(self) -> int:
        return self._user.GetForegroundWindow() or 0

    def bring_to_front(self, window: int) -> None:
        if self._user.IsIconic(window):
            self._user.ShowWindow(window, _SW_RESTORE)
        self._user.SetForegroundWindow(window)

    def title(self, window: int) -> str:
        text = ctypes.create_unicode_buffer(_LONGEST_TITLE)
        self._user.GetWindowTextW(window, text, _LONGEST_TITLE)
        return text.value

    def owner(self, window: int) -> int:
        return self._user.GetWindow(window, _GW_OWNER) or 0

    def is_enabled(self, window: int) -> bool:
        return bool(self._user.IsWindowEnabled(window))

    def is_in_menu(self, window: int) -> bool:
        thread = self._user.GetWindowThreadProcessId(window, None)
        info = _GuiThreadInfo(size=ctypes.sizeof(_GuiThreadInfo))
        if not thread or not self._user.GetGUIThreadInfo(thread, ctypes.byref(info)):
            return True
        return bool(info.flags & _IN_MENU)

    def takes_messages(self, window: int) -> bool:
        taken = ctypes.c_size_t()
        return bool(
            self._user.SendMessageTimeoutW(
                window, _WM_NULL, 0, 0, _SMTO_ABORTIFHUNG, _ASKED_FOR_MS, ctypes.byref(taken)
            )
        )

    def process_of(self, window: int) -> int:
        process = ctypes.c_uint32()
        self._user.GetWindowThreadProcessId(window, ctypes.byref(process))
        if not process.value:
            raise windows_dll.refused()
        return process.value

    def program(self, process: int) -> str:
        opened = self._opened(process)
        try:
            length = ctypes.c_uint32(_LONGEST_PATH)
            path = ctypes.create_unicode_buffer(_LONGEST_PATH)
            asked = self._kernel.QueryFullProcessImageNameW(opened, 0, path, ctypes.byref(length))
            if not asked:
                raise windows_dll.refused()
            return path.value
        finally:
            self._kernel.CloseHandle(opened)

    def integrity(self, process: int) -> int:
        opened = self._opened(process)
        try:
            return self._integrity(opened)
        finally:
            self._kernel.CloseHandle(opened)

    def own_integrity(self) -> int:
        return self._integrity(self._kernel.GetCurrentProcess())

    def is_down(self, virtual_key: int) -> bool:
        return bool(self._user.GetAsyncKeyState(virtual_key) & _DOWN)

    def send(self, inputs: Sequence[KeyInput]) -> int:
        made = (Input * len(inputs))()
        for each, key in zip(made, inputs, strict=True):
            each.kind = _INPUT_KEYBOARD
            each.of.keyboard = _KeyboardInput(key.virtual_key, key.scan_code, key.flags, 0, None)
        sent: int = self._user.SendInput(len(inputs), made, ctypes.sizeof(Input))
        return sent

    def _opened(self, process: int) -> int:
        opened = self._kernel.OpenProcess(_PROCESS_QUERY_LIMITED_INFORMATION, 0, process)
        if not opened:
            raise windows_dll.refused()
        return int(opened)

    def _integrity(self, process: int) -> int:
        token = ctypes.c_void_p()
        if not self._advapi.OpenProcessToken(process, _TOKEN_QUERY, ctypes.byref(token)):
            raise windows_dll.refused()
        try:
            return self._level(token)
        finally:
            self._kernel.CloseHandle(token)

    def _level(self, token: ctypes.c_void_p) -> int:
        size = ctypes.c_uint32()
        ask = self._advapi.GetTokenInformation
        ask(token, _TOKEN_INTEGRITY_LEVEL, None, 0, ctypes.byref(size))
        label = ctypes.create_string_buffer(max(size.value, ctypes.sizeof(ctypes.c_void_p)))
        if not ask(token, _TOKEN_INTEGRITY_LEVEL, label, size.value, ctypes.byref(size)):
            raise windows_dll.refused()
        sid = ctypes.c_void_p.from_buffer(label).value  # SID_AND_ATTRIBUTES begins with it
        count: int = self._advapi.GetSidSubAuthorityCount(sid)[0]
        return int(self._advapi.GetSidSubAuthority(sid, count - 1)[0])


def _callback(result: Any, *arguments: Any) -> Any:
    if sys.platform == "win32":
        return ctypes.WINFUNCTYPE(result, *arguments)
    return ctypes.CFUNCTYPE(result, *arguments)
