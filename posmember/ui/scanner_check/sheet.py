"""The scanner check: scan a known code, and read what the scanner does and which settings fit.

Not modal: it lies above the panels until it is closed. While it is open it takes every scan.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from posmember.printing.barcodes import (
    CODE_128_QUIET_ZONE,
    QR_QUIET_ZONE,
    code_128_modules,
    qr_modules,
)
from posmember.printing.scanner_page import page_html
from posmember.scanning.diagnosis import diagnose
from posmember.scanning.findings import Diagnosis, ProposedSettings, Severity
from posmember.scanning.test_code import TEST_CODE
from posmember.settings.files import replace_file
from posmember.ui.capture.input_method import let_write_chinese
from posmember.ui.capture.key_recorder import KeyRecorder
from posmember.ui.widgets.barcode import BarcodeWidget
from posmember.ui.widgets.fitting import give_back, widen
from posmember.ui.widgets.labels import plain_label, scaled_font
from posmember.ui.widgets.marks import Mark, MarkWidget
from posmember.ui.widgets.sheet_scroll import SheetScroll
from posmember.ui.wording.plain import breakable, joined
from posmember.ui.wording.scanner import finding_text, proposed_texts, verdict_of_scanner_text

if TYPE_CHECKING:
    from posmember.scanning.trace import Trace

_PAGE_NAME = "posmember-scanner-page.html"
_WIDTH = 640
_QR_UNIT, _BAR_UNIT, _BAR_HEIGHT = 5, 2, 56
_MARKS = {
    Severity.OK: (Mark.TICK, "muted"),
    Severity.WARNING: (Mark.TRIANGLE, "check"),
    Severity.PROBLEM: (Mark.RING, "error"),
}


class ScannerCheckSheet(QFrame):
    """Shows the test code, waits for it to be scanned, and says what was found."""

    proposal_accepted = Signal(object)
    """The `ProposedSettings` that somebody wants to be used."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focus_before: QWidget | None = None
        self._proposed: ProposedSettings | None = None
        self._recorder = KeyRecorder(self)
        self._recorder.recorded.connect(self._diagnose)
        self.setObjectName("sheet")
        self.setAccessibleName(self.tr("扫码枪检测"))
        # The check is to see what an input method does to a scan, so this one may have it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        let_write_chinese(self)
        self._waiting, self._result = _Waiting(), _Result()
        title = plain_label(self.tr("扫码枪检测"))
        title.setFont(scaled_font(self.font(), 1.3, bold=True))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(18, 14, 18, 14)
        self._rows.setSpacing(10)
        body = QWidget()
        pages = QVBoxLayout(body)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.addWidget(self._waiting)
        pages.addWidget(self._result)
        self._scroll = SheetScroll(body)
        self._scroll.setAccessibleName(self.tr("检测结果"))
        self._rows.addWidget(title)
        self._rows.addWidget(self._scroll, 1)
        self._rows.addLayout(self._buttons())
        window.installEventFilter(self)
        self.hide()

    def open_sheet(self) -> None:
        """Open it, waiting for a scan; every key of a scan comes here until it is closed."""
        if not self.is_open():
            self._focus_before = QApplication.focusWidget()
            widen(self._window, self)
        self._scan_again()
        self.show()
        self._place()
        self.raise_()
        self._recorder.start()
        self.setFocus()

    def close_sheet(self) -> None:
        """Close it, keep nothing of what was scanned, and put the keyboard back where it was."""
        if not self.is_open():
            return
        self._recorder.stop()
        self._result.forget()
        self._proposed = None
        self.hide()
        give_back(self._window, self)
        before, self._focus_before = self._focus_before, None
        if before is not None and isValid(before):
            before.setFocus()

    def toggle(self) -> None:
        """Open it, or close it."""
        if self.is_open():
            self.close_sheet()
        else:
            self.open_sheet()

    def is_open(self) -> bool:
        """Return whether it waits for a scan, or shows what was found."""
        return not self.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.is_open():
            self._place()
        return False

    def _buttons(self) -> QHBoxLayout:
        self._print = QPushButton(self.tr("打印测试页"))
        self._print.clicked.connect(self._open_test_page)
        self._use = QPushButton(self.tr("使用这些设置"))
        self._use.clicked.connect(self._accept)
        self._again = QPushButton(self.tr("再扫一次"))
        self._again.clicked.connect(self._scan_again)
        self._close = QPushButton(self.tr("关闭"))
        self._close.clicked.connect(self.close_sheet)
        row = QHBoxLayout()
        row.addWidget(self._print)
        row.addStretch(1)
        for button in (self._use, self._again, self._close):
            row.addWidget(button)
        return row

    def _diagnose(self, trace: Trace) -> None:
        diagnosis = diagnose(trace)
        self._proposed = diagnosis.proposed
        self._result.show_diagnosis(diagnosis)
        self._show_page(self._result)

    def _scan_again(self) -> None:
        self._recorder.forget()
        self._proposed = None
        self._result.forget()
        self._waiting.say_problem("")
        self._show_page(self._waiting)

    def _accept(self) -> None:
        proposed = self._proposed
        if proposed is not None:
            self.close_sheet()
            self.proposal_accepted.emit(proposed)

    def _show_page(self, page: QWidget) -> None:
        """Show one of the two pages, and wait for the next scan in any case."""
        self.setFocus()  # before a button that had it goes away
        found = page is self._result
        self._waiting.setVisible(not found)
        self._result.setVisible(found)
        self._print.setVisible(not found)
        self._again.setVisible(found)
        self._use.setVisible(found and self._proposed is not None)
        self._place()

    def _open_test_page(self) -> None:
        self.setFocus()
        try:
            path = _write_test_page()
        except OSError:
            self._waiting.say_problem(self.tr("测试页没有写成，请直接扫屏幕上的码"))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            words = self.tr("测试页打不开，请用浏览器打开并打印：{path}")
            self._waiting.say_problem(words.format(path=path))
        self._place()

    def _place(self) -> None:
        """Lie in the middle of the window, as high as its words need, if there is the room."""
        area = self._window.rect()
        width = min(_WIDTH, area.width())
        inside, outside = self._rows.contentsMargins(), self.contentsMargins()
        inner = width - inside.left() - inside.right() - outside.left() - outside.right()
        needed = self._scroll.height_for(inner)
        self._rows.activate()
        around = self._rows.totalSizeHint().height() - self._scroll.sizeHint().height()
        self.resize(width, min(around + needed, area.height()))
        left, top = (area.width() - self.width()) // 2, (area.height() - self.height()) // 2
        self.move(max(0, left), max(0, top))


