"""The icon beside the clock, its menu, and a window that is closed to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from posmember.settings.config import Settings
from posmember.ui.beside.front.desktop import NoDesktop
from posmember.ui.beside.front.window import FrontWindow
from posmember.ui.beside.tray.closing import CloseToTray
from posmember.ui.beside.tray.icon import Link, link_text, tray_icon
from posmember.ui.beside.tray.part import Entry, Tray
from posmember.ui.main_window import MainWindow
from posmember.ui.view.screen import Hint
from tests.gui.driving import SETTINGS

pytestmark = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface", extend=True)
"""Said where Qt's own platform for tests is asked for a tray."""

Reason = QSystemTrayIcon.ActivationReason


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.prepare()
    made.show_fitting()
    yield made
    made.keeps_open = lambda: False


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def tray(window: MainWindow, chosen: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Tray]:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    entries = (
        Entry(lambda: "", lambda: chosen.append("left out")),
        Entry(lambda: "设置", lambda: chosen.append("settings")),
    )
    made = Tray(window, lambda: "Ctrl+Alt+H", entries)
    made._show()
    yield made
    asyncio.run(made.aclose())


def texts(tray: Tray) -> list[str]:
    assert tray._menu is not None
    return [each.text() for each in tray._menu.actions() if not each.isSeparator()]


def test_the_menu(tray: Tray, chosen: list[str], qtbot: QtBot) -> None:
    assert texts(tray) == ["打开\tCtrl+Alt+H", "设置", "退出"]
    assert tray._menu is not None
    opened, settings, left = (a for a in tray._menu.actions() if not a.isSeparator())
    with qtbot.waitSignal(tray.asked):
        opened.trigger()
    with qtbot.waitSignal(tray.left):
        left.trigger()
    settings.trigger()
    assert chosen == ["settings"]


def test_a_click_and_a_double_click_open(tray: Tray, qtbot: QtBot) -> None:
    for reason in (Reason.Trigger, Reason.DoubleClick):
        with qtbot.waitSignal(tray.asked):
            tray._take(reason)
    with qtbot.assertNotEmitted(tray.asked):
        tray._take(Reason.Context)
        tray._take(Reason.MiddleClick)


def test_the_state_is_said_in_words_and_shape(tray: Tray, window: MainWindow) -> None:
    def tip() -> str:
        assert tray._icon is not None
        return tray._icon.toolTip()

    assert tip() == "会员查询 · 还没有查询"
    for ok, ms, words in (
        (True, 80, "网络正常"),
        (True, 2_500, "网络慢"),
        (False, None, "连不上会员系统"),
        (None, None, "还没有查询"),
    ):
        window.set_connection(ok, ms)
        assert tip() == f"会员查询 · {words}"
    pictures = {tray_icon(link).pixmap(32, 32).toImage().cacheKey() for link in Link}
    assert len(pictures) == len(Link)
    images = [tray_icon(link).pixmap(16, 16).toImage() for link in Link]
    grey = [image.convertToFormat(image.Format.Format_Grayscale8) for image in images]
    assert all(one != other for place, one in enumerate(grey) for other in grey[:place])
    assert len({link_text(link) for link in Link}) == len(Link)


def with_tray(*, close_to_tray: bool) -> Settings:
    beside = replace(SETTINGS.beside, close_to_tray=close_to_tray)
    return replace(SETTINGS, beside=beside)


def closing(window: MainWindow, tray: Tray) -> CloseToTray:
    made = CloseToTray(window, FrontWindow(window, NoDesktop()), tray)
    made.use(with_tray(close_to_tray=True))
    return made


def test_nothing_of_a_person_stays_on_a_hidden_window(
    window: MainWindow, tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(tray, "say", said.append)
    made = closing(window, tray)
    window.scan_field.setText("13800000001")
    assert window.keeps_open()
    assert not window.isVisible()
    assert window.scan_field.text() == ""
    assert not window.holds_someone()
    window.show()
    assert window.keeps_open()
    assert len(said) == 1  # once is enough
    made.show_scanned()
    assert window.isVisible()


@pytest.mark.parametrize("why", ["not set", "no tray", "no settings"])
def test_a_close_that_is_one(
    window: MainWindow, tray: Tray, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = closing(window, tray)
    if why == "no tray":
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    else:
        made.use(with_tray(close_to_tray=False) if why == "not set" else None)
    window.scan_field.setText("13800000001")
    assert not window.keeps_open()
    assert window.isVisible()


def test_who_sets_it_where_there_is_no_tray_is_told(
    window: MainWindow, tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    made = CloseToTray(window, FrontWindow(window, NoDesktop()), tray)
    told: list[Any] = []
    made.told.connect(told.append)
    made.use(with_tray(close_to_tray=True))  # at the start: a tray may be on its way
    made.use(with_tray(close_to_tray=True))
    made.use(with_tray(close_to_tray=False))
    assert told == []
    made.use(with_tray(close_to_tray=True))
    assert "没有托盘" in told[0].text


def test_the_program_closes_its_window_itself(window: MainWindow, tray: Tray, qtbot: QtBot) -> None:
    closing(window, tray)
    with qtbot.waitSignal(window.closing):
        window.close()


def test_the_tray_goes_while_the_window_is_hidden(
    window: MainWindow, tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = closing(window, tray)
    told: list[Any] = []
    made.told.connect(told.append)
    assert window.keeps_open()
    made._look()
    assert not window.isVisible()
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    made._look()
    assert window.isVisible()
    assert isinstance(told[0], Hint)
    made._look()
    assert len(told) == 1
    asyncio.run(made.aclose())
    assert not window.keeps_open()


def test_where_there_can_be_no_tray_none_is_made(window: MainWindow) -> None:
    made = Tray(window, lambda: "", ())
    made._show()
    assert made._icon is None
    assert not made.is_there()
    made.fill()
    made.say("…")
    window.set_connection(True, 80)
    asyncio.run(made.aclose())
