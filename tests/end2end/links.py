"""A window without a screen, as other programs of its user find it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from posmember.link.client import Client, NobodyError, SilentError, connect
from posmember.link.framing import Message
from posmember.link.places import Places, places
from posmember.sandbox.server import RunningSandbox
from tests.end2end.program import LIMIT_S, Till, write_config
from tests.end2end.waiting import wait_until

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": "", "WAYLAND_DISPLAY": ""}


def till_with(served: RunningSandbox, folder: Path, programs: str) -> Till:
    """A till on a sandbox.

    Args:
        programs: what other programs are told; "" for nothing set.
    """
    config = write_config(folder / "programs.toml", served.base_url)
    more = f'[beside]\nprograms = "{programs}"\n' if programs else ""
    config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")
    return Till(config)


def the_place() -> Places:
    """Where a window without a display is found: this process is to have none either."""
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)
    found = places()
    assert found is not None
    return found


def answers() -> bool:
    """Whether a window answers here; it may take long while it starts."""
    try:
        with conversation() as client:
            return bool(client.ask(hello())["ok"])
    except (NobodyError, SilentError):
        return False


def hello() -> dict[str, Any]:
    return {"protocol": 1, "do": "hello"}


@contextmanager
def answering(
    till: Till, *arguments: str, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A window that has begun to answer."""
    with till.started("window", *arguments, env={**OFFSCREEN, **(env or {})}) as process:
        wait_until(lambda: answers() or process.poll() is not None, "the socket")
        assert process.poll() is None, process.communicate()
        yield process


class Conversation:
    """Asks, and gives up no sooner than a test does: a busy machine's window is late."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ask(self, message: Message) -> Message:
        return self._client.ask(message, LIMIT_S)

    def next(self) -> Message:
        return self._client.next(LIMIT_S)


@contextmanager
def conversation() -> Iterator[Conversation]:
    client = connect(the_place(), LIMIT_S)
    try:
        yield Conversation(client)
    finally:
        client.close()


class Raw:
    """A client that keeps no rule."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(LIMIT_S)
        self.socket.connect(the_place().server)
        self._rest = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def line(self) -> dict[str, Any]:
        """The next message; {} where it hung up."""
        while b"\n" not in self._rest:
            try:
                piece = self.socket.recv(65536)
            except ConnectionResetError:
                piece = b""
            if not piece:
                return {}
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        read: dict[str, Any] = json.loads(line)
        return read

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.close()
