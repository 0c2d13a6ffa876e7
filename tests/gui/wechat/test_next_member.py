"""The next member, or the window's end, in the middle of it: nothing of the first one is left."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.api.decode import Decoded
from posmember.domain.wechat.card import CardSubject
from posmember.domain.wechat.change import CardChange
from posmember.lookup.wechat import Changed
from posmember.trust.audit import AuditLog, Step
from posmember.trust.supervisors import Permit, Supervisors
from posmember.ui.view.wechat import CardStage, ChangeStage, WechatView
from tests.fakes.wechat_desk import (
    PIN,
    SUPERVISOR,
    ScriptedService,
    a_card,
)
from tests.gui.driving import other_tasks, texts
from tests.gui.wechat.driving import Counter, Key, counter, on_qasync, until
from tests.gui.wechat.samples import png

pytestmark = pytest.mark.usefixtures("quick_pins")
CARD = a_card("甲", phone="13912345678", picture_url="https://p.invalid/1")


class Door:
    """Keeps threads waiting until a test lets them go on."""

    def __init__(self) -> None:
        self.came, self.open = threading.Event(), threading.Event()

    def wait(self) -> None:
        self.came.set()
        assert self.open.wait(20), "nobody opened"


@pytest.fixture
def pin_door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """Keeps the check of a PIN from ending."""
    door, check = Door(), Supervisors.check

    def slow(supervisors: Supervisors, who: str, pin: str) -> Permit:
        permit = check(supervisors, who, pin)
        door.wait()
        return permit

    monkeypatch.setattr(Supervisors, "check", slow)
    yield door
    door.open.set()


# --- what can be under way, and how it ends late -----------------------------------------------

Late = Callable[[], Awaitable[object]]
"""Brings what was under way to its end; nobody may see that."""


async def in_query(at: Counter) -> Late:
    asked = await at.asked()

    async def late() -> None:
        await until(lambda: asked.cancelled, "the end of the query")

    return late


async def in_query_answered_in_the_same_moment(at: Counter) -> Late:
    asked = await at.asked()
    asked.give(CARD)

    async def late() -> None:
        await at.painted()

    return late


async def in_picture(at: Counter) -> Late:
    await at.loaded(CARD)
    ((_, picture),) = at.service.pictures.asked

    async def late() -> None:
        await until(picture.done, "the end of the picture")

    return late


async def in_form(at: Counter) -> Late:
    await at.loaded(CARD)
    at.window.wechat.change_asked.emit()
    at.sheet._form._fields[list(at.sheet._form._fields)[3]].setText("13912345678")
    return at.painted


async def in_review(at: Counter) -> Late:
    await at.loaded(CARD)
    await at.reviewed(CardChange(level="甲的新等级", phone="13987654321"))
    at.sheet._review.who.setText(SUPERVISOR)
    at.sheet._review.pin.setText(PIN)
    return at.painted


async def in_sent_change(at: Counter) -> Late:
    await at.loaded(CARD)
    asked = await at.sent()

    async def late() -> None:
        assert not asked.cancelled, "it was sent: nobody can take it back"
        asked.give(a_card("甲", level="甲的新等级"))
        await until(lambda: not at.cards._tasks, "the end of the change")

    return late


async def in_sent_change_that_fails(at: Counter) -> Late:
    asked = await at.sent()

    async def late() -> None:
        asked.fail(errors.ApiTimeoutError("甲"))
        await until(lambda: not at.cards._tasks, "the end of the change")

    return late


async def in_picture_of_a_changed_card(at: Counter) -> Late:
    asked = await at.sent()
    asked.give(a_card("甲", code="card-A", picture_url="https://p.invalid/2"))
    await at.changed(ChangeStage.DONE)
    ((_, picture),) = at.service.pictures.asked

    async def late() -> None:
        picture.set_result(png(4, 4))
        await until(lambda: not at.cards._tasks, "the end of the change")

    return late


UNDER_WAY: dict[str, Callable[[Counter], Awaitable[Late]]] = {
    "a query": in_query,
    "a query that has its answer": in_query_answered_in_the_same_moment,
    "a picture": in_picture,
    "a form": in_form,
    "a review": in_review,
    "a sent change": in_sent_change,
    "a sent change that fails": in_sent_change_that_fails,
    "a picture of a changed card": in_picture_of_a_changed_card,
}


def of_the_first(at: Counter) -> list[str]:
    """What is left on the screen, in a field or in a view of the first member's card."""
    personal = ("甲", "13912345678", "139****5678", "card-A", "新等级", "139****4321", PIN)
    held = [*texts(at.window), repr(at.view.wechat), at.block._card._tile.accessibleName()]
    return [text for text in held if any(word in text for word in personal)]


