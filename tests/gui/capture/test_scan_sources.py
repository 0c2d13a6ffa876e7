"""Every scanner is heard as one, by the settings of the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posmember.scanning.burst import Flaw, Misread, ScanSettings
from posmember.settings.config import ScannerSettings
from posmember.ui.capture import scan_sources, serial_scanner
from posmember.ui.capture.input_method import let_write_chinese
from posmember.ui.capture.raw_keys import device as named_device
from posmember.ui.capture.raw_keys.capture import NativeCapture
from posmember.ui.capture.raw_keys.watch import RawKeyWatch
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.capture.scan_sources import MOST_CODES, ScanSources, scan_settings
from posmember.ui.tour import send_burst

CODE = "qm0000001"
UNFINISHED = Misread(Flaw.UNFINISHED)


class Source(QObject):
    """Stands for a device or a serial port, and notes how it was made."""

    scanned = Signal(str, int)
    misread = Signal(object)

    def __init__(self, *how: object, parent: QObject) -> None:
        super().__init__(parent)
        self.how = how
        self.calls: list[str] = []

    def start(self) -> None:
        self.calls.append("start")

    def use(self, settings: ScanSettings) -> None:
        self.calls.append(f"use {settings.prefix}")

    def stop(self) -> None:
        self.calls.append("stop")

    def close(self) -> None:
        self.calls.append("close")


class Refused(Source):
    def start(self) -> None:
        raise OSError("access denied")


class Form(QWidget):
    """A field for numbers, and one in which a person writes Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.plain, self.chinese = QLineEdit(), QLineEdit()
        let_write_chinese(self.chinese)
        layout = QVBoxLayout(self)
        layout.addWidget(self.plain)
        layout.addWidget(self.chinese)


@dataclass
class Heard:
    """The sources, and what was heard of them."""

    form: Form
    sources: ScanSources
    scans: list[tuple[str, int]] = field(default_factory=list)
    began: list[bool] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)

    def scan(self, text: str = f"{CODE}\r") -> None:
        send_burst(self.form.windowHandle(), text)

    def made(self, kind: type[Source]) -> list[Source]:
        return self.sources.findChildren(kind)


@pytest.fixture
def heard(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    monkeypatch.setattr(NativeCapture, "start", lambda _self: None)  # no screen to read keys of
    form = Form()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    form.plain.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.plain)
    made = Heard(form, ScanSources(ScanFilter(), form))
    made.sources.scanned.connect(lambda text, place: made.scans.append((text, place)))
    made.sources.misread.connect(made.misread.append)
    made.sources.burst_began.connect(lambda: made.began.append(True))
    yield made
    made.sources.stop()


def test_the_settings_are_taken_over() -> None:
    settings = ScannerSettings("\x02", False, 50, re.compile(""), "VID_05E0", "COM3", 115_200)
    assert scan_settings(settings) == ScanSettings(
        max_gap_s=0.05, prefix="\x02", enter_follows=False
    )
    assert scan_settings(ScannerSettings()) == ScanSettings()


# --- the keyboard ------------------------------------------------------------------------------


def test_the_keyboard_is_heard(heard: Heard) -> None:
    heard.sources.start(ScannerSettings())
    heard.scan(f"{CODE}\rqm0000002\r")
    assert heard.scans == [(CODE, 1), ("qm0000002", 2)]
    assert heard.began[:1] == [True]


def test_of_very_many_codes_in_one_burst_the_first_are_heard(heard: Heard) -> None:
    heard.scan("".join(f"qm{number:07}\r" for number in range(200)))
    assert [place for _, place in heard.scans] == [*range(1, MOST_CODES + 1)]


def test_it_is_heard_before_the_settings_are_there(heard: Heard) -> None:
    """In the first stage of the window's life."""
    heard.scan()
    assert heard.scans == [(CODE, 1)]


@pytest.mark.parametrize("how", ["at the start", "later"])
def test_a_prefix_is_cut_off(heard: Heard, how: str) -> None:
    settings = ScannerSettings(prefix="~~")
    heard.sources.start(settings if how == "at the start" else ScannerSettings())
    if how == "later":
        heard.sources.use(scan_settings(settings))
    heard.scan(f"~~{CODE}\r")
    assert heard.scans == [(CODE, 1)]


def test_a_scanner_without_enter(qtbot: QtBot, heard: Heard) -> None:
    heard.sources.start(ScannerSettings(enter_follows=False))
    heard.scan(CODE)
    assert heard.scans == []
    qtbot.waitUntil(lambda: heard.scans == [(CODE, 1)])
    assert heard.form.plain.text() == ""


def test_half_a_code_is_said(qtbot: QtBot, heard: Heard) -> None:
    heard.sources.start(ScannerSettings())
    heard.scan(CODE)
    qtbot.waitUntil(lambda: heard.misread == [UNFINISHED])
    assert (heard.scans, heard.form.plain.text()) == ([], "")


@pytest.mark.parametrize("max_gap_ms", [5, 35, 60, 99, 100, 101, 110, 120])
def test_every_gap_that_can_be_set_works(qtbot: QtBot, heard: Heard, max_gap_ms: int) -> None:
    for follows in (True, False):
        heard.sources.use(
            scan_settings(ScannerSettings(enter_follows=follows, max_gap_ms=max_gap_ms))
        )
        heard.scans.clear()
        send_burst(heard.form.windowHandle(), CODE + "\r" * follows, every_ms=max_gap_ms)
        qtbot.waitUntil(lambda: heard.scans == [(CODE, 1)])
        assert (heard.misread, heard.form.plain.text()) == ([], "")


