"""One request over HTTP and its answer; then the connection ends.

h11 reads and writes it, which httpx brings anyway: it is strict about what smuggling lives on, and
bounds what it holds.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import h11
from PySide6.QtCore import QObject, QTimer, Signal

from posmember.link.framing import MAX_REQUEST, UnreadableError, decode
from posmember.link.requests import Asked, Refusal, RequestError, read_asked
from posmember.ui.till.failures import log_bug

if TYPE_CHECKING:
    from PySide6.QtNetwork import QTcpSocket

    from posmember.ui.beside.http.gate import Gate

_log = logging.getLogger(__name__)

WITHIN_MS: Final = 10_000
"""How long a request may take to come, and its answer to be read."""
_MOST_HEADERS: Final = 16_384
_STATUS: Final = {
    Refusal.OFF: HTTPStatus.FORBIDDEN,
    Refusal.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    Refusal.NOT_READY: HTTPStatus.SERVICE_UNAVAILABLE,
    Refusal.FAILED: HTTPStatus.INTERNAL_SERVER_ERROR,
    Refusal.TOO_LONG: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
}

LookUp = Callable[[Asked], Awaitable[dict[str, Any]]]


class Exchange(QObject):
    """Takes one request.

    Args:
        socket: a connection from this machine; the exchange owns it.
        gate: who may ask. look_up: raises RequestError.
    """

    ended = Signal()

    def __init__(self, socket: QTcpSocket, gate: Gate, look_up: LookUp, parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._gate, self._look_up = socket, gate, look_up
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_MOST_HEADERS)
        self._body = bytearray()
        self._headers: list[tuple[str, str]] = []
        self._task: asyncio.Task[None] | None = None
        self._is_over = self._is_answered = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(WITHIN_MS)
        self._limit.timeout.connect(self._too_slow)
        socket.setParent(self)
        socket.setReadBufferSize(MAX_REQUEST)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self._end)
        self._limit.start()

    def begin(self) -> None:
        """Read what has come already."""
        self._read()

    async def aclose(self) -> None:
        """End it at once, and wait for what was under way."""
        task = self._task
        self._abort()
        if task is not None:
            await asyncio.wait([task])

    def _read(self) -> None:
        while not self._is_over and self._socket.bytesAvailable():
            piece = bytes(self._socket.read(MAX_REQUEST).data())
            if self._is_answered or self._task is not None:
                continue  # whatever it is, it is not asked any more
            try:
                self._http.receive_data(piece)
                self._go_on()
            except h11.RemoteProtocolError as error:
                self._refuse(HTTPStatus(error.error_status_hint))

    def _go_on(self) -> None:
        while not self._is_answered:
            event = self._http.next_event()
            if isinstance(event, h11.Request):
                self._begin(event)
            elif isinstance(event, h11.Data):
                self._body += event.data
                if len(self._body) > MAX_REQUEST:
                    self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            elif isinstance(event, h11.EndOfMessage):
                self._ask()
                return
            else:
                return

    def _begin(self, request: h11.Request) -> None:
        headers = list(request.headers)
        status, self._headers = self._gate.check(request.method, request.target, headers)
        if status is not HTTPStatus.OK:
            self._refuse(status)

    def _ask(self) -> None:
        try:
            asked = read_asked(decode(bytes(self._body)))
        except UnreadableError:
            self._answer(HTTPStatus.BAD_REQUEST, _refused(Refusal.UNREADABLE, "no JSON object"))
            return
        except RequestError as error:
            self._answer(HTTPStatus.BAD_REQUEST, _refused(error.refusal, error.words))
            return
        self._limit.stop()  # the platform has limits of its own
        self._task = asyncio.ensure_future(self._look_it_up(asked))

    async def _look_it_up(self, asked: Asked) -> None:
        try:
            self._answer(HTTPStatus.OK, await self._look_up(asked))
        except RequestError as error:
            status = _STATUS.get(error.refusal, HTTPStatus.BAD_REQUEST)
            self._answer(status, _refused(error.refusal, error.words))
        except Exception as error:  # noqa: BLE001 - said there, and in the log under its number
            code = log_bug(_log, error, "a request over HTTP")
            told = _refused(Refusal.FAILED, f"程序出错了 / a bug: {code}")
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, told)

    def _refuse(self, status: HTTPStatus) -> None:
        told = None if status is HTTPStatus.NO_CONTENT else _refused(status.name, status.phrase)
        self._answer(status, told)

    def _answer(self, status: HTTPStatus, told: dict[str, Any] | None) -> None:
        if self._is_over or self._is_answered:
            return
        self._is_answered = True
        body = b"" if told is None else json.dumps(told, ensure_ascii=True).encode("ascii")
        headers = [*self._headers, ("Connection", "close"), ("Cache-Control", "no-store")]
        if told is not None:
            headers += [
                ("Content-Type", "application/json"),
                ("Content-Length", str(len(body))),
                ("X-Content-Type-Options", "nosniff"),
            ]
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            response = h11.Response(status_code=status, headers=headers, reason=status.phrase)
            for event in (response, h11.Data(data=body), h11.EndOfMessage()):
                self._socket.write(self._http.send(event) or b"")
        self._limit.start()
        self._socket.disconnectFromHost()

    def _too_slow(self) -> None:
        if self._is_answered:
            self._abort()
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _abort(self) -> None:
        if not self._is_over:
            self._socket.abort()
            self._end()

    def _end(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._limit.stop()
        if self._task is not None:
            self._task.cancel()
        self.ended.emit()


def _refused(why: str, words: str) -> dict[str, Any]:
    return {"error": str(why), "message": words}
