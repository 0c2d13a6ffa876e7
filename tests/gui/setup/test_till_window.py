"""The till's window, found for the settings by having it in front."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from posmember.settings import config
from posmember.settings.policy import Policy
from posmember.settings.setting import Page
from posmember.ui.beside import till_finder
from posmember.ui.beside.till_finder import TillFinder
from posmember.ui.beside.typing.desk import CannotTypeError, Desk, DeskWindow, Why
from posmember.ui.settings.hand_over_page import HandOverPage
from tests.gui.beside.test_typist import StandIn
from tests.gui.setup.test_settings import opened
from tests.gui.setup.till import TillAtWork, play, set_up_store, write_config

in_the_program = pytest.mark.usefixtures("one_application")


class Front(QObject):
    """Stands for set-up, and keeps what was found."""

    window_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def take_window(self, program: str, title: str) -> None:
        self.found.append((program, title))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(till_finder, "AFTER_MS", 10)


@pytest.mark.parametrize(
    ("window", "found"),
    [
        (DeskWindow(1, ("java", "till"), "收银台"), ("till", "收银台")),
        (DeskWindow(1, (), "收银台"), ("", "")),
        (None, ("", "")),
    ],
)
def test_the_window_in_front_a_moment_later(
    qtbot: QtBot, window: DeskWindow | None, found: tuple[str, str]
) -> None:
    front, mine, desk = Front(), QWidget(), StandIn()
    qtbot.addWidget(mine)
    desk.in_front = window
    _finder = TillFinder(front, mine, lambda: desk)  # type: ignore[arg-type]
    front.window_asked.emit()
    assert not front.found
    qtbot.waitUntil(lambda: front.found == [found])


def test_a_desktop_that_tells_nobody(qtbot: QtBot) -> None:
    def refuse() -> Desk:
        raise CannotTypeError(Why.WAYLAND)

    front, mine = Front(), QWidget()
    qtbot.addWidget(mine)
    _finder = TillFinder(front, mine, refuse)  # type: ignore[arg-type]
    front.window_asked.emit()
    qtbot.waitUntil(lambda: front.found == [("", "")])


@in_the_program
def test_what_was_found_is_kept(base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config(base_url)
    monkeypatch.setattr(TillFinder, "_found", lambda _self: ("pos.exe", "收银台 - 1 号机"))

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, Page.HAND_OVER.value)
        page = screen.pages.page(Page.HAND_OVER.value)
        assert isinstance(page, HandOverPage)
        till.push("找收银窗口")
        await till.until(lambda: "填好了" in page.told.text(), "the window")
        till.push("保存")
        await till.until_said("已保存，马上生效")

    play(work, store=set_up_store())
    kept = config.load().hand_over
    assert (kept.program, kept.title) == ("pos.exe", "收银台 - 1 号机")


def test_what_head_office_has_set_is_not_looked_for(qtbot: QtBot) -> None:
    page = HandOverPage(Policy("a policy", {"hand_over.program": "pos.exe"}))
    qtbot.addWidget(page)
    assert not page.finds.isEnabled()
