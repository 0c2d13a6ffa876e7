"""Coupons that a source has more than once, or whose twin nobody can tell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from posmember.domain.coupon import Coupon, CouponRecord, IdentityCoupon, MinSpend, UnitBasis
from posmember.domain.joining.coupons import join_coupons
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.money import Money
from posmember.domain.pick import MOST_ENTRIES
from posmember.domain.sources import Source
from posmember.domain.values import Unreadable
from tests.fakes.assets import TEMPLATE, at, template

RECORD = CouponRecord(
    coupon_id="501",
    valid_from=at("2026-11-01"),
    valid_until=at("2026-12-31"),
    status=0,
    redemption_code="a",
    template=TEMPLATE,
)
OTHER = IdentityCoupon(
    coupon_id="501",
    redemption_code="a",
    valid_from=at("2026-11-01"),
    valid_until=at("2026-12-31"),
    status=0,
    lock=1,
    discount_kind=0,
    value=Decimal(10),
)
Part = CouponRecord | IdentityCoupon


def record(**changes: Any) -> CouponRecord:
    return replace(RECORD, **changes)


def other(**changes: Any) -> IdentityCoupon:
    return replace(OTHER, **changes)


def joined(*parts: Part) -> tuple[Coupon, ...]:
    """The coupons, which are the same in whatever order the parts stand in their lists."""
    records = [part for part in parts if isinstance(part, CouponRecord)]
    others = [part for part in parts if isinstance(part, IdentityCoupon)]
    found = {
        frozenset(join_coupons(some, those, unit=MinSpendUnit.AUTO))
        for some in permutations(records)
        for those in permutations(others)
    }
    assert len(found) == 1
    return tuple(sorted(found.pop(), key=lambda c: (c.redemption_code, c.title, c.sources)))


def one(*parts: Part) -> Coupon:
    (coupon,) = joined(*parts)
    return coupon


def versions(coupon: Coupon) -> tuple[Coupon, ...]:
    return (coupon, *coupon.versions)


def test_the_same_twice_is_one() -> None:
    assert one(RECORD, RECORD, OTHER, OTHER) == one(RECORD, OTHER)
    assert one(RECORD, OTHER).versions == ()


def test_used_by_any_entry_is_used() -> None:
    for parts in (
        (RECORD, record(status=1)),
        (RECORD, other(status=1)),
        (record(status=1), OTHER),
        (RECORD, OTHER, other(status=1)),
        (OTHER, other(status=1)),
    ):
        coupon = one(*parts)
        assert {each.status for each in versions(coupon)} == {1}
        assert coupon.disagreements == ("status",)


@pytest.mark.parametrize(
    ("locks", "lock"),
    [
        ((1, 2), 2),
        ((2, None), 2),
        ((2, 9), 2),
        ((1, 9), 9),
        ((1, None), 1),
        ((None, None), None),
    ],
)
def test_locked_by_any_entry_is_locked(locks: tuple[int | None, int | None], lock: object) -> None:
    twins = [other(lock=each, title=str(n)) for n, each in enumerate(locks)]
    for parts in ((RECORD, *twins), twins):
        assert {each.lock for each in versions(one(*parts))} == {lock}


@pytest.mark.parametrize(
    ("name", "told", "otherwise"),
    [
        ("valid_until", at("2026-12-31"), at("2026-11-20")),
        ("valid_from", at("2026-11-01"), at("2026-12-01")),
        ("status", 0, 9),
    ],
)
def test_what_only_one_source_says_is_a_version(name: str, told: Any, otherwise: Any) -> None:
    coupon = one(record(**{name: told}), other(**{name: otherwise}))
    assert [getattr(each, name) for each in versions(coupon)] == [told, otherwise]
    assert coupon.disagreements == (name,)
    assert coupon.versions[0].template == TEMPLATE
    assert coupon.versions[0].versions == ()


def test_a_threshold_that_only_one_source_knows_is_a_version() -> None:
    free = template(min_spend=Decimal(0))
    coupon = one(record(template=free), other(min_spend=Money(3000)))
    spends = [each.min_spend for each in versions(coupon)]
    assert spends == [None, MinSpend(Money(3000), UnitBasis.DOCUMENTED)]
    asks = template(min_spend=Decimal(3000))
    coupon = one(record(template=asks), other(min_spend=Money(0)))
    assert [each.min_spend is None for each in versions(coupon)] == [False, True]


def test_what_both_say_makes_no_version() -> None:
    for right in (
        other(valid_from=at("2026-11-01 00:00:00"), valid_until=at("2026-12-31 23:59:59")),
        other(value=Decimal(8), discount_kind=1),
        other(valid_until=None, status=None),
    ):
        assert one(RECORD, right).versions == ()


def test_two_templates_of_one_code_are_versions() -> None:
    disabled = record(template=template(status=0))
    coupon = one(RECORD, disabled, OTHER)
    assert {each.template for each in versions(coupon)} == {TEMPLATE, disabled.template}
    assert coupon.disagreements == ("template",)
    cheaper = record(template=template(value=Decimal(5), min_spend=Decimal(3000)))
    dearer = record(template=template(value=Decimal(6), min_spend=Decimal(5000)))
    assert one(cheaper, dearer).disagreements == ("value", "min_spend", "template")


def test_entries_of_identity_alone() -> None:
    coupon = one(OTHER, other(valid_until=at("2026-11-20"), value=Decimal(9)))
    assert coupon.sources == (Source.IDENTITY,)
    assert {each.valid_until for each in versions(coupon)} == {
        at("2026-12-31"),
        at("2026-11-20"),
    }
    assert coupon.disagreements == ("valid_until", "value")
    assert one(OTHER, other(discount_kind=1)).disagreements == ("discount_kind",)


# --- what an entry is silent about ----------------------------------------------------------------

OVER = at("2026-11-20")
ASKS = MinSpend(Money(3000), UnitBasis.DOCUMENTED)


@pytest.mark.parametrize("kind", [CouponRecord, IdentityCoupon])
def test_to_be_silent_is_to_say_nothing_against_it(kind: type[Part]) -> None:
    whole = record(template=template(value=Decimal("8.5"), discount_kind=1))
    twin = other(min_spend=Money(3000), discount_kind=1, value=Decimal(85))
    coupon = one(whole, twin, kind(redemption_code="a", valid_until=OVER))
    assert {each.valid_until for each in versions(coupon)} == {RECORD.valid_until, OVER}
    assert coupon.disagreements == ("valid_until",)
    for each in versions(coupon):
        assert each.template == whole.template
        assert (each.status, each.valid_from, each.min_spend) == (0, RECORD.valid_from, ASKS)
        assert (each.discount_kind, each.percent_paid) == (1, Decimal(85))


def test_what_only_some_twins_tell_holds_for_a_record_without_a_template() -> None:
    silent = IdentityCoupon(redemption_code="a", valid_until=OVER)
    coupon = one(record(template=None), other(min_spend=Money(3000)), silent)
    assert {each.min_spend for each in versions(coupon)} == {ASKS}
    assert len(versions(coupon)) == 2


def test_to_tell_that_there_is_no_threshold_is_not_to_be_silent() -> None:
    for parts in (
        (other(min_spend=Money(0)), other(min_spend=Money(3000))),
        (other(min_spend=Money(0)), other(min_spend=Money(3000)), record(template=None)),
        (record(template=template(min_spend=Decimal(0))), other(min_spend=Money(3000))),
    ):
        assert {each.min_spend for each in versions(one(*parts))} == {None, ASKS}


def test_what_cannot_be_read_is_told_where_nobody_tells_it_better() -> None:
    odd = Unreadable("x")
    silent = CouponRecord(redemption_code="a")
    assert one(record(valid_from=odd), silent).valid_from == odd
    assert one(record(template=template(min_spend=odd)), silent).min_spend == odd
    clear = one(record(template=template(min_spend=odd)), silent, other(min_spend=Money(3000)))
    assert {each.min_spend for each in versions(clear)} == {ASKS}


# --- by which code, and by which id --------------------------------------------------------------


def test_a_second_code_is_the_same_coupon() -> None:
    both = record(card_id="b", redemption_code="a")
    assert one(both, other(redemption_code="b")).sources == (Source.MEMBER_INFO, Source.IDENTITY)
    assert one(both, record(redemption_code="", card_id="b")).redemption_code == "a"
    assert one(both, OTHER, other(redemption_code="b", lock=2)).lock == 2


def test_a_code_of_its_own_comes_before_anothers_second() -> None:
    both, own = record(card_id="b"), record(redemption_code="b", coupon_id="502")
    first, second = joined(both, own, other(redemption_code="b", lock=2, coupon_id=""))
    assert (first.redemption_code, first.lock) == ("a", None)
    assert (second.redemption_code, second.lock) == ("b", 2)


def test_a_second_code_of_several_coupons_is_nobodys_in_particular() -> None:
    """As WeChat's card id would be, which is that of the template."""
    parts = [record(redemption_code=code, card_id="t", coupon_id=code) for code in "ab"]
    locked = other(redemption_code="t", lock=2, coupon_id="")
    for coupon in joined(*parts, locked):
        assert coupon.twin_unclear
        assert (coupon.lock, coupon.identity) == (2, None)
    alone = record(redemption_code="", card_id="t", coupon_id="")
    assert {coupon.lock for coupon in joined(*parts, alone, locked)} == {2}
    assert len(joined(*parts, alone)) == 3


