"""The places of focus of the rig's window: each shows its state as plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QDate
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from posmember.ui.capture.input_method import let_write_chinese
from posmember.ui.widgets.fields import CountField, MoneyField, ScanField

State = dict[str, object]
_Box = TypeVar("_Box", bound=QAbstractSpinBox)

ROWS = tuple("0123456789abcdefghijklmnopqrstuvwxyz")
"""An item for each letter and digit: whatever is struck, some row begins with it."""
_ROW = 7


@dataclass(frozen=True, slots=True)
class Place:
    """Where the keyboard can be.

    Args:
        widget: what is laid out in the window.
        state: all that a key could change.
        reset: makes it as it was in the beginning, and closes what is open.
        enter: gives it the keyboard.
        is_entered: whether it has it.
    """

    name: str
    widget: QWidget
    state: Callable[[], State]
    reset: Callable[[], None]
    enter: Callable[[], None]
    is_entered: Callable[[], bool]


def make_places(parent: QWidget) -> list[Place]:
    """Make every place of the rig's window."""
    return [
        _line("scan_field", ScanField(), "qm1"),
        _line("money", MoneyField(), "58.5"),
        _line("count", CountField(), "12"),
        _line("line", QLineEdit(), "ab12"),
        _spin("spin", QSpinBox(maximum=10**9), lambda box: box.setValue(42)),
        _spin("double_spin", QDoubleSpinBox(maximum=1e9), lambda box: box.setValue(4.25)),
        _spin("date", QDateEdit(), lambda box: box.setDate(QDate(2025, 3, 9))),
        _combo("combo", QComboBox()),
        _combo("combo_editable", QComboBox(editable=True)),
        _popup("combo_popup", QComboBox()),
        _list("list", QListWidget()),
        _text("text", QPlainTextEdit()),
        _button("button", QPushButton("&B")),
        _check_box("checkbox", QCheckBox("C")),
        _line("read_only", QLineEdit(readOnly=True), "fixed"),
        _line("password", QLineEdit(echoMode=QLineEdit.EchoMode.Password), "geheim"),
        _dialog("dialog", parent),
        _menu("menu", QPushButton("M")),
        _chinese("chinese", QLineEdit()),
        _chinese_text("chinese_text", QPlainTextEdit()),
    ]


def _focused(
    name: str, widget: QWidget, state: Callable[[], State], reset: Callable[[], None]
) -> Place:
    """A place that the widget itself is."""
    widget.setObjectName(name)

    def is_entered() -> bool:
        return QApplication.focusWidget() is widget

    return Place(name, widget, state, reset, widget.setFocus, is_entered)


def _line_state(field: QLineEdit) -> State:
    return {
        "text": field.text(),
        "cursor": field.cursorPosition(),
        "selected": [field.selectionStart(), field.selectionLength()],
    }


def _line(name: str, field: QLineEdit, text: str) -> Place:
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))

    def reset() -> None:
        entered.clear()
        field.setText(text)
        field.setCursorPosition(len(text) - 1)

    return _focused(name, field, lambda: {**_line_state(field), "entered": list(entered)}, reset)


def _chinese(name: str, field: QLineEdit) -> Place:
    let_write_chinese(field)
    return _line(name, field, "备注")


def _chinese_text(name: str, edit: QPlainTextEdit) -> Place:
    let_write_chinese(edit)
    return _text(name, edit)


def _spin(name: str, box: _Box, reset: Callable[[_Box], None]) -> Place:
    def state() -> State:
        return {"value": box.text(), **_line_state(box.lineEdit())}

    return _focused(name, box, state, lambda: reset(box))


def _fill(box: QComboBox) -> None:
    box.addItems(ROWS)
    box.setMaxVisibleItems(12)


def _combo(name: str, box: QComboBox) -> Place:
    _fill(box)
    activated: list[int] = []
    box.activated.connect(activated.append)

    def state() -> State:
        field = box.lineEdit()
        own: State = {"row": box.currentIndex(), "rows": box.count(), "activated": list(activated)}
        return own if field is None else {**own, **_line_state(field)}

    def reset() -> None:
        box.clear()
        _fill(box)
        box.setCurrentIndex(_ROW)
        activated.clear()

    return _focused(name, box, state, reset)


def _popup(name: str, box: QComboBox) -> Place:
    place = _combo(name, box)
    view = box.view()

    def state() -> State:
        return {**place.state(), "open": view.isVisible(), "at": view.currentIndex().row()}

    def reset() -> None:
        box.hidePopup()
        place.reset()

    def enter() -> None:
        box.setFocus()
        box.showPopup()

    return Place(name, box, state, reset, enter, view.isVisible)


def _list(name: str, rows: QListWidget) -> Place:
    rows.addItems(ROWS)
    rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    activated: list[str] = []
    rows.itemActivated.connect(lambda item: activated.append(item.text()))

    def state() -> State:
        selected = sorted(index.row() for index in rows.selectedIndexes())
        return {
            "row": rows.currentRow(),
            "selected": selected,
            "top": rows.verticalScrollBar().value(),
            "activated": list(activated),
        }

    def reset() -> None:
        rows.setCurrentRow(_ROW)
        activated.clear()

    return _focused(name, rows, state, reset)


def _text(name: str, edit: QPlainTextEdit) -> Place:
    def state() -> State:
        cursor = edit.textCursor()
        return {
            "text": edit.toPlainText(),
            "anchor": cursor.anchor(),
            "position": cursor.position(),
        }

    def reset() -> None:
        edit.setPlainText("first\nsecond")
        cursor = edit.textCursor()
        cursor.setPosition(3)
        edit.setTextCursor(cursor)

    return _focused(name, edit, state, reset)


def _button(name: str, button: QPushButton) -> Place:
    clicks: list[bool] = []
    button.clicked.connect(clicks.append)
    return _focused(
        name, button, lambda: {"clicks": len(clicks), "down": button.isDown()}, clicks.clear
    )


def _check_box(name: str, box: QCheckBox) -> Place:
    def state() -> State:
        return {"checked": box.isChecked(), "down": box.isDown()}

    return _focused(name, box, state, lambda: box.setChecked(True))


def _dialog(name: str, parent: QWidget) -> Place:
    dialog, field = QDialog(parent), QLineEdit("note")
    dialog.setModal(True)
    ok = QDialogButtonBox.StandardButton.Ok
    buttons = QDialogButtonBox(ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(ok).setDefault(True)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(field)
    layout.addWidget(buttons)
    finished: list[int] = []
    dialog.finished.connect(finished.append)
    stand_in = QPushButton("D")
    stand_in.setObjectName(name)

    def state() -> State:
        own = {"open": dialog.isVisible(), "finished": list(finished)}
        return {**own, **_line_state(field)}

    def reset() -> None:
        dialog.hide()
        finished.clear()
        field.setText("note")
        field.setCursorPosition(2)

    def enter() -> None:
        dialog.open()
        dialog.activateWindow()
        field.setFocus()
        field.setCursorPosition(2)

    return Place(name, stand_in, state, reset, enter, lambda: QApplication.focusWidget() is field)


def _menu(name: str, button: QPushButton) -> Place:
    menu = QMenu(button)
    triggered: list[str] = []

    def note(action: QAction) -> None:
        triggered.append(action.text())

    for row in ROWS:
        menu.addAction(f"&{row}")
    menu.triggered.connect(note)

    def enter() -> None:
        button.setFocus()
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def reset() -> None:
        menu.hide()
        triggered.clear()

    return Place(
        name,
        button,
        lambda: {"open": menu.isVisible(), "triggered": list(triggered)},
        reset,
        enter,
        menu.isVisible,
    )
