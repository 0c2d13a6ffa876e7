"""Drives the window and the controller on qasync's loop, with lookups that a test answers."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit

from posmember.domain.context import Store
from posmember.domain.coupon import CouponRecord, CouponTemplate, DiscountKind
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.member import Identity, MemberInfo, Tier
from posmember.domain.values import CHINA
from posmember.errors import PosMemberError
from posmember.lookup.sections import Failed, Loaded, Loading, Section, SectionState
from posmember.lookup.service import Deliver, Request
from posmember.settings.config import PlatformSettings, Settings
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.failures import FailurePage, Problems
from posmember.ui.threads import settled
from posmember.ui.till.connection import Connection
from posmember.ui.view.screen import View
from posmember.ui.wechat.cards import WechatCards
from posmember.ui.widgets.skeleton import Skeleton

T = TypeVar("T")

HANGS_S = 300.0
"""After so long a test is given up: work that a busy machine takes a minute for is no hang."""
LIMIT_S = 30.0
"""How long something is waited for."""
_QUICK_TURNS = 5
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
SETTINGS = Settings(
    PlatformSettings("an-id", "a-code", base_url="https://platform.example"),
    Store("1001", "88001", "人民广场店"),
)


def on_qasync(app: QApplication, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine on Qt's loop, as the program does; fails where it never ends."""

    async def in_time() -> T:
        async with asyncio.timeout(HANGS_S):
            return await work()

    hooks = sys.get_asyncgen_hooks()  # the loop sets its own, for the life of a process
    try:
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            return runner.run(in_time())
    finally:
        sys.set_asyncgen_hooks(*hooks)


async def until(is_so: Callable[[], bool], what: str) -> None:
    """Wait until it is so, a turn of the loop at a time."""
    end = time.monotonic() + LIMIT_S
    for turn in itertools.count():
        if is_so():
            return
        assert time.monotonic() < end, f"waited for: {what}"
        await asyncio.sleep(0 if turn < _QUICK_TURNS else 0.001)


def other_tasks() -> set[asyncio.Task[Any]]:
    """Return the loop's unfinished tasks, but for those that wait for this one."""
    return {task for task in asyncio.all_tasks() if not task.done()} - {asyncio.current_task()}


# --- answers that say whose they are -----------------------------------------------------------


def member_info(who: str, **more: Any) -> MemberInfo:
    """Make a member-info answer, all of whose texts hold `who`."""
    template = CouponTemplate(
        title=f"{who}的券", value=Decimal(10), discount_kind=DiscountKind.CASH, scene_type=3,
        status=1, category=0, min_spend=Decimal(3000),
    )  # fmt: skip
    given: dict[str, Any] = {
        "user_id": f"id-{who}",
        "name": f"{who}先生",
        "mobile": "13800000001",
        "tier": Tier(name=f"{who}级"),
        "points": Decimal(100),
        "coupons": (CouponRecord(redemption_code=f"code-{who}", status=0, template=template),),
    }
    return MemberInfo(**{**given, **more})


def identity(who: str, user_id: str | None = None) -> Identity:
    """Make an identity answer of the same member."""
    return Identity(user_id=user_id or f"id-{who}", nickname=f"{who}昵称", status=1)


def gift_cards(who: str) -> tuple[ListedGiftCard, ...]:
    """Make a gift-card list of the same member."""
    return (ListedGiftCard(card_number=f"card-{who}", name=f"{who}的卡", status=4),)


def answer(section: Section, who: str) -> Loaded[Any]:
    """Make a section's answer."""
    makers: dict[Section, Callable[[str], Any]] = {
        Section.MEMBER: member_info,
        Section.IDENTITY: identity,
        Section.GIFT_CARDS: gift_cards,
    }
    return Loaded(makers[section](who), 5, NOW, asked_by=by_id(who))


def by_id(who: str) -> Identifier:
    """Make what the platform is asked by for a member whose user id is known."""
    return Identifier(IdentifierKind.USER_ID, f"id-{who}")


# --- a connection whose lookups a test answers -------------------------------------------------


@dataclass
class Run:
    """One lookup under way: the test delivers its sections and ends it, in any order."""

    request: Request
    take: Deliver
    ended: asyncio.Future[None]
    cancelled: bool = False
    finished: bool = False

    def deliver(self, section: Section, state: SectionState) -> None:
        self.take(section, state)

    def answer_all(self, who: str) -> None:
        for section in Section:
            self.deliver(section, answer(section, who))

    def fail_all(self, error: PosMemberError) -> None:
        for section in Section:
            self.deliver(section, Failed(error, 5))

    def end(self, error: BaseException | None = None) -> None:
        if error is not None:
            self.ended.set_exception(error)
        else:
            self.ended.set_result(None)


