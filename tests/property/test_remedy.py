"""Laws of what would help, and of explanations: they say no more than the rules do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from posmember.domain.context import Context
from posmember.domain.money import Money
from posmember.domain.profile import Asset, Profile
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.explanation import Outcome, explain
from posmember.domain.rules.reasons import FixableBy, ReasonCode, Verdict
from posmember.domain.rules.remedy import Remedy, changed_order, what_helps
from tests.fakes.situations import contexts, profiles
from tests.fakes.unhurried import UNHURRIED

slow = settings(UNHURRIED, max_examples=40)
RANK = {Verdict.USABLE: 0, Verdict.CHECK: 1, Verdict.NOT_USABLE: 2}
A_FEN = Money(1)
NOT_ON_THE_ORDER = {ReasonCode.LOCKED, ReasonCode.NOT_BOUND, ReasonCode.GIFTING}
"""Somebody may mend it, but by no change to the order."""


def assets(profile: Profile) -> list[Asset]:
    benefit_cards = profile.person.benefit_cards if profile.person is not None else ()
    return [*profile.coupons, *profile.gift_cards, *benefit_cards]


def changed(where: Context, remedy: Remedy) -> Context:
    order = changed_order(where.order, remedy)
    return replace(where, order=order, now=remedy.at or where.now)


@given(profiles(), contexts)
@slow
def test_a_remedy_is_a_promise_that_is_kept(profile: Profile, where: Context) -> None:
    for asset in assets(profile):
        before = evaluate(asset, where)
        remedy = what_helps(asset, where, before)
        if remedy is None:
            continue
        after = evaluate(asset, changed(where, remedy))
        assert (after.verdict, after.reasons) == (remedy.verdict, remedy.remaining)
        assert RANK[after.verdict] < RANK[before.verdict]


@given(profiles(), contexts)
@slow
def test_less_than_a_remedy_is_not_enough(profile: Profile, where: Context) -> None:
    """One 分 less, one item less, or no other order type: not that verdict."""
    for asset in assets(profile):
        remedy = what_helps(asset, where, evaluate(asset, where))
        if remedy is None:
            continue
        enough = changed(where, remedy)
        for order in (
            replace(enough.order, amount=remedy.amount - A_FEN) if remedy.amount else None,
            replace(enough.order, item_count=remedy.items - 1) if remedy.items else None,
            replace(enough.order, order_type=where.order.order_type) if remedy.order_type else None,
        ):
            if order is not None:
                less = evaluate(asset, replace(enough, order=order))
                assert RANK[less.verdict] > RANK[remedy.verdict]


@given(profiles(), contexts)
@slow
def test_every_part_of_a_remedy_is_needed(profile: Profile, where: Context) -> None:
    """With any part of it left out, no such verdict comes of it."""
    for asset in assets(profile):
        remedy = what_helps(asset, where, evaluate(asset, where))
        if remedy is None:
            continue
        for less in (
            replace(remedy, amount=None),
            replace(remedy, items=None),
            replace(remedy, order_type=None),
            replace(remedy, at=None),
        ):
            if less != remedy:
                then = evaluate(asset, changed(where, less))
                assert RANK[then.verdict] > RANK[remedy.verdict]


@given(profiles(), contexts)
@slow
def test_nothing_helps_only_where_nothing_could(profile: Profile, where: Context) -> None:
    """What more on the order, or another order type, can mend is never passed over."""
    for asset in assets(profile):
        eligibility = evaluate(asset, where)
        fixable = {FixableBy.CUSTOMER, FixableBy.CASHIER}
        blocking = [reason for reason in eligibility.reasons if reason.blocks]
        mendable = blocking and {reason.fixable_by for reason in blocking} <= fixable
        mendable = mendable and NOT_ON_THE_ORDER.isdisjoint(reason.code for reason in blocking)
        impossible = any(reason.params.get("allowed") == () for reason in blocking)
        if mendable and not impossible:
            assert what_helps(asset, where, eligibility) is not None


@given(profiles(), contexts)
@slow
def test_an_explanation_has_the_same_reasons(profile: Profile, where: Context) -> None:
    for asset in assets(profile):
        findings = explain(asset, where)
        reasons = tuple(reason for finding in findings for reason in finding.reasons)
        assert reasons == evaluate(asset, where).reasons
        for finding in findings:
            assert {reason.code for reason in finding.reasons} <= {*finding.codes}
            failed = any(reason.blocks for reason in finding.reasons)
            assert (finding.outcome is Outcome.FAILED) is failed
            assert not (finding.reasons and finding.outcome is Outcome.PASSED)
