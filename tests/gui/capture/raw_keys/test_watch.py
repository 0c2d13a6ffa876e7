"""The watch over native events: a platform of a test's own, messages put together by hand."""

from __future__ import annotations

import ctypes
import logging

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from posmember.ui.capture.raw_keys import watch as watching
from posmember.ui.capture.raw_keys import windows, xcb
from posmember.ui.capture.raw_keys.keys import RawKey
from posmember.ui.capture.raw_keys.user32 import User32
from posmember.ui.capture.raw_keys.watch import POINTER_SIZE, RawKeyWatch
from tests.gui.capture.raw_keys.raw_messages import VK_A, lparam, msg, xcb_event

XCB = b"xcb_generic_event_t"
PASS, SWALLOW = (False, 0), (True, 0)


class Keyboard:
    """Takes the keys that a watch hands over.

    Args:
        swallow: what it wants to keep from everyone else.
    """

    def __init__(self, swallow: str = "") -> None:
        self.swallow = swallow
        self.keys: list[RawKey] = []

    def take(self, key: RawKey) -> bool:
        self.keys.append(key)
        return key.char in self.swallow

    @property
    def text(self) -> str:
        return "".join(key.char for key in self.keys if key.pressed)


def filtered(watch: RawKeyWatch, event: bytes) -> tuple[bool, int]:
    """Show a watch an event as Qt does: by its address."""
    memory = ctypes.create_string_buffer(event, len(event))
    return watch.nativeEventFilter(XCB, ctypes.addressof(memory))


@pytest.fixture
def on_x11(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")


def key_event(code: int, at_ms: int = 0, kind: int = xcb.KEY_PRESS) -> bytes:
    return xcb_event(kind, code, at_ms, 0)


@pytest.mark.parametrize(
    ("platform", "available"),
    [("xcb", True), ("windows", True), ("wayland", False), ("offscreen", False), ("cocoa", False)],
)
def test_where_keys_can_be_read(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, platform: str, available: bool
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    assert RawKeyWatch.available() is available


def test_it_does_not_start_where_keys_cannot_be_read(qtbot: QtBot) -> None:
    keyboard = Keyboard("a")
    watch = RawKeyWatch(keyboard.take)
    watch.start()
    assert not watch.is_on
    assert filtered(watch, key_event(38)) == PASS
    watch.stop()


@pytest.mark.usefixtures("on_x11")
def test_keys_of_x11_pass_or_are_swallowed() -> None:
    keyboard = Keyboard("b")
    watch = RawKeyWatch(keyboard.take)
    watch.start()
    watch.start()  # once more does nothing
    assert [filtered(watch, key_event(code)) for code in (38, 56)] == [PASS, SWALLOW]
    assert keyboard.text == "ab"
    watch.stop()
    assert not watch.is_on
    assert filtered(watch, key_event(56)) == PASS
    assert keyboard.text == "ab"


@pytest.mark.usefixtures("on_x11")
def test_other_events_of_x11_are_not_read_at_all() -> None:
    """The memory behind their first byte may be shorter than a key's."""
    keyboard = Keyboard()
    watch = RawKeyWatch(keyboard.take)
    watch.start()
    assert [filtered(watch, bytes([kind])) for kind in (0, 4, 12, 35, 0x80 | 33)] == [PASS] * 5
    assert keyboard.keys == []
    watch.stop()


@pytest.mark.usefixtures("on_x11")
def test_repeated_keys_of_x11() -> None:
    keyboard = Keyboard()
    watch = RawKeyWatch(keyboard.take)
    watch.start()
    filtered(watch, key_event(38, 0))
    filtered(watch, key_event(38, 660, xcb.KEY_RELEASE))
    filtered(watch, key_event(38, 660))
    assert [key.repeated for key in keyboard.keys if key.pressed] == [False, True]
    watch.stop()


@pytest.mark.usefixtures("on_x11")
@pytest.mark.allow_log("posmember.ui.capture.raw_keys.watch")
def test_a_bug_inside_disarms_it_and_the_keys_go_on(caplog: pytest.LogCaptureFixture) -> None:
    def explode(_key: RawKey) -> bool:
        raise ZeroDivisionError

    watch = RawKeyWatch(explode)
    watch.start()
    assert [filtered(watch, key_event(code)) for code in (38, 56)] == [PASS, PASS]
    assert not watch.is_on
    assert [one.levelno for one in caplog.records] == [logging.ERROR]


class NoLocks(User32):
    """Windows as far as a watch asks it, on any system."""

    def __init__(self) -> None:
        pass

    def is_toggled(self, virtual_key: int) -> bool:
        return False


def test_messages_of_windows(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    monkeypatch.setattr(watching, "User32", NoLocks)
    keyboard = Keyboard("b")
    watch = RawKeyWatch(keyboard.take)
    watch.start()
    paint = msg(POINTER_SIZE, 0x000F, 0, 0)
    down_a, down_b = (
        msg(POINTER_SIZE, windows.WM_KEYDOWN, VK_A, lparam(code)) for code in (0x1E, 0x30)
    )
    assert [filtered(watch, event) for event in (paint, down_a, down_b)] == [PASS, PASS, SWALLOW]
    assert keyboard.text == "ab"
    watch.stop()
