"""A list of rows: its selection and its place stay while verdicts are made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from posmember.ui.capture.key_events import ENTER_KEYS
from posmember.ui.models.assets import CARD_ROLE, CODE_ROLE, DETAILS_ROLE, AssetListModel, Key
from posmember.ui.widgets.fields import is_letter_or_digit
from posmember.ui.widgets.motion import reduced_motion
from posmember.ui.widgets.rows.delegate import RowDelegate
from posmember.ui.widgets.rows.menu import RowMenu
from posmember.ui.widgets.rows.places import ROW_HEIGHT
from posmember.ui.widgets.touch import Finger, is_finger, scroll_by_finger

if TYPE_CHECKING:
    from posmember.ui.models.cards import ShownIn
    from posmember.ui.models.detail import Details

FLASH_MS = 600
_OWN_KEYS = (*ENTER_KEYS, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left)
"""What a selected row has a use for."""


class RowList(QListView):
    """Shows a model of assets as rows.

    Args:
        name: what the list holds, for a screen reader.
    """

    copy_requested = Signal(str)
    """A code, when its 复制 button was clicked."""
    action_requested = Signal(object)
    """The `Action` of a row, when its button was clicked."""
    code_requested = Signal(bool)
    """The selected row's code is wanted large: by Enter (True), or in the menu (False)."""
    details_requested = Signal(bool)
    """Space (True), which closes open details too, or → or a click on a row (False)."""
    details_changed = Signal()
    """Another row is selected, or none, or what is known of it was made anew."""
    close_requested = Signal()
    """← where there is nothing to close in the list itself."""
    entered = Signal()
    """The list has taken the keyboard."""
    touched = Signal()
    """The cashier has done something here."""

    def __init__(self, model: AssetListModel[Any], name: str) -> None:
        super().__init__()
        self._model = model
        self._rows = RowDelegate(self.font())
        self._run = 0
        self._pressed_selected = False
        self._starred_asset = ""
        self._tapped = QPersistentModelIndex()
        self._verdicts: Mapping[Key, object] = {}
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._end_flash)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.setItemDelegate(self._rows)
        self.setModel(model)
        scroll_by_finger(self)
        self._finger = Finger(self)
        self._menu = RowMenu(self, self._offer_actions(), self.action_requested.emit)
        self.details_changed.connect(self._menu.row_changed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)

    # --- what comes in -------------------------------------------------------------------------

    def show_assets(self, assets: Sequence[Any], shown_in: ShownIn, run: int, starred: str) -> None:
        """Show the assets of a lookup.

        Args:
            run: the lookup's number; within one run, selection and place are kept.
            starred: the key of the asset that is suggested, or "".
        """
        same_run, self._run = run == self._run, run
        selected = self._selected_key() if same_run else None
        place = self.verticalScrollBar().value() if same_run else 0
        if not same_run:
            self._rows.copied_code = ""
            self.selectionModel().clear()
        self._model.show_assets(assets, shown_in)
        self._rows.keep_places(self._model.made_cards())
        self._star(starred)
        self._note_changes(same_run=same_run, checking=shown_in.checking)
        self._select_key(selected)
        # Now, not a turn of the loop later: until then the list would paint nothing.
        self.executeDelayedItemsLayout()
        if place:
            self.verticalScrollBar().setValue(place)
        elif not same_run:
            self.scrollToTop()
        self.viewport().update()
        self.details_changed.emit()

    def set_narrow(self, *, narrow: bool) -> None:
        """Have rows for the compact window, or for the full one."""
        self._rows.set_narrow(narrow=narrow)
        self.viewport().update()

    def sought(self) -> None:
        """Know that other rows are shown now, of the same assets."""
        self._star_again()
        self.executeDelayedItemsLayout()
        self.scrollToTop()
        self.details_changed.emit()

    def forget(self) -> None:
        """Forget all assets."""
        self._run = 0
        self._verdicts = {}
        self._end_flash()
        self._model.forget()
        self._rows.forget()
        self.details_changed.emit()

    # --- what is asked -------------------------------------------------------------------------

    def details(self) -> Details | None:
        """Return what is known of the selected asset, in words; None where none is selected."""
        index = self._selected()
        details: Details | None = index.data(DETAILS_ROLE) if index is not None else None
        return details

    def selected_row(self) -> int:
        """Return the selected row, or -1."""
        index = self._selected()
        return index.row() if index is not None else -1

    def selected_code(self) -> str:
        """Return the selected asset's code, or ""."""
        index = self._selected()
        return str(index.data(CODE_ROLE)) if index is not None else ""

    def show_copied(self, code: str) -> None:
        """Say on the rows which code is on the clipboard."""
        self._rows.copied_code = code
        self.viewport().update()

    def unselect(self) -> None:
        """Select nothing: one row of the window is selected at a time."""
        self.selectionModel().clear()
        self.viewport().update()

    def close_menu(self) -> None:
        """Close the selected row's menu."""
        self._menu.close()

    def enter(self) -> None:
        """Take the keyboard, on the first row where none is selected."""
        if self.hasFocus():
            self._select_current()  # of the member before it was another one, or none is left
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what the cashier does -----------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._rows.set_font(self.font())
            self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._select_current()
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self._selected()
        if index is not None and event.key() in _OWN_KEYS:
            self.touched.emit()  # first: what it does may have something to say
            self._take(event, index)
            return
        if index is not None and self._menu.takes(event):
            self.touched.emit()
            return
        if is_letter_or_digit(event) or event.text() == "/":
            event.ignore()  # it is the window's; the list has no use for it
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ContextMenu:
            self._menu.open_at_row()
            return True
        return super().event(event)

    def keyboardSearch(self, search: str) -> None:
        """Ignore letters: a scan that reaches the list must not move it."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._pressed_selected = self.selectionModel().isSelected(index)
        if is_finger(event):
            # Perhaps it scrolls: a row is selected when the finger leaves it.
            self._tapped = QPersistentModelIndex(index)
            self._finger.press()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not is_finger(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if is_finger(event):
            tapped, self._tapped = self._tapped, QPersistentModelIndex()
            if tapped != index or not index.isValid() or not self._finger.taps:
                return
            self.setCurrentIndex(index)
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        self.touched.emit()
        corner = self.visualRect(index).topLeft()
        # As the row looked when it was pressed: its copy button is there once it is selected.
        was_selected = self._pressed_selected
        x, y = place.x() - corner.x(), place.y() - corner.y()
        what = self._rows.target(index, x, y, selected=was_selected).what
        if what == "copy":
            self.copy_requested.emit(str(index.data(CODE_ROLE)))
        elif what == "action":
            self.action_requested.emit(index.data(CARD_ROLE).action)
        elif self._model.row(index.row()).is_group:
            self._toggle(index.row())
        else:
            self.details_requested.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The scroll bar's place is kept free, so that rows do not change width when it comes.
        self._rows.set_width(self.width() - self.verticalScrollBar().sizeHint().width())
        super().resizeEvent(event)

    def _offer_actions(self) -> tuple[QAction, ...]:
        """Offer what a row's buttons and keys do in its menu, too: a screen reader finds it.

        Returns:
            Those that are of its code.
        """
        # By this policy Qt tells a screen reader that there is a menu; `RowMenu` shows it.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        code, copy = QAction(self.tr("出码"), self), QAction(self.tr("复制"), self)
        why = QAction(self.tr("为什么"), self)
        code.triggered.connect(lambda: self.code_requested.emit(False))
        copy.triggered.connect(lambda: self.copy_requested.emit(self.selected_code()))
        why.triggered.connect(lambda: self.details_requested.emit(False))
        self.addActions([code, copy, why])
        return code, copy

    # --- how ----------------------------------------------------------------------------------

    def _take(self, event: QKeyEvent, index: QModelIndex) -> None:
        key = event.key()
        row = self._model.row(index.row())
        if key in ENTER_KEYS:
            if not event.isAutoRepeat():
                self.code_requested.emit(True)
        elif key == Qt.Key.Key_Right and row.is_group and not row.is_open:
            self._toggle(index.row())
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
            self.details_requested.emit(key != Qt.Key.Key_Right)
        elif row.is_open:
            self._toggle(index.row())
        else:
            self.close_requested.emit()

    def _toggle(self, row: int) -> None:
        """Show those alike one by one, or together again; the row stays selected."""
        key = self._model.row(row).key
        place = self.verticalScrollBar().value()
        self._model.toggle_group(row)
        self._select_key(key)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(place)

    def _selected(self) -> QModelIndex | None:
        """The row that is seen to be selected."""
        index = self.currentIndex()
        return index if index.isValid() and self.selectionModel().isSelected(index) else None

    def _select_current(self) -> None:
        """Select the row that the keyboard is on, else the first one.

        Qt makes the first row the current one without selecting it, and that only once; what
        Ctrl+C would copy has to be seen.
        """
        if self._model.rowCount():
            index = self.currentIndex()
            self.setCurrentIndex(index if index.isValid() else self._model.index(0))

    def _selected_key(self) -> Key | None:
        index = self._selected()
        return self._model.row(index.row()).key if index is not None else None

    def _select_key(self, key: Key | None) -> None:
        """Select a row again after a reset, without moving the list to it."""
        row = self._model.row_of_key(key) if key is not None else -1
        if row < 0 or row == self.currentIndex().row():
            return
        scrolls = self.hasAutoScroll()
        self.setAutoScroll(False)
        self.selectionModel().setCurrentIndex(
            self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.setAutoScroll(scrolls)

    def _star(self, asset: str) -> None:
        self._starred_asset = asset
        self._star_again()

    def _star_again(self) -> None:
        row = self._starred_row()
        self._rows.starred = self._model.row(row).key if row >= 0 else None

    def _starred_row(self) -> int:
        asset = self._starred_asset
        return self._model.row_of_asset(asset) if asset else -1

    def _note_changes(self, *, same_run: bool, checking: bool) -> None:
        """Let what has another verdict now flash once, where its row was seen with the other."""
        before = self._verdicts if same_run else {}
        self._verdicts = self._model.verdicts(checking=checking)
        changed = {
            key for key, verdict in self._verdicts.items()
            if key in before and before[key] is not verdict
        }  # fmt: skip
        if changed and not reduced_motion():
            self._rows.flashing = changed
            self._flash.start()

    def _end_flash(self) -> None:
        self._flash.stop()
        if self._rows.flashing:
            self._rows.flashing = set()
            self.viewport().update()

    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.details_changed.emit()
