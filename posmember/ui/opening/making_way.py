r"""Makes way for a setup program, which cannot replace what runs. On Windows.

As long as the window is there, a mutex says so; where a setup program sets an event, the window
closes as if a person closed it. By Microsoft's reference: "CreateMutexExW function",
"CreateEventExW function", "Security Descriptor String Format".
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer

from posmember import windows_dll

_log = logging.getLogger(__name__)

RUNNING: Final = r"Global\posmember-running"
CLOSE: Final = r"Global\posmember-close"
LOOKS_EVERY_MS: Final = 500

_SYNCHRONIZE: Final = 0x0010_0000
_MANUAL_RESET: Final = 0x1
_SIGNALED: Final = 0
# The system, administrators, and whoever made it do what they like; all others may look.
_RIGHTS: Final = "D:(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;OW)(A;;0x00100000;;;WD)"
_SDDL_REVISION: Final = 1


class System(Protocol):
    """What is asked of Windows."""

    def announce(self) -> None:
        """Say that the program runs, until the process is gone. Raises OSError where it refuses."""

    def is_asked(self) -> bool:
        """Whether a setup program asks for an end."""


class Kernel32:
    """The real one. Raises OSError on any other system than Windows.

    Its handles stay open until the process is gone: only then can its files be replaced.
    """

    def __init__(self) -> None:
        self._kernel, self._advapi = windows_dll.load("kernel32"), windows_dll.load("advapi32")
        self._kernel.CreateMutexExW.restype = ctypes.c_void_p
        self._kernel.CreateEventExW.restype = ctypes.c_void_p
        for make in (self._kernel.CreateMutexExW, self._kernel.CreateEventExW):
            make.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_uint32)
        self._kernel.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        self._kernel.WaitForSingleObject.restype = ctypes.c_uint32
        self._kernel.LocalFree.argtypes = (ctypes.c_void_p,)
        self._event: int | None = None

    def announce(self) -> None:
        descriptor = self._descriptor()
        try:
            rights = _SecurityAttributes(ctypes.sizeof(_SecurityAttributes), descriptor, 0)
            # The event first: who sees the mutex has to find it.
            self._event = self._made(self._kernel.CreateEventExW, rights, CLOSE, _MANUAL_RESET)
            self._made(self._kernel.CreateMutexExW, rights, RUNNING, 0)
        finally:
            self._kernel.LocalFree(descriptor)

    def is_asked(self) -> bool:
        if self._event is None:
            return False
        return bool(self._kernel.WaitForSingleObject(self._event, 0) == _SIGNALED)

    def _made(self, make: Any, rights: _SecurityAttributes, name: str, flags: int) -> int:
        """Make or open it. Another user's process may have made it, so no more than to look."""
        handle = make(ctypes.byref(rights), name, flags, _SYNCHRONIZE)
        if not handle:
            raise windows_dll.refused()
        return int(handle)

    def _descriptor(self) -> ctypes.c_void_p:
        made = ctypes.c_void_p()
        convert = self._advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW
        convert.argtypes = (ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p)
        if not convert(_RIGHTS, _SDDL_REVISION, ctypes.byref(made), None):
            raise windows_dll.refused()
        return made


class _SecurityAttributes(ctypes.Structure):
    _fields_ = (
        ("length", ctypes.c_uint32),
        ("descriptor", ctypes.c_void_p),
        ("inherit", ctypes.c_int),
    )


class MakingWay(QObject):
    """Ends the program where a setup program asks for it, and nothing is under way.

    Args:
        is_busy: whether something is being done that must not be broken off.
        end: ends the program in the orderly way.
        system: Windows; a stand-in for tests.
    """

    def __init__(
        self,
        parent: QObject,
        is_busy: Callable[[], bool],
        end: Callable[[], object],
        system: System | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_busy, self._end, self._system = is_busy, end, system
        self._looks = QTimer(self)
        self._looks.setInterval(LOOKS_EVERY_MS)
        self._looks.timeout.connect(self._look)

    @property
    def is_looking(self) -> bool:
        """Whether setup programs are heard."""
        return self._looks.isActive()

    def start(self) -> None:
        """Say that the program runs. Where Windows refuses, that is logged."""
        try:
            self._system = self._system or Kernel32()
            self._system.announce()
        except OSError as error:
            _log.warning("setup programs are not heard: %s", error)
            return
        self._looks.start()

    def stop(self) -> None:
        """Hear nothing any more."""
        self._looks.stop()

    def _look(self) -> None:
        assert self._system is not None
        if self._system.is_asked() and not self._is_busy():
            self._looks.stop()
            _log.info("closed for a setup program")
            self._end()
