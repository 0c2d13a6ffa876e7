"""`evaluate`: the rules' whole answer on one asset. Pure: the world comes in as the context."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.profile import Asset
from posmember.domain.rules.calendar import first_unblocked
from posmember.domain.rules.conflict import reasons_of
from posmember.domain.rules.notices import (
    Notices,
    expiring_soon,
    gift_card_notices,
    sources_disagree,
    template_limits,
    template_texts,
    unit_assumed,
)
from posmember.domain.rules.reasoning import NONE, Reasons
from posmember.domain.rules.reasons import Eligibility, Verdict, in_table_order
from posmember.domain.rules.table import COUPON_RULES

# Kept here; see `rows`.
_USABLE, _CHECK, _NOT_USABLE = Verdict.USABLE, Verdict.CHECK, Verdict.NOT_USABLE

Check = Callable[[Coupon, Context], Reasons]
Checks = tuple[Check, ...]
Kind = Hashable
T = TypeVar("T")
Answer = TypeVar("Answer")


def _about_order(*, of_template: bool) -> tuple[tuple[Callable[[Coupon], bool], Checks], ...]:
    """Of the rules about the order; those that ask the same question first are asked together."""
    found: dict[Callable[[Coupon], bool], Checks] = {}
    for rule in COUPON_RULES:
        if rule.asks_order is not None and rule.of_template is of_template:
            found[rule.asks_order] = (*found.get(rule.asks_order, ()), rule.check)
    return tuple(found.items())


_FOR_ANY_ORDER = [rule for rule in COUPON_RULES if rule.asks_order is None]
_OF_TEMPLATE = tuple([rule.check for rule in _FOR_ANY_ORDER if rule.of_template])
_OF_DATES = tuple([rule.check for rule in _FOR_ANY_ORDER if rule.of_dates])
_OF_COUPON = tuple(
    [rule.check for rule in _FOR_ANY_ORDER if not rule.of_template and not rule.of_dates]
)
_ORDER_AND_COUPON = _about_order(of_template=False)
_ORDER_AND_TEMPLATE = _about_order(of_template=True)


@dataclass(frozen=True, slots=True)
class TemplateAnswers:
    """What all coupons of one template share, in one store.

    Args:
        reasons: of the rules that look at nothing else.
        checks: those about the order that can say anything.
        limits, texts: the notices.
    """

    reasons: Reasons
    checks: Checks
    limits: Notices
    texts: Notices


@dataclass(frozen=True, slots=True)
class DateAnswers:
    """What all coupons of one start and one end share, now.

    Args:
        kind: what tells these dates from others, where they have anything to say.
    """

    reasons: Reasons
    notices: Notices
    kind: Kind


class Shared:
    """Asks once what many coupons share, in one context but for its order.

    Templates and dates are told apart as objects: to compare all that is in them would take
    longer than to ask anew, and equal dates may be written in two ways, which a reason tells.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._of_templates: dict[Kind, tuple[Coupon, TemplateAnswers]] = {}
        self._of_dates: dict[Kind, tuple[Coupon, DateAnswers]] = {}

    def of_template(self, coupon: Coupon) -> TemplateAnswers:
        """What a coupon shares with all others of its template."""
        key = id(coupon.template)
        found = self._of_templates.get(key)
        if found is None:
            # The coupon is kept with it, so that no other template gets that id.
            found = self._of_templates[key] = coupon, self._ask_template(coupon)
        return found[1]

    def of_dates(self, coupon: Coupon) -> DateAnswers:
        """What a coupon shares with all others that start and end when it does."""
        key = id(coupon.valid_from), id(coupon.valid_until)
        found = self._of_dates.get(key)
        if found is None:
            found = self._of_dates[key] = coupon, self._ask_dates(coupon, key)
        return found[1]

    def kind_of(self, coupon: Coupon) -> Kind:
        """What the rules look at: coupons of one kind get one answer, and save the same.

        Of dates that is what they say now, mostly nothing; one with several entries is of a
        kind of its own.
        """
        return (
            id(coupon.template),
            self.of_dates(coupon).kind,
            coupon.status,
            coupon.lock,
            coupon.min_spend,
            coupon.discount_kind,
            coupon.value,
            coupon.percent_paid,
            coupon.used_of_template,
            coupon.twin_unclear,
            coupon.disagreements,
            id(coupon) if coupon.versions else None,
        )

    def _ask_template(self, coupon: Coupon) -> TemplateAnswers:
        return TemplateAnswers(
            reasons=_asked(_OF_TEMPLATE, coupon, self._context),
            checks=_that_ask(_ORDER_AND_TEMPLATE, coupon),
            limits=template_limits(coupon.template),
            texts=template_texts(coupon.template),
        )

    def _ask_dates(self, coupon: Coupon, key: Kind) -> DateAnswers:
        reasons = _asked(_OF_DATES, coupon, self._context)
        notices = expiring_soon(coupon, self._context)
        return DateAnswers(reasons, notices, key if reasons or notices else None)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What the rules say of a coupon for any order, in one store, until `next_change_at`.

    It is compared as an object: coupons that are alike have one and the same.

    Args:
        checks: those about the order that can say anything of this coupon.
        otherwise: the answer where they have nothing to say.
    """

    checks: Checks
    otherwise: Eligibility


def evaluate(asset: Asset, context: Context) -> Eligibility:
    """Decide on one asset for one order, now.

    Returns:
        A blocking reason makes it not usable; else anything unknown, of it or of the member's
        account, makes it one to check; else it is usable. All reasons of the asset itself, in
        the order of the table.
    """
    if isinstance(asset, Coupon):
        return evaluate_for_order(asset, context, stand(asset, context))
    reasons = reasons_of(asset, context)
    if not isinstance(asset, GiftCard):
        return _eligibility(asset, context, reasons, expiring_soon(asset, context))
    blocked = any(reason.blocks for reason in reasons)
    return _eligibility(asset, context, reasons, gift_card_notices(asset, context, blocked=blocked))


def stand(coupon: Coupon, context: Context, shared: Shared | None = None) -> Standing:
    """Ask what does not hang on the order: most rules, and only now and then.

    Args:
        shared: for the same context, where many coupons are asked.
    """
    shared = shared or Shared(context)
    template, dates = shared.of_template(coupon), shared.of_dates(coupon)
    own = _asked(_OF_COUPON, coupon, context)
    reasons = in_table_order(own + dates.reasons + template.reasons)
    notices = (
        template.limits
        + dates.notices
        + unit_assumed(coupon)
        + template.texts
        + sources_disagree(coupon)
    )
    checks = template.checks + _that_ask(_ORDER_AND_COUPON, coupon)
    return Standing(checks, _eligibility(coupon, context, reasons, notices))


def stand_each(coupons: Sequence[Coupon], context: Context) -> list[Standing]:
    """`stand` of each coupon, asked once of those that are alike."""
    shared = Shared(context)
    return _each_answered(coupons, shared.kind_of, lambda each: stand(each, context, shared))


def evaluate_each(cards: Sequence[GiftCard], context: Context) -> list[Eligibility]:
    """`evaluate` of each gift card, asked once of those that are alike."""
    return _each_answered(cards, _gift_card_kind, lambda card: evaluate(card, context))


def evaluate_for_order(coupon: Coupon, context: Context, standing: Standing) -> Eligibility:
    """`evaluate`, where what does not hang on the order is known: at every key of an amount."""
    otherwise = standing.otherwise
    if coupon.versions:
        return _eligibility(coupon, context, reasons_of(coupon, context), otherwise.notices)
    about_order = _asked(standing.checks, coupon, context)
    if not about_order:
        return otherwise
    reasons = in_table_order(otherwise.reasons + about_order)
    return _eligibility(coupon, context, reasons, otherwise.notices)


def _each_answered(
    assets: Sequence[T], kind_of: Callable[[T], Kind], ask: Callable[[T], Answer]
) -> list[Answer]:
    answers: dict[Kind, Answer] = {}
    found: list[Answer] = []
    for asset in assets:
        kind = kind_of(asset)
        answer = answers.get(kind)
        if answer is None:
            answer = answers[kind] = ask(asset)
        found.append(answer)
    return found


def _gift_card_kind(card: GiftCard) -> Kind:
    """What the rules look at; see `Shared.kind_of`."""
    return (
        id(card.valid_from),
        id(card.valid_until),
        card.status,
        card.kind,
        card.balance,
        card.uses_left,
        card.times_scope,
        card.validity_kind,
        card.bound,
        card.non_code,
        card.used_today,
        card.time_windows,
        card.weekdays,
        card.unclear,
        card.disagreements,
        id(card) if card.versions else None,
    )


def _asked(checks: Checks, coupon: Coupon, context: Context) -> Reasons:
    reasons = NONE
    for check in checks:
        reasons += check(coupon, context)
    return reasons


def _that_ask(
    asked_together: tuple[tuple[Callable[[Coupon], bool], Checks], ...], coupon: Coupon
) -> Checks:
    found: Checks = ()
    for asks_order, checks in asked_together:
        if asks_order(coupon):
            found += checks
    return found


def _eligibility(asset: Asset, context: Context, reasons: Reasons, notices: Notices) -> Eligibility:
    verdict = _verdict(reasons, context)
    if verdict is not _NOT_USABLE:
        return Eligibility(verdict, reasons, notices)
    return Eligibility(verdict, reasons, notices, first_unblocked(asset, context, reasons))


def _verdict(reasons: Reasons, context: Context) -> Verdict:
    for reason in reasons:
        if reason.blocks:
            return _NOT_USABLE
    return _CHECK if reasons or not context.account.known else _USABLE
