"""A setup program asks the window to close: it does, but not in the midst of a change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from posmember.ui.opening import making_way
from posmember.ui.opening.making_way import Kernel32, MakingWay

LOGGER = "posmember.ui.opening.making_way"


class Windows:
    """Windows, as far as it is asked."""

    def __init__(self) -> None:
        self.announced = 0
        self.asked = False
        self.refuses = False

    def announce(self) -> None:
        """See `System.announce`."""
        if self.refuses:
            raise OSError("refused")
        self.announced += 1

    def is_asked(self) -> bool:
        """See `System.is_asked`."""
        return self.asked


class Till:
    """A window with something to do."""

    def __init__(self) -> None:
        self.busy = False
        self.looks = 0
        self.closed = 0

    def is_busy(self) -> bool:
        self.looks += 1
        return self.busy

    def close(self) -> None:
        self.closed += 1


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making_way, "LOOKS_EVERY_MS", 5)


def test_closed_once(qtbot: QtBot) -> None:
    windows, till, parent = Windows(), Till(), QObject()
    way = MakingWay(parent, till.is_busy, till.close, windows)
    way.start()
    assert windows.announced == 1
    windows.asked = True
    qtbot.waitUntil(lambda: till.closed == 1)
    assert not way.is_looking


def test_not_in_the_midst_of_a_change(qtbot: QtBot) -> None:
    windows, till, parent = Windows(), Till(), QObject()
    till.busy = windows.asked = True
    MakingWay(parent, till.is_busy, till.close, windows).start()
    qtbot.waitUntil(lambda: till.looks > 3)
    assert not till.closed
    till.busy = False
    qtbot.waitUntil(lambda: till.closed == 1)


def test_stopped(qtbot: QtBot) -> None:
    windows, till, parent = Windows(), Till(), QObject()
    way = MakingWay(parent, till.is_busy, till.close, windows)
    way.start()
    assert way.is_looking
    way.stop()
    assert not way.is_looking


@pytest.mark.allow_log(LOGGER)
def test_where_windows_refuses_the_window_stays(qtbot: QtBot) -> None:
    windows, till, parent = Windows(), Till(), QObject()
    windows.refuses = windows.asked = True
    way = MakingWay(parent, till.is_busy, till.close, windows)
    way.start()
    assert not way.is_looking
    assert not till.closed


def test_there_is_no_such_thing_elsewhere() -> None:
    with pytest.raises(OSError, match="kernel32"):
        Kernel32()
