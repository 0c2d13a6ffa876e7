"""An order handed over: the fields are that customer's, and a refused one leaves them alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from posmember.domain.context import Order, OrderType
from posmember.domain.identifier import IdentifierKind
from posmember.domain.money import Money
from posmember.domain.rules.reasons import Verdict
from posmember.link.requests import Handed, Refusal, RequestError
from posmember.settings.declared import PHONE_LOOKUP, PhoneLookup
from posmember.settings.policy import Policy
from posmember.ui.beside.front.window import FrontWindow
from posmember.ui.beside.instance.orders import Orders
from posmember.ui.beside.instance.screen import screen_event
from posmember.ui.widgets.in_window import InWindow
from tests.gui.driving import SETTINGS, Desk, desk, hint_text, on_qasync, until

ORDER = Handed("code-B", None, OrderType.DELIVERY, Money(5800), Money(100), 3, quiet=True)


def orders(at: Desk, *, is_set_up: bool = False) -> Orders:
    made = Orders(at.window, at.controller, FrontWindow(at.window), lambda: is_set_up)
    made.use(SETTINGS)
    return made


def shown(at: Desk) -> tuple[str, ...]:
    return at.window.numbers.numbers()


def test_the_order_is_the_coming_customers(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            at.window.numbers.put({0: "9", 1: "8", 2: "7"})
            before, runs = len(at.views), len(at.runs)
            orders(at).take(ORDER)
            await until(lambda: len(at.runs) > runs, "the lookup")
            request = at.runs[-1].request
            assert (request.order_type, request.discount) == (OrderType.DELIVERY, Money(100))
            at.runs[-1].answer_all("B")
            await at.end(at.runs[-1])
            assert shown(at) == ("58.00", "1.00", "3")
            assert at.view.order == Order(OrderType.DELIVERY, Money(5800), Money(100), 3)
            assert "F8" not in hint_text(at.window)
            of_b = [view for view in at.views[before:] if view.profile.person is not None]
            assert {view.order for view in of_b} == {at.view.order}
            await at.found("C")
            assert shown(at) == ("", "", "")

    on_qasync(qapp, play)


def test_without_a_code_only_the_fields(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            runs = len(at.runs)
            orders(at).take(Handed(amount=Money(6400), quiet=True))
            assert shown(at) == ("64.00", "", "")
            await at.rendered()
            assert at.view.order.amount == Money(6400)
            assert at.view.profile.person is not None
            assert len(at.runs) == runs

    on_qasync(qapp, play)


@pytest.mark.parametrize("code", ["134567890123456789", "https://weixin.qq.com/r/abc", "\x07"])
def test_a_refused_code_sets_nothing_and_the_window_says_why(qapp: QApplication, code: str) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            runs = len(at.runs)
            with pytest.raises(RequestError) as caught:
                orders(at).take(replace(ORDER, identifier=code))
            assert caught.value.refusal is Refusal.NOT_TAKEN
            assert code not in caught.value.words
            assert shown(at) == ("", "", "")
            assert at.view.profile.person is None
            assert hint_text(at.window)
            assert len(at.runs) == runs

    on_qasync(qapp, play)


def test_nothing_while_a_secret_is_asked_for(qapp: QApplication) -> None:
    class Keeper:
        def take_scan(self, _text: str, _place: int) -> bool:
            return True

        def begin_burst(self) -> None:
            pass

        def keeps_keys(self) -> bool:
            return True

    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            at.window.secrets.add(Keeper())
            with pytest.raises(RequestError):
                orders(at).take(ORDER)
            assert at.view.profile.person is not None
            assert shown(at) == ("", "", "")

    on_qasync(qapp, play)


def test_nothing_while_the_window_is_set_up(qapp: QApplication) -> None:
    """What clears the screen would close the page, with all that is typed there."""

    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            runs = len(at.runs)
            page = InWindow(at.window, "设置")

            def close() -> bool:
                was_open = page.is_open()
                page.close_page()
                return was_open

            at.window.close_first(close)
            page.open_page()
            with pytest.raises(RequestError, match="set up") as caught:
                orders(at, is_set_up=True).take(ORDER)
            assert caught.value.refusal is Refusal.NOT_TAKEN
            assert page.is_open()
            assert at.view.profile.person is not None
            assert (shown(at), len(at.runs)) == (("", "", ""), runs)

    on_qasync(qapp, play)


def test_a_kind_that_is_handed_over(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            runs = len(at.runs)
            orders(at).take(Handed("VIP880001", IdentifierKind.CARD_NUMBER, quiet=True))
            await until(lambda: len(at.runs) > runs, "the lookup")
            assert at.runs[-1].request.identifiers[0].kind is IdentifierKind.CARD_NUMBER

    on_qasync(qapp, play)


def test_an_event_tells_nothing_that_is_not_certain(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            assert screen_event(None, "", masked=False)["state"] == "nobody"
            run = await at.scan("code-A")
            assert screen_event(at.view, "", masked=False)["state"] == "loading"
            run.answer_all("A")
            await at.end(run)
            told = screen_event(at.view, at.window.code_at_hand(), masked=False)
            assert told["state"] == "found"
            assert told["member"]["tier"] == "A级"
            assert told["coupons"] is not None
            assert sum(told["coupons"].values()) == 1
            masked = screen_event(at.view, "code-A", Verdict.USABLE, masked=True)
            assert (masked["member"], masked["code"], masked["verdict"]) == (None, None, None)
            blocked = screen_event(at.view, "code-A", Verdict.NOT_USABLE, masked=False)
            assert (blocked["code"], blocked["verdict"]) == ("code-A", "not_usable")
            assert screen_event(at.view, "", Verdict.USABLE, masked=False)["verdict"] is None
            assert masked["coupons"] == told["coupons"]

    on_qasync(qapp, play)


def test_by_phone_where_head_office_forbids_it(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            policy = Policy("here", {PHONE_LOOKUP.path: PhoneLookup.OFF.value})
            made = orders(at)
            made.use(replace(SETTINGS, policy=policy))
            with pytest.raises(RequestError, match="phone"):
                made.take(Handed("13800000001", quiet=True))

    on_qasync(qapp, play)


def test_a_hidden_window_is_seen_without_the_keyboard(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            at.window.hide()
            orders(at).take(ORDER)
            assert at.window.isVisible()
            assert not at.window.isActiveWindow()

    on_qasync(qapp, play)
