"""Every rule that was looked at, in words: in which order, how it came out, and from what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from posmember.domain.context import AccountStatus, Context, Order, OrderType
from posmember.domain.coupon import Category, Coupon, MinSpend, UnitBasis
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from posmember.domain.rules.explanation import Outcome, explain
from posmember.domain.values import PlatformTime, Unreadable
from posmember.ui.wording.rules import RuleRow, passed_text, rule_rows
from tests.gui import samples
from tests.gui.samples import CONTEXT, coupon, day, gift_card

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
COUPON_NAMES = {
    "账号状态",
    "券状态",
    "锁定状态",
    "券模板状态",
    "数据核对",
    "核销系统",
    "生效时间",
    "到期时间",
    "可用时段",
    "适用门店",
    "订单类型",
    "券的用途",
    "金额门槛",
    "件数门槛",
    "与其他优惠同享",
    "每天限用",
    "适用商品",
    "其他数据",
}
CARD_NAMES = {
    "账号状态",
    "卡状态",
    "数据核对",
    "核销系统",
    "生效时间",
    "到期时间",
    "可用星期",
    "可用时段",
    "适用商品",
    "卡里剩余",
    "其他数据",
}


def rows_of(asset: Coupon | GiftCard, context: Context = CONTEXT) -> tuple[RuleRow, ...]:
    return rule_rows(explain(asset, context), context.now)


def row_of(name: str, asset: Coupon | GiftCard, context: Context = CONTEXT) -> RuleRow:
    (found,) = (row for row in rows_of(asset, context) if row.name == name)
    return found


def test_every_rule_is_there_once() -> None:
    assert {row.name for row in rows_of(coupon(1, "券").coupon)} == COUPON_NAMES
    assert {row.name for row in rows_of(gift_card(1, "卡", balance=Money(1)).card)} == CARD_NAMES
    assert len(rows_of(coupon(1, "券").coupon)) == len(COUPON_NAMES)


@pytest.mark.parametrize("title", [found.coupon.title for found in samples.usual_coupons()])
def test_what_failed_is_first_then_what_is_unknown(title: str) -> None:
    (found,) = (each for each in samples.usual_coupons() if each.coupon.title == title)
    outcomes = [row.outcome for row in rows_of(found.coupon)]
    assert outcomes == sorted(outcomes, key=[FAILED, UNKNOWN, PASSED].index)
    reasons = found.eligibility.reasons
    assert outcomes.count(FAILED) == sum(reason.blocks for reason in reasons)
    assert outcomes.count(UNKNOWN) == sum(not reason.blocks for reason in reasons)


def test_failed_comes_before_unknown() -> None:
    mixed = coupon(1, "券", scene_type=1, goods_range=1, has_time_range=1, status=0).coupon
    rows = rows_of(mixed)
    assert [(row.outcome, row.name) for row in rows[:5]] == [
        (FAILED, "券模板状态"),
        (FAILED, "订单类型"),
        (UNKNOWN, "可用时段"),
        (UNKNOWN, "适用商品"),
        (PASSED, "账号状态"),
    ]


THRESHOLD = coupon(1, "满60", min_spend=MinSpend(Money(6000), UnitBasis.TEXT)).coupon


@pytest.mark.parametrize(
    ("amount", "outcome", "text"),
    [
        (Money(6000), PASSED, ""),
        (Money(5400), FAILED, "还差 \u00a56.00 可用（满 \u00a560.00）"),
        (None, UNKNOWN, "满 \u00a560.00 可用，还没填金额"),
    ],
)
def test_a_threshold_is_one_row_whatever_became_of_it(
    amount: Money | None, outcome: Outcome, text: str
) -> None:
    context = replace(CONTEXT, order=Order(amount=amount))
    row = row_of("金额门槛", THRESHOLD, context)
    assert (row.outcome, row.text) == (outcome, text)


def test_among_others_a_threshold_promises_nothing() -> None:
    assert THRESHOLD.template is not None
    delivery = replace(THRESHOLD, template=replace(THRESHOLD.template, scene_type=1))
    context = replace(CONTEXT, order=Order(OrderType.DINE_IN, Money(5400)))
    assert row_of("金额门槛", delivery, context).text == "未满 \u00a560.00"


def test_the_platforms_own_text_is_beside_each_rule() -> None:
    odd = coupon(1, "券", scene_type=9, store_range=1).coupon
    assert row_of("订单类型", odd).told == "「适用场景」：9\n「券类型」：0"
    assert row_of("适用门店", odd).told == "「门店范围」：1\n「适用门店」：— 未返回"
    assert row_of("到期时间", odd).told == "「到期时间」：2026-11-30\n「有效期类型」：— 未返回"
    assert row_of("生效时间", odd).told == "「开始时间」：2026-01-01"


@pytest.mark.parametrize(
    ("account", "told", "outcome"),
    [
        (AccountStatus.ACTIVE, "正常", PASSED),
        (AccountStatus.FROZEN, "已冻结", FAILED),
        (AccountStatus.LATE, "正在核对", UNKNOWN),
        (AccountStatus.FAILED, "没能核对", UNKNOWN),
        (AccountStatus.UNREADABLE, "无法识别", UNKNOWN),
    ],
)
def test_the_account_is_told_in_words(account: AccountStatus, told: str, outcome: Outcome) -> None:
    row = row_of("账号状态", coupon(1, "券").coupon, replace(CONTEXT, account=account))
    assert (row.told, row.outcome) == (f"「账号状态」：{told}", outcome)


@pytest.mark.parametrize(
    ("account", "text"),
    [
        (AccountStatus.ACTIVE, ""),
        (AccountStatus.FROZEN, "会员账号已冻结"),
        (AccountStatus.LATE, "账号状态正在核对"),
        (AccountStatus.FAILED, "没能核对账号是否冻结，用前请在收银系统确认"),
        (AccountStatus.UNREADABLE, "没能核对账号是否冻结，用前请在收银系统确认"),
    ],
)
def test_the_sheet_says_why_an_account_makes_it_one_to_check(
    account: AccountStatus, text: str
) -> None:
    """The asset has no reason of its own: the member's is said here, as 为什么 is asked here."""
    context = replace(CONTEXT, account=account)
    assert row_of("账号状态", coupon(1, "券").coupon, context).text == text


