"""A named scanner on Windows; Windows is a stand-in, its messages are put together by hand."""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from posmember.scanning.burst import Flaw, Misread, ScanSettings
from posmember.ui.capture.raw_keys import device
from posmember.ui.capture.raw_keys.device import ScannerDevice, keyboard_names
from posmember.ui.capture.raw_keys.user32 import User32
from posmember.ui.capture.raw_keys.watch import POINTER_SIZE
from posmember.ui.capture.raw_keys.windows import WM_INPUT, WM_INPUT_DEVICE_CHANGE
from tests.gui.capture.raw_keys.raw_messages import msg, rawinput

SCANNER = r"\\?\HID#VID_05E0&PID_1200#7&1a2b3c&0&0000#{884b96c3-56ef-11d1-bc8c-00a0c91405dd}"
KEYBOARD = r"\\?\HID#VID_046D&PID_C31C&MI_00#8&4d5e6f&0&0000#{884b96c3-56ef-11d1-bc8c-00a0c91405dd}"
WINDOW = 0x1234
SHIFT, CODES = 0x2A, {"q": 0x10, "m": 0x32, "0": 0x0B, "1": 0x02, "\r": 0x1C}
CODE = "qm0000001"


class Windows:
    """What of Windows is asked for; keeps what it was asked."""

    def __init__(self) -> None:
        self.names = {1: KEYBOARD, 2: SCANNER}
        self.listening = 0
        self.asked: list[int] = []
        self.inputs: dict[int, bytes] = {}
        self.refuses = False
        self.gone: set[int] = set()

    def is_toggled(self, virtual_key: int) -> bool:
        return False

    def keyboards(self) -> dict[int, str]:
        return self.names

    def device_name(self, device: int) -> str:
        self.asked.append(device)
        if device in self.gone:
            raise OSError(2, "user32.dll refused")
        return self.names[device]

    def listen(self, window: int) -> None:
        if self.refuses:
            raise OSError(5, "user32.dll refused")
        self.listening = window

    def stop_listening(self) -> None:
        self.listening = 0

    def raw_input(self, handle: int) -> bytes:
        return self.inputs[handle]


class Desk:
    """A desk with a keyboard and a scanner on it.

    Args:
        name: of the scanner, as it was set.
    """

    def __init__(self, name: str, settings: ScanSettings | None = None) -> None:
        self.windows = Windows()
        self.device = ScannerDevice(name, WINDOW, settings, self.windows)
        self.scans: list[tuple[str, int]] = []
        self.device.scanned.connect(lambda text, place: self.scans.append((text, place)))
        self.time_ms = 5_000

    def show(self, message: bytes) -> tuple[bool, int]:
        memory = ctypes.create_string_buffer(message, len(message))
        found: tuple[bool, int] = self.device._messages.nativeEventFilter(
            b"windows_generic_MSG", ctypes.addressof(memory)
        )
        return found

    def send(self, data: bytes, *, elsewhere: bool = True) -> None:
        handle = len(self.windows.inputs) + 1
        self.windows.inputs[handle] = data
        message = msg(POINTER_SIZE, WM_INPUT, int(elsewhere), handle, time_ms=self.time_ms)
        assert self.show(message) == (False, 0), "it was kept from its default procedure"

    def key(self, scan_code: int, *, source: int, elsewhere: bool, flags: int = 0) -> None:
        data = rawinput(POINTER_SIZE, scan_code, device=source, flags=flags)
        self.send(data, elsewhere=elsewhere)

    def type(self, text: str, *, source: int = 2, elsewhere: bool = True) -> None:
        for char in text:
            code = CODES[char.lower()]
            self.time_ms += 3
            if char.isupper():
                self.key(SHIFT, source=source, elsewhere=elsewhere)
            self.key(code, source=source, elsewhere=elsewhere)
            self.time_ms += 1
            self.key(code, source=source, elsewhere=elsewhere, flags=1)
            if char.isupper():
                self.key(SHIFT, source=source, elsewhere=elsewhere, flags=1)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk("vid_05e0&pid_1200")
    desk.device.start()
    yield desk
    desk.device.stop()


def test_a_scan_while_another_program_has_the_focus(desk: Desk) -> None:
    assert desk.windows.listening == WINDOW
    desk.type(CODE + "\r")
    assert desk.scans == [(CODE, 1)]


def test_what_a_program_types_is_no_scan(desk: Desk) -> None:
    desk.type(f"{CODE}\r", source=0)  # as Windows tells of keys that no device has sent
    assert not desk.scans
    assert 0 not in desk.windows.asked, "there is no device to ask for"


def test_capital_letters(desk: Desk) -> None:
    desk.type("QmQ0001\r")
    assert desk.scans == [("QmQ0001", 1)]


