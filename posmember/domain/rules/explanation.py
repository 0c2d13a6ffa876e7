"""Every rule that was asked of an asset: passed, failed or unknown, and the platform's own text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon, CouponTemplate
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.money import Money
from posmember.domain.profile import Asset
from posmember.domain.rules.conflict import ask
from posmember.domain.rules.reasoning import NONE, A, Reasons, Rule
from posmember.domain.rules.reasons import Reason, ReasonCode
from posmember.domain.rules.table import BENEFIT_CARD_RULES, COUPON_RULES, GIFT_CARD_RULES
from posmember.domain.values import PlatformTime, Unreadable

_NO_TEMPLATE = CouponTemplate()


class Outcome(StrEnum):
    """通过, 不通过, 不确定."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Told:
    """What the platform says in one field; "" where it says nothing.

    Args:
        name: the field, in the words of the asset's class, as in VALUE_UNKNOWN.
        text: as it came; amounts with a documented unit in 元 with two decimals.
    """

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one row of the table in RULES said of an asset.

    Args:
        row: its number there. codes: the codes it may give.
        reasons: what made it fail, or what could not be told.
        told: what it looked at.
    """

    row: int
    codes: tuple[ReasonCode, ...]
    outcome: Outcome
    reasons: Reasons = ()
    told: tuple[Told, ...] = ()


def explain(asset: Asset, context: Context) -> tuple[Finding, ...]:
    """Ask every rule of an asset again, and keep what each looked at, in the table's order.

    The reasons of all findings together are those of `evaluate`; a rule that could not be told
    for want of something that another row names (an amount, say) is unknown, not passed.
    """
    if isinstance(asset, Coupon):
        return _findings(COUPON_RULES, asset, context, _coupon_fields(asset, context))
    if isinstance(asset, GiftCard):
        return _findings(GIFT_CARD_RULES, asset, context, _gift_card_fields(asset, context))
    return _findings(BENEFIT_CARD_RULES, asset, context, _benefit_card_fields(asset, context))


Fields = Mapping[str, object]


def _findings(
    rules: tuple[Rule[A], ...], asset: A, context: Context, fields: Fields
) -> tuple[Finding, ...]:
    by_row: dict[int, tuple[Rule[A], Reasons]] = {}
    for rule, reasons in ask(rules, asset, context):
        _, before = by_row.get(rule.row, (rule, NONE))  # row 23 is two rules
        by_row[rule.row] = rule, before + reasons
    everything = [reason for _, reasons in by_row.values() for reason in reasons]
    return tuple(
        Finding(
            row=rule.row,
            codes=rule.codes,
            outcome=_outcome(rule, reasons, everything, context),
            reasons=reasons,
            told=_told(rule, reasons, fields),
        )
        for rule, reasons in by_row.values()
    )


def _outcome(rule: Rule[A], own: Reasons, everything: list[Reason], context: Context) -> Outcome:
    if any(reason.blocks for reason in own):
        return Outcome.FAILED
    if "account" in rule.fields and not context.account.known:
        return Outcome.UNKNOWN
    if own or any(_casts_doubt(reason, rule) for reason in everything):
        return Outcome.UNKNOWN
    return Outcome.PASSED


def _casts_doubt(reason: Reason, rule: Rule[A]) -> bool:
    """Whether a reason says that a rule could not be told."""
    if reason.code is ReasonCode.SOURCES_CONFLICT:
        fields = reason.params.get("fields")
        return isinstance(fields, tuple) and not set(fields).isdisjoint(rule.fields)
    named = reason.params.get("field")
    if reason.code is ReasonCode.VALUE_UNKNOWN:
        return named in rule.fields or (
            named == "template" and _OF_TEMPLATE.issuperset(rule.fields)
        )
    return reason.code in rule.unsure and (named is None or named in rule.fields)


def _told(rule: Rule[A], own: Reasons, fields: Fields) -> tuple[Told, ...]:
    """The rule's fields; of row 23, which may be about any field, those that it names."""
    named = (str(reason.params.get("field")) for reason in own)
    names = rule.fields or tuple(name for name in named if name in fields)
    return tuple(Told(name, _text(fields[name])) for name in names)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case Unreadable() | PlatformTime():
            return value.text
        case Money():
            return value.text()
        case tuple():
            return ", ".join(str(item) for item in value)
        case _:
            return str(value)


def _coupon_fields(coupon: Coupon, context: Context) -> Fields:
    template = coupon.template or _NO_TEMPLATE
    return {
        "account": context.account.value,
        "status": coupon.status,
        "lock": coupon.lock,
        "valid_from": coupon.valid_from,
        "valid_until": coupon.valid_until,
        "min_spend": _told_min_spend(coupon),
        "disagreements": coupon.disagreements,
        "used_of_template": coupon.used_of_template,
        "discount": context.order.discount,
        **{name: read(template) for name, read in _TEMPLATE_FIELDS.items()},
    }


_TEMPLATE_FIELDS: Final[Mapping[str, Callable[[CouponTemplate], object]]] = {
    "template_status": lambda template: template.status,
    "platform": lambda template: template.platform,
    "expiry_kind": lambda template: template.expiry_kind,
    "has_time_range": lambda template: template.has_time_range,
    "store_range": lambda template: template.store_range,
    "store_ids": lambda template: template.store_ids,
    "scene_type": lambda template: template.scene_type,
    "category": lambda template: template.category,
    "min_items": lambda template: template.min_items,
    "buy_count": lambda template: template.buy_count,
    "exclusive": lambda template: template.exclusive,
    "daily_limit": lambda template: template.daily_limit,
    "goods_range": lambda template: template.goods_range,
}
_OF_TEMPLATE = frozenset({*_TEMPLATE_FIELDS, "used_of_template", "discount"})
"""With what a rule needs beside it, which is always told."""


def _told_min_spend(coupon: Coupon) -> object:
    """As member-info wrote it, in a unit that it does not name; else identity's, in 元."""
    if coupon.template is not None and coupon.template.min_spend is not None:
        return coupon.template.min_spend
    return coupon.identity.min_spend if coupon.identity is not None else None


def _gift_card_fields(card: GiftCard, context: Context) -> Fields:
    return {
        "account": context.account.value,
        "status": card.status,
        "bound": card.bound,
        "non_code": card.non_code,
        "disagreements": card.disagreements,
        "valid_from": card.valid_from,
        "valid_until": card.valid_until,
        "validity_kind": card.validity_kind,
        "weekdays": card.weekdays,
        "time_windows": card.time_windows,
        "kind": card.kind,
        "times_scope": card.times_scope,
        "balance": card.balance,
        "uses_left": card.uses_left,
    }


def _benefit_card_fields(card: BenefitCard, context: Context) -> Fields:
    return {
        "account": context.account.value,
        "valid_from": card.valid_from,
        "valid_until": card.valid_until,
    }
