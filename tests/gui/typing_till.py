"""A till at which somebody types, in whatever place has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from posmember.ui import tour
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.widgets.fields import ChoiceBox
from tests.gui import samples

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
PHONE = "13800000001"
CODE = "qm0000002"


class Till:
    """A window whose keys are watched for scans."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.scans: list[str] = []
        self.entered: list[str] = []
        self.filter = ScanFilter(parent=window)
        self.filter.scanned.connect(lambda text, _place: self.scans.append(text))
        self.filter.burst_began.connect(window.begin_burst)
        window.identifier_entered.connect(lambda text, _kind: self.entered.append(text))
        tour._Clock.ms += 10_000

    @property
    def field(self) -> QLineEdit:
        return self.window.scan_field

    def type(self, *keys: str | Qt.Key, every_ms: int = 120, modifier: object = NONE) -> None:
        """Strike keys as a person does, texts letter by letter."""
        assert isinstance(modifier, Qt.KeyboardModifier)
        for key in keys:
            if isinstance(key, Qt.Key):
                self._strike(
                    key,
                    {Key.Key_Return: "\r", Key.Key_Backspace: "\b"}.get(key, ""),
                    every_ms,
                    modifier,
                )
                continue
            for char in key:
                self._strike(Key(ord(char.upper())), char, every_ms, modifier)

    def scan(self, code: str = CODE) -> None:
        tour._Clock.ms += 1000
        tour.send_burst(self.window.windowHandle(), code + "\r")

    def _strike(self, key: Qt.Key, text: str, after_ms: int, modifier: Qt.KeyboardModifier) -> None:
        tour._Clock.ms += after_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key.value, modifier, text)
            event.setTimestamp(tour._Clock.ms)
            QApplication.sendEvent(self.window.windowHandle(), event)


def opened(qtbot: QtBot) -> Iterator[Till]:
    """A till with a member on its screen, whose window has the keyboard."""
    window = MainWindow(store_name="人民广场店")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.render(samples.loaded_view())
    made = Till(window)
    yield made
    made.filter.stop()


def coupons(window: MainWindow) -> QWidget:
    assert window._coupons.row_list is not None
    return window._coupons.row_list


def gift_cards(window: MainWindow) -> QWidget:
    assert window._gift_cards.row_list is not None
    return window._gift_cards.row_list


def a_button(window: MainWindow) -> QWidget:
    (found,) = (each for each in window.findChildren(QPushButton) if each.text() == "按住显示")
    return found


def order_types(window: MainWindow) -> QWidget:
    (found,) = (each for each in window.findChildren(QPushButton) if each.text() == "外卖")
    return found


def kinds(window: MainWindow) -> QWidget:
    (found,) = window.findChildren(ChoiceBox)
    return found


def nothing(window: MainWindow) -> QWidget | None:
    widget = window.focusWidget()
    if widget is not None:
        widget.clearFocus()
    return None


Place = Callable[[MainWindow], QWidget | None]
PLACES: tuple[Place, ...] = (coupons, gift_cards, a_button, order_types, kinds, nothing)
place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)


def go_to(till: Till, place: Place) -> QWidget | None:
    widget = place(till.window)
    if widget is not None:
        widget.setFocus()
    assert QApplication.focusWidget() is widget
    return widget
