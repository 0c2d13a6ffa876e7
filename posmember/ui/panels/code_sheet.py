"""A redemption code, large, for the till's own scanner: as QR, as Code 128 and in letters.

What it is of stands above it, with its verdict, so that nobody redeems the wrong one. Not modal:
any key closes it, and a scan goes on below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from posmember.domain.rules.reasons import Verdict
from posmember.printing.barcodes import (
    CODE_128_QUIET_ZONE,
    QR_QUIET_ZONE,
    Modules,
    code_128_modules,
    qr_modules,
)
from posmember.ui.messages import in_groups
from posmember.ui.panels.code_sheet_keys import CodeSheetKeys
from posmember.ui.theme import VALUE_PX, restyle
from posmember.ui.widgets.barcode import FittedBarcode
from posmember.ui.widgets.fitted_label import FittedLabel
from posmember.ui.widgets.hand_over_button import HandOverButton
from posmember.ui.widgets.labels import plain_label, sized_font
from posmember.ui.widgets.marks import Mark, MarkWidget
from posmember.ui.wording.plain import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.ui.models.detail import Details, ShownCode

_LOOKS: dict[Verdict | None, tuple[str, Mark, str]] = {
    Verdict.USABLE: ("usable", Mark.DISC, "usable"),
    Verdict.CHECK: ("check", Mark.TRIANGLE, "check"),
    Verdict.NOT_USABLE: ("blocked", Mark.RING, "error"),
    None: ("", Mark.DOTS, "muted"),
}
"""How its head looks. What is blocked is red here: its code is about to be used."""
_HEAD, _WHY, _BARS, _LETTERS, _BUTTON, _CLOSE = 48, 40, 60, 40, 36, 44
_MARGIN, _SPACE, _BESIDE, _BORDER = 12, 6, 4, 2
_AROUND = 2 * (_MARGIN + _BORDER) + _HEAD + _WHY + _LETTERS + 4 * _SPACE + _BARS
"""What is above and below the square code."""
_LEAST_SQUARE, _MOST_SQUARE, _LEAST_WIDTH = 96, 352, 640
_SECOND, _HOW, _SCANNED = 28, 62, 240
"""In the compact window: a second line of the head, how to use it where there is room for that
below a square of so many pixels."""
_BAR = 2
"""Pixels at 100 % that the narrowest bar should have."""


class CodeSheet(QFrame):
    """Shows one code over the middle of the window; empty while it is closed."""

    copy_requested = Signal()
    hand_over_requested = Signal(str)
    """The code is to be typed into the till."""
    closed = Signal()
    """It is to be closed: by a key, or by its button."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: ShownCode | None = None
        self._sentence, self._note, self._because = "", "", ""
        self._is_narrow = False
        self.setObjectName("sheet")
        self._mark, self._verdict, self._worth = MarkWidget(), plain_label(), plain_label()
        for part in (self._mark, self._verdict, self._worth):
            part.setFont(sized_font(self.font(), VALUE_PX, bold=True))
        self._verdict.setObjectName("verdict")
        self._title, self._why = FittedLabel(bold=True), FittedLabel()
        self._which, self._how = plain_label(), plain_label(wrap=True)
        self._which.setObjectName("heading")
        self._letters = FittedLabel(largest=VALUE_PX, bold=True)
        self._square, self._bars = FittedBarcode(QR_QUIET_ZONE), FittedBarcode(CODE_128_QUIET_ZONE)
        self._copy = self._button(self.tr("复制 Ctrl+C"), self.copy_requested.emit)
        self._hand_over = HandOverButton()
        self._hand_over.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hand_over.asked.connect(self.hand_over_requested)
        self._close = self._button("✕", self.closed.emit)
        self._keys = CodeSheetKeys(self, window)
        self._keys.copy_struck.connect(self.copy_requested)
        self._keys.close_struck.connect(self.closed)
        self._lay_out()
        self.hide()

    # --- what comes in -------------------------------------------------------------------------

    def show_code(self, shown: ShownCode) -> None:
        """Show a code, or what is known now of the one that is shown."""
        if shown == self._shown:
            return
        before, self._shown = self._shown, shown
        details = shown.details
        if before is None or before.details.code != details.code:
            self._draw(details)
        self._say(shown)
        if before is None:
            self._keys.watch()
            self._window.installEventFilter(self)
        self._place()
        self.raise_()
        self.show()

    def show_note(self, note: str) -> None:
        """Say something besides, until it closes, such as why it is shown."""
        self._note = note
        self._place()

    def offer_hand_over(self, *, offered: bool) -> None:
        """Let its code be typed into the till, or not."""
        self._hand_over.offer(offered=offered)

    def show_copied(self, code: str) -> None:
        """Say whether its code is on the clipboard."""
        is_copied = self._shown is not None and code == self._shown.details.code
        self._copy.setText(self.tr("已复制") if is_copied else self.tr("复制 Ctrl+C"))

    def close_sheet(self) -> None:
        """Close it, and keep nothing of what it showed."""
        if self._shown is None:
            return
        self._shown = None
        self._keys.unwatch()
        self._window.removeEventFilter(self)
        self.hide()
        for label in (self._verdict, self._worth, self._title, self._why, self._letters):
            label.clear()
        self._square.show_modules(())
        self._bars.show_modules(())
        self.show_copied("")
        self._hand_over.set_code("")
        self.setAccessibleName("")
        self._sentence, self._note, self._because = "", "", ""

    # --- what is asked -------------------------------------------------------------------------

    def code(self) -> str:
        """Return the code that is shown, or ""."""
        return self._shown.details.code if self._shown is not None else ""

    def verdict(self) -> str:
        """Return the verdict's word that stands above it, or ""."""
        return self._verdict.text()

    def sentence(self) -> str:
        """Return all that it shows in words, for those who do not see it."""
        return self._sentence

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    # --- what it shows -------------------------------------------------------------------------

    def _draw(self, details: Details) -> None:
        square = _drawn(qr_modules, details.code)
        bars: Modules = ()
        if details.code.isascii() and details.code.isprintable():
            bars = _drawn(code_128_modules, details.code)
        self._square.show_modules(square)
        self._bars.show_modules(bars)
        label = details.code_label
        self._square.setAccessibleName(self.tr("{label}的二维码").format(label=label))
        self._bars.setAccessibleName(self.tr("{label}的条形码").format(label=label))
        self._copy.setAccessibleName(self.tr("复制{label}").format(label=label))
        typed = self.tr("把{label}输进收银系统").format(label=label)
        self._hand_over.set_code(details.code, typed)
        self.setAccessibleName(label)

    def _say(self, shown: ShownCode) -> None:
        details = shown.details
        look, mark, color = _LOOKS[details.verdict]
        self._mark.set_mark(mark, color)
        self._mark.show()
        self._verdict.setText(details.verdict_word)
        self._worth.setText(details.worth)
        self._title.set_text(details.title)
        self._because = " ".join((details.sentence, *self._advice(details)))
        self._why.set_text(self._because)
        self._letters.set_text(in_groups(details.code))
        self._letters.setAccessibleName(details.code)
        alike = self.tr("第 {number} 张，共 {count} 张")
        which = alike.format(number=shown.number, count=shown.count) if shown.count > 1 else ""
        self._which.setText(which)
        self._which.setVisible(bool(which))
        if self._head.property("look") != look:
            self._head.setProperty("look", look)
            restyle(self._head)
        said = (details.verdict_word, details.worth, details.title, self._because, which)
        code = f"{details.code_label} {details.code}"
        self._sentence = joined(filter(None, (*said, code)))

    def _advice(self, details: Details) -> tuple[str, ...]:
        """What to do before it is used: by its verdict."""
        if details.verdict is Verdict.CHECK and not details.helps:
            confirm = self.tr("用前请在收银系统确认")
            return () if confirm in details.sentence else (confirm,)
        return details.helps if details.verdict is not Verdict.USABLE else ()

    # --- where it goes -------------------------------------------------------------------------

    def _place(self) -> None:
        """Lie in the middle of the window, its codes as large as they have room."""
        if self._shown is None:
            return
        room = self._window.rect().adjusted(_BESIDE, _BESIDE, -_BESIDE, -_BESIDE)
        around = 2 * (_MARGIN + _BORDER)
        width = max(_LEAST_WIDTH, self._bars.widest() * _BAR + around)
        self._arrange(narrow=room.width() < width)
        width = min(width, room.width())
        has_bars = self._bars.unit((width - around) * self.devicePixelRatioF()) > 0
        needed = _AROUND if has_bars else _AROUND - _BARS - _SPACE
        if self._is_narrow:
            needed += _SECOND + _SPACE
            tells_how = room.height() - needed - _HOW >= _SCANNED
            needed += _HOW if tells_how else 0
            self._how.setVisible(tells_how)
        square = max(_LEAST_SQUARE, min(_MOST_SQUARE, room.height() - needed))
        is_drawn = self._square.unit(square * self.devicePixelRatioF()) > 1
        self._square.setFixedSize(square, square)
        self._square.setVisible(is_drawn)
        self._bars.setVisible(has_bars)
        how = self._how_to_use(has_square=is_drawn, has_bars=has_bars)
        self._how.setText("\n".join(filter(None, (self._note, how))))
        is_told = self._how.isVisibleTo(self)  # else there is no room but in the place of why
        self._why.set_text(self._because if is_told else self._note or self._because)
        place = QRect(0, 0, width, min(needed + square, room.height()))
        place.moveCenter(room.center())
        self.setGeometry(place)

    def _how_to_use(self, *, has_square: bool, has_bars: bool) -> str:
        if not has_square and not has_bars:
            return self.tr("码太长，屏幕上画不下：请复制，或照着输入。按任意键关闭")
        if not has_bars:
            return self.tr("用收银系统的扫码枪扫二维码（这个码没有条形码）。按任意键关闭")
        return self.tr("用收银系统的扫码枪扫任意一个码。按任意键关闭")

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        rows.setSpacing(_SPACE)
        rows.addWidget(self._make_head())
        self._second, self._last = QHBoxLayout(), QHBoxLayout()
        for row in (self._second, self._last):
            row.setSpacing(10)
        rows.addLayout(self._second)
        for label, height in ((self._why, _WHY), (self._letters, _LETTERS)):
            label.setFixedHeight(height)
        self._bars.setFixedHeight(_BARS)
        rows.addWidget(self._why)
        self._make_middle()
        rows.addLayout(self._middle, 1)
        rows.addWidget(self._bars)
        self._last.addWidget(self._letters)
        rows.addLayout(self._last)

    def _make_head(self) -> QFrame:
        self._head = QFrame()
        self._head.setObjectName("codeHead")
        self._head.setProperty("look", "")
        self._head.setFixedHeight(_HEAD)
        self._close.setFixedSize(_CLOSE, _CLOSE)
        self._close.setAccessibleName(self.tr("关闭"))
        row = self._first = QHBoxLayout(self._head)
        row.setContentsMargins(12, 2, 2, 2)
        row.setSpacing(10)
        for part in (self._mark, self._verdict, self._worth):
            row.addWidget(part)
        row.addWidget(self._title, 1)
        row.addWidget(self._close)
        return self._head

    def _arrange(self, *, narrow: bool) -> None:
        """Have what stands beside each other below each other, or back; none is made anew."""
        if narrow is self._is_narrow:
            return
        self._is_narrow = narrow
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(down if narrow else right)
        self._middle.setSpacing(0 if narrow else 2 * _MARGIN)
        self._middle.setStretch(1, int(not narrow))
        self._middle.setAlignment(
            self._square, Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag(0)
        )
        head, words = (self._second if narrow else self._first), self._words
        for part in (self._worth, self._title, self._which, self._copy, self._hand_over):
            for layout in (self._first, self._second, words, self._last):
                layout.removeWidget(part)
        head.insertWidget(0 if narrow else 2, self._worth)
        head.insertWidget(1 if narrow else 3, self._title, 1)
        self._title.setFixedHeight(_SECOND if narrow else _HEAD - 4)
        if narrow:
            self._first.insertStretch(2, 1)
            self._first.insertWidget(3, self._hand_over)
            self._second.addWidget(self._which)
            self._last.addWidget(self._copy)
        else:
            self._first.takeAt(4)  # the stretch, behind both
            words.insertWidget(1, self._which)
            words.insertWidget(3, self._copy, 0, Qt.AlignmentFlag.AlignLeft)
            words.insertWidget(4, self._hand_over, 0, Qt.AlignmentFlag.AlignLeft)
            self._how.show()

    def _make_middle(self) -> None:
        words = self._words = QVBoxLayout()
        words.setSpacing(_SPACE)
        words.addStretch(1)
        words.addWidget(self._which)
        words.addWidget(self._how)
        words.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self._hand_over, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        self._middle: QBoxLayout = QHBoxLayout()
        self._middle.setSpacing(2 * _MARGIN)
        self._middle.addWidget(self._square)
        self._middle.addLayout(words, 1)

    def _button(self, text: str, clicked: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setFixedHeight(_BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(clicked)
        return button


def _drawn(draw: Callable[[str], Modules], code: str) -> Modules:
    """A code's modules; () where it is too long for one."""
    try:
        return draw(code)
    except ValueError:
        return ()
