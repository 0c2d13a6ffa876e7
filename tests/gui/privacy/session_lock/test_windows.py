"""A locked PC on Windows: the calls and the messages, with a stand-in for wtsapi32.dll."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember import windows_dll
from posmember.ui.privacy.session_lock import windows
from posmember.ui.privacy.session_lock.windows import WindowsSessionLock, WtsApi32
from tests.gui.capture.raw_keys.raw_messages import msg

WINDOW = 0xABCD
POINTER = ctypes.sizeof(ctypes.c_void_p)
LOGGER = "posmember.ui.privacy.session_lock.windows"
CHANGE = 0x02B1
LEAVES = {2: "console disconnect", 4: "remote disconnect", 6: "logoff", 7: "lock"}
STAYS = {1: "console connect", 3: "remote connect", 5: "logon", 8: "unlock", 9: "remote control"}


class System:
    """Windows, which may refuse."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.calls: list[tuple[str, int]] = []

    def listen(self, window: int) -> None:
        self._call("listen", window)

    def stop_listening(self, window: int) -> None:
        self._call("stop", window)

    def _call(self, what: str, window: int) -> None:
        self.calls.append((what, window))
        if self.refuses:
            raise OSError("the service has not started")


class Application:
    """Takes the filters that Qt would ask."""

    def __init__(self) -> None:
        self.filters: list[QAbstractNativeEventFilter] = []

    def installNativeEventFilter(self, one: QAbstractNativeEventFilter) -> None:
        self.filters.append(one)

    def removeNativeEventFilter(self, one: QAbstractNativeEventFilter) -> None:
        self.filters.remove(one)

    def send(self, number: int, wparam: int) -> None:
        """Send a message as Windows does; nobody may swallow it."""
        data = ctypes.create_string_buffer(msg(POINTER, number, wparam, 1))
        for one in list(self.filters):
            told = one.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(data))
            assert told == (False, 0)


@pytest.fixture
def application(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Application:
    made = Application()
    monkeypatch.setattr(windows, "_application", lambda: made)
    return made


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


@pytest.mark.parametrize("what", [*LEAVES, *STAYS])
def test_what_becomes_of_the_session(
    application: Application, owner: QObject, qtbot: QtBot, what: int
) -> None:
    lock = WindowsSessionLock(WINDOW, owner, System())
    told: list[int] = []
    lock.locked.connect(lambda: told.append(what))
    lock.start()
    application.send(CHANGE, what)
    assert told == ([what] if what in LEAVES else [])


@pytest.mark.parametrize("number", [0x0100, 0x00FF, CHANGE - 1, CHANGE + 1])
def test_other_messages_are_none(application: Application, owner: QObject, number: int) -> None:
    lock = WindowsSessionLock(WINDOW, owner, System())
    lock.locked.connect(pytest.fail)
    lock.start()
    application.send(number, 7)


def test_it_listens_with_the_windows_handle_until_it_is_stopped(
    application: Application, owner: QObject
) -> None:
    system = System()
    lock = WindowsSessionLock(WINDOW, owner, system)
    lock.stop()
    lock.start()
    assert len(application.filters) == 1
    lock.stop()
    lock.stop()
    assert not application.filters
    assert system.calls == [("listen", WINDOW), ("stop", WINDOW)]


@pytest.mark.allow_log(LOGGER)
def test_where_windows_refuses_nothing_is_watched(
    application: Application, owner: QObject, caplog: pytest.LogCaptureFixture
) -> None:
    lock = WindowsSessionLock(WINDOW, owner, System(refuses=True))
    lock.start()
    lock.stop()
    assert not application.filters
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_refusal_at_the_end_is_nothing(application: Application, owner: QObject) -> None:
    system = System()
    lock = WindowsSessionLock(WINDOW, owner, system)
    lock.start()
    system.refuses = True
    lock.stop()
    assert not application.filters


@pytest.mark.allow_log(LOGGER)
def test_a_bug_is_logged_once_and_harms_nobody(
    application: Application, owner: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = WindowsSessionLock(WINDOW, owner, System())
    lock.start()
    monkeypatch.setattr(windows, "message_at", None)
    application.send(CHANGE, 7)
    application.send(CHANGE, 7)


# --- the calls -----------------------------------------------------------------------------------


class Function:
    """A function of a DLL: it can be called, and told its types."""

    def __init__(self, function: Callable[..., int]) -> None:
        self._function = function
        self.argtypes: tuple[Any, ...] = ()

    def __call__(self, *arguments: Any) -> int:
        assert len(arguments) == len(self.argtypes)
        return self._function(*arguments)


class Dll:
    """wtsapi32.dll as Microsoft's reference describes it."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.succeeds = 1
        self.WTSRegisterSessionNotification = Function(self._take)
        self.WTSUnRegisterSessionNotification = Function(self._take)

    def _take(self, *arguments: Any) -> int:
        self.calls.append(arguments)
        return self.succeeds


@pytest.fixture
def dll(monkeypatch: pytest.MonkeyPatch) -> Dll:
    made = Dll()
    monkeypatch.setattr(windows_dll, "load", lambda _name: made)
    return made


def test_windows_is_asked_for_this_session_alone(dll: Dll) -> None:
    system = WtsApi32()
    system.listen(WINDOW)
    system.stop_listening(WINDOW)
    assert dll.calls == [(WINDOW, 0), (WINDOW,)]
    assert dll.WTSRegisterSessionNotification.argtypes == (ctypes.c_void_p, ctypes.c_uint32)


def test_what_windows_refuses_is_an_error(dll: Dll) -> None:
    system = WtsApi32()
    dll.succeeds = 0
    with pytest.raises(OSError, match="refused"):
        system.listen(WINDOW)
    with pytest.raises(OSError, match="refused"):
        system.stop_listening(WINDOW)


def test_elsewhere_there_is_none() -> None:
    with pytest.raises(OSError, match="no wtsapi32"):
        WtsApi32()
