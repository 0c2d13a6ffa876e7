"""A window in which a member can be identified by a secret, before a platform that a test plays."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget

from posmember.api.decode import Decoded
from posmember.domain.member import Identity
from posmember.errors import ApiError
from posmember.lookup.identify import Secret
from posmember.ui import tour
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.opening.wiring import identify
from posmember.ui.panels.secret_entry import SecretEntry
from posmember.ui.panels.secret_sheet import SecretSheet
from tests.gui.driving import Desk, desk, on_qasync, until

Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
PHONE, PASSWORD = "13800000001", "s3cretpw77"
CARD, INNER = "VIP880001", "INNER880001"
BY_HAND_MS = 120


@dataclass
class Asked:
    """One question that the platform was asked."""

    subject: Secret
    answer: asyncio.Future[Decoded[Identity]]

    def give(self, user_id: str = "id-A", mobile: str = PHONE) -> None:
        self.answer.set_result(Decoded(Identity(user_id=user_id, mobile=mobile, status=1)))

    def refuse(self, error: BaseException) -> None:
        self.answer.set_exception(error)


@dataclass
class ScriptedPlatform:
    """Stands for `Platform`; each answer waits for the test."""

    asked: list[Asked] = field(default_factory=list)

    async def identity(self, subject: Secret) -> Decoded[Identity]:
        asked = Asked(subject, asyncio.get_running_loop().create_future())
        self.asked.append(asked)
        return await asked.answer


@dataclass
class Counter(Desk):
    """The window, the platform, and the keys."""

    platform: ScriptedPlatform
    entry: SecretEntry
    scans: list[str] = field(default_factory=list)

    @property
    def sheet(self) -> SecretSheet:
        (found,) = self.window.findChildren(SecretSheet)
        return found

    def is_open(self) -> bool:
        return any(sheet.isVisible() for sheet in self.window.findChildren(SecretSheet))

    def said(self) -> str:
        return self.sheet._message.text()

    async def active(self) -> None:
        self.window.activateWindow()
        await until(self.window.isActiveWindow, "the active window")
        self.window.scan_field.setFocus()
        await until(lambda: focused() is self.window.scan_field, "the keyboard")

    async def opened(self, kind: str = "account") -> None:
        self.press(Key.Key_F11)
        await until(self.is_open, "the sheet")
        while self.sheet._kinds.value() != kind:
            self.press(Key.Key_F11)
        assert focused() is self.sheet.number

    async def question(self) -> Asked:
        """Type an account and its password, and have the platform asked."""
        before = len(self.platform.asked)
        if not self.sheet.number.text():
            self.press(PHONE, Key.Key_Return)
        self.press(PASSWORD, Key.Key_Return)
        await until(lambda: len(self.platform.asked) > before, "the question")
        return self.platform.asked[-1]

    async def painted(self) -> None:
        for _ in range(4):
            await asyncio.sleep(0)

    # --- keys ----------------------------------------------------------------------------------

    def press(self, *keys: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Strike keys as a person does, texts letter by letter."""
        for key in keys:
            if isinstance(key, str):
                for char in key:
                    self._strike(Key(ord(char.upper())), char, modifiers)
            else:
                text = "\r" if key is Key.Key_Return else ""
                self._strike(key, text, modifiers)

    def burst(self, text: str) -> None:
        """Scan a text, or have a reader type it, and Enter."""
        tour._Clock.ms += 1000
        tour.send_burst(self.window.windowHandle(), text + "\r")

    def _strike(self, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> None:
        tour._Clock.ms += BY_HAND_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key.value, modifiers, text)
            event.setTimestamp(tour._Clock.ms)
            QApplication.sendEvent(self.window.windowHandle(), event)


def focused() -> QWidget | None:
    return QApplication.focusWidget()


@contextlib.asynccontextmanager
async def counter() -> AsyncIterator[Counter]:
    async with desk() as at:
        platform = ScriptedPlatform()
        at.backend.platform = platform  # type: ignore[attr-defined]
        entry = identify(at.window, at.controller._backend, at.controller)
        made = Counter(at.window, at.controller, at.backend, at.views, platform, entry)
        keys = ScanFilter()
        keys.burst_began.connect(at.window.begin_burst)
        keys.scanned.connect(lambda text, _place: made.scans.append(text))
        keys.scanned.connect(at.controller.scan)
        keys.misread.connect(at.controller.misread)
        await made.active()
        try:
            yield made
        finally:
            keys.stop()
            await entry.aclose()


def played(qapp: QApplication, work: Callable[[Counter], Awaitable[None]]) -> None:
    """Do something at such a window."""

    async def play() -> None:
        async with counter() as at:
            await work(at)

    on_qasync(qapp, play)


def everything_held(at: Counter, log: str) -> str:
    """What the window, the log, the clipboard and Python's own objects hold of texts."""
    held = [log, QGuiApplication.clipboard().text(), at.window.windowTitle()]
    selection = QGuiApplication.clipboard()
    if selection.supportsSelection():
        held.append(selection.text(selection.Mode.Selection))
    for widget in at.window.findChildren(QWidget):
        held += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit):
            held.append(widget.text())
        if isinstance(widget, QLineEdit):
            widget.undo()
            held += [widget.text(), widget.placeholderText()]
        if isinstance(widget, QComboBox):
            held += [widget.itemText(place) for place in range(widget.count())]
    held += [repr(at.views), repr(vars(at.controller._reception._intake))]
    return "\n".join(held)


def held_by_python(secret: str) -> list[object]:
    """What holds the secret as a text: its containers, but those of the test's own modules."""
    gc.unfreeze()  # what was there before the tests is looked through, too
    gc.collect()
    found: list[object] = []
    for one in gc.get_objects():
        if isinstance(one, dict | list | tuple | set):
            values = one.values() if isinstance(one, dict) else one
            found += [one for value in list(values) if type(value) is str and value == secret]
    return found


def refusal(words: str, error: type[ApiError] = ApiError, **more: str) -> ApiError:
    return error("refused", platform_message=words, **more)
