"""The controller: no amount of one customer judges another, and one key brings it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember import errors
from posmember.domain.context import Order, OrderType
from posmember.domain.money import Money
from posmember.lookup.sections import Section
from posmember.ui import tour
from posmember.ui.capture.scan_filter import ScanFilter
from tests.gui.driving import Desk, answer, desk, hint_text, member_info, on_qasync, until

Key = Qt.Key
OFFER = "上一单 ¥58.00 已清除，F8 恢复"
BLANK = ("", "", "")
WRONG = "https://weixin.qq.com/r/abc"


def fields(at: Desk) -> list[QLineEdit]:
    return [field for field, _name in at.window.numbers.fields]


def enter(at: Desk, *texts: str) -> None:
    """Type the order's numbers as a cashier does."""
    for field, text in zip(fields(at), texts, strict=False):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)


def shown(at: Desk) -> tuple[str, ...]:
    return at.window.numbers.numbers()


def reasons(at: Desk) -> list[object]:
    """Why the coupons are not, or only perhaps, usable."""
    return [coupon.eligibility.reasons for coupon in at.view.assessment.coupons]


async def active(at: Desk) -> None:
    at.window.activateWindow()
    await until(at.window.isActiveWindow, "the active window")


def press(at: Desk, key: Qt.Key) -> None:
    widget = at.window.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def is_traceless(at: Desk) -> bool:
    """Whether no field's undo brings anything of an earlier order back."""
    before = shown(at)
    for field in fields(at):
        field.undo()
        field.redo()
        field.undo()
    return shown(at) == before


@pytest.mark.parametrize("how", ["scanned", "typed"])
@pytest.mark.parametrize("found", [True, False])
def test_no_view_of_the_next_member_is_judged_by_it(
    qapp: QApplication, how: str, found: bool
) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            enter(at, "58", "2", "3")
            await at.rendered()
            assert at.view.order == Order(OrderType.DINE_IN, Money(5800), Money(200), 3)
            before, runs = len(at.views), len(at.runs)
            if how == "scanned":
                at.controller.scan("code-B")
            else:
                at.controller.look_up("code-B", None)
            await until(lambda: len(at.runs) > runs, "the lookup")
            assert at.runs[-1].request.discount == Money(0), "nor is the platform asked with it"
            if found:
                at.runs[-1].answer_all("B")
            else:
                at.runs[-1].fail_all(errors.MemberNotFoundError("nobody"))
            await at.end(at.runs[-1])
            assert {view.order for view in at.views[before:]} == {Order()}
            assert shown(at) == BLANK
            assert OFFER in hint_text(at.window)
            assert is_traceless(at)

    on_qasync(qapp, play)


