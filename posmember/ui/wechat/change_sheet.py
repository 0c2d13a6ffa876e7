"""A supervisor changes a 微信会员卡: enter, compare before and after, confirm once with the PIN.

Not modal: it lies over the coupons, and a scan goes on below it and closes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import NEVER_KEPT, classify
from posmember.trust.supervisors import is_staff_number
from posmember.ui.messages import breakable, in_lines, support_code_text
from posmember.ui.theme import restyle
from posmember.ui.view.wechat import ChangeStage
from posmember.ui.wechat.change_form import ChangeForm
from posmember.ui.widgets.covering import CoveringSheet, SheetPlace
from posmember.ui.widgets.fields import PlainLineEdit
from posmember.ui.widgets.labels import plain_label, scaled_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from posmember.ui.view.wechat import ChangeLine, ChangeView, WechatView


class WechatChangeSheet(CoveringSheet):
    """Shows a `ChangeView`; decides nothing."""

    review_asked = Signal(object)
    """The `CardChange` that was entered; it may be wrong, or change nothing."""
    edit_asked = Signal()
    """Back to the form."""
    confirmed = Signal(str, str)
    """The supervisor's staff number and PIN: the change that is shown is to be made."""
    closed = Signal()
    """Nothing more is wanted."""

    def __init__(self, window: QWidget, covered: SheetPlace) -> None:
        super().__init__(window)
        self._change: ChangeView | None = None
        self.setAccessibleName(self.tr("主管修改微信会员卡"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._form, self._review = ChangeForm(), _Review()
        self._message = plain_label(wrap=True)
        self._next, self._back = QPushButton(), QPushButton(self.tr("返回修改"))
        self._close = QPushButton(self.tr("取消"))
        self._next.clicked.connect(self._go_on)
        self._back.clicked.connect(self.edit_asked)
        self._close.clicked.connect(self.closed)
        self._review.pin.returnPressed.connect(self._go_on)
        self._lay_out()
        self._cover(covered)

    def show_change(self, view: WechatView | None) -> None:
        """Show how far a change is; where there is none, close and keep nothing."""
        change = view.change if view is not None else None
        if change is self._change:
            return
        before, self._change = self._change, change
        if view is None or view.card is None or change is None:
            self._forget()
            return
        if before is None:
            self._form.start(view.card)
        self._show_stage(change, before)
        self._show_covering()
        self._focus(change, before)

    def is_open(self) -> bool:
        """Return whether a change is shown."""
        return self._change is not None

    def asks_secret(self) -> bool:
        """Return whether a supervisor is asked for staff number and PIN."""
        return self._change is not None and self._change.stage is ChangeStage.REVIEW

    def is_sending(self) -> bool:
        """Return whether a change is on its way."""
        return self._change is not None and self._change.stage is ChangeStage.SENDING

    def keeps_keys(self) -> bool:
        """Return whether what is struck may be a supervisor's, and is nobody else's."""
        return self.is_sending() or self.asks_secret()

    def take_scan(self, text: str) -> None:
        """Take a scan while a supervisor is asked for: a badge, or nothing that anybody gets."""
        number = staff_number(text)
        if not self._review.who.hasFocus():
            words = self.tr("没有查询：请手工输入主管密码，不要扫码")
        elif not number:
            words = self.tr("这不是工号，请扫主管的工牌，或手工输入")
        else:
            words = ""
            self._review.who.setText(number)
            self._review.pin.setFocus()
        self._say(words, wrong=True)

    def _lay_out(self) -> None:
        title = plain_label(self.tr("主管修改微信会员卡"))
        title.setFont(scaled_font(self.font(), 1.15, bold=True))
        self._pages = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self._message)
        layout.addLayout(self._pages, 1)  # before its pages: it shows the first one at once
        for page in (self._form, self._review):
            scroll = QScrollArea()
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidgetResizable(True)
            scroll.setWidget(page)
            self._pages.addWidget(scroll)
        buttons = QHBoxLayout()
        buttons.addWidget(self._close)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self._next)
        layout.addLayout(buttons)

    def _show_stage(self, change: ChangeView, before: ChangeView | None) -> None:
        stage = change.stage
        editing, sending = stage is ChangeStage.EDIT, stage is ChangeStage.SENDING
        if sending:
            self.setFocus()  # or a disabled field would hand the next Enter to the scan field
        said = in_lines(change.message, support_code_text(change.support_code))
        self._say(self.tr("正在修改…") if sending else said, wrong=change.wrong)
        self._pages.setCurrentIndex(0 if editing else 1)
        if editing:
            self._form.show_problems(dict(change.problems))
        else:
            self._review.show_lines(change)
        self._next.setText(self.tr("核对") if editing else self.tr("确认修改"))
        self._next.setVisible(stage is not ChangeStage.DONE)
        self._back.setVisible(stage is ChangeStage.REVIEW)
        self._close.setText(self.tr("关闭") if stage is ChangeStage.DONE else self.tr("取消"))
        for part in (self._next, self._back, self._close, self._review.who, self._review.pin):
            part.setEnabled(not sending)
        if not sending:
            self._review.pin.setText("")  # a secret is not left in a field

    def _say(self, words: str, *, wrong: bool) -> None:
        self._message.setObjectName("failure" if wrong else "helps")
        restyle(self._message)
        self._message.setText(words)
        self._message.setVisible(bool(words))

    def _focus(self, change: ChangeView, before: ChangeView | None) -> None:
        if before is not None and before.stage is change.stage:
            return
        match change.stage:
            case ChangeStage.EDIT:
                self._form.first().setFocus()
            case ChangeStage.REVIEW:
                (self._review.pin if self._review.who.text() else self._review.who).setFocus()
            case ChangeStage.DONE:
                self._close.setFocus()

    def _go_on(self) -> None:
        if self._change is None:
            return
        if self._change.stage is ChangeStage.EDIT:
            self.review_asked.emit(self._form.change())
        elif self._change.stage is ChangeStage.REVIEW:
            who, pin = self._review.who.text().strip(), self._review.pin.text()
            if not who or not pin:  # nothing that could be right, so no try of the few there are
                (self._review.pin if who else self._review.who).setFocus()
                return
            self._review.pin.setText("")
            self.confirmed.emit(who, pin)

    def _forget(self) -> None:
        self.hide()
        self._form.forget()
        self._review.forget()
        self._message.clear()


