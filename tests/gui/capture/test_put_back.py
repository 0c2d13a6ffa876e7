"""Every widget is after a scan as it was before, and takes a person's keys as ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from posmember.scanning.burst import ScanSettings
from posmember.ui.capture import put_back
from posmember.ui.capture.scan_filter import ScanFilter
from tests.gui.capture.widget_kinds import KINDS, Kind, combo_box

CODES = ("qm0000001", "1122334455", "-7*+ 0001a")
"""The first of their keys reaches the widget; what it does there is told by no list of widgets."""
NO_POPUPS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NONE = Qt.KeyboardModifier.NoModifier
SLOW_MS = 150


class Hand:
    """Strikes keys at a window, each with the time at which it went down and up."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000
        self.window: QWidget | None = None

    def send(self, kind: QEvent.Type, char: str, at_ms: int) -> None:
        key = Qt.Key.Key_Return.value if char == "\r" else ord(char.upper())
        event = QKeyEvent(kind, key, NONE, char)
        event.setTimestamp(at_ms)
        window = self.window or _window_with_the_keyboard()
        QApplication.sendEvent(window.windowHandle(), event)

    def scan(self, code: str) -> None:
        """Type as a scanner: 4 ms a key, each let go before the next."""
        for char in f"{code}\r":
            self.now_ms += 4
            self.send(QEvent.Type.KeyPress, char, self.now_ms)
            self.send(QEvent.Type.KeyRelease, char, self.now_ms + 2)
        self.now_ms += 1000

    def type(self, text: str, every_ms: int, hold_ms: int = 80) -> None:
        """Type as a person: keys are still down when the next one goes down."""
        events = [
            (self.now_ms + place * every_ms + late, kind, char)
            for place, char in enumerate(text)
            for late, kind in ((0, QEvent.Type.KeyPress), (hold_ms, QEvent.Type.KeyRelease))
        ]
        for at_ms, kind, char in sorted(events, key=lambda event: event[0]):
            self.send(kind, char, at_ms)
        self.now_ms = events[-1][0] + 1000


def _window_with_the_keyboard() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget.window()


TEXTS = [kind for kind in KINDS if kind.text is not None]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


Show = Callable[[QWidget], "Form"]


