"""Lookups over HTTP, only where a setting names a port: 127.0.0.1, a token, allowed pages alone.

In the window's own loop, on Qt's sockets, as the local socket is: a server in a thread would have
to come back into it for each lookup.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QHostAddress, QTcpServer

from posmember.errors import CredentialError
from posmember.settings.declared import Programs
from posmember.ui.beside.http.exchange import Exchange
from posmember.ui.beside.http.gate import Gate
from posmember.ui.threads import in_a_daemon
from posmember.ui.view.screen import Hint, Severity

if TYPE_CHECKING:
    from PySide6.QtNetwork import QTcpSocket

    from posmember.settings.config import Settings
    from posmember.ui.beside.instance.lookups import Lookups

_log = logging.getLogger(__name__)

MOST: Final = 32
"""Connections at once."""


class HttpPart(QObject):
    """Serves `POST /v1/lookup`.

    Args:
        token: reads it; may wait for a person to unlock the keyring. Raises CredentialError.
    """

    told = Signal(object)
    """A `Hint`: why there is no server although there is to be one."""

    def __init__(self, lookups: Lookups, token: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._lookups, self._token = lookups, token
        self._wanted: tuple[int, tuple[str, ...]] | None = None
        self._gate: Gate | None = None
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._take_all)
        self._exchanges: set[Exchange] = set()
        self._opening: asyncio.Task[None] | None = None

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on; where they ask for the same, nobody is refused."""
        wanted = None
        if settings is not None and settings.beside.programs is not Programs.OFF:
            port = settings.beside.http_port
            wanted = (port, settings.beside.http_origins) if port else None
        if self._opening is not None:
            self._opening.cancel()
        if wanted != self._wanted:
            self._shut()
        self._wanted = wanted
        if wanted is not None:
            self._opening = asyncio.ensure_future(self._open(*wanted))

    async def aclose(self) -> None:
        """Serve no more."""
        self._server.close()
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait([self._opening])
        for exchange in tuple(self._exchanges):
            await exchange.aclose()

    async def _open(self, port: int, origins: tuple[str, ...]) -> None:
        """Serve by the token of now, which may be another than at the last settings."""
        await self._lookups.settled()  # nobody is to be asked for the keyring's password twice
        try:
            token = await in_a_daemon(self._token)
        except CredentialError as error:
            _log.info("no HTTP: %s", type(error).__name__)
            self._refuse(self.tr("系统密钥库没有给出令牌，本机 HTTP 没有打开"))
            return
        if not token:
            self._refuse(self.tr("本机 HTTP 没有打开：请先运行 posmember set-http-token"))
            return
        if not self._is_listening(port):
            _log.info("no HTTP on port %d: %s", port, self._server.serverError().name)
            text = self.tr("本机 HTTP 没有打开：端口 {port} 被别的程序占用")
            self._refuse(text.format(port=port))
            return
        self._gate = Gate(port, token, origins)

    def _is_listening(self, port: int) -> bool:
        return self._server.isListening() or self._server.listen(QHostAddress("127.0.0.1"), port)

    def _shut(self) -> None:
        self._server.close()
        self._gate = None

    def _refuse(self, text: str) -> None:
        self._shut()
        self.told.emit(Hint(Severity.WARNING, text))

    def _take_all(self) -> None:
        while self._server.hasPendingConnections():
            self._take(self._server.nextPendingConnection())

    def _take(self, socket: QTcpSocket) -> None:
        if self._gate is None or len(self._exchanges) >= MOST:
            socket.abort()
            socket.deleteLater()
            return
        exchange = Exchange(socket, self._gate, self._lookups.answer, self)
        self._exchanges.add(exchange)
        exchange.ended.connect(lambda: self._drop(exchange))
        exchange.begin()

    def _drop(self, exchange: Exchange) -> None:
        self._exchanges.discard(exchange)
        exchange.deleteLater()
