"""A list of assessed assets for an item view; each row's card is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from posmember.domain.context import Context
from posmember.ui.models.card import Card
from posmember.ui.models.detail import Details
from posmember.ui.wording.plain import tooltip

Asset = TypeVar("Asset")
Index = QModelIndex | QPersistentModelIndex

CARD_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's `Card`."""
CODE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The row's redemption code or card number, in full."""
DETAILS_ROLE = Qt.ItemDataRole.UserRole + 3
"""The row's `Details`, made whenever they are asked for."""

FIRST_ROWS = 8
"""Rows that a view gets at first. It lays out every row that it has before it paints one, and a
row is Python's work; where the screen has room for more, it asks for more by itself.
"""

PAGE = 40
"""Rows that a view gets more with each scroll to the end."""

_NOWHERE = QModelIndex()


class AssetListModel(QAbstractListModel, Generic[Asset]):
    """Rows of assets, in the order they are given.

    Args:
        make_card: puts an asset into words.
        make_details: says everything that is known of it.
        key: what makes an asset the same one when its verdict is made anew.
    """

    def __init__(
        self,
        make_card: Callable[[Asset, Context], Card],
        make_details: Callable[[Asset, Context], Details],
        key: Callable[[Asset], str],
    ) -> None:
        super().__init__()
        self._make_card = make_card
        self._make_details = make_details
        self._key = key
        self._assets: tuple[Asset, ...] = ()
        self._keys: list[tuple[str, int]] = []
        self._cards: list[Card | None] = []
        self._exposed = 0
        self._context: Context | None = None

    def show_assets(self, assets: tuple[Asset, ...], context: Context) -> None:
        """Show these assets.

        Where they are the same ones as before with new verdicts, in whatever order, rows move
        and selections stay with them; else the model is reset.

        Args:
            context: what the verdicts were made in.
        """
        keys = self._numbered_keys(assets)
        if keys and len(keys) == len(self._keys) and set(keys) == set(self._keys):
            self._move_rows(assets, keys, context)
            return
        self.beginResetModel()
        self._take(assets, keys, context)
        self._exposed = min(FIRST_ROWS, len(assets))
        self.endResetModel()

    def forget(self) -> None:
        """Forget all assets."""
        self.beginResetModel()
        self._assets, self._keys, self._cards, self._context = (), [], [], None
        self._exposed = 0
        self.endResetModel()

    def made_cards(self) -> list[Card]:
        """Return the cards that were asked for so far."""
        return [card for card in self._cards if card is not None]

    def key_of_row(self, row: int) -> tuple[str, int]:
        """Return what tells this row's asset from all others."""
        return self._keys[row]

    def row_of_key(self, key: tuple[str, int]) -> int:
        """Return the row of an asset, which the view then has, or -1."""
        if key not in self._keys:
            return -1
        row = self._keys.index(key)
        self._expose(row + 1)
        return row

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._exposed

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:
        return not parent.isValid() and self._exposed < len(self._assets)

    def fetchMore(self, parent: Index = _NOWHERE) -> None:
        self._expose(self._exposed + PAGE)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = index.row()
        if role == CARD_ROLE:
            return self._card(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._card(row).title
        if role == CODE_ROLE:
            return self._card(row).code
        if role == DETAILS_ROLE:
            return self._make_details(self._assets[row], self._shown_in())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._card(row).sentence()
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._card(row).title)
        return None

    def _card(self, row: int) -> Card:
        card = self._cards[row]
        if card is None:
            card = self._cards[row] = self._make_card(self._assets[row], self._shown_in())
        return card

    def _shown_in(self) -> Context:
        assert self._context is not None, "rows are only there once they were shown"
        return self._context

    def _numbered_keys(self, assets: tuple[Asset, ...]) -> list[tuple[str, int]]:
        """Return a key a row; assets that share one are numbered."""
        seen: dict[str, int] = {}
        keys = []
        for asset in assets:
            key = self._key(asset)
            number = seen.get(key, 0)
            keys.append((key, number))
            seen[key] = number + 1
        return keys

    def _expose(self, count: int) -> None:
        """Let the view have the first `count` rows, or all there are."""
        count = min(count, len(self._assets))
        if count > self._exposed:
            self.beginInsertRows(_NOWHERE, self._exposed, count - 1)
            self._exposed = count
            self.endInsertRows()

    def _move_rows(
        self, assets: tuple[Asset, ...], keys: list[tuple[str, int]], context: Context
    ) -> None:
        rows = {key: row for row, key in enumerate(keys)}
        before = self.persistentIndexList()
        moved_to = [rows[self._keys[index.row()]] for index in before]
        # A selected row must not move to where the view knows no row.
        self._expose(max(moved_to, default=-1) + 1)
        self.layoutAboutToBeChanged.emit()
        self._take(assets, keys, context)
        self.changePersistentIndexList(before, [self.index(row) for row in moved_to])
        self.layoutChanged.emit()

    def _take(
        self, assets: tuple[Asset, ...], keys: list[tuple[str, int]], context: Context
    ) -> None:
        self._cards = self._cards_to_keep(assets, keys, context.now)
        self._assets, self._keys, self._context = assets, keys, context

    def _cards_to_keep(
        self, assets: tuple[Asset, ...], keys: list[tuple[str, int]], now: datetime
    ) -> list[Card | None]:
        """Keep the cards that would say the same again: most do when an amount changes.

        A card's words depend on the asset, its verdict, and the minute. So does what would
        help: each rule that the order, the store or the account fails says so in a reason, and
        one that they pass is passed after the change, which only touches what a reason names.
        """
        if self._context is None or _minute(now) != _minute(self._context.now):
            return [None] * len(assets)
        made = zip(self._keys, self._assets, self._cards, strict=True)
        before = {key: (asset, card) for key, asset, card in made if card is not None}
        cards: list[Card | None] = []
        for asset, key in zip(assets, keys, strict=True):
            known, card = before.get(key, (None, None))
            cards.append(card if known == asset else None)
        return cards


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
