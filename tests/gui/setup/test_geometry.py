"""Nothing of set-up is off the window, cut or too small: every screen at every size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from posmember.ui.i18n import install_language
from posmember.ui.main_window import MainWindow
from posmember.ui.theme import install_theme
from tests.gui.setup.showing import SCREENS, show
from tests.gui.test_geometry import SIZES, problems, settle
from tests.screenshots import SETUP

TIGHT = {
    "1920x1080 at 200 %, taskbar": (960, 500),
    "1366x768 at 200 %, taskbar": (683, 344),
    "1024x768 at 200 %, taskbar": (512, 344),
}

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    install_language(qapp, request.param)
    yield request.param
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("state", SCREENS)
def test_nothing_is_cut_or_off_the_window_or_too_small(
    qapp: QApplication, qtbot: QtBot, state: str
) -> None:
    install_theme(qapp)
    window = MainWindow(store_name="人民广场店")
    qtbot.addWidget(window)
    window.show()
    QTest.qWaitForWindowActive(window)
    window.prepare()
    screen = show(window, state)
    wrong = []
    for name, size in SIZES.items():
        window.resize(*size)
        settle()
        assert screen.geometry() == window.rect(), name
        wrong += [f"{name}: {problem}" for problem in problems(window, usual=size[0] >= 1366)]
        wrong += [f"{name}: {sideways}" for sideways in scrolls_sideways(screen)]
    window.setMinimumSize(0, 0)
    for name, size in TIGHT.items():
        window.resize(*size)
        settle()
        wrong += [f"{name}: {each}" for each in cannot_be_reached(screen)]
    assert wrong == []
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [window]
    assert nameless(screen) == []


def cannot_be_reached(screen: QWidget) -> list[str]:
    """What is off a screen that is too tight, and that nothing scrolls to."""
    layout, room = screen.layout(), screen.size()
    assert layout is not None
    needed = layout.minimumSize()
    fits = needed.width() <= room.width() and needed.height() <= room.height()
    found = [] if fits else [f"needs {needed.width()}x{needed.height()}"]
    for area in screen.findChildren(QScrollArea):
        content = area.widget()
        assert content is not None
        over = content.minimumSizeHint().width() - area.viewport().width()
        if area.isVisible() and 0 < over > area.horizontalScrollBar().maximum():
            found.append(f"{area.accessibleName()}: {over} px are at its right")
    return found


def scrolls_sideways(screen: QWidget) -> list[str]:
    """What is wider than the place that it scrolls in, and so is cut at its right."""
    found = []
    for area in screen.findChildren(QScrollArea):
        content = area.widget()
        assert content is not None
        needed, given = content.minimumSizeHint().width(), area.viewport().width()
        if area.isVisible() and needed > given:
            found.append(f"{area.accessibleName()} needs {needed} of {given}")
    return found


def nameless(screen: QWidget) -> list[str]:
    """Fields of which a screen reader could not say what they are."""
    fields = [each for each in screen.findChildren(QLineEdit) if each.isVisible()]
    return [repr(each) for each in fields if not each.accessibleName()]


def test_a_picture_is_taken_of_every_screen() -> None:
    assert set(SETUP) == set(SCREENS)
