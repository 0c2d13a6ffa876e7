"""Where the window keeps what it finds out by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from posmember.settings.policy import Policy
from posmember.ui.opening.connecting import file_to_write
from tests.gui.driving import SETTINGS

OWN = replace(SETTINGS, path=Path("config.toml"))


@pytest.mark.parametrize(
    ("access", "kept"), [(None, True), ("open", True), ("pin", False), ("locked", False)]
)
def test_nobody_changes_the_file_past_the_pin(access: str | None, kept: bool) -> None:
    raw = {} if access is None else {"policy.settings": access}
    settings = replace(OWN, policy=Policy("the machine's", raw))
    assert file_to_write(settings) == (OWN.path if kept else None)


def test_without_settings_there_is_no_file() -> None:
    assert file_to_write(None) is None
