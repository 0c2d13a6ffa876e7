"""A serial scanner: how its bytes are cut, and the real reader on a real pseudo terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from posmember.scanning.burst import LONGEST_CODE, Flaw, Misread, ScanSettings
from posmember.ui.capture import serial_scanner
from posmember.ui.capture.serial_scanner import CodeSplitter, SerialScanner

CODE = b"qm0000001"
NO_END = ScanSettings(enter_follows=False)
MEMBER, PHONE = b"9000000000000", b"13800000001"
"""In one code, the second of which is somebody's phone number."""

# --- cutting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("terminator", [b"\r", b"\n", b"\t", b"\r\n", b"\x03", b"\r\n\r\n"])
def test_terminators(terminator: bytes) -> None:
    splitter = CodeSplitter()
    assert splitter.feed(CODE + terminator + CODE + terminator) == [CODE.decode()] * 2
    assert splitter.fall_quiet() == []


def test_a_code_in_a_frame() -> None:
    assert CodeSplitter().feed(b"\x02" + CODE + b"\x03") == [CODE.decode()]


def test_the_separator_inside_a_code_stays() -> None:
    assert CodeSplitter().feed(b"01069\x1d10AB\r") == ["01069\x1d10AB"]


def test_a_code_in_pieces() -> None:
    splitter = CodeSplitter()
    assert splitter.feed(CODE[:4]) == []
    assert splitter.feed(CODE[4:] + b"\r") == [CODE.decode()]


def test_a_code_whose_scanner_sends_no_end() -> None:
    splitter = CodeSplitter(NO_END)
    assert splitter.feed(CODE) == []
    assert splitter.fall_quiet() == [CODE.decode()]
    assert splitter.fall_quiet() == []


@pytest.mark.parametrize(
    "settings", [ScanSettings(), ScanSettings(suffix="#"), replace(NO_END, suffix="#")]
)
def test_without_its_end_it_is_no_code(settings: ScanSettings) -> None:
    splitter = CodeSplitter(settings)
    assert splitter.feed(CODE) == []
    assert splitter.fall_quiet() == [Flaw.UNFINISHED]
    assert splitter.fall_quiet() == []
    assert splitter.feed(CODE + b"#\r") == [CODE.decode() + ("" if settings.suffix else "#")]


def test_quiet_is_longer_where_a_code_has_an_end() -> None:
    assert CodeSplitter().quiet_s == 0.5
    assert CodeSplitter(NO_END).quiet_s == NO_END.quiet_s


def test_what_is_around_the_code_is_taken_off() -> None:
    splitter = CodeSplitter(ScanSettings(prefix="~~", suffix="##"))
    assert splitter.feed(b"~~" + CODE + b"##\r") == [CODE.decode()]
    assert splitter.feed(CODE + b"\r") == [CODE.decode()]


def test_a_suffix_alone_ends_a_code() -> None:
    splitter = CodeSplitter(ScanSettings(suffix="##", enter_follows=False))
    assert splitter.feed(CODE + b"#") == []
    assert splitter.feed(b"#" + CODE + b"##") == [CODE.decode()] * 2


def test_chinese_and_broken_bytes() -> None:
    splitter = CodeSplitter()
    assert splitter.feed("会员".encode() + b"\r") == ["会员"]
    assert splitter.feed(b"a\xffb\r") == ["a\N{REPLACEMENT CHARACTER}b"]


def test_the_longest_code_and_one_that_is_longer() -> None:
    splitter = CodeSplitter()
    longest = b"7" * LONGEST_CODE
    assert splitter.feed(longest + b"\r" + longest + b"7\r" + CODE + b"\r") == [
        longest.decode(),
        Flaw.TOO_LONG,
        CODE.decode(),
    ]


def test_an_endless_stream_is_not_kept() -> None:
    splitter = CodeSplitter()
    for _ in range(100):
        splitter.feed(b"7" * 1000)
    assert len(splitter._code) <= LONGEST_CODE
    assert splitter.fall_quiet() == [Flaw.TOO_LONG]
    assert splitter.feed(CODE + b"\r") == [CODE.decode()]


@given(st.lists(st.text("0123456789abc", min_size=1, max_size=20), max_size=5), st.data())
def test_any_pieces_give_the_same_codes(codes: list[str], data: st.DataObject) -> None:
    stream = b"".join(code.encode() + b"\r" for code in codes)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    splitter, found = CodeSplitter(), list[str]()
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += splitter.feed(stream[start:end])
    assert found == codes


# --- reading ------------------------------------------------------------------------------------

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo terminals", allow_module_level=True)


