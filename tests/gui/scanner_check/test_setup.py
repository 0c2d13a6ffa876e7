"""The scanner check in the window: F9, Esc, and what becomes of its proposal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.scanning.findings import ProposedSettings
from posmember.settings import config
from posmember.ui.capture.raw_keys.capture import NativeCapture
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.capture.scan_sources import ScanSources
from posmember.ui.main_window import MainWindow
from posmember.ui.scanner_check.setup import ScannerSetup
from posmember.ui.scanner_check.sheet import ScannerCheckSheet
from posmember.ui.tour import send_burst
from posmember.ui.view.screen import Hint, Severity
from tests.gui import samples

WRITTEN = """\
# 人民广场店
[platform]
open_id = "an-id"
grant_code = "a-code"

[scanner] # the counter's
max_gap_ms = 40 # slow
device = "VID_05E0"
"""
STX = ProposedSettings(prefix="\x02", enter_follows=False, max_gap_ms=60)
CODE = "qm0000001"


class Till:
    """The window with its sources and the check, as the program puts them together."""

    def __init__(self, path: Path | None) -> None:
        self.window = MainWindow()
        self.window.prepare()
        self.sources = ScanSources(ScanFilter(), self.window)
        self.scans: list[str] = []
        self.sources.scanned.connect(lambda text, _place: self.scans.append(text))
        self.sources.start(config.ScannerSettings())
        self.setup = ScannerSetup(self.window, self.sources, path)
        self.told: list[Hint] = []
        self.setup.told.connect(self.told.append)
        self.window.close_first(self.setup.close_sheet)
        self.cleared = 0
        self.window.cleared.connect(self._count)

    def _count(self) -> None:
        self.cleared += 1

    def press(self, key: Qt.Key) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                self.window.windowHandle(), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
            )

    @property
    def sheets(self) -> list[ScannerCheckSheet]:
        return self.window.findChildren(ScannerCheckSheet)

    @property
    def is_open(self) -> bool:
        return any(sheet.is_open() for sheet in self.sheets)

    def accept(self, proposed: ProposedSettings = STX) -> None:
        (sheet,) = self.sheets
        sheet._proposed = proposed
        sheet._use.click()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "c.toml"
    written.write_text(WRITTEN, encoding="utf-8")
    return written


def opened(qtbot: QtBot, path: Path | None) -> Till:
    till = Till(path)
    qtbot.addWidget(till.window)
    till.window.show()
    till.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is till.window.scan_field)
    return till


@pytest.fixture(autouse=True)
def no_native_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NativeCapture, "start", lambda _self: None)  # no screen to read keys of


@pytest.fixture
def till(qtbot: QtBot, path: Path) -> Iterator[Till]:
    made = opened(qtbot, path)
    yield made
    made.setup.close_sheet()
    made.sources.stop()


# --- opening and closing -----------------------------------------------------------------------


def test_it_is_not_made_before_it_is_needed(till: Till) -> None:
    assert till.sheets == []
    assert not till.setup.close_sheet()


def test_f9_opens_and_closes(till: Till) -> None:
    for is_open in (True, False, True):
        till.press(Qt.Key.Key_F9)
        assert till.is_open is is_open
    assert len(till.sheets) == 1


def test_esc_closes_it_before_anything_else(till: Till) -> None:
    till.window.render(samples.loaded_view())
    till.press(Qt.Key.Key_F1)
    till.press(Qt.Key.Key_F9)
    till.press(Qt.Key.Key_Escape)
    assert not till.is_open
    assert till.window._sheets.help is not None
    assert till.window._sheets.help.isVisible()
    assert till.cleared == 0, "the member stays"
    till.press(Qt.Key.Key_Escape)
    assert not till.window._sheets.help.isVisible()
    assert till.cleared == 0
    till.press(Qt.Key.Key_Escape)
    assert till.cleared == 1


def test_the_keyboard_is_where_it_was(till: Till) -> None:
    till.window.numbers.enter()
    before = QApplication.focusWidget()
    till.press(Qt.Key.Key_F9)
    assert QApplication.focusWidget() is not before
    till.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_while_it_is_open_no_scan_is_looked_up(till: Till) -> None:
    till.press(Qt.Key.Key_F9)
    send_burst(till.window.windowHandle(), f"{CODE}\r")
    assert till.scans == []
    till.press(Qt.Key.Key_Escape)
    send_burst(till.window.windowHandle(), f"{CODE}\r")
    assert till.scans == [CODE]


def test_while_it_is_open_the_input_method_has_its_keys(till: Till) -> None:
    till.press(Qt.Key.Key_F9)
    assert till.sources._written_in() is None
    assert till.sheets[0].hasFocus()


# --- the proposal ------------------------------------------------------------------------------


def test_an_accepted_proposal_is_written_and_the_rest_stays(till: Till, path: Path) -> None:
    till.press(Qt.Key.Key_F9)
    till.accept()
    assert not till.is_open
    assert till.told == [Hint(Severity.INFO, "扫码枪设置已保存")]
    scanner = config.load({config.CONFIG_VARIABLE: str(path)}).scanner
    assert scanner == config.ScannerSettings("\x02", False, 60, device="VID_05E0")
    text = path.read_text("utf-8")
    for kept in ("# 人民广场店", "# the counter's", "# slow"):
        assert kept in text
    assert "\x02" not in text


def test_it_holds_at_once(qtbot: QtBot, till: Till) -> None:
    till.press(Qt.Key.Key_F9)
    till.accept(ProposedSettings(prefix="~", enter_follows=False, max_gap_ms=35))
    send_burst(till.window.windowHandle(), f"~{CODE}")
    qtbot.waitUntil(lambda: till.scans == [CODE])


@pytest.mark.skipif(os.name == "nt", reason="the rights of folders are others there")
@pytest.mark.parametrize("why", ["no file", "read-only", "gone", "broken"])
def test_what_cannot_be_written_is_said_and_holds_until_the_end(
    qtbot: QtBot, path: Path, why: str
) -> None:
    till = opened(qtbot, None if why == "no file" else path)
    try:
        till.press(Qt.Key.Key_F9)
        if why == "read-only":
            path.chmod(0o444)
        if why == "gone":
            path.unlink()
        if why == "broken":
            path.write_text("[platform", encoding="utf-8")
        before = path.read_bytes() if path.exists() else None
        till.accept(ProposedSettings(prefix="~", enter_follows=True, max_gap_ms=35))
        (hint,) = till.told
        assert hint.severity is Severity.WARNING
        assert "配置文件不能写" in hint.text
        assert not till.is_open
        assert (path.read_bytes() if path.exists() else None) == before
        send_burst(till.window.windowHandle(), f"~{CODE}\r")
        assert till.scans == [CODE]
    finally:
        till.sources.stop()


def test_closing_without_accepting_changes_nothing(till: Till, path: Path) -> None:
    till.press(Qt.Key.Key_F9)
    till.press(Qt.Key.Key_F9)
    assert till.told == []
    assert path.read_text("utf-8") == WRITTEN
