"""Row C: the coupon to use and what is nearly usable; and the one place of messages.

A message stands in the place of the suggestion and moves nothing. Information leaves by itself, a
warning with the next thing that is done, a question when it is answered or no longer asked.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from posmember.ui.theme import restyle
from posmember.ui.widgets.marks import Mark, MarkWidget

if TYPE_CHECKING:
    from posmember.ui.panels.suggestion import SuggestionLine
    from posmember.ui.view.screen import Hint, View
    from posmember.ui.widgets.fitted_label import FittedLabel

HEIGHT = 44
_NARROW_HEIGHT = 84
INFO_MS = 4000
_BUTTON_HEIGHT = 36
_LOOKS = {
    "info": (Mark.DISC, "accent"),
    "warning": (Mark.TRIANGLE, "check"),
    "error": (Mark.TRIANGLE, "error"),
}


class SayRow(QFrame):
    """Says one thing at a time: a message, else what is waited for, else what to use."""

    answered = Signal(int)
    """The place of the answer to a question, from 0."""
    copy_requested = Signal(str)
    """The suggested code is to be copied."""
    code_requested = Signal()
    """The suggested code is wanted large."""
    hand_over_requested = Signal(str)
    """The suggested code is to be typed into the till."""
    announced = Signal(str)
    """Something new is said, for those who do not see it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("say")
        self.setProperty("look", "")
        self.setFixedHeight(HEIGHT)
        self._hint: Hint | None = None
        self._given: Hint | None = None
        self._offered, self._stays = "", False
        self._hands_over = False
        self._waiting = ""
        self._is_new = self._is_narrow = False
        self._buttons: list[QPushButton] = []
        self._suggestion: SuggestionLine | None = None
        self._text: FittedLabel | None = None
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._blank = QWidget()
        self._pages.addWidget(self._blank)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INFO_MS)
        self._timer.timeout.connect(self._leave)

    def prepare(self) -> None:
        """Make what the first paint does not need."""
        if self._suggestion is not None:
            return
        from posmember.ui.panels.suggestion import SuggestionLine

        self._suggestion = SuggestionLine()
        self._suggestion.copy_requested.connect(self.copy_requested)
        self._suggestion.code_requested.connect(self.code_requested)
        self._suggestion.hand_over_requested.connect(self.hand_over_requested)
        self._suggestion.offer_hand_over(offered=self._hands_over)
        self._pages.addWidget(self._suggestion)
        self._message = self._make_message()
        self._pages.addWidget(self._message)
        if self._is_narrow:
            self.set_narrow(narrow=True)

    # --- what comes in -------------------------------------------------------------------------

    def set_narrow(self, *, narrow: bool) -> None:
        """Have what is said in rows, for the compact window, or in one line."""
        self._is_narrow = narrow
        self.setFixedHeight(_NARROW_HEIGHT if narrow else HEIGHT)
        if self._suggestion is not None:
            self._suggestion.set_narrow(narrow=narrow)
            down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._row.setDirection(down if narrow else right)

    def show_view(self, view: View) -> None:
        """Show what a view suggests."""
        self.prepare()
        assert self._suggestion is not None
        self._is_new = self._suggestion.show_view(view) or self._is_new
        self._show()

    def show_hint(self, hint: Hint | None, offer: str = "", *, stays: bool = False) -> None:
        """Show a message until it leaves; None takes it away. The same one comes only once.

        Args:
            offer: what a key would bring back, said as long as that is so, or "".
            stays: whether it stays until it is taken away, whatever is done meanwhile.
        """
        if hint is self._given and (offer, stays) == (self._offered, self._stays):
            return
        if hint is not self._given:
            self._given, self._hint = hint, hint
            self._timer.stop()
            if hint is not None and hint.severity.value == "info" and not hint.answers:
                self._timer.start()
        self._offered, self._stays = offer, stays
        if hint is not None or offer:
            self.prepare()
        self._show()
        if self._hint is not None or offer:
            self.announced.emit(self.text())

    def show_waiting(self, text: str) -> None:
        """Say what is waited for, while nothing else is to be said; "" for nothing.

        A suggestion is something: what is still awaited, a list of gift cards, takes none back.
        """
        if text != self._waiting:
            self._waiting = text
            self.prepare()
            self._show()

    def show_copied(self, code: str) -> None:
        """Say beside the suggestion which code is on the clipboard."""
        if self._suggestion is not None:
            self._suggestion.show_copied(code)

    def offer_hand_over(self, *, offered: bool) -> None:
        """Let the suggested code be typed into the till, or not."""
        self._hands_over = offered
        if self._suggestion is not None:
            self._suggestion.offer_hand_over(offered=offered)

    def show_key(self, *, takes: bool) -> None:
        """Say whether Enter and Ctrl+C take the suggested code: where no row is selected."""
        if self._suggestion is not None:
            self._suggestion.show_key(takes=takes)

    def acted(self) -> None:
        """Know that the cashier has done something: a warning has been read."""
        if self._hint is not None and not self._hint.answers and not self._stays:
            self._leave()

    def forget(self) -> None:
        """Keep nothing of a member."""
        self._is_new = False
        if self._suggestion is not None:
            self._suggestion.forget()
        self._show()

    # --- what it says --------------------------------------------------------------------------

    def text(self) -> str:
        """Return what it says now."""
        said = self._worded(self._hint) if self._hint is not None else ""
        if said or self._offered:
            return " · ".join(text for text in (said, self._offered) if text)
        suggested = self._suggestion.text() if self._suggestion is not None else ""
        return suggested or self._waiting

    def _worded(self, hint: Hint) -> str:
        words = {
            "warning": self.tr("注意：{text}"),
            "error": self.tr("出错：{text}"),
        }
        return words.get(hint.severity.value, "{text}").replace("{text}", hint.text)

    def answers(self) -> list[str]:
        """Return the answers that are offered."""
        return [button.text() for button in self._buttons]

    def _leave(self) -> None:
        self._timer.stop()
        if self._hint is not None:
            self._hint = None
            self._show()

    def _make_message(self) -> QWidget:
        from posmember.ui.widgets.fitted_label import FittedLabel

        page = QWidget()
        self._mark, self._text = MarkWidget(), FittedLabel()
        self._row: QBoxLayout = QHBoxLayout(page)
        self._row.setContentsMargins(12, 2, 8, 2)
        self._row.setSpacing(8)
        said, self._answers = QHBoxLayout(), QHBoxLayout()
        said.addWidget(self._mark)
        said.addWidget(self._text, 1)
        self._row.addLayout(said, 1)
        self._row.addLayout(self._answers)
        for line in (said, self._answers):
            line.setSpacing(8)
        page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        return page

    def _show(self) -> None:
        hint = self._hint
        if self._suggestion is None or self._text is None:
            return
        suggested = self._suggestion.text()
        if hint is not None or self._offered or (self._waiting and not suggested):
            self._mark.setVisible(hint is not None)
            if hint is not None:
                self._mark.set_mark(*_LOOKS[hint.severity.value])
            self._text.set_text(self.text())
            self._pages.setCurrentWidget(self._message)
            look = hint.severity.value if hint is not None else "info" if self._offered else ""
        elif suggested:
            self._pages.setCurrentWidget(self._suggestion)
            look = "suggestion" if self._suggestion.is_usable() else ""
        else:
            self._pages.setCurrentWidget(self._blank)
            look = ""
        self._offer(hint.answers if hint is not None else ())
        if self.property("look") != look:
            self.setProperty("look", look)
            restyle(self)
        if self._is_new and self._pages.currentWidget() is self._suggestion:
            self._is_new = False
            self.announced.emit(self._suggestion.text())

    def _offer(self, answers: tuple[str, ...]) -> None:
        if list(answers) == self.answers():
            return
        for button in self._buttons:
            self._answers.removeWidget(button)
            button.hide()  # now, not when Qt comes round to it
            button.deleteLater()
        self._buttons = [QPushButton(answer) for answer in answers]
        for place, button in enumerate(self._buttons):
            button.setFixedHeight(_BUTTON_HEIGHT)
            button.setAutoDefault(True)  # Enter on it answers, and opens no code
            button.clicked.connect(partial(self.answered.emit, place))
            self._answers.addWidget(button)
