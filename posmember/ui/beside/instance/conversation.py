"""One client of the socket: bounded in all that it may send, ask and leave unread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from posmember.link.framing import (
    MAX_REQUEST,
    PROTOCOL,
    PROTOCOLS,
    Lines,
    Message,
    TooLongError,
    UnreadableError,
    decode,
    encode,
)
from posmember.link.requests import Refusal, RequestError
from posmember.ui.till.failures import log_bug

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_log = logging.getLogger(__name__)

HALF_MS: Final = 5_000
"""How long a message may take from its first byte to its last."""
IDLE_MS: Final = 60_000
"""How long who has subscribed to nothing and asks nothing may stay."""
STALLED_MS: Final = 10_000
"""How long what was sent may lie unread."""
MAX_UNREAD: Final = 16 * 1024 * 1024
MOST_ASKED: Final = 8
"""Requests of one client that are under way."""

Answer = Awaitable[Message] | Message
Handle = Callable[["Conversation", str, Message], Answer]


class Conversation(QObject):
    """Reads requests, and answers each with its ``id``.

    Args:
        socket: a connection that is this user's; the conversation owns it.
        handle: does a request; raises RequestError, or returns what is told, at once or later.
    """

    ended = Signal()

    def __init__(self, socket: QLocalSocket, handle: Handle, parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._handle = socket, handle
        self._lines = Lines()
        self._tasks: set[asyncio.Task[None]] = set()
        self.subscribed = False
        self.told: Message = {}
        """What it was last told of the screen."""
        self._is_over = False
        self._half = self._timer(HALF_MS, self._too_slow)
        self._idle = self._timer(IDLE_MS, self.close)
        self._stalled = self._timer(STALLED_MS, self._abort)
        socket.setParent(self)
        socket.setReadBufferSize(MAX_REQUEST)
        socket.readyRead.connect(self._read)
        socket.bytesWritten.connect(self._written)
        socket.disconnected.connect(self._end)
        self._idle.start()

    def begin(self) -> None:
        """Read what has come already."""
        self._read()

    def tell(self, message: Message) -> None:
        """Send a message; who does not read is left."""
        if self._is_over:
            return
        data = encode(message)
        if self._socket.bytesToWrite() + len(data) > MAX_UNREAD:
            self._abort()
            return
        self._socket.write(data)
        if not self._stalled.isActive():
            self._stalled.start()

    def close(self) -> None:
        """End it, after what is to be sent has gone."""
        if not self._is_over:
            self._cancel()
            self._socket.disconnectFromServer()

    async def aclose(self) -> None:
        """End it at once, and wait for what was under way."""
        tasks = set(self._tasks)
        self._abort()
        if tasks:
            await asyncio.wait(tasks)

    # --- what comes ----------------------------------------------------------------------------

    def _read(self) -> None:
        while not self._is_over and self._socket.bytesAvailable():
            piece = bytes(self._socket.read(MAX_REQUEST).data())
            try:
                lines = self._lines.feed(piece)
            except TooLongError:
                self._refuse_and_close(Refusal.TOO_LONG, "请求太长 / a request is too long")
                return
            for line in lines:
                if line.strip():
                    self._take(line)
        self._wait()

    def _wait(self) -> None:
        """Let the clocks run that are to: more of half a message does not stop its own."""
        if self._is_over:
            return
        if not self._lines.has_begun:
            self._half.stop()
        elif not self._half.isActive():
            self._half.start()
        if self._tasks or self.subscribed:
            self._idle.stop()
        else:
            self._idle.start()

    def _take(self, line: bytes) -> None:
        if self._is_over:
            return
        try:
            message = decode(line)
        except UnreadableError:
            self._refuse_and_close(Refusal.UNREADABLE, "不是 JSON 对象 / no JSON object")
            return
        number = message.get("id")
        number = number if isinstance(number, str | int) and len(str(number)) <= 64 else None
        if message.get("protocol") not in PROTOCOLS:
            words = "不认识这个协议号 / an unknown protocol"
            more = {"protocols": list(PROTOCOLS)}
            self._refuse(number, Refusal.UNKNOWN_PROTOCOL, words, more)
            return
        what = message.get("do")
        if what == "bye":
            self.tell(_answer(number, {}))
            self.close()
            return
        self._do(number, what if isinstance(what, str) else "", message)

    def _do(self, number: str | int | None, what: str, message: Message) -> None:
        if len(self._tasks) >= MOST_ASKED:
            self._refuse(number, Refusal.BUSY, "还有太多没答完 / too much is under way already")
            return
        try:
            answer = self._handle(self, what, message)
        except RequestError as error:
            self._refuse(number, error.refusal, error.words)
            return
        except Exception as error:  # noqa: BLE001 - said there, and in the log under its number
            self._tell_bug(number, error)
            return
        if isinstance(answer, dict):
            self.tell(_answer(number, answer))
            return
        task = asyncio.ensure_future(self._later(number, answer))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def _later(self, number: str | int | None, answer: Awaitable[Message]) -> None:
        try:
            self.tell(_answer(number, await answer))
        except RequestError as error:
            self._refuse(number, error.refusal, error.words)
        except Exception as error:  # noqa: BLE001 - said there, and in the log under its number
            self._tell_bug(number, error)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._wait()

    # --- how it ends ---------------------------------------------------------------------------

    def _too_slow(self) -> None:
        self._refuse_and_close(Refusal.TOO_SLOW, "请求没有发完 / a request was not sent to its end")

    def _tell_bug(self, number: str | int | None, error: Exception) -> None:
        code = log_bug(_log, error, "another program's request")
        self._refuse(number, Refusal.FAILED, f"程序出错了 / a bug: {code}")

    def _refuse(
        self,
        number: str | int | None,
        refusal: Refusal,
        words: str,
        more: dict[str, Any] | None = None,
    ) -> None:
        told = {"ok": False, "error": refusal.value, "message": words, **(more or {})}
        self.tell({"protocol": PROTOCOL, "id": number, **told})

    def _refuse_and_close(self, refusal: Refusal, words: str) -> None:
        self._refuse(None, refusal, words)
        self.close()

    def _written(self, _count: int) -> None:
        self._stalled.stop()
        if self._socket.bytesToWrite():
            self._stalled.start()

    def _abort(self) -> None:
        if not self._is_over:
            self._socket.abort()
            self._end()  # an abort in mid-connection tells nobody

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _end(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        self.subscribed = False
        self._cancel()
        for timer in (self._half, self._idle, self._stalled):
            timer.stop()
        self.ended.emit()

    def _timer(self, ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(then)
        return timer


def _answer(number: str | int | None, told: Message) -> Message:
    return {"protocol": PROTOCOL, "id": number, "ok": True, **told}