def test_a_conflict_names_what_does_not_match() -> None:
    first = replace(coupon(1, "券").coupon, disagreements=("valid_until", "value"))
    over = replace(first, valid_until=day("2026-11-02"))
    row = row_of("数据核对", replace(first, versions=(over,)))
    assert (row.outcome, row.text) == (UNKNOWN, "数据对不上（有效期），以收银系统为准")
    assert row.told == "「对不上的数据」：到期时间、面值"
    ends = row_of("到期时间", replace(first, versions=(over,)))
    assert (ends.outcome, ends.text) == (UNKNOWN, "不确定")
    whole = row_of("数据核对", coupon(1, "券").coupon)
    assert (whole.outcome, whole.told) == (PASSED, "「对不上的数据」：没有")


@pytest.mark.parametrize(
    ("name", "changes", "text"),
    [
        ("核销系统", {"platform": 2}, "口碑券，请在对应系统核销"),
        ("核销系统", {"category": Category.EXCHANGE}, "线下券，请在对应系统核销"),
        ("与其他优惠同享", {"exclusive": 1}, "与其他优惠同享不了：单上已优惠 \u00a510"),
        (
            "金额门槛",
            {"min_spend": MinSpend(Money(5800), UnitBasis.IDENTITY)},
            "已优惠后差 \u00a510，可能要补",
        ),
        (
            "金额门槛",
            {"min_spend": MinSpend(Money(80), UnitBasis.ASSUMED, Money(8000))},
            "门槛可能是 \u00a580 或 \u00a50.80，以收银系统为准",
        ),
        (
            "件数门槛",
            {"category": Category.BUY_M_GET_N, "buy_count": 5},
            "还差 2 件可用（满 5 件）",
        ),
    ],
)
def test_a_row_that_is_new_says_why(name: str, changes: dict[str, Any], text: str) -> None:
    context = replace(CONTEXT, order=replace(CONTEXT.order, discount=Money(1000)))
    row = row_of(name, coupon(1, "券", **changes).coupon, context)
    assert row.text == text
    assert row.outcome is (FAILED if "还差" in text else UNKNOWN)


