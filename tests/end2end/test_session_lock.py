"""A locked PC and a user switch on Linux, on a real message bus: the window forgets at once."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if sys.platform != "linux":
    pytest.skip("logind is Linux's", allow_module_level=True)

from posmember.sandbox.app import Sandbox
from posmember.ui.privacy.session_lock.linux import LinuxSessionLock
from tests.end2end.keyrings import private_bus
from tests.end2end.logins import OTHERS, FakeLogind
from tests.end2end.program import Till, ended
from tests.end2end.screens import Screen
from tests.end2end.test_window import CODE, usable_seen
from tests.end2end.waiting import wait_until

SAVERS = [f"org.{name}.ScreenSaver" for name in ("freedesktop", "gnome", "mate", "cinnamon")]


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus(tmp_path) as bus:
        place = bus["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", place)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", place)
        monkeypatch.delenv("XDG_SESSION_ID", raising=False)
        yield place


class Listener:
    """A lock that is listened to, and how often it was told."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.owner = QObject()
        self.lock = LinuxSessionLock(self.owner)
        self.times = 0
        self.lock.locked.connect(self._count)
        self.lock.start()

    def _count(self) -> None:
        self.times += 1

    def is_told(self, times: int = 1) -> None:
        self._qtbot.waitUntil(lambda: self.times >= times)
        assert self.times == times

    def knows_its_session(self, logind: FakeLogind) -> None:
        def knows() -> bool:
            logind.turn()
            return bool(self.lock._session)

        self._qtbot.waitUntil(knows)

    def close(self) -> None:
        self.lock.stop()
        self.owner.deleteLater()


@contextmanager
def listening(qtbot: QtBot) -> Iterator[Listener]:
    made = Listener(qtbot)
    yield made
    made.close()


def test_what_logind_tells(address: str, qapp: QApplication, qtbot: QtBot) -> None:
    with FakeLogind(address) as logind, listening(qtbot) as listener:
        listener.knows_its_session(logind)
        logind.lock()
        listener.is_told(1)
        logind.change(LockedHint=True)
        listener.is_told(2)
        logind.change(Active=False)
        listener.is_told(3)


def test_what_is_no_lock_of_ours(address: str, qapp: QApplication, qtbot: QtBot) -> None:
    with FakeLogind(address) as logind, listening(qtbot) as listener:
        listener.knows_its_session(logind)
        logind.lock(OTHERS)
        logind.change(OTHERS, LockedHint=True, Active=False)
        logind.lock(signal="Unlock")
        logind.change(LockedHint=False, Active=True)
        logind.change(IdleHint=True)
        logind.change(of="org.freedesktop.login1.Seat", LockedHint=True)
        logind.save_screen(SAVERS[0], active=False)
        logind.save_screen("org.example.ScreenSaver", active=True)
        logind.lock()  # heard in order: all before was nothing
        listener.is_told(1)


@pytest.mark.parametrize(
    ("told", "knows", "asked"),
    [
        ("2", ("2",), ["2"]),
        ("", ("auto",), ["auto"]),
        ("9", ("auto",), ["9", "auto"]),
        ("", ("pid",), ["auto", "pid"]),
    ],
)
def test_which_session_is_ours(
    address: str, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    told: str, knows: tuple[str, ...], asked: list[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("XDG_SESSION_ID", told)
    with FakeLogind(address, knows) as logind, listening(qtbot) as listener:
        listener.knows_its_session(logind)
        assert logind.asked == asked
        logind.lock()
        listener.is_told()


@pytest.mark.parametrize("interface", SAVERS)
def test_where_there_is_no_session_a_screen_saver_tells(
    address: str, qapp: QApplication, qtbot: QtBot, interface: str
) -> None:
    with FakeLogind(address, ()) as logind, listening(qtbot) as listener:

        def asked_all() -> bool:
            logind.turn()
            return logind.asked == ["auto", "pid"]

        qtbot.waitUntil(asked_all)
        logind.lock()
        logind.save_screen(interface, active=True)
        listener.is_told(1)


def test_nobody_answers_for_logind(address: str, qapp: QApplication, qtbot: QtBot) -> None:
    with listening(qtbot) as listener:
        qtbot.waitUntil(lambda: not listener.lock._system._asked)
        assert not listener.lock._session
        assert listener.lock._system.is_open


# --- the window as a process ---------------------------------------------------------------------


def test_the_window_forgets_when_the_pc_is_locked(
    till: Till, platform: Sandbox, screen: Screen, address: str
) -> None:
    on_screen = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    with FakeLogind(address) as logind, till.started("window", env=on_screen) as process:
        window = screen.window_of(process.pid)

        def is_asked() -> bool:
            logind.turn()
            return logind.asked == ["auto"]

        wait_until(is_asked, "logind to be asked")
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "the member")
        logind.lock()
        wait_until(lambda: not usable_seen(window), "the window without the member")
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "the same member again, who is no double")
        window.ask_to_close()
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize("bus", ["silent", "absent", "nonsense"])
def test_a_bus_that_is_of_no_use_holds_nothing_up(
    till: Till, platform: Sandbox, screen: Screen, tmp_path: Path, bus: str
) -> None:
    place = tmp_path / "silent"
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(place))
    server.listen(5)
    address = {"silent": f"unix:path={place}", "absent": "unix:path=/nowhere", "nonsense": "x"}[bus]
    on_screen = {
        "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "",
        "DBUS_SYSTEM_BUS_ADDRESS": address,
    }  # fmt: skip
    with server, till.started("window", env=on_screen) as process:
        window = screen.window_of(process.pid)
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "the member")
        window.ask_to_close()
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")
