"""Paints rows, and only those that are visible."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posmember.domain.rules.reasons import Verdict
from posmember.log.unexpected import tell
from posmember.ui.messages import checking_text, unshown_text, verdict_text
from posmember.ui.models.assets import CARD_ROLE, AssetListModel, Key
from posmember.ui.models.card import Card
from posmember.ui.theme import Tokens, current_tokens
from posmember.ui.widgets.marks import paint_mark
from posmember.ui.widgets.rows.places import (
    ROW_HEIGHT,
    VERDICT_MARKS,
    Box,
    Places,
    RowMetrics,
    RowState,
    lay_out,
    touched,
)

Index = QModelIndex | QPersistentModelIndex
_RADIUS = 6.0
_STRIPE = 5
"""What a button takes a finger for beyond what is painted."""


@dataclass(frozen=True, slots=True)
class Target:
    """What of a row a click is on: "copy", "action", "count", or "row"."""

    what: str
    row: int


class RowDelegate(QStyledItemDelegate):
    """Lays rows out for the list's width and paints them."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._copy_words = (self.tr("复制"), self.tr("已复制"))
        self._places: dict[tuple[Card, RowState], Places] = {}
        self._told: set[tuple[int, str]] = set()
        self._width = 0
        self._lay_out = lay_out
        self.copied_code = ""
        self.starred: Key | None = None
        """The row of what is suggested."""
        self.flashing: set[Key] = set()
        """The rows whose verdicts have just changed."""
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Use another font; every row is laid out anew."""
        words = [*map(verdict_text, Verdict), checking_text()]
        self._metrics = RowMetrics(font, words, self._copy_words)
        self._size = QSize(self._width, ROW_HEIGHT)
        self._places.clear()

    def set_width(self, width: int) -> None:
        """Lay rows out for a list of this width."""
        if width != self._width:
            self._width, self._size = width, QSize(width, ROW_HEIGHT)
            self._places.clear()

    def set_narrow(self, *, narrow: bool) -> None:
        """Lay rows out for the compact window, or for the full one."""
        self._lay_out = lay_out
        if narrow:
            from posmember.ui.widgets.rows.narrow import lay_out_narrow

            self._lay_out = lay_out_narrow
        self._places.clear()

    def keep_places(self, cards: list[Card]) -> None:
        """Drop what was laid out for other rows than these."""
        kept = set(cards)
        self._places = {key: known for key, known in self._places.items() if key[0] in kept}

    def forget(self) -> None:
        """Forget everything of the rows that were shown."""
        self._places.clear()
        self._told.clear()
        self._metrics.forget()
        self.copied_code, self.starred = "", None
        self.flashing.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._size

    def places(self, index: Index, *, selected: bool) -> Places:
        """Return where everything in a row goes."""
        card: Card = index.data(CARD_ROLE)
        state = self._state(index, card, selected=selected)
        known = self._places.get((card, state))
        if known is None:
            known = self._lay_out(card, self._width, self._metrics, state)
            self._places[card, state] = known
        return known

    def target(self, index: QModelIndex, x: int, y: int, *, selected: bool) -> Target:
        """Return what a click is on, at a place within the row."""
        places = self.places(index, selected=selected)
        for what, box in (
            ("copy", places.copy),
            ("action", places.action),
            ("count", places.count),
        ):
            if box is not None and touched(box).contains(x, y):
                return Target(what, index.row())
        return Target("row", index.row())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index)
        except Exception as error:  # noqa: BLE001 - whatever it is: nothing may pass through Qt
            self._tell_once(index, error)
            painter.restore()
            painter.save()
            self._paint_neutral(painter, option.rect)
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        places, tokens = self.places(index, selected=selected), current_tokens()
        card: Card = index.data(CARD_ROLE)
        rect: QRect = option.rect
        painter.translate(rect.left(), rect.top())
        self._paint_ground(painter, card, option, tokens)
        self._paint_mark(painter, places, index, tokens)
        for box, strong in ((places.copy, True), (places.action, False)):
            if box is not None:
                self._paint_button(painter, box, tokens, filled=strong and selected)
        font = ""
        for piece in places.pieces:
            if piece.font != font:
                font = piece.font
                painter.setFont(self._metrics.measures[font].font)
            painter.setPen(tokens.color(piece.color))
            painter.drawText(piece.x, piece.baseline, piece.text)

    def _tell_once(self, index: Index, error: Exception) -> None:
        """Tell of a row that cannot be painted once, not at each painting."""
        told = index.row(), str(error)
        if told not in self._told:
            self._told.add(told)
            tell(error)

    def _paint_neutral(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(rect, current_tokens().color("panel"))
        painter.setPen(current_tokens().color("text"))
        painter.setFont(self._metrics.measures["button"].font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, unshown_text())

    def _state(self, index: Index, card: Card, *, selected: bool) -> RowState:
        model = index.model()
        assert isinstance(model, AssetListModel)
        row = model.row(index.row())
        starred = row.key == self.starred
        return RowState(
            chosen=selected,
            copied=selected and bool(card.code) and card.code == self.copied_code,
            starred=starred,
            count=len(row.assets),
            is_open=row.is_open,
            inset=row.place > 0,
        )

    def _paint_ground(
        self, painter: QPainter, card: Card, option: QStyleOptionViewItem, tokens: Tokens
    ) -> None:
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected:
            painter.fillRect(0, 0, self._width, ROW_HEIGHT, tokens.color("accent-soft"))
        elif hovered:
            painter.fillRect(0, 0, self._width, ROW_HEIGHT, tokens.color("sunken"))
        stripe = tokens.color(VERDICT_MARKS[card.verdict][1])
        painter.fillRect(2, 4, _STRIPE, ROW_HEIGHT - 8, stripe)
        painter.fillRect(8, ROW_HEIGHT - 1, self._width - 16, 1, tokens.color("line"))
        if selected:
            painter.setPen(QPen(tokens.color("accent"), 3.0 if focused else 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0, 0, self._width, ROW_HEIGHT).adjusted(1, 1, -1, -1))

    def _paint_mark(self, painter: QPainter, places: Places, index: Index, tokens: Tokens) -> None:
        mark, x, y, size, color = places.mark
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.flashing:
            model = index.model()
            assert isinstance(model, AssetListModel)
            if model.row(index.row()).key in self.flashing:
                soft = {"usable": "usable-soft", "check": "check-soft"}.get(color, "blocked-soft")
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(tokens.color(soft))
                wide = self._metrics.verdict_width + 12
                painter.drawRoundedRect(QRectF(x - 6, 2, wide, 27), 13, 13)
        paint_mark(painter, mark, QRectF(x, y, size, size), tokens.color(color))

    def _paint_button(self, painter: QPainter, box: Box, tokens: Tokens, *, filled: bool) -> None:
        rect = QRectF(box.x, box.y, box.width, box.height)
        painter.setPen(QPen(tokens.color("accent"), 1.0))
        painter.setBrush(tokens.color("accent" if filled else "panel"))
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        painter.setPen(tokens.color("on-accent" if filled else "accent"))
        painter.setFont(self._metrics.measures["button"].font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, box.text)
