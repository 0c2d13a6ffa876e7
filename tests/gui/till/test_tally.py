"""What the log says of a lookup: counts of verdicts and reasons, and nothing of anyone."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from posmember.domain.rules.assessment import Assessment
from posmember.domain.rules.reasons import ReasonCode
from posmember.errors import ApiTimeoutError
from posmember.log.redaction import redact
from posmember.lookup.sections import Section
from posmember.ui.controller import Controller
from posmember.ui.till.session import Session
from posmember.ui.till.tally import PAINTED_S, tally
from tests.gui import samples
from tests.gui.driving import answer, desk, on_qasync, until

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

CONTROLLER = "posmember.ui.controller"


def test_verdicts_and_reasons_are_counted() -> None:
    said = tally(samples.loaded_view().assessment)
    assert said == (
        "10 coupons (3 usable, 1 check, 6 not usable), "
        "3 gift cards (1 usable, 1 check, 1 not usable), 1 benefit cards (1 usable); "
        "GOODS_RESTRICTED 2, ORDER_TYPE_NOT_ALLOWED 2, OTHER_SYSTEM 1, MIN_SPEND_NOT_MET 1, "
        "NOT_STARTED 1, MIN_ITEMS_NOT_MET 1, EXPIRED 1, NOT_FOR_ORDERS 1, HOURS_UNKNOWN 1, "
        "GIFTING 1"
    )
    assert redact(said) == said, "nothing in it looks like a code or a phone number"


def test_nothing_is_counted_too() -> None:
    assert tally(Assessment()) == "0 coupons, 0 gift cards, 0 benefit cards; no reasons"


def test_an_account_that_is_not_known_is_counted_once() -> None:
    assessment = samples.loaded_view().assessment
    reasons = (samples.reason(ReasonCode.VALUE_UNKNOWN, field="account", state="failed"),)
    assert tally(replace(assessment, reasons=reasons)).count("VALUE_UNKNOWN 1") == 1


def test_nothing_of_a_member_is_in_it() -> None:
    view = samples.odd_view()
    said = tally(view.assessment)
    for found in view.assessment.coupons:
        assert found.coupon.redemption_code not in said
        assert not found.coupon.title or found.coupon.title not in said


def test_ten_times_the_coupons_take_not_much_more_than_ten_times_as_long() -> None:
    many = samples.many_coupons()
    some = replace(Assessment(), coupons=many[: len(many) // 10])
    all_of_them = replace(Assessment(), coupons=many)
    times = [(seconds(some), seconds(all_of_them)) for _again in range(9)]
    least_of_some, least_of_all = (min(each) for each in zip(*times, strict=True))
    assert least_of_all < 30 * least_of_some


def seconds(assessment: Assessment) -> float:
    """How long it takes to count once."""
    begin = time.perf_counter()
    tally(assessment)
    return time.perf_counter() - begin


def evaluated(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if "evaluated" in record.getMessage()]


def test_each_lookup_and_refresh_is_logged_once(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    async def work() -> None:
        async with desk() as counter:
            await counter.found("A")
            await until(lambda: evaluated(caplog) == [FIRST], "the log")
            counter.controller.refresh()
            await until(lambda: len(counter.runs) == 2, "the refresh to start")
            again = counter.runs[-1]
            again.answer_all("A")
            await counter.end(again)
            await until(lambda: evaluated(caplog) == [FIRST, FIRST], "the log")
            other = await counter.scan("code-B")
            other.deliver(Section.MEMBER, answer(Section.MEMBER, "B"))
            counter.controller.clear()
            last = await counter.found("B")
            assert last.finished
            await until(lambda: len(evaluated(caplog)) > 2, "the log")
            assert [line[:18] for line in evaluated(caplog)] == [
                "lookup 1 evaluated",
                "lookup 1 evaluated",
                "lookup 3 evaluated",
            ]

    with caplog.at_level(logging.INFO, logger=CONTROLLER):
        on_qasync(qapp, work)


FIRST = (
    "lookup 1 evaluated: 1 coupons (1 check), 1 gift cards (1 check), 0 benefit cards; "
    "VALIDITY_UNKNOWN 2, VALUE_UNKNOWN 2, SPEND_UNKNOWN 1"
)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was done once an answer was painted: the log has been written by then, if at all."""
    done: list[object] = []
    settled = Controller._run

    async def note(controller: Controller, session: Session, *, first: bool) -> None:
        await settled(controller, session, first=first)
        asyncio.get_running_loop().call_later(PAINTED_S, done.append, session)

    monkeypatch.setattr(Controller, "_run", note)
    return done


def test_a_lookup_that_found_nobody_is_not_evaluated(
    qapp: QApplication, caplog: pytest.LogCaptureFixture, painted: list[object]
) -> None:
    async def work() -> None:
        async with desk() as counter:
            run = await counter.scan("code-A")
            run.fail_all(ApiTimeoutError("late"))
            await counter.end(run)
            await until(lambda: bool(painted), "the painting")

    with caplog.at_level(logging.INFO, logger=CONTROLLER):
        on_qasync(qapp, work)
    assert evaluated(caplog) == []


@pytest.mark.parametrize(("level", "counted"), [(logging.WARNING, 0), (logging.INFO, 1)])
def test_it_is_counted_only_where_somebody_reads_it(
    qapp: QApplication,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    painted: list[object],
    level: int,
    counted: int,
) -> None:
    asked: list[Assessment] = []

    def note(assessment: Assessment) -> str:
        asked.append(assessment)
        return ""

    monkeypatch.setattr("posmember.ui.till.tally.tally", note)

    async def work() -> None:
        async with desk() as counter:
            await counter.found("A")
            await until(lambda: bool(painted), "the painting")

    with caplog.at_level(level, logger=CONTROLLER):
        on_qasync(qapp, work)
    assert len(asked) == counted
