"""What is missing for a membership card is asked for in words: typed, or scanned, and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.domain.identifier import IdentifierKind
from posmember.ui.view.wechat import CardStage
from tests.fakes.wechat_desk import ScriptedService, a_card
from tests.fakes.wechat_errors import CASES
from tests.gui.driving import hint_text, shows
from tests.gui.wechat.driving import (
    CODE,
    OPENID,
    OPENID_FOUND,
    Counter,
    Key,
    counter,
    focused,
    on_qasync,
    subject,
    until,
)

PAYMENT = ("134567890123456789", "280000000000000000000016", "6212345678901234567")
"""WeChat's, Alipay's, which could be a card's code as well, and UnionPay's."""


# --- asked for in words ------------------------------------------------------------------------


async def at_code(at: Counter) -> None:
    """Have the code asked for, of a member whose openid is known."""
    await at.active()
    await at.member(found_by=OPENID_FOUND)
    at.press(Key.Key_F10)
    assert at.wechat.stage is CardStage.ASKS_CODE


async def at_openid(at: Counter) -> None:
    """Have the openid asked for, of a member whose card number is known."""
    await at.active()
    await at.member(card_number="V1")
    at.press(Key.Key_F10)
    assert at.wechat.stage is CardStage.ASKS_OPENID


def test_the_code_is_asked_for_in_words_and_typed(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await at_code(at)
            assert "不知道卡号：请扫或输入微信会员卡号，按回车" in at.said()
            field = at.block._field
            assert focused() is field
            assert field.accessibleName() in at.said()
            at.press("vip-7")
            asked = await at.next_call(lambda: at.press(Key.Key_Return))
            assert asked.subject == subject("vip-7")
            assert not field.isVisible()
            assert focused() is at.window.scan_field
            assert len(at.runs) == 1, "it is no member's code"

    on_qasync(qapp, play)


def test_code_then_openid_are_asked_for_one_after_the_other(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await at.active()
            await at.member()
            at.press(Key.Key_F10, "vip-7", Key.Key_Return)
            assert at.wechat.stage is CardStage.ASKS_OPENID
            assert "还缺顾客的 openid：请扫或输入，按回车" in at.said()
            assert (at.block._field.text(), focused()) == ("", at.block._field)
            at.press(OPENID)
            asked = await at.next_call(lambda: at.press(Key.Key_Return))
            assert asked.subject == subject("vip-7", OPENID)

    on_qasync(qapp, play)


@pytest.mark.parametrize("text", ["", "   ", "会员卡", "9" * 33, ".."])
def test_what_can_be_no_code_is_said(qapp: QApplication, tmp_path: Path, text: str) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at_code(at)
            at.window.wechat.given.emit(text)
            assert "卡号应为 1 到 32 位数字、字母或符号" in at.said()
            assert "请重新扫或输入微信会员卡号" in at.said()
            assert at.service.asked == []

    on_qasync(qapp, play)


@pytest.mark.parametrize("text", ["", "o:1", "顾客", "o" * 129])
def test_what_can_be_no_openid_is_said(qapp: QApplication, tmp_path: Path, text: str) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at_openid(at)
            at.window.wechat.given.emit(text)
            assert "这不是 openid，请重新扫或输入" in at.said()
            assert at.service.asked == []

    on_qasync(qapp, play)


def test_caps_lock_is_undone_in_a_typed_openid(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at_openid(at)
            asked = await at.next_call(lambda: at.window.wechat.given.emit(OPENID.swapcase()))
            assert asked.subject == subject("V1", OPENID)

    on_qasync(qapp, play)


@pytest.mark.parametrize("code", [PAYMENT[0], PAYMENT[2], f"{PAYMENT[0]} 12:00", f"x{PAYMENT[0]}"])
@pytest.mark.parametrize("asking", [at_code, at_openid], ids=["code", "openid"])
def test_a_payment_code_is_never_sent_even_where_it_was_typed(
    qapp: QApplication, tmp_path: Path, code: str, asking: Any
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await asking(at)
            at.window.wechat.given.emit(code)
            await at.painted()
            assert at.service.asked == []

    on_qasync(qapp, play)


# --- scanned -----------------------------------------------------------------------------------


def test_a_scanned_openid_is_taken_while_it_is_asked_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await at_openid(at)
            asked = await at.next_call(lambda: at.burst(OPENID))
            assert at.scans == [OPENID]
            assert asked.subject == subject("V1", OPENID)
            assert len(at.runs) == 1, "it is no member's code"
            assert at.view.profile.person is not None

    on_qasync(qapp, play)


def test_scanned_24_digits_are_the_code_while_it_is_asked_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await at_code(at)
            asked = await at.next_call(lambda: at.burst(CODE))
            assert asked.subject == subject(CODE, OPENID)
            assert len(at.runs) == 1

    on_qasync(qapp, play)


@pytest.mark.parametrize(
    ("asking", "scanned", "kind"),
    [
        ("code", OPENID, IdentifierKind.WECHAT_OPENID),
        ("code", "qm0000002", IdentifierKind.MEMBER_CODE),
        ("code", "13800000002", IdentifierKind.MOBILE),
        ("code", "9" * 23, IdentifierKind.MEMBER_CODE),
        ("openid", CODE, IdentifierKind.CARD_NUMBER),
        ("openid", "qm0000002", IdentifierKind.MEMBER_CODE),
        ("nothing", OPENID, IdentifierKind.WECHAT_OPENID),
        ("nothing", CODE, IdentifierKind.CARD_NUMBER),
        ("loaded", OPENID, IdentifierKind.WECHAT_OPENID),
        ("failed", CODE, IdentifierKind.CARD_NUMBER),
    ],
)
def test_every_other_scan_is_a_members_code_and_goes_on(
    qapp: QApplication, tmp_path: Path, asking: str, scanned: str, kind: IdentifierKind
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await STAGES[asking](at)
            before, calls = len(at.runs), len(at.service.asked)
            at.burst(scanned)
            await until(lambda: len(at.runs) > before, "the lookup")
            first = at.runs[-1].request.identifiers[0]
            assert (first.kind, first.value) == (kind, scanned)
            assert at.view.wechat is None
            at.runs[-1].answer_all("B")
            await at.end(at.runs[-1])
            assert at.wechat.stage is CardStage.IDLE, "the question was about the one before"
            assert len(at.service.asked) == calls

    on_qasync(qapp, play)


async def at_nothing(at: Counter) -> None:
    await at.active()
    await at.member()


async def at_loaded(at: Counter) -> None:
    await at.active()
    await at.loaded()


async def at_failed(at: Counter) -> None:
    await at.active()
    asked = await at.asked()
    asked.fail(CASES["connection"].error)
    await at.settled(CardStage.FAILED)


STAGES: dict[str, Any] = {
    "code": at_code,
    "openid": at_openid,
    "nothing": at_nothing,
    "loaded": at_loaded,
    "failed": at_failed,
}


@pytest.mark.parametrize("code", PAYMENT)
@pytest.mark.parametrize("asking", ["code", "openid"])
def test_a_scanned_payment_code_is_never_taken(
    qapp: QApplication,
    tmp_path: Path,
    asking: str,
    code: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await STAGES[asking](at)
            at.burst(code)
            await until(lambda: "付款码" in hint_text(at.window), "the words")
            assert at.service.asked == []
            assert len(at.runs) == 1
            assert not shows(at.window, code)

    on_qasync(qapp, play)
    assert code not in caplog.text


def test_a_scan_goes_on_below_a_change_and_closes_it(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await at.active()
            await at.loaded()
            at.window.wechat.change_asked.emit()
            assert at.has_sheet()
            at.press("gold")
            at.burst("qm0000002")
            await until(lambda: len(at.runs) == 2, "the lookup")
            assert at.scans == ["qm0000002"]
            assert not at.has_sheet()
            assert not any(field.text() for field in at.sheet.findChildren(QLineEdit))
            assert focused() is at.window.scan_field

    on_qasync(qapp, play)


def test_an_openid_that_is_asked_for_is_not_taken_for_the_next_member(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at_openid(at)
            at.window._escape()
            assert at.view.run, "the first closes the sheet, and asks no more"
            assert at.wechat.stage is CardStage.IDLE
            at.window._escape()
            assert at.view.run == 0
            run = await at.scan(OPENID)
            run.answer_all("B")
            await at.end(run)
            assert at.wechat.stage is CardStage.IDLE
            assert at.service.asked == []

    on_qasync(qapp, play)


def test_of_several_codes_in_one_burst_the_others_are_only_named(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at_openid(at)
            at.controller.scan(OPENID, 1)
            at.controller.scan("qm0000002", 2)
            await until(lambda: bool(at.service.asked), "the query")
            assert len(at.runs) == 1
            assert "qm*****02" in hint_text(at.window)
            at.service.asked[0].give(a_card(code="V1"))
            await at.settled(CardStage.LOADED)

    on_qasync(qapp, play)
