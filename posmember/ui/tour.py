"""Plays a cashier where nobody can see the window: real keys, and a picture of each answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, SignalInstance
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest

from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow

_AMOUNT = "58"
_SIZE = (1280, 800)
_BETWEEN_MS = 1000
"""A cashier's next action is no part of the burst before it, however fast the answer was."""


class Tour:
    """Looks a few codes up and takes a picture of the window after each.

    Args:
        codes: typed one after the other, each ended with Enter.
        folder: where the pictures go.
        say: gets a line for each picture.
        with_card: a code whose member's 微信会员卡 is asked for at the end; "" is none.
    """

    def __init__(
        self,
        codes: Sequence[str],
        folder: Path,
        say: Callable[[str], None],
        *,
        with_card: str = "",
    ) -> None:
        self._codes = codes
        self._with_card = with_card
        self._folder = folder
        self._say = say

    async def play(self, window: MainWindow, controller: Controller) -> None:
        """Play the tour; a lookup that does not end would hang it, as it would the cashier."""
        window.showNormal()  # the screen that is none may be a small one
        window.resize(*_SIZE)
        handle = window.windowHandle()
        await strike(handle, Qt.Key.Key_F8, _AMOUNT)
        for number, code in enumerate(self._codes, start=1):
            await self._look_up(handle, controller, code)
            self._take_picture(window, code, f"{number}-{code}")
        if self._with_card and controller.wechat is not None:
            await self._look_up(handle, controller, self._with_card)
            card = next_settled(controller.wechat)
            await strike(handle, Qt.Key.Key_F10)
            await card
            self._take_picture(window, "F10", "wechat-card")

    async def _look_up(self, handle: QWindow, controller: Controller, code: str) -> None:
        settled = next_settled(controller)
        await strike(handle, Qt.Key.Key_F2, code, Qt.Key.Key_Return)
        await settled

    def _take_picture(self, window: MainWindow, what: str, name: str) -> None:
        path = self._folder / f"{name}.png"
        window.grab().save(str(path))
        self._say(f"{what}: {path}")


class _Settles(Protocol):
    settled: SignalInstance


def next_settled(controller: _Settles) -> asyncio.Future[None]:
    """Becomes done when the next lookup or refresh, or what a card is asked for, is over."""
    settled: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def settle() -> None:
        if not settled.done():
            settled.set_result(None)

    controller.settled.connect(settle, Qt.ConnectionType.SingleShotConnection)
    return settled


def strike(window: QWindow, *keys: Qt.Key | str) -> asyncio.Future[None]:
    """Strike keys at the window, texts at a scanner's speed.

    QTest handles events between the keys, which no task may do: they are struck from Qt's
    loop, and the future becomes done when they are.
    """
    struck: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def strike_all() -> None:
        _Clock.ms += _BETWEEN_MS
        for key in keys:
            if isinstance(key, str):
                send_burst(window, key)
            elif key is Qt.Key.Key_Return:
                send_burst(window, "\r")
            else:
                QTest.keyClick(window, key)
        struck.set_result(None)

    QTimer.singleShot(0, strike_all)
    return struck


def send_burst(window: QWindow, text: str, every_ms: int = 5) -> None:
    """Send a text's keys as a scanner strikes them, whatever the window is doing.

    QTest's events have the time at which the window came round to them.
    """
    for char in text:
        _Clock.ms += every_ms
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key.value, Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(_Clock.ms)
            QCoreApplication.sendEvent(window, event)


class _Clock:
    """The time of the keys that were sent, far from that of others."""

    ms = 1 << 40
