"""Less motion as a Linux desktop asks for it: a real bus, a portal, and buses that never answer."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end2end.program import SOURCE
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("a desktop's bus is there on Linux alone", allow_module_level=True)

from posmember.ui.widgets import motion
from posmember.ui.widgets.desktop_motion import DesktopMotion
from tests.end2end.keyrings import private_bus

GNOME = "org.gnome.desktop.interface"
APPEARANCE = "org.freedesktop.appearance"
KDE = "org.kde.kdeglobals.KDE"
ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
THREAD = "posmember-motion"


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


def test_it_can_be_stopped_before_it_begins() -> None:
    desktop = DesktopMotion(after_s=3600)
    desktop.start()
    assert is_asking()
    desktop.stop()
    wait_until(lambda: not is_asking(), "the thread to end")


@contextmanager
def asked() -> Iterator[DesktopMotion]:
    desktop = DesktopMotion(after_s=0)
    desktop.start()
    try:
        yield desktop
    finally:
        desktop.stop()
        wait_until(lambda: not is_asking(), "the thread to end")


def is_asking() -> bool:
    return any(thread.name == THREAD for thread in threading.enumerate())


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
def test_a_desktop_that_asks_for_less_is_heard(settings: object) -> None:
    with portal(settings), asked() as desktop:
        wait_until(desktop.is_reduced, "the desktop's answer")


@pytest.mark.usefixtures("bus")
@pytest.mark.parametrize(
    ("asks", "asks_not"),
    [
        ((GNOME, "enable-animations", "b", False), (GNOME, "enable-animations", "b", True)),
        ((APPEARANCE, "reduced-motion", "u", 1), (APPEARANCE, "reduced-motion", "u", 0)),
        ((KDE, "AnimationDurationFactor", "d", 0.0), (KDE, "AnimationDurationFactor", "d", 1.0)),
    ],
)
def test_each_change_is_followed(asks: tuple[object, ...], asks_not: tuple[object, ...]) -> None:
    with portal({}) as process, asked() as desktop:
        assert process.stdout is not None
        assert process.stdout.readline() == "asked\n"
        assert not desktop.is_reduced()
        change(process, *asks)
        wait_until(desktop.is_reduced, "the change")
        change(process, GNOME, "cursor-size", "i", 48)
        change(process, *asks_not)
        wait_until(lambda: not desktop.is_reduced(), "the change back")


@pytest.mark.usefixtures("bus")
def test_a_portal_that_never_answers_is_still_heard_of_and_left() -> None:
    with portal("silent") as process, asked() as desktop:
        assert process.stdout is not None
        assert process.stdout.readline() == "asked\n"
        assert not desktop.is_reduced()


@pytest.mark.usefixtures("bus")
def test_without_a_portal_nothing_is_known() -> None:
    with asked() as desktop:
        wait_until(lambda: not is_asking() or True, "a turn")
        assert not desktop.is_reduced()


def test_a_value_of_another_kind_is_passed_over() -> None:
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers_login: bool
) -> None:
    """Not when it starts, not when it is stopped, and no thread stays behind."""
    address = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(address))
        server.listen()
        monkeypatch.setenv(ADDRESS, f"unix:path={address}")
        with asked() as desktop:
            taken, _peer = server.accept()
            with taken:
                assert taken.recv(1)  # the NUL before the login
                if answers_login:
                    assert b"AUTH" in taken.recv(1000)
                    taken.sendall(b"OK 00000000000000000000000000000000\r\n")
                    assert b"BEGIN" in taken.recv(1000)
                assert not desktop.is_reduced()
                desktop.stop()
                wait_until(lambda: not is_asking(), "the thread to end while the bus is silent")


@pytest.mark.parametrize("address", [None, "", "tcp:host=example", "nonsense", "unix:path=/no/bus"])
def test_without_a_bus_nothing_happens(
    monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    if address is None:
        monkeypatch.delenv(ADDRESS, raising=False)
    else:
        monkeypatch.setenv(ADDRESS, address)
    with asked() as desktop:
        wait_until(lambda: not is_asking(), "the thread to end")
        assert not desktop.is_reduced()


@pytest.mark.usefixtures("bus")
def test_the_windows_flash_goes_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "_desktop", [])
    with portal({GNOME: {"enable-animations": ["b", False]}}):
        stop = motion.follow_desktop()
        wait_until(lambda: motion._desktop[0](), "the desktop's answer")
        assert motion.reduced_motion()
        stop()
        wait_until(lambda: not is_asking(), "the thread to end")
