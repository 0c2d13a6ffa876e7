"""A change that is not made, or of which nobody knows: refused, no answer, no log, wrong PINs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from posmember.domain.wechat.change import CardChange
from posmember.errors import AuditError
from posmember.lookup.desk import WechatDesk
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from posmember.sandbox.wechat.limit import CallLimit
from posmember.trust.audit import AuditLog
from posmember.ui.view.wechat import ChangeStage
from tests.fakes.wechat import MemoryStore
from tests.fakes.wechat_desk import PIN, SUPERVISOR, sandbox_desk, sandbox_subject, unlimited
from tests.gui.wechat.driving import NEW_LEVEL
from tests.gui.wechat.till import Till, played

pytestmark = [pytest.mark.usefixtures("quick_pins", "no_limit")]
VOID = sandbox_subject(6)


@pytest.fixture
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CallLimit, "allows", unlimited)


# --- not done ----------------------------------------------------------------------------------


def test_a_void_cards_change_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    async def work(till: Till) -> None:
        till.review(NEW_LEVEL)
        change = await till.confirm()
        assert (change.stage, change.wrong) == (ChangeStage.REVIEW, True)
        assert "微信支付没有受理" in change.message
        assert "会员卡已作废" in change.message
        assert "不知道" not in change.message
        assert till.steps == ["asked", "refused"]
        assert till.notes[1]["code"] == "INVALID_REQUEST"
        till.at.window.wechat.edit_asked.emit()
        assert till.at.change.stage is ChangeStage.EDIT, "it can be mended"

    played(qapp, tmp_path, work, subject=VOID)


@pytest.mark.parametrize(
    "fault",
    [
        "timeout",
        "http503",
        "html",
        "wx_unsigned",
        "wx_rotated",
        "wx_page403",
        "wx_page404",
        "http429",
    ],
)
def test_where_no_answer_came_nobody_knows(qapp: QApplication, tmp_path: Path, fault: str) -> None:
    async def work(till: Till) -> None:
        till.sandbox.add_fault(f"wechat_set={fault}")
        till.review(NEW_LEVEL)
        change = await till.confirm()
        assert (change.stage, change.wrong) == (ChangeStage.DONE, True), "nothing to confirm again"
        assert change.message.startswith("不知道是否已经改好，请按 F10 重新查询。")
        assert till.steps == ["asked", "unknown"]
        assert len(till.patches) == 1, "it is not sent again"
        till.sandbox.clear_faults()
        till.at.window.wechat.asked.emit()
        await till.idle()
        assert not till.at.has_sheet()

    played(qapp, tmp_path, work, later=fault)


def test_without_an_audit_log_nothing_is_sent(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sandbox = Sandbox()
    made = sandbox_desk(sandbox, tmp_path / "file" / "audit.jsonl")

    async def work(till: Till) -> None:
        till.review(NEW_LEVEL)
        change = await till.confirm()
        assert change.stage is ChangeStage.REVIEW
        assert "审计日志写不了，所以没有修改" in change.message
        assert not [call for call in sandbox.calls if call.api is Api.WECHAT_SET]

    played(qapp, tmp_path, work, desk=made)


@pytest.mark.allow_log("posmember.ui.wechat.cards")
@pytest.mark.parametrize("fault", ["", "wechat_get=http500", "wechat_set=wx_page404"])
def test_a_log_that_has_only_the_beginning_is_told(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    write = AuditLog.write
    written: list[object] = []

    def full(log: AuditLog, *what: Any, **more: Any) -> None:
        if written:
            raise AuditError("No space left on device")
        written.append(what)
        write(log, *what, **more)

    monkeypatch.setattr(AuditLog, "write", full)

    async def work(till: Till) -> None:
        till.review(NEW_LEVEL)
        if fault:
            till.sandbox.add_fault(fault)
        change = await till.confirm()
        assert change.stage is ChangeStage.DONE
        assert change.wrong
        assert "没有修改" not in change.message
        assert "审计日志没有写全" in change.message
        assert ("不知道是否已经改好" in change.message) is ("wechat_set" in fault)
        assert len(till.patches) == 1

    played(qapp, tmp_path, work)


# --- PINs --------------------------------------------------------------------------------------


def test_a_wrong_pin_tells_how_many_tries_are_left_then_there_is_a_pause(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(till: Till) -> None:
        till.review(NEW_LEVEL)
        for left in (4, 3, 2, 1):
            change = await till.confirm(pin="000000")
            assert change.message == f"工号或密码不对，还可以试 {left} 次"
            assert (change.stage, change.wrong) == (ChangeStage.REVIEW, True)
        for who, pin in ((SUPERVISOR, "000000"), (SUPERVISOR, PIN), ("1002", PIN)):
            change = await till.confirm(pin, who)
            assert change.message == "密码错误次数太多，请 5 分钟后再试"
        assert till.patches == []
        assert till.notes == []

    played(qapp, tmp_path, work)


def test_the_right_pin_after_a_wrong_one_counts(qapp: QApplication, tmp_path: Path) -> None:
    async def work(till: Till) -> None:
        till.review(NEW_LEVEL)
        await till.confirm(pin="000000")
        assert (await till.confirm()).stage is ChangeStage.DONE
        till.at.window.wechat.change_closed.emit()
        till.review(CardChange(level="银卡会员"))
        change = await till.confirm(pin="000000")
        assert "还可以试 4 次" in change.message, "counted anew"

    played(qapp, tmp_path, work)


def test_where_nobody_is_a_supervisor_that_is_said(qapp: QApplication, tmp_path: Path) -> None:
    sandbox = Sandbox()
    known = sandbox_desk(sandbox, tmp_path / "a")
    made = WechatDesk(known.service, MemoryStore(), tmp_path / "a")

    async def work(till: Till) -> None:
        till.review(NEW_LEVEL)
        change = await till.confirm()
        assert "还没有设置主管" in change.message
        assert not [call for call in sandbox.calls if call.api is Api.WECHAT_SET]

    played(qapp, tmp_path, work, desk=made)
