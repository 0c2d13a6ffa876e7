"""The message bus, against a bus of the test's own on a socket: it may say anything, or nothing."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if sys.platform != "linux":
    pytest.skip("message buses are Linux's", allow_module_level=True)

from jeepney.low_level import HeaderFields, Message, Parser
from jeepney.wrappers import DBusAddress, new_error, new_method_return, new_signal

from posmember.ui.message_bus import Bus, session_bus, system_bus

PATH, NAME = "/org/example/thing", "org.example.Thing"


class FakeBus:
    """The other side: accepts, and says what a test lets it say."""

    def __init__(self, place: Path) -> None:
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(str(place))
        self._server.listen(1)
        self._server.setblocking(False)
        self.address = f"unix:path={place}"
        self._peer: socket.socket | None = None
        self._parser = Parser()
        self.login = b""
        self.calls: list[Message] = []
        self.is_greeted = False

    def close(self) -> None:
        if self._peer is not None:
            self._peer.close()
        self._server.close()

    def accept(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._peer, _ = self._server.accept()
            self._peer.setblocking(False)

    def turn(self) -> None:
        """Take what has come, and greet as a bus does."""
        if self._peer is None:
            self.accept()
            return
        with contextlib.suppress(BlockingIOError):
            data = self._peer.recv(65536)
            if not self.is_greeted:
                self.login += data
                if self.login.startswith(b"\0AUTH EXTERNAL ") and self.login.endswith(b"\r\n"):
                    self.is_greeted = True
                    self.say(b"OK 0123456789abcdef0123456789abcdef\r\n")
                return
            self.calls += self._parser.feed(data.removeprefix(b"BEGIN\r\n"))

    def say(self, data: bytes) -> None:
        assert self._peer is not None
        self._peer.sendall(data)

    def members(self) -> list[str]:
        return [call.header.fields[HeaderFields.member] for call in self.calls]


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeBus]:
    made = FakeBus(tmp_path / "bus")
    yield made
    made.close()


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


def greeted(fake: FakeBus, owner: QObject, qtbot: QtBot) -> Bus:
    bus = Bus(fake.address, owner)
    bus.open()

    def is_in() -> bool:
        fake.turn()
        return "Hello" in fake.members()

    qtbot.waitUntil(is_in)
    return bus


def test_what_is_asked_before_the_greeting_is_sent_after_it(
    fake: FakeBus, owner: QObject, qtbot: QtBot
) -> None:
    bus = Bus(fake.address, owner)
    bus.open()
    bus.listen(interface=NAME, member="Changed")

    def is_sent() -> bool:
        fake.turn()
        return fake.members() == ["Hello", "AddMatch"]

    qtbot.waitUntil(is_sent)
    assert fake.calls[1].body == (f"type='signal',interface='{NAME}',member='Changed'",)
    serials = [call.header.serial for call in fake.calls]
    assert serials == [1, 2]
    bus.close()


def test_signals_and_answers(fake: FakeBus, owner: QObject, qtbot: QtBot) -> None:
    bus = greeted(fake, owner, qtbot)
    heard: list[object] = []
    answers: list[object] = []
    bus.heard.connect(lambda *what: heard.append(what))
    bus.call(PATH, NAME, "org.example", "First", "s", ("a",), answers.append)
    bus.call(PATH, NAME, "org.example", "Second", then=answers.append)

    def is_asked() -> bool:
        fake.turn()
        return fake.members()[-1] == "Second"

    qtbot.waitUntil(is_asked)
    first, second = fake.calls[-2:]
    told = new_signal(DBusAddress(PATH, interface=NAME), "Changed", "sb", ("x", True))
    fake.say(
        new_error(second, "org.example.No").serialise(serial=7)
        + new_method_return(first, "o", (PATH,)).serialise(serial=8)
        + told.serialise(serial=9)
    )
    qtbot.waitUntil(lambda: bool(heard))
    assert answers == [None, (PATH,)]
    assert heard == [(PATH, NAME, "Changed", ("x", True))]
    assert not bus._asked
    bus.close()


def test_a_message_may_come_in_pieces(fake: FakeBus, owner: QObject, qtbot: QtBot) -> None:
    bus = greeted(fake, owner, qtbot)
    heard: list[object] = []
    bus.heard.connect(lambda *what: heard.append(what))
    data = new_signal(DBusAddress(PATH, interface=NAME), "Changed").serialise(serial=9) * 2
    for place in range(0, len(data), 7):
        fake.say(data[place : place + 7])
        qtbot.wait(0)
    qtbot.waitUntil(lambda: len(heard) == 2)
    bus.close()


def test_a_bus_that_never_says_a_word_is_silent(
    fake: FakeBus, owner: QObject, qtbot: QtBot
) -> None:
    bus = Bus(fake.address, owner)
    bus.open()
    fake.accept()
    for _call in range(50):
        bus.listen(interface=NAME)
    qtbot.wait(50)
    assert bus.is_open
    bus.close()
    assert not bus.is_open


def test_a_bus_that_does_not_even_accept(fake: FakeBus, owner: QObject) -> None:
    buses = [Bus(fake.address, owner) for _one in range(6)]
    for bus in buses:
        bus.open()  # at some point the queue is full
    assert buses[0].is_open
    assert not buses[-1].is_open
    for bus in buses:
        bus.close()


@pytest.mark.parametrize(
    "words", [b"REJECTED EXTERNAL\r\n", b"\xff" * 9000, b"OK 01\r\nl\x04", b""], ids=str
)
def test_a_bus_that_greets_wrongly_is_left(
    fake: FakeBus, owner: QObject, qtbot: QtBot, words: bytes
) -> None:
    bus = Bus(fake.address, owner)
    bus.open()
    fake.accept()
    if words:
        fake.say(words)
    else:
        fake.close()
    qtbot.waitUntil(lambda: not bus.is_open)
    bus.call(PATH, NAME, "org.example", "Any")


def test_nonsense_after_the_greeting_ends_it(fake: FakeBus, owner: QObject, qtbot: QtBot) -> None:
    bus = greeted(fake, owner, qtbot)
    fake.say(b"x" * 64)
    qtbot.waitUntil(lambda: not bus.is_open)


def test_an_answer_to_nobody_is_nothing(fake: FakeBus, owner: QObject, qtbot: QtBot) -> None:
    bus = greeted(fake, owner, qtbot)
    heard: list[object] = []
    bus.heard.connect(lambda *what: heard.append(what))
    answer = new_method_return(fake.calls[0], "s", (":1.5",))
    told = new_signal(DBusAddress(PATH, interface=NAME), "Changed")
    fake.say(answer.serialise(serial=3) * 2 + told.serialise(serial=4))
    qtbot.waitUntil(lambda: bool(heard))
    assert bus.is_open
    bus.close()


@pytest.mark.parametrize(
    "address",
    ["", "unix", "unix:", "unix:path", "unix:path=/nowhere/at/all", "tcp:host=localhost", ";",
     f"unix:path=/{'x' * 300}", "unix:abstract=nobody-is-here"],
)  # fmt: skip
def test_an_address_that_leads_nowhere(owner: QObject, address: str) -> None:
    bus = Bus(address, owner)
    bus.open()
    assert not bus.is_open
    bus.listen(interface=NAME)
    bus.close()


def test_where_the_buses_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/a")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/b")
    assert (system_bus(), session_bus()) == ("unix:path=/a", "unix:path=/b")
    monkeypatch.delenv("DBUS_SYSTEM_BUS_ADDRESS")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    assert system_bus() == "unix:path=/run/dbus/system_bus_socket"
    assert session_bus() == "unix:path=/run/user/1000/bus"
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert session_bus() == ""
