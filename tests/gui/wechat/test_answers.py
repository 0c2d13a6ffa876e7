"""A card of the sandbox's WeChat Pay on the screen: fields, pictures, a wrong clock, odd values."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from posmember.api.clock import PlatformClock
from posmember.api.wechat.gate import Access
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.wechat.card import CardSubject
from posmember.sandbox.app import Sandbox
from posmember.sandbox.wechat.cards import build_cards
from posmember.sandbox.wechat.cards_odd import LONG_ATTACH
from posmember.sandbox.wechat.limit import CallLimit
from posmember.ui.view.wechat import CardStage
from posmember.ui.wording.wechat.card import card_facts
from tests.fakes.wechat_desk import (
    FIRST,
    patience_s,
    relay,
    sandbox_desk,
    sandbox_subject,
    unlimited,
)
from tests.gui.wechat.driving import Counter, counter, on_qasync, until

FIRST_FACTS = ("有效期", "卡号", "手机号", "领卡时间", "姓名", "喜欢的运动", "商家备注")
PERSONAL = ("13800000001", "王小明", "1990-03-14", "沙箱路", "wang@sandbox.invalid", "羽毛球")


async def ask(at: Counter, subject: CardSubject) -> None:
    """Ask for a card of the sandbox, and wait for what comes, its picture too."""
    found_by = Identifier(IdentifierKind.WECHAT_OPENID, subject.openid)
    await at.member(subject.openid[-2:], found_by=found_by, card_number=subject.code)
    at.window.wechat.asked.emit()
    await until(lambda: not at.cards._tasks, "the answer")
    await at.painted()


def shown(
    qapp: QApplication,
    tmp_path: Path,
    subject: CardSubject,
    *faults: str,
    sandbox: Sandbox | None = None,
    access: Access | None = None,
    witness: PlatformClock | None = None,
    look: Any = None,
) -> tuple[Counter, str]:
    """Show a card; returns the window, closed by now, and what was in sight."""
    platform = sandbox or Sandbox(faults=faults)

    async def play() -> tuple[Counter, str]:
        audit = tmp_path / "audit.jsonl"
        made = sandbox_desk(platform, audit, access, timeout_s=patience_s(*faults))
        async with counter(tmp_path, made=made) as at:
            if witness is not None:
                at.cards._desk.believe(witness)
            await ask(at, subject)
            if look is not None:
                look(at)
            return at, at.said()

    return on_qasync(qapp, play)


# --- what a card says --------------------------------------------------------------------------


def test_every_field_of_the_first_card_is_shown_and_personal_data_masked(
    qapp: QApplication, tmp_path: Path
) -> None:
    def look(at: Counter) -> None:
        assert at.block._card._tile.accessibleName() == "金卡会员，普通卡"
        assert at.block._card._tile.has_picture()

    at, said = shown(qapp, tmp_path, FIRST, look=look)
    assert at.wechat.stage is CardStage.LOADED
    lines = said.splitlines()
    assert "状态 有效" in lines
    assert {*FIRST_FACTS} <= {*lines}
    assert "门店:人民广场店;开卡活动:周年庆" in lines
    assert "138****0001" in lines
    assert "王*明" in lines
    assert [text for text in PERSONAL if text in said] == []


def test_it_is_in_clear_only_while_that_is_held(qapp: QApplication, tmp_path: Path) -> None:
    seen: list[str] = []

    def look(at: Counter) -> None:
        reveal = at.window._body.person._reveal
        seen.append(at.said())
        reveal.setDown(True)
        reveal.pressed.emit()
        seen.append(at.said())
        reveal.setDown(False)
        reveal.released.emit()
        seen.append(at.said())

    shown(qapp, tmp_path, FIRST, look=look)
    before, held, after = seen
    assert all(text in held for text in PERSONAL)
    assert before == after
    assert not any(text in after for text in PERSONAL)


def test_a_relay_shows_the_same_without_any_openid(qapp: QApplication, tmp_path: Path) -> None:
    by_relay, said = shown(qapp, tmp_path, CardSubject(FIRST.code, ""), access=relay())
    assert by_relay.wechat.stage is CardStage.LOADED
    assert "138****0001" in said
    assert "王*明" in said


ALL = [
    CardSubject(card.code, card.openid) for card in build_cards(datetime.now(UTC))
]  # fmt: skip


def test_every_card_of_the_sandbox_can_be_shown(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CallLimit, "allows", unlimited)

    async def play() -> None:
        made = sandbox_desk(Sandbox(), tmp_path / "audit.jsonl")
        async with counter(tmp_path, made=made) as at:
            for subject in ALL:
                await ask(at, subject)
                card = at.wechat.card
                assert card is not None, subject
                assert card.code == subject.code
                told = [name for name, _ in card_facts(card, revealed=False)]
                assert len(told) <= 24
                assert "None" not in at.said()
                assert "Unreadable" not in at.said()
                at.window.grab()

    on_qasync(qapp, play)


# --- notes -------------------------------------------------------------------------------------


def test_fields_that_cannot_be_read_are_counted(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="posmember")
    at, said = shown(qapp, tmp_path, sandbox_subject(9))
    assert "有 10 项无法识别" in at.wechat.notes
    assert "有 10 项无法识别" in said
    assert "状态 状态未知，请升级程序" in said
    assert "$.user_card_state" in caplog.text
    assert "FROZEN" not in caplog.text


def test_nothing_is_noted_of_a_card_that_is_whole(qapp: QApplication, tmp_path: Path) -> None:
    def look(at: Counter) -> None:
        assert at.wechat.notes == ()
        assert not at.block._said.isVisible()

    shown(qapp, tmp_path, FIRST, look=look)


@pytest.mark.parametrize(
    ("offset_s", "words"),
    [
        (1200, ("电脑时间慢了 20 分钟，请校准",)),
        (-1200, ("电脑时间快了 20 分钟，请校准",)),
        (200, ()),
    ],
)
def test_a_wrong_clock_is_corrected_and_noted(
    qapp: QApplication, tmp_path: Path, offset_s: int, words: Sequence[str]
) -> None:
    """A fast one by what the other platform's answers tell, too: WeChat Pay's is not signed."""
    told = witness(offset_s) if offset_s < 0 else None
    sandbox = Sandbox(clock_offset_s=offset_s)
    at, _said = shown(qapp, tmp_path, FIRST, sandbox=sandbox, witness=told)
    assert at.wechat.stage is CardStage.LOADED
    assert at.wechat.notes == words


def witness(offset_s: int) -> PlatformClock:
    """Another platform's clock, whose answers told that the till's is off."""
    clock = PlatformClock()
    for _ in range(3):
        reading = clock.local_time()
        clock.observe(formatdate(time.time() + offset_s, usegmt=True), reading, reading)
    return clock


def test_a_fast_clock_that_nobody_else_tells_of_is_to_be_set_first(
    qapp: QApplication, tmp_path: Path
) -> None:
    """What was signed 20 minutes ago may be an old answer."""
    at, _said = shown(qapp, tmp_path, FIRST, sandbox=Sandbox(clock_offset_s=-1200))
    assert at.wechat.stage is CardStage.FAILED
    assert at.wechat.problem.startswith("微信支付的回答与电脑时间差 20 分钟")


# --- pictures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "has_picture", "words"),
    [
        (7, True, ()),
        (8, False, ()),
        (11, False, ("卡图片取不到",)),
        (12, False, ("卡图片取不到",)),
        (13, False, ()),
    ],
    ids=["one", "none", "no picture", "too large", "none but a colour"],
)
def test_a_picture_is_shown_or_its_absence_noted(
    qapp: QApplication, tmp_path: Path, number: int, has_picture: bool, words: Sequence[str]
) -> None:
    def look(at: Counter) -> None:
        assert at.block._card._tile.has_picture() is has_picture

    at, said = shown(qapp, tmp_path, sandbox_subject(number), look=look)
    assert at.wechat.notes == words
    assert (at.wechat.picture is not None) is has_picture
    assert all(text in said for text in words)


def test_the_card_is_there_before_its_picture(qapp: QApplication, tmp_path: Path) -> None:
    at, _said = shown(qapp, tmp_path, FIRST)
    stages = [view.wechat for view in at.views if view.wechat is not None]
    loaded = [wechat for wechat in stages if wechat.stage is CardStage.LOADED]
    assert [wechat.picture is not None for wechat in loaded] == [False, True]


# --- texts that mean harm ----------------------------------------------------------------------


def test_hostile_texts_are_shown_as_they_are(qapp: QApplication, tmp_path: Path) -> None:
    def look(at: Counter) -> None:
        labels = at.block.findChildren(QLabel)
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
        assert not any(label.openExternalLinks() for label in labels)

    at, said = shown(qapp, tmp_path, sandbox_subject(10), look=look)
    assert LONG_ATTACH in said
    assert "<h1>喜欢的[31m颜色</h1>" in said
    assert "<b>作废</b> 第二行" in said
    assert at.wechat.stage is CardStage.LOADED


def test_a_long_code_breaks_into_lines_within_the_panel(qapp: QApplication, tmp_path: Path) -> None:
    def look(at: Counter) -> None:
        at.window.resize(1024, 720)
        QApplication.processEvents()
        right = at.block.width()
        for label in at.block.findChildren(QLabel):
            if label.isVisible():
                assert label.mapTo(at.block, label.rect().topRight()).x() <= right

    shown(qapp, tmp_path, sandbox_subject(10), look=look)


# --- failures on the wire ------------------------------------------------------------------------

FAULTS = {
    "wechat_get=http500": "微信支付或中间的网关暂时出错",
    "wechat_get=timeout": "微信支付太久没有回应",
    "wechat_get=html": "收到的是网页，不是微信支付的回答",
    "wechat_get=refused": "微信支付说内容不对",
    "wechat_get=not_found": "微信支付查不到这张卡",
    "wechat_get=system_error": "微信支付暂时出错",
    "wechat_get=bad_signature": "微信支付不认本机的密钥",
    "wechat_get=wx_tampered": "没有通过微信支付的签名核对",
    "wechat_get=wx_other_person": "微信支付给的是另一张卡，没有显示",
    "wechat_get=wx_unsigned": "没有通过微信支付的签名核对",
    "wechat_get=wx_unknown_serial": "微信支付换了公钥，请管理员导入新公钥 PUB_KEY_ID_0",
    "wechat_get=wx_rotated": "PUB_KEY_ID_0000000000000000000000000000000002",
    "wechat_get=not_json": "微信支付的回答无法识别",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_said_and_nothing_of_the_answer_shown(
    qapp: QApplication, tmp_path: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="posmember")
    at, said = shown(qapp, tmp_path, FIRST, fault)
    assert FAULTS[fault] in said
    assert at.wechat.card is None
    assert "金卡会员" not in said
    for personal in (FIRST.code, FIRST.openid, "13800000001"):
        assert personal not in caplog.text
