"""What the customer's screen says of a view: ready words, and nothing that others may not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from posmember.domain.context import AccountStatus
from posmember.domain.money import Money
from posmember.domain.profile import Profile
from posmember.domain.rules.assessment import AssessedCoupon, Suggestion
from posmember.domain.rules.reasons import Verdict
from posmember.domain.values import Unreadable
from posmember.report.discreet import Discreet
from posmember.ui.messages import (
    amount_text,
    coupon_kind_text,
    coupon_value_text,
    nearly_text,
    number_text,
    saving_text,
    validity_text,
)
from posmember.ui.models.grouping import grouped
from posmember.ui.view.screen import View

translate = QCoreApplication.translate

MOST_OFFERS = 8
"""Rows that are made; a screen that has room for more shows so many."""


class Page(StrEnum):
    """What the screen is for at the moment."""

    WELCOME = "welcome"
    WAIT = "wait"
    MEMBER = "member"
    ASK = "ask"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Offer:
    """A coupon that can be used now, or several that are alike.

    Args:
        saving: an estimate; of what is suggested alone.
        count: how many there are.
    """

    value: str
    title: str
    until: str
    saving: str = ""
    is_suggested: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Content:
    """What the screen says; "" is what it does not.

    Args:
        offers: those there are rows for at most. coupons: how many coupons can be used in all.
        nearly: what would make one more usable.
        is_checking: whether it is not known yet which can be used.
    """

    page: Page = Page.WELCOME
    name: str = ""
    tier: str = ""
    points: str = ""
    stored: str = ""
    offers: tuple[Offer, ...] = ()
    coupons: int = 0
    nearly: str = ""
    is_checking: bool = False


WELCOME = Content()


def content_of(view: View, *, shows_balance: bool, can_join: bool) -> Content:
    """Say a view to the customer.

    Args:
        shows_balance: whether stored value is shown.
        can_join: whether there is a code to join by.
    """
    match view.member_panel.kind.value:
        case "loading":
            return Content(Page.WAIT)
        case "loaded":
            return _member(view, shows_balance=shows_balance)
        case "failed" if can_join and view.nobody is not None:
            return Content(Page.JOIN)
    return WELCOME


def _member(view: View, *, shows_balance: bool) -> Content:
    profile = view.profile
    if profile.person is None:
        return WELCOME
    if _is_frozen(profile):
        return Content(Page.ASK)
    discreet = Discreet(profile)
    usable = () if view.checks_coupons else tuple(_usable(view))
    suggested = view.assessment.suggestion
    offers = [_offer(row, suggested, discreet, view.now) for row in grouped(usable)]
    offers.sort(key=lambda offer: not offer.is_suggested)
    return Content(
        Page.MEMBER,
        name=discreet.name() or translate("CustomerScreen", "会员"),
        tier=discreet.text(profile.person.tier.name),
        points=_points(profile),
        stored=_stored(profile) if shows_balance else "",
        offers=tuple(offers[:MOST_OFFERS]),
        coupons=len(usable),
        nearly="" if view.checks_coupons else _nearly(view, discreet),
        is_checking=view.checks_coupons,
    )


def _is_frozen(profile: Profile) -> bool:
    of_person = profile.person is not None and profile.person.account is AccountStatus.FROZEN
    return of_person or profile.account is AccountStatus.FROZEN


def _usable(view: View) -> Iterator[AssessedCoupon]:
    for each in view.assessment.coupons:
        if each.eligibility.verdict is Verdict.USABLE:
            yield each


def _offer(
    alike: tuple[AssessedCoupon, ...],
    suggestion: Suggestion | None,
    discreet: Discreet,
    now: datetime,
) -> Offer:
    coupon = alike[0].coupon
    is_suggested, saving = False, ""
    if suggestion is not None and suggestion.remedy is None:
        is_suggested = any(each.coupon is suggestion.coupon for each in alike)
        if is_suggested and suggestion.saving is not None:
            saving = saving_text(suggestion.saving, at_most=suggestion.at_most)
    return Offer(
        coupon_value_text(coupon),
        discreet.text(coupon.title) or coupon_kind_text(coupon),
        validity_text(coupon.valid_from, coupon.valid_until, now),
        saving,
        is_suggested,
        len(alike),
    )


def _points(profile: Profile) -> str:
    points = profile.balances.points
    known = points is not None and not isinstance(points, Unreadable)
    return number_text(points) if known and "points" not in _doubted(profile) else ""


def _stored(profile: Profile) -> str:
    total = profile.balances.total
    doubted = bool({"principal", "bonus", "total"} & set(_doubted(profile)))
    known = isinstance(total, Money) and not profile.withheld and not doubted
    return amount_text(total) if known else ""


def _doubted(profile: Profile) -> tuple[str, ...]:
    """What two queries differ in: nothing false is shown, and nobody here could clear it up."""
    return profile.balances.disagreements


def _nearly(view: View, discreet: Discreet) -> str:
    """What would make one more usable for certain."""
    suggested = view.assessment.suggestion
    beside = suggested if suggested is not None and suggested.remedy is not None else view.nearly
    if beside is None or beside.remedy is None or beside.remedy.verdict is not Verdict.USABLE:
        return ""
    coupon = beside.coupon
    title = discreet.text(coupon.title) or coupon_kind_text(coupon)
    return nearly_text(replace(beside, coupon=replace(coupon, title=title)), view.now)