def test_after_the_end_nothing_is_heard(heard: Heard) -> None:
    heard.sources.start(ScannerSettings(prefix="~"))
    heard.sources.stop()
    heard.scan()
    assert (heard.scans, heard.form.plain.text()) == ([], CODE)


# --- fields in which a person writes Chinese ---------------------------------------------------


@pytest.mark.parametrize("is_on", [True, False])
def test_there_the_keyboard_is_left_to_whoever_reads_below_the_input_method(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, heard: Heard, is_on: bool
) -> None:
    monkeypatch.setattr(RawKeyWatch, "is_on", property(lambda _self: is_on))
    heard.sources.start(ScannerSettings())
    heard.form.chinese.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is heard.form.chinese)
    heard.scan()
    assert heard.scans == ([] if is_on else [(CODE, 1)])
    heard.form.plain.setFocus()
    heard.scans.clear()
    heard.scan()
    assert [text for text, _ in heard.scans] == [CODE], "in every other field it is the filter's"


def test_what_is_read_there_is_heard_too(heard: Heard) -> None:
    heard.sources._writing.burst_began.emit()
    heard.sources._writing.scanned.emit(CODE, 2)
    heard.sources._writing.misread.emit(UNFINISHED)
    assert (heard.began, heard.scans) == ([True], [(CODE, 2)])
    assert heard.misread == [UNFINISHED]


def test_a_code_that_began_in_another_field_is_no_whole_one_there(
    monkeypatch: pytest.MonkeyPatch, heard: Heard
) -> None:
    """The scanner stood still, and meanwhile somebody went where Chinese is written."""
    distrusted: list[bool] = []
    monkeypatch.setattr(heard.sources._writing, "distrust", lambda: distrusted.append(True))
    heard.sources._writing.burst_began.emit()
    assert distrusted == []
    heard.scan("9000000000000")
    heard.sources._writing.burst_began.emit()
    assert distrusted == [True]


def test_while_the_scanner_is_checked_the_input_method_has_its_keys(
    qtbot: QtBot, heard: Heard
) -> None:
    heard.form.chinese.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is heard.form.chinese)
    assert heard.sources._written_in() is heard.form.chinese
    heard.sources.leave_while(lambda: True)
    assert heard.sources._written_in() is None


# --- a device by its name ----------------------------------------------------------------------


@pytest.fixture
def with_devices(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[Source]], None]:
    def use(kind: type[Source]) -> None:
        monkeypatch.setattr(named_device, "available", lambda: True)
        monkeypatch.setattr(scan_sources, "ScannerDevice", kind)

    return use


def test_a_named_device_is_read(heard: Heard, with_devices: Callable[[type[Source]], None]) -> None:
    with_devices(Source)
    settings = ScannerSettings(prefix="~", device="VID_05E0")
    heard.sources.start(settings)
    (device,) = heard.made(Source)
    assert device.how == ("VID_05E0", int(heard.form.winId()), scan_settings(settings))
    assert device.calls == ["start"]
    device.scanned.emit(CODE, 1)
    device.misread.emit(UNFINISHED)
    assert (heard.scans, heard.misread) == ([(CODE, 1)], [UNFINISHED])
    heard.sources.use(ScanSettings(prefix="#"))
    heard.sources.stop()
    assert device.calls == ["start", "use #", "stop"]


@pytest.mark.allow_log("posmember.ui.capture.scan_sources")
def test_a_device_that_is_refused_is_logged_and_the_keyboard_goes_on(
    heard: Heard,
    with_devices: Callable[[type[Source]], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with_devices(Refused)
    heard.sources.start(ScannerSettings(device="VID_05E0"))
    assert "the scanner's device cannot be read: access denied" in caplog.text
    heard.scan()
    assert heard.scans == [(CODE, 1)]


def test_elsewhere_than_on_windows_there_is_none(
    heard: Heard, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr(named_device, "available", lambda: False)
    monkeypatch.setattr(scan_sources, "ScannerDevice", Source)
    heard.sources.start(ScannerSettings(device="VID_05E0"))
    assert heard.made(Source) == []
    assert "on Windows only" in caplog.text


# --- a serial port -----------------------------------------------------------------------------


class Port(Source):
    def __init__(self, *how: object, parent: QObject) -> None:
        super().__init__(*how, parent=parent)


def test_a_serial_port_is_read(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_scanner, "SerialScanner", Port)
    settings = ScannerSettings(prefix="~", serial_port="COM3", serial_baud=115_200)
    heard.sources.start(settings)
    (port,) = heard.made(Port)
    assert port.how == ("COM3", 115_200, scan_settings(settings))
    port.scanned.emit(CODE, 1)
    port.misread.emit(UNFINISHED)
    assert heard.misread == [UNFINISHED]
    heard.sources.use(ScanSettings(prefix="#"))
    heard.scan("qm0000002\r")
    assert heard.scans == [(CODE, 1), ("qm0000002", 1)]
    heard.sources.stop()
    assert port.calls == ["start", "use #", "close"]


def test_without_their_settings_there_is_neither(
    heard: Heard, monkeypatch: pytest.MonkeyPatch, with_devices: Callable[[type[Source]], None]
) -> None:
    with_devices(Source)
    monkeypatch.setattr(serial_scanner, "SerialScanner", Port)
    heard.sources.start(ScannerSettings())
    assert heard.made(Source) == []