class ScriptedLookup:
    """Stands for `MemberLookup`; every run waits for the test."""

    def __init__(self) -> None:
        self.runs: list[Run] = []

    async def run(self, request: Request, deliver: Deliver) -> None:
        run = Run(request, deliver, asyncio.get_running_loop().create_future())
        self.runs.append(run)
        for section in Section:
            deliver(section, Loading())
        try:
            await run.ended
        except asyncio.CancelledError:
            run.cancelled = True
            raise
        finally:
            run.finished = True


@dataclass
class StillClock:
    """A platform's clock that stands still."""

    calibrated: bool = True
    offset_s: int = 0

    def now(self) -> datetime:
        return NOW


@dataclass
class ScriptedBackend:
    """Stands for `Backend`."""

    lookup: ScriptedLookup = field(default_factory=ScriptedLookup)
    clock: StillClock = field(default_factory=StillClock)
    closed: bool = False
    wakes: int = 0

    def wake(self) -> None:
        self.wakes += 1

    async def aclose(self) -> None:
        self.closed = True


@dataclass
class Desk:
    """A window with its controller, every view it was given, and the lookups under way."""

    window: MainWindow
    controller: Controller
    backend: ScriptedBackend
    views: list[View]

    @property
    def runs(self) -> list[Run]:
        return self.backend.lookup.runs

    @property
    def view(self) -> View:
        """The view that is shown now."""
        return self.views[-1]

    async def scan(self, text: str = "code-A") -> Run:
        """Scan a text; returns its lookup once it is under way."""
        before = len(self.runs)
        self.controller.scan(text)
        await until(lambda: len(self.runs) > before, "the lookup to start")
        return self.runs[-1]

    async def found(self, who: str = "A") -> Run:
        """Scan, and have everything answered."""
        run = await self.scan(f"code-{who}")
        run.answer_all(who)
        await self.end(run)
        return run

    async def end(self, run: Run, error: BaseException | None = None) -> None:
        """End a lookup, and wait until it is rendered."""
        run.end(error)
        await until(lambda: run.finished, "the lookup to end")
        await asyncio.sleep(0)  # for what follows the end of its task
        await asyncio.sleep(0)
        await self.rendered()

    async def rendered(self) -> None:
        """Wait until what was delivered is on the screen."""
        await until(lambda: not self.controller._rendering.waits, "the rendering")


def record_views(window: MainWindow, *, render: bool = True) -> list[View]:
    """Record every view that a window is given; without `render` it shows none of them."""
    views: list[View] = []
    show = window.render

    def record(view: View) -> None:
        views.append(view)
        if render:
            show(view)

    window.render = record  # type: ignore[method-assign]
    return views


@contextlib.asynccontextmanager
async def desk(
    *,
    backend: asyncio.Future[Any] | Connection | None = None,
    settings: Settings | None = SETTINGS,
    render: bool = True,
    wechat: Callable[[MainWindow], WechatCards] | None = None,
) -> AsyncIterator[Desk]:
    """Open a window with its controller; in the end everything is shut down, and nothing left.

    Args:
        backend: what becomes the connection, at each asking; or a connection of the test's own.
    """
    window = MainWindow()
    window.prepare()
    views = record_views(window, render=render)
    scripted = ScriptedBackend()
    if not isinstance(backend, Connection):
        future: asyncio.Future[Any] = settled(scripted) if backend is None else backend
        backend = Connection(lambda: future)
    cards = wechat(window) if wechat is not None else None
    controller = Controller(window, backend, settings, cards)
    window.show()
    try:
        yield Desk(window, controller, scripted, views)
    finally:
        await controller.shutdown()
        window.close()
        window.deleteLater()


# --- what is on the screen ---------------------------------------------------------------------


def texts(window: MainWindow) -> list[str]:
    """Return every text in sight: labels, fields, and the cards' accessible texts."""
    return [text for text in _texts(window) if text]


def _texts(window: MainWindow) -> Iterator[str]:
    for label in window.findChildren(QLabel):
        if label.isVisible():
            yield label.text()
    for line in window.findChildren(QLineEdit):
        yield line.text()
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and view.window() is window:
            for row in range(model.rowCount()):
                yield str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def shows(window: MainWindow, words: str) -> bool:
    """Whether some text in sight holds these words."""
    return any(words in text for text in texts(window))


def is_loading(window: MainWindow) -> bool:
    """Whether there are bars in the places of what will come."""
    return any(bars.isVisible() for bars in window.findChildren(Skeleton))


def hint_text(window: MainWindow) -> str:
    """Return what is said to the cashier: in row C, on the page of a failure, in strips."""
    said = [window._body.say.text()]
    said += [page.text() for page in window.findChildren(FailurePage) if page.isVisible()]
    said += [strip.text() for strip in window.findChildren(Problems) if strip.isVisible()]
    return "\n".join(filter(None, said))


def whose(view: View) -> set[str]:
    """Return the letters of the members that a view holds anything of."""
    found = {state.data for state in view.sections.values() if isinstance(state, Loaded)}
    texts = [repr(view.profile), repr(view.assessment), *map(repr, found)]
    return {who for who in "AB" if any(f"id-{who}" in t or f"{who}的" in t for t in texts)}
