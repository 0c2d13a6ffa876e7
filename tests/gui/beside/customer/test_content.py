"""What the customer's screen says, whatever a view holds: nothing that others may not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.domain.context import AccountStatus
from posmember.domain.masking import mask_name
from posmember.domain.money import Money
from posmember.domain.profile import Profile
from posmember.domain.rules.assessment import Assessment, Suggestion
from posmember.domain.rules.reasons import Verdict
from posmember.domain.rules.remedy import Remedy
from posmember.domain.withheld import without_codes
from posmember.ui.beside.customer.content import Content, Page, content_of
from posmember.ui.view.screen import Nobody, View
from tests.gui import bad_views, samples
from tests.gui.beside.customer.showing import nobody_view

_RUN = 4


def said(view: View, *, balance: bool = True, join: bool = True) -> Content:
    return content_of(view, shows_balance=balance, can_join=join)


def texts(content: Content) -> Iterator[str]:
    yield from (content.name, content.tier, content.points, content.stored, content.nearly)
    for offer in content.offers:
        yield from (offer.value, offer.title, offer.until, offer.saving)


def with_person(view: View, **changes: Any) -> View:
    person = view.profile.person
    assert person is not None
    return replace(view, profile=replace(view.profile, person=replace(person, **changes)))


def test_a_member() -> None:
    content = said(samples.loaded_view())
    assert content.page is Page.MEMBER
    assert (content.name, content.points, content.stored) == ("王*明", "1,280", "¥230.00")
    assert [offer.title for offer in content.offers] == [
        "满30减10",
        "会员日全场8.8折",
        "任意消费立减5元",
    ]
    first, *others = content.offers
    assert first.is_suggested
    assert first.saving == "约省 ¥10.00"
    assert not any(offer.saving or offer.is_suggested for offer in others)
    assert content.nearly == "再加 ¥6.00 可用 满64减15（约省 ¥15.00）"


def test_nothing_that_is_to_check_or_blocked_is_named() -> None:
    view = samples.loaded_view()
    usable = {
        each.coupon.title
        for each in view.assessment.coupons
        if each.eligibility.verdict is Verdict.USABLE
    }
    content = said(view)
    assert {offer.title for offer in content.offers} == usable
    assert content.coupons == len(usable)


def test_while_the_account_is_checked_nothing_is_called_usable() -> None:
    content = said(bad_views.late_view())
    assert content.is_checking
    assert content.offers == ()
    assert content.coupons == 0
    assert content.nearly == ""


def test_a_verdict_that_is_not_settled_is_never_usable() -> None:
    """Also where somebody gives verdicts beside an answer that is still under way."""
    late = bad_views.late_view()
    view = replace(late, assessment=samples.loaded_view().assessment)
    assert said(view).offers == ()


@pytest.mark.parametrize("of_person", [True, False])
def test_of_a_frozen_account_only_to_ask(of_person: bool) -> None:
    view = samples.loaded_view()
    if of_person:
        view = with_person(view, account=AccountStatus.FROZEN)
    else:
        view = replace(view, profile=replace(view.profile, account=AccountStatus.FROZEN))
    assert said(view) == Content(Page.ASK)


def test_where_all_is_to_check_nothing_is_said_of_that() -> None:
    content = said(samples.partly_failed_view())
    assert content.page is Page.MEMBER
    assert content.offers == ()
    assert not content.is_checking


def test_while_it_is_asked_nothing_of_a_person() -> None:
    assert said(samples.loading_view()) == Content(Page.WAIT)


def test_a_failure_is_not_the_customers() -> None:
    assert said(samples.failed_view()) == Content()


@pytest.mark.parametrize("nobody", list(Nobody))
def test_nobody_found_may_join(nobody: Nobody) -> None:
    assert said(nobody_view(nobody)) == Content(Page.JOIN)
    assert said(nobody_view(nobody), join=False) == Content()


def test_a_slip_of_the_finger_is_not_offered_to_join() -> None:
    assert said(nobody_view(None)) == Content()


def test_stored_value_only_where_it_is_allowed() -> None:
    assert said(samples.loaded_view(), balance=False).stored == ""


def test_stored_value_is_kept_back_of_who_was_found_by_a_phone_number() -> None:
    view = samples.loaded_view()
    view = replace(view, profile=without_codes(view.profile))
    assert said(view).stored == ""
    assert said(view).points == "1,280"


@pytest.mark.parametrize(
    ("name", "points", "stored"),
    [("points", "", "¥230.00"), ("principal", "1,280", ""), ("total", "1,280", "")],
)
def test_what_two_queries_differ_in_is_not_shown(name: str, points: str, stored: str) -> None:
    view = samples.loaded_view()
    balances = replace(view.profile.balances, disagreements=(name,))
    content = said(replace(view, profile=replace(view.profile, balances=balances)))
    assert (content.points, content.stored) == (points, stored)


def test_unknown_amounts_are_left_out() -> None:
    content = said(samples.unknown_view())
    assert (content.points, content.stored) == ("", "")


def test_a_change_after_which_something_is_to_check_is_not_promised() -> None:
    view = samples.loaded_view()
    coupon = view.assessment.coupons[5].coupon
    remedy = Remedy(amount=Money(6400), gap=Money(600), verdict=Verdict.CHECK)
    assert said(replace(view, nearly=Suggestion(coupon, Money(1500), remedy))).nearly == ""


def test_what_is_nearly_usable_where_nothing_is() -> None:
    view = samples.loaded_view()
    assert view.nearly is not None
    assessment = Assessment(suggestion=view.nearly)
    content = said(replace(view, assessment=assessment, nearly=None))
    assert content.nearly.startswith("再加 ¥6.00")
    assert content.offers == ()


def test_coupons_that_are_alike_are_one_row() -> None:
    content = said(bad_views.grouped_view())
    assert max(offer.count for offer in content.offers) > 1
    assert content.coupons == sum(offer.count for offer in content.offers)


def test_a_thousand_coupons_are_a_few_rows_and_a_number() -> None:
    content = said(samples.many_view())
    assert len(content.offers) == 8
    assert content.coupons == 300


def test_dates_and_amounts_of_a_title_stay() -> None:
    view = samples.loaded_view()
    title = "双11满300减50（20261101-20261130）"
    coupon = samples.coupon(1, title, value=Decimal(50))
    view = replace(view, assessment=Assessment((coupon,)))
    assert said(view).offers[0].title == title


NAMES = st.text("王明月欧阳晓红建国美丽", min_size=2, max_size=5)
DIGITS = st.text("0123456789", min_size=11, max_size=19)


@given(name=NAMES, phone=DIGITS, card=DIGITS, code=DIGITS, user=st.integers(10**5, 10**12))
def test_no_text_has_a_number_of_the_persons_or_their_name(
    name: str, phone: str, card: str, code: str, user: int
) -> None:
    """The platform may write them into any text."""
    parted = f"{phone[:3]} {phone[3:7]}-{phone[7:]}"
    hostile = f"{name}的券 {phone} {parted} {card} WX-{code} {user}"
    view = with_person(
        samples.loaded_view(),
        name=name, mobile=phone, card_number=card, user_id=str(user),
        tier=replace(samples.person().tier, name=hostile),
    )  # fmt: skip
    coupons = tuple(
        replace(each, coupon=replace(each.coupon, title=hostile, redemption_code=code))
        for each in view.assessment.coupons
    )
    suggestion = Suggestion(coupons[0].coupon, Money(1000))
    nearly = Suggestion(coupons[5].coupon, Money(100), Remedy(Money(6400), Money(600)))
    view = replace(view, assessment=Assessment(coupons, suggestion=suggestion), nearly=nearly)
    for text in texts(said(view)):
        assert name not in text
        digits = re.sub(r"[ -]", "", text)
        for secret in (phone, card, code, str(user)):
            assert secret not in digits
            assert secret[: _RUN + 2] not in digits or len(secret) < _RUN + 2


def test_a_name_that_is_a_number_is_masked() -> None:
    content = said(with_person(samples.loaded_view(), name=samples.FULL_PHONE))
    assert content.name == "1***8"
    assert mask_name(samples.FULL_PHONE) != content.name


def test_a_profile_without_a_person_is_nobodys() -> None:
    assert said(replace(samples.loaded_view(), profile=Profile())) == Content()
