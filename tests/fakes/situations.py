"""Strategies: members as they may be decoded, and the situations they may be looked at in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from posmember.api import gift_cards, identity, member_info
from posmember.api.decode import Decoded
from posmember.domain.context import AccountStatus, Context, Order, OrderType, Store
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.join import join
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.money import Money
from posmember.domain.profile import Profile
from posmember.domain.spending import MinSpendUnit
from posmember.errors import ApiError
from tests.fakes.assets import NOW
from tests.fakes.raw_answers import gift_cards_data, identity_data, member_info_data

T = TypeVar("T")
Sources = tuple[MemberInfo, Identity, tuple[ListedGiftCard, ...]]


def _decoded(decode: Callable[[object], Decoded[T]], data: Any, empty: T) -> T:
    try:
        return decode(data).value
    except ApiError:
        return empty


infos = member_info_data.map(lambda data: _decoded(member_info.decode, data, MemberInfo()))
identities = identity_data.map(lambda data: _decoded(identity.decode, data, Identity()))
no_cards: tuple[ListedGiftCard, ...] = ()
card_lists = gift_cards_data.map(lambda data: _decoded(gift_cards.decode, data, no_cards))
units = st.sampled_from(MinSpendUnit)


@st.composite
def sources(draw: st.DrawFn) -> Sources:
    """The three answers of one member, whose assets are joined by codes or ids of their own.

    Two rows with one redemption code are two answers to one question: what the rules say then
    may hang on which row comes first.
    """
    info, who, listed = draw(infos), draw(identities), draw(card_lists)
    coupons = [
        replace(row, redemption_code=f"c{n}" if draw(st.booleans()) else "", card_id="",
                coupon_id=f"i{n}")
        for n, row in enumerate(info.coupons)
    ]  # fmt: skip
    others = [
        replace(row, redemption_code=f"c{n}" if draw(st.booleans()) else "", coupon_id=f"i{n}")
        for n, row in enumerate(who.coupons)
    ]
    cards = [replace(row, card_number=f"k{n}") for n, row in enumerate(info.gift_cards)]
    rows = [replace(row, card_number=f"k{n}") for n, row in enumerate(listed)]
    return (
        replace(info, coupons=tuple(coupons), gift_cards=tuple(cards)),
        replace(who, coupons=tuple(others)),
        tuple(rows),
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any member that any answers make."""
    answered = st.integers(0, 9)
    info = draw(infos) if draw(answered) else None
    who = draw(identities) if draw(answered) else None
    return join(info, who, draw(card_lists), unit=draw(units))


amounts = st.one_of(st.integers(0, 12_000), st.integers(0, 10**9)).map(Money)
orders = st.builds(
    Order,
    order_type=st.sampled_from(OrderType),
    amount=st.one_of(st.none(), amounts),
    discount=amounts,
    item_count=st.one_of(st.none(), st.integers(0, 99)),
)
stores = st.builds(
    Store,
    code=st.sampled_from([None, "1001", "1002"]),
    id=st.sampled_from([None, "88001", "88002"]),
)
moments = st.one_of(
    st.just(NOW),
    st.integers(-3 * 86400, 3 * 86400).map(lambda seconds: NOW + timedelta(seconds=seconds)),
    st.integers(-400 * 86400, 400 * 86400).map(lambda seconds: NOW + timedelta(seconds=seconds)),
    st.integers(-10, 10).map(lambda days: NOW.replace(hour=0, minute=0, second=0)
                             + timedelta(days=days)),
)  # fmt: skip
contexts = st.builds(
    Context,
    store=stores,
    order=orders,
    now=moments,
    account=st.sampled_from([AccountStatus.ACTIVE, *AccountStatus]),
    password_enabled=st.sampled_from([None, True, False]),
)
