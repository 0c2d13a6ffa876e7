"""8.8 typed as an amount beside a large order may be meant as 8.8折: that is asked, once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from posmember.domain.money import Money
    from posmember.ui.panels.order_numbers import OrderNumbers

_FOLD = re.compile(r"[1-9]\.[1-9]")
_LARGE = 3
"""An order of at least so many times the amount is large beside it."""


class DiscountQuestion(QObject):
    """Watches the order's numbers; the first answer keeps what was typed."""

    changed = Signal()
    """There is a question now, or none any more."""

    def __init__(self, numbers: OrderNumbers) -> None:
        super().__init__()
        self._numbers = numbers
        self._asked_for = ""
        self._is_open = False
        numbers.discount.editingFinished.connect(self._ask)
        numbers.changed.connect(self._look)

    def words(self) -> tuple[str, tuple[str, str]] | None:
        """Return the question and its answers; None where nothing is asked."""
        from posmember.ui.messages import money_text

        meant, typed = self._meant(), self._numbers.discount.amount()
        if not self._is_open or meant is None or typed is None:
            return None
        fold = self._asked_for
        question = self.tr("已优惠 {amount}，还是打 {fold} 折？")
        return question.format(amount=money_text(typed), fold=fold), (
            self.tr("是 {amount}").format(amount=money_text(typed)),
            self.tr("打 {fold} 折，优惠 {meant}").format(fold=fold, meant=money_text(meant)),
        )

    def answer(self, place: int) -> None:
        """Take an answer: 1 is that a discount was meant."""
        meant = self._meant()
        self._is_open = False
        if place and meant is not None:
            self._numbers.discount.setText(meant.text())
        self.changed.emit()

    def _ask(self) -> None:
        text = self._numbers.discount.text().strip()
        if text == self._asked_for or self._meant() is None:
            return
        self._asked_for, self._is_open = text, True
        self.changed.emit()

    def _look(self) -> None:
        """What was asked about may be gone."""
        text = self._numbers.discount.text().strip()
        if text != self._asked_for:
            self._asked_for = ""
            if self._is_open:
                self._is_open = False
                self.changed.emit()

    def _meant(self) -> Money | None:
        """What such a discount would take off the order; None where it can hardly be meant."""
        from posmember.domain.money import Money

        text, amount = self._numbers.discount.text().strip(), self._numbers.amount.amount()
        typed = self._numbers.discount.amount()
        if amount is None or typed is None or not _FOLD.fullmatch(text):
            return None
        if amount.fen < _LARGE * typed.fen:
            return None
        tenths = 100 - int(text.replace(".", ""))
        return Money((amount.fen * tenths + 50) // 100)
