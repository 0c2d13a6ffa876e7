"""Training mode in the window: what says so, who is looked up, and the way in and out."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from posmember import app as program
from posmember.cli import window as cli_window
from posmember.cli.training import is_for_training
from posmember.scanning.identifier import NEVER_KEPT, Problem, classify
from posmember.scanning.profile import CodeProfile
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.opening.training import TrainingWish
from posmember.ui.panels.help_sheet import HelpSheet
from posmember.ui.panels.watermark import ON_DARK, ON_LIGHT, Watermark
from posmember.ui.theme import tokens
from posmember.ui.threads import settled
from posmember.ui.till.connection import Connection
from posmember.ui.till.intake import Intake
from tests.gui.driving import SETTINGS, ScriptedBackend, hint_text, on_qasync, until
from tests.gui.themed import give_theme

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PROFILE = CodeProfile(knows=is_for_training)
REAL = "qm7654321"
READABLE = 4.5
"""The least contrast of text (WCAG, AA)."""


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    give_theme(qapp)
    made = MainWindow(store_name="人民广场店")
    qtbot.addWidget(made)
    made.training.show()
    with qtbot.waitExposed(made):
        made.show()
    made.prepare()
    return made


def mark_of(window: MainWindow) -> Watermark:
    (found,) = window.findChildren(Watermark)
    return found


def test_the_window_says_so(window: MainWindow) -> None:
    assert window.training.is_on
    assert "培训模式" in window.windowTitle()
    said = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "培训模式" in said
    assert mark_of(window).geometry() == window.rect()
    window.resize(window.width() + 40, window.height() + 20)
    assert mark_of(window).geometry() == window.rect()


def test_a_till_says_nothing_of_it(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert not window.training.is_on
    assert not window.findChildren(Watermark)
    assert "培训" not in window.windowTitle()


def test_it_takes_no_clicks(window: MainWindow, qtbot: QtBot) -> None:
    button = next(one for one in window.findChildren(QPushButton) if one.text() == "外卖")
    assert window.childAt(button.mapTo(window, button.rect().center())) is button
    QTest.mouseClick(
        window.windowHandle(),
        Qt.MouseButton.LeftButton,
        pos=button.mapTo(window, button.rect().center()),
    )
    qtbot.waitUntil(button.isChecked)
    assert mark_of(window).focusPolicy() == Qt.FocusPolicy.NoFocus


def test_it_lies_over_a_sheet_that_opens_later(window: MainWindow, qtbot: QtBot) -> None:
    for _time in range(2):
        sheet = QFrame(window)
        sheet.setStyleSheet("background: white")
        sheet.setGeometry(window.rect())
        sheet.show()
        sheet.raise_()
        qtbot.waitUntil(lambda: window.children()[-1] is mark_of(window))
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        colours = {image.pixelColor(x, image.height() // 2).rgb() for x in range(image.width())}
        assert QColor(ON_LIGHT).rgb() in colours


def test_dark_words_stay_dark_and_light_ground_stays_light(window: MainWindow) -> None:
    sheet = QFrame(window)
    sheet.setStyleSheet("background: black")
    sheet.setGeometry(window.rect())
    sheet.show()
    image = window.grab().toImage()
    step = range(0, image.width(), 7)
    assert {image.pixelColor(x, image.height() // 2).lightness() for x in step} == {0}


def luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def marked(colour: QColor, scheme: str) -> QColor:
    """A colour as it is where the word lies over it."""
    pale = ON_LIGHT if scheme == "light" else ON_DARK
    pairs = zip(
        (colour.redF(), colour.greenF(), colour.blueF()),
        (pale.redF(), pale.greenF(), pale.blueF()),
        strict=True,
    )
    if scheme == "light":
        return QColor.fromRgbF(*(one * other for one, other in pairs))
    return QColor.fromRgbF(*(1 - (1 - one) * (1 - other) for one, other in pairs))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["text", "muted", "usable", "check", "error", "accent"])
@pytest.mark.parametrize("ground", ["panel", "window"])
def test_words_under_it_can_be_read(scheme: str, ink: str, ground: str) -> None:
    chosen = tokens(scheme)
    lights = sorted(luminance(marked(chosen.color(name), scheme)) + 0.05 for name in (ink, ground))
    assert lights[1] / lights[0] >= READABLE


# --- whom it looks up --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("qm0000001", None),
        ("QM0000001", None),
        ("138 0000 0001", None),
        (REAL, Problem.NOT_IN_TRAINING),
        ("13912345678", Problem.NOT_IN_TRAINING),
        ("900000000000000000000021", Problem.NOT_IN_TRAINING),
        ("6901234567892", Problem.GOODS),
        ("134567890123456789", Problem.PAYMENT_CODE),
        ("https://example.com/x", Problem.URL),
    ],
)
def test_what_a_code_is_in_training(text: str, problem: Problem | None) -> None:
    assert classify(text, None, PROFILE).problem is problem
    assert Problem.NOT_IN_TRAINING in NEVER_KEPT


@pytest.mark.parametrize("text", [REAL, "https://example.com/member/778899", "6901234567892"])
def test_the_intake_keeps_nothing_of_what_is_refused(text: str) -> None:
    intake = Intake(PROFILE)
    intake.begin(text, None)
    intake.another(text)
    assert text not in repr(vars(intake))


def test_a_real_code_is_refused_and_not_kept(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def work() -> None:
        window = MainWindow()
        backend: Any = ScriptedBackend()
        window.prepare()
        made: asyncio.Future[Any] = settled(backend)
        connection = Connection(lambda: made)
        controller = Controller(window, connection, SETTINGS, None, is_for_training)
        window.show()
        try:
            controller.scan(REAL)
            controller.scan(REAL + "9", 2)
            assert "培训模式里没有这位会员，请扫培训码" in hint_text(window)
            assert window.scan_field.text() == ""
            window.scan_field.setText(REAL)
            window.identifier_entered.emit(REAL, None)
            assert window.scan_field.text() == ""
            assert backend.lookup.runs == []
            assert REAL not in caplog.text + repr(vars(controller._reception._intake))
            controller.scan("qm0000001")
            await until(lambda: len(backend.lookup.runs) == 1, "the lookup")
            assert window.scan_field.text() == "qm0000001"
        finally:
            await controller.shutdown()
            window.close()
            window.deleteLater()

    on_qasync(qapp, work)


# --- the way in and out ------------------------------------------------------------------------


def offered(window: MainWindow, qtbot: QtBot) -> QPushButton:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    (sheet,) = window.findChildren(HelpSheet)
    qtbot.waitUntil(sheet.isVisible)
    (button,) = offers(sheet)
    return button


def offers(sheet: HelpSheet) -> list[QPushButton]:
    """What it offers of training mode."""
    buttons: list[QPushButton] = sheet.findChildren(QPushButton)
    return [button for button in buttons if "培训" in button.text()]


def a_window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.prepare()
    return window


def test_into_it(qtbot: QtBot) -> None:
    window = a_window(qtbot)
    wish = TrainingWish(window)
    window.training.offer()
    button = offered(window, qtbot)
    assert button.text() == "进入培训模式"
    assert not wish.is_there
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(window.isHidden)
    assert wish.is_there


def test_out_of_it(qtbot: QtBot) -> None:
    window = a_window(qtbot)
    wish = TrainingWish(window)
    window.training.show()
    button = offered(window, qtbot)
    assert button.text() == "退出培训模式"
    button.click()
    qtbot.waitUntil(window.isHidden)
    assert not wish.is_there


def test_where_it_is_not_installed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    window = a_window(qtbot)
    wish = TrainingWish(window)
    window.training.asked.emit()
    assert window.isVisible()
    assert not wish.is_there
    assert "没有装培训模式" in hint_text(window)


@pytest.mark.usefixtures("one_application")
def test_the_till_closes_for_training_and_opens_again(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(SETTINGS, platform=replace(SETTINGS.platform, base_url="http://127.0.0.1:9"))
    shown: list[MainWindow] = []

    class Wish(TrainingWish):
        """Asks for training in the first window, and closes the second."""

        def __init__(self, window: MainWindow) -> None:
            super().__init__(window)
            shown.append(window)
            self._timer = QTimer(self, interval=5)
            self._timer.timeout.connect(self._act)
            self._timer.start()

        def _act(self) -> None:
            if not self._window._prepared:
                return
            self._timer.stop()
            if len(shown) == 1:
                self._window.training.asked.emit()
            else:
                self._window.close()

    trained: list[str] = []
    monkeypatch.setattr(program, "TrainingWish", Wish)
    monkeypatch.setattr(cli_window, "_load", lambda: (settings, lambda: "a-key", lambda: None))
    monkeypatch.setattr(cli_window, "_train", trained.append)
    assert cli_window.open_window("zh") == 0
    assert trained == ["zh"]
    assert len(shown) == 2


def test_a_window_that_offers_nothing_has_no_button(qtbot: QtBot) -> None:
    window = a_window(qtbot)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    (sheet,) = window.findChildren(HelpSheet)
    assert not offers(sheet)


def test_nothing_of_the_mark_is_left_to_the_mouse(window: MainWindow) -> None:
    mark = mark_of(window)
    assert mark.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert window.childAt(QPoint(5, window.height() - 5)) is not mark
    QApplication.sendEvent(mark, QEvent(QEvent.Type.Leave))