class _Waiting(QWidget):
    """Says what to do, and shows the code as QR and as Code 128."""

    def __init__(self) -> None:
        super().__init__()
        steps = plain_label(
            self.tr(
                "用扫码枪扫这里任意一个码。\n\n"
                "屏幕上扫不出时，请打印测试页，扫纸上的码。\n\n"
                "检测会告诉您：码前后有没有多余的字符、扫完按什么键、速度够不够快、"
                "输入法和大写锁定有没有影响。"
            ),
            wrap=True,
        )
        self._problem = plain_label(wrap=True)
        self._problem.setObjectName("failure")
        qr = BarcodeWidget(qr_modules(TEST_CODE), _QR_UNIT, _QR_UNIT, QR_QUIET_ZONE)
        qr.setAccessibleName(self.tr("测试码（二维码）"))
        bars = BarcodeWidget(
            code_128_modules(TEST_CODE), _BAR_UNIT, _BAR_HEIGHT, CODE_128_QUIET_ZONE
        )
        bars.setAccessibleName(self.tr("测试码（条形码）"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(qr, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(steps, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(row)
        layout.addWidget(bars, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._problem)
        self.say_problem("")

    def say_problem(self, words: str) -> None:
        """Say why there is no test page; "" for nothing."""
        self._problem.setText(breakable(words))
        self._problem.setVisible(bool(words))


class _Result(QWidget):
    """Says what was found, worst first, and which settings fit."""

    def __init__(self) -> None:
        super().__init__()
        self._verdict = plain_label(wrap=True)
        self._verdict.setFont(scaled_font(self.font(), 1.15, bold=True))
        self._shown: list[QWidget] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        self._rows.addWidget(self._verdict)

    def show_diagnosis(self, diagnosis: Diagnosis) -> None:
        """Show a diagnosis in place of the one before."""
        self.forget()
        self._verdict.setText(verdict_of_scanner_text(diagnosis))
        said = [finding_text(finding) for finding in diagnosis.findings]
        findings = _Grid()
        for row, (finding, words) in enumerate(zip(diagnosis.findings, said, strict=True)):
            mark = MarkWidget()
            mark.set_mark(*_MARKS[finding.severity])
            mark.stand_at_first_line()
            findings.add_row(row, mark, plain_label(breakable(words), wrap=True))
        self._append(findings)
        if diagnosis.proposed is not None:
            self._append(plain_label(self.tr("建议的设置"), muted=True))
            settings = _Grid()
            for row, (name, value) in enumerate(proposed_texts(diagnosis.proposed)):
                settings.add_row(row, plain_label(name), plain_label(value))
            self._append(settings)
        self.setAccessibleDescription(joined((self._verdict.text(), *said)))

    def forget(self) -> None:
        """Show nothing."""
        self._verdict.clear()
        self.setAccessibleDescription("")
        while self._shown:
            widget = self._shown.pop()
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _append(self, widget: QWidget) -> None:
        self._shown.append(widget)
        self._rows.addWidget(widget)
        widget.show()  # at once: what is not shown yet gets no room in a window that is


class _Grid(QWidget):
    """Rows of two columns; made anew each time, as a grid never gives back a row's room."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def add_row(self, row: int, left: QWidget, right: QWidget) -> None:
        """Add one row."""
        self._grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(right, row, 1)
        left.show()  # a mark is hidden until its owner shows it


def _write_test_page() -> Path:
    """Write the test page where the program keeps what it can make again. Raises OSError."""
    folder = platformdirs.user_cache_path("posmember", appauthor=False, ensure_exists=True)
    path = folder / _PAGE_NAME
    replace_file(path, page_html().encode())
    return path
