"""`evaluate`: the rules' whole answer on one asset. Pure: the world comes in as the context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

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
from posmember.domain.rules.reasoning import NONE, Reasons, Rule
from posmember.domain.rules.reasons import Eligibility, Verdict
from posmember.domain.rules.table import COUPON_RULES

Check = Callable[[Coupon, Context], Reasons]
Checks = tuple[Check, ...]
Run = tuple[bool, tuple[Rule[Coupon], ...]]


def _runs(rules: tuple[Rule[Coupon], ...]) -> tuple[Run, ...]:
    """Rules in their order, in runs of those that look at the template alone, and of others."""
    return tuple(
        (of_template, tuple(run))
        for of_template, run in groupby(rules, key=lambda rule: rule.of_template)
    )


_ORDER_ROWS = [place for place, rule in enumerate(COUPON_RULES) if rule.asks_order is not None]
_BEFORE_ORDER = _runs(COUPON_RULES[: _ORDER_ROWS[0]])
_ABOUT_ORDER = _runs(COUPON_RULES[_ORDER_ROWS[0] : _ORDER_ROWS[-1] + 1])
_AFTER_ORDER = _runs(COUPON_RULES[_ORDER_ROWS[-1] + 1 :])


@dataclass(frozen=True, slots=True)
class TemplateAnswers:
    """What the rules say of every coupon of one template, as far as they look at nothing else.

    Args:
        before, after: the reasons of each run of rules before and after those about the order.
        checks: of each run about the order, those that can say anything.
        limits, texts: the notices.
        None stands for a run that looks at more than the template.
    """

    before: tuple[Reasons | None, ...]
    checks: tuple[Checks | None, ...]
    after: tuple[Reasons | None, ...]
    limits: Notices
    texts: Notices


class Templates:
    """Asks once a template what all its coupons share, in one context but for its order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._answers: dict[int, TemplateAnswers] = {}

    def answers(self, coupon: Coupon) -> TemplateAnswers:
        """Of a coupon's template; the coupon holds it, so that its id stays its own."""
        found = self._answers.get(id(coupon.template))
        if found is None:
            found = self._answers[id(coupon.template)] = _of_template(coupon, self._context)
        return found


def _of_template(coupon: Coupon, context: Context) -> TemplateAnswers:
    def asked(runs: tuple[Run, ...]) -> tuple[Reasons | None, ...]:
        return tuple(
            _asked(rules, coupon, context) if of_template else None for of_template, rules in runs
        )

    return TemplateAnswers(
        before=asked(_BEFORE_ORDER),
        checks=tuple(
            _that_ask(rules, coupon) if of_template else None for of_template, rules in _ABOUT_ORDER
        ),
        after=asked(_AFTER_ORDER),
        limits=template_limits(coupon.template),
        texts=template_texts(coupon.template),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say of a coupon for any order, in one store, until `next_change_at`.

    Args:
        before, after: the reasons of the rows before and after those about the order.
        checks: those about the order that can say anything of this coupon.
        otherwise: the answer where they have nothing to say.
    """

    before: Reasons
    checks: Checks
    after: Reasons
    otherwise: Eligibility


def evaluate(asset: Asset, context: Context) -> Eligibility:
    """Decide on one asset for one order, now.

    Returns:
        A blocking reason makes it not usable; else anything unknown, of it or of the member's
        account, makes it one to check; else it is usable. All reasons of the asset itself, in
        the order of the table.
    """
    if isinstance(asset, Coupon):
        return evaluate_for_order(asset, context, stand(asset, context, Templates(context)))
    if isinstance(asset, GiftCard):
        reasons = reasons_of(asset, context)
        verdict = _verdict(reasons, context)
        blocked = verdict is Verdict.NOT_USABLE
        notices = gift_card_notices(asset, context, blocked=blocked)
        return _eligibility(asset, context, reasons, notices)
    reasons = reasons_of(asset, context)
    return _eligibility(asset, context, reasons, expiring_soon(asset, context))


def stand(coupon: Coupon, context: Context, templates: Templates) -> Standing:
    """Ask what does not hang on the order: most rules, and only now and then."""
    of_template = templates.answers(coupon)
    before = _mixed(_BEFORE_ORDER, of_template.before, coupon, context)
    after = _mixed(_AFTER_ORDER, of_template.after, coupon, context)
    checks: Checks = ()
    for (_, rules), those in zip(_ABOUT_ORDER, of_template.checks, strict=True):
        checks += _that_ask(rules, coupon) if those is None else those
    notices = (
        of_template.limits
        + expiring_soon(coupon, context)
        + unit_assumed(coupon)
        + of_template.texts
        + sources_disagree(coupon)
    )
    return Standing(before, checks, after, _eligibility(coupon, context, before + after, notices))


def evaluate_for_order(coupon: Coupon, context: Context, standing: Standing) -> Eligibility:
    """`evaluate`, where what does not hang on the order is known: at every key of an amount."""
    notices = standing.otherwise.notices
    if coupon.versions:
        reasons = reasons_of(coupon, context)
        return _eligibility(coupon, context, reasons, notices)
    about_order = NONE
    for check in standing.checks:
        about_order += check(coupon, context)
    if not about_order:
        return standing.otherwise
    return _eligibility(coupon, context, standing.before + about_order + standing.after, notices)


def _mixed(
    runs: tuple[Run, ...],
    of_template: tuple[Reasons | None, ...],
    coupon: Coupon,
    context: Context,
) -> Reasons:
    reasons = NONE
    for (_, rules), those in zip(runs, of_template, strict=True):
        reasons += _asked(rules, coupon, context) if those is None else those
    return reasons


def _asked(rules: tuple[Rule[Coupon], ...], coupon: Coupon, context: Context) -> Reasons:
    reasons = NONE
    for rule in rules:
        reasons += rule.check(coupon, context)
    return reasons


def _that_ask(rules: tuple[Rule[Coupon], ...], coupon: Coupon) -> Checks:
    return tuple([r.check for r in rules if r.asks_order is not None and r.asks_order(coupon)])


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
