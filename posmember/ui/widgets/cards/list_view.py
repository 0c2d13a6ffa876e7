"""A list of cards: its selection and its place stay while verdicts are made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle

from posmember.ui.capture.key_events import ENTER_KEYS
from posmember.ui.models.assets import CODE_ROLE, DETAILS_ROLE, AssetListModel
from posmember.ui.widgets.cards.delegate import CardDelegate
from posmember.ui.widgets.fields import is_letter_or_digit

if TYPE_CHECKING:
    from posmember.domain.context import Context
    from posmember.ui.models.detail import Details


class CardList(QListView):
    """Shows a model of assets as cards.

    Args:
        name: what the list holds, for a screen reader.
        stacked: whether cards have their value on top, as suits a narrow list.
    """

    copy_requested = Signal(str)
    """A code, when its 复制 button was clicked."""

    details_requested = Signal(bool)
    """Enter (True), which closes open details too, or a click on a card (False)."""

    details_changed = Signal()
    """Another card is selected, or none, or what is known of it was made anew."""

    entered = Signal()
    """The list has taken the keyboard."""

    def __init__(self, model: AssetListModel[Any], name: str, *, stacked: bool) -> None:
        super().__init__()
        self._model = model
        self._cards = CardDelegate(self.font(), stacked=stacked)
        self._run = 0
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(self.fontMetrics().height() * 2)
        self.setItemDelegate(self._cards)
        self.setModel(model)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_assets(self, assets: tuple[Any, ...], context: Context, run: int) -> None:
        """Show the assets of a lookup.

        Args:
            context: what their verdicts were made in.
            run: the lookup's number; within one run, selection and place are kept.
        """
        same_run, self._run = run == self._run, run
        selected = self._selected_key() if same_run else None
        place = self.verticalScrollBar().value() if same_run else 0
        if not same_run:
            self._cards.copied_code = ""
            self.selectionModel().clear()
        self._model.show_assets(assets, context)
        self._cards.keep_layouts(self._model.made_cards())
        self._select_key(selected)
        # Now, not a turn of the loop later: until then the list would paint nothing.
        self.executeDelayedItemsLayout()
        if place:
            self.verticalScrollBar().setValue(place)
        elif not same_run:
            self.scrollToTop()
        self.details_changed.emit()

    def forget(self) -> None:
        """Forget all assets."""
        self._run = 0
        self._model.forget()
        self._cards.forget()
        self.details_changed.emit()

    def details(self) -> Details | None:
        """Return what is known of the selected asset, in words; None where none is selected."""
        index = self.currentIndex()
        details: Details | None = index.data(DETAILS_ROLE) if index.isValid() else None
        return details

    def selected_code(self) -> str:
        """Return the selected asset's code, or ""."""
        index = self.currentIndex()
        return str(index.data(CODE_ROLE)) if index.isValid() else ""

    def show_copied(self, code: str) -> None:
        """Say on the cards which code is on the clipboard."""
        self._cards.copied_code = code
        self.viewport().update()

    def enter(self) -> None:
        """Take the keyboard, on the first card where none is selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cards.set_font(self.font())
            self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt makes the first row the current one without selecting it; what Ctrl+C would copy
        # has to be seen.
        if event.reason() is not Qt.FocusReason.MouseFocusReason and self.currentIndex().isValid():
            self.setCurrentIndex(self.currentIndex())
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS and self.currentIndex().isValid():
            self.details_requested.emit(True)
            return
        if is_letter_or_digit(event):
            event.ignore()  # it is the scan field's; the list has no use for it
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Ignore letters: a scan that reaches the list must not move it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        copy = self._cards.copy_rect(index, self.visualRect(index))
        if copy.contains(event.position().toPoint()):
            self.copy_requested.emit(str(index.data(CODE_ROLE)))
        else:
            self.details_requested.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        # The bar's place is kept free, so that cards do not change width when it comes.
        if self._cards.set_width(self.width() - bar):
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def _selected_key(self) -> tuple[str, int] | None:
        index = self.currentIndex()
        return self._model.key_of_row(index.row()) if index.isValid() else None

    def _select_key(self, key: tuple[str, int] | None) -> None:
        """Select an asset again after a reset, without moving the list to it."""
        row = self._model.row_of_key(key) if key is not None else -1
        if row < 0 or row == self.currentIndex().row():
            return
        scrolls = self.hasAutoScroll()
        self.setAutoScroll(False)
        self.selectionModel().setCurrentIndex(
            self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.setAutoScroll(scrolls)

    def _current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.details_changed.emit()