class Form(QWidget):
    """A window with one widget that has the keyboard."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.widget = widget
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(widget)
        self.resize(400, 300)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def scans() -> list[str]:
    return []


@pytest.fixture
def scan_filter(scans: list[str]) -> Iterator[ScanFilter]:
    watching = ScanFilter()
    watching.scanned.connect(lambda text, _place: scans.append(text))
    yield watching
    watching.stop()
    assert watching._held == {}


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    forms: list[Form] = []  # whoever holds none, loses it

    def show_one(widget: QWidget) -> Form:
        form = Form(widget)
        forms.append(form)
        qtbot.addWidget(form)
        form.show()
        form.activateWindow()
        widget.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)
        return form

    return show_one


# --- a scan ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("scan_filter")
@pytest.mark.parametrize("code", CODES)
@every_kind
def test_a_scan_leaves_it_as_it_was(
    show: Show, hand: Hand, scans: list[str], kind: Kind, code: str
) -> None:
    widget = kind.make()
    show(widget)
    state = kind.state(widget)
    hand.scan(code)
    assert scans == [code]
    assert kind.state(widget) == state
    assert QApplication.focusWidget() is widget
    hand.scan(code)
    assert (scans, kind.state(widget)) == ([code, code], state)


@NO_POPUPS
@pytest.mark.usefixtures("scan_filter")
def test_the_list_of_an_open_combo_box(
    qtbot: QtBot, show: Show, hand: Hand, scans: list[str]
) -> None:
    box = combo_box()
    show(box)
    box.showPopup()
    view = box.view()
    popup = view.window()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is popup)
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    row = view.currentIndex().row()
    hand.scan("qm0000001")
    assert scans == ["qm0000001"]
    assert (view.currentIndex().row(), box.currentIndex(), chosen) == (row, 4, [])
    assert popup.isVisible(), "the scan's Enter chose nothing"
    box.hidePopup()


@NO_POPUPS
@pytest.mark.usefixtures("scan_filter")
def test_an_open_menu(qtbot: QtBot, show: Show, hand: Hand, scans: list[str]) -> None:
    form = show(QLineEdit())
    menu = QMenu(form)
    done: list[str] = []
    for name in ("&q 查询", "&m 会员", "&1 一", "&0 零"):
        action = QAction(name, menu)
        action.triggered.connect(lambda _on, name=name: done.append(name))
        menu.addAction(action)
    menu.popup(form.pos())
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    hand.window = menu
    hand.scan("qm0000001")
    assert (scans, done) == (["qm0000001"], [])
    assert menu.isVisible()
    hand.type("m", SLOW_MS)
    qtbot.waitUntil(lambda: done == ["&m 会员"])


@pytest.mark.usefixtures("scan_filter")
@pytest.mark.parametrize("where", ["field", "default button", "cancel button"])
def test_a_dialog_is_not_accepted(
    qtbot: QtBot, show: Show, hand: Hand, scans: list[str], where: str
) -> None:
    form = show(QLineEdit())
    dialog = QDialog(form)
    field = QLineEdit()
    buttons = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
    )
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(field)
    layout.addWidget(buttons)
    finished: list[int] = []
    dialog.finished.connect(finished.append)
    dialog.open()
    cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
    ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
    {"field": field, "default button": ok, "cancel button": cancel}[where].setFocus()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    hand.window = dialog
    hand.scan("qm 000001")
    assert scans == ["qm 000001"]
    assert (finished, dialog.isVisible(), field.text()) == ([], True, "")
    field.setFocus()
    hand.type("58\r", SLOW_MS)
    assert (finished, field.text()) == ([QDialog.DialogCode.Accepted], "58")


# --- what can be undone ------------------------------------------------------------------------


@pytest.mark.usefixtures("scan_filter")
@pytest.mark.parametrize("make", [QTextEdit, QPlainTextEdit])
def test_what_was_typed_before_can_still_be_undone(
    show: Show, hand: Hand, make: Callable[[], Any]
) -> None:
    edit = make()
    show(edit)
    hand.type("58", SLOW_MS)
    hand.scan("qm0000001")
    assert edit.toPlainText() == "58"
    steps = []
    while edit.document().isUndoAvailable():
        edit.undo()
        steps.append(edit.toPlainText())
    assert steps[-1] == ""
    assert not any("qm" in step for step in steps), "of the code at most its first key"


@pytest.mark.usefixtures("scan_filter")
def test_a_field_gives_nothing_of_the_code_back(show: Show, hand: Hand) -> None:
    field = QLineEdit()
    show(field)
    hand.scan("qm0000001")
    field.undo()
    field.redo()
    assert field.text() == ""


# --- a person ----------------------------------------------------------------------------------


@NO_POPUPS
@pytest.mark.parametrize("text", ["5", "q", " ", "12", "\r"], ids=ascii)
@every_kind
def test_slow_keys_do_what_they_do_without_it(
    qtbot: QtBot, show: Show, hand: Hand, scans: list[str], kind: Kind, text: str
) -> None:
    plain, watched = kind.make(), kind.make()
    form = show(plain)
    hand.type(text, SLOW_MS)
    expected = kind.state(plain)
    form.close()
    show(watched)
    scan_filter = ScanFilter()
    scan_filter.scanned.connect(lambda code, _place: scans.append(code))
    try:
        hand.type(text, SLOW_MS)
        qtbot.waitUntil(lambda: kind.state(watched) == expected)
        assert scans == []
    finally:
        scan_filter.stop()


@pytest.mark.usefixtures("scan_filter")
@pytest.mark.parametrize("every_ms", [20, 34, 60, SLOW_MS])
@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.name)
def test_a_person_is_never_a_scan_however_fast(
    qtbot: QtBot, show: Show, hand: Hand, scans: list[str], kind: Kind, every_ms: int
) -> None:
    assert kind.text is not None
    text = "1234" if kind.name == "spin box" else "a quick 13800000001"
    widget = kind.make()
    show(widget)
    if hasattr(widget, "selectAll"):
        widget.selectAll()
    else:
        assert isinstance(widget, QComboBox)
        field = widget.lineEdit()
        assert field is not None
        field.selectAll()
    hand.type(text, every_ms)
    qtbot.waitUntil(lambda: kind.text(widget) == text)  # type: ignore[misc]
    assert scans == []


@pytest.mark.usefixtures("scan_filter")
def test_a_fast_person_enters_what_was_typed(show: Show, hand: Hand, scans: list[str]) -> None:
    field = QLineEdit()
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    show(field)
    hand.type("13800000001\r", 20)
    assert (entered, scans) == (["13800000001"], [])


# --- a person, and then a scanner ---------------------------------------------------------------


def test_what_was_entered_before_a_scan_with_a_prefix_stays(show: Show, hand: Hand) -> None:
    """The scan's first key is held, so there is nothing to put back."""
    field = QLineEdit()
    scans: list[str] = []
    show(field)
    scan_filter = ScanFilter(ScanSettings(prefix="~"))
    scan_filter.scanned.connect(lambda text, _place: scans.append(text))
    try:
        for enter in ("\r", ""):  # with a busy window: no timer comes round in between
            hand.type("5", SLOW_MS)
            hand.type(f"8{enter}", 20)
            hand.scan("~qm0000001")
            assert (scans.pop(), field.text()) == ("qm0000001", "58")
            field.clear()
    finally:
        scan_filter.stop()


