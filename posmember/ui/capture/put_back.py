"""What the focused widget held before a key, and how to put it back.

The first key of a burst reaches a widget before anyone can know that it is a scanner's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
)
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

_Flag = QItemSelectionModel.SelectionFlag
PutBack = Callable[[], None]


def remember_focused() -> PutBack | None:
    """Remember the widget that has the keyboard; None where a key changes nothing."""
    widget = QApplication.focusWidget()
    return None if widget is None else remember(widget)


def remember(widget: QWidget) -> PutBack | None:
    """Remember a widget as it is.

    Returns:
        What puts it back; to be called while the widget lives.
    """
    match widget:
        case QLineEdit():
            return _line_edit(widget)
        case QSpinBox():
            return _spin_box(widget, partial(widget.setValue, widget.value()))
        case QDoubleSpinBox():
            return _spin_box(widget, partial(widget.setValue, widget.value()))
        case QDateTimeEdit():
            return _spin_box(widget, partial(widget.setDateTime, widget.dateTime()))
        case QComboBox():
            return _combo_box(widget)
        case QPlainTextEdit() | QTextEdit():
            return _text_edit(widget)
        case QAbstractItemView():
            return _item_view(widget)
        case QAbstractSlider():
            return _slider(widget)
        case QAbstractButton():
            return _button(widget)
    return None


def _line_edit(field: QLineEdit) -> PutBack:
    text, cursor = field.text(), field.cursorPosition()
    start, length = field.selectionStart(), field.selectionLength()

    def put_back() -> None:
        if field.text() != text:
            field.setText(text)
        if start < 0:
            field.setCursorPosition(cursor)
        elif cursor == start:  # selected from its end
            field.setSelection(start + length, -length)
        else:
            field.setSelection(start, length)

    return put_back


def _spin_box(box: QAbstractSpinBox, set_value: PutBack) -> PutBack:
    """Its value and its text: while somebody types, the one is not what the other says."""
    put_back_text = _line_edit(box.lineEdit())

    def put_back() -> None:
        set_value()
        put_back_text()

    return put_back


def _combo_box(box: QComboBox) -> PutBack:
    row = box.currentIndex()
    field = box.lineEdit()
    put_back_text = _line_edit(field) if field is not None else None

    def put_back() -> None:
        box.setCurrentIndex(row)
        if put_back_text is not None:
            put_back_text()

    return put_back


def _text_edit(edit: QPlainTextEdit | QTextEdit) -> PutBack:
    before, cursor = edit.toPlainText(), edit.textCursor()
    anchor, position = cursor.anchor(), cursor.position()

    def put_back() -> None:
        _replace_difference(edit, before)
        restored = edit.textCursor()
        restored.setPosition(anchor)
        restored.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(restored)

    return put_back


def _replace_difference(edit: QPlainTextEdit | QTextEdit, before: str) -> None:
    """Change only what differs, so that formats and the undo history stay."""
    now = edit.toPlainText()
    if now == before:
        return
    shorter = min(len(now), len(before))
    start = next((i for i in range(shorter) if now[i] != before[i]), shorter)
    end = next(
        (i for i in range(shorter - start) if now[-1 - i] != before[-1 - i]), shorter - start
    )
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(len(now) - end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(before[start : len(before) - end])


def _item_view(view: QAbstractItemView) -> PutBack:
    model = view.selectionModel()
    current = QPersistentModelIndex(view.currentIndex())
    selected = [QPersistentModelIndex(index) for index in view.selectedIndexes()]
    place = view.verticalScrollBar().value()

    def put_back() -> None:
        if not isValid(model):  # the view has another one since
            return
        selection = QItemSelection()
        for kept in selected:
            index = _plain(kept)
            selection.select(index, index)
        model.setCurrentIndex(_plain(current), _Flag.NoUpdate)
        model.select(selection, _Flag.ClearAndSelect)
        view.verticalScrollBar().setValue(place)

    return put_back


def _plain(index: QPersistentModelIndex) -> QModelIndex:
    if not index.isValid():
        return QModelIndex()
    return index.model().index(index.row(), index.column(), index.parent())


def _slider(slider: QAbstractSlider) -> PutBack:
    value = slider.value()
    return lambda: slider.setValue(value)


def _button(button: QAbstractButton) -> PutBack:
    checked = button.isChecked()

    def put_back() -> None:
        button.setDown(False)
        button.setChecked(checked)

    return put_back
