"""Everything that is said in row C, and who is told of it who does not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posmember.ui.panels.discount_question import DiscountQuestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.ui.panels.body import Body
    from posmember.ui.panels.order_numbers import OrderNumbers
    from posmember.ui.view.screen import Hint, View


class Messages(QObject):
    """Chooses what row C says: what is typed wrongly, what is asked, what a view has to say.

    Args:
        body: where it is said; what its pages and strips say is not said again.
        numbers: the order's fields.
    """

    answered = Signal(int)
    """The place of the answer to a view's question, from 0."""
    left = Signal()
    """What had the keyboard may be gone."""
    announced = Signal(str)
    """What a screen reader is told."""

    def __init__(self, body: Body, numbers: OrderNumbers) -> None:
        super().__init__(body)
        self._body, self._numbers = body, numbers
        self._view: View | None = None
        self._problem: Hint | None = None
        self._asked: Hint | None = None
        self._warned: Hint | None = None
        self._warned_over: tuple[int, Hint | None] = 0, None
        self._answered: Callable[[int], None] | None = None
        self._discount = DiscountQuestion(numbers)
        self._discount.changed.connect(self._ask_about_discount)
        numbers.problems_changed.connect(self._note_problem)
        numbers.offer_changed.connect(self._show)
        body.say.answered.connect(self._answer)
        body.say.announced.connect(self.announce)
        body.told.connect(self.announce)

    def show_view(self, view: View) -> None:
        """Show what a view has to say."""
        self._view = view
        self._show()

    def warn(self, words: str) -> None:
        """Say something that is about no view, until there is a newer word or another member."""
        from posmember.ui.view.screen import Hint, Severity

        self.say(Hint(Severity.WARNING, words))

    def say(self, hint: Hint, answered: Callable[[int], None] | None = None) -> None:
        """Say something that is about no view, or ask it, until there is a newer word.

        Args:
            answered: takes the place of the answer, from 0, where it is a question.
        """
        self._warned, self._warned_over = hint, self._below()
        self._answered = answered
        self._show()

    def says(self, hint: Hint) -> bool:
        """Return whether this is what was said last with `say`, and nothing came over it."""
        return self._warned is hint

    def take_back(self, hint: Hint) -> None:
        """Say it no longer, if it is said still."""
        if self.says(hint):
            self._warned = None
            self._show()

    def acted(self) -> None:
        """Know that the cashier has done something."""
        self._body.say.acted()
        if self._warned is not None and self._covers_what_stays():
            self._warned = None
            self._show()

    def announce(self, text: str) -> None:
        """Have a screen reader say something, if there is one."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        if not text:
            return
        self.announced.emit(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._body, text))

    def _show(self) -> None:
        below = self._below()
        if below != self._warned_over:
            self._warned = None
        hint = self._warned or below[1]
        stays = hint is not None and hint is self._problem
        self._body.say.show_hint(hint, self._numbers.offer(), stays=stays)

    def _below(self) -> tuple[int, Hint | None]:
        """Whose lookup it is, and what there is to say but for a warning."""
        run = self._view.run if self._view is not None else 0
        return run, self._problem or self._asked or self._hint_of_view()

    def _covers_what_stays(self) -> bool:
        _run, below = self._below()
        return below is not None and (below is self._problem or bool(below.answers))

    def _hint_of_view(self) -> Hint | None:
        hint = self._view.hint if self._view is not None else None
        if hint is None or (not hint.answers and self._body.says(hint.text)):
            return None
        return hint

    def _note_problem(self, words: str) -> None:
        from posmember.ui.view.screen import Hint, Severity

        self._problem = Hint(Severity.WARNING, words) if words else None
        self._show()

    def _ask_about_discount(self) -> None:
        from posmember.ui.view.screen import Hint, Severity

        words = self._discount.words()
        self._asked = None
        if words is not None:
            self._asked = Hint(Severity.WARNING, words[0], answers=words[1])
        self._show()

    def _answer(self, place: int) -> None:
        self.left.emit()
        asked, answered = self._warned, self._answered
        if asked is not None and asked.answers and answered is not None:
            self.take_back(asked)
            answered(place)
        elif self._asked is not None:
            self._discount.answer(place)
        else:
            self.answered.emit(place)
