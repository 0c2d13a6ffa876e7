"""Paints cards, and only those that are visible."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posmember.domain.rules.reasons import Verdict
from posmember.ui.models.assets import CARD_ROLE, CODE_ROLE
from posmember.ui.models.card import Card
from posmember.ui.theme import Tokens, current_tokens
from posmember.ui.widgets.cards.layout import (
    VERDICT_MARKS,
    CardLayout,
    CardMetrics,
    lay_out,
)
from posmember.ui.widgets.marks import paint_mark

Index = QModelIndex | QPersistentModelIndex

_RADIUS = 7.0
_STRIPE = 5


class CardDelegate(QStyledItemDelegate):
    """Lays cards out for the list's width and paints them."""

    def __init__(self, font: QFont, *, stacked: bool) -> None:
        super().__init__()
        self._stacked = stacked
        self._copy_word, self._copied_word = self.tr("复制"), self.tr("已复制")
        self._width = 0
        self._layouts: dict[Card, CardLayout] = {}
        self.copied_code = ""
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Use another font; every card is laid out anew."""
        self._metrics = CardMetrics(font, (self._copy_word, self._copied_word))
        self._margin = self._metrics.gap
        self._layouts.clear()

    def set_width(self, width: int) -> bool:
        """Lay cards out for a list of this width; returns whether that changes anything."""
        changed = width != self._width
        if changed:
            self._width = width
            self._layouts.clear()
        return changed

    def keep_layouts(self, cards: list[Card]) -> None:
        """Drop what was laid out for other cards than these."""
        known = self._layouts
        self._layouts = {card: known[card] for card in cards if card in known}

    def forget(self) -> None:
        """Forget everything of the cards that were shown."""
        self._layouts.clear()
        self._metrics.forget()
        self.copied_code = ""

    def card_layout(self, card: Card) -> CardLayout:
        """Return where everything on a card goes."""
        known = self._layouts.get(card)
        if known is None:
            known = lay_out(
                card, self._width - 2 * self._margin, self._metrics, stacked=self._stacked
            )
            self._layouts[card] = known
        return known

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        layout = self.card_layout(index.data(CARD_ROLE))
        return QSize(self._width, layout.height + 2 * self._margin)

    def copy_rect(self, index: QModelIndex, row: QRect) -> QRect:
        """Return where a row's 复制 button takes a click, in the coordinates of the row.

        It reaches beyond what is painted, for fingers on a touch screen.
        """
        box = self.card_layout(index.data(CARD_ROLE)).copy
        if box is None:
            return QRect()
        left, top = row.left() + self._margin + box.x, row.top() + self._margin + box.y
        reach = self._metrics.pad
        painted = QRect(left, top, box.width, box.height)
        return painted.adjusted(-reach, -reach, reach, reach)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = index.data(CARD_ROLE)
        layout = self.card_layout(card)
        tokens = current_tokens()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.left() + self._margin, rect.top() + self._margin)
        self._paint_frame(painter, card, layout, option, tokens)
        self._paint_boxes(painter, layout, tokens)
        self._paint_copy(painter, layout, index, tokens)
        self._paint_texts(painter, layout, tokens)
        painter.restore()

    def _paint_frame(
        self,
        painter: QPainter,
        card: Card,
        layout: CardLayout,
        option: QStyleOptionViewItem,
        tokens: Tokens,
    ) -> None:
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        border = "accent" if selected else "muted" if hovered else "line"
        frame = QRectF(0, 0, layout.width, layout.height).adjusted(1, 1, -1, -1)
        blocked = card.verdict is Verdict.NOT_USABLE
        fill = "accent-soft" if selected else "sunken" if blocked else "panel"
        painter.setPen(QPen(tokens.color(border), 2.5 if focused else 1.5 if selected else 1.0))
        painter.setBrush(tokens.color(fill))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color(VERDICT_MARKS[card.verdict][1]))
        stripe = QRectF(1, 1 + _RADIUS, _STRIPE - 1, layout.height - 2 * _RADIUS - 2)
        painter.drawRect(stripe)
        if layout.divider:
            painter.setPen(QPen(tokens.color("faint"), 1.0, Qt.PenStyle.DashLine))
            inset = self._metrics.pad
            painter.drawLine(layout.divider, inset, layout.divider, layout.height - inset)

    def _paint_boxes(self, painter: QPainter, layout: CardLayout, tokens: Tokens) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for box in layout.boxes:
            painter.setBrush(tokens.color(box.fill))
            radius = min(box.height / 2, _RADIUS * 1.6)
            painter.drawRoundedRect(QRectF(box.x, box.y, box.width, box.height), radius, radius)
        for shape in layout.shapes:
            square = QRectF(shape.x, shape.y, shape.size, shape.size)
            paint_mark(painter, shape.mark, square, tokens.color(shape.color))

    def _paint_copy(
        self, painter: QPainter, layout: CardLayout, index: Index, tokens: Tokens
    ) -> None:
        box = layout.copy
        if box is None:
            return
        copied = bool(self.copied_code) and index.data(CODE_ROLE) == self.copied_code
        rect = QRectF(box.x, box.y, box.width, box.height)
        painter.setPen(QPen(tokens.color("accent"), 1.0))
        painter.setBrush(tokens.color("accent-soft" if copied else box.fill))
        painter.drawRoundedRect(rect, _RADIUS / 2, _RADIUS / 2)
        painter.setFont(self._metrics.measures["small"].font)
        word = self._copied_word if copied else self._copy_word
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_texts(self, painter: QPainter, layout: CardLayout, tokens: Tokens) -> None:
        font = ""
        for run in layout.runs:
            measure = self._metrics.measures[run.font]
            if run.font != font:
                font = run.font
                painter.setFont(measure.font)
            painter.setPen(tokens.color(run.color))
            painter.drawText(run.x, run.y + measure.ascent, run.text)
