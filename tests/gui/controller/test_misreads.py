"""A scanner that stands still within a code, at the till: all of it is looked up, or nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from posmember.scanning.burst import Flaw, Misread
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.tones import Tone
from posmember.ui.view.screen import Severity
from tests.gui.driving import Desk, desk, hint_text, on_qasync, shows, until
from tests.gui.silent_tones import note_tones

MEMBER, PHONE = "9000000000000", "13800000001"
"""In one code, the second of which is somebody's phone number."""
WORDS = "扫码不完整，请再扫一次"
FIELDS = ("scan field", "amount", "discount", "count", "type", "nothing")


class Till:
    """A desk with its scan filter, and a scanner."""

    def __init__(self, at: Desk) -> None:
        self.at = at
        self.now_ms = 5_000_000

    @property
    def asked(self) -> list[str]:
        """The codes that the platform was asked for."""
        return [run.request.identifiers[0].value for run in self.at.runs]

    def strike(self, text: str, every_ms: int = 5, hold_ms: int = 2) -> None:
        for char in text:
            self.now_ms += every_ms
            key = Qt.Key.Key_Return.value if char == "\r" else ord(char.upper())
            for kind, late_ms in ((QEvent.Type.KeyPress, 0), (QEvent.Type.KeyRelease, hold_ms)):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
                event.setTimestamp(self.now_ms + late_ms)
                QApplication.sendEvent(self.at.window.windowHandle(), event)

    def widget(self, name: str) -> QWidget | None:
        orders = self.at.window._orders
        return {
            "scan field": orders.scan_field,
            "amount": orders._amount,
            "discount": orders._discount,
            "count": orders._count,
            "type": orders._kinds,
        }.get(name)

    def texts(self) -> list[str]:
        return [field.text() for field in self.at.window.findChildren(QLineEdit)]


@asynccontextmanager
async def till(where: str = "scan field") -> AsyncIterator[Till]:
    async with desk() as at:
        at.window.activateWindow()
        await until(at.window.scan_field.hasFocus, "the keyboard")
        scan_filter = ScanFilter()
        scan_filter.scanned.connect(at.controller.scan)
        scan_filter.misread.connect(at.controller.misread)
        using = Till(at)
        widget = using.widget(where)
        if widget is not None:
            widget.setFocus()
        else:
            at.window.scan_field.clearFocus()
        try:
            yield using
        finally:
            scan_filter.stop()


@pytest.fixture(autouse=True)
def tones(monkeypatch: pytest.MonkeyPatch) -> list[Tone]:
    return note_tones(monkeypatch)


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize("pause_ms", [80, 150, 400])
def test_a_scan_that_stalls_is_looked_up_as_a_whole(
    qapp: QApplication, where: str, pause_ms: int
) -> None:
    async def play() -> None:
        async with till(where) as using:
            using.at.window._orders._amount.setText("58")
            using.strike(MEMBER)
            using.now_ms += pause_ms
            using.strike(f"{PHONE}\r")
            await until(lambda: bool(using.asked), "the lookup")
            assert using.asked == [MEMBER + PHONE]
            assert using.at.window._orders._amount.text() == "58"
            assert WORDS not in hint_text(using.at.window)

    on_qasync(qapp, play)


@pytest.mark.parametrize("where", FIELDS)
def test_half_a_code_is_said_and_the_member_before_leaves(
    qapp: QApplication, tones: list[Tone], where: str
) -> None:
    async def play() -> None:
        async with till(where) as using:
            using.at.window._orders._amount.setText("58")
            await using.at.found("A")
            using.strike(MEMBER)
            assert shows(using.at.window, "A级"), "it may still come"
            await until(lambda: WORDS in hint_text(using.at.window), "the words")
            assert not shows(using.at.window, "A级")
            assert tones[-1] is Tone.WRONG
            assert {*using.asked} <= {"code-A", "id-A"}, "the member before at most"
            assert using.texts().count("58") == 1
            assert not any(MEMBER[:3] in text for text in using.texts())
            using.now_ms += 1000
            using.strike(f"{PHONE}\r")
            await until(lambda: using.asked[-1] == PHONE, "the next scan")
            assert WORDS not in hint_text(using.at.window)

    on_qasync(qapp, play)


def test_what_a_person_typed_meanwhile_stays(qapp: QApplication) -> None:
    async def play() -> None:
        async with till() as using:
            using.strike(MEMBER)
            using.strike("138", 120, 80)
            await until(lambda: WORDS in hint_text(using.at.window), "the words")
            assert using.at.window.scan_field.text() == "138"
            assert using.asked == []

    on_qasync(qapp, play)


def test_a_further_code_that_is_cut_leaves_the_first(qapp: QApplication) -> None:
    async def play() -> None:
        async with till() as using:
            using.strike(f"{MEMBER}\r{PHONE}")
            await until(lambda: WORDS in hint_text(using.at.window), "the words")
            assert using.asked == [MEMBER]
            using.at.runs[0].answer_all("A")
            await using.at.end(using.at.runs[0])
            assert shows(using.at.window, "A级")

    on_qasync(qapp, play)


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize("code", ["58.5", "10086", "VIP7", "qm01"])
def test_a_short_scan_is_looked_up_and_the_member_before_leaves(
    qapp: QApplication, where: str, code: str
) -> None:
    async def play() -> None:
        async with till(where) as using:
            using.at.window._orders._amount.setText("58")
            await using.at.found("A")
            using.strike(f"{code}\r")
            await until(lambda: len(using.asked) == 2, "the lookup")
            assert using.asked[1:] == [code]
            assert not shows(using.at.window, "A级")
            assert using.at.window._orders._amount.text() == "", "taken out: it was A's"

    on_qasync(qapp, play)


def test_what_is_too_long_is_said(qapp: QApplication, tones: list[Tone]) -> None:
    async def play() -> None:
        async with till() as using:
            await using.at.found("A")
            using.at.controller.misread(Misread(Flaw.TOO_LONG))
            assert "太长" in hint_text(using.at.window)
            assert not shows(using.at.window, "A级")
            assert tones[-1] is Tone.WRONG
            hint = using.at.view.hint
            assert hint is not None
            assert hint.severity is Severity.WARNING

    on_qasync(qapp, play)
