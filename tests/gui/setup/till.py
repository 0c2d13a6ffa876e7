"""The whole program on a till that a test sets up: real keys at the window, a keyring in memory."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from posmember import app as program
from posmember.errors import PosMemberError
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES
from posmember.settings import config
from posmember.settings.draft import draft_paths
from posmember.settings.file_now import read_file_now
from posmember.settings.policy import NO_POLICY, Policy
from posmember.trust.audit import audit_path
from posmember.trust.credentials import CredentialStore, open_key
from posmember.ui import tour
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.settings.place import SetupPlace
from posmember.ui.settings.screen import SettingsScreen
from posmember.ui.setup.session_screen import SessionScreen
from posmember.ui.setup.wizard import Wizard
from posmember.ui.widgets.in_window import InWindow
from tests.fakes.wechat import MemoryStore
from tests.gui.driving import hint_text

S = TypeVar("S", bound=InWindow)

Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BY_HAND_MS = 120
LIMIT_S = 20.0
CODE = "qm0000001"
STORE = STORES[0]


@dataclass
class TillAtWork:
    """A running window."""

    window: MainWindow
    controller: Controller
    store: CredentialStore
    said: list[str] = field(default_factory=list)

    # --- keys ----------------------------------------------------------------------------------

    def press(self, *keys: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Strike keys as a person does, texts letter by letter."""
        for key in keys:
            if isinstance(key, str):
                for char in key:
                    self._strike(Key(ord(char.upper())), char, modifiers)
            else:
                text = {Key.Key_Return: "\r", Key.Key_Space: " "}.get(key, "")
                self._strike(key, text, modifiers)

    def scan(self, code: str) -> None:
        """Scan a code, and Enter, by keys."""
        tour._Clock.ms += 10 * BY_HAND_MS
        tour.send_burst(self.window.windowHandle(), code + "\r")

    def _strike(self, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> None:
        tour._Clock.ms += BY_HAND_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key.value, modifiers, text)
            event.setTimestamp(tour._Clock.ms)
            QApplication.sendEvent(self.window.windowHandle(), event)

    def open_settings(self) -> None:
        self.press(Key.Key_Comma, modifiers=CONTROL)

    def tab_to(self, widget: QWidget) -> None:
        """Come to a widget by Tab alone."""
        for _ in range(60):
            if QApplication.focusWidget() is widget:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"no way by Tab to {widget.accessibleName() or widget}")

    def push(self, words: str) -> None:
        """Come to a button by Tab alone, and strike Space."""
        self.tab_to(self.button(words))
        self.press(Key.Key_Space)

    # --- what is on the screen -----------------------------------------------------------------

    @property
    def wizard(self) -> Wizard:
        return self._open(Wizard)

    @property
    def settings(self) -> SettingsScreen:
        return self._open(SettingsScreen)

    @property
    def session(self) -> SessionScreen:
        return self._open(SessionScreen)

    def screens(self) -> list[InWindow]:
        return [each for each in self.window.findChildren(InWindow) if each.isVisible()]

    def button(self, words: str) -> QPushButton:
        found = [
            each for each in self.window.findChildren(QPushButton)
            if each.isVisible() and words in each.text()
        ]  # fmt: skip
        assert len(found) == 1, f"{words}: {[each.text() for each in found]}"
        return found[0]

    def texts(self) -> str:
        labels = [each for each in self.window.findChildren(QLabel) if each.isVisible()]
        return "\n".join(each.text().replace("\u200b", "") for each in labels)

    def shows(self, words: str) -> bool:
        return words in self.texts() or words in hint_text(self.window)

    def _open(self, kind: type[S]) -> S:
        (found,) = [each for each in self.screens() if isinstance(each, kind)]
        return found

    # --- waiting -------------------------------------------------------------------------------

    async def until(self, is_so: Callable[[], object], what: str) -> None:
        end = time.monotonic() + LIMIT_S
        for turn in itertools.count():
            if is_so():
                return
            assert time.monotonic() < end, f"waited for: {what}; on the screen:\n{self.texts()}"
            await asyncio.sleep(0 if turn < 5 else 0.002)

    async def at_wizard(self) -> Wizard:
        await self.until(lambda: any(isinstance(s, Wizard) for s in self.screens()), "the wizard")
        await self.active()
        return self.wizard

    async def active(self) -> None:
        self.window.activateWindow()
        await self.until(self.window.isActiveWindow, "the active window")

    async def until_said(self, words: str) -> None:
        await self.until(lambda: self.shows(words), words)


Work = Callable[[TillAtWork], Awaitable[None]]


def play(
    work: Work,
    *,
    store: CredentialStore | None = None,
    policy: Policy = NO_POLICY,
    settable: bool = True,
    language: str = "zh",
) -> CredentialStore:
    """Run the program with a test's work as its script; returns the keyring."""
    keyring = store or MemoryStore()

    def load() -> program.Loaded:
        settings = config.load(policy=policy)
        return settings, lambda: open_key(settings.platform.open_id, keyring), lambda: None

    def make_place() -> SetupPlace:
        return SetupPlace(read_file_now, keyring, policy, draft_paths(), audit_path())

    failed: list[BaseException] = []

    async def script(window: MainWindow, controller: Controller) -> None:
        till = TillAtWork(window, controller, keyring)
        try:
            await till.active()
            await work(till)
        except BaseException as error:
            failed.append(error)
            raise

    try:
        code = program.run(
            load, language=language, script=script, place=make_place if settable else None
        )
    except BaseException:
        if failed:
            raise failed[0] from None
        raise
    if failed:
        raise failed[0]
    assert code == 0
    return keyring


def write_config(base_url: str, *, more: str = "", ids: bool = True) -> Path:
    """Write a configuration where the program looks for the user's own."""
    path = read_file_now().path
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["[platform]", f'base_url = "{base_url}"']
    lines += [f'open_id = "{OPEN_ID}"', f'grant_code = "{GRANT_CODE}"'] if ids else []
    path.write_text("\n".join((*lines, more)) + "\n", encoding="utf-8")
    return path


def set_up_store() -> MemoryStore:
    return MemoryStore({OPEN_ID: OPEN_KEY})


def no_key() -> str:
    raise PosMemberError("no key")
