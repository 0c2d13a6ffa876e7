"""A sandbox platform over real HTTP, and a till that is configured for it."""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from posmember.__main__ import main
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.end2end.program import Result, Till, write_config

if TYPE_CHECKING:
    from tests.end2end.screens import Screen

Command = Callable[..., Result]


@pytest.fixture(scope="session")
def served() -> Iterator[RunningSandbox]:
    with RunningSandbox() as running:
        yield running


@pytest.fixture
def platform(served: RunningSandbox) -> Iterator[Sandbox]:
    """The sandbox that the till's configuration leads to, without faults and calls of before."""
    served.sandbox.calls.clear()
    yield served.sandbox
    served.sandbox.clear_faults()
    served.sandbox.latency_ms = 0


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """An X screen of the module's own, on Linux alone."""
    from tests.end2end.screens import Screen, virtual_screen

    with virtual_screen() as name:
        made = Screen(name)
        yield made
        made.close()


@pytest.fixture
def till(platform: Sandbox, served: RunningSandbox, tmp_path: Path) -> Till:
    return Till(write_config(tmp_path / "config.toml", served.base_url))


@pytest.fixture
def closed_port() -> Iterator[str]:
    """The address of a port on which nobody listens, and that nobody else gets meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@pytest.fixture
def command(
    till: Till, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command in this process, which is quicker; the network is as real."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setenv("POSMEMBER_CONFIG", str(till.config))
    monkeypatch.setenv("POSMEMBER_OPEN_KEY", till.open_key)

    def run(*arguments: str) -> Result:
        try:
            code = main(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capsys.readouterr()
        return Result.of(code, captured.out, captured.err)

    return run


@pytest.fixture
def no_log_handlers_left() -> Iterator[None]:
    """Takes the log's handlers and levels back that the program set in this process."""
    root, httpx = logging.getLogger(), logging.getLogger("httpx")
    handlers, levels = list(root.handlers), (root.level, httpx.level)
    yield
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
        with contextlib.suppress(OSError):
            handler.close()
    root.setLevel(levels[0])
    httpx.setLevel(levels[1])
