"""What holds for every command that is run in this process."""

from __future__ import annotations

import pytest

from posmember.cli import keyring_wait


@pytest.fixture(autouse=True)
def keyring_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no line say that the keyring takes its time: on a busy machine all of it does."""
    monkeypatch.setattr(keyring_wait, "SAID_AFTER_S", 60.0)
