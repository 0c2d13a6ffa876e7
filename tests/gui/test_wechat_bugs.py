"""Bugs under a membership card are logged and said; whatever there is to ask with, it closes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.ui.wechat_view import CardStage
from tests.fakes.wechat_desk import ScriptedService, a_card
from tests.gui.driving import desk, other_tasks
from tests.gui.wechat_driving import Key, counter, on_qasync, until

pytestmark = pytest.mark.usefixtures("quick_pins")
LOGGER = "posmember.ui.wechat_cards"


@pytest.mark.allow_log(LOGGER)
def test_a_bug_in_a_query_is_logged_and_said_with_its_code(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> str:
        async with counter(tmp_path, service=ScriptedService()) as at:
            asked = await at.asked()
            asked.fail(ZeroDivisionError("a bug"))
            await at.settled(CardStage.FAILED)
            assert "程序出错了，请重试；再出现请把问题编号" in at.said()
            again = await at.next_call(at.window.wechat_asked.emit)
            said = at.wechat.problem or at.views[-2].wechat.problem  # type: ignore[union-attr]
            again.give(a_card())
            await at.settled(CardStage.LOADED)
            return said

    said = on_qasync(qapp, play)
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    code = record.getMessage().partition(":")[0]
    assert code in said
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
