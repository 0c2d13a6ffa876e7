"""Bugs under a membership card are logged and said; whatever there is to ask with, it closes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.ui.view.wechat import CardStage, ChangeStage
from tests.fakes.wechat_desk import PIN, SUPERVISOR, ScriptedService, a_card
from tests.gui.driving import desk, other_tasks
from tests.gui.wechat.driving import Key, counter, on_qasync, until

pytestmark = pytest.mark.usefixtures("quick_pins")
LOGGER, DESK_LOGGER = "posmember.ui.wechat.cards", "posmember.ui.wechat.desk"


@pytest.mark.allow_log(LOGGER)
def test_a_bug_in_a_query_is_logged_and_said_with_its_code(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> str:
        async with counter(tmp_path, service=ScriptedService()) as at:
            asked = await at.asked()
            asked.fail(ZeroDivisionError("a bug"))
            await at.settled(CardStage.FAILED)
            said = at.said()
            assert "程序出错了，请重试；再出现请把问题编号告诉技术支持" in said
            again = await at.next_call(at.window.wechat.asked.emit)
            again.give(a_card())
            await at.settled(CardStage.LOADED)
            return said

    said = on_qasync(qapp, play)
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    code = record.getMessage().partition(":")[0]
    assert f"问题编号 {code}" in said
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ZeroDivisionError)


@pytest.mark.allow_log(LOGGER)
def test_a_bug_in_a_change_closes_it_and_says_so(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            asked = await at.sent()
            asked.fail(ZeroDivisionError("a bug"))
            await at.settled(CardStage.FAILED)
            assert not at.has_sheet()
            assert "问题编号" in at.said()

    on_qasync(qapp, play)


@pytest.mark.allow_log(LOGGER)
def test_a_bug_in_a_change_of_the_first_is_not_said_to_the_second(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            asked = await at.sent()
            await at.known_member("B")
            asked.fail(ZeroDivisionError("a bug"))
            await until(lambda: not at.cards._tasks, "the end")
            await at.painted()
            assert at.wechat.stage is CardStage.IDLE

    on_qasync(qapp, play)


# --- the field that had the keyboard -------------------------------------------------------------


def test_undo_brings_nothing_of_the_first_member_back(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService(), keys=True) as at:
            await at.active()
            await at.member("A")
            at.press(Key.Key_F10, "13912345678")
            await at.member("B")
            at.press(Key.Key_F10)
            at.block._field.undo()
            assert at.block._field.text() == ""

    on_qasync(qapp, play)


def test_a_window_without_the_feature_closes_as_ever(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            await at.controller.shutdown()
            assert at.backend.closed

    on_qasync(qapp, play)


@pytest.mark.parametrize("how", ["none", "still opening", "failed"])
@pytest.mark.allow_log(LOGGER)
def test_closing_without_a_desk_ends_cleanly(qapp: QApplication, tmp_path: Path, how: str) -> None:
    async def play() -> None:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if how == "none":
            future.set_result(None)
        elif how == "failed":
            future.set_exception(errors.CredentialError("locked"))
        async with counter(tmp_path, made=future) as at:
            await at.known_member()
            await at.controller.shutdown()
            assert future.done()
            assert other_tasks() == set()

    on_qasync(qapp, play)


# --- what the support line is told ----------------------------------------------------------------


def test_a_query_that_failed_has_a_problem_number_that_the_log_holds(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            asked = await at.asked()
            asked.fail(errors.ApiStatusError("HTTP 503", status=503, request_id="r-1"))
            await at.settled(CardStage.FAILED)
            code = at.wechat.support_code
            assert f"问题编号 {code}" in at.said()
            assert f"{code}: card: ApiStatusError" in caplog.text
            assert "request=r-1" in caplog.text
            again = await at.next_call(at.window.wechat.asked.emit)
            assert "问题编号" not in at.said()
            again.give(a_card())
            await at.settled(CardStage.LOADED)

    with caplog.at_level("INFO", logger=LOGGER):
        on_qasync(qapp, play)


@pytest.mark.parametrize(
    ("error", "stage"),
    [
        (errors.ApiTimeoutError("late"), ChangeStage.DONE),
        (errors.NotAllowedError("no", code="NO_AUTH"), ChangeStage.REVIEW),
        (errors.AuditError("full"), ChangeStage.REVIEW),
    ],
)
def test_a_change_that_failed_has_a_problem_number(
    qapp: QApplication, tmp_path: Path, error: errors.PosMemberError, stage: ChangeStage
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            asked = await at.sent()
            asked.fail(error)
            await at.changed(stage)
            assert f"问题编号 {at.change.support_code}" in at.said(at.sheet)
            if stage is ChangeStage.REVIEW:
                again = await at.next_call(lambda: at.window.wechat.confirmed.emit(SUPERVISOR, PIN))
                assert "问题编号" not in at.said(at.sheet)
                again.give(a_card(code="card-A", level="钻石会员"))
                await at.changed(ChangeStage.DONE)

    on_qasync(qapp, play)


def test_a_wrong_pin_is_nothing_to_call_support_for(qapp: QApplication, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at.reviewed()
            at.window.wechat.confirmed.emit(SUPERVISOR, "000000")
            await until(lambda: at.change.wrong, "the answer")
            assert at.change.support_code == ""
            assert "问题编号" not in at.said(at.sheet)

    on_qasync(qapp, play)


@pytest.mark.allow_log(DESK_LOGGER)
@pytest.mark.parametrize("error", [errors.CredentialError("locked"), ZeroDivisionError("a bug")])
def test_a_desk_that_could_not_be_opened_has_a_problem_number(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async def play() -> None:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.set_exception(error)
        async with counter(tmp_path, made=future) as at:
            await at.known_member()
            at.window.wechat.asked.emit()
            await at.settled(CardStage.FAILED)
            assert f"问题编号 {at.wechat.support_code}" in at.said()
            assert f"{at.wechat.support_code}: opening WeChat Pay's desk" in caplog.text

    with caplog.at_level("INFO", logger=DESK_LOGGER):
        on_qasync(qapp, play)
