"""The whole program on the sandbox over HTTP: F10, keys that cannot be used, every way out."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from posmember import app as program
from posmember.cli.demo import WITH_CARD, desk_for, settings_for
from posmember.errors import CredentialError
from posmember.lookup.desk import WechatDesk
from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.server import RunningSandbox
from posmember.sandbox.wechat.keys import WechatKeys
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.tour import Tour, next_settled, strike
from posmember.ui.view.wechat import CardStage, WechatView
from posmember.ui.wechat.block import WechatCardBlock
from tests.fakes.wechat_desk import cheap_pins
from tests.gui.driving import shows, until

pytestmark = pytest.mark.usefixtures("one_application")


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    cheap_pins(monkeypatch)
    WechatKeys().write(tmp_path)
    return tmp_path


def load_for(
    running: RunningSandbox, open_desk: Callable[[], WechatDesk | None]
) -> Callable[[], program.Loaded]:
    return lambda: (settings_for(running.base_url), lambda: OPEN_KEY, open_desk)


def view_of(controller: Controller) -> WechatView | None:
    assert controller.wechat is not None
    return controller.wechat.view


async def look_up(window: MainWindow, controller: Controller) -> None:
    settled = next_settled(controller)
    await strike(window.windowHandle(), Qt.Key.Key_F2, WITH_CARD, Qt.Key.Key_Return)
    await settled


def test_the_tour_ends_with_a_card(qapp: QApplication, keys: Path) -> None:
    said: list[str] = []
    seen: list[bool] = []
    tour = Tour(("qm0000001",), keys, said.append, with_card=WITH_CARD)

    async def script(window: MainWindow, controller: Controller) -> None:
        await until(lambda: view_of(controller) is not None, "the desk")
        await tour.play(window, controller)
        view = view_of(controller)
        seen.append(view is not None and view.stage is CardStage.LOADED)
        seen.append(shows(window, "储值卡") or shows(window, "139****0001"))

    with RunningSandbox() as running:
        load = load_for(running, lambda: desk_for(running.base_url, keys))
        assert program.run(load, script=script) == 0
    assert seen == [True, True]
    assert len(said) == 2
    assert all(Path(line.partition(": ")[2]).is_file() for line in said)


def test_a_till_without_keys_is_as_it_ever_was(qapp: QApplication) -> None:
    seen: list[bool] = []

    async def script(window: MainWindow, controller: Controller) -> None:
        await look_up(window, controller)
        await strike(window.windowHandle(), Qt.Key.Key_F10)
        seen.append(view_of(controller) is None)
        seen.append(not window.findChildren(WechatCardBlock))

    with RunningSandbox() as running:
        assert program.run(load_for(running, lambda: None), script=script) == 0
    assert seen == [True, True]


@pytest.mark.allow_log("posmember.ui.wechat.cards")
def test_keys_that_cannot_be_used_leave_lookups_alone(qapp: QApplication) -> None:
    seen: list[bool] = []

    def broken() -> WechatDesk | None:
        raise CredentialError("a part of what was kept in the keyring is missing")

    async def script(window: MainWindow, controller: Controller) -> None:
        await look_up(window, controller)
        seen.append(shows(window, "满30减10"))
        await until(lambda: view_of(controller) is not None, "the failure")
        await strike(window.windowHandle(), Qt.Key.Key_F10)
        seen.append(shows(window, "读不到微信会员卡的密钥，请联系管理员重新导入"))

    with RunningSandbox() as running:
        assert program.run(load_for(running, broken), script=script) == 0
    assert seen == [True, True]


def test_the_first_lookup_does_not_wait_for_the_keyring_and_closing_works(
    qapp: QApplication,
) -> None:
    """A keyring may wait for ever for a person."""
    asked, never = threading.Event(), threading.Event()
    seen: list[bool] = []

    def locked() -> WechatDesk | None:
        asked.set()
        never.wait(20)
        return None

    async def script(window: MainWindow, controller: Controller) -> None:
        await look_up(window, controller)
        await until(asked.is_set, "the keyring to be asked")
        seen.append(shows(window, "满30减10"))
        seen.append(view_of(controller) is None)
        window.close()

    with RunningSandbox() as running:
        assert program.run(load_for(running, locked), script=script) == 0
    never.set()
    assert seen == [True, True]


def test_the_keyring_is_asked_for_one_thing_at_a_time(qapp: QApplication) -> None:
    """Lookups first: two questions at once could be two windows for a password."""
    asked, unlocked = threading.Event(), threading.Event()
    seen: list[bool] = []

    def open_key() -> str:
        unlocked.wait(20)
        return OPEN_KEY

    def open_desk() -> WechatDesk | None:
        asked.set()
        return None

    async def script(window: MainWindow, controller: Controller) -> None:
        for _ in range(20):
            await asyncio.sleep(0.001)
        seen.append(asked.is_set())
        unlocked.set()
        await until(asked.is_set, "the keyring to be asked again")
        seen.append(True)

    settings = settings_for("https://platform.example")
    assert program.run(lambda: (settings, open_key, open_desk), script=script) == 0
    assert seen == [False, True]


def test_closing_in_mid_query_ends_with_0(qapp: QApplication, keys: Path) -> None:
    seen: list[bool] = []

    async def script(window: MainWindow, controller: Controller) -> None:
        await until(lambda: view_of(controller) is not None, "the desk")
        await look_up(window, controller)
        await strike(window.windowHandle(), Qt.Key.Key_F10)
        view = view_of(controller)
        seen.append(view is not None and view.stage is CardStage.LOADING)
        window.close()

    with RunningSandbox() as running:
        running.sandbox.add_fault("wechat_get=timeout")
        load = load_for(running, lambda: desk_for(running.base_url, keys))
        assert program.run(load, script=script) == 0
    assert seen == [True]
