"""Nothing of another person in the window: at a lookup, and when the member is asked for again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from posmember.cli.demo import settings_for
from posmember.domain.context import AccountStatus, Order, OrderType
from posmember.errors import ApiTimeoutError
from posmember.lookup.backend import Backend
from posmember.lookup.sections import Failed, Loading, Section
from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.members.others import ANSWERED_MOBILE, OTHER_MOBILE, SHARED_NUMBER
from posmember.sandbox.server import RunningSandbox
from posmember.ui.view.screen import PanelKind
from tests.gui.driving import Desk, answer, desk, on_qasync, shows, until


@pytest.fixture(scope="module")
def served() -> Iterator[RunningSandbox]:
    """A sandbox in a thread of this process."""
    with RunningSandbox() as running:
        yield running


def on_sandbox(
    qapp: QApplication, served: RunningSandbox, work: Callable[[Desk], Awaitable[None]]
) -> None:
    """Do something at a window that asks the sandbox."""
    settings = settings_for(served.base_url)

    async def play() -> None:
        backend: asyncio.Future[Backend] = asyncio.get_running_loop().create_future()
        backend.set_result(Backend(settings, OPEN_KEY))
        async with desk(backend=backend, settings=settings) as at:
            await work(at)

    on_qasync(qapp, play)


async def look_up(at: Desk, code: str) -> None:
    at.controller.scan(code)
    await end(at)


async def end(at: Desk) -> None:
    await until(lambda: not at.controller._lookups.running, "the lookup to end")
    await at.rendered()


def account(at: Desk) -> AccountStatus:
    return at.view.context.account


def holds(at: Desk, words: str) -> bool:
    """Whether the view or the screen holds any of it."""
    return words in repr(at.view) or shows(at.window, words)


SAID = (
    *("账号状态正在核对", "账号状态无法识别", "「账号状态」无法识别"),
    "没能核对账号是否冻结，用前请在收银系统确认",
)


def said_of_the_account(at: Desk) -> set[str]:
    """What the screen says of an account that is not known."""
    return {words for words in SAID if shows(at.window, words)}


async def refresh(at: Desk) -> None:
    at.window.refresh_requested.emit()
    await end(at)


async def change_the_order(at: Desk) -> None:
    before = at.view.sections[Section.MEMBER]
    at.controller._change_order(Order(OrderType.DELIVERY))
    await until(lambda: at.view.sections[Section.MEMBER] is not before, "what is asked anew")
    await end(at)


@pytest.mark.parametrize("again", [refresh, change_the_order])
@pytest.mark.parametrize("code", ["qm0000036", "13800000036"])
def test_a_refresh_whose_number_is_anothers_member_code(
    qapp: QApplication, served: RunningSandbox, again: Callable[[Desk], Awaitable[None]], code: str
) -> None:
    async def play(at: Desk) -> None:
        await look_up(at, code)
        before = at.view
        await again(at)
        assert at.view.hint is None
        assert at.view.profile == before.profile
        assert at.view.sections[Section.MEMBER] is not before.sections[Section.MEMBER]
        assert shows(at.window, "施同号的卡")
        assert not holds(at, "张同码")
        by = [call.params for call in served.sandbox.calls if call.api == "gift_cards"]
        assert {params["user_id"] for params in by[-2:]} == {SHARED_NUMBER}

    on_sandbox(qapp, served, play)


def test_an_identity_of_somebody_else(qapp: QApplication, served: RunningSandbox) -> None:
    async def play(at: Desk) -> None:
        await look_up(at, "qm0000038")
        await refresh(at)
        assert not holds(at, "曹别人")
        assert not holds(at, OTHER_MOBILE)
        assert shows(at.window, "孔串线的券")
        assert at.view.coupons_panel.kind is PanelKind.LOADED
        assert any("另一位会员，没有显示" in words for words in at.view.coupons_panel.problems)
        assert at.view.hint is not None
        assert "另一位会员" in at.view.hint.text
        assert account(at) is AccountStatus.FAILED

    on_sandbox(qapp, served, play)


def test_a_phone_that_is_answered_with_another(qapp: QApplication, served: RunningSandbox) -> None:
    async def play(at: Desk) -> None:
        await look_up(at, "13800000039")
        assert at.view.profile.person is None
        assert not holds(at, "曹错答")
        assert not holds(at, ANSWERED_MOBILE)
        assert shows(at.window, "会员系统给的可能是另一位会员，没有显示，请重新扫码")
        assert at.view.hint is not None
        assert at.view.hint.support_code

    on_sandbox(qapp, served, play)


def test_gift_cards_asked_by_anothers_id_are_not_taken(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            at.window.refresh_requested.emit()
            await until(lambda: len(at.runs) > 1, "the refresh")
            for section in (Section.MEMBER, Section.GIFT_CARDS):
                at.runs[1].deliver(section, answer(section, "B"))
            at.runs[1].deliver(Section.IDENTITY, answer(Section.IDENTITY, "A"))
            await at.end(at.runs[1])
            assert shows(at.window, "A的卡")
            assert not shows(at.window, "B的卡")

    on_qasync(qapp, play)


def test_while_identity_is_late_nothing_false_is_said(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            run.deliver(Section.MEMBER, answer(Section.MEMBER, "A"))
            run.deliver(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
            await at.rendered()
            assert account(at) is AccountStatus.LATE
            assert isinstance(at.view.sections[Section.IDENTITY], Loading)
            assert said_of_the_account(at) == set(), "nothing is said before it is known"
            run.deliver(Section.IDENTITY, answer(Section.IDENTITY, "A"))
            await at.end(run)
            assert account(at) is AccountStatus.ACTIVE
            assert said_of_the_account(at) == set()

    on_qasync(qapp, play)


def test_where_identity_failed_that_is_said(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            run.deliver(Section.MEMBER, answer(Section.MEMBER, "A"))
            run.deliver(Section.IDENTITY, Failed(ApiTimeoutError("late"), 5))
            run.deliver(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
            await at.end(run)
            assert said_of_the_account(at) == {"没能核对账号是否冻结，用前请在收银系统确认"}

    on_qasync(qapp, play)
