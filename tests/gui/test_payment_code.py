"""A payment code, or a bank card's stripe, leaves no trace, however it comes in."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import CellType, FunctionType

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from posmember.log.files import start_file_log
from posmember.scanning.identifier import classify
from posmember.ui.capture.scan_filter import ScanFilter
from tests.gui.driving import Desk, desk, hint_text, on_qasync, shows, until
from tests.gui.privacy.traces import module_of
from tests.gui.silent_tones import note_tones

STUCK = "134567890123456789A09"
BANK_CARD = ";6217123456789012=25121019?"
CODES = ("134567890123456789", "288803246813579021", "6234567890123456789", BANK_CARD, STUCK)
"""WeChat, Alipay, UnionPay, and one that something is stuck to: invented.

No run of four digits in them is in anything else.
"""
RUN = 4
NONE = Qt.KeyboardModifier.NoModifier
WORDS = "这是付款码，请让顾客打开会员码"
WORDS_OF_A_CARD = "这是银行卡"
HALF = "扫码不完整，请再扫一次"
FAST_MS, SLOW_MS, HOLD_MS = 5, 150, 60


class Records(logging.Handler):
    """Every record of every logger, with its message and its arguments."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts += [record.getMessage(), repr(record.args), repr(record.exc_info)]


@pytest.fixture
def records() -> Iterator[Records]:
    handler, root = Records(), logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    start_file_log()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(level)
    for added in set(root.handlers) - set(handlers):
        root.removeHandler(added)
        added.close()


class Till:
    """A desk with its scan filter, and a hand.

    Args:
        others: the windows that tests before this one left behind; they are not the program's.
    """

    def __init__(self, at: Desk, scan_filter: ScanFilter, others: list[QWidget]) -> None:
        self.at = at
        self.others = others
        self.scan_filter = scan_filter
        self.now_ms = 5_000_000

    def send(self, kind: QEvent.Type, char: str, at_ms: int) -> None:
        key = Qt.Key.Key_Return.value if char == "\r" else ord(char.upper())
        event = QKeyEvent(kind, key, NONE, char)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(self.at.window.windowHandle(), event)

    def strike(self, text: str, every_ms: int, hold_ms: int) -> None:
        for char in text:
            self.now_ms += every_ms
            self.send(QEvent.Type.KeyPress, char, self.now_ms)
            self.send(QEvent.Type.KeyRelease, char, self.now_ms + hold_ms)

    # --- the ways in ---------------------------------------------------------------------------

    def scan(self, code: str) -> None:
        self.strike(f"{code}\r", FAST_MS, 2)

    def scan_in_another_field(self, code: str) -> None:
        amount = self.at.window._orders._amount
        amount.setFocus()
        self.scan(code)
        assert amount.text() == ""

    def scan_with_a_stall(self, code: str) -> None:
        half = len(code) // 2
        self.strike(code[:half], FAST_MS, 2)
        self.now_ms += 300
        self.strike(f"{code[half:]}\r", FAST_MS, 2)

    def scan_half(self, code: str) -> None:
        self.strike(code[:-4], FAST_MS, 2)

    def scan_twice(self, code: str) -> None:
        self.scan(code)
        self.now_ms += 500
        self.scan(code)

    def scan_before_a_member(self, code: str) -> None:
        self.strike(f"{code}\r{'qm0000001'}\r", FAST_MS, 2)

    def scan_behind_a_product(self, code: str) -> None:
        self.strike(f"https://m.example\r{code}\r", FAST_MS, 2)

    def type(self, code: str) -> None:
        self.strike(f"{code}\r", SLOW_MS, HOLD_MS)

    def type_the_end_fast(self, code: str) -> None:
        self.strike(code, SLOW_MS, HOLD_MS)
        self.strike("\r", FAST_MS, HOLD_MS)

    def paste(self, code: str) -> None:
        self.at.window.scan_field.insert(code)
        self.strike("\r", SLOW_MS, HOLD_MS)

    def paste_grouped(self, code: str) -> None:
        self.paste("-".join(code[place : place + RUN] for place in range(0, len(code), RUN)))


WAYS: dict[str, Callable[[Till, str], None]] = {
    "scanned": Till.scan,
    "scanned in another field": Till.scan_in_another_field,
    "scanned with a stall": Till.scan_with_a_stall,
    "half of it scanned": Till.scan_half,
    "scanned twice": Till.scan_twice,
    "scanned before a member's": Till.scan_before_a_member,
    "scanned behind an address": Till.scan_behind_a_product,
    "typed": Till.type,
    "typed with a fast end": Till.type_the_end_fast,
    "pasted": Till.paste,
    "pasted in groups": Till.paste_grouped,
}


@asynccontextmanager
async def till() -> AsyncIterator[Till]:
    others = QApplication.topLevelWidgets()
    async with desk() as at:
        at.window.activateWindow()
        await until(at.window.scan_field.hasFocus, "the keyboard")
        scan_filter = ScanFilter()
        scan_filter.scanned.connect(at.controller.scan)
        scan_filter.misread.connect(at.controller.misread)
        scan_filter.burst_began.connect(at.controller.wake)
        try:
            yield Till(at, scan_filter, others)
        finally:
            scan_filter.stop()


# --- every place where something may be left ---------------------------------------------------


def texts_of(widget: QWidget) -> Iterator[str]:
    """Everything that a widget says or keeps of a text."""
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.whatsThis()
    yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QLineEdit):
        yield from texts_of_a_field(widget)


def texts_of_a_field(field: QLineEdit) -> Iterator[str]:
    yield field.text()
    yield field.selectedText()
    yield field.placeholderText()
    assert field.completer() is None
    while field.isUndoAvailable():
        field.undo()
        yield field.text()
    while field.isRedoAvailable():
        field.redo()
        yield field.text()


