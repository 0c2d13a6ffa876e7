"""Windows on Windows: GetForegroundWindow and its kin of user32.dll.

By Microsoft's reference: "GetForegroundWindow function", "SetForegroundWindow function" (who got
the last input, as by a hotkey, may call it), "SetWinEventHook function", "Event Constants",
"IsIconic function", "ShowWindow function", "GetClassNameW function".
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable
from typing import Any, Final, Protocol

from posmember import windows_dll

_log = logging.getLogger(__name__)

_EVENT_SYSTEM_FOREGROUND: Final = 0x0003
_WINEVENT_OUTOFCONTEXT: Final = 0
_SW_RESTORE: Final = 9
_LONGEST_CLASS: Final = 256
_SHELL: Final = frozenset((
    "Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd", "NotifyIconOverflowWindow",
    "TopLevelWindowForOverflowTray", "XamlExplorerHostIslandWindow", "ForegroundStaging",
    "MultitaskingViewFrame", "TaskSwitcherWnd", "#32768",
))  # fmt: skip
"""The desktop, the taskbar, its menus and the switcher: nobody works in them."""


class System(Protocol):
    """What is asked of Windows. None of it raises; what is refused does nothing."""

    def foreground(self) -> int:
        """Return the window in front, or 0."""

    def class_name(self, window: int) -> str:
        """Return the name of a window's class, or ""."""

    def is_visible(self, window: int) -> bool:
        """Return whether there is such a window, and it is shown, if minimised."""

    def bring(self, window: int) -> bool:
        """Bring a window to the front, as large as it was; returns whether that is allowed."""

    def hook(self, moved: Callable[[int], None]) -> None:
        """Have it told which window comes to the front, in this thread's message loop."""

    def unhook(self) -> None:
        """Have it told no more."""


class WindowsDesktop:
    """The desktop of Windows.

    Args:
        system: Windows; a stand-in for tests.
    """

    def __init__(self, system: System) -> None:
        self._system = system

    def front(self) -> int:
        window = self._system.foreground()
        return 0 if self._system.class_name(window) in _SHELL else window

    def is_there(self, window: int) -> bool:
        return bool(window) and self._system.is_visible(window)

    def activate(self, window: int, at: int) -> None:
        if not self._system.bring(window):
            _log.info("Windows brings no window to the front")

    def watch(self, moved: Callable[[int], None]) -> None:
        def tell(window: int) -> None:
            if self._system.class_name(window) not in _SHELL:
                moved(window)

        self._system.hook(tell)

    def close(self) -> None:
        self._system.unhook()


class User32:
    """The real one. Raises OSError on any other system than Windows."""

    def __init__(self) -> None:
        dll = self._dll = windows_dll.load("user32")
        self._hook: int | None = None
        self._callback: Any = None
        handle = ctypes.c_void_p
        dll.GetForegroundWindow.restype = handle
        dll.GetClassNameW.argtypes = (handle, ctypes.c_wchar_p, ctypes.c_int)
        for function in (dll.IsWindowVisible, dll.IsIconic, dll.SetForegroundWindow):
            function.argtypes = (handle,)
        dll.ShowWindow.argtypes = (handle, ctypes.c_int)
        dll.SetWinEventHook.restype = handle
        dll.SetWinEventHook.argtypes = (
            ctypes.c_uint32, ctypes.c_uint32, handle, handle, ctypes.c_uint32, ctypes.c_uint32,
            ctypes.c_uint32,
        )  # fmt: skip
        dll.UnhookWinEvent.argtypes = (handle,)

    def foreground(self) -> int:
        return self._dll.GetForegroundWindow() or 0

    def class_name(self, window: int) -> str:
        name = ctypes.create_unicode_buffer(_LONGEST_CLASS)
        self._dll.GetClassNameW(window, name, _LONGEST_CLASS)
        return name.value

    def is_visible(self, window: int) -> bool:
        return bool(self._dll.IsWindowVisible(window))

    def bring(self, window: int) -> bool:
        if self._dll.IsIconic(window):
            self._dll.ShowWindow(window, _SW_RESTORE)
        return bool(self._dll.SetForegroundWindow(window))

    def hook(self, moved: Callable[[int], None]) -> None:
        def tell(_hook: Any, _event: int, window: int | None, *_which: Any) -> None:
            try:
                moved(window or 0)
            except Exception:  # noqa: BLE001 - Windows is above it
                _log.exception("the window in front is not known")

        self._callback = _event_procedure()(tell)  # kept: Windows keeps only its address
        self._hook = self._dll.SetWinEventHook(
            _EVENT_SYSTEM_FOREGROUND, _EVENT_SYSTEM_FOREGROUND, None,
            ctypes.cast(self._callback, ctypes.c_void_p), 0, 0, _WINEVENT_OUTOFCONTEXT,
        )  # fmt: skip

    def unhook(self) -> None:
        if self._hook:
            self._dll.UnhookWinEvent(self._hook)
        self._hook = None


def _event_procedure() -> Any:
    """The type of a WINEVENTPROC: hook, event, window, object, child, thread, time."""
    handle, number = ctypes.c_void_p, ctypes.c_uint32
    arguments = (handle, number, handle, ctypes.c_long, ctypes.c_long, number, number)
    if sys.platform == "win32":
        return ctypes.WINFUNCTYPE(None, *arguments)
    return ctypes.CFUNCTYPE(None, *arguments)
