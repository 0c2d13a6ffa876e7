"""Fixtures of set-up in the window."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from posmember.sandbox.server import RunningSandbox


@pytest.fixture(scope="session")
def served() -> Iterator[RunningSandbox]:
    with RunningSandbox() as running:
        yield running


@pytest.fixture
def base_url(served: RunningSandbox) -> Iterator[str]:
    """Where the sandbox is, without faults and calls of before."""
    served.sandbox.calls.clear()
    yield served.base_url
    served.sandbox.clear_faults()
    served.sandbox.latency_ms = 0


@pytest.fixture
def closed_port() -> Iterator[str]:
    """The address of a port on which nobody listens, and that nobody else gets meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
