"""Strategies: members as they may be decoded, and the situations they may be looked at in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from posmember.api.decode import Decoded
from posmember.api.qimai import gift_cards, identity, member_info
from posmember.domain.context import AccountStatus, Context, Order, OrderType, Store
from posmember.domain.coupon import MinSpend, UnitBasis
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.joining.join import join
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.money import Money
from posmember.domain.profile import Asset, Profile
from posmember.domain.values import PlatformTime, Unreadable
from posmember.errors import ApiError
from tests.fakes.assets import (
    NOW,
    at,
    benefit_card,
    coupon,
    gift_card,
    min_spend,
    scope,
    template,
    times_card,
)
from tests.fakes.raw_answers import gift_cards_data, identity_data, member_info_data

T = TypeVar("T")
Fields = dict[str, st.SearchStrategy[Any]]
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


_codes = st.sampled_from(["c0", "c1", "c2", ""])
_second_codes = st.sampled_from(["", "", "c0", "c3"])
_ids = st.sampled_from(["i0", "i1", ""])


@st.composite
def sources(draw: st.DrawFn) -> Sources:
    """The three answers of one member, with few codes and ids, so that many rows share one."""
    info, who, listed = draw(infos), draw(identities), draw(card_lists)
    coupons = [
        replace(row, redemption_code=draw(_codes), card_id=draw(_second_codes),
                coupon_id=draw(_ids))
        for row in info.coupons
    ]  # fmt: skip
    others = [
        replace(row, redemption_code=draw(_codes), coupon_id=draw(_ids)) for row in who.coupons
    ]
    cards = [replace(row, card_number=draw(_codes)) for row in info.gift_cards]
    rows = [replace(row, card_number=draw(_codes)) for row in listed]
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


def assets_of(profile: Profile) -> list[Asset]:
    """Everything of a member that the rules judge."""
    benefit_cards = profile.person.benefit_cards if profile.person is not None else ()
    return [*profile.coupons, *profile.gift_cards, *benefit_cards]


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
    st.integers(-50_000, 50_000).map(lambda seconds: NOW + timedelta(seconds=seconds)),
    st.integers(-100, 100).map(lambda hours: NOW.replace(minute=0, second=0)
                               + timedelta(hours=hours)),
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

# --- assets without a platform: the ordinary one, with some fields changed -----------------------

ODD = Unreadable("?")
_times = st.one_of(
    moments.map(PlatformTime),
    moments.map(lambda now: PlatformTime(now.replace(hour=0, minute=0, second=0), has_time=False)),
    st.sampled_from([None, ODD, at("2100-01-01 00:00:00"), at("2028-02-29")]),
)
_numbers = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, None, ODD])
_guessed = st.builds(
    lambda fen, in_yuan: MinSpend(Money(fen * 100 if in_yuan else fen),
                                  UnitBasis.TEXT if in_yuan else UnitBasis.ASSUMED,
                                  Money(fen if in_yuan else fen * 100)),
    st.integers(1, 12_000),
    st.booleans(),
)  # fmt: skip
_min_spends = st.one_of(
    st.integers(1, 12_000).map(min_spend), _guessed, st.sampled_from([None, ODD])
)
_store_ids = st.sampled_from([None, ODD, ("88001",), ("1001",), ("88002", "1002")])
_balances = st.one_of(st.integers(-1, 10_000).map(Money), st.sampled_from([None, ODD]))
_validities: Fields = {"valid_from": _times, "valid_until": _times}
_TEMPLATE: Fields = {
    **{"status": _numbers, "scene_type": _numbers, "category": _numbers, "goods_range": _numbers},
    **{"expiry_kind": _numbers, "has_time_range": _numbers, "store_range": _numbers},
    **{"min_items": _numbers, "buy_count": _numbers, "store_ids": _store_ids},
    **{"platform": _numbers, "exclusive": _numbers, "daily_limit": _numbers},
}
_COUPON: Fields = {**_validities, "status": _numbers, "lock": _numbers, "min_spend": _min_spends}
_COUPON |= {"used_of_template": st.integers(0, 3), "twin_unclear": st.booleans()}
_CARD: Fields = {
    **_validities,
    **{"kind": _numbers, "status": _numbers, "validity_kind": _numbers, "times_scope": _numbers},
    **{"balance": _balances, "uses_left": _numbers, "bound": _numbers, "non_code": _numbers},
    "weekdays": st.sampled_from(["", "6", "7", "1,5", "1,2,3,4,5,6,7", "周末"]),
    "time_windows": st.sampled_from(
        ["", scope("10:00-14:00"), scope("22:00-02:00"), scope("17:00-24:00", "09:00-14:30"), "?"]
    ),
}


def _changes(fields: Fields, most: int = 4) -> st.SearchStrategy[dict[str, Any]]:
    pairs = st.one_of([st.tuples(st.just(name), values) for name, values in fields.items()])
    return st.lists(pairs, max_size=most).map(dict)


store_lists = st.tuples(st.sampled_from([1, 2]), _store_ids)
"""A ``store_range`` that needs a list, and a list."""
coupons = st.builds(
    lambda own, of_template: coupon(**own, template=template(**of_template)),
    _changes(_COUPON),
    _changes(_TEMPLATE),
)
gift_cards_of_any_kind = st.one_of(
    _changes(_CARD).map(lambda own: gift_card(**own)),
    _changes(_CARD).map(lambda own: times_card(**own)),
)
benefit_cards = _changes(_validities).map(lambda own: benefit_card(**own))
timed_assets: st.SearchStrategy[Asset] = st.one_of(
    _changes(_validities).map(lambda own: coupon(**own)),
    _changes({name: _CARD[name] for name in ("weekdays", "time_windows")} | _validities).map(
        lambda own: gift_card(**own)
    ),
    benefit_cards,
)
"""Nothing but time may be against them."""
any_asset: st.SearchStrategy[Asset] = st.one_of(coupons, gift_cards_of_any_kind, benefit_cards)
