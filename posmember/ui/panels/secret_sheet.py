"""账号密码 and 实体卡: a member is identified by a secret. Not modal, and nothing of it stays."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from posmember.domain.identifier import AccountLogin, IdentifierKind, PhysicalCard
from posmember.scanning.cleaning import clean, clean_as_given
from posmember.scanning.identifier import classify
from posmember.ui.messages import identifier_problem_text, in_lines, support_code_text
from posmember.ui.theme import restyle
from posmember.ui.view.screen import Hint, Severity
from posmember.ui.widgets.labels import plain_label, scaled_font
from posmember.ui.widgets.private_field import PrivateField
from posmember.ui.widgets.segments import Segments

IDLE_MS: Final = 60_000
"""So long nobody types, and it is closed with all that was typed."""
_ACCOUNT, _CARD = "account", "card"
_WIDTH, _FIELD_HEIGHT = 460, 44
_BESIDE: Final = 8
"""What of the window it leaves free at least, on each side."""


class SecretSheet(QFrame):
    """Asks for a number and the secret that goes with it.

    While it asks, a scan is a card's number or inner number, or it is refused with a word.

    Args:
        window: owns it, and it lies over the middle of it.
    """

    submitted = Signal(object)
    """The `AccountLogin` or `PhysicalCard` to identify somebody by."""
    closed = Signal()
    """It was closed: nobody is to be identified any more."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focus_before: QWidget | None = None
        self._is_waiting = False
        self.setObjectName("sheet")
        self.setAccessibleName(self.tr("账号密码或实体卡"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = ((_ACCOUNT, self.tr("账号密码")), (_CARD, self.tr("实体卡")))
        self._kinds = Segments(words, self.tr("识别方式"))
        self.number, self.secret = PrivateField(), PrivateField(secret=True)
        self._message = plain_label(wrap=True)
        self._go, self._cancel = QPushButton(self.tr("识别")), QPushButton(self.tr("取消"))
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._lay_out()
        self._connect()
        self._name_fields()
        window.installEventFilter(self)
        self.hide()

    def open_sheet(self) -> None:
        """Open it, blank, with the keyboard in its first field."""
        if not self.is_open():
            self._focus_before = QApplication.focusWidget()
        self._begin()
        self.show()
        self._place()
        self.raise_()
        self.number.setFocus()

    def close_sheet(self) -> None:
        """Close it, forget all that was typed, and put the keyboard back where it was."""
        if not self.is_open():
            return
        self._idle.stop()
        self._forget()
        self._is_waiting = False
        had_keyboard = self._has_keyboard()
        self.hide()
        before, self._focus_before = self._focus_before, None
        if had_keyboard and before is not None and isValid(before):
            before.setFocus()
        self.closed.emit()

    def change_kind(self) -> None:
        """Ask for the other kind of secret; not while the platform is being asked."""
        if self.asks_secret():
            self._kinds.choose(_CARD if self._kinds.value() == _ACCOUNT else _ACCOUNT)

    def is_open(self) -> bool:
        """Return whether it is in sight."""
        return not self.isHidden()

    def asks_secret(self) -> bool:
        """Return whether it waits for somebody to type."""
        return self.is_open() and not self._is_waiting

    def take_scan(self, text: str) -> None:
        """Take a scan while it asks: a card's number, its inner number, or nothing anybody gets.

        Args:
            text: "" for one that was not read whole.
        """
        self._idle.start()
        if self._kinds.value() == _ACCOUNT:
            self._say(self.tr("没有查询：正在输入密码；要扫会员码，请先按 Esc"))
        elif self.number.text() and not self.number.hasFocus():
            self._take_inner_number(text)
        else:
            self._take_card_number(text)

    def show_waiting(self, words: str = "") -> None:
        """Show that the platform is being asked; the secret is gone from here already."""
        self._is_waiting = True
        self.setFocus()  # or a disabled field would hand the next Enter to the scan field
        self._enable()
        self._say(words or self.tr("正在核对…"), wrong=bool(words))

    def show_failure(self, hint: Hint) -> None:
        """Say why nobody was identified; the number stays, to be tried again."""
        self._is_waiting = False
        self._enable()
        self._idle.start()
        said = in_lines(hint.text, support_code_text(hint.support_code))
        self._say(said, wrong=hint.severity is not Severity.INFO)
        if self._has_keyboard():
            self.secret.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.is_open():
            self._place()
        return False

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is self or (focused is not None and self.isAncestorOf(focused))

    # --- what is typed and scanned --------------------------------------------------------------

    def _take_card_number(self, text: str) -> None:
        if not text:
            self._say(self.tr("没有读全，请再刷一次卡"))
            return
        problem = classify(text, IdentifierKind.CARD_NUMBER).problem
        if problem is not None:
            self._say(identifier_problem_text(problem))
            return
        self.number.setText(clean_as_given(text))
        self._say("")
        self.secret.setFocus()

    def _take_inner_number(self, text: str) -> None:
        inner = clean_as_given(text)
        if not inner or len(inner) > self.secret.maxLength():
            self._say(self.tr("没有读全，请再刷一次卡"))
            return
        self.secret.setText(inner)
        self._submit()

    def _submit(self) -> None:
        """Have somebody identified, where there is what it takes."""
        number = self.number.text()
        is_account = self._kinds.value() == _ACCOUNT
        found = classify(
            number, IdentifierKind.MOBILE if is_account else IdentifierKind.CARD_NUMBER
        )
        if found.problem is not None:
            words = self.tr("请先输入手机号") if is_account else self.tr("请先输入卡号")
            self._say(identifier_problem_text(found.problem, found) if number.strip() else words)
            self.number.setFocus()
            return
        if not self.secret.text():  # nothing that could be right, so no try of the few there are
            self.secret.setFocus()
            return
        self._idle.stop()
        self.show_waiting()
        if is_account:
            self.submitted.emit(AccountLogin(clean(number), self.secret.take()))
        else:
            inner = clean_as_given(self.secret.take())
            self.submitted.emit(PhysicalCard(clean_as_given(number), inner))

    def _choose_kind(self) -> None:
        self._begin()
        self.number.setFocus()

    def _begin(self) -> None:
        self._forget()
        self._is_waiting = False
        self._enable()
        self._name_fields()
        self._idle.start()

    def _forget(self) -> None:
        self.number.forget()
        self.secret.forget()
        self._message.clear()

    # --- how it looks ---------------------------------------------------------------------------

    def _name_fields(self) -> None:
        if self._kinds.value() == _ACCOUNT:
            self.number.set_name(self.tr("手机号"))
            self.secret.set_name(self.tr("会员密码，请顾客输入"))
        else:
            self.number.set_name(self.tr("卡号，刷卡或输入"))
            self.secret.set_name(self.tr("内部卡号，刷卡或输入"))

    def _enable(self) -> None:
        for part in (self._kinds, self.number, self.secret, self._go):
            part.setEnabled(not self._is_waiting)

    def _say(self, words: str, *, wrong: bool = True) -> None:
        self._message.setObjectName("failure" if wrong else "helps")
        restyle(self._message)
        self._message.setText(words)
        self._message.setVisible(bool(words))
        self._place()
        if words and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _lay_out(self) -> None:
        title = plain_label(self.tr("顾客用密码或实体卡识别"))
        title.setFont(scaled_font(self.font(), 1.15, bold=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        for part in (title, self._kinds, self.number, self.secret, self._message):
            layout.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        layout.addLayout(buttons)
        for field in (self._kinds, self.number, self.secret):
            field.setFixedHeight(_FIELD_HEIGHT)
        for button in (self._go, self._cancel):
            button.setMinimumHeight(_FIELD_HEIGHT)
        self._message.hide()

    def _connect(self) -> None:
        self._kinds.chosen.connect(self._choose_kind)
        self.number.returnPressed.connect(self.secret.setFocus)
        self.secret.returnPressed.connect(self._submit)
        self._go.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.close_sheet)
        self._idle.timeout.connect(self.close_sheet)
        for field in (self.number, self.secret):
            field.textEdited.connect(self._idle.start)

    def _place(self) -> None:
        """Lie in the middle of the window, as high as it needs, if there is the room."""
        area = self._window.rect()
        width = min(_WIDTH, area.width() - 2 * _BESIDE)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
        self.resize(width, min(height, area.height()))
        self.move((area.width() - width) // 2, max(0, (area.height() - self.height()) // 2))
