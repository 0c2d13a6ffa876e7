"""Rows of assessed assets for an item view; each row's words are made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from posmember.domain.rules.reasons import Verdict
from posmember.log.unexpected import tell
from posmember.ui.messages import place_text, row_keys_text, unshown_text, verdict_text
from posmember.ui.models.card import Card
from posmember.ui.models.cards import ShownIn
from posmember.ui.models.detail import Details, ShownCode
from posmember.ui.wording.plain import joined, tooltip

Asset = TypeVar("Asset")
Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, int]

CARD_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's `Card`."""
CODE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The row's redemption code or card number, in full."""
DETAILS_ROLE = Qt.ItemDataRole.UserRole + 3
"""The row's `Details`, made whenever they are asked for."""

_NOWHERE = QModelIndex()


class Row(NamedTuple, Generic[Asset]):
    """What a row stands for.

    Args:
        assets: one, or several that are alike and stand in one row.
        key: what tells it from all other rows, whatever their verdicts are.
        place: its place among those alike, from 1, where they are shown one by one; else 0.
        is_open: whether those alike are shown below it.
    """

    assets: tuple[Asset, ...]
    key: Key
    place: int = 0
    is_open: bool = False

    @property
    def is_group(self) -> bool:
        """Whether it stands for several."""
        return len(self.assets) > 1


class AssetPlace(NamedTuple):
    """Where an asset is, whatever rows are shown: those alike, and its place there, from 1."""

    group: Key
    number: int


