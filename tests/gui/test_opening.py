"""The first stage and the composition: scans are never lost, and every way out ends with 0."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember import app as program
from posmember.cli.demo import settings_for
from posmember.domain.identifier import IdentifierKind
from posmember.errors import ConfigError, CredentialError
from posmember.lookup.desk import WechatDesk
from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.server import RunningSandbox
from posmember.scanning.burst import Flaw, Misread
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.opening.first_stage import LATER, Opening
from posmember.ui.tour import next_settled, send_burst, strike
from tests.gui.driving import hint_text, shows, until

CODE = "qm0000001"
UNFINISHED = Misread(Flaw.UNFINISHED)


class Taker:
    """Stands for the controller: notes what it is given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, object]] = []

    def scan(self, text: str, _place: int = 1) -> None:
        self.given.append((text, "scanned"))

    def misread(self, misread: Misread) -> None:
        self.given.append(("", misread))

    def wake(self) -> None:
        """Has no connection."""

    def look_up(self, text: str, kind: IdentifierKind | None) -> None:
        self.given.append((text, kind))


def hand_over(opening: Opening, taker: Taker) -> None:
    opening.hand_over(cast("Controller", taker)).scanned.connect(taker.scan)


@pytest.fixture
def opened(qtbot: QtBot) -> tuple[MainWindow, Opening]:
    window = MainWindow()
    # Closing it in the first stage ends Qt's loop, which here is the tests'.
    qtbot.addWidget(window, before_close_func=lambda closed: closed.blockSignals(True))
    opening = Opening(window)
    window.removeEventFilter(opening)  # the test ends the stage itself
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.scan_field)
    opening.watch_keys()
    return window, opening


def scan(window: MainWindow, code: str = CODE) -> None:
    send_burst(window.windowHandle(), code + "\r")


def test_a_scan_waits_for_the_controller(opened: tuple[MainWindow, Opening]) -> None:
    window, opening = opened
    taker = Taker()
    scan(window)
    assert opening.scanned == CODE
    hand_over(opening, taker)
    assert taker.given == [(CODE, "scanned")]
    scan(window, "13800000001")
    assert taker.given[1:] == [("13800000001", "scanned")]
    assert not any((opening.scanned, opening.entered))


def test_a_typed_code_waits_with_its_kind(opened: tuple[MainWindow, Opening]) -> None:
    window, opening = opened
    taker = Taker()
    window.identifier_entered.emit("880005", IdentifierKind.CARD_NUMBER)
    hand_over(opening, taker)
    assert taker.given == [("880005", IdentifierKind.CARD_NUMBER)]


@pytest.mark.parametrize("last", ["scanned", "typed"])
def test_only_the_last_one_is_looked_up(opened: tuple[MainWindow, Opening], last: str) -> None:
    window, opening = opened
    taker = Taker()
    if last == "typed":
        scan(window)
    window.identifier_entered.emit("typed-code", None)
    if last == "scanned":
        scan(window)
    hand_over(opening, taker)
    assert taker.given == [(CODE, "scanned") if last == "scanned" else ("typed-code", None)]


@pytest.mark.parametrize("last", ["half a code", "a scan", "typed"])
def test_half_a_code_is_said_unless_something_follows(
    qtbot: QtBot, opened: tuple[MainWindow, Opening], last: str
) -> None:
    window, opening = opened
    taker = Taker()
    window.identifier_entered.emit("880005", None)
    send_burst(window.windowHandle(), CODE[:6])
    qtbot.waitUntil(lambda: opening.misread == UNFINISHED)
    assert opening.entered is None
    assert opening._scan_filter is not None
    if last == "a scan":
        opening._scan_filter.scanned.emit(CODE, 1)
    elif last == "typed":
        window.identifier_entered.emit("typed-code", None)
    hand_over(opening, taker)
    given = {"half a code": ("", UNFINISHED), "a scan": (CODE, "scanned")}
    assert taker.given == [given.get(last, ("typed-code", None))]
    assert opening.misread is None


def test_half_a_code_behind_a_whole_one_leaves_that_one(
    qtbot: QtBot, opened: tuple[MainWindow, Opening]
) -> None:
    window, opening = opened
    scan_filter = opening._scan_filter
    assert scan_filter is not None
    with qtbot.waitSignal(scan_filter.misread):
        send_burst(window.windowHandle(), f"{CODE}\rqm00")
    assert (opening.scanned, opening.misread) == (CODE, None)


def test_with_nothing_scanned_nothing_is_looked_up(opened: tuple[MainWindow, Opening]) -> None:
    _window, opening = opened
    taker = Taker()
    hand_over(opening, taker)
    assert taker.given == []


def test_what_is_imported_later_is_there() -> None:
    for name in LATER:
        importlib.import_module(name)
        assert name in sys.modules


# --- the whole program, in this process --------------------------------------------------------


