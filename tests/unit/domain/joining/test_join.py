"""One profile from what the sections told (RULES, last part)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from posmember.domain.context import AccountStatus
from posmember.domain.coupon import (
    CouponRecord,
    CouponTemplate,
    IdentityCoupon,
    MinSpend,
    UnitBasis,
    UnitProof,
)
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.joining.join import join, proof_of
from posmember.domain.member import (
    BenefitCard,
    Gender,
    Identity,
    Label,
    MemberInfo,
    PointsRule,
    Tier,
)
from posmember.domain.money import Money
from posmember.domain.profile import Balances, Person, Profile
from posmember.domain.values import Unreadable
from tests.fakes.assets import at

ODD = Unreadable("x")
INFO = MemberInfo(
    user_id="100001",
    name="王小明",
    mobile="13800000001",
    gender=1,
    tier=Tier(3, "金卡会员", at("2027-03-01")),
    card_number="VIP880001",
    card_name="金卡",
    enterprise=True,
    password_enabled=False,
    labels=(Label("老客", 2),),
    benefit_cards=(BenefitCard("901", "奶茶月卡"),),
    points=Decimal(1280),
    principal=Money(20000),
    bonus=Money(3000),
    lifetime_principal=Money(60000),
    lifetime_bonus=Money(9000),
)
IDENTITY = Identity(
    user_id="100001",
    nickname="小明",
    username="user_100001",
    mobile="13900000001",
    status=1,
    points=Decimal(1280),
    principal=Money(20000),
    bonus=Money(3000),
    total=Money(23000),
    points_payment=True,
    points_rule=PointsRule(2, Decimal(100), Decimal(20)),
)


def test_both() -> None:
    profile = join(INFO, IDENTITY)
    assert profile.person == Person(
        user_id="100001",
        name="王小明",
        mobile="13800000001",
        gender=Gender.MALE,
        tier=INFO.tier,
        card_number="VIP880001",
        card_name="金卡",
        enterprise=True,
        account=AccountStatus.ACTIVE,
        password_enabled=False,
        labels=INFO.labels,
        benefit_cards=INFO.benefit_cards,
    )
    assert profile.balances == Balances(
        points=Decimal(1280),
        principal=Money(20000),
        bonus=Money(3000),
        total=Money(23000),
        lifetime_principal=Money(60000),
        lifetime_bonus=Money(9000),
    )
    assert profile.points_payment is True
    assert profile.points_rule == IDENTITY.points_rule


def test_nothing() -> None:
    assert join(None, None) == Profile(account=AccountStatus.FAILED)


def test_gift_cards_alone_make_no_person() -> None:
    profile = join(None, None, [ListedGiftCard(card_number="LP1")])
    assert (profile.person, profile.account) == (None, AccountStatus.FAILED)
    late = join(None, None, without_identity=AccountStatus.LATE)
    assert late.account is AccountStatus.LATE
    assert [card.card_number for card in profile.gift_cards] == ["LP1"]


def test_member_info_alone() -> None:
    profile = join(INFO, None)
    assert profile.person is not None
    assert profile.person.account is AccountStatus.FAILED
    assert profile.balances.total == Money(23000)
    assert profile.points_payment is None


@pytest.mark.parametrize(("nickname", "name"), [("小明", "小明"), ("", "user_100001")])
def test_identity_alone(nickname: str, name: str) -> None:
    identity = Identity(
        user_id="100001", nickname=nickname, username="user_100001", mobile="13900000001", status=0
    )
    person = join(None, identity).person
    assert person is not None
    assert (person.user_id, person.name, person.mobile) == ("100001", name, "13900000001")
    assert person.account is AccountStatus.FROZEN
    assert person.gender is Gender.UNKNOWN


@pytest.mark.parametrize("status", [None, 2, ODD], ids=["missing", "undocumented", "unreadable"])
def test_an_account_status_that_nobody_knows(status: object) -> None:
    for while_late in (AccountStatus.LATE, AccountStatus.FAILED):
        identity = Identity(status=status)  # type: ignore[arg-type]
        person = join(INFO, identity, without_identity=while_late).person
        assert person is not None
        assert person.account is AccountStatus.UNREADABLE


@pytest.mark.parametrize("told", [AccountStatus.LATE, AccountStatus.FAILED])
def test_an_account_that_identity_has_not_told(told: AccountStatus) -> None:
    person = join(INFO, None, without_identity=told).person
    assert person is not None
    assert person.account is told


@pytest.mark.parametrize("gender", [None, 9, ODD], ids=["missing", "undocumented", "unreadable"])
def test_a_gender_that_nobody_knows(gender: object) -> None:
    person = join(MemberInfo(gender=gender), None).person  # type: ignore[arg-type]
    assert person is not None
    assert person.gender is Gender.UNKNOWN


def test_member_infos_balances_are_shown_where_they_disagree() -> None:
    other = Identity(points=Decimal(1), principal=Money(2), bonus=Money(3), total=Money(5))
    balances = join(INFO, other).balances
    assert (balances.points, balances.principal) == (Decimal(1280), Money(20000))
    assert balances.total == Money(23000)
    assert balances.disagreements == ("points", "principal", "bonus")


def test_identitys_balances_fill_what_member_info_does_not_know() -> None:
    balances = join(MemberInfo(points=ODD, bonus=ODD), IDENTITY).balances
    assert balances.points == Decimal(1280)
    assert (balances.principal, balances.bonus) == (Money(20000), Money(3000))
    assert balances.disagreements == ()


NOTHING_LEFT = Identity(points=Decimal(0), principal=Money(0), bonus=Money(0), total=Money(0))


def test_identitys_zeros_are_amounts_too() -> None:
    for info in (None, MemberInfo(), MemberInfo(points=ODD, principal=ODD, bonus=ODD)):
        balances = join(info, NOTHING_LEFT).balances
        assert balances.points == 0
        assert (balances.principal, balances.bonus, balances.total) == (Money(0),) * 3
    known = join(INFO, NOTHING_LEFT).balances
    assert known.disagreements == ("points", "principal", "bonus")


@pytest.mark.parametrize(
    ("told", "store_id"),
    [("88001", "88001"), ("0", ""), ("", ""), ("-5", ""), ("88001.0", "88001"), ("总店", "")],
)
def test_the_number_of_the_store_that_identity_was_asked_for(told: str, store_id: str) -> None:
    assert join(INFO, Identity(multi_store_id=told)).store_id == store_id
    assert join(INFO, None).store_id == ""


def test_what_a_members_coupons_prove_of_the_unit() -> None:
    record = CouponRecord(
        redemption_code="1", template=CouponTemplate(template_id="t", min_spend=Decimal(30))
    )
    twin = IdentityCoupon(redemption_code="1", min_spend=Money(3000))
    theirs = MemberInfo(coupons=(record, replace(record, redemption_code="2")))
    profile = join(theirs, Identity(coupons=(twin,)))
    assert [coupon.min_spend for coupon in profile.coupons] == [
        MinSpend(Money(3000), UnitBasis.IDENTITY),
        MinSpend(Money(3000), UnitBasis.SIBLING),
    ]
    assert proof_of(profile) == UnitProof(yuan=1)
    (next_members, _) = join(theirs, None, seen=proof_of(profile)).coupons
    assert next_members.min_spend == MinSpend(Money(3000), UnitBasis.SEEN)


def test_a_total_without_its_parts_is_identitys() -> None:
    assert join(MemberInfo(principal=ODD), Identity(total=Money(7))).balances.total == Money(7)
    assert join(MemberInfo(principal=Money(1)), None).balances.total is None