def staff_number(scanned: str) -> str:
    """The staff number of a badge; "" for what is none. A payment code is shown nowhere."""
    number = clean(scanned)
    is_kept = classify(number).problem not in NEVER_KEPT
    return number if is_staff_number(number) and is_kept else ""


class _Review(QWidget):
    """Before and after, and who confirms it."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.who, self.pin = PlainLineEdit(), PlainLineEdit()
        self.who.setPlaceholderText(self.tr("主管工号"))
        self.who.setAccessibleName(self.tr("主管工号"))
        self.pin.setPlaceholderText(self.tr("主管密码"))
        self.pin.setAccessibleName(self.tr("主管密码"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._sign = QWidget()
        sign = QHBoxLayout(self._sign)
        sign.setContentsMargins(0, 0, 0, 0)
        sign.addWidget(self.who)
        sign.addWidget(self.pin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addLayout(self._grid)
        layout.addSpacing(8)
        layout.addWidget(self._sign)
        layout.addStretch(1)

    def show_lines(self, change: ChangeView) -> None:
        """Show what changes; when it is done, what was kept otherwise."""
        done = change.stage is ChangeStage.DONE
        while len(self._lines) < len(change.lines):
            self._lines.append(self._make_line())
        for number, (name, text) in enumerate(self._lines):
            line = change.lines[number] if number < len(change.lines) else None
            name.setText(line.name if line is not None else "")
            text.setText(self._text(line, done=done) if line is not None else "")
            name.setVisible(line is not None)
            text.setVisible(line is not None)
        self._sign.setVisible(not done)

    def forget(self) -> None:
        """Keep nothing of a member, nor a secret."""
        for line in self._lines:
            for label in line:
                label.clear()
        self.who.setText("")
        self.pin.setText("")

    def _text(self, line: ChangeLine, *, done: bool) -> str:
        if not done:
            return breakable(f"{line.before} → {line.after}")
        text = self.tr("填写 {before}，保存为 {after}")
        return breakable(text.format(before=line.before, after=line.after))

    def _make_line(self) -> tuple[QLabel, QLabel]:
        name, text = plain_label(muted=True), plain_label(wrap=True)
        text.setFont(scaled_font(self.font(), 1.0, bold=True))
        row = len(self._lines)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(text, row, 1)
        return name, text