def no_desk() -> WechatDesk | None:
    """WeChat Pay is not set up on this till."""
    return None


def load_for(running: RunningSandbox) -> Callable[[], program.Loaded]:
    return lambda: (settings_for(running.base_url), lambda: OPEN_KEY, no_desk)


def no_config() -> program.Loaded:
    raise ConfigError("no configuration file")


def the_window() -> QWindow:
    return next(window for window in QGuiApplication.topLevelWindows() if window.isVisible())


def in_the_first_stage(qapp: QApplication, do: Callable[[], object]) -> None:
    """Do something in the first turn of Qt's loop, before anything else is imported."""
    QTimer.singleShot(0, qapp, do)


@pytest.mark.usefixtures("one_application")
class TestTheProgram:
    def test_closing_in_the_first_stage_ends_with_0(self, qapp: QApplication) -> None:
        loaded = False

        def load() -> program.Loaded:
            nonlocal loaded
            loaded = True
            return no_config()

        in_the_first_stage(qapp, lambda: the_window().close())
        assert program.run(load) == 0
        assert not loaded

    @pytest.mark.skipif(sys.platform == "win32", reason="these signals cannot be sent there")
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_in_the_first_stage_ends_with_0(
        self, qapp: QApplication, number: signal.Signals
    ) -> None:
        in_the_first_stage(qapp, lambda: os.kill(os.getpid(), number))
        assert program.run(no_config) == 0

    @pytest.mark.skipif(sys.platform == "win32", reason="these signals cannot be sent there")
    def test_a_signal_between_the_stages_ends_with_0(
        self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run = program._run_on_asyncio

        def after_a_signal(*parts: Any) -> int:
            os.kill(os.getpid(), signal.SIGINT)
            return run(*parts)

        monkeypatch.setattr(program, "_run_on_asyncio", after_a_signal)
        assert program.run(no_config) == 0

    def test_a_scan_in_the_first_stage_is_looked_up(self, qapp: QApplication) -> None:
        def scan_early() -> None:
            send_burst(the_window(), CODE + "\r")

        seen: list[bool] = []

        async def script(window: MainWindow, controller: Controller) -> None:
            await until(lambda: shows(window, "金卡会员"), "the member")
            seen.append(True)

        in_the_first_stage(qapp, scan_early)
        with RunningSandbox() as running:
            assert program.run(load_for(running), script=script) == 0
        assert seen == [True]

    def test_keys_are_looked_up_and_the_order_counts(self, qapp: QApplication) -> None:
        async def script(window: MainWindow, controller: Controller) -> None:
            handle = window.windowHandle()
            await strike(handle, Qt.Key.Key_F8, "58")
            settled = next_settled(controller)
            await strike(handle, Qt.Key.Key_F2, CODE, Qt.Key.Key_Return)
            await settled
            assert shows(window, "约省 ¥10.00")
            assert window.order().amount is not None

        with RunningSandbox() as running:
            assert program.run(load_for(running), script=script) == 0

    def test_closing_the_window_ends_with_0(self, qapp: QApplication) -> None:
        async def script(window: MainWindow, controller: Controller) -> None:
            controller.scan(CODE)
            window.close()

        with RunningSandbox() as running:
            running.sandbox.latency_ms = 5_000
            assert program.run(load_for(running), script=script) == 0

    @pytest.mark.skipif(sys.platform == "win32", reason="these signals cannot be sent there")
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_in_mid_lookup_ends_with_0(
        self, qapp: QApplication, number: signal.Signals
    ) -> None:
        with RunningSandbox() as running:
            running.sandbox.latency_ms = 5_000

            async def script(window: MainWindow, controller: Controller) -> None:
                controller.scan(CODE)
                await until(lambda: bool(running.sandbox.calls), "the first call")
                os.kill(os.getpid(), number)
                await asyncio.sleep(60)

            assert program.run(load_for(running), script=script) == 0
        assert not any(window.isVisible() for window in QApplication.topLevelWidgets())

    def test_a_missing_configuration_is_said_in_the_window(self, qapp: QApplication) -> None:
        async def script(window: MainWindow, controller: Controller) -> None:
            await until(lambda: "程序配置有误" in hint_text(window), "the words")
            controller.scan(CODE)
            await until(lambda: not controller._lookups.running, "the lookup to end")
            assert "程序配置有误" in hint_text(window)

        assert program.run(no_config, script=script) == 0

    def test_a_missing_key_is_said_in_the_window(self, qapp: QApplication) -> None:
        def no_key() -> str:
            raise CredentialError("no open key is stored")

        async def script(window: MainWindow, controller: Controller) -> None:
            await until(lambda: "读不到会员系统密钥" in hint_text(window), "the words")

        settings = settings_for("https://platform.example")
        assert program.run(lambda: (settings, no_key, no_desk), script=script) == 0
