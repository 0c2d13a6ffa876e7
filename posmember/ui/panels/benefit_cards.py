"""付费权益卡: each with its verdict, in the member's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from posmember.ui.widgets.labels import plain_label
from posmember.ui.widgets.marks import MarkWidget

if TYPE_CHECKING:
    from datetime import date, datetime

    from posmember.domain.rules.assessment import AssessedBenefitCard

_MOST_CARDS = 3


class BenefitCards(QWidget):
    """The first few cards, one a line, and how many more there are."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[AssessedBenefitCard, ...], date | None] = ((), None)
        self._lines: list[tuple[MarkWidget, QLabel]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row in range(_MOST_CARDS):
            mark, label = MarkWidget(), plain_label(wrap=True)
            mark.stand_at_first_line()
            grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, row, 1)
            self._lines.append((mark, label))
        self._more = plain_label(muted=True)
        grid.addWidget(self._more, _MOST_CARDS, 1)
        self.hide()

    def show_cards(self, cards: tuple[AssessedBenefitCard, ...], now: datetime) -> None:
        """Show cards in the order they are given.

        Args:
            now: when their verdicts were made; aware, +08:00.
        """
        shown = cards, now.date()  # 明天 is said of another day after midnight
        if shown == self._shown:
            return
        self._shown = shown
        for number, (mark, label) in enumerate(self._lines):
            card = cards[number] if number < len(cards) else None
            mark.setVisible(card is not None)
            label.setVisible(card is not None)
            self._say(mark, label, card, now)
        more = len(cards) - _MOST_CARDS
        self._more.setText(self.tr("另有 {count} 张权益卡").format(count=more) if more > 0 else "")
        self._more.setVisible(more > 0)
        self.setVisible(bool(cards))

    def forget(self) -> None:
        """Keep nothing of a member; the panel is out of sight, so nothing is hidden for it."""
        self._shown = (), None
        for _, label in self._lines:
            label.clear()
        self._more.clear()

    def _say(
        self, mark: MarkWidget, label: QLabel, card: AssessedBenefitCard | None, now: datetime
    ) -> None:
        from posmember.ui.models.cards import benefit_card_text
        from posmember.ui.widgets.cards.layout import VERDICT_MARKS

        if card is None:
            label.clear()
            return
        mark.set_mark(*VERDICT_MARKS[card.eligibility.verdict])
        label.setText(benefit_card_text(card, now))
