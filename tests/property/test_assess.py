"""Laws of a whole member's page, whatever the platform told and wherever it is looked at."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.context import Context, Order, Store
from posmember.domain.coupon import CouponRecord, IdentityCoupon
from posmember.domain.giftcard import ListedGiftCard, MemberGiftCard
from posmember.domain.joining.join import join
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Profile
from posmember.domain.rules.assess import assess
from posmember.domain.rules.assessment import Change
from posmember.domain.rules.calendar import business_day_end
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import Verdict
from posmember.domain.sources import Source
from tests.fakes.assets import NOW, at
from tests.fakes.situations import (
    Sources,
    amounts,
    assets_of,
    contexts,
    orders,
    profiles,
    sources,
    stores,
    units,
)
from tests.fakes.unhurried import UNHURRIED

T = TypeVar("T")

slow = settings(UNHURRIED, max_examples=30)
RANK = {Verdict.USABLE: 0, Verdict.CHECK: 1, Verdict.NOT_USABLE: 2}


@given(profiles(), contexts)
@slow
def test_any_decodable_answer_is_judged(profile: Profile, where: Context) -> None:
    """Nothing raises, and nothing of a member is left out."""
    assessment = assess(profile, where.store, where.order, where.now)
    shown = (assessment.coupons, assessment.gift_cards, assessment.benefit_cards)
    assert sum(map(len, shown)) == len(assets_of(profile))
    for asset in assets_of(profile):
        for reason in evaluate(asset, where).reasons:
            assert json.loads(json.dumps(reason.raw)) == reason.raw, "half characters, too"


@given(profiles(), contexts)
@slow
def test_the_better_verdict_is_shown_first(profile: Profile, where: Context) -> None:
    """Usable, to check, not usable, in every list."""
    assessment = assess(profile, where.store, where.order, where.now)
    for shown in (assessment.coupons, assessment.gift_cards, assessment.benefit_cards):
        ranks = [RANK[each.eligibility.verdict] for each in shown]
        assert ranks == sorted(ranks)


@given(profiles(), contexts, amounts)
@slow
def test_nothing_saves_more_than_there_is_to_pay(
    profile: Profile, where: Context, amount: Money
) -> None:
    """Neither a coupon nor points take off more than amount less discount, nor add to it."""
    order = replace(where.order, amount=amount)
    left = max(amount - order.discount, ZERO)
    assessment = assess(profile, where.store, order, where.now)
    for each in assessment.coupons:
        assert each.saving is None or ZERO <= each.saving <= left
    points = assessment.points_deduction
    assert points is None or (ZERO <= points.amount <= left and points.points >= 0)


@given(profiles(), contexts)
@slow
def test_a_usable_coupon_is_suggested_before_any_change(profile: Profile, where: Context) -> None:
    """Where one is of use as it is, no change is suggested; else never "nothing to change"."""
    assessment = assess(profile, where.store, where.order, where.now)
    usable = any(
        each.eligibility.verdict is Verdict.USABLE and each.saving != ZERO
        for each in assessment.coupons
    )
    suggestion = assessment.suggestion
    assert not usable or suggestion is not None
    if suggestion is not None:
        assert (suggestion.change is Change.NOTHING) is usable


@given(profiles(), contexts)
@slow
def test_a_suggestion_never_costs_more_than_it_saves(profile: Profile, where: Context) -> None:
    """A gap of at most three times the saving, and of the order; no discount lost; today."""
    suggestion = assess(profile, where.store, where.order, where.now).suggestion
    if suggestion is None:
        return
    assert suggestion.saving != ZERO
    template = suggestion.coupon.template
    assert template is None or template.exclusive != 1 or where.order.discount <= ZERO
    remedy = suggestion.remedy
    if remedy is not None and remedy.gap is not None:
        assert suggestion.saving is not None
        assert where.order.amount is not None
        assert remedy.gap.fen <= min(3 * suggestion.saving.fen, where.order.amount.fen)
    if remedy is not None and remedy.at is not None:
        assert where.now < remedy.at < business_day_end(where.now)


@given(sources(), units, stores, orders, st.randoms(use_true_random=False))
@slow
def test_the_order_of_the_lists_never_matters(
    told: Sources, unit: MinSpendUnit, store: Store, order: Order, random: Random
) -> None:
    """The same rows in another order give the same page."""
    info, who, listed = told

    def mixed(rows: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(random.sample(rows, len(rows)))

    first = join(info, who, listed, unit=unit)
    second = join(
        replace(info, coupons=mixed(info.coupons), gift_cards=mixed(info.gift_cards)),
        replace(who, coupons=mixed(who.coupons)),
        mixed(listed),
        unit=unit,
    )
    shown = [assess(profile, store, order, NOW) for profile in (first, second)]
    assert shown[0] == shown[1]


BLOCKING_RECORD: dict[str, Any] = {
    "used": {"status": 1},
    "over": {"valid_until": at("2020-01-01")},
    "not started": {"valid_from": at("2040-01-01")},
}
BLOCKING_TWIN: dict[str, Any] = {**BLOCKING_RECORD, "locked": {"lock": 2}}


@given(sources(), units, contexts, st.data())
@slow
def test_one_more_entry_that_blocks_never_helps(
    told: Sources, unit: MinSpendUnit, where: Context, data: st.DataObject
) -> None:
    """Whichever source has it once more."""
    info, who, listed = told
    coupons = [c for c in join(info, who, listed, unit=unit).coupons if c.redemption_code]
    if not coupons:
        return
    before = data.draw(st.sampled_from(coupons))
    code = before.redemption_code
    records = [row for row in info.coupons if row.redemption_code == code]
    twins = [row for row in who.coupons if row.redemption_code == code]
    once_more = data.draw(st.sampled_from([Source.MEMBER_INFO, Source.IDENTITY]))
    if once_more is Source.MEMBER_INFO:
        changes = data.draw(st.sampled_from([*BLOCKING_RECORD.values()]))
        record = data.draw(st.sampled_from([*records, CouponRecord(redemption_code=code)]))
        record = replace(record, **changes)
        info = replace(info, coupons=(*info.coupons, record))
    else:
        changes = data.draw(st.sampled_from([*BLOCKING_TWIN.values()]))
        twin = data.draw(st.sampled_from([*twins, IdentityCoupon(redemption_code=code)]))
        who = replace(who, coupons=(*who.coupons, replace(twin, **changes)))
    after = {c.redemption_code: c for c in join(info, who, listed, unit=unit).coupons}[code]
    assert RANK[evaluate(after, where).verdict] >= RANK[evaluate(before, where).verdict]


BLOCKING_CARD: dict[str, Any] = {
    "over": {"valid_until": at("2020-01-01")},
    "not started": {"valid_from": at("2040-01-01")},
}
"""Not by its status: of two that block, each against the other's, somebody has to say which."""


