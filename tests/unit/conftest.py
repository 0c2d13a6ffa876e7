"""Fixtures of several modules of tests without a window."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from posmember.api import retries


@pytest.fixture
def delays(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The delays before other tries of a call, in seconds, without the waiting."""
    asked: list[float] = []

    async def note(seconds: float) -> None:
        asked.append(seconds)

    monkeypatch.setattr(retries, "pause", note)
    return asked


@pytest.fixture
def deadlines(monkeypatch: pytest.MonkeyPatch) -> list[asyncio.Timeout]:
    """The deadline of each call: it comes when a test says so, however late the machine is."""
    given: list[asyncio.Timeout] = []

    def begin(_seconds: float) -> asyncio.Timeout:
        given.append(asyncio.timeout(None))
        return given[-1]

    patched = SimpleNamespace(**{**vars(asyncio), "timeout": begin})
    monkeypatch.setattr(retries, "asyncio", patched)
    return given