class Port:
    """A serial port with a scanner at its other end, found under a name that stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._scanner = -1

    def plug_in(self) -> None:
        self._scanner, end = os.openpty()
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(end))
        os.close(end)

    def send(self, data: bytes) -> None:
        os.write(self._scanner, data)

    def unplug(self) -> None:
        if self._scanner >= 0:
            os.close(self._scanner)
            self._scanner = -1


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Port]:
    port = Port(tmp_path / "scanner")
    yield port
    port.unplug()


@pytest.fixture
def settings() -> ScanSettings:
    return ScanSettings()


@pytest.fixture
def scanner(qtbot: QtBot, port: Port, settings: ScanSettings) -> Iterator[SerialScanner]:
    """Give a scanner on an open port."""
    port.plug_in()
    scanner = SerialScanner(str(port.path), settings=settings, retry_s=0.01)
    with qtbot.waitSignal(scanner.connected) as connected:
        scanner.start()
    assert connected.args == [True]
    yield scanner
    scanner.close()


def received(qtbot: QtBot, scanner: SerialScanner, port: Port, data: bytes) -> tuple[str, int]:
    with qtbot.waitSignal(scanner.scanned) as scanned:
        port.send(data)
    code, place = scanned.args
    return code, place


def test_a_scan(qtbot: QtBot, scanner: SerialScanner, port: Port) -> None:
    assert received(qtbot, scanner, port, CODE + b"\r\n") == (CODE.decode(), 1)


@pytest.mark.parametrize("settings", [NO_END])
def test_a_scan_that_ends_by_falling_quiet(
    qtbot: QtBot, scanner: SerialScanner, port: Port
) -> None:
    assert received(qtbot, scanner, port, CODE) == (CODE.decode(), 1)


class Heard:
    """What a scanner said, in order."""

    def __init__(self, qtbot: QtBot, scanner: SerialScanner) -> None:
        self._qtbot = qtbot
        self.all: list[tuple[str, int] | Misread] = []
        scanner.scanned.connect(lambda code, place: self.all.append((code, place)))
        scanner.misread.connect(self.all.append)

    def wait_for(self, *wanted: tuple[str, int] | Misread) -> None:
        self._qtbot.waitUntil(lambda: len(self.all) >= len(wanted))
        assert self.all == [*wanted]


class Clock:
    """The reader's clock: it goes by no more than a test says, however slow the machine is."""

    def __init__(self) -> None:
        self.now_s, self.asked = 1000.0, 0

    def monotonic(self) -> float:
        self.asked += 1
        return self.now_s

    def pause(self, qtbot: QtBot, seconds: float) -> None:
        """Send nothing for a while. The reader has read all before, and looked round after it."""
        self._looked(qtbot, 3)  # at its reading that began before, and on either side of the bytes
        self.now_s += seconds
        self._looked(qtbot, 2)

    def _looked(self, qtbot: QtBot, times: int) -> None:
        """Wait until the reader has looked at it so often."""
        wanted = self.asked + times
        qtbot.waitUntil(lambda: self.asked >= wanted)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(serial_scanner, "time", SimpleNamespace(monotonic=made.monotonic))
    return made


def test_several_codes_at_once(qtbot: QtBot, scanner: SerialScanner, port: Port) -> None:
    heard = Heard(qtbot, scanner)
    port.send(b"first\rsecond\rthird\r")
    heard.wait_for(("first", 1), ("second", 2), ("third", 3))


