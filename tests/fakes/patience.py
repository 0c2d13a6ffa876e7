"""Waits little for the answer that never comes, and as long as ever for all others."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from types import ModuleType

import pytest

SOON_S = 0.5


def no_patience_with(monkeypatch: pytest.MonkeyPatch, transport: ModuleType, api: str) -> None:
    """Have one API's calls end soon; what else is asked may take its time on a busy machine.

    Args:
        transport: where the calls are made, each within its `deadline`.
    """
    usual = transport.deadline

    def deadline(called: str, timeout_s: float) -> AbstractAsyncContextManager[None]:
        found: AbstractAsyncContextManager[None] = usual(
            called, SOON_S if called == api else timeout_s
        )
        return found

    monkeypatch.setattr(transport, "deadline", deadline)
