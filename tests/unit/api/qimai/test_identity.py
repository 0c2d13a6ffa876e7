"""会员识别: every documented field, both places of it, and every form of nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from posmember.api.qimai.identity import Subject, decode, identifies, params
from posmember.api.qimai.wire import read_answer
from posmember.domain.coupon import IdentityCoupon
from posmember.domain.identifier import AccountLogin, Identifier, IdentifierKind, PhysicalCard
from posmember.domain.member import Identity, PointsRule
from posmember.domain.money import Money
from posmember.domain.values import Unreadable
from posmember.errors import ApiResponseError, MemberNotFoundError
from tests.fakes.assets import at
from tests.fakes.samples import sample_bytes, sample_data

COUPON = IdentityCoupon(
    coupon_id="50010001",
    redemption_code="860000010001",
    valid_from=at("2026-11-04 00:00:00"),
    valid_until=at("2026-11-30 23:59:59"),
    status=0,
    lock=2,
    validity_text="2026-11-04 至 2026-11-30",
    title="满30减10",
    discount_kind=1,
    min_spend=Money(3000),
    description="满30元可用",
    value=Decimal("8.5"),
)
EXPECTED = Identity(
    user_id="100001",
    nickname="小明",
    username="user_100001",
    mobile="13800000001",
    status=1,
    points=Decimal(1280),
    principal=Money(20002),
    bonus=Money(3001),
    total=Money(23003),
    multi_store_id="88001",
    points_payment=True,
    points_rule=PointsRule(kind=2, ratio=Decimal("100.5"), max_percent=Decimal(20)),
    coupons=(COUPON,),
)
BESIDE = (
    "user_points",
    "user_coupons",
    "user_wealth_info",
    "multi_store_id",
    "is_open_points_pay",
    "pay_rule",
)


def test_every_documented_field() -> None:
    decoded = decode(read_answer("identity", 200, {}, sample_bytes("identity")))
    assert decoded.value == EXPECTED
    assert decoded.unreadable == ()


def test_every_field_beside_user_info() -> None:
    """The document's table does not show what is inside user_info."""
    data = sample_data("identity")
    for key in BESIDE:
        data[key] = data["user_info"].pop(key)
    decoded = decode(data)
    assert decoded.value == EXPECTED
    assert decoded.unreadable == ()


def test_inside_comes_before_beside() -> None:
    data = sample_data("identity")
    data["user_points"] = 7
    assert decode(data).value.points == Decimal(1280)
    data["user_info"]["user_points"] = None
    assert decode(data).value.points == Decimal(7)


@pytest.mark.parametrize("value", [0, False, "0"], ids=repr)
def test_no_inside_is_an_answer_and_not_nothing(value: object) -> None:
    data = sample_data("identity")
    data["user_info"]["is_open_points_pay"] = value
    data["is_open_points_pay"] = 1
    assert decode(data).value.points_payment is False


@pytest.mark.parametrize(
    "data",
    [None, "", [], {}, {"user_info": []}, {"user_info": None}, {"user_info": ""}, {"other": 1}],
    ids=repr,
)
def test_success_with_nothing_in_it_is_nobody(data: object) -> None:
    with pytest.raises(MemberNotFoundError) as caught:
        decode(data)
    assert caught.value.api == "identity"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ("x", "$.data"),
        (0, "$.data"),
        ([1], "$.data"),
        ({"user_info": "x"}, "$.data.user_info"),
        ({"user_info": [1]}, "$.data.user_info"),
        ({"user_info": 0}, "$.data.user_info"),
    ],
    ids=repr,
)
def test_data_that_is_no_object(data: object, path: str) -> None:
    with pytest.raises(ApiResponseError) as caught:
        decode(data)
    assert (caught.value.path, caught.value.api) == (path, "identity")


@pytest.mark.parametrize("rule", [[], {}, None, ""], ids=repr)
def test_no_rule(rule: object) -> None:
    data = sample_data("identity")
    data["user_info"]["pay_rule"] = rule
    assert decode(data).value.points_rule is None


def test_amounts_are_fen() -> None:
    wealth = {"gift_amount": "3001", "recharge_amount": "20.5", "total_amount": "一百"}
    decoded = decode({"user_info": {"user_wealth_info": wealth}})
    assert decoded.value.bonus == Money(3001)
    assert decoded.value.principal == Unreadable("20.5")
    assert decoded.value.total == Unreadable("一百")
    assert decoded.unreadable == (
        "$.data.user_info.user_wealth_info.recharge_amount",
        "$.data.user_info.user_wealth_info.total_amount",
    )


def test_paths_tell_where_a_field_was() -> None:
    decoded = decode({"user_info": {"id": 1}, "user_points": "x", "pay_rule": {"points_num": "y"}})
    assert sorted(decoded.unreadable) == ["$.data.pay_rule.points_num", "$.data.user_points"]


SUBJECTS: dict[str, tuple[Subject, dict[str, str]]] = {
    "account": (
        AccountLogin("13800000001", "secret"),
        {"type": "1", "mobile": "13800000001", "password": "secret"},
    ),
    "card": (
        PhysicalCard("VIP1", "INNER1"),
        {"type": "2", "card_number": "VIP1", "card_password": "INNER1"},
    ),
    "member code": (
        Identifier(IdentifierKind.MEMBER_CODE, "qm1"),
        {"type": "3", "user_code": "qm1"},
    ),
    "user id": (Identifier(IdentifierKind.USER_ID, "100001"), {"type": "4", "user_id": "100001"}),
}


@pytest.mark.parametrize(("subject", "expected"), list(SUBJECTS.values()), ids=list(SUBJECTS))
def test_params(subject: Subject, expected: dict[str, str]) -> None:
    assert params(subject, store_code=None) == {**expected, "point_rules": "1"}
    assert params(subject, store_code="1001") == {
        **expected,
        "multi_store_sn": "1001",
        "point_rules": "1",
    }
    assert "secret" not in repr(subject)
    assert "INNER1" not in repr(subject)


@pytest.mark.parametrize("kind", IdentifierKind)
def test_only_codes_and_ids_identify(kind: IdentifierKind) -> None:
    able = kind in (IdentifierKind.MEMBER_CODE, IdentifierKind.USER_ID)
    assert identifies(kind) is able
    if not able:
        with pytest.raises(KeyError):
            params(Identifier(kind, "x"), store_code=None)


@pytest.mark.parametrize(
    ("coupons", "lost"), [("abc", True), ([], False), ([{"status": 0}], False)]
)
def test_a_coupon_list_of_which_nothing_can_be_read_is_lost(coupons: object, lost: bool) -> None:
    data = {"user_info": {"id": 1, "user_coupons": coupons}}
    assert decode(data).value.coupons_lost is lost
