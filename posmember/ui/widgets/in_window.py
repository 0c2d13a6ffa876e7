"""A page in the window's place: what lies beneath is hidden, and no key reaches it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from posmember.ui.theme import restyle
from posmember.ui.widgets.labels import plain_label, scaled_font
from posmember.ui.widgets.touch import scroll_by_finger

BUTTON_HEIGHT = 44
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_LET_THROUGH = (
    (Qt.Key.Key_Escape, _NONE), (Qt.Key.Key_F5, _NONE), (Qt.Key.Key_F9, _NONE),
    (Qt.Key.Key_F1, _SHIFT),
)  # fmt: skip
"""Keys of the window that mean the same here: one step back, ask again, the scanner check, support.
"""


class InWindow(QFrame):
    """Hidden at first. A title, one message, what subclasses put into `body`, a row of buttons.

    Not modal: scans come to whoever asks for them, and closing the window closes it.

    Args:
        window: owns it.
    """

    def __init__(self, window: QMainWindow, title: str) -> None:
        super().__init__(window)
        self._window = window
        self._focus_before: QWidget | None = None
        self.setObjectName("sheet")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.title, self._message = plain_label(title), plain_label(wrap=True)
        self.title.setFont(scaled_font(self.font(), 1.3, bold=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 16, 24, 16)
        rows.setSpacing(12)
        rows.addWidget(self.title)
        rows.addWidget(self._message)
        rows.addLayout(self.body, 1)
        rows.addLayout(self.buttons)
        self._message.hide()
        window.installEventFilter(self)
        self.hide()

    def open_page(self) -> None:
        """Lie in the window's place."""
        if self.is_open():
            return
        self._focus_before = self._window.focusWidget()  # also while another program is in front
        self._show_beneath(on=False)
        self._place()
        self.raise_()
        self.show()

    def close_page(self) -> None:
        """Give the window its place back, and the keyboard to where it was."""
        if not self.is_open():
            return
        self.say("")
        self.hide()
        self._show_beneath(on=True)
        before, self._focus_before = self._focus_before, None
        if before is not None and isValid(before):
            before.setFocus()

    def is_open(self) -> bool:
        """Return whether it lies in the window's place."""
        return not self.isHidden()

    def add_buttons(self, first: QPushButton, *others: QPushButton) -> None:
        """Add the buttons: the first at the right end, where Tab comes to it first."""
        *beside, last = others
        self.buttons.addWidget(last)
        self.buttons.addStretch(1)
        for button in (*reversed(beside), first):
            self.buttons.addWidget(button)
        for one, next_one in pairwise((first, *others)):
            QWidget.setTabOrder(one, next_one)

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say one thing above all else; "" for nothing."""
        self._message.setObjectName("failure" if wrong else "helps")
        restyle(self._message)
        self._message.setText(words)
        self._message.setVisible(bool(words))
        self._message.setAccessibleName(words)

    def said(self) -> str:
        """Return what it says above all else."""
        return self._message.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.is_open():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if (event.key(), event.modifiers()) not in _LET_THROUGH:
                event.accept()  # a key of the window beneath is none here
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let nothing that is struck here come to the window beneath; Enter presses a button."""
        event.accept()
        focused = QApplication.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.isAutoRepeat() and isinstance(focused, QPushButton):
            focused.click()

    def focusNextPrevChild(self, next_one: bool, /) -> bool:
        """Go round among the widgets of this page alone."""
        here = [each for each in self._in_tab_order() if self._takes_focus(each)]
        if not here:
            return True
        now = QApplication.focusWidget()
        place = here.index(now) if now in here else (-1 if next_one else 0)
        reason = Qt.FocusReason.TabFocusReason if next_one else Qt.FocusReason.BacktabFocusReason
        here[(place + (1 if next_one else -1)) % len(here)].setFocus(reason)
        return True

    def _in_tab_order(self) -> list[QWidget]:
        found, each = [], self.nextInFocusChain()
        while each is not None and each is not self:
            if self.isAncestorOf(each):
                found.append(each)
            each = each.nextInFocusChain()
        return found

    def _takes_focus(self, widget: QWidget) -> bool:
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return by_tab and widget.isVisible() and widget.isEnabled() and not widget.focusProxy()

    def _show_beneath(self, *, on: bool) -> None:
        beneath = self._window.centralWidget()
        if beneath is not None:
            beneath.setVisible(on)

    def _place(self) -> None:
        self.setGeometry(self._window.rect())


def wide_button(text: str) -> QPushButton:
    """Make a button that stands alone, as high as a finger needs."""
    button = QPushButton(text)
    button.setMinimumSize(104, BUTTON_HEIGHT)
    button.setAutoDefault(False)
    return button


class ScrolledPage(QScrollArea):
    """Scrolls where there is no room for all of a page: by wheel, finger, and after the keyboard.

    Args:
        name: what a screen reader says of it.
    """

    def __init__(self, content: QWidget, name: str) -> None:
        super().__init__()
        self._content = content
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setWidget(content)
        scroll_by_finger(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._show_focused)

    def _show_focused(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the keyboard in sight, with what is said of it below."""
        if now is not None and self._content.isAncestorOf(now):
            row = now.parentWidget()
            self.ensureWidgetVisible(row if row is not self._content and row is not None else now)
            self.ensureWidgetVisible(now)
