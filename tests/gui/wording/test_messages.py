"""Every code, error and problem has words, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.domain.context import OrderType
from posmember.domain.coupon import Category, Coupon, CouponTemplate, DiscountKind, UnitBasis
from posmember.domain.giftcard import GiftCard, GiftCardKind
from posmember.domain.identifier import IdentifierKind
from posmember.domain.money import Money
from posmember.domain.rules.assessment import AssessedCoupon, Suggestion
from posmember.domain.rules.reasons import (
    Notice,
    NoticeCode,
    Params,
    Reason,
    ReasonCode,
    Verdict,
)
from posmember.domain.rules.remedy import Remedy
from posmember.domain.values import CHINA, PlatformTime, Unreadable
from posmember.resources import resource
from posmember.scanning.entry import EntryProblem
from posmember.scanning.identifier import Problem
from posmember.ui import messages
from posmember.ui.view.screen import Severity
from tests.fakes.wechat_errors import ALONE, all_classes
from tests.gui.samples import NOW, coupon, day

CHINESE = re.compile("[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"[{}]|None")
SHORT_ENOUGH = 26

C = ReasonCode
PARAMS: tuple[tuple[ReasonCode, Params, str], ...] = (
    (C.ACCOUNT_FROZEN, {}, "会员账号已冻结"),
    (C.USED, {}, "已使用过"),
    (C.LOCKED, {}, "已被锁定，可能正用于另一单"),
    (C.DISABLED, {}, "此券已停用"),
    (C.NOT_BOUND, {}, "卡还没绑定"),
    (C.GIFTING, {}, "卡正在转赠中"),
    (C.GIFTED_AWAY, {}, "卡已转赠他人"),
    (C.RECYCLED, {}, "卡已被回收"),
    (C.USED_UP, {}, "卡已用完"),
    (C.STATUS_UNKNOWN, {"value": None}, "状态不明"),
    (C.STATUS_UNKNOWN, {"value": 0}, "状态不明"),
    (C.STATUS_UNKNOWN, {"value": 9}, "状态不明（会员系统状态 9）"),
    (C.NOT_STARTED, {"at": NOW + timedelta(hours=2)}, "还没生效，今天 14:00 起"),
    (C.NOT_STARTED, {"at": None}, "还没生效"),
    (C.EXPIRED, {"at": NOW - timedelta(days=19)}, "已过期（11-02）"),
    (C.EXPIRED, {"at": None}, "已过期"),
    (C.VALIDITY_UNKNOWN, {"field": "valid_until"}, "有效期不明确（到期时间）"),
    (C.VALIDITY_UNKNOWN, {}, "有效期不明确"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": (6, 7)}, "仅限周末可用"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": (1, 2, 3, 4, 5)}, "仅限周一至周五可用"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": (2, 3, 4)}, "仅限周二至周四可用"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": (1, 3)}, "仅限周一、周三可用"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": ()}, "今天不可用"),
    (C.OUTSIDE_HOURS, {"windows": ("14:00-17:00",)}, "仅限 14:00-17:00"),
    (C.OUTSIDE_HOURS, {"windows": ("07:00-09:00", "14:00-17:00")}, "仅限 07:00-09:00、14:00-17:00"),
    (C.OUTSIDE_HOURS, {"windows": ()}, "现在不在可用时段"),
    (C.HOURS_UNKNOWN, {"text": "下午"}, "可用时段不明确"),
    (C.STORE_NOT_ALLOWED, {}, "本店不可用"),
    (C.STORE_UNKNOWN, {}, "不确定本店能不能用"),
    (C.ORDER_TYPE_NOT_ALLOWED, {"allowed": ("delivery",)}, "仅限外卖"),
    (C.ORDER_TYPE_NOT_ALLOWED, {"allowed": ("dine_in", "pay_bill")}, "仅限堂食、买单"),
    (C.ORDER_TYPE_NOT_ALLOWED, {"allowed": ()}, "这种订单不可用"),
    (C.NOT_FOR_ORDERS, {"category": 7}, "免排队券，不用于订单"),
    (C.NOT_FOR_ORDERS, {"category": 8}, "停车券，不用于订单"),
    (C.NOT_FOR_ORDERS, {}, "不用于订单"),
    (
        C.MIN_SPEND_NOT_MET,
        {"need": Money(6400), "have": Money(5800), "gap": Money(600)},
        "还差 \u00a56.00 可用（满 \u00a564.00）",
    ),
    (C.MIN_SPEND_NOT_MET, {"gap": Money(600)}, "还差 \u00a56.00 可用"),
    (C.MIN_SPEND_NOT_MET, {"need": Money(6400)}, "未满 \u00a564.00"),
    (C.MIN_SPEND_NOT_MET, {}, "未到金额门槛"),
    (C.SPEND_UNKNOWN, {"need": Money(3000)}, "满 \u00a530.00 可用，还没填金额"),
    (C.SPEND_UNKNOWN, {}, "有金额门槛，还没填金额"),
    (C.MIN_ITEMS_NOT_MET, {"need": 5, "have": 3, "gap": 2}, "还差 2 件可用（满 5 件）"),
    (C.MIN_ITEMS_NOT_MET, {"gap": 2}, "还差 2 件可用"),
    (C.MIN_ITEMS_NOT_MET, {"need": 5}, "未满 5 件"),
    (C.MIN_ITEMS_NOT_MET, {}, "未到件数门槛"),
    (C.ITEMS_UNKNOWN, {"need": 5}, "满 5 件可用，还没填件数"),
    (C.ITEMS_UNKNOWN, {}, "有件数门槛，还没填件数"),
    (C.GOODS_RESTRICTED, {}, "仅限指定商品"),
    (C.ZERO_BALANCE, {}, "卡里没有余额"),
    (C.VALUE_UNKNOWN, {"field": "scene_type"}, "「适用场景」无法识别"),
    (C.VALUE_UNKNOWN, {"field": "template.scene_type"}, "「适用场景」无法识别"),
    (C.VALUE_UNKNOWN, {"field": "brand_new"}, "「brand_new」无法识别"),
    (C.VALUE_UNKNOWN, {}, "有一项无法识别"),
    (C.VALUE_UNKNOWN, {"field": "account", "state": "late"}, "账号状态正在核对"),
    (
        *(C.VALUE_UNKNOWN, {"field": "account", "state": "failed"}),
        "没能核对账号是否冻结，用前请在收银系统确认",
    ),
    (C.VALUE_UNKNOWN, {"field": "account", "state": "unreadable"}, "账号状态无法识别"),
    (C.VALUE_UNKNOWN, {"field": "account"}, "没能核对账号是否冻结，用前请在收银系统确认"),
)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(resource("translations/posmember_en.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.parametrize(("code", "params", "words"), PARAMS)
def test_a_reason_is_said(code: ReasonCode, params: Params, words: str) -> None:
    assert messages.reason_text(Reason(code, params), NOW) == words


def test_every_reason_is_in_the_table_and_short() -> None:
    assert {code for code, _params, _words in PARAMS} == set(ReasonCode)
    assert max(len(words) for _code, _params, words in PARAMS) <= SHORT_ENOUGH


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("code", "params", "_words"), PARAMS)
def test_a_reason_is_said_in_english(code: ReasonCode, params: Params, _words: str) -> None:
    reason = Reason(code, params)
    said = messages.reason_text(reason, NOW) + messages.reason_hint(reason)
    assert said
    assert not CHINESE.search(said)
    assert not PLACEHOLDER.search(said)


def test_a_hint_is_there_where_a_person_can_find_out() -> None:
    hinted = {code for code, params, _ in PARAMS if messages.reason_hint(Reason(code, params))}
    assert hinted == {
        C.SPEND_UNKNOWN,
        C.ITEMS_UNKNOWN,
        C.GOODS_RESTRICTED,
        C.HOURS_UNKNOWN,
        C.VALIDITY_UNKNOWN,
        C.VALUE_UNKNOWN,
        C.STORE_UNKNOWN,
        C.STATUS_UNKNOWN,
    }


@pytest.mark.parametrize(
    ("state", "hint"), [("late", ""), ("failed", ""), ("unreadable", "→ 请在收银系统核对")]
)
def test_what_to_do_about_an_account_that_is_not_known(state: str, hint: str) -> None:
    """Not to read the coupon: while it is late to wait, and where it failed its words say it."""
    reason = Reason(C.VALUE_UNKNOWN, {"field": "account", "state": state})
    assert messages.reason_hint(reason) == hint


@pytest.mark.parametrize(
    ("code", "params", "words"),
    [
        (C.MIN_SPEND_NOT_MET, {"need": Money(6400), "gap": Money(600)}, "未满 \u00a564.00"),
        (C.MIN_SPEND_NOT_MET, {"gap": Money(600)}, "未到金额门槛"),
        (C.SPEND_UNKNOWN, {"need": Money(3000)}, "要满 \u00a530.00，还没填金额"),
        (C.SPEND_UNKNOWN, {}, "有金额门槛，还没填金额"),
        (C.MIN_ITEMS_NOT_MET, {"need": 5, "gap": 2}, "未满 5 件"),
        (C.ITEMS_UNKNOWN, {"need": 5}, "要满 5 件，还没填件数"),
        (C.ITEMS_UNKNOWN, {}, "有件数门槛，还没填件数"),
        (C.ORDER_TYPE_NOT_ALLOWED, {"allowed": ("delivery",)}, "仅限外卖"),
    ],
)
def test_a_reason_among_others_promises_nothing(
    code: ReasonCode, params: Params, words: str
) -> None:
    assert messages.reason_text(Reason(code, params), NOW, alone=False) == words


def test_only_conditions_are_called_usable_among_other_reasons() -> None:
    said = {
        code
        for code, params, _words in PARAMS
        if "可用" in messages.reason_text(Reason(code, params), NOW, alone=False)
    }
    # 仅限周末可用, 不可用, 可用时段不明确: nothing that this order could be taken for.
    assert said == {
        C.WEEKDAY_NOT_ALLOWED,
        C.OUTSIDE_HOURS,
        C.HOURS_UNKNOWN,
        C.STORE_NOT_ALLOWED,
        C.ORDER_TYPE_NOT_ALLOWED,
    }


@pytest.mark.parametrize(
    ("code", "params", "words"),
    [
        (NoticeCode.DAILY_LIMIT, {"limit": 1}, "每天限 1 次"),
        (NoticeCode.DAILY_LIMIT, {"limit": 2, "used": 1}, "每天限 2 次，今天已用 1 次"),
        (NoticeCode.DAILY_LIMIT, {"used": 1}, "今天已用 1 次"),
        (NoticeCode.DAILY_LIMIT, {}, "每天限次数"),
        (NoticeCode.EXCLUSIVE, {}, "不与其他优惠同享"),
        (NoticeCode.EXPIRING_SOON, {"at": NOW}, "快到期"),
        (
            NoticeCode.UNIT_ASSUMED,
            {"basis": UnitBasis.ASSUMED.value},
            "门槛可能不准，以收银系统为准",
        ),
        (
            NoticeCode.UNIT_ASSUMED,
            {"basis": UnitBasis.TEXT.value},
            "门槛按券面文字推断，以收银系统为准",
        ),
        (NoticeCode.TEXT_RULES, {}, "有使用说明"),
        (NoticeCode.NEEDS_PASSWORD, {}, "需支付密码"),
        (
            NoticeCode.SOURCES_DISAGREE,
            {"fields": ("valid_until", "title")},
            "数据对不上（到期时间、名称），以收银系统为准",
        ),
        (NoticeCode.SOURCES_DISAGREE, {}, "数据对不上，以收银系统为准"),
    ],
)
def test_a_notice_is_said(code: NoticeCode, params: Params, words: str) -> None:
    assert messages.notice_text(Notice(code, params), NOW) == words


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
    internal = {"template_id", "record", "identity", "listed", "sources", "disagreements"}
    unnamed = [
        name
        for name in named
        if name not in internal and not CHINESE.search(messages.field_text(name))
    ]
    assert unnamed == []


ERRORS: tuple[tuple[errors.PosMemberError, Severity, str], ...] = (
    (errors.PosMemberError("x"), Severity.ERROR, "重试"),
    (errors.ConfigError("x"), Severity.ERROR, "联系管理员"),
    (errors.CredentialError("x"), Severity.ERROR, "联系管理员"),
    (errors.KeyringSilentError("x"), Severity.WARNING, "密钥环解锁"),
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
    """Those of membership cards are `test_wechat_errors`'s, and no lookup brings them."""
    assert {type(error) for error, _, _ in ERRORS} == all_classes() - ALONE


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
        (Suggestion(Coupon(title="券"), Money(500),
                    Remedy(amount=Money(3000), gap=Money(600))),
         "再加 \u00a56.00 可用 券（约省 \u00a55.00）"),
        (Suggestion(Coupon(title="券"), remedy=Remedy(order_type=OrderType.DELIVERY)),
         "改为外卖可用 券"),
        (Suggestion(Coupon(title="券"), remedy=Remedy(at=NOW + timedelta(hours=2))),
         "券 今天 14:00 后可用（还有 2 小时）"),
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
