"""付费权益卡: each with its verdict, two lines in the person's row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posmember.ui.widgets.labels import ElidedLabel, plain_label, show_silently
from posmember.ui.widgets.marks import MarkWidget
from posmember.ui.wording.plain import joined

if TYPE_CHECKING:
    from datetime import date, datetime

    from posmember.domain.rules.assessment import AssessedBenefitCard

_LINES = 2
_LEAST_WIDTH, _NARROW_LEAST = 88, 40


class BenefitLines(QWidget):
    """The first card and how many more there are, or two; all of them in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[AssessedBenefitCard, ...], date | None, bool] = ((), None, False)
        self._lines: list[tuple[MarkWidget, ElidedLabel]] = []
        self._said = ""
        self._first: QHBoxLayout | None = None
        self._head = plain_label(self.tr("权益卡"))
        self._head.setObjectName("small")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self._rows = rows
        rows.addStretch(1)
        rows.addWidget(self._head)
        for _line in range(_LINES):
            mark, label = MarkWidget(), ElidedLabel(told=False)
            label.setMinimumWidth(_LEAST_WIDTH)
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(mark)
            line.addWidget(label, 1)
            rows.addLayout(line)
            self._lines.append((mark, label))
            self._first = self._first or line
        rows.addStretch(1)

    def set_narrow(self, *, narrow: bool) -> None:
        """Have the word in the first line, or above it."""
        assert self._first is not None
        self._rows.removeWidget(self._head)
        self._first.removeWidget(self._head)
        for _mark, label in self._lines:
            label.setMinimumWidth(_NARROW_LEAST if narrow else _LEAST_WIDTH)
        if narrow:
            self._first.insertWidget(0, self._head)
        else:
            self._rows.insertWidget(1, self._head)

    def show_cards(
        self, cards: tuple[AssessedBenefitCard, ...], now: datetime, checking: bool
    ) -> None:
        """Show cards in the order they are given.

        Args:
            now: when their verdicts were made; aware, +08:00.
            checking: whether an answer that the verdicts need is under way.
        """
        shown = cards, now.date(), checking  # 明天 is said of another day after midnight
        if shown == self._shown:
            return
        self._shown = shown
        said = [self._sentence(card, now, checking=checking) for card in cards]
        more = len(cards) - 1 if len(cards) > _LINES else 0
        for number, (mark, label) in enumerate(self._lines):
            counts = bool(more) and number == _LINES - 1
            card = cards[number] if number < len(cards) and not counts else None
            self._say(mark, label, card, checking=checking)
            if counts:
                label.set_text(self.tr("另 {count} 张").format(count=more))
        if not cards:
            self._lines[0][1].set_text("—")
        show_silently(self, "\n".join(said))
        self._tell(joined(said))

    def said(self) -> str:
        """Return all that is said of all cards."""
        return self._said

    def forget(self) -> None:
        """Keep nothing of a member."""
        self._shown = (), None, False
        for mark, label in self._lines:
            mark.hide()
            label.set_text("")
        self.setToolTip("")
        self._tell("")

    def _tell(self, said: str) -> None:
        """Have a screen reader hear all of it behind the word, and the lines not once more."""
        self._said = said
        self._head.setAccessibleName(" ".join(filter(None, (self._head.text(), said))))

    def _sentence(self, card: AssessedBenefitCard, now: datetime, *, checking: bool) -> str:
        from posmember.ui.messages import checking_text, one_line
        from posmember.ui.models.cards import benefit_card_text

        if checking:
            return f"{checking_text()} {one_line(card.card.name)}"
        return benefit_card_text(card, now)

    def _say(
        self,
        mark: MarkWidget,
        label: ElidedLabel,
        card: AssessedBenefitCard | None,
        *,
        checking: bool,
    ) -> None:
        from posmember.ui.messages import one_line
        from posmember.ui.widgets.rows.places import VERDICT_MARKS

        mark.setVisible(card is not None)
        label.set_text(one_line(card.card.name) if card is not None else "")
        if card is not None:
            verdict = None if checking else card.eligibility.verdict
            mark.set_mark(*VERDICT_MARKS[verdict])
