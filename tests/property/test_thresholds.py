"""Laws of a threshold: more money, a discount, and a unit that is a guess."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon, MinSpend, UnitBasis
from posmember.domain.money import ZERO, Money
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import ReasonCode, Verdict
from tests.fakes.situations import amounts, contexts, coupons
from tests.fakes.unhurried import UNHURRIED

more = settings(UNHURRIED, max_examples=400)
RANK = {Verdict.USABLE: 0, Verdict.CHECK: 1, Verdict.NOT_USABLE: 2}
Code = ReasonCode


def codes(asset: Coupon, where: Context) -> set[ReasonCode]:
    return {reason.code for reason in evaluate(asset, where).reasons}


def ordering(where: Context, **changes: Any) -> Context:
    return replace(where, order=replace(where.order, **changes))


OF_THE_AMOUNT = {Code.MIN_SPEND_NOT_MET, Code.SPEND_UNIT_UNKNOWN, Code.SPEND_BASIS_UNKNOWN}


def how_short(told: set[ReasonCode]) -> int:
    """Of a threshold: 2 not met, 1 in doubt, 0 met."""
    return 2 if Code.MIN_SPEND_NOT_MET in told else 1 if told & OF_THE_AMOUNT else 0


@given(coupons, contexts, amounts, amounts)
@more
def test_more_money_never_stands_in_the_way(
    asset: Coupon, where: Context, one: Money, other: Money
) -> None:
    """A larger amount adds no reason but a doubt in place of a block, and never a doubt to none."""
    less, more = sorted((one, other))
    before, after = (codes(asset, ordering(where, amount=each)) for each in (less, more))
    assert after - OF_THE_AMOUNT == before - OF_THE_AMOUNT
    assert how_short(after) <= how_short(before)


@given(coupons, contexts, amounts)
@more
def test_a_discount_only_ever_raises_a_doubt(asset: Coupon, where: Context, off: Money) -> None:
    """Whether the threshold is for the whole amount, and whether both may be had, nobody knows."""
    without = evaluate(asset, ordering(where, discount=ZERO))
    discounted = evaluate(asset, ordering(where, discount=off))
    doubts = {Code.SPEND_UNIT_UNKNOWN, Code.SPEND_BASIS_UNKNOWN, Code.EXCLUSIVE_WITH_DISCOUNT}
    told = [{reason.code for reason in each.reasons} for each in (without, discounted)]
    assert told[1] - told[0] <= doubts
    assert told[0] <= told[1]
    assert RANK[discounted.verdict] >= RANK[without.verdict]
    assert (discounted.verdict is Verdict.NOT_USABLE) is (without.verdict is Verdict.NOT_USABLE)


@given(coupons, contexts)
@more
def test_a_guessed_unit_is_never_green_where_the_other_unit_is_not(
    asset: Coupon, where: Context
) -> None:
    """Nor does it block where only the guess does."""
    guess = asset.min_spend
    if not isinstance(guess, MinSpend) or guess.other is None:
        return
    in_units = [
        evaluate(replace(asset, min_spend=MinSpend(amount, UnitBasis.SETTING)), where).verdict
        for amount in (guess.amount, guess.other)
    ]
    guessed = evaluate(asset, where)
    if guessed.verdict is Verdict.USABLE:
        assert set(in_units) == {Verdict.USABLE}
    if guessed.verdict is Verdict.NOT_USABLE:
        assert set(in_units) == {Verdict.NOT_USABLE}
    differ = where.order.amount is not None and in_units[0] is not in_units[1]
    assert differ <= (Code.SPEND_UNIT_UNKNOWN in {reason.code for reason in guessed.reasons})
