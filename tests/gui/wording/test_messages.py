"""Every code, error and problem has words, in Chinese and in English."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from posmember import errors
from posmember.domain.context import OrderType
from posmember.domain.coupon import Category, Coupon, CouponTemplate, DiscountKind
from posmember.domain.giftcard import GiftCard, GiftCardKind
from posmember.domain.identifier import IdentifierKind
from posmember.domain.money import Money
from posmember.domain.rules.assessment import AssessedCoupon, Suggestion
from posmember.domain.rules.reasons import (
    Notice,
    NoticeCode,
    Verdict,
)
from posmember.domain.rules.remedy import Remedy
from posmember.domain.values import CHINA, PlatformTime, Unreadable
from posmember.scanning.entry import EntryProblem
from posmember.scanning.identifier import Problem
from posmember.ui import messages
from posmember.ui.view.screen import Severity
from tests.fakes.wechat_errors import ALONE, all_classes
from tests.gui.samples import NOW, coupon, day

CHINESE = re.compile("[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"[{}]|None")


@pytest.mark.usefixtures("english")
def test_every_notice_verdict_kind_and_problem_is_said_in_english() -> None:
    said = [messages.notice_text(Notice(code), NOW) for code in NoticeCode]
    said += [messages.verdict_text(verdict) for verdict in Verdict]
    said += [messages.category_text(category) for category in (*Category, None, 99)]
    said += [messages.order_type_text(order_type) for order_type in OrderType]
    said += [messages.identifier_kind_text(kind) for kind in IdentifierKind]
    said += [messages.identifier_problem_text(problem) for problem in Problem]
    said += [messages.entry_problem_text("x", problem) for problem in EntryProblem]
    assert all(said)
    assert not any(CHINESE.search(words) or PLACEHOLDER.search(words) for words in said)


def test_every_field_that_a_rule_may_name_has_a_chinese_name() -> None:
    named = [field.name for kind in (CouponTemplate, Coupon, GiftCard) for field in fields(kind)]
    internal = {"template_id", "record", "identity", "listed", "sources"}
    internal |= {"versions", "entries", "twin_unclear", "unclear", "store_ids_text"}
    unnamed = [
        name
        for name in named
        if name not in internal and not CHINESE.search(messages.field_text(name))
    ]
    assert unnamed == []


ERRORS: tuple[tuple[errors.PosMemberError, Severity, str], ...] = (
    (errors.PosMemberError("x"), Severity.ERROR, "重试"),
    (errors.ConfigError("x"), Severity.ERROR, "联系管理员"),
    (errors.NotSetUpError("x"), Severity.ERROR, "Ctrl+,"),
    (errors.CredentialError("x"), Severity.ERROR, "联系管理员"),
    (errors.KeyMissingError("x"), Severity.ERROR, "Ctrl+,"),
    (errors.KeyringLockedError("x"), Severity.WARNING, "没有解锁"),
    (errors.KeyringSilentError("x"), Severity.WARNING, "密钥库解锁"),
    (errors.ApiError("x"), Severity.ERROR, "F5"),
    (errors.ApiConnectionError("x"), Severity.ERROR, "检查网络"),
    (errors.ApiTimeoutError("x"), Severity.ERROR, "F5"),
    (errors.ApiStatusError("x", status=503), Severity.ERROR, "稍后"),
    (errors.ApiStatusError("x", status=403), Severity.ERROR, "拒绝"),
    (errors.ApiStatusError("x", status=302), Severity.ERROR, "地址"),
    (errors.ApiStatusError("x", status=404), Severity.ERROR, "联系管理员"),
    (errors.ApiBusinessError("x", code="7"), Severity.ERROR, "代码 7"),
    (errors.MemberNotFoundError("x"), Severity.WARNING, "没有找到"),
    (errors.OtherMemberError("x"), Severity.ERROR, "另一位会员，没有显示，请重新扫码"),
    (errors.SignatureRejectedError("x", code="110004"), Severity.ERROR, "代码 110004"),
    (errors.RateLimitedError("x"), Severity.WARNING, "稍等"),
    (errors.RateLimitedError("x", retry_after=4.6), Severity.WARNING, "5 秒"),
    (errors.ApiResponseError("x", path="$.data"), Severity.ERROR, "无法识别"),
)


@pytest.mark.parametrize(("error", "severity", "words"), ERRORS)
def test_an_error_says_what_happened_and_what_to_do(
    error: errors.PosMemberError, severity: Severity, words: str
) -> None:
    hint = messages.error_text(error)
    assert words in hint.text
    assert hint.severity is severity
    assert hint.support_code == ""


def test_every_error_class_is_in_the_table() -> None:
    """Those of membership cards and secrets have tests of their own: no lookup brings them."""
    tested = {type(error) for error, _, _ in ERRORS}
    assert tested == all_classes() - ALONE - {errors.SecretRejectedError}


def test_the_platforms_words_follow_cut_and_on_one_line() -> None:
    error = errors.ApiBusinessError("x", code="1\n2", platform_message="签名\n错误" + "很长" * 100)
    text = messages.error_text(error).text
    assert "（代码 1 2：签名 错误很长" in text
    assert text.endswith("…）")
    assert len(text) < 120


def test_the_payment_code_is_said_as_agreed() -> None:
    said = messages.identifier_problem_text(Problem.PAYMENT_CODE)
    assert said == "这是付款码，请让顾客打开会员码"


@pytest.mark.parametrize(
    ("suggestion", "words"),
    [
        (Suggestion(Coupon(title="满30减10"), Money(1000)),
         "推荐 满30减10  约省 \u00a510.00"),
        (Suggestion(Coupon(title="满30减10")), "推荐 满30减10"),
        (Suggestion(Coupon(title="8.8折", discount_kind=1), Money(696)),
         "推荐 8.8折  最多约省 \u00a56.96"),
        (Suggestion(Coupon(title="满30减10"), Money(1000), beside=Coupon(title="免配送费券")),
         "推荐 满30减10  约省 \u00a510.00  另有 免配送费券"),
        (Suggestion(Coupon(title="券"), Money(500),
                    Remedy(amount=Money(3000), gap=Money(600))),
         "再加 \u00a56.00 可用 券（约省 \u00a55.00）"),
        (Suggestion(Coupon(title="券"), remedy=Remedy(order_type=OrderType.DELIVERY)),
         "改为外卖可用 券"),
        (Suggestion(Coupon(title="券"), remedy=Remedy(at=NOW + timedelta(hours=2))),
         "券 今天 14:00 起"),
        (Suggestion(Coupon(title="券"), remedy=Remedy(at=NOW + timedelta(hours=13))),
         "券 凌晨 01:00 起"),
        (Suggestion(Coupon(title="券"), remedy=Remedy(at=NOW + timedelta(hours=12))),
         "券 凌晨 00:00 起"),
        (Suggestion(Coupon(title="券"), remedy=Remedy(at=NOW + timedelta(days=1))),
         "券 明天 12:00 起"),
        (Suggestion(Coupon(title="券"), remedy=Remedy(items=3)),
         "满 3 件即可用：券"),
        (Suggestion(Coupon(title="")), "推荐 优惠券"),
    ],
)  # fmt: skip
def test_one_coupon_is_suggested_and_a_saving_is_an_estimate(
    suggestion: Suggestion, words: str
) -> None:
    assert messages.suggestion_text(suggestion, NOW) == words


def test_a_long_title_is_cut_in_a_suggestion() -> None:
    said = messages.suggestion_text(Suggestion(Coupon(title="长" * 99)), NOW)
    assert said == "推荐 " + "长" * 23 + "…"


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (None, day("2026-11-30"), "11-30 到期（9天）"),
        (None, day("2026-11-21"), "今天到期"),
        (None, day("2026-11-22"), "明天到期"),
        (None, day("2026-11-23"), "后天到期"),
        (None, day("2027-03-01"), "2027-03-01 到期（100天）"),
        (None, day("2100-01-01"), "永久有效"),
        (None, day("2026-11-02"), "11-02 已到期"),
        (None, PlatformTime(NOW + timedelta(hours=6)), "今天 18:00 到期"),
        (None, PlatformTime(NOW.replace(hour=23, minute=59, second=59)), "今天到期"),
        (None, PlatformTime(NOW - timedelta(hours=1)), "今天 已到期"),
        (None, None, "有效期未提供"),
        (None, Unreadable("?"), "有效期未知"),
        (day("2026-12-01"), day("2026-12-31"), "12-01 起，12-31 到期（40天）"),
        (day("2026-01-01"), day("2026-11-30"), "11-30 到期（9天）"),
    ],
)
def test_a_validity_is_said(
    starts: PlatformTime | None, ends: PlatformTime | Unreadable | None, words: str
) -> None:
    assert messages.validity_text(starts, ends, NOW) == words


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(seconds=1), "还有 1 分钟"),
        (timedelta(minutes=25), "还有 25 分钟"),
        (timedelta(minutes=59, seconds=59), "还有 1 小时"),
        (timedelta(minutes=90), "还有 1 小时 30 分"),
        (timedelta(hours=2), "还有 2 小时"),
        (timedelta(hours=5, minutes=10), "还有 5 小时"),
        (timedelta(hours=23), "还有 23 小时"),
        (timedelta(days=1), "还有 1 天"),
        (timedelta(days=9), "还有 9 天"),
        (timedelta(0), "还有 0 分钟"),
    ],
)
def test_a_wait_is_said(later: timedelta, words: str) -> None:
    assert messages.wait_text(NOW + later, NOW) == words


def test_times_are_said_in_the_stores_zone() -> None:
    at = datetime.fromisoformat("2026-11-21T06:00:00+00:00")
    assert messages.usable_from_text(at, NOW) == "今天 14:00 后可用（还有 2 小时）"
    midnight = datetime(2026, 11, 22, tzinfo=CHINA)
    assert messages.usable_from_text(midnight, NOW) == "明天起可用（还有 12 小时）"
    assert messages.clock_text(at) == "14:00:00"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (5800, "\u00a558.00"),
        (0, "\u00a50.00"),
        (-50, "-\u00a50.50"),
        (128000, "\u00a51,280.00"),
        (1, "\u00a50.01"),
    ],
)
def test_money_is_said(fen: int, words: str) -> None:
    assert messages.money_text(Money(fen)) == words


def test_what_is_missing_or_unreadable_is_never_said_as_zero() -> None:
    for value in (None, Unreadable("0")):
        assert "0" not in messages.amount_text(value) + messages.number_text(value)
    assert messages.gift_card_value_text(GiftCard(kind=GiftCardKind.TIMES)) == "次数未知"
    assert messages.gift_card_value_text(GiftCard(kind=GiftCardKind.CASH)) == "余额未知"
    assert messages.gift_card_value_text(GiftCard(kind=GiftCardKind.BENEFIT)) == "权益卡"


@pytest.mark.parametrize(
    ("sample", "value", "kind"),
    [
        (coupon(1, "x", value=Decimal("10.00")), "\u00a510", "现金券"),
        (coupon(1, "x", value=Decimal("10.50")), "\u00a510.5", "现金券"),
        (coupon(1, "x", percent=Decimal(85)), "8.5折", "折扣券"),
        (coupon(1, "x", percent=Decimal(50)), "5折", "折扣券"),
        (coupon(1, "x", category=Category.FREE_ITEMS), "免单", "免单券"),
        (coupon(1, "x", category=Category.GOODS, value=Decimal(5)), "\u00a55", "商品券"),
        (coupon(1, "x", category=Category.FREE_DELIVERY), "免运费", "免配送费券"),
    ],
)
def test_a_coupon_says_its_value_and_kind(sample: AssessedCoupon, value: str, kind: str) -> None:
    assert messages.coupon_value_text(sample.coupon) == value
    assert messages.coupon_kind_text(sample.coupon) == kind


@pytest.mark.usefixtures("english")
def test_a_discount_is_said_as_percent_off_in_english() -> None:
    made = Coupon(discount_kind=DiscountKind.PERCENT, percent_paid=Decimal(85))
    assert messages.coupon_value_text(made) == "15% off"


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f\u202a\u202e\u2066\u2067\u2069")
def test_a_text_cannot_turn_the_words_around_it(mark: str) -> None:
    assert messages.one_line(f"金卡{mark} 会员{mark}") == "金卡 会员"


def test_a_text_of_several_lines_becomes_one() -> None:
    assert messages.one_line(" a\r\n b\t\u3000c ") == "a b c"
    assert messages.in_lines("a", "", "b") == "a\nb"
    assert messages.tooltip("<b>&") == "<span>&lt;b&gt;&amp;</span>"


def test_sentences_stand_behind_each_other_as_in_chinese() -> None:
    assert messages.joined(("甲", "乙")) == "甲；乙"


@pytest.mark.usefixtures("english")
def test_sentences_stand_behind_each_other_as_in_english() -> None:
    assert messages.joined(("one", "two")) == "one; two"