def reached(root: object, depth: int = 12) -> Iterator[str]:
    """Every text that Python objects of the program still hold, from one on, closures included."""
    seen: set[int] = set()
    todo = [(root, depth)]
    while todo:
        one, left = todo.pop()
        if id(one) in seen or not left:
            continue
        seen.add(id(one))
        if isinstance(one, str):
            yield one
        elif isinstance(one, QKeyEvent):
            yield one.text()
        elif _is_of_the_program(one):
            todo += [(each, left - 1) for each in gc.get_referents(one)]
            todo += [(each, left - 1) for each in vars(one).values()] if _has_vars(one) else []


def _has_vars(one: object) -> bool:
    return hasattr(one, "__dict__")


def _is_of_the_program(one: object) -> bool:
    plain = (dict, list, tuple, set, frozenset, CellType, FunctionType)
    ours = module_of(one).startswith(("posmember", "functools"))
    return isinstance(one, plain) or ours


def files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        yield path.name
        if path.is_file():
            yield path.read_text("utf-8", "replace")


def places(desk_of: Till, records: Records, home: Path) -> dict[str, list[str]]:
    at = desk_of.at
    for handler in logging.getLogger().handlers:
        handler.flush()
    widgets = [each for each in QApplication.allWidgets() if each.window() not in desk_of.others]
    memory = (at.controller._reception, at.controller._session, desk_of.scan_filter)
    return {
        "widgets": [text for widget in widgets for text in texts_of(widget)],
        "the field's memory": [at.window.scan_field.entered(), at.window.scan_field._unmasked],
        "clipboard": [QGuiApplication.clipboard().text()],
        "selection": [QGuiApplication.clipboard().text(QGuiApplication.clipboard().Mode.Selection)],
        "log": records.texts,
        "files": list(files(home)),
        "requests": [
            f"{one.value} {run.request}" for run in at.runs for one in run.request.identifiers
        ],
        "views": [repr(view) for view in at.views],
        "memory": [text for root in memory for text in reached(root)],
        "buffer": ["".join(one.char for one in desk_of.scan_filter._buffer._run)],
    }


def left_over(code: str, found: dict[str, list[str]]) -> dict[str, list[str]]:
    runs = [code[place : place + RUN] for place in range(len(code) - RUN + 1)]
    kept = {
        place: [text for text in texts if any(run in text for run in runs)]
        for place, texts in found.items()
    }
    return {place: texts for place, texts in kept.items() if texts}


# --- and in none of them is anything -----------------------------------------------------------


@pytest.mark.parametrize("after", ["nobody", "a member", "a typed number"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("code", CODES, ids=["WeChat", "Alipay", "UnionPay", "bank card", "stuck"])
def test_no_trace(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    records: Records,
    isolated: Path,
    code: str,
    way: str,
    after: str,
) -> None:
    note_tones(monkeypatch)

    async def play() -> None:
        async with till() as using:
            at = using.at
            QGuiApplication.clipboard().setText("before")
            if after == "a member":
                await at.found("A")
            if after == "a typed number":
                using.strike("1380", SLOW_MS, HOLD_MS)
                at.window.scan_field.selectAll()
            using.now_ms += 1000
            runs = len(at.runs)
            WAYS[way](using, code)
            if way == "scanned before a member's":
                await until(lambda: len(at.runs) > runs, "the member's lookup")
                at.runs[-1].answer_all("B")
                await at.end(at.runs[-1])
                assert shows(at.window, "B级")
            else:
                assert len(at.runs) == runs, "nothing is asked"
                if way == "half of it scanned":
                    await until(lambda: HALF in hint_text(at.window), "it to be said")
                assert not shows(at.window, "A级")
            words = WORDS_OF_A_CARD if code == BANK_CARD else WORDS
            if way not in ("scanned", "typed", "pasted", "pasted in groups"):
                words = ""
            assert words in hint_text(at.window)
            quiet = using.scan_filter._quiet
            await until(lambda: not quiet.isActive(), "the filter to fall quiet")
            await until(lambda: not using.scan_filter._passed, "and to forget")
            assert using.scan_filter._held == {}
            assert using.scan_filter._put_back is None
            assert left_over(code, places(using, records, isolated)) == {}
            assert QGuiApplication.clipboard().text() == "before"

    on_qasync(qapp, play)


@pytest.mark.parametrize("code", CODES)
def test_not_even_while_it_is_scanned(qapp: QApplication, code: str) -> None:
    """At no key of it is more than the first in any field."""

    async def play() -> None:
        async with till() as using:
            for char in code:
                using.strike(char, FAST_MS, 2)
                assert using.at.window.scan_field.text() in ("", code[0])
            assert using.at.window.scan_field.text() == ""
            using.strike("\r", FAST_MS, 2)
            assert using.at.window.scan_field.text() == ""

    on_qasync(qapp, play)


def test_its_shape_is_all_that_is_known() -> None:
    for code in CODES:
        assert left_over(code, {"classification": [repr(classify(code))]}) == {}


def test_a_trace_would_be_found(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, records: Records, isolated: Path
) -> None:
    """The search itself: an ordinary code is in the field, the request and the memory."""
    note_tones(monkeypatch)
    code = "889977553311"

    async def play() -> None:
        async with till() as using:
            logging.getLogger("some.library").debug("took %s", code)
            (isolated / "a-file").write_text(code, encoding="utf-8")
            using.scan(code)
            await until(lambda: bool(using.at.runs), "the lookup")
            found = left_over(code, places(using, records, isolated))
            assert {"widgets", "log", "files", "requests", "memory"} <= set(found)
            QTest.keyClick(using.at.window, Qt.Key.Key_Escape)

    on_qasync(qapp, play)
