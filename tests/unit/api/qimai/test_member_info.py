"""会员信息查询集合: every documented field, and every form of nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from posmember.api.qimai.member_info import decode, params
from posmember.api.qimai.wire import read_answer
from posmember.domain.context import OrderType
from posmember.domain.coupon import CouponRecord, CouponTemplate
from posmember.domain.giftcard import MemberGiftCard
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.member import BenefitCard, Label, MemberInfo, Tier
from posmember.domain.money import Money
from posmember.domain.values import PlatformTime, Unreadable
from posmember.errors import ApiResponseError, MemberNotFoundError
from tests.fakes.assets import at, moment
from tests.fakes.samples import sample_bytes, sample_data

TEMPLATE = CouponTemplate(
    template_id="30001",
    platform=1,
    title="满30减10",
    total=5000,
    value=Decimal("10.00"),
    discount_kind=0,
    min_spend=Decimal(3000),
    limit_per_member=11,
    goods_range=12,
    expiry_kind=13,
    valid_from=at("2026-11-01 00:00:00"),
    valid_until=at("2026-11-30 23:59:59"),
    expiry_days=14,
    status=15,
    scene_type=16,
    exclusive=17,
    daily_limit=18,
    has_time_range=19,
    category=20,
    free_most_expensive=21,
    free_cheapest=22,
    min_items=23,
    store_range=24,
    store_ids=("88001", "1001"),
    explain_text="限堂食",
    free_next_expensive=25,
    buy_count=26,
    label="满30元可用",
    display_title="展示名称",
    display_value="10元",
    display_total_value="12.50",
    code="TC30001",
)
EXPECTED = MemberInfo(
    user_id="100001",
    name="王小明",
    mobile="13800000001",
    gender=1,
    tier=Tier(3, "金卡会员", at("2027-03-01 23:59:59")),
    card_number="VIP880001",
    card_name="金卡会员卡",
    enterprise=True,
    password_enabled=True,
    labels=(Label("老客", 2),),
    benefit_cards=(
        BenefitCard("901", "奶茶月卡", at("2026-11-02 00:00:00"), at("2026-12-02 23:59:59")),
    ),
    points=Decimal("1280.5"),
    principal=Money(20002),
    bonus=Money(3001),
    lifetime_principal=Money(60004),
    lifetime_bonus=Money(9003),
    coupons=(
        CouponRecord(
            coupon_id="50010001",
            valid_from=at("2026-11-04 00:00:00"),
            valid_until=at("2026-11-30"),
            status=0,
            redemption_code="860000010001",
            card_id="860000010002",
            template=TEMPLATE,
        ),
    ),
    gift_cards=(
        MemberGiftCard(
            card_number="LP0000010001",
            name="珍珠奶茶10次卡",
            third_party_number="THIRD-0001",
            face_value=Decimal(10),
            kind=2,
            balance=Decimal(3),
            times_scope=1,
            valid_from=at("2026-10-03 08:00:00"),
            price=Decimal("150.50"),
            origin=3,
            status=4,
            valid_until=at("2100-01-01 00:00:00"),
            used_today=5,
            time_windows='[{"begin": "10:00", "end": "12:00"}]',
            weekdays="1,2,3",
        ),
    ),
)


def test_every_documented_field() -> None:
    decoded = decode(read_answer("member_info", 200, {}, sample_bytes("member_info")))
    assert decoded.value == EXPECTED
    assert decoded.unreadable == ()


def blank(value: Any) -> Any:
    """The same shape with "" for every value: the document's own example."""
    if isinstance(value, dict):
        return {key: blank(item) for key, item in value.items()}
    return [blank(item) for item in value] if isinstance(value, list) else ""


def test_the_documents_example_of_empty_values() -> None:
    decoded = decode(blank(sample_data("member_info")))
    assert decoded.unreadable == ()
    assert decoded.value == MemberInfo(
        labels=(Label(),),
        benefit_cards=(BenefitCard(),),
        coupons=(CouponRecord(template=CouponTemplate()),),
        gift_cards=(MemberGiftCard(),),
    )


@pytest.mark.parametrize("data", [None, "", [], {}], ids=repr)
def test_success_with_nothing_in_it_is_nobody(data: object) -> None:
    with pytest.raises(MemberNotFoundError) as caught:
        decode(data)
    assert caught.value.api == "member_info"


@pytest.mark.parametrize("data", ["x", 0, 1, True, False, [1], [{}]], ids=repr)
def test_data_that_is_no_object(data: object) -> None:
    with pytest.raises(ApiResponseError) as caught:
        decode(data)
    assert (caught.value.path, caught.value.api) == ("$.data", "member_info")


def test_unreadable_fields_are_reported_by_path_and_the_rest_is_there() -> None:
    data = sample_data("member_info")
    data["totalPoints"] = "机密甲"
    data["labelList"] = ["机密乙", {"labelName": "老客"}]
    data["couponsList"][0]["end_at"] = "机密丙"
    data["couponsList"][0]["template"]["shop_ids"] = "机密丁"
    decoded = decode(data)
    assert decoded.unreadable == (
        "$.data.couponsList[0].end_at",
        "$.data.couponsList[0].template.shop_ids",
        "$.data.labelList[0]",
        "$.data.totalPoints",
    )
    assert decoded.value.points == Unreadable("机密甲")
    assert decoded.value.labels == (Label("老客"),)
    assert decoded.value.name == "王小明"
    assert "机密" not in repr(decoded)


