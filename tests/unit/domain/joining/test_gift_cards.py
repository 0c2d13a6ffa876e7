"""Member-info's gift cards and the list's, joined."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from posmember.domain.giftcard import GiftCard, ListedGiftCard, MemberGiftCard
from posmember.domain.joining.gift_cards import join_gift_cards
from posmember.domain.money import Money
from posmember.domain.sources import Source
from posmember.domain.values import Unreadable
from tests.fakes.assets import at

ODD = Unreadable("x")
RECORD = MemberGiftCard(
    card_number="LP1",
    name="现金卡",
    face_value=Decimal(100),
    kind=1,
    balance=Decimal("86.50"),
    valid_from=at("2026-11-01"),
    valid_until=at("2026-12-31"),
    status=4,
    used_today=1,
    time_windows="[]",
    weekdays="1",
)
LISTED = ListedGiftCard(
    card_number="LP1",
    name="礼品卡",
    balance=Decimal("86.5"),
    face_value=Decimal(200),
    valid_from=at("2026-11-01 00:00:00"),
    valid_until=at("2026-12-31 23:59:59"),
    status=4,
    validity_kind=3,
)
BOTH = (Source.MEMBER_INFO, Source.GIFT_CARD_LIST)


def one(record: MemberGiftCard | None, listed: ListedGiftCard | None) -> GiftCard:
    (card,) = join_gift_cards([record] if record else [], [listed] if listed else [])
    return card


def record(**changes: Any) -> MemberGiftCard:
    return replace(RECORD, **changes)


def listed(**changes: Any) -> ListedGiftCard:
    return replace(LISTED, **changes)


def test_both_tell_the_same() -> None:
    assert one(RECORD, LISTED) == GiftCard(
        card_number="LP1",
        name="现金卡",
        kind=1,
        balance=Money(8650),
        face_value=Decimal(100),
        valid_from=at("2026-11-01"),
        valid_until=at("2026-12-31"),
        validity_kind=3,
        status=4,
        used_today=1,
        time_windows="[]",
        weekdays="1",
        record=RECORD,
        listed=LISTED,
        sources=BOTH,
    )


def test_only_member_info_knows_it() -> None:
    card = one(RECORD, None)
    assert card.sources == (Source.MEMBER_INFO,)
    assert (card.listed, card.validity_kind) == (None, None)
    assert card.disagreements == ()


def test_only_the_list_knows_it() -> None:
    card = one(None, LISTED)
    assert card.sources == (Source.GIFT_CARD_LIST,)
    assert (card.name, card.balance, card.kind) == ("礼品卡", Money(8650), None)


def test_the_order_is_member_infos_then_the_others_then_the_nameless() -> None:
    records = [record(card_number=number) for number in ("c", "a", "")]
    others = [listed(card_number=number) for number in ("", "x", "a")]
    cards = join_gift_cards(records, others)
    assert [card.card_number for card in cards] == ["c", "a", "", "x", ""]
    assert [len(card.sources) for card in cards] == [1, 2, 1, 1, 1]


def test_the_list_fills_what_member_info_does_not_know() -> None:
    empty = MemberGiftCard(card_number="LP1", kind=1, balance=ODD, status=ODD)
    card = one(empty, LISTED)
    assert (card.name, card.balance, card.status) == ("礼品卡", Money(8650), 4)
    assert (card.valid_from, card.valid_until) == (LISTED.valid_from, LISTED.valid_until)


@pytest.mark.parametrize(
    ("kind", "balance", "money", "uses"),
    [
        (1, Decimal("86.50"), Money(8650), None),
        (4, Decimal("0.01"), Money(1), None),
        (None, Decimal(5), Money(500), None),
        (99, Decimal(5), Money(500), None),
        (1, Decimal("0.001"), Unreadable("0.001"), None),
        (1, ODD, ODD, None),
        (1, None, None, None),
        (2, Decimal("3.0"), None, 3),
        (2, Decimal("2.5"), None, Unreadable("2.5")),
        (2, ODD, None, ODD),
        (2, None, None, None),
        (3, Decimal(1), None, None),
    ],
    ids=[
        *("cash", "stored value", "kind missing", "kind unknown", "finer than a 分"),
        *("unreadable", "missing", "times", "half a time", "times unreadable", "times missing"),
        "benefit",
    ],
)
def test_what_is_left(kind: int | None, balance: object, money: object, uses: object) -> None:
    card = one(record(kind=kind, balance=balance), None)
    assert (card.balance, card.uses_left) == (money, uses)


def test_times_left_are_never_the_lists_money() -> None:
    assert one(record(kind=2, balance=None), LISTED).uses_left is None


@pytest.mark.parametrize(
    ("left", "right", "fields"),
    [
        (record(status=5), listed(), ("status",)),
        (record(valid_from=at("2026-11-02")), listed(), ("valid_from",)),
        (record(valid_until=at("2026-12-30")), listed(), ("valid_until",)),
        (record(valid_until=at("2100-01-01 00:00:00")), listed(), ("valid_until",)),
        (record(balance=Decimal(18)), listed(), ("balance",)),
        (record(kind=2, balance=Decimal(3)), listed(), ()),
        (record(balance=None), listed(), ()),
        (record(status=5, balance=Decimal(18)), listed(), ("status", "balance")),
    ],
    ids=[
        *("status", "start", "end", "never and a date", "balance", "times are no money"),
        *("only one balance", "two fields"),
    ],
)
def test_disagreements(
    left: MemberGiftCard, right: ListedGiftCard, fields: tuple[str, ...]
) -> None:
    assert one(left, right).disagreements == fields
