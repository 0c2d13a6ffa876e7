"""The controller: what a refresh may change, and what stays while the platform fails."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.persons import Whose
from posmember.lookup.sections import Failed, Loaded, Loading, Section
from posmember.ui.view.screen import Severity
from tests.gui.driving import (
    Desk,
    answer,
    by_id,
    desk,
    gift_cards,
    hint_text,
    identity,
    member_info,
    on_qasync,
    shows,
    until,
    whose,
)

KEPT = "刷新没有成功"


async def refreshed(at: Desk) -> None:
    before = len(at.runs)
    at.window.refresh_requested.emit()
    await until(lambda: len(at.runs) > before, "the refresh")


def test_a_refresh_asks_by_the_user_id(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            await refreshed(at)
            first, *others = at.runs[1].request.identifiers
            assert first == Identifier(IdentifierKind.USER_ID, "id-A")
            assert others == [Identifier(IdentifierKind.MOBILE, "13800000001")]
            assert at.runs[1].request.shown == Whose(None, "id-A", "13800000001")
            assert at.view.run == 1

    on_qasync(qapp, play)


def test_a_refresh_of_a_failed_lookup_asks_as_before(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan("13800000001")
            run.fail_all(errors.ApiConnectionError("gone"))
            await at.end(run)
            await refreshed(at)
            assert at.runs[1].request.identifiers == run.request.identifiers
            assert at.view.hint is None
            at.runs[1].answer_all("A")
            await at.end(at.runs[1])
            assert shows(at.window, "A级")

    on_qasync(qapp, play)


def test_a_refresh_in_mid_lookup_changes_nothing(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            at.window.refresh_requested.emit()
            run.answer_all("A")
            await at.end(run)
            assert len(at.runs) == 1
            assert shows(at.window, "A级")

    on_qasync(qapp, play)


def test_a_refresh_of_nobody_asks_nothing(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            at.window.refresh_requested.emit()
            assert not at.controller._lookups.running

    on_qasync(qapp, play)


def test_what_was_loaded_stays_while_the_platform_fails_and_that_is_said(
    qapp: QApplication,
) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            before = at.view
            await refreshed(at)
            at.runs[1].fail_all(errors.ApiTimeoutError("late"))
            await at.end(at.runs[1])
            assert at.view.profile is before.profile
            assert at.view.assessment is before.assessment
            assert at.view.hint is not None
            assert at.view.hint.severity is Severity.WARNING
            assert at.view.hint.text.startswith(KEPT)
            assert at.view.hint.support_code
            assert KEPT in hint_text(at.window)
            assert shows(at.window, "A级")
            assert shows(at.window, "网络断开")
            await refreshed(at)
            assert at.view.hint is None

    on_qasync(qapp, play)


@pytest.mark.parametrize("lost", list(Section))
def test_one_part_that_fails_in_a_refresh(qapp: QApplication, lost: Section) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            await refreshed(at)
            for section in Section:
                state = answer(section, "A")
                failed = Failed(errors.ApiBusinessError("no", api="x"), 5)
                at.runs[1].deliver(section, failed if section is lost else state)
            await at.end(at.runs[1])
            assert all(isinstance(state, Loaded) for state in at.view.sections.values())
            assert KEPT in hint_text(at.window)

    on_qasync(qapp, play)


def test_someone_elses_answer_is_refused(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            await refreshed(at)
            run = at.runs[1]
            run.deliver(Section.MEMBER, answer(Section.MEMBER, "B"))
            run.deliver(Section.IDENTITY, answer(Section.IDENTITY, "B"))
            run.deliver(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "B"))
            await at.end(run)
            assert whose(at.view) == {"A"}
            assert shows(at.window, "A级")
            assert not shows(at.window, "B级")
            assert "另一位会员" in hint_text(at.window)

    on_qasync(qapp, play)


def test_a_refresh_takes_what_is_new(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan()
            first.deliver(Section.MEMBER, answer(Section.MEMBER, "A"))
            first.deliver(Section.IDENTITY, Failed(errors.ApiTimeoutError("late"), 5))
            first.deliver(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
            await at.end(first)
            assert at.view.member_panel.problems
            await refreshed(at)
            await at.rendered()
            assert isinstance(at.view.sections[Section.IDENTITY], Loading)
            at.runs[1].deliver(
                Section.MEMBER, Loaded(member_info("A", points=None), 5, at.view.now)
            )
            at.runs[1].deliver(Section.IDENTITY, Loaded(identity("A"), 5, at.view.now))
            none = Loaded(gift_cards("A")[:0], 5, at.view.now, asked_by=by_id("A"))
            at.runs[1].deliver(Section.GIFT_CARDS, none)
            await at.end(at.runs[1])
            assert not at.view.member_panel.problems
            assert at.view.profile.balances.points is None
            assert at.view.profile.gift_cards == ()
            assert at.view.hint is None

    on_qasync(qapp, play)


def test_a_second_refresh_replaces_the_first(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            await refreshed(at)
            await refreshed(at)
            await until(lambda: at.runs[1].cancelled, "the first refresh to be cancelled")
            at.runs[1].fail_all(errors.ApiTimeoutError("late"))
            at.runs[2].answer_all("A")
            await at.end(at.runs[2])
            assert at.view.hint is None
            assert not at.view.refreshing

    on_qasync(qapp, play)


def test_retry_of_a_panel_is_a_refresh(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            run.fail_all(errors.ApiTimeoutError("late"))
            await at.end(run)
            at.window.retry_requested.emit(Section.MEMBER)
            at.window.retry_requested.emit(Section.IDENTITY)
            await until(lambda: len(at.runs) > 1, "the refresh")
            at.runs[-1].answer_all("A")
            await at.end(at.runs[-1])
            assert shows(at.window, "A级")

    on_qasync(qapp, play)
