"""The clipboard: marked, forgotten after a time, and never taken from somebody else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QClipboard, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from posmember.ui import clipboard as module
from posmember.ui.clipboard import Clipboard, clipboard, marks
from posmember.ui.widgets.chinese_field import ChineseField
from posmember.ui.widgets.fields import MoneyField, PlainLineEdit, ScanField

CODE = "860000000001"
HINT = "x-kde-passwordManagerHint"

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise|grabbing the keyboard)"
)


@pytest.fixture
def ours(qapp: QApplication) -> Iterator[Clipboard]:
    made = clipboard()
    yield made
    made.forget()
    made._timer.setInterval(module.KEPT_MS)
    QGuiApplication.clipboard().clear()


def there() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def text_there() -> str:
    return QGuiApplication.clipboard().text()


def test_there_is_one(qapp: QApplication) -> None:
    assert clipboard() is clipboard()


def test_what_is_copied_is_marked(ours: Clipboard) -> None:
    ours.copy(CODE)
    assert there().text() == CODE
    assert bytes(there().data(HINT).data()) == b"secret"


def test_the_four_marks_of_windows() -> None:
    dword = b"\0\0\0\0"
    of = 'application/x-qt-windows-mime;value="{}"'.format
    assert marks("windows") == {
        of("ExcludeClipboardContentFromMonitorProcessing"): b"1",
        of("CanIncludeInClipboardHistory"): dword,
        of("CanUploadToCloudClipboard"): dword,
        of("Clipboard Viewer Ignore"): b"1",
    }


def test_each_platform_has_its_own(ours: Clipboard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "windows"))
    ours.copy(CODE)
    formats = [name for name in there().formats() if "text/plain" not in name]
    assert sorted(formats) == sorted(marks("windows"))
    for name, data in marks("windows").items():
        assert bytes(there().data(name).data()) == data


def test_it_is_forgotten_after_a_minute(ours: Clipboard, qtbot: QtBot) -> None:
    assert ours._timer.interval() == 60_000
    ours._timer.setInterval(20)
    with qtbot.waitSignal(ours.forgotten):
        ours.copy(CODE)
    assert text_there() == ""


def test_copying_again_begins_the_time_anew(ours: Clipboard, qtbot: QtBot) -> None:
    ours.copy(CODE)
    ours._timer.stop()
    with qtbot.waitSignal(ours.forgotten, timeout=0):
        ours.copy("860000000002")
    assert ours._timer.isActive()
    assert there().text() == "860000000002"


@pytest.mark.parametrize("theirs", ["a shopping list", CODE])
def test_what_somebody_else_has_copied_since_stays(ours: Clipboard, theirs: str) -> None:
    ours.copy(CODE)
    QGuiApplication.clipboard().setText(theirs)
    ours.forget()
    assert there().text() == theirs


def test_nothing_copied_nothing_taken(ours: Clipboard, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("a shopping list")
    with qtbot.assertNotEmitted(ours.forgotten):
        ours.forget()
    assert there().text() == "a shopping list"


def test_the_primary_selection_is_left_alone(ours: Clipboard) -> None:
    set_there: list[QClipboard.Mode] = []

    class Spy:
        def setMimeData(
            self, data: QMimeData, mode: QClipboard.Mode = QClipboard.Mode.Clipboard
        ) -> None:
            set_there.append(mode)

        def mimeData(self) -> QMimeData:
            return QMimeData()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QGuiApplication, "clipboard", staticmethod(Spy))
        ours.copy(CODE)
        ours.forget()
    assert set_there == [QClipboard.Mode.Clipboard]


# --- fields --------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [PlainLineEdit, ScanField, MoneyField, ChineseField])
@pytest.mark.parametrize("way", ["key", "menu"])
@pytest.mark.parametrize("cuts", [False, True])
def test_a_fields_copy_is_marked_too(
    ours: Clipboard, qtbot: QtBot, make: type[QLineEdit], way: str, cuts: bool
) -> None:
    field = make()
    qtbot.addWidget(field)
    field.show()
    field.setText("13900000001")
    field.selectAll()
    if way == "key":
        key = Qt.Key.Key_X if cuts else Qt.Key.Key_C
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    else:
        choose(field, "edit-cut" if cuts else "edit-copy")
    assert there().text() == "13900000001"
    assert there().hasFormat(HINT)
    assert field.text() == ("" if cuts else "13900000001")


def test_the_menu_has_everything_else_as_ever(ours: Clipboard, qtbot: QtBot) -> None:
    field = PlainLineEdit()
    qtbot.addWidget(field)
    field.show()
    QGuiApplication.clipboard().setText("abc")
    choose(field, "edit-paste")
    assert field.text() == "abc"


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_X])
def test_a_secret_is_not_copied(ours: Clipboard, qtbot: QtBot, key: Qt.Key) -> None:
    field = PlainLineEdit()
    qtbot.addWidget(field)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setText("135790")
    field.selectAll()
    QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert text_there() == ""
    assert field.text() == "135790"


def choose(field: QLineEdit, name: str) -> None:
    """Choose from the menu that the right button opens."""
    place = field.rect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place)
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = menu.findChild(QAction, name)
    assert action is not None
    assert action.isEnabled()
    action.trigger()
    menu.close()


_COPIES = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
from posmember.ui.clipboard import clipboard
clipboard().copy("860000000001")
"""


def test_a_process_ends_with_something_on_it() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", _COPIES], env=environment, check=False)
    assert done.returncode == 0