def test_two_codes_in_one_burst(desk: Desk) -> None:
    desk.type(f"{CODE}\r{CODE}\r")
    assert desk.scans == [(CODE, 1), (CODE, 2)]


def test_while_this_program_has_the_focus_it_reads_nothing(desk: Desk) -> None:
    desk.type(CODE + "\r", elsewhere=False)
    assert desk.scans == []


def test_a_shift_that_went_down_while_this_program_had_the_focus(desk: Desk) -> None:
    desk.key(SHIFT, source=2, elsewhere=False)
    desk.key(CODES["q"], source=2, elsewhere=True)
    desk.key(CODES["q"], source=2, elsewhere=True, flags=1)
    desk.key(SHIFT, source=2, elsewhere=True, flags=1)
    desk.type("m0000001\r")
    assert desk.scans == [("Qm0000001", 1)]


def test_another_keyboard_is_not_read(desk: Desk) -> None:
    desk.type(CODE + "\r", source=1)
    assert desk.scans == []


def test_two_devices_at_the_same_time(desk: Desk) -> None:
    for char in CODE + "\r":
        desk.type("Q", source=1)
        desk.type(char)
    assert desk.scans == [(CODE, 1)]


def test_a_device_is_asked_for_its_name_once(desk: Desk) -> None:
    desk.type(CODE + "\r")
    assert desk.windows.asked == [2]


def test_a_device_that_was_plugged_in_again(desk: Desk) -> None:
    """Windows may give a handle to another device."""
    desk.type(CODE + "\r", source=1)
    desk.windows.names = {1: SCANNER}
    desk.show(msg(POINTER_SIZE, WM_INPUT_DEVICE_CHANGE, 1, 1))
    desk.type(CODE + "\r", source=1)
    assert desk.scans == [(CODE, 1)]


def test_a_device_that_went_away_before_its_key_was_read(desk: Desk) -> None:
    desk.windows.gone = {3}
    desk.type("q", source=3)
    desk.type(CODE + "\r")
    assert desk.scans == [(CODE, 1)]


def test_other_messages_are_not_read(desk: Desk) -> None:
    assert desk.show(msg(POINTER_SIZE, 0x0100, 0, 99)) == (False, 0)
    assert desk.windows.asked == []


def test_a_mouse_is_not_read(desk: Desk) -> None:
    desk.send(rawinput(POINTER_SIZE, 0x10, kind=0, device=3))
    assert desk.windows.asked == []


def test_half_a_code_is_said(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.device.misread) as said:
        desk.type(CODE)
    assert said.args == [Misread(Flaw.UNFINISHED)]
    assert desk.scans == []


@pytest.mark.parametrize("place", [2, 5, len(CODE)])
def test_a_code_that_stalls_is_one(desk: Desk, place: int) -> None:
    desk.type(CODE[:place])
    desk.time_ms += 300
    desk.type(CODE[place:] + "\r")
    assert desk.scans == [(CODE, 1)]


def test_a_code_without_an_enter(qtbot: QtBot) -> None:
    desk = Desk(SCANNER, ScanSettings(enter_follows=False))
    desk.device.start()
    with qtbot.waitSignal(desk.device.scanned) as scanned:
        desk.type(CODE)
    assert scanned.args == [CODE, 1]
    desk.device.stop()


def test_other_settings_are_used_from_now_on(desk: Desk) -> None:
    desk.type("q01\r")
    desk.device.use(ScanSettings(prefix="q"))
    desk.time_ms += 1000
    desk.type("q01\r")
    assert desk.scans == [("01", 1)]


def test_it_stops(desk: Desk) -> None:
    desk.device.stop()
    desk.device.stop()
    assert desk.windows.listening == 0


@pytest.mark.allow_log("posmember.ui.capture.raw_keys.device")
def test_a_bug_inside_switches_it_off(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.windows.names = {}
    desk.type("qm")
    assert not desk.device._messages.is_on
    assert [one.levelno for one in caplog.records] == [logging.ERROR]


def test_windows_refuses(qtbot: QtBot) -> None:
    desk = Desk(SCANNER)
    desk.windows.refuses = True
    with pytest.raises(OSError, match="refused"):
        desk.device.start()
    desk.device.stop()


def test_the_names_to_choose_from() -> None:
    assert keyboard_names(Windows()) == sorted([SCANNER, KEYBOARD])


def test_where_a_device_can_be_named(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert QCoreApplication.instance() is not None
    assert not device.available()
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    assert device.available()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has it")
def test_another_system_has_no_user32() -> None:
    with pytest.raises(OSError, match=r"no user32\.dll"):
        User32()
