"""One line to the cashier: what happened and what to do. Never modal, always in its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from posmember.ui.theme import restyle
from posmember.ui.widgets.labels import make_plain, own_label
from posmember.ui.widgets.marks import Mark, MarkWidget

if TYPE_CHECKING:
    from posmember.ui.view.screen import Hint

_LOOKS = {
    "info": (Mark.DISC, "accent"),
    "warning": (Mark.TRIANGLE, "check"),
    "error": (Mark.TRIANGLE, "error"),
}


class HintLine(QFrame):
    """Shows a `Hint`: its severity by colour, shape and word, its text and its support code.

    A question has its answers behind it, as buttons; it waits for nobody.

    Args:
        idle: what the line says while there is nothing to say, or "".
    """

    answered = Signal(int)
    """The place of the answer, from 0."""

    def __init__(self, idle: str = "") -> None:
        super().__init__()
        self.setObjectName("hint")
        self._idle = idle
        self._mark = MarkWidget()
        self._text = own_label(wrap=True)
        self._code = own_label(muted=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._code)
        self._layout = layout
        self._buttons: list[QPushButton] = []
        self._severity = ""
        self.setProperty("severity", "")
        self._text.setText(idle)
        self._mark.hide()

    def text(self) -> str:
        """Return what the line says."""
        return self._text.text()

    def show_hint(self, hint: Hint | None) -> None:
        """Show a hint, or the idle text for None."""
        from posmember.ui.messages import support_code_text

        make_plain(self._text)
        severity = hint.severity.value if hint is not None else ""
        words = {
            "warning": self.tr("注意：{text}"),
            "error": self.tr("出错：{text}"),
        }
        text = hint.text if hint is not None else self._idle
        self._text.setText(words.get(severity, "{text}").replace("{text}", text))
        code = hint.support_code if hint is not None else ""
        self._code.setText(support_code_text(code))
        self.setAccessibleName(self._text.text())
        self._set_severity(severity)
        self._offer(hint.answers if hint is not None else ())

    def answers(self) -> list[str]:
        """Return the answers that are offered."""
        return [button.text() for button in self._buttons]

    def _offer(self, answers: tuple[str, ...]) -> None:
        if list(answers) == self.answers():
            return
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()  # now, not when Qt comes round to it
            button.deleteLater()
        self._buttons = [QPushButton(answer) for answer in answers]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(partial(self.answered.emit, place))
            self._layout.insertWidget(2 + place, button)

    def _set_severity(self, severity: str) -> None:
        self._mark.setVisible(bool(severity))
        if severity == self._severity:
            return
        self._severity = severity
        if severity:
            self._mark.set_mark(*_LOOKS[severity])
        self.setProperty("severity", severity)
        for widget in (self, self._text):
            restyle(widget)


class WarningLine(QFrame):
    """A line that stays: a warning about how the program is set up; "" hides it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setObjectName("hint")
        self.setProperty("severity", "warning")
        mark = MarkWidget()
        mark.set_mark(*_LOOKS["warning"])
        self._label = own_label(wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(8)
        layout.addWidget(mark)
        mark.show()  # not before it has its place: it would be a window of its own
        layout.addWidget(self._label, 1)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show the warning, or nothing."""
        if text:
            make_plain(self._label)
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