@pytest.mark.parametrize("name", UNDER_WAY)
def test_nothing_of_the_first_appears_on_the_second(
    qapp: QApplication, tmp_path: Path, name: str
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            late = await UNDER_WAY[name](at)
            before = len(at.runs)
            at.controller.look_up("code-B", None)  # typed: a scan is not taken while a PIN is asked
            await until(lambda: len(at.runs) > before, "the lookup")
            run = at.runs[-1]
            assert of_the_first(at) == []
            run.answer_all("B")
            await at.end(run)
            await late()
            await at.rendered()
            assert of_the_first(at) == []
            assert at.wechat == WechatView()
            assert not at.has_sheet()
            assert not at.block._card.isVisible()

    on_qasync(qapp, play)


@pytest.mark.parametrize("name", UNDER_WAY)
def test_nor_on_the_empty_screen(qapp: QApplication, tmp_path: Path, name: str) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            late = await UNDER_WAY[name](at)
            at.controller.clear()
            await late()
            assert of_the_first(at) == []
            assert at.view.wechat is None
            assert not at.has_sheet()

    on_qasync(qapp, play)


@pytest.mark.parametrize("name", UNDER_WAY)
def test_closing_the_window_then_ends_cleanly(
    qapp: QApplication, tmp_path: Path, name: str
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            late = await UNDER_WAY[name](at)
            ends = asyncio.ensure_future(at.controller.shutdown())
            await late()
            await ends
            assert at.service.closed
            assert other_tasks() == set()

    on_qasync(qapp, play)


# --- a PIN that is being checked ---------------------------------------------------------------


@pytest.mark.parametrize("then", ["the next member", "clear", "Esc", "close"])
def test_a_change_whose_pin_is_being_checked_is_not_sent(
    qapp: QApplication, tmp_path: Path, pin_door: Door, then: str
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await at.reviewed()
            at.window.wechat.confirmed.emit(SUPERVISOR, PIN)
            await until(pin_door.came.is_set, "the check")
            if then == "the next member":
                await at.scan("code-B")
            elif then == "clear":
                at.controller.clear()
            elif then == "Esc":
                at.press(Key.Key_Escape)
                assert not at.has_sheet()
                assert at.wechat.stage is CardStage.LOADED
            else:
                await at.controller.shutdown()
                assert at.service.closed
            pin_door.open.set()
            await until(lambda: not at.cards._tasks, "the end")
            await at.painted()
            assert at.service.changes == []
            assert not at.audit_path.exists()

    on_qasync(qapp, play)


# --- the audit log -----------------------------------------------------------------------------


class NotingService(ScriptedService):
    """Waits with a change between its two lines of the log, as the real one does."""

    async def change(
        self, subject: CardSubject, change: CardChange, permit: Permit, audit: AuditLog
    ) -> Changed:
        def note(step: Step) -> None:
            audit.write(
                step, at=self.now(), who=permit.who, card_code=subject.code, fields=["level"]
            )

        note(Step.ASKED)
        await self._ask(subject, change)
        note(Step.DONE)
        return Changed(Decoded(a_card("甲"), ()))


@pytest.mark.parametrize("then", ["the next member", "clear", "close"])
def test_a_change_that_was_sent_is_noted_all_the_same(
    qapp: QApplication, tmp_path: Path, then: str
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=NotingService()) as at:
            asked = await at.sent()
            ends: asyncio.Future[None] | None = None
            if then == "the next member":
                await at.scan("code-B")
            elif then == "clear":
                at.controller.clear()
            else:
                ends = asyncio.ensure_future(at.controller.shutdown())
                await at.painted()
                assert not ends.done(), "it waits for what was sent"
            asked.give(None)
            await until(lambda: not at.cards._tasks, "the end")
            if ends is not None:
                await ends
            lines = [json.loads(line) for line in at.audit_path.read_text().splitlines()]
            assert [(line["step"], line["who"]) for line in lines] == [
                ("asked", SUPERVISOR),
                ("done", SUPERVISOR),
            ]

    on_qasync(qapp, play)


def test_the_second_members_change_is_none_of_the_firsts(
    qapp: QApplication, tmp_path: Path
) -> None:
    """Both are under way at once, and each is shown to its own member alone."""

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            first = await at.sent()
            await at.known_member("B")
            query = await at.next_call(at.window.wechat.asked.emit)
            query.give(a_card("B"))
            await at.settled(CardStage.LOADED)
            await at.reviewed(CardChange(level="B的新等级"))
            second = await at.next_call(lambda: at.window.wechat.confirmed.emit(SUPERVISOR, PIN))
            assert second.subject.code == "card-B"
            first.give(a_card("甲"))
            await at.painted()
            assert at.change.stage is ChangeStage.SENDING
            second.give(a_card("B", level="B的新等级"))
            done = await at.changed(ChangeStage.DONE)
            assert done.message == "已修改，读回核对一致"
            assert at.wechat.card is not None
            assert at.wechat.card.level == "B的新等级"

    on_qasync(qapp, play)
