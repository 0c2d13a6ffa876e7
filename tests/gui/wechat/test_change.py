"""A supervisor changes a card of the sandbox: checked, compared, confirmed once, noted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from posmember.domain.values import CHINA
from posmember.domain.wechat.card import CardSubject, ValidityKind
from posmember.domain.wechat.change import CardChange, CardField, NewValidity
from posmember.sandbox.app import Sandbox
from posmember.sandbox.wechat.limit import CallLimit
from posmember.ui.view.wechat import ChangeStage
from tests.fakes.wechat_desk import (
    FIRST,
    PIN,
    SUPERVISOR,
    relay,
    sandbox_desk,
    sandbox_subject,
    unlimited,
)
from tests.gui.wechat.driving import NEW_LEVEL, counter, on_qasync
from tests.gui.wechat.till import Till, played

STUBBORN, VOID = sandbox_subject(14), sandbox_subject(6)
pytestmark = [pytest.mark.usefixtures("quick_pins", "no_limit")]
EVERYTHING = CardChange(
    level="钻石会员",
    color="#112233",
    picture_url="https://p.invalid/2.png",
    phone="13912345678",
    validity=NewValidity(ValidityKind.PERMANENT),
    attach="新的备注",
)


@pytest.fixture
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CallLimit, "allows", unlimited)


# --- before it is sent -------------------------------------------------------------------------


def test_a_card_that_is_not_there_cannot_be_changed(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        sandbox = Sandbox()
        async with counter(tmp_path, made=sandbox_desk(sandbox, tmp_path / "a")) as at:
            await at.member()
            for _ in range(2):
                at.window.wechat.change_asked.emit()
                at.window.wechat.review_asked.emit(NEW_LEVEL)
                at.window.wechat.confirmed.emit(SUPERVISOR, PIN)
                await at.painted()
                assert at.wechat.change is None
                at.window.wechat.asked.emit()
            assert not at.has_sheet()
            assert not sandbox.calls

    on_qasync(qapp, play)


def test_problems_are_said_at_their_fields_and_nothing_is_sent(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(till: Till) -> None:
        wrong = CardChange(level="级" * 11, color="red", phone="12", attach="好的")
        change = till.review(wrong)
        assert change.stage is ChangeStage.EDIT
        assert [name for name, _ in change.problems] == [
            CardField.LEVEL, CardField.COLOR, CardField.PHONE,
        ]  # fmt: skip
        form = till.at.sheet._form
        for name, words in change.problems:
            assert form._problems[name].isVisible()
            assert form._problems[name].text() == words
        assert not form._problems[CardField.ATTACH].isVisible()
        assert till.review(EVERYTHING).stage is ChangeStage.REVIEW
        till.at.window.wechat.edit_asked.emit()
        assert not any(label.isVisible() for label in form._problems.values())

    played(qapp, tmp_path, work)


def test_where_nothing_is_changed_that_is_said(qapp: QApplication, tmp_path: Path) -> None:
    async def work(till: Till) -> None:
        card = till.at.wechat.card
        assert card is not None
        for same in (
            CardChange(),
            CardChange(level=card.level, color=card.color.lower(), phone="13800000001"),
        ):
            change = till.review(same)
            assert (change.stage, change.message) == (ChangeStage.EDIT, "没有改动")
            assert "没有改动" in till.at.said(till.at.sheet)

    played(qapp, tmp_path, work)


def test_before_and_after_are_shown_masked(qapp: QApplication, tmp_path: Path) -> None:
    async def work(till: Till) -> None:
        change = till.review(EVERYTHING)
        said = till.at.said(till.at.sheet)
        assert "金卡会员 → 钻石会员" in said
        assert "138****0001 → 139****5678" in said
        assert " → 永久有效" in said
        assert "13912345678" not in said
        assert "13912345678" not in repr(till.at.wechat.change)
        assert len(change.lines) == len(EVERYTHING.named())
        assert till.patches == []

    played(qapp, tmp_path, work)


# --- done --------------------------------------------------------------------------------------


def test_it_is_made_read_back_and_noted(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="posmember")

    async def work(till: Till) -> None:
        till.review(EVERYTHING)
        change = await till.confirm()
        assert change.stage is ChangeStage.DONE
        assert (change.message, change.wrong) == ("已修改，读回核对一致", False)
        assert "已修改，读回核对一致" in till.at.said(till.at.sheet)
        card = till.at.wechat.card
        assert card is not None
        assert (card.level, card.phone, card.attach) == ("钻石会员", "13912345678", "新的备注")
        assert "钻石会员" in till.at.block._card._tile.accessibleName()
        (sent,) = till.patches
        assert {"level", "card_color", "phone_number", "attach"} < {*sent}
        assert till.steps == ["asked", "done"]
        assert {line["who"] for line in till.notes} == {SUPERVISOR}
        for line in till.notes:
            assert line["fields"] == [name.value for name in EVERYTHING.named()]
        till.at.window.wechat.change_closed.emit()
        assert not till.at.has_sheet()
        assert till.at.wechat.card is card, "the card stays on the screen"

    played(qapp, tmp_path, work)
    written = (tmp_path / "audit.jsonl").read_text("utf-8")
    for secret in (PIN, "13912345678", "13800000001", FIRST.code, FIRST.openid, "新的备注"):
        assert secret not in caplog.text
        assert secret not in written


def test_only_what_is_needed_is_sent(qapp: QApplication, tmp_path: Path) -> None:
    async def work(till: Till) -> None:
        till.review(CardChange(level="金卡会员", attach="新的备注"))
        await till.confirm()
        (sent,) = till.patches
        told = {*sent} - {"user_card_code", "brand_id", "card_id", "openid"}
        assert told == {"attach"}
        assert [line["fields"] for line in till.notes] == [["attach"], ["attach"]]

    played(qapp, tmp_path, work)


def test_a_relay_is_asked_without_an_openid(qapp: QApplication, tmp_path: Path) -> None:
    sandbox = Sandbox()
    made = sandbox_desk(sandbox, tmp_path / "audit.jsonl", relay())

    async def work(till: Till) -> None:
        till.review(CardChange(phone="13912345678"))
        change = await till.confirm()
        assert change.message == "已修改，读回核对一致"
        assert till.steps == ["asked", "done"]

    played(qapp, tmp_path, work, subject=CardSubject(FIRST.code, ""), desk=made)


def test_what_the_platform_kept_otherwise_is_shown(qapp: QApplication, tmp_path: Path) -> None:
    async def work(till: Till) -> None:
        till.review(CardChange(level="钻石会员一级"))
        change = await till.confirm()
        assert change.stage is ChangeStage.DONE
        assert change.wrong
        assert "微信支付保存的与填写的不同" in till.at.said(till.at.sheet)
        assert "填写 钻石会员一级，保存为 钻石会员" in till.at.said(till.at.sheet)
        assert till.steps == ["asked", "kept_otherwise"]

    played(qapp, tmp_path, work, subject=STUBBORN)


def test_what_cannot_be_read_back_is_done_all_the_same(qapp: QApplication, tmp_path: Path) -> None:
    async def work(till: Till) -> None:
        till.review(NEW_LEVEL)
        till.sandbox.add_fault("wechat_get=http500")
        change = await till.confirm()
        assert change.stage is ChangeStage.DONE
        assert (change.message, change.wrong) == (
            "已经修改，但没能读回来核对，请重新查询", True,
        )  # fmt: skip
        assert till.steps == ["asked", "not_read_back"]

    played(qapp, tmp_path, work)


# --- once --------------------------------------------------------------------------------------


def test_it_is_confirmed_once_however_often_it_is_asked_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(till: Till) -> None:
        at = till.at
        till.review(NEW_LEVEL)
        for _ in range(3):
            at.window.wechat.confirmed.emit(SUPERVISOR, PIN)
        assert at.change.stage is ChangeStage.SENDING
        refused: list[Callable[[], None]] = [
            at.window.wechat.asked.emit,
            at.window.wechat.edit_asked.emit,
            partial(at.window.wechat.review_asked.emit, EVERYTHING),
            partial(at.window.wechat.confirmed.emit, SUPERVISOR, PIN),
        ]
        for ask in refused:
            ask()
            await asyncio.sleep(0)
            assert at.change.stage is ChangeStage.SENDING
        await till.idle()
        at.window.wechat.confirmed.emit(SUPERVISOR, PIN)
        await till.idle()
        assert len(till.patches) == 1
        assert till.steps == ["asked", "done"]

    played(qapp, tmp_path, work)


def test_a_validity_is_set_to_the_end_of_its_day(qapp: QApplication, tmp_path: Path) -> None:
    async def work(till: Till) -> None:
        begin, end = (
            datetime(2027, 1, 1, tzinfo=CHINA),
            datetime(2027, 12, 31, 23, 59, 59, tzinfo=CHINA),
        )
        till.review(CardChange(validity=NewValidity(ValidityKind.FIXED_RANGE, begin, end)))
        await till.confirm()
        assert "2027-01-01 至 2027-12-31" in till.at.said()

    played(qapp, tmp_path, work)
