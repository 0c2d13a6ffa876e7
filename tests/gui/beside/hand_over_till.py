"""A till beside the window: a stand-in for the desktop, and what was heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from posmember.settings.config import Settings, parse
from posmember.settings.policy import Policy
from posmember.ui.beside.hand_over import HandOver
from posmember.ui.beside.typing import typist as typist_module
from posmember.ui.beside.typing.desk import CannotTypeError, Desk, Why
from posmember.ui.main_window import MainWindow
from posmember.ui.tones import Tone, Tones
from posmember.ui.view.screen import View
from tests.gui import samples
from tests.gui.beside.test_typist import StandIn
from tests.gui.driving import hint_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
GIVEN = {"program": "pos.exe", "title": "收银*", "pause_ms": 0}
USABLE, CHECK, BLOCKED = "880000000001", "880000000002", "880000000003"


def settings(policy: Policy | None = None, **given: Any) -> Settings:
    platform = {"open_id": "test", "grant_code": "test"}
    return parse(
        {"platform": platform, "hand_over": {**GIVEN, **given}, "window": {"sounds": True}},
        policy=policy or Policy(),
    )


def view(*, run: int = 1) -> View:
    """Three coupons: one to be used, one to be checked, one that cannot be used."""
    made = samples.loaded_view(run)
    coupons = (
        samples.coupon(1, "满30减10"),
        samples.evaluated(samples.coupon(2, "会员日", goods_range=1)),
        samples.evaluated(samples.coupon(3, "旧券", status=0)),
    )
    suggestion = made.assessment.suggestion
    assert suggestion is not None
    suggestion = replace(suggestion, coupon=coupons[0].coupon)
    return replace(
        made, assessment=replace(made.assessment, coupons=coupons, suggestion=suggestion)
    )


class Till:
    """The window, a stand-in for the desktop, and what was heard."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window, self.desk = window, StandIn()
        self.refusal: Why | None = None
        self.heard: list[Tone] = []
        tones = Tones(window, enabled=False)
        monkeypatch.setattr(tones, "play", self._play)
        self.part = HandOver(window, is_training=False, open_desk=self._open, tones=tones)
        self.part.use(settings())
        self._tones = tones

    def _play(self, tone: Tone) -> None:
        if self._tones.enabled:
            self.heard.append(tone)

    def _open(self) -> Desk:
        if self.refusal is not None:
            raise CannotTypeError(self.refusal)
        return self.desk

    def strike(self, qtbot: QtBot) -> None:
        """Strike Ctrl+Enter, and wait until typing is over."""
        self.press(Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: not self.part._typist.is_typing())

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.window.windowHandle(), key, modifiers or Qt.KeyboardModifier(0))

    def select(self, number: int) -> None:
        self.press(Key.Key_F6)
        for _ in range(number):
            self.press(Key.Key_Down)

    def shown(self) -> str:
        """Return the code that is shown large, or ""."""
        assert self.window.codes is not None
        return self.window.codes.code()

    def said(self) -> str:
        return hint_text(self.window)

    def answers(self) -> list[str]:
        return self.window._body.say.answers()


@contextmanager
def till_of(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    """Have a till beside a window, which shows three coupons; a stand-in keeps nobody waiting."""
    for name in ("_RELEASED_WITHIN_S", "_FRONT_WITHIN_S", "_HELD_WITHIN_S"):
        monkeypatch.setattr(typist_module, name, 0.05)
    for name in ("_STEADY_S", "_CATCH_UP_S"):
        monkeypatch.setattr(typist_module, name, 0.02)
    made = Till(window, monkeypatch)
    window.render(view())
    yield made
    made.part._typist.stop(Why.FORGOTTEN)
