"""The sandbox platform behind a bad network: ``python -m tests.bench.hostile [--seed N] …``.

Each answer comes after 10 to 100 ms, and a tenth of them is bad, in every way in which an answer
can be. ``POST /calm`` makes all of them good again, ``POST /storm`` bad; ``POST /told`` tells how
many of each kind there were. It knows nothing of the client.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import signal
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from posmember.sandbox.server import RunningSandbox

DELAY_S = (0.01, 0.1)
BAD_SHARE = 0.1
HANG_S = 4.0
"""Longer than a call may take in this measurement, and not for ever."""

_MIB = 1024 * 1024
_BOMB_MIB = 256
_OVERSIZED_MIB = 12
_LENGTH = re.compile(rb"^content-length: *(\d+)\r\n", re.IGNORECASE | re.MULTILINE)
_PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer: its head with the empty line, and its body."""

    head: bytes
    body: bytes = b""

    @property
    def whole(self) -> bytes:
        return self.head + self.body


def answer(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """An answer with a head of its own."""
    told = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, f"Content-Length: {told}", "", ""]).encode() + body


def bomb() -> bytes:
    """Some kilobytes that become hundreds of megabytes, zipped twice."""
    inner = _zipped(bytes(_MIB) for _ in range(_BOMB_MIB))
    return _zipped([inner])


def _zipped(parts: Iterable[bytes]) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = [packer.compress(part) for part in parts]
    return b"".join(packed) + packer.flush()