def test_an_id_of_two_coupons_is_nobodys_in_particular() -> None:
    parts = [record(redemption_code=code) for code in "ab"]
    for twin, lock in ((other(redemption_code="", lock=2), 2), (other(redemption_code=""), 1)):
        first, second = joined(*parts, twin)
        for coupon in (first, second):
            assert coupon.twin_unclear
            assert (coupon.lock, coupon.identity) == (lock, None)


def test_what_a_code_has_found_an_id_does_not_take() -> None:
    """Of two coupons with one id, the one whose twin is found by its code leaves the other."""
    parts = [record(redemption_code=code) for code in "ab"]
    first, second = joined(*parts, OTHER, other(redemption_code="", lock=2))
    assert (first.redemption_code, first.lock, first.twin_unclear) == ("a", 1, False)
    assert (second.redemption_code, second.lock, second.twin_unclear) == ("b", 2, False)


def test_two_entries_of_one_id_are_one_twin() -> None:
    twins = [other(redemption_code="", lock=each, title=str(each)) for each in (1, 2)]
    coupon = one(RECORD, *twins)
    assert (coupon.lock, coupon.twin_unclear) == (2, False)


def test_a_record_without_code_and_several_of_identity() -> None:
    nameless = record(redemption_code="")
    twins = [other(redemption_code=code, lock=lock) for code, lock in (("x", 1), ("y", 2))]
    first, *others = joined(nameless, *twins)
    assert (first.sources, first.lock) == ((Source.MEMBER_INFO,), 2)
    assert [coupon.lock for coupon in others] == [1, 2]
    assert all(coupon.twin_unclear for coupon in (first, *others))


