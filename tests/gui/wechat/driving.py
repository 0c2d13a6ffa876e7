"""Drives the window with a desk for membership cards, by signals and by keys."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.wechat.card import CardSubject, WechatCard
from posmember.domain.wechat.change import CardChange
from posmember.lookup.desk import Opened, WechatDesk
from posmember.lookup.sections import Section
from posmember.ui import tour
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.opening.wiring import wechat
from posmember.ui.threads import settled
from posmember.ui.view.wechat import CardStage, ChangeStage, ChangeView, WechatView
from posmember.ui.wechat.block import WechatCardBlock
from posmember.ui.wechat.cards import WechatCards
from posmember.ui.wechat.change_sheet import WechatChangeSheet
from posmember.ui.wechat.desk import DeskOnDemand
from tests.fakes.wechat import MemoryStore
from tests.fakes.wechat_desk import (
    PIN,
    SUPERVISOR,
    Asked,
    ScriptedService,
    a_card,
    scripted_desk,
    supervised,
)
from tests.gui.driving import Desk, Run, answer, desk, member_info, on_qasync, until

W = TypeVar("W", bound=QWidget)

Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
BY_HAND_MS = 120
MOST_TABS = 60
OPENID = "oTest_openid-000000000000001"
CODE = "900000000000000000000021"
NEW_LEVEL = CardChange(level="新等级")
OPENID_FOUND = Identifier(IdentifierKind.WECHAT_OPENID, OPENID)

__all__ = ["CODE", "OPENID", "Key", "on_qasync", "until"]


@dataclass
class Counter(Desk):
    """A window with everything that membership cards need."""

    cards: WechatCards
    service: ScriptedService
    store: MemoryStore
    audit_path: Path
    scans: list[str] = field(default_factory=list)

    # --- members and cards ---------------------------------------------------------------------

    async def member(
        self, who: str = "A", *, found_by: Identifier | None = None, card_number: str = ""
    ) -> Run:
        """Have a member on the screen."""
        run = await self.scan(f"code-{who}")
        info = replace(
            answer(Section.MEMBER, who),
            data=member_info(who, card_number=card_number),
            found_by=found_by or Identifier(IdentifierKind.MEMBER_CODE, f"code-{who}"),
        )
        run.deliver(Section.MEMBER, info)
        for section in (Section.IDENTITY, Section.GIFT_CARDS):
            run.deliver(section, answer(section, who))
        await self.end(run)
        return run

    async def known_member(self, who: str = "A") -> Run:
        """Have a member on the screen of whom card code and openid are known."""
        return await self.member(who, found_by=OPENID_FOUND, card_number=f"card-{who}")

    async def asked(self, who: str = "A") -> Asked:
        """Have a member on the screen, and the query of the card under way."""
        await self.known_member(who)
        return await self.next_call(self.window.wechat.asked.emit)

    async def loaded(self, card: WechatCard | None = None, *unreadable: str) -> WechatCard:
        """Have a card on the screen."""
        asked = await self.asked()
        shown = card or a_card()
        asked.give(replace(shown, code="card-A"), *unreadable)
        await self.settled(CardStage.LOADED)
        assert self.wechat.card is not None
        return self.wechat.card

    async def reviewed(self, change: CardChange = NEW_LEVEL) -> None:
        """Have a change on the screen that waits for its PIN."""
        if self.cards.view is None or self.cards.view.card is None:
            await self.loaded()
        self.window.wechat.change_asked.emit()
        self.window.wechat.review_asked.emit(change)
        assert self.change.stage is ChangeStage.REVIEW

    async def sent(self) -> Asked:
        """Have a change under way that was confirmed with the right PIN."""
        await self.reviewed()
        return await self.next_call(lambda: self.window.wechat.confirmed.emit(SUPERVISOR, PIN))

    async def next_call(self, do: Any) -> Asked:
        """Do something, and wait for the call that follows."""
        before = len(self.service.asked)
        do()
        await until(lambda: len(self.service.asked) > before, "a call")
        return self.service.asked[-1]

    async def settled(self, stage: CardStage) -> None:
        await until(lambda: self.wechat.stage is stage, f"the stage {stage}")
        await self.painted()

    async def changed(self, stage: ChangeStage) -> ChangeView:
        await until(
            lambda: self.wechat.change is not None and self.wechat.change.stage is stage,
            f"the stage {stage}",
        )
        await self.painted()
        return self.change

    async def painted(self) -> None:
        """Let the loop go round: tasks that ended are told of, layouts are made."""
        for _ in range(3):
            await asyncio.sleep(0)

    # --- what is on the screen -----------------------------------------------------------------

    @property
    def wechat(self) -> WechatView:
        assert self.view.wechat is not None
        return self.view.wechat

    def is_at(self, stage: CardStage | ChangeStage) -> bool:
        """Whether the card, or its change, is so far."""
        change = self.wechat.change
        return stage in (self.wechat.stage, change.stage if change is not None else None)

    @property
    def change(self) -> ChangeView:
        assert self.wechat.change is not None
        return self.wechat.change

    @property
    def block(self) -> WechatCardBlock:
        return one(self.window, WechatCardBlock)

    @property
    def sheet(self) -> WechatChangeSheet:
        return one(self.window, WechatChangeSheet)

    def has_sheet(self) -> bool:
        """Whether the sheet of a change is in sight."""
        return any(sheet.isVisible() for sheet in self.window.findChildren(WechatChangeSheet))

    def said(self, widget: QWidget | None = None) -> str:
        """What is in sight in the card's part, or in another, line by line."""
        within = widget or self.block
        labels = [label for label in within.findChildren(QLabel) if label.isVisible()]
        return "\n".join(label.text().replace("\u200b", "") for label in labels)

    # --- keys ----------------------------------------------------------------------------------

    async def activated(self) -> None:
        """Have the keyboard in the window, where it was."""
        self.window.activateWindow()
        await until(self.window.isActiveWindow, "the active window")

    async def active(self) -> None:
        """Have the keyboard in the window's scan field."""
        await self.activated()
        self.window.scan_field.setFocus()
        await until(lambda: focused() is self.window.scan_field, "the keyboard")

    def press(self, *keys: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Strike keys as a person does, texts letter by letter."""
        for key in keys:
            if isinstance(key, str):
                for char in key:
                    self._strike(Key(ord(char.upper())), char, modifiers)
            else:
                self._strike(key, _text_of(key), modifiers)

    def burst(self, code: str) -> None:
        """Scan a code, and Enter, by keys."""
        tour._Clock.ms += BY_HAND_MS
        tour.send_burst(self.window.windowHandle(), code + "\r")

    def _strike(self, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> None:
        tour._Clock.ms += BY_HAND_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key.value, modifiers, text)
            event.setTimestamp(tour._Clock.ms)
            QApplication.sendEvent(self.window.windowHandle(), event)


def _text_of(key: Qt.Key) -> str:
    if key in (Key.Key_Return, Key.Key_Enter):
        return "\r"
    return " " if key is Key.Key_Space else ""


def one(window: QWidget, kind: type[W]) -> W:
    (found,) = window.findChildren(kind)
    return found


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def button(within: QWidget, words: str) -> QPushButton:
    """The button in sight that says this."""
    (found,) = [
        made for made in within.findChildren(QPushButton)
        if made.isVisible() and words in made.text()
    ]  # fmt: skip
    return found


def place_of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@contextlib.asynccontextmanager
async def counter(
    tmp_path: Path,
    *,
    service: ScriptedService | None = None,
    made: WechatDesk | asyncio.Future[Any] | Callable[[], asyncio.Future[Opened]] | None = None,
    keys: bool = False,
) -> AsyncIterator[Counter]:
    """Open a window; in the end everything is shut down.

    Args:
        service: a scripted one, for a desk with one supervisor.
        made: another desk, what becomes one, or what starts to open one; None with no service
            is that none is set up.
        keys: whether scans are told from typing, as in the program.
    """
    store, path = supervised(), tmp_path / "audit.jsonl"
    if service is not None:
        made = scripted_desk(service, store, path)
    begin = made if callable(made) else partial(_given, made)

    def open_cards(window: MainWindow) -> WechatCards:
        opened = DeskOnDemand(begin, window)
        opened.look()
        return wechat(window, opened)

    async with desk(wechat=open_cards) as at:
        cards = at.controller.wechat
        assert cards is not None
        using = service or ScriptedService()
        opened = Counter(at.window, at.controller, at.backend, at.views, cards, using, store, path)
        scan_filter = ScanFilter() if keys else None
        if scan_filter is not None:
            scan_filter.scanned.connect(at.controller.scan)
            scan_filter.burst_began.connect(at.window.begin_burst)
            scan_filter.scanned.connect(lambda text, _place: opened.scans.append(text))
        try:
            yield opened
        finally:
            if scan_filter is not None:
                scan_filter.stop()


def _given(made: WechatDesk | asyncio.Future[Any] | None) -> asyncio.Future[Opened]:
    return made if isinstance(made, asyncio.Future) else settled(made)


def subject(code: str = "card-A", openid: str = OPENID) -> CardSubject:
    return CardSubject(code, openid)


def played_with_a_card(
    qapp: QApplication, tmp_path: Path, work: Callable[[Counter], Awaitable[None]]
) -> None:
    """Do something at a window with a card on the screen, whose keys are watched for scans."""

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await at.active()
            await at.loaded()
            await work(at)

    on_qasync(qapp, play)


def tab_to(at: Counter, widget: QWidget) -> None:
    """Come to a widget by Tab alone."""
    for _ in range(MOST_TABS):
        if focused() is widget:
            return
        at.press(Key.Key_Tab)
    raise AssertionError(f"no way by Tab to {widget.accessibleName() or widget}")