@given(sources(), units, contexts, st.data())
@slow
def test_one_more_row_that_blocks_a_gift_card_never_helps(
    told: Sources, unit: MinSpendUnit, where: Context, data: st.DataObject
) -> None:
    """Whichever source has it once more."""
    info, who, listed = told
    cards = [card for card in join(info, who, listed, unit=unit).gift_cards if card.card_number]
    if not cards:
        return
    before = data.draw(st.sampled_from(cards))
    number = before.card_number
    changes = data.draw(st.sampled_from([*BLOCKING_CARD.values()]))
    if data.draw(st.booleans()):
        records = [card for card in info.gift_cards if card.card_number == number]
        silent = MemberGiftCard(card_number=number, weekdays=before.weekdays)
        record = data.draw(
            st.sampled_from([*records, replace(silent, time_windows=before.time_windows)])
        )
        info = replace(info, gift_cards=(*info.gift_cards, replace(record, **changes)))
    else:
        rows = [row for row in listed if row.card_number == number]
        row = data.draw(st.sampled_from([*rows, ListedGiftCard(card_number=number)]))
        listed = (*listed, replace(row, **changes))
    after = {c.card_number: c for c in join(info, who, listed, unit=unit).gift_cards}[number]
    assert RANK[evaluate(after, where).verdict] >= RANK[evaluate(before, where).verdict]
