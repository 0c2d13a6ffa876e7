"""Laws of `evaluate`: of its answer, of one fact more, of the order and the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.context import AccountStatus, Context, Order, OrderType, Store
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Asset
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import FixableBy, Reason, ReasonCode, Verdict
from tests.fakes.assets import at
from tests.fakes.situations import (
    amounts,
    any_asset,
    benefit_cards,
    contexts,
    coupons,
    gift_cards_of_any_kind,
    orders,
    store_lists,
    stores,
)
from tests.fakes.unhurried import UNHURRIED

T = TypeVar("T")

slow = settings(UNHURRIED, max_examples=30)
many = settings(UNHURRIED, max_examples=150)
more = settings(UNHURRIED, max_examples=400)
RANK = {Verdict.USABLE: 0, Verdict.CHECK: 1, Verdict.NOT_USABLE: 2}
TABLE = {code: row for row, code in enumerate(ReasonCode)}
Code = ReasonCode
OF_THE_AMOUNT = {Code.MIN_SPEND_NOT_MET, Code.SPEND_UNIT_UNKNOWN, Code.SPEND_BASIS_UNKNOWN}


def reasons(asset: Asset, where: Context) -> tuple[Reason, ...]:
    return evaluate(asset, where).reasons


def codes(asset: Asset, where: Context) -> set[ReasonCode]:
    return {reason.code for reason in reasons(asset, where)}


def ordering(where: Context, **changes: Any) -> Context:
    return replace(where, order=replace(where.order, **changes))


# --- the answer itself ---------------------------------------------------------------------------


@given(st.lists(any_asset, min_size=2, max_size=5), contexts)
@many
def test_what_else_a_member_has_never_matters(mine: list[Asset], where: Context) -> None:
    """Judging other assets before leaves no trace in the answer."""
    forwards = [evaluate(asset, where) for asset in mine]
    backwards = [evaluate(asset, where) for asset in reversed(mine)]
    assert forwards == backwards[::-1]


@given(any_asset, contexts)
@many
def test_the_verdict_follows_from_the_reasons(asset: Asset, where: Context) -> None:
    """One that blocks: not usable; else one to check, or an account not known: check."""
    eligibility = evaluate(asset, where)
    kinds = {reason.blocks for reason in eligibility.reasons}
    doubt = bool(kinds) or not where.account.known
    expected = Verdict.NOT_USABLE if True in kinds else Verdict.CHECK if doubt else Verdict.USABLE
    assert eligibility.verdict is expected


@given(any_asset, contexts)
@many
def test_reasons_keep_the_order_of_the_table(asset: Asset, where: Context) -> None:
    """A reason never comes before one of an earlier row."""
    rows = [TABLE[reason.code] for reason in reasons(asset, where)]
    assert rows == sorted(rows)


@given(any_asset, contexts)
@many
def test_no_reason_is_told_twice(asset: Asset, where: Context) -> None:
    """One code once; VALUE_UNKNOWN once a field."""
    told = [(reason.code, reason.params.get("field")) for reason in reasons(asset, where)]
    assert len(told) == len(set(told))


@given(coupons, contexts)
@many
def test_a_gap_is_what_is_missing(asset: Coupon, where: Context) -> None:
    """Need less have, and more than nothing."""
    for reason in reasons(asset, where):
        match reason.params:
            case {
                "need": Money() as need,
                "have": Money() as have,
                "after_discount": Money() as off,
            }:
                assert off == have - where.order.discount < need <= have
            case {"need": Money() as need, "have": Money() as have, "gap": gap}:
                assert gap == need - have
                assert need > have
            case {"need": int() as need, "have": int() as have, "gap": gap}:
                assert gap == need - have > 0


@given(coupons, contexts)
@many
def test_meeting_a_gap_mends_it(asset: Coupon, where: Context) -> None:
    """With what a reason says is needed that reason goes, and one 分 or item less keeps it.

    Of a guessed unit, less is not enough for certain.
    """
    for reason in reasons(asset, where):
        need = reason.params.get("need")
        if isinstance(need, Money):
            basis = reason.code is Code.SPEND_BASIS_UNKNOWN
            amount = need + where.order.discount if basis else need
            enough, less = ordering(where, amount=amount), ordering(where, amount=amount - Money(1))
            kept = {reason.code if basis else Code.MIN_SPEND_NOT_MET, Code.SPEND_UNIT_UNKNOWN}
            gone = {reason.code, Code.MIN_SPEND_NOT_MET}
        elif isinstance(need, int):
            enough, less = ordering(where, item_count=need), ordering(where, item_count=need - 1)
            kept = {Code.MIN_ITEMS_NOT_MET}
            gone = {reason.code, Code.MIN_ITEMS_NOT_MET}
        else:
            continue
        assert not codes(asset, enough) & gone
        assert codes(asset, less) & kept


@given(any_asset, contexts)
@many
def test_what_is_to_check_is_for_the_cashier(asset: Asset, where: Context) -> None:
    """A thing the data cannot tell is never left to nobody; another system is the customer's."""
    for reason in reasons(asset, where):
        other = reason.code is Code.OTHER_SYSTEM
        by = FixableBy.CUSTOMER if other else FixableBy.CASHIER
        assert reason.blocks or reason.fixable_by is by


