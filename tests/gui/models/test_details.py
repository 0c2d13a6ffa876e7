"""What the details of a coupon and of a gift card say, without a window."""

from __future__ import annotations

from dataclasses import replace

from posmember.domain.coupon import IdentityCoupon
from posmember.domain.giftcard import ListedGiftCard, MemberGiftCard
from posmember.domain.rules.reasons import Reason, ReasonCode, Verdict
from posmember.domain.sources import Source
from posmember.ui.models.details import coupon_details, gift_card_details
from tests.gui import samples
from tests.gui.samples import CONTEXT


def test_it_says_that_nothing_would_help() -> None:
    details = coupon_details(samples.usual_coupons()[8], CONTEXT)
    assert details.helps == ()
    assert details.no_help == ("这单用不了，改单、等待都不行",)


def test_what_is_to_check_is_said_with_how() -> None:
    details = coupon_details(samples.usual_coupons()[3], CONTEXT)
    assert (details.verdict, details.verdict_word) == (Verdict.CHECK, "需确认")
    assert details.helps == ("→ 请核对所点商品",)
    assert details.no_help == ()


def test_a_usable_coupon_needs_no_help() -> None:
    details = coupon_details(samples.usual_coupons()[0], CONTEXT)
    assert (details.helps, details.no_help) == ((), ())
    assert details.notices == ("不与其他优惠同享", "有使用说明")


def test_the_platforms_texts_are_said_on_one_line_each() -> None:
    details = coupon_details(samples.usual_coupons()[0], CONTEXT)
    assert details.texts == (
        "使用说明：每单限用一张，不找零。<b>最终解释权归门店</b> 节假日通用。",
    )
    card = gift_card_details(samples.usual_gift_cards()[0], CONTEXT)
    assert card.texts == ("面值：100", "有效期说明：长期有效")


def test_what_each_source_knows_of_a_gift_card_is_said() -> None:
    assessed = samples.usual_gift_cards()[1]
    record = MemberGiftCard(third_party_number="T-77")
    card = replace(assessed.card, used_today=2, record=record, listed=None, face_value=None)
    details = gift_card_details(replace(assessed, card=card), CONTEXT)
    assert details.texts == ("今天已用：2", "三方卡号：T-77")
    listed = ListedGiftCard(validity_text="三年", status_text="已绑定")
    card = replace(assessed.card, record=None, listed=listed)
    details = gift_card_details(replace(assessed, card=card), CONTEXT)
    assert details.texts == ("面值：100", "有效期说明：三年", "会员系统状态：已绑定")


def test_a_coupon_of_identity_alone_has_its_words() -> None:
    assessed = samples.usual_coupons()[0]
    known = IdentityCoupon(description="不可叠加", validity_text="领取后 30 天")
    coupon = replace(assessed.coupon, template=None, identity=known, sources=(Source.IDENTITY,))
    assert coupon_details(replace(assessed, coupon=coupon), CONTEXT).texts == (
        "券说明：不可叠加",
        "有效期说明：领取后 30 天",
        "只有「会员识别」查询给出这一张",
    )
    bare = replace(coupon, identity=None, sources=())
    assert coupon_details(replace(assessed, coupon=bare), CONTEXT).texts == ()


def test_a_source_is_named_when_only_one_query_knew_it() -> None:
    assessed = samples.usual_coupons()[1]
    alone = replace(assessed, coupon=replace(assessed.coupon, sources=(Source.IDENTITY,)))
    assert coupon_details(alone, CONTEXT).texts == ("只有「会员识别」查询给出这一张",)
    both = samples.usual_gift_cards()
    assert all(
        "查询" not in text for card in both for text in gift_card_details(card, CONTEXT).texts
    )


def test_an_unreadable_text_is_said_where_it_was_looked_for() -> None:
    assessed = samples.evaluated(samples.coupon(1, "券", scene_type=9))
    (row,) = (row for row in coupon_details(assessed, CONTEXT).rules if row.name == "订单类型")
    assert row.told == "「适用场景」：9\n「券类型」：0"
    assert Reason(ReasonCode.VALUE_UNKNOWN, {"field": "scene_type"}, "9") in (
        assessed.eligibility.reasons
    )
