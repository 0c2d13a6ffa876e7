"""Less motion as a Linux desktop asks for it: a real bus, a portal, and buses that never answer."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.end2end.program import SOURCE

if sys.platform != "linux":
    pytest.skip("a desktop's bus is there on Linux alone", allow_module_level=True)

from posmember.ui.widgets import motion
from posmember.ui.widgets.desktop_motion import DesktopMotion
from tests.end2end.keyrings import private_bus

GNOME = "org.gnome.desktop.interface"
APPEARANCE = "org.freedesktop.appearance"
KDE = "org.kde.kdeglobals.KDE"
ADDRESS = "DBUS_SESSION_BUS_ADDRESS"


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bus of this test's own, which is the process's for as long as that lasts."""
    folder = tmp_path / "bus"
    folder.mkdir()
    with private_bus(folder) as environment:
        monkeypatch.setenv(ADDRESS, environment[ADDRESS])
        yield


@contextmanager
def portal(settings: object) -> Iterator[subprocess.Popen[str]]:
    told = settings if isinstance(settings, str) else json.dumps(settings)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.end2end.fake_portal", told],
        cwd=SOURCE, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "there\n"
            yield process
        finally:
            process.kill()


def test_it_can_be_stopped_before_it_begins(qtbot: QtBot, bus: None) -> None:
    desktop = DesktopMotion(after_ms=0)
    desktop.start()
    desktop.stop()
    QApplication.processEvents()
    assert not desktop.is_listening


@contextmanager
def asked(qtbot: QtBot) -> Iterator[DesktopMotion]:
    desktop = DesktopMotion(after_ms=0)
    asking = QSignalSpy(desktop._begins.timeout)
    desktop.start()
    qtbot.waitUntil(lambda: asking.count() == 1)
    try:
        yield desktop
    finally:
        desktop.stop()
        assert not desktop.is_listening


def line_of(qtbot: QtBot, process: subprocess.Popen[str]) -> str:
    """What the portal says next, while this side's loop goes on."""
    assert process.stdout is not None
    said = process.stdout
    qtbot.waitUntil(lambda: bool(select.select([said], [], [], 0)[0]))
    return said.readline()


def change(process: subprocess.Popen[str], *setting: object) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(setting) + "\n")
    process.stdin.flush()


@pytest.mark.usefixtures("bus")
@pytest.mark.parametrize(
    "settings",
    [
        {GNOME: {"enable-animations": ["b", False], "font-name": ["s", "Cantarell 11"]}},
        {APPEARANCE: {"reduced-motion": ["u", 1], "color-scheme": ["u", 2]}},
        {KDE: {"AnimationDurationFactor": ["s", "0"]}},
        {GNOME: {"enable-animations": ["b", True]}, APPEARANCE: {"reduced-motion": ["u", 1]}},
    ],
)
def test_a_desktop_that_asks_for_less_is_heard(qtbot: QtBot, settings: object) -> None:
    with portal(settings), asked(qtbot) as desktop:
        qtbot.waitUntil(desktop.is_reduced)


@pytest.mark.usefixtures("bus")
@pytest.mark.parametrize(
    ("asks", "asks_not"),
    [
        ((GNOME, "enable-animations", "b", False), (GNOME, "enable-animations", "b", True)),
        ((APPEARANCE, "reduced-motion", "u", 1), (APPEARANCE, "reduced-motion", "u", 0)),
        ((KDE, "AnimationDurationFactor", "d", 0.0), (KDE, "AnimationDurationFactor", "d", 1.0)),
    ],
)
def test_each_change_is_followed(
    qtbot: QtBot, asks: tuple[object, ...], asks_not: tuple[object, ...]
) -> None:
    with portal({}) as process, asked(qtbot) as desktop:
        assert line_of(qtbot, process) == "asked\n"
        assert not desktop.is_reduced()
        change(process, *asks)
        qtbot.waitUntil(desktop.is_reduced)
        change(process, GNOME, "cursor-size", "i", 48)
        change(process, *asks_not)
        qtbot.waitUntil(lambda: not desktop.is_reduced())


@pytest.mark.usefixtures("bus")
def test_a_portal_that_never_answers_is_still_heard_of_and_left(qtbot: QtBot) -> None:
    with portal("silent") as process, asked(qtbot) as desktop:
        assert line_of(qtbot, process) == "asked\n"
        assert not desktop.is_reduced()


@pytest.mark.usefixtures("bus")
def test_without_a_portal_nothing_is_known(qtbot: QtBot) -> None:
    with asked(qtbot) as desktop:
        qtbot.waitUntil(lambda: not desktop._bus._asked)  # the bus refuses: nobody has that name
        assert desktop.is_listening
        assert not desktop.is_reduced()


def test_a_value_of_another_kind_is_passed_over(qtbot: QtBot) -> None:
    desktop = DesktopMotion()
    values: tuple[object, ...] = ("often", None, [], {})
    for value in values:
        desktop.note(APPEARANCE, "reduced-motion", value)
        desktop.note(GNOME, "enable-animations", value)
        desktop.note(KDE, "AnimationDurationFactor", value)
        assert not desktop.is_reduced()
    desktop.note(APPEARANCE, "reduced-motion", 1)
    assert desktop.is_reduced()
    desktop.note(APPEARANCE, "reduced-motion", "often")
    assert not desktop.is_reduced(), "what is not known any more asks for nothing"


@pytest.mark.parametrize("answers_login", [False, True])
def test_a_bus_that_takes_and_never_answers_holds_nobody_up(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers_login: bool
) -> None:
    """Not when it starts, and not when it is stopped."""
    address = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(address))
        server.listen()
        monkeypatch.setenv(ADDRESS, f"unix:path={address}")
        with asked(qtbot) as desktop:
            taken, _peer = server.accept()
            with taken:
                assert taken.recv(1)  # the NUL before the login
                if answers_login:
                    assert b"AUTH" in taken.recv(1000)
                    taken.sendall(b"OK 00000000000000000000000000000000\r\n")
                    qtbot.waitUntil(lambda: bool(select.select([taken], [], [], 0)[0]))
                    assert b"BEGIN" in taken.recv(1000)
                assert desktop.is_listening
                assert not desktop.is_reduced()


@pytest.mark.parametrize("address", [None, "", "tcp:host=example", "nonsense", "unix:path=/no/bus"])
def test_without_a_bus_nothing_happens(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    if address is None:
        monkeypatch.delenv(ADDRESS, raising=False)
    else:
        monkeypatch.setenv(ADDRESS, address)
    with asked(qtbot) as desktop:
        assert not desktop.is_listening
        assert not desktop.is_reduced()


@pytest.mark.usefixtures("bus")
def test_the_windows_flash_goes_by_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "_desktop", [])
    with portal({GNOME: {"enable-animations": ["b", False]}}):
        stop = motion.follow_desktop()
        qtbot.waitUntil(lambda: motion._desktop[0]())
        assert motion.reduced_motion()
        stop()
