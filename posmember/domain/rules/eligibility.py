"""`evaluate`: the rules' whole answer on one asset. Pure: the world comes in as the context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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

Check = Callable[[Coupon, Context], Reasons]
Checks = tuple[Check, ...]


def _checks(*, of_template: bool) -> Checks:
    """Of the rules that say the same for any order."""
    rules = (rule for rule in COUPON_RULES if rule.asks_order is None)
    return tuple(rule.check for rule in rules if rule.of_template is of_template)


def _about_order(*, of_template: bool) -> tuple[tuple[Callable[[Coupon], bool], Checks], ...]:
    """Of the rules about the order; those that ask the same question first are asked together."""
    found: dict[Callable[[Coupon], bool], Checks] = {}
    for rule in COUPON_RULES:
        if rule.asks_order is not None and rule.of_template is of_template:
            found[rule.asks_order] = (*found.get(rule.asks_order, ()), rule.check)
    return tuple(found.items())


_OF_COUPON, _OF_TEMPLATE = _checks(of_template=False), _checks(of_template=True)
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


class Templates:
    """Asks once a template what all its coupons share, in one context but for its order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._answers: dict[int, tuple[Coupon, TemplateAnswers]] = {}

    def of(self, coupon: Coupon) -> TemplateAnswers:
        """What a coupon shares with all others of its template."""
        key = id(coupon.template)
        found = self._answers.get(key)
        if found is None:
            # The coupon is kept with it, so that no other template gets that id.
            found = self._answers[key] = coupon, self._ask(coupon)
        return found[1]

    def _ask(self, coupon: Coupon) -> TemplateAnswers:
        return TemplateAnswers(
            reasons=_asked(_OF_TEMPLATE, coupon, self._context),
            checks=_that_ask(_ORDER_AND_TEMPLATE, coupon),
            limits=template_limits(coupon.template),
            texts=template_texts(coupon.template),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say of a coupon for any order, in one store, until `next_change_at`.

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


def stand(coupon: Coupon, context: Context, templates: Templates | None = None) -> Standing:
    """Ask what does not hang on the order: most rules, and only now and then.

    Args:
        templates: for the same context, where many coupons are asked.
    """
    shared = (templates or Templates(context)).of(coupon)
    reasons = in_table_order(_asked(_OF_COUPON, coupon, context) + shared.reasons)
    notices = (
        shared.limits
        + expiring_soon(coupon, context)
        + unit_assumed(coupon)
        + shared.texts
        + sources_disagree(coupon)
    )
    checks = shared.checks + _that_ask(_ORDER_AND_COUPON, coupon)
    return Standing(checks, _eligibility(coupon, context, reasons, notices))


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
    if verdict is not Verdict.NOT_USABLE:
        return Eligibility(verdict, reasons, notices)
    return Eligibility(verdict, reasons, notices, first_unblocked(asset, context, reasons))


def _verdict(reasons: Reasons, context: Context) -> Verdict:
    for reason in reasons:
        if reason.blocks:
            return Verdict.NOT_USABLE
    return Verdict.CHECK if reasons or not context.account.known else Verdict.USABLE