# --- one fact more -------------------------------------------------------------------------------

YESTERDAY, TOMORROW = at("2020-01-01"), at("2040-01-01")


def of_template(**changes: Any) -> Callable[[Coupon], Coupon]:
    def changed(asset: Coupon) -> Coupon:
        assert asset.template is not None
        return replace(asset, template=replace(asset.template, **changes))

    return changed


COUPON_FACTS: dict[ReasonCode, Callable[[Coupon], Coupon]] = {
    Code.USED: lambda asset: replace(asset, status=1),
    Code.LOCKED: lambda asset: replace(asset, lock=2),
    Code.DISABLED: of_template(status=0),
    Code.NOT_STARTED: lambda asset: replace(asset, valid_from=TOMORROW),
    Code.EXPIRED: lambda asset: replace(asset, valid_until=YESTERDAY),
    Code.STORE_NOT_ALLOWED: of_template(store_range=1, store_ids=("1", "2")),
    Code.NOT_FOR_ORDERS: of_template(category=8),
}
CARD_FACTS: dict[ReasonCode, Callable[[GiftCard], GiftCard]] = {
    Code.NOT_BOUND: lambda asset: replace(asset, status=1),
    Code.GIFTING: lambda asset: replace(asset, status=2),
    Code.GIFTED_AWAY: lambda asset: replace(asset, status=3),
    Code.RECYCLED: lambda asset: replace(asset, status=6),
    Code.USED_UP: lambda asset: replace(asset, status=7),
    Code.NOT_STARTED: lambda asset: replace(asset, valid_from=TOMORROW),
    Code.EXPIRED: lambda asset: replace(asset, status=5),
    Code.ZERO_BALANCE: lambda asset: replace(asset, balance=ZERO),
}
SAME_FIELDS: dict[ReasonCode, set[ReasonCode]] = {
    Code.USED: {Code.STATUS_UNKNOWN},
    Code.LOCKED: {Code.VALUE_UNKNOWN},
    Code.DISABLED: {Code.VALUE_UNKNOWN},
    Code.NOT_STARTED: {Code.VALIDITY_UNKNOWN},
    Code.EXPIRED: {Code.VALIDITY_UNKNOWN, Code.STATUS_UNKNOWN},
    Code.STORE_NOT_ALLOWED: {Code.STORE_UNKNOWN, Code.VALUE_UNKNOWN},
    Code.NOT_FOR_ORDERS: {
        *(Code.ORDER_TYPE_NOT_ALLOWED, Code.VALUE_UNKNOWN, Code.OTHER_SYSTEM),
        *(Code.MIN_ITEMS_NOT_MET, Code.ITEMS_UNKNOWN),  # of 买M送N
    },
    Code.ZERO_BALANCE: {Code.VALUE_UNKNOWN},
}
"""What a fact takes away, as it stands in the same field; a card's state takes another one."""
STATES = {Code.NOT_BOUND, Code.GIFTING, Code.GIFTED_AWAY, Code.RECYCLED, Code.USED_UP}