@pytest.mark.usefixtures("scan_filter")
def test_a_key_whose_release_was_lost_works_again(show: Show, hand: Hand, scans: list[str]) -> None:
    """Another window took the keyboard in the middle of a scan."""
    button = QPushButton()
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    show(button)
    for char in "qm000001 \r":
        hand.now_ms += 4
        hand.send(QEvent.Type.KeyPress, char, hand.now_ms)
        if char != " ":
            hand.send(QEvent.Type.KeyRelease, char, hand.now_ms + 2)
    assert scans == ["qm000001"], "what stayed down is taken for a person's, and given back"
    clicks.clear()
    hand.now_ms += 1000
    hand.type(" ", SLOW_MS)
    assert (len(clicks), button.isDown()) == (1, False)


# --- the remembering itself --------------------------------------------------------------------


def test_where_nothing_has_the_keyboard_nothing_is_remembered(qtbot: QtBot) -> None:
    label = QLabel("58")
    qtbot.addWidget(label)
    assert put_back.remember(label) is None
    if QApplication.focusWidget() is None:
        assert put_back.remember_focused() is None


@every_kind
def test_an_untouched_widget_is_left_alone(show: Show, kind: Kind) -> None:
    widget = kind.make()
    show(widget)
    state = kind.state(widget)
    restore = put_back.remember_focused()
    assert restore is not None
    restore()
    assert kind.state(widget) == state


def rows(*names: str) -> QListView:
    view = QListView()
    view.setModel(QStringListModel(list(names), view))
    return view


def test_a_list_whose_rows_went_away_selects_nothing(show: Show) -> None:
    view = rows("金卡", "银卡")
    show(view)
    model = view.model()
    view.setCurrentIndex(model.index(1, 0))
    restore = put_back.remember(view)
    assert restore is not None
    model.removeRow(1)
    restore()
    assert view.selectedIndexes() == []
    assert not view.currentIndex().isValid()


def test_a_list_that_has_another_model_since_is_left_alone(qtbot: QtBot, show: Show) -> None:
    view = rows("金卡", "银卡")
    show(view)
    restore = put_back.remember(view)
    assert restore is not None
    before = view.selectionModel()
    view.setModel(QStringListModel(["铜卡"], view))
    before.deleteLater()
    qtbot.waitUntil(lambda: not isValid(before))
    restore()
    assert view.selectedIndexes() == []


def test_a_list_without_a_model_has_nothing_to_put_back(show: Show) -> None:
    view = QListWidget()
    show(view)
    restore = put_back.remember(view)
    assert restore is not None
    restore()
    assert view.currentRow() == -1


def names(kinds: Sequence[Kind]) -> list[str]:
    return [kind.name for kind in kinds]


def test_no_two_kinds_have_one_name() -> None:
    assert len(set(names(KINDS))) == len(KINDS)
