"""Fixtures of several modules of tests without a window."""

from __future__ import annotations

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