class Line:
    """One client's connection: what can be sent over it."""

    def __init__(self, writer: asyncio.StreamWriter, dice: random.Random, zipped: bytes) -> None:
        self._writer = writer
        self._dice = dice
        self._bomb = zipped

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    def break_off(self) -> None:
        """Without a goodbye, as a cable that is pulled."""
        self._writer.transport.abort()

    # --- every way to answer badly; each leaves the connection open or breaks it -----------------

    async def cut_body(self, good: Message) -> None:
        await self.send(good.head + good.body[: self._dice.randrange(len(good.body) + 1)])
        self.break_off()

    async def cut_head(self, good: Message) -> None:
        await self.send(good.head[: self._dice.randrange(len(good.head))])
        self.break_off()

    async def broken_at_once(self, _good: Message) -> None:
        self.break_off()

    async def undecodable(self, good: Message) -> None:
        encoding = self._dice.choice(["gzip", "deflate", "gzip, deflate", "br", "zstd"])
        await self.send(answer(b"\x1f\x8b" + good.body, f"Content-Encoding: {encoding}"))

    async def unpacks_to_much(self, _good: Message) -> None:
        await self.send(answer(self._bomb, "Content-Encoding: gzip, gzip"))

    async def proxys_page(self, _good: Message) -> None:
        status = self._dice.choice(["502 Bad Gateway", "503 Service Unavailable", "504 Timeout"])
        await self.send(answer(_PAGE, status=status))

    async def no_answer(self, _good: Message) -> None:
        await asyncio.sleep(HANG_S)
        self.break_off()

    async def longer_than_told(self, good: Message) -> None:
        await self.send(answer(good.body, length=len(good.body) // 2))

    async def shorter_than_told(self, good: Message) -> None:
        await self.send(answer(good.body, length=len(good.body) + 100))
        await asyncio.sleep(self._dice.choice([0.0, HANG_S]))
        self.break_off()

    async def no_json(self, good: Message) -> None:
        await self.send(answer(self._dice.choice([b"", b"null", b"{", _PAGE, good.body[:-1]])))

    async def no_http(self, _good: Message) -> None:
        await self.send(b"\x15\x03\x01\x00\x02\x02\x28 SSH-2.0\r\n\r\n")
        self.break_off()

    async def oversized(self, _good: Message) -> None:
        await self.send(answer(b" " * (_OVERSIZED_MIB * _MIB)))

    async def broken_chunks(self, good: Message) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        await self.send(head + b"%x\r\n" % len(good.body) + good.body + b"\r\nzz\r\n")
        self.break_off()

    async def trickle(self, good: Message) -> None:
        await self.send(good.head)
        step_s = 0.1
        for place in range(min(len(good.body), round(HANG_S / step_s))):
            await self.send(good.body[place : place + 1])
            await asyncio.sleep(step_s)
        self.break_off()


WAYS: tuple[Callable[[Line, Message], Awaitable[None]], ...] = (
    Line.cut_body,
    Line.cut_head,
    Line.broken_at_once,
    Line.undecodable,
    Line.unpacks_to_much,
    Line.proxys_page,
    Line.no_answer,
    Line.longer_than_told,
    Line.shorter_than_told,
    Line.no_json,
    Line.no_http,
    Line.oversized,
    Line.broken_chunks,
    Line.trickle,
)


class HostileServer:
    """Forwards to a sandbox, and answers badly now and then.

    Args:
        upstream: the sandbox's port on this machine.
        seed: of what is bad, and when.
        bad: the share of answers that are.
    """

    def __init__(self, upstream: int, seed: int, bad: float) -> None:
        self._upstream = upstream
        self._dice = random.Random(seed)
        self._bad = bad
        self._stormy = True
        self._bomb = bomb()
        self._told: Counter[str] = Counter()
        self._lines: set[asyncio.Task[None] | None] = set()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, for as long as both sides keep it."""
        line = Line(writer, self._dice, self._bomb)
        self._lines.add(asyncio.current_task())  # asyncio itself does not keep them
        try:
            while (request := await _read(reader)) is not None:
                await self._answer(line, request)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has gone away, or the measurement is over
        finally:
            self._lines.discard(asyncio.current_task())
            writer.close()

    async def _answer(self, line: Line, request: Message) -> None:
        path = request.head.split(b" ", 2)[1]
        if path in (b"/calm", b"/storm"):
            self._stormy = path == b"/storm"
            await line.send(answer(b"{}"))
            return
        if path == b"/told":
            await line.send(answer(json.dumps(self._told).encode()))
            return
        await asyncio.sleep(self._dice.uniform(*DELAY_S))
        good = await self._forward(request)
        bad = self._stormy and good.body and self._dice.random() < self._bad
        if not bad:
            self._told["good"] += 1
            await line.send(good.whole)
            return
        way = self._dice.choice(WAYS)
        self._told[way.__name__] += 1
        await way(line, good)

    async def _forward(self, request: Message) -> Message:
        """What the sandbox answers, over a connection of its own."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        try:
            head = request.head.removesuffix(b"\r\n") + b"Connection: close\r\n\r\n"
            writer.write(head + request.body)
            whole = await reader.read()
        finally:
            writer.close()
        head, _end, body = whole.partition(b"\r\n\r\n")
        lines = [
            each for each in head.split(b"\r\n") if not each.lower().startswith(b"connection:")
        ]
        return Message(b"\r\n".join([*lines, b"", b""]), body)


async def _read(reader: asyncio.StreamReader) -> Message | None:
    """The next request; None where the client has no more."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    length = _LENGTH.search(head)
    return Message(head, await reader.readexactly(int(length[1])) if length else b"")


async def _serve(upstream: int, seed: int, bad: float) -> None:
    loop = asyncio.get_running_loop()
    hostile = HostileServer(upstream, seed, bad)
    server = await asyncio.start_server(hostile.handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(f"listening on http://127.0.0.1:{port}", flush=True)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_which: loop.call_soon_threadsafe(ended.set))
    async with server:
        await ended.wait()


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.hostile", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bad", type=float, default=BAD_SHARE, help="share of bad answers")
    wanted = parser.parse_args()
    with RunningSandbox() as sandbox:
        port = int(sandbox.base_url.rpartition(":")[2])
        asyncio.run(_serve(port, wanted.seed, wanted.bad))


if __name__ == "__main__":
    main()
