"""The scanner check: it has every key first, says what it found, and leaves the rest alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from posmember.scanning.diagnosis import diagnose
from posmember.scanning.findings import ProposedSettings
from posmember.scanning.test_code import TEST_CODE
from posmember.scanning.trace import Trace, TracedKey
from posmember.ui.capture import key_recorder
from posmember.ui.capture.key_recorder import KeyRecorder
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.scanner_check.sheet import ScannerCheckSheet
from posmember.ui.wording.scanner import finding_text

SAMPLES = Path(__file__).parents[2] / "samples/scanner"
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def sample(name: str) -> Trace:
    return Trace.from_json(json.loads((SAMPLES / f"{name}.json").read_text("utf-8")))


class Till(QMainWindow):
    """A window with two fields, a shortcut, the program's own scan filter, and the check."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1000, 700)
        self.field, self.other = QLineEdit(), QLineEdit()
        fields = QWidget()
        layout = QVBoxLayout(fields)
        layout.addWidget(self.field)
        layout.addWidget(self.other)
        self.setCentralWidget(fields)
        self.triggered: list[bool] = []
        shortcut = QShortcut(QKeySequence("Ctrl+B"), self)
        shortcut.activated.connect(lambda: self.triggered.append(True))
        self.scans: list[str] = []
        self.scan_filter = ScanFilter()
        self.scan_filter.scanned.connect(lambda text, _place: self.scans.append(text))
        self.sheet = ScannerCheckSheet(self)
        self.accepted: list[ProposedSettings] = []
        self.sheet.proposal_accepted.connect(self.accepted.append)

    def play(self, trace: Trace) -> None:
        """Strike the keys of a recorded trace, with its times."""
        for key in trace.keys:
            QCoreApplication.sendEvent(self.windowHandle(), event_of(key))

    def send(
        self, kind: QEvent.Type, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = NONE
    ) -> bool:
        """Send one key event to the platform's window; returns whether somebody took it."""
        event = QKeyEvent(kind, key, modifiers, text)
        QCoreApplication.sendEvent(self.windowHandle(), event)
        return event.isAccepted()

    def button(self, text: str) -> QPushButton:
        (only,) = (each for each in self.sheet.findChildren(QPushButton) if each.text() == text)
        return only

    def said(self) -> list[str]:
        labels = self.sheet.findChildren(QLabel)
        return [each.text().replace("\u200b", "") for each in labels if each.isVisible()]


def event_of(key: TracedKey) -> QKeyEvent:
    kind = QEvent.Type.KeyPress if key.pressed else QEvent.Type.KeyRelease
    held = (
        (key.keypad, Qt.KeyboardModifier.KeypadModifier),
        (key.control, CONTROL),
        (key.shift, Qt.KeyboardModifier.ShiftModifier),
        (key.alt, Qt.KeyboardModifier.AltModifier),
    )
    modifiers = NONE
    for is_held, modifier in held:
        modifiers |= modifier if is_held else NONE
    name = Qt.Key[f"Key_{key.key_name}"]
    event = QKeyEvent(kind, name, modifiers, key.scan_code, 0, 0, key.char)
    event.setTimestamp(10_000 + round(key.at * 1000))
    return event