def check_fact(before: Asset, after: Asset, where: Context, code: ReasonCode) -> None:
    """It blocks, and takes the place of nothing but what stood in the same field."""
    assert code in codes(after, where)
    assert evaluate(after, where).verdict is Verdict.NOT_USABLE
    replaced = SAME_FIELDS.get(code, set())
    if isinstance(after, GiftCard) and before.status != after.status:  # type: ignore[union-attr]
        replaced = {*replaced, *STATES, Code.STATUS_UNKNOWN, Code.EXPIRED, Code.SOURCES_CONFLICT}
    assert codes(before, where) - codes(after, where) <= replaced


@pytest.mark.parametrize("code", COUPON_FACTS)
@given(asset=coupons, where=contexts)
@many
def test_a_fact_that_blocks_a_coupon(code: ReasonCode, asset: Coupon, where: Context) -> None:
    """Adding it never makes a coupon usable, nor hides another reason."""
    if code is Code.STORE_NOT_ALLOWED:
        where = replace(where, store=Store("1001", "88001"))
    check_fact(asset, COUPON_FACTS[code](asset), where, code)


@pytest.mark.parametrize("code", CARD_FACTS)
@given(asset=gift_cards_of_any_kind, where=contexts)
@many
def test_a_fact_that_blocks_a_card(code: ReasonCode, asset: GiftCard, where: Context) -> None:
    """Adding it never makes a gift card usable, nor hides another reason."""
    check_fact(asset, CARD_FACTS[code](asset), where, code)


@given(any_asset, contexts)
@many
def test_a_frozen_account_blocks_everything(asset: Asset, where: Context) -> None:
    """And is told besides every other reason of the same asset."""
    active = reasons(asset, replace(where, account=AccountStatus.ACTIVE))
    frozen = reasons(asset, replace(where, account=AccountStatus.FROZEN))
    assert frozen[0].code is Code.ACCOUNT_FROZEN
    assert frozen[1:] == active


@given(any_asset, contexts, st.sampled_from([s for s in AccountStatus if not s.known]))
@many
def test_an_account_that_is_not_told_never_gives_a_yes(
    asset: Asset, where: Context, account: AccountStatus
) -> None:
    """And adds nothing to the asset: the doubt is said once, of the member."""
    active = evaluate(asset, replace(where, account=AccountStatus.ACTIVE))
    unknown = evaluate(asset, replace(where, account=account))
    assert unknown.reasons == active.reasons
    blocked = active.verdict is Verdict.NOT_USABLE
    assert unknown.verdict is (Verdict.NOT_USABLE if blocked else Verdict.CHECK)


@given(st.one_of(coupons, gift_cards_of_any_kind), contexts)
@many
def test_a_status_that_is_not_told_never_gives_a_yes(
    asset: Coupon | GiftCard, where: Context
) -> None:
    """Where it is missing there is something to check, and no new reason that blocks."""
    unknown = replace(asset, status=None)
    assert Code.STATUS_UNKNOWN in codes(unknown, where)
    added = codes(unknown, where) - codes(asset, where)
    assert added <= {Code.STATUS_UNKNOWN, Code.SOURCES_CONFLICT}


# --- the order and the store ---------------------------------------------------------------------


@given(coupons, contexts, st.integers(0, 99), st.integers(0, 99))
@more
def test_more_items_never_stand_in_the_way(
    asset: Coupon, where: Context, one: int, other: int
) -> None:
    """A larger count adds no reason."""
    fewer, more = sorted((one, other))
    after = codes(asset, ordering(where, item_count=more))
    assert after <= codes(asset, ordering(where, item_count=fewer))


