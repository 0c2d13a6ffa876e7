"""Every kind of widget that a scan can reach, and everything of each that a key may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import (
    QStandardItem,
    QStandardItemModel,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from posmember.ui.capture import put_back


@dataclass(frozen=True)
class Kind:
    """A kind of widget: how one is made, and everything of it that a key may change."""

    name: str
    make: Callable[[], QWidget]
    state: Callable[[Any], object]
    text: Callable[[Any], str] | None = None


def filled(field: Any, *, cursor: int = 2) -> Any:
    field.setText("58.00")
    field.setCursorPosition(cursor)
    return field


def selected(start: int, length: int) -> QLineEdit:
    field: QLineEdit = filled(QLineEdit())
    field.setSelection(start, length)
    return field


def password() -> QLineEdit:
    field: QLineEdit = filled(QLineEdit())
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def read_only() -> QLineEdit:
    field: QLineEdit = filled(QLineEdit())
    field.setReadOnly(True)
    return field


def line_state(field: QLineEdit) -> object:
    return field.text(), field.cursorPosition(), field.selectionStart(), field.selectedText()


def spin_box() -> QSpinBox:
    box = QSpinBox()
    box.setRange(-99_999, 99_999)
    box.setValue(10)
    box.selectAll()
    return box


def patient_spin_box() -> QSpinBox:
    box = spin_box()
    box.setKeyboardTracking(False)
    box.setSuffix(" 件")
    return box


def double_spin_box() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, 99_999)
    box.setValue(12.5)
    box.lineEdit().setCursorPosition(1)
    return box


def date_edit() -> QDateEdit:
    edit = QDateEdit(QDate(2026, 11, 21))
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setSelectedSection(QDateEdit.Section.MonthSection)
    return edit


def spin_state(box: Any) -> object:
    value = box.date() if isinstance(box, QDateEdit) else box.value()
    return value, *line_state(box.lineEdit())  # type: ignore[misc]


def combo_box(*, editable: bool = False) -> QComboBox:
    box = QComboBox()
    box.addItems(["金卡", "qm", "11", "-7", "银卡"])
    box.setEditable(editable)
    box.setCurrentIndex(4)
    if editable:
        box.setEditText("58")
        field = box.lineEdit()
        assert field is not None
        field.setCursorPosition(1)
    return box


def combo_state(box: QComboBox) -> object:
    field = box.lineEdit()
    return box.currentIndex(), box.currentText(), line_state(field) if field else None, box.count()


def items() -> QStandardItemModel:
    model = QStandardItemModel()
    for name in ("金卡", "qm", "11", "-7", *(f"卡 {number}" for number in range(40))):
        model.appendRow([QStandardItem(name), QStandardItem(f"{name} 2")])
        model.item(model.rowCount() - 1).appendRow(QStandardItem("qm"))
    return model


def item_view(view: Any) -> Any:
    model = items()
    model.setParent(view)
    view.setModel(model)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setCurrentIndex(model.index(20, 0))
    flags = put_back._Flag
    view.selectionModel().select(model.index(22, 0), flags.Select | flags.Rows)
    view.scrollTo(model.index(20, 0))
    return view


def view_state(view: QAbstractItemView) -> object:
    model = view.model()
    chosen = sorted((index.row(), index.column()) for index in view.selectedIndexes())
    texts = [model.index(row, 0).data() for row in range(model.rowCount())]
    current = view.currentIndex()
    at = current.row(), current.column(), current.parent().isValid()
    expanded = view.isExpanded(model.index(20, 0)) if isinstance(view, QTreeView) else None
    return at, chosen, view.verticalScrollBar().value(), texts, expanded


def text_edit(edit: Any) -> Any:
    edit.setPlainText("一\n二三四")
    cursor = edit.textCursor()
    cursor.insertText("零")
    cursor.setPosition(2)
    edit.setTextCursor(cursor)
    return edit


def rich_text() -> QTextEdit:
    edit = QTextEdit()
    edit.setHtml("一 <b>粗体</b> 二")
    cursor = edit.textCursor()
    cursor.setPosition(1)
    edit.setTextCursor(cursor)
    return edit


def selected_text(edit: Any) -> Any:
    text_edit(edit)
    cursor = edit.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(2, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    return edit


def bold_selection() -> QTextEdit:
    edit = rich_text()
    cursor = edit.textCursor()
    cursor.setPosition(6, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    return edit


def text_state(edit: Any) -> object:
    cursor = edit.textCursor()
    looks = edit.toHtml() if isinstance(edit, QTextEdit) else ""
    return edit.toPlainText(), cursor.anchor(), cursor.position(), looks


def slider() -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setValue(40)
    return made


def check_box() -> QCheckBox:
    box = QCheckBox("&q1 -")
    box.setChecked(True)
    return box


def button_state(button: Any) -> object:
    return button.isChecked(), button.isDown()


KINDS = [
    Kind("line edit", lambda: filled(QLineEdit()), line_state, QLineEdit.text),
    Kind("line edit with a selection", lambda: selected(1, 3), line_state),
    Kind("line edit with all selected backwards", lambda: selected(5, -5), line_state),
    Kind("password", password, line_state, QLineEdit.text),
    Kind("read-only field", read_only, line_state),
    Kind("spin box", spin_box, spin_state, QSpinBox.cleanText),
    Kind("patient spin box", patient_spin_box, spin_state),
    Kind("double spin box", double_spin_box, spin_state),
    Kind("date edit", date_edit, spin_state),
    Kind("combo box", combo_box, combo_state),
    Kind(
        "editable combo box", lambda: combo_box(editable=True), combo_state, QComboBox.currentText
    ),
    Kind("list", lambda: item_view(QListView()), view_state),
    Kind("tree", lambda: item_view(QTreeView()), view_state),
    Kind("table", lambda: item_view(QTableView()), view_state),
    Kind("plain text", lambda: text_edit(QPlainTextEdit()), text_state, QPlainTextEdit.toPlainText),
    Kind("plain text with a selection", lambda: selected_text(QPlainTextEdit()), text_state),
    Kind("rich text", rich_text, text_state, QTextEdit.toPlainText),
    Kind("rich text with a selection", lambda: selected_text(QTextEdit()), text_state),
    Kind("rich text with a bold selection", bold_selection, text_state),
    Kind("slider", slider, QSlider.value),
    Kind("check box", check_box, button_state),
    Kind("button", lambda: QPushButton("&q1 -"), button_state),
]
