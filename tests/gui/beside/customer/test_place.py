"""Which screen is the customer's: by number or name, and never one that the window is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from posmember.ui.beside.customer.place import ScreenChoice, find

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@dataclass(eq=False)
class Stand:
    """Stands for a screen."""

    called: str
    place: QRect
    of_model: str = ""

    def name(self) -> str:
        return self.called

    def model(self) -> str:
        return self.of_model

    def geometry(self) -> QRect:
        return self.place


LEFT = Stand("eDP-1", QRect(0, 0, 1366, 768))
RIGHT = Stand("HDMI-1", QRect(1366, 0, 1024, 600), "POS 10")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", None), (" ", None), ("1", LEFT), ("2", RIGHT), ("3", None), ("0", None),
        ("-1", None), ("²", None), ("hdmi-1", RIGHT), ("pos 10", RIGHT), ("HDMI", None),
    ],
)  # fmt: skip
def test_by_number_or_name(wanted: str, found: Any) -> None:
    screens: Any = [LEFT, RIGHT]
    assert find(wanted, screens) is found


def test_a_name_beats_a_number() -> None:
    screens: Any = [LEFT, RIGHT, Stand("1", QRect(0, 0, 9, 9))]
    assert find("1", screens) is screens[2]


def test_the_one_screen_that_there_is_is_the_cashiers(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    choice = ScreenChoice(window)
    choice.use("1")
    assert choice.screen is None
    choice.stop()


@pytest.mark.parametrize(
    ("place", "taken"),
    [
        (QRect(0, 0, 1366, 768), True),  # mirrored
        (QRect(0, 0, 800, 600), True),  # mirrored, with fewer lines
        (QRect(5000, 0, 1024, 600), False),
    ],
)
def test_a_screen_that_shows_the_same_is_the_cashiers(
    qapp: QApplication, qtbot: QtBot, place: QRect, taken: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    choice = ScreenChoice(window)
    other: Any = Stand("other", place)
    assert choice._is_taken(other) is taken
    choice.stop()


def test_a_maximised_windows_edge_takes_no_screen(qapp: QApplication, qtbot: QtBot) -> None:
    """Windows lets it lie eight pixels over the screens beside it."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    choice = ScreenChoice(window)
    beside = window.screen().geometry().right() + 1
    other: Any = Stand("other", QRect(beside, 0, 1024, 600))
    window.setGeometry(8, 0, beside, 500)
    assert not choice._is_taken(other)
    window.setGeometry(200, 0, beside, 500)
    assert choice._is_taken(other)
    choice.stop()