def test_f8_brings_it_back_and_the_verdicts_with_it(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await active(at)
            await at.found("A")
            enter(at, "58", "2", "3")
            await at.found("B")
            blank = reasons(at)
            press(at, Key.Key_F8)
            assert shown(at) == ("58", "2", "3")
            assert at.view.order == Order(OrderType.DINE_IN, Money(5800), Money(200), 3)
            assert reasons(at) != blank
            assert OFFER not in hint_text(at.window)
            assert is_traceless(at)
            press(at, Key.Key_F2)
            press(at, Key.Key_F8)
            assert at.window.focusWidget() is fields(at)[0], "as ever, where nothing is offered"
            await at.found("C")
            assert OFFER in hint_text(at.window), "it was the second member's by then"

    on_qasync(qapp, play)


def test_esc_in_a_field_brings_nothing_of_the_last_one_back(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await active(at)
            await at.found("A")
            enter(at, "58")
            at.window.scan_field.setFocus()
            press(at, Key.Key_F8)
            await at.found("B")
            assert shown(at) == BLANK
            press(at, Key.Key_Escape)
            assert shown(at) == BLANK

    on_qasync(qapp, play)


@pytest.mark.parametrize("how", ["the next lookup", "Esc", "typing", "a clear"])
def test_the_offer_ends(qapp: QApplication, how: str) -> None:
    async def play() -> None:
        async with desk() as at:
            await active(at)
            await at.found("A")
            enter(at, "58")
            await at.found("B")
            assert OFFER in hint_text(at.window)
            if how == "the next lookup":
                await at.found("C")
            elif how == "Esc":
                press(at, Key.Key_Escape)
                assert OFFER in hint_text(at.window), "the first leaves the field"
                press(at, Key.Key_Escape)
            elif how == "typing":
                enter(at, "", "", "1")
                press(at, Key.Key_Backspace)
            else:
                at.controller.clear()
            assert OFFER not in hint_text(at.window)
            at.window.scan_field.setFocus()
            press(at, Key.Key_F8)
            assert shown(at) == BLANK
            assert at.window.focusWidget() is fields(at)[0]
            assert "58" not in str(shown(at))

    on_qasync(qapp, play)


@pytest.mark.parametrize("how", ["Esc", "a clear"])
def test_a_clear_leaves_nothing_of_the_order_but_its_type(qapp: QApplication, how: str) -> None:
    async def play() -> None:
        async with desk() as at:
            await active(at)
            at.window._orders.move_order_type(1)
            await at.found("A")
            enter(at, "58", "2", "3")
            if how == "Esc":
                at.window.scan_field.setFocus()
                press(at, Key.Key_Escape)
            else:
                at.controller.clear()
            assert shown(at) == BLANK
            assert is_traceless(at)
            await at.found("B")
            assert at.view.order == Order(OrderType.DELIVERY)
            assert "上一单" not in hint_text(at.window)

    on_qasync(qapp, play)


@pytest.mark.parametrize("how", ["a refresh", "a double", "the same again", "the order type"])
def test_it_stays_for_the_same_member(
    qapp: QApplication, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            enter(at, "58")
            if how == "a refresh":
                at.window.refresh_requested.emit()
                await until(lambda: len(at.runs) == 2, "the refresh")
                at.runs[1].answer_all("A")
                await at.end(at.runs[1])
            elif how == "a double":
                at.controller.scan("code-A")
                assert len(at.runs) == 1
            elif how == "the same again":
                monkeypatch.setattr("posmember.ui.till.intake.DOUBLE_S", 0.0)
                await at.found("A")
            else:
                at.window._orders.move_order_type(1)
            assert shown(at) == ("58", "", "")
            assert at.view.order.amount == Money(5800)
            assert "上一单" not in hint_text(at.window)

    on_qasync(qapp, play)


def test_a_new_code_of_the_same_member_brings_it_back_before_anything_is_judged(
    qapp: QApplication,
) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            enter(at, "58")
            run = await at.scan("code-A-of-this-minute")
            assert shown(at) == BLANK
            before = len(at.views)
            run.answer_all("A")
            await at.end(run)
            judged = [view for view in at.views[before:] if view.assessment.coupons]
            assert {view.order.amount for view in judged} == {Money(5800)}
            assert "上一单" not in hint_text(at.window)

    on_qasync(qapp, play)


def test_who_only_seemed_the_same_is_not_judged_by_it(qapp: QApplication) -> None:
    """A card number of one that is another one's member code."""

    async def play() -> None:
        async with desk() as at:
            run = await at.scan("code-A")
            info = member_info("A", card_number="88880001")
            run.answer_all("A")
            run.deliver(Section.MEMBER, answer(Section.MEMBER, "A").__class__(info, 5, at.view.now))
            await at.end(run)
            enter(at, "58")
            other = await at.scan("88880001")
            before = len(at.views)
            other.answer_all("B")
            await at.end(other)
            judged = [view for view in at.views[before:] if view.assessment.coupons]
            assert {view.order.amount for view in judged} == {None}
            assert OFFER in hint_text(at.window)

    on_qasync(qapp, play)


def test_typed_with_nobody_there_it_is_the_next_ones(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            enter(at, "58")
            await at.found("A")
            assert at.view.order.amount == Money(5800)
            await at.found("B")
            assert at.view.order.amount is None

    on_qasync(qapp, play)


def test_a_wrong_code_in_between_changes_nothing(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            enter(at, "58")
            at.controller.scan(WRONG)
            assert shown(at) == ("58", "", "")
            await at.found("B")
            assert shown(at) == BLANK
            assert OFFER in hint_text(at.window)

    on_qasync(qapp, play)


def test_the_next_code_of_a_burst_keeps_what_was_typed_for_it(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan("qm0000001")
            at.controller.scan("qm0000002", 2)
            enter(at, "58")
            run.fail_all(errors.MemberNotFoundError("nobody"))
            run.end()
            await until(lambda: len(at.runs) == 2, "the second code")
            at.runs[1].answer_all("A")
            await at.end(at.runs[1])
            assert at.view.order.amount == Money(5800)

    on_qasync(qapp, play)


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("58", "2", "3"), OFFER),
        (("8.8",), "上一单 ¥8.80 已清除，F8 恢复"),
        (("", "2"), "上一单填的数已清除，F8 恢复"),
        (("5x",), "上一单填的数已清除，F8 恢复"),
    ],
)
def test_what_the_offer_says(qapp: QApplication, texts: tuple[str, ...], words: str) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            enter(at, *texts)
            run = await at.scan("code-B")
            assert hint_text(at.window) == words
            run.fail_all(errors.MemberNotFoundError("nobody"))
            await at.end(run)
            assert hint_text(at.window).startswith(words), "in its place; the page says the rest"
            assert "无法识别" not in hint_text(at.window)

    on_qasync(qapp, play)


def test_a_scan_while_the_keyboard_is_in_the_amount(qapp: QApplication) -> None:
    """Its first key reaches the field before it is known for a scanner's; nobody typed it."""

    async def play() -> None:
        async with desk() as at:
            scan_filter = ScanFilter()
            scan_filter.scanned.connect(at.controller.scan)
            try:
                await active(at)
                await at.found("A")
                enter(at, "58")
                for code in ("9000000000002", "9000000000002"):  # the second is a double
                    tour._Clock.ms += 1000
                    tour.send_burst(at.window.windowHandle(), code + "\r")
                    assert shown(at) == BLANK
                    assert OFFER in hint_text(at.window)
                press(at, Key.Key_F8)
                assert shown(at) == ("58", "", "")
            finally:
                scan_filter.stop()

    on_qasync(qapp, play)
