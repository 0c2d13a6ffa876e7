"""How the parts are joined: who is told what, and that training mode touches nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from posmember.lookup.later import Later
from posmember.ui.beside.native import Native
from posmember.ui.main_window import MainWindow
from posmember.ui.view.screen import Hint, Severity
from tests.gui.driving import SETTINGS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


class Sources(QObject):
    scanned = Signal(str, int)
    misread = Signal(object)


@dataclass
class Said:
    """The controller, and the settings' front."""

    told: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def tell(self, hint: Hint) -> None:
        self.told.append(hint.text)

    def open(self, page: str = "") -> None:
        self.opened.append(page)


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Needs no event loop: a test begins by itself."""
    monkeypatch.setattr(Later, "call", lambda *_what: None)


def make(window: MainWindow, said: Said, sources: Any = None, *, training: bool = False) -> Native:
    fake: Any = said
    heard: Any = sources or Sources(window)
    made = Native(window, fake, heard, fake, is_training=training)
    if not training:
        made.begin()
    return made


@pytest.fixture
def native(window: MainWindow, said: Said) -> Iterator[Native]:
    made = make(window, said)
    yield made
    end(made)


def end(native: Native) -> None:
    asyncio.run(native.aclose())


def test_training_touches_nothing(
    window: MainWindow, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_what: object) -> None:
        raise AssertionError("asked of the desktop")

    monkeypatch.setattr(Later, "call", refuse)
    monkeypatch.setattr(Native, "begin", refuse)
    made = make(window, said, training=True)
    made.use(SETTINGS)
    made.front.bring_up()
    assert window.keeps_open() is False


def test_the_keys_sheet_tells_of_it(native: Native, window: MainWindow) -> None:
    def texts() -> set[str]:
        window._sheets.toggle_help()
        assert window._sheets.help is not None
        found = {label.text() for label in window._sheets.help.findChildren(QLabel)}
        window._sheets.toggle_help()
        return found

    assert "Ctrl+Alt+H" not in texts()
    native.use(SETTINGS)
    told = texts()
    assert "Ctrl+Alt+H" in told
    assert any("posmember" in each for each in told)  # no desktop here: what else to do
    native.use(None)
    assert "Ctrl+Alt+H" not in texts()


def test_what_matters_more_stays_said(
    native: Native, said: Said, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "view", lambda: SimpleNamespace(hint=object()))
    native._hotkey.told.emit(Hint(Severity.WARNING, "占用"))
    monkeypatch.setattr(window, "view", lambda: SimpleNamespace(hint=None))
    native._hotkey.told.emit(Hint(Severity.WARNING, "占用了"))
    assert said.told == ["占用了"]


def test_the_menu_does_what_it_says(native: Native, said: Said, window: MainWindow) -> None:
    compact, settings, check, training = native._tray._entries
    assert compact.text() == "紧凑窗口"
    compact.chosen()
    assert window.fitting.is_compact()
    assert compact.text() == "完整窗口"
    compact.chosen()
    assert not window.fitting.is_compact()
    settings.chosen()
    check.chosen()
    assert said.opened == ["", "check"]
    assert training.text() == ""
    window.training.offer()
    asked: list[str] = []
    window.training.asked.connect(lambda: asked.append("training"))
    assert training.text() == "进入培训模式"
    training.chosen()
    assert asked == ["training"]


def test_a_scan_shows_a_hidden_window(window: MainWindow, said: Said) -> None:
    sources = Sources(window)
    made = make(window, said, sources)
    window.hide()
    sources.scanned.emit("qm", 1)
    assert window.isVisible()
    window.hide()
    sources.misread.emit(object())
    assert window.isVisible()
    end(made)
