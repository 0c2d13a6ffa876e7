"""A new version in the window: offered between customers, and never installed over one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from posmember.domain.values import CHINA
from posmember.errors import UpdateError, UpdateProblem
from posmember.settings.config import Settings, UpdatesSettings
from posmember.ui.beside import making
from posmember.ui.beside.parts import Beside
from posmember.ui.updating import checking, part
from posmember.ui.updating.part import Updating
from posmember.ui.view.screen import Hint, Severity
from posmember.updates.updates import Plan, Updates
from tests.fakes.update_tills import PACE
from tests.gui.driving import SETTINGS, Desk, desk, hint_text, on_qasync, shows, until
from tests.gui.updating.scripted import Planned, Scripted

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
NEWS = "有新版本 1.1.0，空闲时安装"
QUESTION = "有新版本 1.1.0，安装要一两分钟"
HOUR = timedelta(hours=1)


def with_updates(idle_min: int = 0) -> Settings:
    return replace(SETTINGS, updates=UpdatesSettings("https://updates.example", idle_min=idle_min))


@dataclass
class Till:
    """A window that looks for updates."""

    at: Desk
    updates: Scripted
    updating: Updating
    ended: list[bool]
    now: list[datetime]

    async def until(self, is_so: Callable[[], bool], what: str) -> None:
        await until(is_so, what)

    async def is_asked(self) -> None:
        await until(lambda: QUESTION in hint_text(self.at.window), "the question")

    def answer(self, place: int) -> None:
        self.at.window._body.say._buttons[place].click()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "ASKS_AFTER_S", 0.02)
    monkeypatch.setattr(checking, "LOOKS_EVERY_S", 0.01)
    monkeypatch.setattr(checking, "WAITS_S", 0.01)


@contextlib.asynccontextmanager
async def till(updates: Scripted, idle_min: int = 0, *, due: bool = True) -> AsyncIterator[Till]:
    """Open one, whose first look is due."""
    updates.may_look_again.set()
    now, covered = [NOON], [False]
    async with desk() as at:
        ended: list[bool] = []
        at.window.closing.connect(lambda: ended.append(True))
        updating = Updating(
            at.window, at.controller, lambda: covered[0],
            make=lambda _settings: updates,  # type: ignore[arg-type, return-value]
            chance=lambda: 0.5, now=lambda: now[0],
        )  # fmt: skip
        updating.use(with_updates(idle_min))
        await until(lambda: updating.checking._due is not None, "the schedule")
        if due:
            now[0] += 3 * HOUR
            await until(lambda: updates.looks > 0, "a look")
        try:
            yield Till(at, updates, updating, ended, now)
        finally:
            await updating.aclose()


def play(qapp: QApplication, work: Callable[[], Any]) -> None:
    on_qasync(qapp, work)


def test_it_is_offered_with_nobody_there_and_installed_by_one_click(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted()) as it:
            await it.is_asked()
            assert shows(it.at.window, NEWS)
            it.answer(0)
            await until(lambda: bool(it.ended), "the end")
            assert it.updates.done == ["looked", "started 1.1.0"]

    play(qapp, work)


def test_nothing_is_looked_for_before_its_time(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted(), due=False) as it:
            due = it.updating.checking._due
            assert due == NOON + 2 * HOUR
            it.now[0] = due - timedelta(seconds=1)
            await asyncio.sleep(0.05)
            assert it.updates.looks == 0
            it.now[0] = due
            await until(lambda: it.updates.looks == 1, "the look")
            await until(lambda: it.updating.checking._due == due + 24 * HOUR, "the next")

    play(qapp, work)


def test_not_with_a_member_on_the_screen(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted(), due=False) as it:
            await it.at.found("A")
            it.now[0] += 3 * HOUR
            await asyncio.sleep(0.1)
            assert it.updates.looks == 0
            it.at.window.forget()
            await until(lambda: it.updates.looks > 0, "a look")
            await it.at.found("A")
            await until(lambda: shows(it.at.window, NEWS), "the news")
            await asyncio.sleep(0.1)
            assert QUESTION not in hint_text(it.at.window)
            it.at.window.forget()
            it.updating._again.cancel()
            it.updating._look()
            await it.is_asked()

    play(qapp, work)


def test_with_real_files_over_the_network(qapp: QApplication, plan: Plan) -> None:
    started: list[Path] = []

    async def work() -> None:
        async with desk() as at:
            ended: list[bool] = []
            at.window.closing.connect(lambda: ended.append(True))
            real = Updates(plan, PACE, start=lambda script, _environ: started.append(script))
            updating = Updating(
                at.window, at.controller, lambda: False, lambda _settings: real, lambda: 0.0
            )
            updating.use(with_updates())
            await until(lambda: updating.checking._due is not None, "the schedule")
            updating.checking._due = NOON - 9_999 * HOUR
            await until(lambda: QUESTION in hint_text(at.window), "the question")
            at.window._body.say._buttons[0].click()
            await until(lambda: bool(ended), "the end")
            await updating.aclose()

    play(qapp, work)
    assert started == [plan.folder / "hand_over.cmd"]


class Quiet:
    """Stands for another part beside the till."""

    front = None

    def __init__(self, *_given: object, **_named: object) -> None: ...

    def use(self, _settings: object) -> None: ...

    async def aclose(self) -> None: ...


def test_it_stands_beside_the_till_and_not_in_training(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("Native", "HandOver", "CustomerScreen"):
        monkeypatch.setattr(making, other, Quiet)

    def made(at: Desk, *, is_training: bool) -> Beside:
        front: Any = SimpleNamespace(is_open=lambda: False)
        given: Any = None
        return making.make(
            at.window, at.controller, given, given, front, None, is_training=is_training
        )

    async def work() -> None:
        async with desk() as at:
            parts = made(at, is_training=False)
            assert any(isinstance(each, Updating) for each in parts._parts)
            parts.use(with_updates())  # built without keys: that is for the log
            await asyncio.sleep(0.05)
            await parts.aclose()
            parts = made(at, is_training=True)
            assert not any(isinstance(each, Updating) for each in parts._parts)

    play(qapp, work)

    play(qapp, work)


def test_a_scan_answers_the_question_and_somebody_who_comes_stops_it(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted()) as it:
            await it.is_asked()
            it.updates.may_look_again.clear()
            it.answer(0)
            run = await it.at.scan()
            it.updates.may_look_again.set()
            await until(lambda: bool(it.updates.done), "the second look")
            await it.at.end(run)
            assert it.updates.done == ["looked"]
            assert it.ended == []

    play(qapp, work)


def test_later_is_hours_later(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted()) as it:
            await it.is_asked()
            it.answer(1)
            await until(lambda: "几小时后再问" in hint_text(it.at.window), "the word")
            assert it.updating._again.waits
            it.at.window.forget()
            await asyncio.sleep(0.1)
            assert QUESTION not in hint_text(it.at.window)
            assert it.updates.done == []

    play(qapp, work)


def test_another_question_is_not_its(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted()) as it:
            await it.is_asked()
            it.at.controller.tell(Hint(Severity.INFO, "别的问题", answers=("是", "否")))
            it.answer(0)
            await asyncio.sleep(0.05)
            assert it.updates.done == []

    play(qapp, work)


def test_what_is_said_already_is_not_covered(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted(), due=False) as it:
            it.at.controller.tell(Hint(Severity.WARNING, "没有密钥"))
            it.now[0] += 3 * HOUR
            await until(lambda: it.updating._again.waits, "the putting off")
            assert "没有密钥" in hint_text(it.at.window)

    play(qapp, work)


def test_alone_where_nobody_is_there_for_long_enough(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted(), idle_min=5, due=False) as it:
            it.updating._idle_s = 0.05
            it.now[0] += 3 * HOUR
            await until(lambda: bool(it.ended), "the end")
            assert it.updates.done == ["looked", "started 1.1.0"]

    play(qapp, work)


def test_outside_its_hours_it_waits(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted(time_is_right=False), idle_min=5, due=False) as it:
            it.updating._idle_s = 0.02
            it.now[0] += 3 * HOUR
            await until(lambda: shows(it.at.window, NEWS), "the news")
            await asyncio.sleep(0.1)
            assert QUESTION not in hint_text(it.at.window)
            assert it.updates.done == []

    play(qapp, work)


def test_an_edition_for_everybody_is_only_told_of(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted(plan=Planned(may_install=False))) as it:
            await until(lambda: shows(it.at.window, "有新版本 1.1.0，由管理员安装"), "the news")
            await asyncio.sleep(0.1)
            assert hint_text(it.at.window) == ""

    play(qapp, work)


def test_a_failed_look_is_for_the_log(qapp: QApplication) -> None:
    error = UpdateError("x", problem=UpdateProblem.EXPIRED)

    async def work() -> None:
        async with till(Scripted(error=error)) as it:
            await until(lambda: it.updating.checking._due > it.now[0], "the next")  # type: ignore[operator]
            assert not shows(it.at.window, "新版本")
            assert hint_text(it.at.window) == ""

    play(qapp, work)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (UpdateProblem.DAMAGED, "新版本的文件不可信，没有装，照常使用"),
        (UpdateProblem.OTHER_SIGNER, "新版本的文件不可信，没有装，照常使用"),
        (UpdateProblem.NO_SPACE, "磁盘满了或不让写，新版本没有装，照常使用"),
        (UpdateProblem.NOT_STARTED, "新版本没有装成，照常使用"),
    ],
)
def test_what_fails_is_said_and_the_till_goes_on(
    qapp: QApplication, problem: UpdateProblem, words: str
) -> None:
    async def work() -> None:
        async with till(Scripted(refused=UpdateError("x", problem=problem))) as it:
            await it.is_asked()
            it.answer(0)
            await until(lambda: words in hint_text(it.at.window), "the word")
            assert it.ended == []
            assert not shows(it.at.window, NEWS)
            await it.at.found("A")

    play(qapp, work)


@pytest.mark.allow_log("posmember.ui.updating.part")
def test_a_bug_is_said_and_the_till_goes_on(qapp: QApplication) -> None:
    updates = Scripted()
    updates.start = None  # type: ignore[assignment, method-assign]

    async def work() -> None:
        async with till(updates) as it:
            await it.is_asked()
            it.answer(0)
            await until(lambda: "程序出错了" in hint_text(it.at.window), "the word")
            assert it.ended == []
            await it.at.found("A")

    play(qapp, work)


@pytest.mark.allow_log("posmember.ui.updating.checking")
def test_a_bug_in_a_look_is_for_the_log(qapp: QApplication) -> None:
    updates = Scripted()
    updates.plan.may_install = False
    updates.check = lambda: 1 / 0  # type: ignore[method-assign, assignment, return-value]

    async def work() -> None:
        async with till(updates, due=False) as it:
            it.now[0] += 3 * HOUR
            await until(lambda: it.updating.checking._due > it.now[0], "the next")  # type: ignore[operator]
            assert hint_text(it.at.window) == ""

    play(qapp, work)


def test_other_settings_end_what_is_under_way(qapp: QApplication) -> None:
    async def work() -> None:
        async with till(Scripted()) as it:
            await it.is_asked()
            it.updating.use(SETTINGS)
            assert it.updates.done == ["stopped"]
            assert not shows(it.at.window, NEWS)
            it.answer(0)
            await asyncio.sleep(0.05)
            assert it.updates.done == ["stopped"]

    play(qapp, work)
