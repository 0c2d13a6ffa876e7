"""What can be done with a row, as a menu at the row: for the Menu key and for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QListView, QMenu

from posmember.ui.models.assets import CARD_ROLE, CODE_ROLE

if TYPE_CHECKING:
    from posmember.ui.models.card import Action, Card


class RowMenu(QObject):
    """Opens a list's actions on its selected row, and closes with it. A scan goes on below.

    Qt's own accessible rows can only be selected: other actions of them cannot be given from
    Python. What a row's button does is an action of the list, too.

    Args:
        rows: the list, with its other actions already.
        of_code: which of these are of the row's code, which not every row has.
        change: makes the change that a row offers.
    """

    def __init__(
        self, rows: QListView, of_code: Sequence[QAction], change: Callable[[Action], None]
    ) -> None:
        super().__init__(rows)
        self._list, self._of_code, self._make_change = rows, of_code, change
        self._menu: QMenu | None = None
        self._code: str | None = None
        self._change = QAction(rows)
        self._change.triggered.connect(self._do_change)
        rows.addAction(self._change)
        self.row_changed()

    def takes(self, event: QKeyEvent) -> bool:
        """Open at Shift+F10, which not every system makes a menu's event of; whether it was."""
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if not (shift and event.key() == Qt.Key.Key_F10):
            return False
        self.open_at_row()
        return True

    def open_at_row(self) -> None:
        """Open on the selected row, wherever a mouse is; nothing where none is selected."""
        index = self._selected()
        if index is None:
            return
        self._list.scrollTo(index)
        self._code = index.data(CODE_ROLE)
        menu = self._made()
        menu.popup(self._list.viewport().mapToGlobal(self._list.visualRect(index).center()))
        menu.setActiveAction(menu.actions()[0])

    def row_changed(self) -> None:
        """Offer what can be done with the row that is now selected; it may be another one."""
        index, action = self._selected(), self._action()
        self._change.setVisible(action is not None)
        self._change.setText(action.words.removesuffix("→").strip() if action is not None else "")
        for each in self._list.actions():
            each.setEnabled(index is not None)
        code = index.data(CODE_ROLE) if index is not None else None
        for each in self._of_code:
            each.setEnabled(bool(code))
        if code != self._code:
            self.close()

    def close(self) -> None:
        """Close, with nothing done."""
        self._code = None
        if self._menu is not None:
            self._menu.close()

    def _made(self) -> QMenu:
        if self._menu is None:
            self._menu = QMenu(self._list)
            self._menu.setAccessibleName(self._list.accessibleName())
            self._menu.addActions(self._list.actions())
        return self._menu

    def _do_change(self) -> None:
        action = self._action()
        if action is not None:
            self._make_change(action)

    def _action(self) -> Action | None:
        index = self._selected()
        if index is None:
            return None
        card: Card = index.data(CARD_ROLE)
        return card.action

    def _selected(self) -> QModelIndex | None:
        index = self._list.currentIndex()
        is_selected = index.isValid() and self._list.selectionModel().isSelected(index)
        return index if is_selected else None
