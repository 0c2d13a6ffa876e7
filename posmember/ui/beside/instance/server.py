"""The local socket: for its own user alone, on both systems."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer

from posmember.link.places import is_own_folder
from posmember.link.rights import is_own_peer
from posmember.ui.beside.instance.conversation import Conversation

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

    from posmember.link.places import Places
    from posmember.ui.beside.instance.conversation import Handle

_log = logging.getLogger(__name__)

MOST: Final = 256
"""Clients at once."""
_ITS_OWN: Final = 0o600
_LEFT_S: Final = 60.0


class Server(QObject):
    """Listens, and lets nobody else in.

    Args:
        handle: does a client's request; see `Conversation`.
    """

    def __init__(self, where: Places, handle: Handle, parent: QObject) -> None:
        super().__init__(parent)
        self._where, self._handle = where, handle
        self._clients: set[Conversation] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST)
        self._server.setListenBacklogSize(MOST)
        self._server.newConnection.connect(self._take_all)

    def listen(self) -> bool:
        """Begin; returns whether it does. The socket that a killed program left is taken away."""
        where = self._where
        if not is_own_folder(where.folder):
            return False
        if sys.platform != "win32":
            QLocalServer.removeServer(where.server)
            _tidy(Path(where.folder))
        if not self._server.listen(where.server):
            _log.warning("no local socket: %s", self._server.serverError().name)
            return False
        if sys.platform != "win32":
            # Qt has set it by then; said once more, as all of it hangs on that.
            os.chmod(where.server, _ITS_OWN)  # noqa: PTH101
        return True

    def clients(self) -> tuple[Conversation, ...]:
        """Return who is connected."""
        return tuple(self._clients)

    async def aclose(self) -> None:
        """Listen no more, and end every conversation."""
        self._server.close()
        for client in self.clients():
            await client.aclose()

    def _take_all(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        if not _is_own(socket) or len(self._clients) >= MOST:
            socket.abort()
            socket.deleteLater()
            return
        client = Conversation(socket, self._handle, self)
        self._clients.add(client)
        client.ended.connect(lambda: self._drop(client))
        client.begin()

    def _drop(self, client: Conversation) -> None:
        self._clients.discard(client)
        client.deleteLater()


def _tidy(folder: Path) -> None:
    """Take away where Qt was making sockets, of programs that were killed meanwhile."""
    for left in folder.glob(".*"):
        with contextlib.suppress(OSError):
            if left.is_dir() and time.time() - left.stat().st_mtime > _LEFT_S:
                for socket in left.iterdir():
                    socket.unlink()
                left.rmdir()


def _is_own(socket: QLocalSocket) -> bool:
    """Whether it is this user's; where that cannot be told, it is not."""
    try:
        return is_own_peer(int(socket.socketDescriptor()))
    except (OSError, ValueError):
        _log.warning("a client of the local socket whose user is not known was not let in")
        return False