@given(coupons, contexts, amounts, st.integers(0, 99))
@more
def test_what_is_entered_only_answers_what_was_asked(
    asset: Coupon, where: Context, amount: Money, items: int
) -> None:
    """An amount and a count take SPEND_UNKNOWN and ITEMS_UNKNOWN away, and nothing else."""
    asked = codes(asset, ordering(where, amount=None, item_count=None))
    told = codes(asset, ordering(where, amount=amount, item_count=items))
    assert not told & {Code.SPEND_UNKNOWN, Code.ITEMS_UNKNOWN}
    assert asked - told <= {Code.SPEND_UNKNOWN, Code.ITEMS_UNKNOWN}
    assert bool(told & OF_THE_AMOUNT) <= (Code.SPEND_UNKNOWN in asked)
    assert (Code.MIN_ITEMS_NOT_MET in told) <= (Code.ITEMS_UNKNOWN in asked)


@given(coupons, contexts, st.sampled_from(OrderType))
@more
def test_the_order_type_matters_to_one_row_alone(
    asset: Coupon, where: Context, order_type: OrderType
) -> None:
    """Only ORDER_TYPE_NOT_ALLOWED comes and goes with it, and it says with which."""
    here, there = codes(asset, where), codes(asset, ordering(where, order_type=order_type))
    assert here ^ there <= {Code.ORDER_TYPE_NOT_ALLOWED}
    for reason in reasons(asset, where):
        if reason.code is Code.ORDER_TYPE_NOT_ALLOWED:
            allowed = reason.params["allowed"]
            assert isinstance(allowed, tuple)
            assert (order_type.value in allowed) is (Code.ORDER_TYPE_NOT_ALLOWED not in there)


@given(st.one_of(gift_cards_of_any_kind, benefit_cards), contexts, orders, stores)
@many
def test_neither_order_nor_store_matters_to_a_card(
    asset: GiftCard | BenefitCard, where: Context, order: Order, store: Store
) -> None:
    """For all we are told, a card is good in any store and on any order."""
    assert evaluate(asset, replace(where, order=order, store=store)) == evaluate(asset, where)


StoreList = tuple[int, Any]


@given(coupons, store_lists, contexts, stores)
@many
def test_the_store_matters_to_two_rows_alone(
    asset: Coupon, store_list: StoreList, where: Context, store: Store
) -> None:
    """Only STORE_NOT_ALLOWED and STORE_UNKNOWN come and go with it."""
    asset = of_template(store_range=store_list[0], store_ids=store_list[1])(asset)
    here, there = codes(asset, where), codes(asset, replace(where, store=store))
    assert here ^ there <= {Code.STORE_NOT_ALLOWED, Code.STORE_UNKNOWN}


@given(coupons, store_lists, contexts, st.sampled_from(["code", "id"]))
@many
def test_knowing_more_of_the_store_never_changes_a_sure_answer(
    asset: Coupon, store_list: StoreList, where: Context, forgotten: str
) -> None:
    """What was sure with one of its two ids is the same with both."""
    asset = of_template(store_range=store_list[0], store_ids=store_list[1])(asset)
    both = replace(where, store=Store("1001", "88001"))
    one = replace(both, store=Store("1001") if forgotten == "id" else Store(id="88001"))
    rows = {Code.STORE_NOT_ALLOWED, Code.STORE_UNKNOWN}
    with_one = codes(asset, one) & rows
    assert with_one in (codes(asset, both) & rows, {Code.STORE_UNKNOWN})


@given(coupons, contexts, st.integers(0, 9), st.booleans(), st.text(max_size=3))
@many
def test_notices_and_names_never_weigh(
    asset: Coupon, where: Context, number: int, told: bool, text: str
) -> None:
    """A daily limit, an exclusive coupon, texts and disagreeing sources change no reason.

    But for a limit that is used up, and a discount beside what is exclusive.
    """
    assert asset.template is not None
    asset = replace(asset, used_of_template=0, template=replace(asset.template, exclusive=0))
    asset = of_template(daily_limit=0)(asset)
    noted = of_template(daily_limit=number, exclusive=number % 2, explain_text=text)(asset)
    changed = replace(noted, title=text, disagreements=("value",) if told else ())
    where = replace(ordering(where, discount=ZERO), password_enabled=told)
    assert reasons(changed, where) == reasons(asset, where)
