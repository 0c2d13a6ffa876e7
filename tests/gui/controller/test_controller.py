"""The controller: whose answer is shown, and what follows an order or a refresh."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.domain.context import OrderType
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.money import Money
from posmember.domain.rules.reasons import Verdict
from posmember.lookup.sections import Idle, Loaded, Section
from posmember.ui import controller as controller_module
from posmember.ui.view.screen import PanelKind
from tests.gui.driving import (
    Desk,
    answer,
    desk,
    hint_text,
    on_qasync,
    shows,
    until,
    whose,
)

KEPT = "刷新没有成功"


@pytest.fixture
def quick_refresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controller_module, "REFRESH_DELAY_S", 0.001)


# --- a new scan and the old one ----------------------------------------------------------------


def member_panel(at: Desk) -> PanelKind:
    return at.view.member_panel.kind


def test_a_scan_is_looked_up_and_shown(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan("code-A")
            assert run.request.identifiers == (
                Identifier(IdentifierKind.MEMBER_CODE, "code-A"),
                Identifier(IdentifierKind.CARD_NUMBER, "code-A"),
                Identifier(IdentifierKind.MEMBER_CODE, "CODE-a"),
                Identifier(IdentifierKind.CARD_NUMBER, "CODE-a"),
            )
            assert member_panel(at) is PanelKind.LOADING
            run.answer_all("A")
            await at.end(run)
            assert member_panel(at) is PanelKind.LOADED
            assert shows(at.window, "A级")
            assert shows(at.window, "A的券")
            assert shows(at.window, "A的卡")
            assert shows(at.window, "网络正常")

    on_qasync(qapp, play)


def test_a_new_scan_cancels_the_old_and_clears_the_screen(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            second = await at.scan("code-B")
            assert not shows(at.window, "A级")
            assert at.view.profile.person is None
            third = await at.scan("code-C")
            await until(lambda: second.cancelled, "the second lookup to be cancelled")
            third.answer_all("C")
            await at.end(third)
            assert shows(at.window, "C级")

    on_qasync(qapp, play)


def test_no_late_answer_ever_shows_whatever_the_order(qapp: QApplication) -> None:
    """All 720 orders in which the six answers of two lookups can come."""
    answers = [(who, section) for who in "AB" for section in Section]

    async def play() -> None:
        async with desk(render=False) as at:
            for order in itertools.permutations(answers):
                first = await at.scan("code-A")
                second = await at.scan("code-B")
                at.views.clear()
                for who, section in order:
                    run = first if who == "A" else second
                    run.deliver(section, answer(section, who))
                    at.controller._render()
                    assert whose(at.view) <= {"B"}, order
                assert all(isinstance(state, Loaded) for state in at.view.sections.values())

    on_qasync(qapp, play)


def test_a_late_failure_says_nothing(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan("code-A")
            second = await at.found("B")
            first.fail_all(errors.ApiTimeoutError("late"))
            await at.rendered()
            assert at.view.hint is None
            assert "太久没有回应" not in hint_text(at.window)
            assert shows(at.window, "B级")
            assert second is at.runs[-1]

    on_qasync(qapp, play)


def test_escape_ends_a_lookup_and_its_late_answer_is_dropped(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan("code-A")
            at.window._escape()
            run.answer_all("A")
            await at.rendered()
            await until(lambda: run.cancelled, "the lookup to be cancelled")
            assert at.view.run == 0
            assert all(isinstance(state, Idle) for state in at.view.sections.values())
            assert at.window.scan_field.text() == ""
            assert not shows(at.window, "A级")

    on_qasync(qapp, play)


CARD_NUMBER_CHOSEN = 3


def test_the_chosen_kind_never_counts_for_a_scan(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            at.window._orders._kinds.setCurrentIndex(CARD_NUMBER_CHOSEN)
            run = await at.scan("13800000001")
            assert run.request.identifiers[0].kind is IdentifierKind.MOBILE
            assert at.window._orders.kind() is None, "it was meant for the customer before"

    on_qasync(qapp, play)


def test_the_chosen_kind_counts_for_one_typed_lookup(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            at.window._orders._kinds.setCurrentIndex(CARD_NUMBER_CHOSEN)
            at.window.scan_field.submitted.emit("https://weixin.qq.com/r/abc")
            assert at.window._orders.kind() is IdentifierKind.CARD_NUMBER, "nothing was looked up"
            at.window.scan_field.submitted.emit("13800000001")
            await until(lambda: len(at.runs) == 1, "the lookup")
            assert at.window._orders.kind() is None
            at.window.scan_field.submitted.emit("13800000001")
            await until(lambda: len(at.runs) == 2, "the next lookup")
            kinds = [run.request.identifiers[0].kind for run in at.runs]
            assert kinds == [IdentifierKind.CARD_NUMBER, IdentifierKind.MOBILE]

    on_qasync(qapp, play)


def test_a_refresh_leaves_the_chosen_kind(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            at.window._orders._kinds.setCurrentIndex(CARD_NUMBER_CHOSEN)
            at.window.refresh_requested.emit()
            await until(lambda: len(at.runs) == 2, "the refresh")
            at.runs[1].answer_all("A")
            await at.end(at.runs[1])
            assert at.window._orders.kind() is IdentifierKind.CARD_NUMBER

    on_qasync(qapp, play)


def test_answers_that_come_together_are_rendered_together(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            await at.rendered()
            before = len(at.views)
            run.answer_all("A")
            await at.rendered()
            assert len(at.views) == before + 1

    on_qasync(qapp, play)


# --- the order ---------------------------------------------------------------------------------


def verdict(at: Desk) -> Verdict:
    return at.view.assessment.coupons[0].eligibility.verdict


def set_amount(at: Desk, text: str) -> None:
    at.window._orders._amount.setText(text)


def test_an_order_is_evaluated_at_once_without_a_call(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            reasons = {reason.code for reason in at.view.assessment.coupons[0].eligibility.reasons}
            assert "SPEND_UNKNOWN" in reasons
            set_amount(at, "10")
            assert verdict(at) is Verdict.NOT_USABLE
            assert at.view.order.amount == Money(1000)
            set_amount(at, "58")
            assert verdict(at) is not Verdict.NOT_USABLE
            assert len(at.runs) == 1

    on_qasync(qapp, play)


@pytest.mark.usefixtures("quick_refresh")
def test_then_the_platform_is_asked_in_the_background(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            at.window._orders.move_order_type(1)
            await until(lambda: len(at.runs) == 2, "the refresh")
            request = at.runs[1].request
            assert request.order_type is OrderType.DELIVERY
            assert request.identifiers[0] == Identifier(IdentifierKind.USER_ID, "id-A")
            assert at.view.refreshing
            assert shows(at.window, "正在刷新")
            assert at.view.member_panel.kind is PanelKind.LOADED
            at.runs[1].answer_all("A")
            await at.end(at.runs[1])
            assert not at.view.refreshing

    on_qasync(qapp, play)


@pytest.mark.usefixtures("quick_refresh")
def test_an_order_that_changes_in_mid_lookup_is_asked_for_after_it(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan()
            at.window._orders.move_order_type(1)
            first.answer_all("A")
            await at.end(first)
            await until(lambda: len(at.runs) == 2, "the refresh")
            assert not first.cancelled
            assert at.runs[1].request.order_type is OrderType.DELIVERY

    on_qasync(qapp, play)


@pytest.mark.usefixtures("quick_refresh")
def test_with_nobody_on_the_screen_an_order_asks_nothing(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            set_amount(at, "58")
            assert not at.controller._refreshing.waits
            run = await at.scan()
            assert run.request.order_type is OrderType.DINE_IN
            run.fail_all(errors.MemberNotFoundError("nobody"))
            await at.end(run)
            set_amount(at, "59")
            await until(lambda: not at.controller._refreshing.waits, "the timer")
            assert len(at.runs) == 1

    on_qasync(qapp, play)


def test_a_scan_after_the_order_forgets_the_timer(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            set_amount(at, "58")
            assert at.controller._refreshing.waits
            await at.scan("code-B")
            assert not at.controller._refreshing.waits

    on_qasync(qapp, play)
