"""The other end of the socket, in plain Python: a second start, `posmember ask`, and examples.

Light: the first thing that every start of the window does is to look whether one runs already.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from posmember.link.places import Places, is_own_folder

if TYPE_CHECKING:
    from posmember.link.framing import Message

ANSWERS_WITHIN_S: Final = 2.0
"""A window that takes longer for the simplest answer hangs."""
_PIECE: Final = 65_536


class NobodyError(Exception):
    """Nothing runs there."""


class SilentError(Exception):
    """Something runs there and does not answer."""


class StrangerError(Exception):
    """What is there is not this user's: it is told nothing."""


class Stream(Protocol):
    """A connection: bytes both ways."""

    server_pid: int

    def send(self, data: bytes, until: float) -> None:
        """Send all of it by then, of `time.monotonic`. Raises SilentError."""

    def receive(self, until: float) -> bytes:
        """Some bytes, b"" at the end. Raises SilentError: none came by then."""

    def close(self) -> None:
        """End it."""


class Client:
    """A conversation."""

    def __init__(self, stream: Stream) -> None:
        from posmember.link.framing import MAX_ANSWER, Lines

        self._stream = stream
        self._lines, self._ready = Lines(MAX_ANSWER), list[bytes]()
        self.server_pid = stream.server_pid

    def ask(self, message: Message, limit_s: float = ANSWERS_WITHIN_S) -> Message:
        """Send a request; returns its answer. Raises SilentError."""
        from posmember.link.framing import encode

        until = time.monotonic() + limit_s
        self._stream.send(encode(message), until)
        return self._next(until)

    def next(self, limit_s: float) -> Message:
        """What is told next. Raises SilentError."""
        return self._next(time.monotonic() + limit_s)

    def close(self) -> None:
        """End it."""
        self._stream.close()

    def _next(self, until: float) -> Message:
        from posmember.link.framing import TooLongError, UnreadableError, decode

        try:
            while not self._ready:
                piece = self._stream.receive(until)
                if not piece:
                    raise SilentError("it hung up")
                self._ready += self._lines.feed(piece)
            return decode(self._ready.pop(0))
        except (TooLongError, UnreadableError) as error:
            raise SilentError("what answers does not speak the protocol") from error


def connect(where: Places, limit_s: float = ANSWERS_WITHIN_S) -> Client:
    """Connect to the window of this session.

    Raises:
        NobodyError: none runs. SilentError: it takes nobody. StrangerError: it is another user's.
    """
    until = time.monotonic() + limit_s
    return Client(_pipe(where, until) if sys.platform == "win32" else _socket(where, until))


class _SocketStream:
    def __init__(self, connection: Any, server_pid: int) -> None:
        self._connection, self.server_pid = connection, server_pid

    def send(self, data: bytes, until: float) -> None:
        try:
            self._connection.settimeout(max(until - time.monotonic(), 0.001))
            self._connection.sendall(data)
        except OSError as error:
            raise SilentError("it takes nothing") from error

    def receive(self, until: float) -> bytes:
        try:
            self._connection.settimeout(max(until - time.monotonic(), 0.001))
            return bytes(self._connection.recv(_PIECE))
        except OSError as error:
            raise SilentError("it does not answer") from error

    def close(self) -> None:
        self._connection.close()


def _socket(where: Places, until: float) -> _SocketStream:
    try:
        found = os.lstat(where.server)
    except OSError as error:
        raise NobodyError from error
    if not is_own_folder(where.folder) or not stat.S_ISSOCK(found.st_mode):
        raise StrangerError
    import socket

    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(max(until - time.monotonic(), 0.001))
        connection.connect(where.server)
        return _SocketStream(connection, _pid_of_own(connection))
    except (ConnectionRefusedError, FileNotFoundError) as error:
        connection.close()
        raise NobodyError from error
    except OSError as error:  # its queue is full, or it takes too long
        connection.close()
        raise SilentError("it takes nobody") from error
    except StrangerError:
        connection.close()
        raise


def _pid_of_own(connection: Any) -> int:
    """The process at the other end. Raises StrangerError: it is another user's."""
    from posmember.link.rights import peer_of

    pid, uid = peer_of(connection)
    if uid != os.getuid():
        raise StrangerError
    return pid


class _PipeStream:
    """A named pipe as a file; what Python cannot put a limit to waits in a thread."""

    def __init__(self, file: Any, server_pid: int) -> None:
        self._file, self.server_pid = file, server_pid

    def send(self, data: bytes, until: float) -> None:
        self._by(until, lambda: self._file.write(data))

    def receive(self, until: float) -> bytes:
        return bytes(self._by(until, lambda: self._file.read(_PIECE)) or b"")

    def close(self) -> None:
        self._file.close()

    def _by(self, until: float, work: Any) -> Any:
        import threading

        done: list[Any] = []

        def run() -> None:
            try:
                done.append(work())
            except OSError:  # the other end has gone
                done.append(b"")

        thread = threading.Thread(target=run, name="posmember-pipe", daemon=True)
        thread.start()
        thread.join(max(until - time.monotonic(), 0))
        if not done:
            raise SilentError("it does not answer")
        return done[0]


def _pipe(where: Places, until: float) -> _PipeStream:
    file = _opened(rf"\\.\pipe\{where.server}", until)
    from posmember.link.rights import pipe_handle
    from posmember.link.windows import WindowsProcesses, is_own_server

    processes, handle = WindowsProcesses(), pipe_handle(file)
    if not is_own_server(handle, processes):
        file.close()
        raise StrangerError
    return _PipeStream(file, processes.server_of(handle))


def _opened(path: str, until: float) -> Any:
    while True:
        try:
            return open(path, "r+b", buffering=0)  # noqa: PTH123 - the stream closes it
        except FileNotFoundError as error:
            raise NobodyError from error
        except PermissionError as error:
            raise StrangerError from error
        except OSError as error:  # ERROR_PIPE_BUSY: all of its instances are taken this moment
            if time.monotonic() >= until:
                raise SilentError("it takes nobody") from error
            time.sleep(0.02)