@pytest.mark.parametrize("template", [None, [], {}, ""], ids=repr)
def test_a_coupon_without_template(template: object) -> None:
    decoded = decode({"couponsList": [{"couponId": "8601", "template": template}]})
    assert decoded.value.coupons == (CouponRecord(redemption_code="8601"),)
    assert decoded.unreadable == ()


def test_a_template_that_is_no_object() -> None:
    decoded = decode({"couponsList": [{"couponId": "8601", "template": "T"}]})
    assert decoded.value.coupons[0].template is None
    assert decoded.unreadable == ("$.data.couponsList[0].template",)


def coupons_with(*templates: dict[str, object]) -> tuple[CouponRecord, ...]:
    rows = [{"couponId": str(index), "template": t} for index, t in enumerate(templates)]
    return decode({"couponsList": rows}).value.coupons


def test_equal_templates_are_read_once() -> None:
    first, second, third = coupons_with(
        {"id": "1", "title": "a"}, {"id": "1", "title": "a"}, {"id": "1", "title": "b"}
    )
    assert first.template is second.template
    assert third.template == CouponTemplate(template_id="1", title="b")


def test_templates_without_an_id_are_told_apart_by_their_fields() -> None:
    first, second = coupons_with({"title": "a"}, {"title": "b"})
    assert first.template == CouponTemplate(title="a")
    assert second.template == CouponTemplate(title="b")


def test_a_path_is_reported_once() -> None:
    decoded = decode({"couponsList": [{"template": {"id": {"a": 1}}}]})
    assert decoded.unreadable == ("$.data.couponsList[0].template.id",)


def test_hours_that_are_no_text_are_still_hours() -> None:
    """Dropped, they would leave a card usable that perhaps is not."""
    hours = [{"begin": "10:00", "end": "12:00"}]
    rows = [
        {"useTimeScope": hours, "useWeeks": [1, 2]},
        {"useWeeks": 3},
        {"useTimeScope": [], "useWeeks": {}},
        {"useTimeScope": None, "useWeeks": " "},
    ]
    cards = decode({"giftCardList": rows}).value.gift_cards
    assert [(card.time_windows, card.weekdays) for card in cards] == [
        ('[{"begin": "10:00", "end": "12:00"}]', "[1, 2]"),
        ("", "3"),
        ("", ""),
        ("", ""),
    ]


def test_the_never_ending_date_of_the_document() -> None:
    (card,) = decode(sample_data("member_info")).value.gift_cards
    assert isinstance(card.valid_until, PlatformTime)
    assert card.valid_until.never
    assert card.valid_until.at == moment("2100-01-01 00:00:00")


K = IdentifierKind


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (K.MEMBER_CODE, "1"),
        (K.USER_ID, "1"),
        (K.MOBILE, "2"),
        (K.CARD_NUMBER, "3"),
        (K.ALIPAY_USER_ID, "4"),
        (K.WECHAT_OPENID, "5"),
        (K.WECHAT_UNIONID, "6"),
    ],
)
def test_params_name_the_kind(kind: IdentifierKind, number: str) -> None:
    sent = params(
        Identifier(kind, "x1"),
        store_code="1001",
        order_type=OrderType.DINE_IN,
        discount=Money(0),
    )
    assert sent == {
        "identifierNumber": "x1",
        "type": number,
        "multiMark": "1001",
        "typeCate": "1",
        "discountPrice": "0.00",
    }


@pytest.mark.parametrize(
    ("order_type", "number"),
    [(OrderType.DINE_IN, "1"), (OrderType.DELIVERY, "3"), (OrderType.PAY_BILL, "1")],
)
@pytest.mark.parametrize("store_code", [None, ""])
def test_params_of_an_order_in_an_unknown_store(
    store_code: str | None, order_type: OrderType, number: str
) -> None:
    sent = params(
        Identifier(K.MOBILE, "x1"),
        store_code=store_code,
        order_type=order_type,
        discount=Money(1205),
    )
    assert "multiMark" not in sent
    assert (sent["typeCate"], sent["discountPrice"]) == (number, "12.05")


@pytest.mark.parametrize("junk", ["abc", 7, [1, 2], {"a": 1}])
def test_a_list_of_which_nothing_can_be_read_is_lost_and_not_empty(junk: object) -> None:
    info = decode({"couponsList": junk, "giftCardList": junk}).value
    assert (info.coupons, info.coupons_lost) == ((), True)
    assert (info.gift_cards, info.gift_cards_lost) == ((), True)


@pytest.mark.parametrize("nothing", [None, "", " ", [], {}])
def test_an_empty_list_is_not_lost(nothing: object) -> None:
    info = decode({"username": "x", "couponsList": nothing}).value
    assert not info.coupons_lost
    assert not info.gift_cards_lost
