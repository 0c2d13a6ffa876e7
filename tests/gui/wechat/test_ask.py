"""A membership card is asked for: where there is nothing to ask with, what is missing, by whom."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from posmember import errors
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.wechat.card import CardSubject
from posmember.lookup.desk import WechatDesk
from posmember.lookup.sections import Failed, Section
from posmember.ui.view.wechat import CardStage
from posmember.ui.wechat.block import WechatCardBlock
from tests.fakes.wechat_desk import ScriptedService, a_card, scripted_desk, supervised
from tests.fakes.wechat_errors import CASES, NOT_FOUND, Case
from tests.gui.driving import answer, hint_text, member_info, shows
from tests.gui.wechat.driving import (
    CODE,
    OPENID,
    OPENID_FOUND,
    Counter,
    Key,
    counter,
    on_qasync,
    subject,
    until,
)

LOGGER = "posmember.ui.wechat.desk"


def is_asked_for(at: Counter) -> bool:
    """Whether the window has a place for the card."""
    buttons = at.window.findChildren(QPushButton)
    return any(each.isVisible() for each in buttons if "F10" in each.text())


# --- nothing to ask with -----------------------------------------------------------------------


def test_a_till_without_keys_shows_nothing_and_f10_does_nothing(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path) as at:
            await at.active()
            await at.known_member()
            views = len(at.views)
            at.press(Key.Key_F10)
            await at.painted()
            assert at.view.wechat is None
            assert len(at.views) == views
            assert at.window.findChildren(WechatCardBlock) == []
            assert not shows(at.window, "微信会员卡")

    on_qasync(qapp, play)


def test_nobody_is_asked_before_there_is_a_member(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at.active()
            at.press(Key.Key_F10)
            assert not is_asked_for(at)
            run = await at.scan()
            at.press(Key.Key_F10)
            run.fail_all(errors.MemberNotFoundError("nobody"))
            await at.end(run)
            at.press(Key.Key_F10)
            await at.painted()
            assert not is_asked_for(at)
            await at.scan(CODE)
            assert at.runs[-1].request.identifiers[0].value == CODE, "no question was open"
            assert at.service.asked == []

    on_qasync(qapp, play)


def test_nobody_is_asked_at_a_scan(qapp: QApplication, tmp_path: Path) -> None:
    """The platform allows five calls a second for a whole brand."""

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at.known_member()
            at.controller.refresh()
            await at.painted()
            assert is_asked_for(at)
            assert at.wechat.stage is CardStage.IDLE
            assert at.service.asked == []

    on_qasync(qapp, play)


@pytest.mark.allow_log(LOGGER)
def test_keys_that_cannot_be_used_are_told_when_the_card_is_asked_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        broken: asyncio.Future[WechatDesk | None] = asyncio.get_running_loop().create_future()
        broken.set_exception(errors.CredentialError("the keyring gave nothing"))
        async with counter(tmp_path, made=broken) as at:
            await at.active()
            await at.known_member()
            assert at.is_at(CardStage.IDLE), "a lookup is not disturbed"
            at.press(Key.Key_F10)
            assert at.is_at(CardStage.FAILED)
            assert "读不到微信会员卡的密钥，请联系管理员" in at.said()
            assert "gave nothing" not in at.said()

    on_qasync(qapp, play)


@pytest.mark.allow_log(LOGGER)
def test_a_bug_in_opening_the_desk_is_no_silence(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        broken: asyncio.Future[WechatDesk | None] = asyncio.get_running_loop().create_future()
        broken.set_exception(ZeroDivisionError("a bug"))
        async with counter(tmp_path, made=broken) as at:
            await at.active()
            await at.known_member()
            at.press(Key.Key_F10)
            assert "联系管理员" in at.said()

    on_qasync(qapp, play)
    assert "ZeroDivisionError" in caplog.text


def test_a_desk_that_comes_late_is_there_for_the_member_on_the_screen(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        late: asyncio.Future[WechatDesk | None] = asyncio.get_running_loop().create_future()
        service = ScriptedService()
        async with counter(tmp_path, made=late) as at:
            await at.active()
            await at.known_member()
            at.press(Key.Key_F10)
            assert not is_asked_for(at)
            late.set_result(scripted_desk(service, supervised(), tmp_path / "a.jsonl"))
            await until(lambda: is_asked_for(at), "the card's place")
            await until(lambda: bool(service.asked), "the query that F10 wanted")
            assert service.asked[0].subject == subject()
            service.asked[0].give(a_card())
            await at.settled(CardStage.LOADED)

    on_qasync(qapp, play)


# --- what is known -----------------------------------------------------------------------------

KNOWN: dict[str, tuple[Identifier, str, CardStage]] = {
    "openid and card number": (OPENID_FOUND, "card-A", CardStage.LOADING),
    "openid": (OPENID_FOUND, "", CardStage.ASKS_CODE),
    "the platform's own code": (
        Identifier(IdentifierKind.CARD_NUMBER, CODE), "", CardStage.ASKS_OPENID,
    ),
    "card number": (Identifier(IdentifierKind.MOBILE, "13800000001"), "V1", CardStage.ASKS_OPENID),
    "unionid": (Identifier(IdentifierKind.WECHAT_UNIONID, OPENID), "V1", CardStage.ASKS_OPENID),
    "neither": (Identifier(IdentifierKind.MOBILE, "13800000001"), "", CardStage.ASKS_CODE),
    "a number that can be no code": (OPENID_FOUND, "会员 1", CardStage.ASKS_CODE),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_only_what_is_not_known_is_asked_for(qapp: QApplication, tmp_path: Path, name: str) -> None:
    found_by, card_number, stage = KNOWN[name]

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at.active()
            await at.member(found_by=found_by, card_number=card_number)
            at.press(Key.Key_F10)
            await at.painted()
            assert at.wechat.stage is stage
            assert bool(at.service.asked) is (stage is CardStage.LOADING)

    on_qasync(qapp, play)


def test_found_by_openid_with_a_card_number_asks_nobody_anything(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at.active()
            await at.known_member()
            asked = await at.next_call(lambda: at.press(Key.Key_F10))
            assert asked.subject == subject("card-A", OPENID)
            assert "正在查询微信支付" in at.said()
            asked.give(a_card("甲"))
            await at.settled(CardStage.LOADED)
            assert "甲的备注" in at.said()
            assert at.block._time.text() == "12:00:00"

    on_qasync(qapp, play)


def test_what_a_scan_found_first_counts_and_no_refresh_after_it(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at.known_member()
            at.controller.refresh()
            await until(lambda: len(at.runs) == 2, "the refresh")
            at.runs[1].answer_all("A")
            await at.end(at.runs[1])
            at.window.wechat.asked.emit()
            await until(lambda: bool(at.service.asked), "the query")
            assert at.service.asked[0].subject == subject()

    on_qasync(qapp, play)


def test_what_a_refresh_tells_first_counts_too(qapp: QApplication, tmp_path: Path) -> None:
    """Member-info failed at first, so that only identity told who it is."""

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            run = await at.scan("code-A")
            run.deliver(Section.MEMBER, Failed(errors.ApiTimeoutError("late"), 5))
            run.deliver(Section.IDENTITY, answer(Section.IDENTITY, "A"))
            run.deliver(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
            await at.end(run)
            assert at.is_at(CardStage.IDLE)
            at.controller.refresh()
            await until(lambda: len(at.runs) == 2, "the refresh")
            info = replace(answer(Section.MEMBER, "A"), data=member_info("A", card_number="V1"))
            at.runs[1].deliver(Section.MEMBER, info)
            await at.end(at.runs[1])
            at.window.wechat.asked.emit()
            assert at.is_at(CardStage.ASKS_OPENID)

    on_qasync(qapp, play)


def test_a_relay_that_fills_in_openids_needs_none(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(openid_needed=False)) as at:
            await at.active()
            await at.member(card_number="V1")
            asked = await at.next_call(lambda: at.press(Key.Key_F10))
            assert asked.subject == CardSubject("V1", "")

    on_qasync(qapp, play)


# --- not found, and other failures -------------------------------------------------------------


def test_a_card_that_is_not_found_asks_for_the_code_again(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            asked = await at.asked()
            asked.fail(NOT_FOUND)
            await at.settled(CardStage.ASKS_CODE)
            assert "微信支付查不到这张卡，请核对卡号" in at.said()
            assert "请重新扫或输入微信会员卡号" in at.said()
            assert "不知道卡号" not in at.said()
            again = await at.next_call(lambda: at.window.wechat.given.emit("right-one"))
            assert again.subject == subject("right-one", OPENID), "the openid is known still"

    on_qasync(qapp, play)


def test_an_openid_that_was_given_may_be_the_wrong_one(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at.member(card_number="V1")
            at.window.wechat.asked.emit()
            asked = await at.next_call(lambda: at.window.wechat.given.emit(OPENID))
            asked.fail(NOT_FOUND)
            await at.settled(CardStage.ASKS_CODE)
            at.window.wechat.given.emit("V2")
            assert at.wechat.stage is CardStage.ASKS_OPENID

    on_qasync(qapp, play)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_failure_is_said_and_can_be_tried_again(
    qapp: QApplication, tmp_path: Path, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            asked = await at.asked()
            asked.fail(case.error)
            await until(lambda: at.wechat.stage is not CardStage.LOADING, "the failure")
            assert case.said in at.said()
            assert case.step in at.said()
            assert at.wechat.card is None
            assert case.said not in hint_text(at.window), "that line is the member's"
            if at.wechat.stage is CardStage.FAILED:
                again = await at.next_call(at.window.wechat.asked.emit)
                again.give(a_card())
                await at.settled(CardStage.LOADED)
                assert case.said not in at.said()

    on_qasync(qapp, play)
    assert type(case.error).__name__ in caplog.text
    for personal in (OPENID, "card-A"):
        assert personal not in caplog.text
