"""Serves a sandbox over HTTP: blocking for the command line, in a thread for tests."""

from __future__ import annotations

import contextlib
import errno
import signal
import socket
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final

import uvicorn

from posmember.sandbox.app import Sandbox

LOOPBACK: Final = "127.0.0.1"
KEEP_ALIVE_S: Final = 30
SHUTDOWN_S: Final = 1
_START_S: Final = 20


def serve(
    sandbox: Sandbox,
    host: str = LOOPBACK,
    port: int = 0,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; to be called in the main thread.

    Args:
        sandbox: what to serve.
        host: address to listen on.
        port: port to listen on; 0 for any that is free.
        ready: called with the base URL as soon as calls are accepted.

    Raises:
        OSError: the address cannot be listened on.
    """
    with _listen(host, port) as listener:
        base_url = _base_url(listener, "http")
        server = _Server(_config(sandbox), lambda: ready(base_url) if ready else None)
        server.run(sockets=[listener])


class RunningSandbox:
    """A sandbox served from a thread on a free loopback port, for as long as the `with` lasts.

    With a certificate and its key (PEM files) it speaks TLS.
    """

    def __init__(
        self,
        sandbox: Sandbox | None = None,
        *,
        certificate: Path | None = None,
        key: Path | None = None,
    ) -> None:
        self.sandbox = sandbox or Sandbox()
        self._config = _config(self.sandbox, certificate, key)
        self._scheme = "https" if certificate else "http"
        self._base_url = ""

    @property
    def base_url(self) -> str:
        """For example ``http://127.0.0.1:54321``; "" before the start."""
        return self._base_url

    def __enter__(self) -> RunningSandbox:
        """Start; returns when calls are accepted.

        Raises:
            OSError: a file of the certificate cannot be read (ssl.SSLError: is no such file).
            RuntimeError: the server did not start in time.
        """
        self._config.load()
        self._listener = _listen(LOOPBACK, 0)
        self._base_url = _base_url(self._listener, self._scheme)
        started = threading.Event()
        self._server = _Server(self._config, started.set)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listener],), name="sandbox-platform", daemon=True
        )
        self._thread.start()
        if not started.wait(_START_S):
            self.__exit__(None, None, None)
            raise RuntimeError("the sandbox platform did not start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop; calls under way get a second to end."""
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()


class _Server(uvicorn.Server):
    """uvicorn's server that tells when it is ready, and takes a signal as the wish to end.

    uvicorn itself raises the signal again after it has ended, which a command line would show as
    a traceback or as a killed process.
    """

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self._end) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.should_exit = True


def _config(
    sandbox: Sandbox, certificate: Path | None = None, key: Path | None = None
) -> uvicorn.Config:
    """Quiet: a broken-off answer is a fault that was asked for, not a line for a log."""
    return uvicorn.Config(
        sandbox.app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_S,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket that says it is TCP.

    asyncio sends small packets at once (TCP_NODELAY) only on sockets that say so; without it a
    short answer, whose head and body are two packets, waits some 40 ms for the client's ACK.
    """
    try:
        host.encode("idna")  # what cannot be sent to a name server is another error at each place
    except UnicodeError as error:
        raise OSError(errno.EINVAL, "no name of a host") from error
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=256)
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, listener.detach())


def _base_url(listener: socket.socket, scheme: str) -> str:
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
