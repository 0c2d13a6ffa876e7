"""Fixtures of set-up in the window."""

from __future__ import annotations

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