@pytest.mark.parametrize("pauses", [(0.08,), (0.3,), (0.2, 0.2, 0.2)])
def test_a_code_that_stalls_is_one(
    qtbot: QtBot, scanner: SerialScanner, port: Port, clock: Clock, pauses: tuple[float, ...]
) -> None:
    heard = Heard(qtbot, scanner)
    code, cut = MEMBER + PHONE, len(MEMBER)
    for number, seconds in enumerate(pauses):
        port.send(code[cut * number // len(pauses) : cut * (number + 1) // len(pauses)])
        clock.pause(qtbot, seconds)
    port.send(PHONE + b"\r")
    heard.wait_for(((MEMBER + PHONE).decode(), 1))


def test_also_just_before_its_end(
    qtbot: QtBot, scanner: SerialScanner, port: Port, clock: Clock
) -> None:
    heard = Heard(qtbot, scanner)
    port.send(CODE)
    clock.pause(qtbot, 0.2)
    port.send(b"\r")
    clock.pause(qtbot, 0.1)
    port.send(b"\n")
    heard.wait_for((CODE.decode(), 1))


def test_half_a_code_is_said_and_dropped(qtbot: QtBot, scanner: SerialScanner, port: Port) -> None:
    heard = Heard(qtbot, scanner)
    port.send(MEMBER)
    heard.wait_for(Misread(Flaw.UNFINISHED))
    port.send(PHONE + b"\r")
    heard.wait_for(Misread(Flaw.UNFINISHED), (PHONE.decode(), 1))


def test_half_a_code_behind_a_whole_one(qtbot: QtBot, scanner: SerialScanner, port: Port) -> None:
    heard = Heard(qtbot, scanner)
    port.send(CODE + b"\r" + MEMBER)
    heard.wait_for((CODE.decode(), 1), Misread(Flaw.UNFINISHED, 2))


def test_a_code_that_is_too_long_is_said(qtbot: QtBot, scanner: SerialScanner, port: Port) -> None:
    heard = Heard(qtbot, scanner)
    for _ in range(1 + LONGEST_CODE // 1000):
        port.send(b"7" * 1000)
    port.send(b"\r")
    heard.wait_for(Misread(Flaw.TOO_LONG))


def test_scans_apart_are_each_the_first_of_their_burst(
    qtbot: QtBot, scanner: SerialScanner, port: Port, clock: Clock
) -> None:
    heard = Heard(qtbot, scanner)
    port.send(CODE + b"\r")
    clock.pause(qtbot, 0.2)
    port.send(PHONE + b"\r")
    heard.wait_for((CODE.decode(), 1), (PHONE.decode(), 1))


def test_other_settings_are_used_from_now_on(
    qtbot: QtBot, scanner: SerialScanner, port: Port, clock: Clock
) -> None:
    heard = Heard(qtbot, scanner)
    settings = ScanSettings(prefix="~", enter_follows=False)
    scanner.use(settings)
    clock.pause(qtbot, 0.1)
    port.send(b"~" + CODE)
    clock.pause(qtbot, settings.quiet_s)
    heard.wait_for((CODE.decode(), 1))


@pytest.mark.allow_log("posmember.ui.capture.serial_scanner")
def test_unplugged_and_plugged_in_again(
    qtbot: QtBot, scanner: SerialScanner, port: Port, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(scanner.connected) as gone:
        port.unplug()
    assert gone.args == [False]
    with qtbot.waitSignal(scanner.connected) as back:
        port.plug_in()
    assert back.args == [True]
    assert received(qtbot, scanner, port, CODE + b"\r") == (CODE.decode(), 1)
    assert len(caplog.records) == 1
    assert CODE.decode() not in caplog.text


@pytest.mark.allow_log("posmember.ui.capture.serial_scanner")
def test_a_scanner_that_is_plugged_in_later(
    qtbot: QtBot, port: Port, caplog: pytest.LogCaptureFixture
) -> None:
    scanner = SerialScanner(str(port.path), 115_200, retry_s=0.01)
    with qtbot.waitSignal(scanner.connected) as missing:
        scanner.start()
    assert missing.args == [False]
    with qtbot.waitSignal(scanner.connected) as there:
        port.plug_in()
    assert there.args == [True]
    scanner.close()
    assert [one.getMessage() for one in caplog.records] == [
        f"no scanner at {port.path} (SerialException); trying again"
    ]


def test_closing_ends_the_thread(scanner: SerialScanner) -> None:
    scanner.close()
    assert not scanner._thread.is_alive()
    scanner.close()


@pytest.mark.allow_log("posmember.ui.capture.serial_scanner")
def test_closing_does_not_wait_for_the_next_try(qtbot: QtBot, port: Port) -> None:
    scanner = SerialScanner(str(port.path), retry_s=3600)
    with qtbot.waitSignal(scanner.connected):
        scanner.start()
    scanner.close()
    assert not scanner._thread.is_alive()


def test_what_was_read_before_closing_is_not_told_after_it(scanner: SerialScanner) -> None:
    told: list[str] = []
    scanner.scanned.connect(lambda code, _place: told.append(code))
    scanner._read.emit(CODE.decode(), 1)  # handed over by the next turn of the loop
    scanner.close()
    QCoreApplication.processEvents()
    assert told == []


def test_closed_before_it_was_started(qtbot: QtBot) -> None:
    SerialScanner("COM3").close()


@pytest.mark.parametrize("baud", [0, -9600])
def test_a_speed_that_cannot_be(qtbot: QtBot, baud: int) -> None:
    with pytest.raises(ValueError, match="bits a second"):
        SerialScanner("COM3", baud)