def test_a_limit_a_day_is_told_with_how_many_are_used() -> None:
    limited = replace(coupon(1, "券", daily_limit=1).coupon, used_of_template=1)
    row = row_of("每天限用", limited)
    assert (row.outcome, row.text) == (UNKNOWN, "今天可能已用过（每天限 1 张）")
    assert row.told == "「每日限用次数」：1\n「同一种券已用张数」：1"


def test_what_is_off_already_is_no_discount_in_fold() -> None:
    told = row_of("与其他优惠同享", coupon(1, "券", exclusive=0).coupon).told
    assert told == "「是否不可同享」：0\n「已优惠」：0.00"


def test_a_card_of_another_system_says_so() -> None:
    card = replace(gift_card(1, "卡", balance=Money(1)).card, non_code=1)
    assert row_of("核销系统", card).text == "非码卡，请在对应系统核销"
    unbound = replace(gift_card(1, "卡", balance=Money(1)).card, bound=0)
    assert row_of("数据核对", unbound).text == "数据对不上（绑定状态），以收银系统为准"


def test_what_could_not_be_read_is_said_where_it_matters() -> None:
    odd = coupon(1, "券", scene_type=9).coupon
    row = row_of("订单类型", odd)
    assert (row.outcome, row.text) == (UNKNOWN, "「适用场景」无法识别")
    assert "其他数据" not in {found.name for found in rows_of(odd)}


def test_a_coupon_without_a_template_says_so_once() -> None:
    bare = replace(coupon(1, "券").coupon, template=None)
    row = row_of("其他数据", bare)
    assert (row.outcome, row.text) == (UNKNOWN, "「券模板」无法识别")
    said = [found.text for found in rows_of(bare)]
    assert said.count("「券模板」无法识别") == 1
    assert row_of("订单类型", bare).text == "不确定"


@pytest.mark.parametrize(
    ("start", "end", "name", "text"),
    [
        (Unreadable("随时"), day("2026-11-30"), "生效时间", "有效期不明确（开始时间）"),
        (day("2026-01-01"), Unreadable("无"), "到期时间", "有效期不明确（到期时间）"),
        (day("2026-01-01"), None, "到期时间", "有效期不明确（到期时间）"),
    ],
)
def test_an_unclear_validity_is_said_at_its_start_or_end(
    start: PlatformTime | Unreadable, end: PlatformTime | Unreadable | None, name: str, text: str
) -> None:
    asset = replace(coupon(1, "券").coupon, valid_from=start, valid_until=end)
    row = row_of(name, asset)
    assert (row.outcome, row.text) == (UNKNOWN, text)
    others = {found.name: found.outcome for found in rows_of(asset) if found.name != name}
    assert set(others.values()) == {PASSED}


def test_weekdays_and_hours_of_a_gift_card_stand_apart() -> None:
    windows = '[{"begin":"14:00","end":"17:00"}]'
    card = replace(gift_card(1, "卡", balance=Money(1), time_windows=windows).card, weekdays="1,2")
    weekdays, hours = row_of("可用星期", card), row_of("可用时段", card)
    assert weekdays.told == "「可用星期」：1,2"
    assert hours.told == f"「可用时段」：{windows}"
    assert hours.text == "仅限 14:00-17:00"


def test_a_long_text_of_the_platform_is_cut() -> None:
    asset = coupon(1, "券", store_range=1).coupon
    assert asset.template is not None
    stores = tuple(str(number) for number in range(1000))
    asset = replace(asset, template=replace(asset.template, store_ids=stores))
    told = row_of("适用门店", asset).told
    assert told.endswith("…")
    assert len(told) < 200


def test_a_row_is_one_sentence_for_a_screen_reader() -> None:
    row = row_of("订单类型", coupon(1, "券", scene_type=1).coupon)
    assert row.sentence() == "不通过；订单类型；仅限外卖"
    assert RuleRow(UNKNOWN, "可用星期", "不确定", "").sentence() == "不确定；可用星期"


def test_outcomes_are_counted() -> None:
    rows = rows_of(samples.usual_coupons()[7].coupon)
    assert passed_text(rows) == "其余 16 项正常"
