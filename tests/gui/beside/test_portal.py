"""The hotkey under Wayland: a portal of the test's own, on a real message bus."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if sys.platform != "linux":
    pytest.skip("portals are Linux's", allow_module_level=True)

from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, Message, MessageType
from jeepney.wrappers import DBusAddress, new_error, new_method_return, new_signal

from posmember.settings.beside import parse_hotkey
from posmember.ui.beside.hotkey.grab import Problem
from posmember.ui.beside.hotkey.portal import PortalGrab
from tests.end2end.keyrings import private_bus

NAME = "org.freedesktop.portal.Desktop"
ROOT = "/org/freedesktop/portal/desktop"
SESSION = f"{ROOT}/session/1_7/ours"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
KEY = parse_hotkey("Ctrl+Alt+H")


class Portal:
    """Answers; with `refuses` a person said no to that call, without `knows` it is an old one."""

    def __init__(self, address: str, *, refuses: str = "", knows: bool = True) -> None:
        self._bus: DBusConnection = open_dbus_connection(address)
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._refuses, self._knows = refuses, knows
        self._peer = ""
        self.bound: list[Any] = []
        self.asked: list[str] = []

    def close(self) -> None:
        self._bus.close()

    def turn(self) -> None:
        try:
            while True:
                message = self._bus.receive(timeout=0.01)
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)
        except TimeoutError:
            return

    def tell(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        self._send(DBusAddress(ROOT, interface=SHORTCUTS), member, signature, body)

    def end(self, session: str = SESSION) -> None:
        address = DBusAddress(session, interface="org.freedesktop.portal.Session")
        self._send(address, "Closed", "a{sv}", ({},))

    def _answer(self, call: Message) -> None:
        member = call.header.fields[HeaderFields.member]
        self._peer = call.header.fields[HeaderFields.sender]
        self.asked.append(member)
        if not self._knows:
            self._bus.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))
            return
        token = call.body[-1]["handle_token"][1]
        request = f"{ROOT}/request/{self._peer[1:].replace('.', '_')}/{token}"
        self._bus.send(new_method_return(call, "o", (request,)))
        results: dict[str, tuple[str, Any]] = {}
        if member == "CreateSession":
            results = {"session_handle": ("s", SESSION)}
        else:
            self.bound.append(call.body)
        code = 1 if member == self._refuses else 0
        address = DBusAddress(request, interface="org.freedesktop.portal.Request")
        self._send(address, "Response", "ua{sv}", (code, results))

    def _send(
        self, address: DBusAddress, member: str, signature: str, body: tuple[Any, ...]
    ) -> None:
        told = new_signal(address, member, signature, body)
        told.header.fields[HeaderFields.destination] = self._peer
        self._bus.send(told)


class Heard:
    def __init__(self) -> None:
        self.pressed: list[tuple[int, str]] = []
        self.said = 0

    def press(self, at: int, token: str) -> None:
        self.pressed.append((at, token))

    def say(self) -> None:
        self.said += 1


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus(tmp_path) as bus:
        place = bus["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", place)
        yield place


@pytest.fixture
def grab(qapp: QApplication) -> Iterator[PortalGrab]:
    owner = QObject()
    made = PortalGrab(owner, "叫出窗口")
    yield made
    made.release()
    owner.deleteLater()


def problem_of(grab: PortalGrab) -> Problem | None:
    return grab.problem


def said(heard: Heard, portal: Portal, qtbot: QtBot, times: int = 1) -> None:
    def is_said() -> bool:
        portal.turn()
        return heard.said == times

    qtbot.waitUntil(is_said)


def test_a_key_by_the_portal(address: str, grab: PortalGrab, qtbot: QtBot) -> None:
    portal, heard = Portal(address), Heard()
    grab.take(KEY, heard.press, heard.say)
    said(heard, portal, qtbot)
    assert problem_of(grab) is None
    session, shortcuts, parent, _options = portal.bound[0]
    assert (session, parent) == (SESSION, "")
    assert shortcuts == [
        ("bring-up", {"description": ("s", "叫出窗口"), "preferred_trigger": ("s", "CTRL+ALT+h")})
    ]
    activated = "osta{sv}"
    portal.tell("Activated", activated, (f"{ROOT}/session/1_7/other", "bring-up", 1, {}))
    portal.tell("Activated", activated, (SESSION, "another", 1, {}))
    portal.tell("Activated", activated, (SESSION, "bring-up", 1, {"activation_token": ("s", "t")}))
    portal.tell("Activated", activated, (SESSION, "bring-up", 2, {}))
    qtbot.waitUntil(lambda: len(heard.pressed) == 2)
    assert heard.pressed == [(0, "t"), (0, "")]
    portal.end(f"{ROOT}/session/1_7/other")
    portal.end()
    said(heard, portal, qtbot, times=2)
    assert problem_of(grab) is Problem.REFUSED
    portal.close()


@pytest.mark.parametrize("refuses", ["CreateSession", "BindShortcuts"])
def test_a_person_says_no(address: str, grab: PortalGrab, qtbot: QtBot, refuses: str) -> None:
    portal, heard = Portal(address, refuses=refuses), Heard()
    grab.take(KEY, heard.press, heard.say)
    said(heard, portal, qtbot)
    assert problem_of(grab) is Problem.REFUSED
    portal.close()


def test_an_old_portal(address: str, grab: PortalGrab, qtbot: QtBot) -> None:
    portal, heard = Portal(address, knows=False), Heard()
    grab.take(KEY, heard.press, heard.say)
    said(heard, portal, qtbot)
    assert problem_of(grab) is Problem.NOT_HERE
    portal.close()


def test_no_portal(address: str, grab: PortalGrab, qtbot: QtBot) -> None:
    heard = Heard()
    grab.take(KEY, heard.press, heard.say)
    qtbot.waitUntil(lambda: heard.said == 1)
    assert problem_of(grab) is Problem.NOT_HERE


def test_no_bus(grab: PortalGrab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    heard = Heard()
    grab.take(KEY, heard.press, heard.say)
    assert (problem_of(grab), heard.said) == (Problem.NOT_HERE, 1)


def test_another_key_is_another_session(address: str, grab: PortalGrab, qtbot: QtBot) -> None:
    portal, heard = Portal(address), Heard()
    grab.take(KEY, heard.press, heard.say)
    said(heard, portal, qtbot)
    grab.take(parse_hotkey("F12"), heard.press, heard.say)
    said(heard, portal, qtbot, times=2)
    assert portal.bound[1][1][0][1]["preferred_trigger"] == ("s", "F12")
    portal.close()
