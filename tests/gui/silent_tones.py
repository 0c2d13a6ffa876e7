"""Stands for the tones, and notes what there would be to hear."""

from __future__ import annotations

import pytest

from posmember.ui import controller as controller_module
from posmember.ui.tones import Tone


def note_tones(monkeypatch: pytest.MonkeyPatch) -> list[Tone]:
    """Have controllers made from now on play nothing; returns the tones that they would."""
    played: list[Tone] = []

    class SilentTones:
        def __init__(self, _parent: object, *, enabled: bool) -> None:
            self.enabled = enabled

        def play(self, tone: Tone) -> None:
            if self.enabled:
                played.append(tone)

        def close(self) -> None:
            """Have nothing to end."""

    monkeypatch.setattr(controller_module, "Tones", SilentTones)
    return played
