"""What the details of a coupon and of a gift card say, without a window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from posmember.domain.coupon import IdentityCoupon, MinSpend, UnitBasis
from posmember.domain.giftcard import ListedGiftCard, MemberGiftCard
from posmember.domain.money import Money
from posmember.domain.rules.reasons import Eligibility, Reason, ReasonCode, Verdict
from posmember.domain.sources import Source
from posmember.ui.models.details import coupon_details, gift_card_details
from tests.gui import samples
from tests.gui.samples import CHECKING_IN, SHOWN_IN


def test_it_says_why_in_one_sentence_and_that_nothing_would_help() -> None:
    details = coupon_details(samples.usual_coupons()[8], SHOWN_IN)
    assert details.sentence == "已过期（11-02）"
    assert details.helps == ("这单用不了，改单、等待都不行",)


def test_of_several_reasons_the_first_is_said_and_the_others_counted() -> None:
    details = coupon_details(samples.usual_coupons()[7], SHOWN_IN)
    assert details.sentence == "仅限外卖，另有 1 个原因"
    assert details.helps == ("→ 切换为外卖，再加 2 件，即可用",)


def test_what_is_to_check_is_said_with_how() -> None:
    details = coupon_details(samples.usual_coupons()[3], SHOWN_IN)
    assert (details.verdict, details.verdict_word) == (Verdict.CHECK, "需确认")
    assert details.sentence == "先确认：线下券，请在对应系统核销，另有 1 个原因"
    assert details.helps == ("→ 请核对所点商品",)


def test_a_verdict_to_check_without_a_reason_is_the_accounts() -> None:
    assessed = samples.usual_coupons()[0]
    unknown = replace(assessed, eligibility=Eligibility(Verdict.CHECK))
    details = coupon_details(unknown, SHOWN_IN)
    assert details.sentence == "没能核对账号是否冻结，用前请在收银系统确认"


def test_a_usable_coupon_needs_no_help() -> None:
    details = coupon_details(samples.usual_coupons()[0], SHOWN_IN)
    assert details.sentence == "这一单现在可以用"
    assert details.helps == ()
    assert details.notices == ("不与其他优惠同享", "有使用说明")


@pytest.mark.parametrize("row", range(10))
def test_nothing_is_said_of_a_verdict_that_is_not_known_yet(row: int) -> None:
    details = coupon_details(samples.usual_coupons()[row], CHECKING_IN)
    assert (details.verdict, details.verdict_word) == (None, "核对中")
    assert details.sentence == "正在核对，马上就好"
    assert (details.helps, details.notices, details.rules) == ((), (), ())


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ({}, ("11-30 到期（9天）", "满 \u00a564.00")),
        ({"min_items": 2}, ("11-30 到期（9天）", "满 \u00a564.00", "满 2 件")),
        ({"scene_type": 1}, ("11-30 到期（9天）", "满 \u00a564.00", "仅限外卖")),
        ({"scene_type": 6}, ("11-30 到期（9天）", "满 \u00a564.00", "仅限堂食、买单")),
        ({"goods_range": 1}, ("11-30 到期（9天）", "满 \u00a564.00", "仅限指定商品")),
        ({"daily_limit": 1}, ("11-30 到期（9天）", "满 \u00a564.00", "每天限 1 次")),
        (
            {"store_range": 1, "store_ids": ("1001", "7", "9")},
            ("11-30 到期（9天）", "满 \u00a564.00", "人民广场店等 3 家门店可用"),
        ),
        (
            {"store_range": 1, "store_ids": ("7", "9")},
            ("11-30 到期（9天）", "满 \u00a564.00", "2 家门店可用，不含人民广场店"),
        ),
        (
            {"store_range": 2, "store_ids": ("88001",)},
            ("11-30 到期（9天）", "满 \u00a564.00", "人民广场店等 1 家门店不可用"),
        ),
        (
            {"store_range": 2, "store_ids": ("7",)},
            ("11-30 到期（9天）", "满 \u00a564.00", "除 1 家门店外都可用"),
        ),
        ({"store_range": 9, "store_ids": ("7",)}, ("11-30 到期（9天）", "满 \u00a564.00")),
    ],
)
def test_conditions_are_words_and_never_an_enums_number(
    template: dict[str, Any], said: tuple[str, ...]
) -> None:
    need = MinSpend(Money(6400), UnitBasis.DOCUMENTED)
    assessed = samples.coupon(1, "券", min_spend=need, **template)
    assert coupon_details(assessed, SHOWN_IN).conditions == said


def test_the_platforms_texts_are_said_on_one_line_each() -> None:
    details = coupon_details(samples.usual_coupons()[0], SHOWN_IN)
    assert details.texts == (
        "使用说明：每单限用一张，不找零。<b>最终解释权归门店</b> 节假日通用。",
    )
    card = gift_card_details(samples.usual_gift_cards()[0], SHOWN_IN)
    assert card.texts == ("面值：100", "有效期说明：长期有效")


def test_what_each_source_knows_of_a_gift_card_is_said() -> None:
    assessed = samples.usual_gift_cards()[1]
    record = MemberGiftCard(third_party_number="T-77")
    card = replace(assessed.card, used_today=2, record=record, listed=None, face_value=None)
    details = gift_card_details(replace(assessed, card=card), SHOWN_IN)
    assert details.texts == ("今天已用：2", "三方卡号：T-77")
    listed = ListedGiftCard(validity_text="三年", status_text="已绑定")
    card = replace(assessed.card, record=None, listed=listed)
    details = gift_card_details(replace(assessed, card=card), SHOWN_IN)
    assert details.texts == ("面值：100", "有效期说明：三年", "会员系统状态：已绑定")


def test_a_coupon_of_identity_alone_has_its_words() -> None:
    assessed = samples.usual_coupons()[0]
    known = IdentityCoupon(description="不可叠加", validity_text="领取后 30 天")
    coupon = replace(assessed.coupon, template=None, identity=known, sources=(Source.IDENTITY,))
    assert coupon_details(replace(assessed, coupon=coupon), SHOWN_IN).texts == (
        "券说明：不可叠加",
        "有效期说明：领取后 30 天",
        "只有「会员识别」查询给出这一张",
    )
    bare = replace(coupon, identity=None, sources=())
    assert coupon_details(replace(assessed, coupon=bare), SHOWN_IN).texts == ()


def test_a_source_is_named_when_only_one_query_knew_it() -> None:
    assessed = samples.usual_coupons()[1]
    alone = replace(assessed, coupon=replace(assessed.coupon, sources=(Source.IDENTITY,)))
    assert coupon_details(alone, SHOWN_IN).texts == ("只有「会员识别」查询给出这一张",)
    both = samples.usual_gift_cards()
    assert all(
        "查询" not in text for card in both for text in gift_card_details(card, SHOWN_IN).texts
    )


def test_an_unreadable_text_is_said_where_it_was_looked_for() -> None:
    assessed = samples.evaluated(samples.coupon(1, "券", scene_type=9))
    (row,) = (row for row in coupon_details(assessed, SHOWN_IN).rules if row.name == "订单类型")
    assert row.told == "「适用场景」：9\n「券类型」：0"
    assert Reason(ReasonCode.VALUE_UNKNOWN, {"field": "scene_type"}, "9") in (
        assessed.eligibility.reasons
    )
