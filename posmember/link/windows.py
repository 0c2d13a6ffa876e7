"""Who is at the other end of a named pipe, as Windows knows it.

By Microsoft's documentation: GetNamedPipeServerProcessId, GetNamedPipeClientProcessId
(winbase.h), OpenProcess, ProcessIdToSessionId, AllowSetForegroundWindow, OpenProcessToken,
GetTokenInformation (TokenUser), ConvertSidToStringSidW (sddl.h), GetProcessTimes.
"""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any, Protocol

QUERY_LIMITED = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_TOKEN_QUERY = 0x0008
_TOKEN_USER = 1


class Processes(Protocol):
    """What is asked of the system; `WindowsProcesses` is it."""

    def own_sid(self) -> str:
        """The user's security identifier, such as S-1-5-21-…."""

    def sid_of(self, pid: int) -> str:
        """That of a process's user; "" where it may not be known."""

    def server_of(self, pipe: int) -> int:
        """The process that made the pipe whose client end this handle is; 0 for none."""

    def client_of(self, pipe: int) -> int:
        """The process at the other end of a pipe's server end; 0 for none."""


def is_own_server(pipe: int, processes: Processes) -> bool:
    """Whether the pipe that was opened is this user's, and no trap under its name."""
    pid = processes.server_of(pipe)
    return bool(pid) and processes.sid_of(pid) == processes.own_sid()


def is_own_client(pipe: int, processes: Processes) -> bool:
    """Whether who has connected is this user."""
    pid = processes.client_of(pipe)
    return bool(pid) and processes.sid_of(pid) == processes.own_sid()


def own_sid() -> str:
    """The user's security identifier."""
    return WindowsProcesses().own_sid()


def own_session() -> int:
    """The number of the session in which this process runs; remote desktops have their own."""
    return WindowsProcesses().own_session()


class WindowsProcesses:
    """The real system. Raises OSError on any other."""

    def __init__(self) -> None:
        load = getattr(ctypes, "WinDLL", None)
        if load is None:
            raise OSError("not Windows")
        self._kernel: Any = load("kernel32")
        self._rights: Any = load("advapi32")
        self._user: Any = load("user32")
        _declare(self._kernel, self._rights)

    def own_sid(self) -> str:
        """See `Processes.own_sid`."""
        return self._sid(self._kernel.GetCurrentProcess())

    def own_session(self) -> int:
        """The number of this process's session; 0 where it has none."""
        session, own = wintypes.DWORD(), self._kernel.GetCurrentProcessId()
        found = self._kernel.ProcessIdToSessionId(own, ctypes.byref(session))
        return session.value if found else 0

    def sid_of(self, pid: int) -> str:
        """See `Processes.sid_of`."""
        process = self._kernel.OpenProcess(QUERY_LIMITED, False, pid)
        if not process:
            return ""
        try:
            return self._sid(process)
        finally:
            self._kernel.CloseHandle(process)

    def server_of(self, pipe: int) -> int:
        """See `Processes.server_of`."""
        return self._other_end(self._kernel.GetNamedPipeServerProcessId, pipe)

    def client_of(self, pipe: int) -> int:
        """See `Processes.client_of`."""
        return self._other_end(self._kernel.GetNamedPipeClientProcessId, pipe)

    def let_come_to_the_front(self, pid: int) -> None:
        """Let a process take the foreground, which this one has: a person has started it."""
        self._user.AllowSetForegroundWindow(wintypes.DWORD(pid))

    def started(self, pid: int) -> str:
        """When a process began, as a number that no other of the same id has; "" for none."""
        process = self._kernel.OpenProcess(QUERY_LIMITED, False, pid)
        if not process:
            return ""
        times = [wintypes.FILETIME() for _ in range(4)]
        try:
            if not self._kernel.GetProcessTimes(process, *map(ctypes.byref, times)):
                return ""
        finally:
            self._kernel.CloseHandle(process)
        return str(times[0].dwHighDateTime << 32 | times[0].dwLowDateTime)

    def _other_end(self, ask: Any, pipe: int) -> int:
        pid = wintypes.ULONG()
        return pid.value if ask(wintypes.HANDLE(pipe), ctypes.byref(pid)) else 0

    def _sid(self, process: Any) -> str:
        token = wintypes.HANDLE()
        if not self._rights.OpenProcessToken(process, _TOKEN_QUERY, ctypes.byref(token)):
            return ""
        try:
            return self._user_of(token)
        finally:
            self._kernel.CloseHandle(token)

    def _user_of(self, token: Any) -> str:
        size, ask = wintypes.DWORD(), self._rights.GetTokenInformation
        ask(token, _TOKEN_USER, None, 0, ctypes.byref(size))
        held = ctypes.create_string_buffer(max(size.value, 1))
        if not ask(token, _TOKEN_USER, held, size, ctypes.byref(size)):
            return ""
        # TOKEN_USER begins with SID_AND_ATTRIBUTES, whose first member is the SID's address.
        sid, text = ctypes.cast(held, ctypes.POINTER(ctypes.c_void_p))[0], wintypes.LPWSTR()
        if not self._rights.ConvertSidToStringSidW(ctypes.c_void_p(sid), ctypes.byref(text)):
            return ""
        try:
            return text.value or ""
        finally:
            self._kernel.LocalFree(text)


def _declare(kernel: Any, rights: Any) -> None:
    """Say what handles are: without it ctypes cuts them to 32 bits."""
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    kernel.LocalFree.argtypes = (ctypes.c_void_p,)
    kernel.LocalFree.restype = ctypes.c_void_p
    kernel.GetProcessTimes.argtypes = (wintypes.HANDLE, *[ctypes.c_void_p] * 4)
    rights.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, ctypes.c_void_p)
    rights.GetTokenInformation.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
        ctypes.c_void_p,
    )
    rights.ConvertSidToStringSidW.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