class AssetListModel(QAbstractListModel, Generic[Asset]):
    """Rows of assets, in the order they are given.

    Args:
        make_card: puts an asset into words.
        make_details: says everything that is known of it.
        key: what makes an asset the same one when its verdict is made anew.
        words: what of it is searched for words.
        group: puts those that are alike together.
    """

    def __init__(
        self,
        make_card: Callable[[Asset, ShownIn], Card],
        make_details: Callable[[Asset, ShownIn], Details],
        key: Callable[[Asset], str],
        words: Callable[[Asset], str],
        group: Callable[[Sequence[Asset]], list[tuple[Asset, ...]]] | None = None,
    ) -> None:
        super().__init__()
        self._make_card, self._make_details = make_card, make_details
        self._key, self._words, self._group = key, words, group
        self._groups: list[tuple[Key, tuple[Asset, ...]]] = []
        self._rows: list[Row[Asset]] = []
        self._places: dict[Key, int] = {}
        self._cards: dict[Key, tuple[Asset, Card]] = {}
        self._shown_in: ShownIn | None = None
        self._open: set[Key] = set()
        self._verdict: Verdict | None = None
        self._sought = ""

    # --- what comes in -------------------------------------------------------------------------

    def show_assets(self, assets: Sequence[Asset], shown_in: ShownIn) -> None:
        """Show these assets.

        Where their rows are the same as before with new verdicts, in whatever order, rows move
        and selections stay with them; else the model is reset.
        """
        self._keep_cards(shown_in)
        alone: list[tuple[Asset, ...]] = [(asset,) for asset in assets]
        together = self._group(assets) if self._group is not None else alone
        self._shown_in = shown_in
        self._groups = list(zip(self._numbered_keys(together), together, strict=True))
        self._lay_rows()

    def seek(self, verdict: Verdict | None, words: str) -> None:
        """Show only what has a verdict, and these words; None and "" are all."""
        self._verdict, self._sought = verdict, words.strip().casefold()
        self._lay_rows()

    def toggle_group(self, row: int) -> bool:
        """Show those alike one by one, or together again; returns whether there are several."""
        found = self._rows[row]
        if not found.is_group:
            return False
        self._open ^= {found.key}
        self._lay_rows()
        return True

    def forget(self) -> None:
        """Forget all assets, and what was sought among them."""
        self.beginResetModel()
        self._groups, self._rows, self._places, self._cards = [], [], {}, {}
        self._open, self._shown_in, self._verdict, self._sought = set(), None, None, ""
        self.endResetModel()

    # --- what is asked -------------------------------------------------------------------------

    def made_cards(self) -> list[Card]:
        """Return the cards that were made so far."""
        return [card for _asset, card in self._cards.values()]

    def row(self, number: int) -> Row[Asset]:
        """Return what a row stands for."""
        return self._rows[number]

    def verdicts(self, *, checking: bool) -> dict[Key, Verdict | None]:
        """Return each row's verdict by its key; None while it is not known."""
        if checking:
            return dict.fromkeys(self._places)
        return {row.key: _verdict_of(row.assets[0]) for row in self._rows}

    def row_of_key(self, key: Key) -> int:
        """Return the row of a key, or -1."""
        return self._places.get(key, -1)

    def row_of_asset(self, key: str) -> int:
        """Return the row of an asset: its own, else that of those alike; -1 for none."""
        for number, row in enumerate(self._rows):
            if any(self._key(asset) == key for asset in row.assets):
                return number
        return -1

    def place_of_row(self, number: int) -> AssetPlace:
        """Return which asset a row stands for: of several alike the first."""
        row = self._rows[number]
        return AssetPlace(self._rows[number - row.place].key, max(row.place, 1))

    def place_of_asset(self, key: str) -> AssetPlace | None:
        """Return where an asset is, also where its row is not shown; None for none."""
        for group, assets in self._groups:
            for number, asset in enumerate(assets, start=1):
                if self._key(asset) == key:
                    return AssetPlace(group, number)
        return None

    def shown_code(self, place: AssetPlace) -> ShownCode | None:
        """Return an asset's code and what it is of; None where there is none such any more."""
        assets = dict(self._groups).get(place.group, ())
        if place.number > len(assets):
            return None
        asset = assets[place.number - 1]
        details = self._details(asset)
        if not details.code:  # what cannot be said in all its words may have one all the same
            card = self._made(asset)
            details = replace(details, code=card.code, code_label=card.code_label)
        return ShownCode(details, place.number, len(assets))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number = index.row()
        if role == CARD_ROLE:
            return self._card(number)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._card(number).title
        if role == CODE_ROLE:
            return self._card(number).code
        if role == DETAILS_ROLE:
            return self._details(self._rows[number].assets[0])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(number)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row_keys_text(
                opens=self._rows[number].is_group, has_code=bool(self._card(number).code)
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            card = self._card(number)
            return tooltip(" · ".join((card.title, *card.parts)))
        return None

    # --- how ----------------------------------------------------------------------------------

    def _sentence(self, number: int) -> str:
        row = self._rows[number]
        alike = f"×{len(row.assets)}" if row.is_group else ""
        place = place_text(number + 1, len(self._rows))
        return joined(filter(None, (self._card(number).sentence(), alike, place)))

    def _card(self, number: int) -> Card:
        row = self._rows[number]
        asset = row.assets[0]
        before = self._cards.get(row.key)
        if before is not None and (before[0] is asset or before[0] == asset):
            return before[1]
        card = self._made(asset)
        self._cards[row.key] = asset, card
        return card

    def _made(self, asset: Asset) -> Card:
        try:
            return self._make_card(asset, self._in())
        except Exception as error:  # noqa: BLE001 - whatever it is: nothing may pass through Qt
            tell(error)
            return _unshown_card()

    def _details(self, asset: Asset) -> Details:
        try:
            return self._make_details(asset, self._in())
        except Exception as error:  # noqa: BLE001 - as for a card
            tell(error)
            return Details(Verdict.CHECK, verdict_text(Verdict.CHECK), "", "", unshown_text())

    def _in(self) -> ShownIn:
        assert self._shown_in is not None, "rows are only there once they were shown"
        return self._shown_in

    def _numbered_keys(self, together: list[tuple[Asset, ...]]) -> list[Key]:
        """Return a key a group; those that share one are numbered."""
        seen: dict[str, int] = {}
        keys = []
        for assets in together:
            key = self._key(assets[0])
            number = seen.get(key, 0)
            keys.append((key, number))
            seen[key] = number + 1
        return keys

    def _lay_rows(self) -> None:
        groups = self._groups
        if self._verdict is not None or self._sought:
            groups = [group for group in groups if self._is_sought(group[1])]
        rows = [row for group in groups for row in self._of(group)]
        places = {row.key: number for number, row in enumerate(rows)}
        if rows and places.keys() == self._places.keys():
            self._move_rows(rows, places)
            return
        self.beginResetModel()
        self._rows, self._places = rows, places
        self.endResetModel()

    def _of(self, group: tuple[Key, tuple[Asset, ...]]) -> list[Row[Asset]]:
        key, assets = group
        if len(assets) == 1 or key not in self._open:
            return [Row(assets, key)]
        each = [
            Row((asset,), (f"{key[0]} {key[1]}", -place), place)
            for place, asset in enumerate(assets, start=1)
        ]
        return [Row(assets, key, is_open=True), *each]

    def _is_sought(self, assets: tuple[Asset, ...]) -> bool:
        if self._verdict is not None and _verdict_of(assets[0]) is not self._verdict:
            return False
        return not self._sought or any(self._has_words(asset) for asset in assets)

    def _has_words(self, asset: Asset) -> bool:
        text = self._words(asset).casefold()
        return all(word in text for word in self._sought.split())

    def _move_rows(self, rows: list[Row[Asset]], places: dict[Key, int]) -> None:
        before = self.persistentIndexList()
        moved_to = [places[self._rows[index.row()].key] for index in before]
        self.layoutAboutToBeChanged.emit()
        self._rows, self._places = rows, places
        self.changePersistentIndexList(before, [self.index(row) for row in moved_to])
        self.layoutChanged.emit()

    def _keep_cards(self, shown_in: ShownIn) -> None:
        """Keep the cards that may say the same again: most do when an amount changes.

        A card's words depend on the asset, its verdict, and the minute. So does what would
        help: each rule that the order, the store or the account fails says so in a reason, and
        one that they pass is passed after the change, which only touches what a reason names.
        """
        before = self._shown_in
        if (
            before is None
            or before.checking is not shown_in.checking
            or _minute(before.context.now) != _minute(shown_in.context.now)
        ):
            self._cards = {}


def _unshown_card() -> Card:
    """What stands for an asset that cannot be put into words: the cashier has to look it up."""
    words = verdict_text(Verdict.CHECK)
    return Card(Verdict.CHECK, words, "—", "", unshown_text(), "", "", (), "", "")


def _verdict_of(asset: Any) -> Verdict:
    verdict: Verdict = asset.eligibility.verdict
    return verdict


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
