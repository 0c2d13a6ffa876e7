"""In which language the window starts: that of the configuration, from the very next start on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from posmember import app
from posmember.cli import window
from posmember.errors import ConfigError

CHINESE = '[platform]\nopen_id = "a"\ngrant_code = "b"\n[window]\nlanguage = "zh"\n'
ENGLISH = CHINESE.replace('"zh"', '"en"')


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the configuration is; Ctrl+C stays with the tests."""
    monkeypatch.setenv("POSMEMBER_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setattr(window, "interrupts_end_at_once", lambda: None)
    return tmp_path / "config.toml"


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, path: Path) -> Callable[..., str]:
    """Starts the window, which reads its configuration; gives its language."""
    spoken: list[str] = []

    def run(load: Callable[[], app.Loaded], *, language: str, **_more: Any) -> int:
        spoken.append(language)
        if path.exists():
            load()
        return 0

    monkeypatch.setattr(app, "run", run)
    monkeypatch.setattr("posmember.log.files.start_file_log", lambda: None)

    def begin(language: str | None = None) -> str:
        assert window.open_window(language) == 0
        return spoken[-1]

    return begin


def test_a_language_changed_by_hand_counts_from_the_next_start(
    path: Path, start: Callable[..., str]
) -> None:
    path.write_text(CHINESE)
    assert start() == "zh"
    path.write_text(ENGLISH)
    assert start() == "en"
    path.write_text(CHINESE.replace('"zh"', '"en"  # as before'))
    assert start() == "en"
    path.write_text(CHINESE)
    assert start() == "zh"


def test_the_first_start_of_a_till_that_was_set_up_by_a_file(
    path: Path, start: Callable[..., str]
) -> None:
    path.write_text(ENGLISH)
    assert start() == "en"


def test_as_long_as_nothing_changed_it_is_not_read_before_the_window(
    path: Path, start: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(ENGLISH)
    start()

    def read() -> str:
        raise AssertionError("the configuration was read before the window was there")

    monkeypatch.setattr(window, "_read_language", read)
    assert start() == "en"


def test_another_file_has_its_own(
    path: Path, start: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(ENGLISH)
    start()
    (tmp_path / "other.toml").write_text(CHINESE)
    monkeypatch.setenv("POSMEMBER_CONFIG", str(tmp_path / "other.toml"))
    assert start() == "zh"


def test_a_wrong_file_leaves_the_language_of_before(path: Path, start: Callable[..., str]) -> None:
    path.write_text(ENGLISH)
    start()
    path.write_text("[")
    with pytest.raises(ConfigError):
        start()
    assert list(Path(os.environ["HOME"]).rglob("language"))
    path.unlink()
    assert start() == "en"


def test_one_that_is_asked_for_goes_before(path: Path, start: Callable[..., str]) -> None:
    path.write_text(ENGLISH)
    assert start("zh") == "zh"
    assert start() == "en"
