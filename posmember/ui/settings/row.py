"""A row of a form: a name, something to type or choose, what it is for, what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from posmember.ui.capture.key_events import ENTER_KEYS
from posmember.ui.theme import restyle
from posmember.ui.widgets.fields import PlainLineEdit
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.plain import breakable

FIELD_HEIGHT = 40
NAME_WIDTH = 232
_NARROWEST, _WIDEST = 180, 640


class FormRow(QWidget):
    """Says what is wrong with it below; never by its colour alone.

    Args:
        editor: what is typed into or chosen from.
        help_text: what it is for; "" where that goes without saying.
        unit: of what is typed, or "".
    """

    edited = Signal()
    """A person has changed it."""
    entered = Signal()
    """A person is done with it: Enter."""

    def __init__(self, name: str, editor: QWidget, help_text: str = "", unit: str = "") -> None:
        super().__init__()
        self.name, self.editor = name, editor
        self._said = self._meant = ""
        self._problem, self._help = plain_label(wrap=True), plain_label(muted=True, wrap=True)
        self._problem.setObjectName("failure")
        editor.setMinimumHeight(FIELD_HEIGHT)
        editor.setAccessibleName(name)
        editor.installEventFilter(self)
        self.setFocusProxy(editor)
        title = plain_label(name, wrap=True)
        title.setFixedWidth(NAME_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(8)
        editor.setMinimumWidth(_NARROWEST)  # where there is no room for that, the page scrolls
        editor.setMaximumWidth(_WIDEST)
        row.addWidget(editor, _WIDEST)
        if unit:
            row.addWidget(plain_label(unit, muted=True))
        row.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(title, 0, 0)
        grid.addLayout(row, 0, 1)
        grid.addWidget(self._problem, 1, 1)
        grid.addWidget(self._help, 2, 1)
        self._problem.hide()
        self.explain(help_text)

    def explain(self, help_text: str) -> None:
        """Say what it is for."""
        self._meant = help_text
        self._help.setText(breakable(help_text))
        self._help.setVisible(bool(help_text))
        self._describe()

    def say_problem(self, words: str) -> None:
        """Say what is wrong with it; "" where nothing is."""
        self._said = words
        self._problem.setText(breakable(words))
        self._problem.setVisible(bool(words))
        self._describe()
        if bool(self.editor.property("problem")) != bool(words):
            self.editor.setProperty("problem", bool(words))
            restyle(self.editor)

    def said(self) -> str:
        """Return what it says to be wrong."""
        return self._said

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take Enter before the editor does, as a field keeps it; held down it counts once."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in ENTER_KEYS:
            return False
        if not event.isAutoRepeat():
            self.entered.emit()
        return True

    def _describe(self) -> None:
        self.editor.setAccessibleDescription(self._said or self._meant)


class TextRow(FormRow):
    """A row to type into.

    Args:
        secret: whether nobody may see what is typed.
    """

    def __init__(
        self,
        name: str,
        help_text: str = "",
        *,
        secret: bool = False,
        field: QLineEdit | None = None,
        unit: str = "",
    ) -> None:
        self.field = field or PlainLineEdit()
        self.secret = secret
        super().__init__(name, self.field, help_text, unit)
        if secret:
            self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.textEdited.connect(lambda _text: self.edited.emit())

    def text(self) -> str:
        """Return what was typed."""
        return self.field.text()

    def put_text(self, text: str) -> None:
        """Put a text in, as if it was typed."""
        self.field.setText(text)
        self.edited.emit()

    def forget(self) -> None:
        """Keep nothing, nor what undo would bring back."""
        self.field.setText("")
        self.say_problem("")


def empty_secrets(page: QWidget) -> bool:
    """Empty the secret rows in sight on a page, also of what undo would bring back.

    Returns:
        Whether any held something.
    """
    rows = [row for row in page.findChildren(TextRow) if row.secret and row.isVisibleTo(page)]
    held = [row for row in rows if row.text()]
    for row in held:
        row.forget()
    return bool(held)
