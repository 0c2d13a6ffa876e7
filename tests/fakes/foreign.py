"""What stands where the platform should: servers with bad certificates, portals, proxies."""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import formatdate

import trustme

LOGIN_PAGE = "http://10.10.0.1:8080/eportal/index.jsp?wlanuserip=10.1.2.3"
DAY = timedelta(days=1)
HOST = "127.0.0.1"


@dataclass
class Foreign:
    """A server that answers every request with the same bytes, and keeps what it was sent."""

    port: int = 0
    received: list[bytes] = field(default_factory=list)
    leave: Callable[[], object] = field(default=lambda: None, repr=False)

    def url(self, scheme: str = "https", host: str = HOST) -> str:
        return f"{scheme}://{host}:{self.port}"


def answer(status: str = "200 OK", body: bytes = b"", **headers: str) -> bytes:
    """An answer's bytes, dated now; header names with _ for -."""
    names = {"Date": formatdate(usegmt=True), "Content-Length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in names.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


@contextmanager
def serving(said: bytes | None, certificate: trustme.LeafCert | None = None) -> Iterator[Foreign]:
    """Serve in a thread; without a certificate no TLS is spoken, whatever is asked.

    Args:
        said: the answer's bytes; None for one that never comes.
    """
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
    foreign, ready = Foreign(), threading.Event()

    async def serve() -> None:
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        loop.set_exception_handler(lambda *_: None)  # handshakes that were broken off
        foreign.leave = lambda: loop.call_soon_threadsafe(gone.set)
        server = await asyncio.start_server(_answering(foreign, said), HOST, 0, ssl=context)
        foreign.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await gone.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield foreign
    finally:
        foreign.leave()
        thread.join(10)


def _answering(
    foreign: Foreign, said: bytes | None
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            foreign.received.append(await _asked(reader))
            if said is None:
                await asyncio.Event().wait()
            writer.write(said or b"")
            await writer.drain()
            writer.close()
        except OSError:
            writer.close()

    return answering


async def _asked(reader: asyncio.StreamReader) -> bytes:
    """A whole request; of what is none, such as a greeting in TLS, what comes at once."""
    said = await reader.read(65_536)
    if not said[:4].isalpha() and not said.startswith(b"GET "):
        return said
    while b"\r\n\r\n" not in said:
        said += await reader.read(65_536)
    head, _, body = said.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if length is not None and len(body) < int(length[1]):
        said += await reader.readexactly(int(length[1]) - len(body))
    return said


def dated(
    chain: trustme.CA, begins: timedelta, ends: timedelta, host: str = HOST
) -> trustme.LeafCert:
    """A certificate that holds between two distances from now."""
    now = datetime.now(UTC)
    return chain.issue_cert(host, not_before=now + begins, not_after=now + ends)
