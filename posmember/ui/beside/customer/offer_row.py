"""One coupon on the customer's screen: its value, what it is, until when, what it saves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from posmember.ui.beside.customer.big_text import BigText
from posmember.ui.beside.customer.content import Offer
from posmember.ui.beside.customer.sizes import Sizes
from posmember.ui.theme import restyle

_VALUE_LETTERS = 4
"""As wide as so many Chinese ones is the column of values."""
NO_OFFER = Offer("", "", "")


class OfferRow(QFrame):
    """Shows an `Offer`; what is suggested stands out by its ground, its star and its saving."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("offer")
        self._shown, self._sizes = NO_OFFER, Sizes()
        self._value = BigText("usable", bold=True)
        self._value.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._title = BigText(bold=True)
        self._until = BigText("muted")
        self._saving = BigText("accent", bold=True, align=Qt.AlignmentFlag.AlignRight)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._until)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._value)
        self._right = QHBoxLayout()
        self._right.addLayout(words, 3)
        self._right.addWidget(self._saving, 2)
        self._row.addLayout(self._right, 1)

    def fit(self, sizes: Sizes) -> None:
        """Write in these sizes; where there is little width, the saving has a line of its own."""
        self._sizes, narrow = sizes, sizes.is_high
        directions = QBoxLayout.Direction
        self._right.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._right.setSpacing(0 if narrow else sizes.space)
        sides = Qt.AlignmentFlag
        self._saving.set_align(sides.AlignLeft if narrow else sides.AlignRight)
        self._value.set_sizes(sizes.value, sizes.least)
        self._value.setFixedWidth(_VALUE_LETTERS * sizes.value)
        self._title.set_sizes(sizes.title, sizes.least)
        self._until.set_sizes(sizes.least, sizes.least)
        self._saving.set_sizes(sizes.title, sizes.least)
        self._row.setContentsMargins(sizes.space, sizes.space // 4, sizes.space, sizes.space // 4)
        self._row.setSpacing(sizes.space)
        self.setFixedHeight(self.needed(self._shown))

    def needed(self, offer: Offer) -> int:
        """Return how high it is for an offer, in pixels."""
        lines = self._title.height() + self._until.height()
        if self._sizes.is_high and offer.saving:
            lines += self._saving.height()
        return lines + self._sizes.space // 2 + 2

    def show_offer(self, offer: Offer) -> None:
        """Show an offer; `NO_OFFER` keeps nothing of one before."""
        if offer == self._shown:
            return
        self._shown = offer
        times = f" ×{offer.count}" if offer.count > 1 else ""
        star = "★ " if offer.is_suggested else ""
        self._value.set_text(offer.value)
        self._title.set_text(f"{star}{offer.title}{times}")
        self._until.set_text(offer.until)
        self._saving.set_text(offer.saving)
        self._saving.setVisible(bool(offer.saving))
        self.setFixedHeight(self.needed(offer))
        self.setProperty("look", "suggested" if offer.is_suggested else "")
        restyle(self)
