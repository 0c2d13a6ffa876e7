"""Who is at the other end of a connection, as the system knows it."""

from __future__ import annotations

import os
import socket
import struct
import sys
from typing import Any, Final

_CREDENTIALS: Final = struct.Struct("3i")  # struct ucred: pid, uid, gid (unix(7), SO_PEERCRED)


def peer_of(connection: socket.socket) -> tuple[int, int]:
    """The process and the user at the other end; where the system does not tell, 0 and oneself.

    The folder's rights alone count there.
    """
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return 0, os.getuid()
    told = connection.getsockopt(socket.SOL_SOCKET, option, _CREDENTIALS.size)
    pid, uid, _group = _CREDENTIALS.unpack(told)
    return pid, uid


def is_own_peer(descriptor: int) -> bool:
    """Whether who has connected to a server is its own user.

    Args:
        descriptor: of the connection; on Windows the pipe's handle.
    """
    if sys.platform == "win32":
        from posmember.link.windows import WindowsProcesses, is_own_client

        return is_own_client(descriptor, WindowsProcesses())
    with socket.socket(fileno=os.dup(descriptor)) as connection:
        _pid, uid = peer_of(connection)
    return uid == os.getuid()


def pipe_handle(file: Any) -> int:
    """Windows' handle of an open file."""
    import msvcrt

    handle: int = msvcrt.get_osfhandle(file.fileno())  # type: ignore[attr-defined]
    return handle
