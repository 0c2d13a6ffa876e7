"""Member-info's gift cards and the list's, joined."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from posmember.domain.giftcard import GiftCard, ListedGiftCard, MemberGiftCard
from posmember.domain.joining.gift_cards import join_gift_cards
from posmember.domain.money import Money
from posmember.domain.pick import MOST_ENTRIES, end_instant, start_instant
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
    assert [card.card_number for card in cards] == ["c", "a", "x", "", ""]
    assert [len(card.sources) for card in cards] == [1, 2, 1, 1, 1]
    nameless = [record(card_number="", name=name) for name in "ba"]
    rows = [listed(card_number="", name=name) for name in "dc"]
    assert [card.name for card in join_gift_cards(nameless, rows)] == ["a", "b", "c", "d"]


def versions(card: GiftCard) -> list[GiftCard]:
    return [replace(each, record=None, listed=None) for each in (card, *card.versions)]


def test_one_number_is_one_card() -> None:
    for cards in permutations([record(), record(status=6), record()]):
        (card,) = join_gift_cards(cards, [])
        assert {each.status for each in versions(card)} == {4, 6}
        assert len(card.versions) == 1
        assert card.disagreements == ("status",)
    (same,) = join_gift_cards([record(), record()], [])
    assert same == one(record(), None)


def test_the_order_of_the_lists_never_matters() -> None:
    records = [record(), record(status=6), record(balance=Decimal(5), weekdays="2")]
    rows = [listed(), listed(status=5), listed(bound=0, non_code=1)]
    joined = {
        join_gift_cards(some, others)
        for some in permutations(records)
        for others in permutations(rows)
    }
    assert len(joined) == 1
    (card,) = joined.pop()
    assert card.disagreements == ("status", "balance", "weekdays")


def test_each_sources_word_is_a_version() -> None:
    card = one(record(status=4), listed(status=6, valid_until=at("2026-11-30")))
    first, other = versions(card)
    assert (first.status, first.valid_until) == (4, at("2026-12-31"))
    assert (other.status, other.valid_until) == (6, at("2026-11-30"))
    assert (first.kind, first.weekdays) == (other.kind, other.weekdays)
    assert other.versions == ()


def test_a_status_that_the_list_does_not_know_is_no_word_of_it() -> None:
    card = one(record(status=4), listed(status=0, balance=Decimal(5)))
    assert {each.status for each in versions(card)} == {4}
    assert {each.balance for each in versions(card)} == {Money(8650), Money(500)}


def test_times_have_no_version_in_money() -> None:
    card = one(record(kind=2, balance=Decimal(3), status=4), listed(status=6))
    assert {(each.balance, each.uses_left) for each in versions(card)} == {(None, 3)}


OVER = at("2026-11-20")
SILENT = MemberGiftCard(card_number="LP1", valid_until=OVER)
SILENT_ROW = ListedGiftCard(card_number="LP1", valid_until=OVER)
TIMES = record(kind=2, balance=Decimal(3), times_scope=1)


@pytest.mark.parametrize(
    ("records", "rows"),
    [([TIMES, SILENT], [LISTED]), ([TIMES], [LISTED, SILENT_ROW]), ([TIMES, SILENT], [])],
)
def test_to_be_silent_is_to_say_nothing_against_it(
    records: list[MemberGiftCard], rows: list[ListedGiftCard]
) -> None:
    (card,) = join_gift_cards(records, rows)
    assert {end_instant(each.valid_until) for each in versions(card)} == {
        end_instant(RECORD.valid_until),
        end_instant(OVER),
    }
    for each in versions(card):
        assert (each.status, each.kind, each.validity_kind) == (4, 2, 3 if rows else None)
        assert (each.balance, each.uses_left, each.times_scope) == (None, 3, 1)
        assert start_instant(each.valid_from) == start_instant(RECORD.valid_from)


def test_what_is_left_is_taken_over_by_nobody_who_tells_it() -> None:
    (card,) = join_gift_cards([TIMES, record(kind=None, balance=Decimal(0))], [])
    assert {each.balance for each in versions(card)} == {None, Money(0)}
    (card,) = join_gift_cards([], [LISTED, listed(balance=Decimal(0))])
    assert {each.balance for each in versions(card)} == {Money(0), Money(8650)}


def test_what_is_left_comes_with_its_kind_alone() -> None:
    (card,) = join_gift_cards([TIMES, RECORD], [])
    assert {(each.kind, each.balance, each.uses_left) for each in versions(card)} == {
        (2, None, 3),
        (1, Money(8650), None),
    }


@pytest.mark.parametrize(
    ("rows", "bound"),
    [
        ([listed(bound=1)], 1),
        ([listed(bound=0)], 0),
        ([listed(bound=None)], None),
        ([listed(bound=1, status=4), listed(bound=0, status=5)], 0),
        ([listed(bound=1, status=4), listed(bound=None, status=5)], 1),
        ([listed(bound=1, status=4), listed(bound=9, status=5)], 9),
        ([listed(bound=None, status=4), listed(bound=None, status=5)], None),
    ],
)
def test_bound_only_where_no_entry_says_otherwise(
    rows: list[ListedGiftCard], bound: int | None
) -> None:
    for some in permutations(rows):
        for records in ([], [RECORD]):
            (card,) = join_gift_cards(records, some)
            assert card.bound == bound
            assert {each.bound for each in card.versions} <= {bound}


def test_more_entries_than_can_be_compared() -> None:
    rows = [listed(name=str(number), bound=int(number < 29)) for number in range(30)]
    (card,) = join_gift_cards([record()], rows)
    assert (card.unclear, card.bound) == (True, 0)
    (card,) = join_gift_cards([record()], rows[: MOST_ENTRIES + 1])
    assert (card.unclear, card.bound) == (True, 1)
    (card,) = join_gift_cards([record()], rows[:MOST_ENTRIES])
    assert not card.unclear
    records = [record(name=str(number)) for number in range(MOST_ENTRIES + 1)]
    (card,) = join_gift_cards(records, [])
    assert card.unclear


def test_whose_system_a_card_is_of() -> None:
    assert one(RECORD, listed(non_code=1)).non_code == 1
    assert one(RECORD, None).non_code is None


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