def test_ids_of_one_code_find_one_twin_each() -> None:
    """A code with two ids, and an entry without a code for each of them."""
    twice = (RECORD, record(coupon_id="502"))
    nameless = [other(redemption_code="", coupon_id=each, title=each) for each in ("501", "502")]
    coupon = one(*twice, *nameless)
    assert coupon.identity is not None
    assert not coupon.twin_unclear


def test_without_code_and_id_everything_stays_apart() -> None:
    records = [record(redemption_code="", coupon_id=""), record(redemption_code="", coupon_id="")]
    others = [other(redemption_code="", coupon_id=""), other(redemption_code="", coupon_id="")]
    coupons = join_coupons(records, others, unit=MinSpendUnit.AUTO)
    assert [len(coupon.sources) for coupon in coupons] == [1, 1, 1, 1]
    titles = [other(redemption_code="", coupon_id="", title=title) for title in "cab"]
    coupons = join_coupons([], titles, unit=MinSpendUnit.AUTO)
    assert [coupon.title for coupon in coupons] == ["a", "b", "c"]


def test_more_entries_than_can_be_compared() -> None:
    days = [at(f"2026-12-{day:02d}") for day in range(1, 31)]
    (coupon,) = join_coupons(
        [record(valid_until=day, status=int(day == days[-1])) for day in days],
        [other(title=str(number), lock=1 + number // 29) for number in range(30)],
        unit=MinSpendUnit.AUTO,
    )
    assert coupon.twin_unclear
    assert len(coupon.versions) < 2 * MOST_ENTRIES
    assert {(each.status, each.lock) for each in versions(coupon)} == {(1, 2)}
    twenty = [record(valid_until=day) for day in days[:MOST_ENTRIES]]
    assert not one_of_many(twenty, []).twin_unclear
    others = [other(valid_until=day) for day in days[: MOST_ENTRIES + 1]]
    assert not one_of_many([RECORD], others[1:]).twin_unclear
    assert one_of_many([RECORD], others).twin_unclear


def one_of_many(records: list[CouponRecord], others: list[IdentityCoupon]) -> Coupon:
    (coupon,) = join_coupons(records, others, unit=MinSpendUnit.AUTO)
    return coupon


def test_identity_fills_the_id() -> None:
    assert one(record(coupon_id=""), OTHER).coupon_id == "501"


# --- how many of a template are used -------------------------------------------------------------


def test_used_coupons_of_one_template_are_counted() -> None:
    daily = {"template": template(daily_limit=1)}
    coupons = joined(
        record(redemption_code="a", **daily),
        record(redemption_code="b", status=1, **daily),
        record(redemption_code="b", status=1, coupon_id="502", **daily),
        record(redemption_code="c", **daily),
        other(redemption_code="c", status=1),
        record(redemption_code="d", template=template(template_id="2", daily_limit=1)),
        record(redemption_code="e", template=template(template_id="", daily_limit=1), status=1),
        record(redemption_code="f", template=None, status=1),
    )
    used = {coupon.redemption_code: coupon.used_of_template for coupon in coupons}
    assert used == {"a": 2, "b": 2, "c": 2, "d": 0, "e": 0, "f": 0}
    assert one(record(status=1)).used_of_template == 0
    assert one(other(status=1)).used_of_template == 0
