"""The three pinned requirement files are of one resolution."""

from __future__ import annotations

import re

import pytest
from dev_env import Level, requirements

PIN = re.compile(r"^([\w.-]+==\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def pins(level: Level) -> dict[str, str]:
    """Each pin with its marker; "" where it is for every system."""
    return dict(PIN.findall(requirements(level).read_text(encoding="utf-8")))


@pytest.mark.parametrize("level", ["freeze", "dev"])
def test_what_runs_is_in_it_too(level: Level) -> None:
    """What is frozen lacks nothing that runs, and what is tested is what runs."""
    runs, has = pins("app"), pins(level)
    assert len(runs) > 20
    assert {pin for pin, marker in runs.items() if has.get(pin) not in (marker, "")} == set()
