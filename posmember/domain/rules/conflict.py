"""Row 24 of the table in RULES: what only one of several entries says against an asset.

Rows 2 and 3 hold by any entry: the joining sees to that. What every entry says blocks, too. What
only some say is a conflict, which somebody has to look at; and what any of them leaves to be
checked is to be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.profile import Asset
from posmember.domain.rules.reasoning import NONE, A, Reasons, Rule, one
from posmember.domain.rules.reasons import Reason, ReasonCode
from posmember.domain.rules.table import BENEFIT_CARD_RULES, COUPON_RULES, GIFT_CARD_RULES

AnyAsset = TypeVar("AnyAsset", bound=Asset)
Asked = list[tuple[Rule[A], Reasons]]


def versions_of(asset: AnyAsset) -> tuple[AnyAsset, ...]:
    """An asset as its first entry tells it, and as all others do."""
    others: tuple[AnyAsset, ...] = getattr(asset, "versions", ())  # none of a benefit card
    return (asset, *others)


def reasons_of(asset: Asset, context: Context) -> Reasons:
    """Every reason against an asset, in the order of the table."""
    if isinstance(asset, Coupon):
        asked = _asked_once if not asset.versions else _asked_of_all
        return asked(COUPON_RULES, asset, context)
    if isinstance(asset, GiftCard):
        asked = _asked_once if not asset.versions else _asked_of_all
        return asked(GIFT_CARD_RULES, asset, context)
    return _asked_once(BENEFIT_CARD_RULES, asset, context)


def _asked_once(rules: Sequence[Rule[A]], asset: A, context: Context) -> Reasons:
    reasons = NONE
    for rule in rules:
        reasons += rule.check(asset, context)
    return reasons


def _asked_of_all(rules: Sequence[Rule[A]], asset: A, context: Context) -> Reasons:
    reasons = NONE
    for _, those in ask(rules, asset, context):
        reasons += those
    return reasons


def ask(rules: Sequence[Rule[A]], asset: A, context: Context) -> Asked[A]:
    """Every rule with its reasons, of an asset that may have several entries."""
    by_version = [[rule.check(each, context) for rule in rules] for each in versions_of(asset)]
    by_rule = [
        (rule, tuple(answered[row] for answered in by_version)) for row, rule in enumerate(rules)
    ]
    told = _together
    usable = not _blocked(told(answers) for _, answers in by_rule)
    if usable and all(map(_blocked, by_version)) and _by_own_words(rules, asset, context):
        told = _first_where_disputed  # each has something else against it: then it is not
    fields = dict.fromkeys(
        name for rule, answers in by_rule if not _agree(answers) for name in _differing(rule, asset)
    )
    return [
        (rule, _conflict(told(answers), fields) if _is_row_24(rule) else told(answers))
        for rule, answers in by_rule
    ]


def _by_own_words(rules: Sequence[Rule[A]], asset: A, context: Context) -> bool:
    """Whether each entry blocks by a word of its own, not by one that its version took over."""
    entries: tuple[A, ...] = getattr(asset, "entries", ())
    return all(_blocked(rule.check(each, context) for rule in rules) for each in entries)


def _agree(answers: tuple[Reasons, ...]) -> bool:
    return len({_blocks(reasons) for reasons in answers}) == 1


def _together(answers: tuple[Reasons, ...]) -> Reasons:
    """The first entry's reasons where all block; else what is to check by any, each once."""
    if all(map(_blocks, answers)):
        return answers[0]
    told: dict[tuple[ReasonCode, object], Reason] = {}
    for reason in chain.from_iterable(answers):
        if not reason.blocks:
            told.setdefault((reason.code, reason.params.get("field")), reason)
    return tuple(told.values())


def _first_where_disputed(answers: tuple[Reasons, ...]) -> Reasons:
    return _together(answers) if _agree(answers) else answers[0]


def _blocks(reasons: Reasons) -> bool:
    return any(reason.blocks for reason in reasons)


def _blocked(answers: Iterable[Reasons]) -> bool:
    return any(map(_blocks, answers))


def _differing(rule: Rule[A], asset: Coupon | GiftCard | BenefitCard) -> tuple[str, ...]:
    """Which fields of a rule its entries differ in; all of it where that is not told."""
    named = () if isinstance(asset, BenefitCard) else asset.disagreements
    return tuple(name for name in rule.fields if name in named) or rule.fields


def _is_row_24(rule: Rule[A]) -> bool:
    return ReasonCode.SOURCES_CONFLICT in rule.codes


def _conflict(own: Reasons, fields: Iterable[str]) -> Reasons:
    """The row's own reason and what is disputed, in one."""
    named = dict.fromkeys(fields)
    for reason in own:
        told = reason.params.get("fields")
        named |= dict.fromkeys(told if isinstance(told, tuple) else ())  # type: ignore[arg-type]
    return one(ReasonCode.SOURCES_CONFLICT, fields=tuple(named)) if named else NONE