@pytest.fixture
def till(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> object:
    # Events are sent at once, without the loop running: what matters is that it falls quiet.
    monkeypatch.setattr(key_recorder, "QUIET_MS", 1)
    made = Till()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.field.setFocus()
    yield made
    made.sheet.close_sheet()
    made.scan_filter.stop()


def recorded(qtbot: QtBot, till: Till, trace: Trace) -> Trace:
    with qtbot.waitSignal(till.sheet._recorder.recorded) as signal:
        till.play(trace)
    assert signal.args is not None
    made = signal.args[0]
    assert isinstance(made, Trace)
    return made


@pytest.mark.parametrize(
    "name", ["enter", "stx_etx", "tab", "caps_lock", "keypad_without_num_lock", "slow", "f9_prefix"]
)
def test_keys_are_recorded_as_they_come(qtbot: QtBot, till: Till, name: str) -> None:
    till.sheet.open_sheet()
    assert recorded(qtbot, till, sample(name)) == sample(name)
    assert till.scans == []
    assert till.field.text() == ""
    assert till.triggered == []


def test_a_scanner_in_alt_mode_is_named(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    digits = "".join(f"0{ord(char)}" for char in TEST_CODE[:6])
    keys = [
        TracedKey(place / 100 + late, digit, digit, pressed=not late, keypad=True, alt=True)
        for place, digit in enumerate(digits)
        for late in (0, 0.002)
    ]
    trace = recorded(qtbot, till, Trace(tuple(keys)))
    assert trace.has_alt_codes
    assert any("ALT 方式" in words for words in till.said())
    assert till.field.text() == ""


def test_when_it_is_closed_scans_go_where_they_went(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    till.sheet.close_sheet()
    till.play(sample("enter"))
    assert till.scans == [TEST_CODE]


def test_findings_and_settings_are_shown(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    assert till.button("打印测试页").isVisible()
    recorded(qtbot, till, sample("slow"))
    said = till.said()
    diagnosis = diagnose(sample("slow"))
    assert "扫码枪可以用，有几点请留意" in said
    assert all(finding_text(each) in said for each in diagnosis.findings)
    assert {"60 毫秒", "没有"} <= set(said)
    assert not till.button("打印测试页").isVisible()


def test_settings_are_taken_once_and_the_sheet_closes(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    recorded(qtbot, till, sample("slow"))
    till.button("使用这些设置").click()
    assert till.accepted == [ProposedSettings(prefix="", enter_follows=True, max_gap_ms=60)]
    assert not till.sheet.is_open()
    assert till.said() == []


def test_without_a_whole_code_there_is_nothing_to_use(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    recorded(qtbot, till, sample("input_method_english"))
    assert "没有读到完整的测试码" in till.said()
    assert not till.button("使用这些设置").isVisible()
    till.button("再扫一次").click()
    assert till.button("打印测试页").isVisible()
    recorded(qtbot, till, sample("enter"))
    assert "扫码枪一切正常" in till.said()
    assert till.button("使用这些设置").isVisible()


def test_another_scan_takes_the_place_of_the_first(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    recorded(qtbot, till, sample("input_method_english"))
    said, height = till.said(), till.sheet.height()
    recorded(qtbot, till, sample("aim_identifier"))
    assert till.sheet.height() > height
    assert till.rect().contains(till.sheet.geometry())
    recorded(qtbot, till, sample("input_method_english"))
    assert (till.said(), till.sheet.height()) == (said, height)


def test_every_line_has_its_room(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    for name in ("enter", "stx_etx"):  # also where the page was in sight before
        recorded(qtbot, till, sample(name))
        labels = [each for each in till.sheet.findChildren(QLabel) if each.isVisible()]
        assert len(labels) >= 5
        assert all(each.height() >= each.heightForWidth(each.width()) for each in labels)


def test_nothing_of_another_code_is_shown(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    keys = tuple(
        replace(sample("enter").keys[0], at=number / 200, char=char, key_name=char)
        for number, char in enumerate("13800000001")
    )
    recorded(qtbot, till, Trace(keys))
    assert "这不是测试码，请扫测试页或屏幕上的码" in till.said()
    assert not any("138" in words for words in till.said())
    assert "138" not in till.sheet._result.accessibleDescription()


def test_what_an_input_method_took(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    till.sheet.setFocus()
    commit = QInputMethodEvent()
    commit.setCommitString("全面")
    with qtbot.waitSignal(till.sheet._recorder.recorded) as signal:
        QCoreApplication.sendEvent(till.sheet, commit)
        QCoreApplication.sendEvent(till.sheet, QInputMethodEvent("ceshi", []))
    assert signal.args == [Trace((), "全面ceshi")]


def test_the_check_lets_an_input_method_in(till: Till) -> None:
    assert not asks_for_an_input_method(till.field), "the scan filter keeps it out everywhere else"
    assert asks_for_an_input_method(till.sheet)


def asks_for_an_input_method(widget: QObject) -> bool:
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(widget, query)
    return bool(query.value(Qt.InputMethodQuery.ImEnabled))


# --- what goes through -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Escape, NONE),
        (Qt.Key.Key_F1, NONE),
        (Qt.Key.Key_Tab, NONE),
        (Qt.Key.Key_Space, NONE),
        (Qt.Key.Key_Return, NONE),
        (Qt.Key.Key_Down, NONE),
        (Qt.Key.Key_Shift, NONE),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_a_persons_keys_go_through(till: Till, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    seen = SeesKeys()
    till.windowHandle().installEventFilter(seen)
    till.sheet.open_sheet()
    till.send(QEvent.Type.KeyPress, key, modifiers=modifiers)
    assert seen.keys == [key]


@pytest.mark.parametrize(
    ("key", "text"), [(Qt.Key.Key_Tab, "\t"), (Qt.Key.Key_Space, " "), (Qt.Key.Key_Return, "\r")]
)
def test_within_a_burst_they_are_the_scanners(till: Till, key: Qt.Key, text: str) -> None:
    seen = SeesKeys()
    till.windowHandle().installEventFilter(seen)
    till.sheet.open_sheet()
    till.send(QEvent.Type.KeyPress, Qt.Key.Key_P, "P")
    till.send(QEvent.Type.KeyPress, key, text)
    till.send(QEvent.Type.KeyRelease, key, text)
    assert seen.keys == []


class SeesKeys(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            self.keys.append(event.key())
        return False


def test_a_control_character_triggers_no_shortcut(till: Till) -> None:
    QTest.keyClick(till.windowHandle(), Qt.Key.Key_B, CONTROL)
    assert till.triggered == [True], "the shortcut works"
    till.sheet.open_sheet()
    QTest.keyClick(till.windowHandle(), Qt.Key.Key_B, CONTROL)
    assert till.triggered == [True]


def test_a_single_key_is_no_read(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    with qtbot.assertNotEmitted(till.sheet._recorder.recorded):
        till.send(QEvent.Type.KeyPress, Qt.Key.Key_P, "P")
        qtbot.waitUntil(lambda: not till.sheet._recorder._is_under_way())


@pytest.mark.parametrize("name", ["field", "other"])
def test_the_keyboard_goes_back_to_where_it_was(till: Till, name: str) -> None:
    before: QLineEdit = getattr(till, name)
    before.setFocus()
    till.sheet.toggle()
    assert QApplication.focusWidget() is till.sheet
    till.button("关闭").click()
    assert QApplication.focusWidget() is before
    till.sheet.toggle()
    till.sheet.toggle()
    assert not till.sheet.is_open()
    assert QApplication.focusWidget() is before


def test_a_key_that_is_held_down_is_one_key(qtbot: QtBot, till: Till) -> None:
    seen = SeesKeys()
    till.windowHandle().installEventFilter(seen)
    till.sheet.open_sheet()
    first, again, up = sample("enter").keys[0], QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    QCoreApplication.sendEvent(till.windowHandle(), event_of(first))
    for kind in (up, again, up, again):
        repeat = QKeyEvent(kind, Qt.Key.Key_P, NONE, first.scan_code, 0, 0, "P", True)
        QCoreApplication.sendEvent(till.windowHandle(), repeat)
    made = recorded(qtbot, till, Trace(sample("enter").keys[1:]))
    assert len(made.keys) == len(sample("enter").keys)
    assert seen.keys == []


def test_a_key_without_a_name_is_recorded_by_its_number(qtbot: QtBot, till: Till) -> None:
    till.sheet.open_sheet()
    unnamed = QKeyEvent(QEvent.Type.KeyPress, 0x01FFABCD, NONE, 999, 0, 0, "")
    QCoreApplication.sendEvent(till.windowHandle(), unnamed)
    made = recorded(qtbot, till, sample("enter"))
    assert made.presses[0].key_name == str(0x01FFABCD)
    assert diagnose(made).read_whole


@pytest.mark.allow_log("posmember.ui.capture.key_recorder")
def test_a_failing_recorder_gives_the_keyboard_back(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(KeyRecorder, "_record", fail)
    till.sheet.open_sheet()
    till.field.setFocus()
    till.send(QEvent.Type.KeyPress, Qt.Key.Key_P, "P")
    assert till.field.text() == "P"


# --- the test page -----------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    urls: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url)
        return len(urls) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


def test_the_test_page_is_written_and_opened(till: Till, opened: list[QUrl]) -> None:
    till.sheet.open_sheet()
    till.button("打印测试页").click()
    path = Path(opened[0].toLocalFile())
    assert TEST_CODE in path.read_text("utf-8")
    assert not any(str(path) in words for words in till.said())
    till.button("打印测试页").click()  # this time, nothing can open it
    assert any(str(path) in words for words in till.said())


def test_a_test_page_that_cannot_be_written(till: Till, opened: list[QUrl], isolated: Path) -> None:
    (isolated / "home").write_text("no folder can be here")
    till.sheet.open_sheet()
    till.button("打印测试页").click()
    assert opened == []
    assert "测试页没有写成，请直接扫屏幕上的码" in till.said()


def test_the_codes_on_the_screen_can_be_read(till: Till) -> None:
    till.sheet.open_sheet()
    picture = till.sheet.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    read = {(str(each.format), each.text) for each in zxingcpp.read_barcodes(picture)}
    assert read == {("QR Code", TEST_CODE), ("Code 128", TEST_CODE)}
