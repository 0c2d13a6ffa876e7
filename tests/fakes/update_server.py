"""A static web server over loopback that holds a repository of new versions, and can misbehave."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

RANGE = re.compile(r"bytes=(\d+)-(\d+)")

Answer = Callable[["Visit"], None]
"""Answers to a request in a way of its own."""


class Visit(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: WebServer

    def do_GET(self) -> None:
        web = self.server.web
        web.asked.append((self.path, self.headers.get("Range", "")))
        for part, answer in web.answers.items():
            if part in self.path:
                answer(self)
                return
        self.serve()

    def serve(self, *, ranges: bool = True) -> None:
        """Answer as a web server does."""
        path = self.server.web.folder / self.path.lstrip("/")
        if not path.is_file():
            self.send(404, b"no such file")
            return
        content = path.read_bytes()
        found = RANGE.fullmatch(self.headers.get("Range", "")) if ranges else None
        if found is None:
            self.send(200, content)
            return
        begin, end = int(found[1]), min(int(found[2]), len(content) - 1)
        if begin > end:
            self.send(416, b"", {"Content-Range": f"bytes */{len(content)}"})
            return
        told = f"bytes {begin}-{end}/{len(content)}"
        self.send(206, content[begin : end + 1], {"Content-Range": told})

    def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Answer with a status and a body, which may be shorter than headers say."""
        told = {"Content-Length": str(len(body)), **(headers or {})}
        self.send_response_only(status)
        self.send_header("Date", formatdate(self.server.web.time(), usegmt=True))
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told: Any) -> None:
        """Say nothing."""


class WebServer(ThreadingHTTPServer):
    """The socket."""

    daemon_threads = True
    web: Web

    def handle_error(self, *_about: Any) -> None:
        """A client that hangs up is none of its business."""


class Web:
    """What it holds and how it answers.

    Args:
        folder: what it serves.
    """

    def __init__(self, folder: Path, url: str, time: Callable[[], float]) -> None:
        self.folder, self.url, self.time = folder, url, time
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.ended = threading.Event()
        self.dripped = 0

    def drip(self, visit: Visit) -> None:
        """Say a byte now and then, and never stop."""
        visit.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n")
        while not self.ended.wait(0.05):
            visit.wfile.write(b"{")
            self.dripped += 1

    def pour(self, visit: Visit) -> None:
        """Say as much as is taken, and never stop."""
        visit.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not self.ended.is_set():
            visit.wfile.write(b"x" * 65536)


@contextmanager
def serving(folder: Path, time: Callable[[], float]) -> Iterator[Web]:
    """Serve a folder on a free port of this machine."""
    server = WebServer(("127.0.0.1", 0), Visit)
    server.web = web = Web(folder, f"http://127.0.0.1:{server.server_port}", time)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
