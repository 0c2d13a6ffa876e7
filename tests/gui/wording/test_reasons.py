"""Reasons and notices are said, in Chinese and in English."""

from __future__ import annotations

import re

import pytest

from posmember.domain.coupon import UnitBasis
from posmember.domain.money import Money
from posmember.domain.rules.reasons import (
    Eligibility,
    Notice,
    NoticeCode,
    Params,
    Reason,
    ReasonCode,
    Verdict,
)
from posmember.ui import messages
from tests.gui.samples import NOW
from tests.gui.wording.reason_words import PARAMS

C = ReasonCode
CHINESE = re.compile("[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"[{}]|None")
SHORT_ENOUGH = 30


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
        C.EXCLUSIVE_WITH_DISCOUNT,
        C.DAILY_LIMIT_POSSIBLE,
    }


@pytest.mark.parametrize("state", ["late", "failed", "unreadable"])
def test_what_to_do_about_an_account_that_is_not_known(state: str) -> None:
    """Not to read the coupon: while it is late to wait, and else its own words say it."""
    reason = Reason(C.VALUE_UNKNOWN, {"field": "account", "state": state})
    assert messages.reason_hint(reason) == ""


@pytest.mark.parametrize(
    ("code", "params", "words"),
    [
        (C.MIN_SPEND_NOT_MET, {"need": Money(6400), "gap": Money(600)}, "未满 \u00a564.00"),
        (C.MIN_SPEND_NOT_MET, {"gap": Money(600)}, "未到金额门槛"),
        (
            *(C.SPEND_UNIT_UNKNOWN, {"need_if_fen": Money(30), "need_if_yuan": Money(3000)}),
            "门槛可能是 \u00a530 或 \u00a50.30，以收银系统为准",
        ),
        (C.SPEND_UNIT_UNKNOWN, {}, "门槛可能不准，以收银系统为准"),
        (
            C.SPEND_BASIS_UNKNOWN,
            {"need": Money(3000), "have": Money(3000), "after_discount": Money(2600)},
            "已优惠后差 \u00a54，可能要补",
        ),
        (
            *(C.SPEND_BASIS_UNKNOWN, {"need": Money(3000), "after_discount": Money(2950)}),
            "已优惠后差 \u00a50.50，可能要补",
        ),
        (C.SPEND_BASIS_UNKNOWN, {}, "已优惠后可能不够门槛"),
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
            *(NoticeCode.ACCOUNT_UNCHECKED, {"state": "failed"}),
            "没能核对账号是否冻结，用前请在收银系统确认",
        ),
        (
            *(NoticeCode.ACCOUNT_UNCHECKED, {"state": "unreadable"}),
            "没能核对账号是否冻结，用前请在收银系统确认",
        ),
        (
            NoticeCode.SOURCES_DISAGREE,
            {"fields": ("valid_until", "title")},
            "数据对不上（有效期、名称），以收银系统为准",
        ),
        (NoticeCode.SOURCES_DISAGREE, {}, "数据对不上，以收银系统为准"),
    ],
)
def test_a_notice_is_said(code: NoticeCode, params: Params, words: str) -> None:
    assert messages.notice_text(Notice(code, params), NOW) == words


@pytest.mark.parametrize(
    ("reason", "notice", "left"),
    [
        (Reason(C.SPEND_UNIT_UNKNOWN), Notice(NoticeCode.UNIT_ASSUMED), ()),
        (Reason(C.EXCLUSIVE_WITH_DISCOUNT), Notice(NoticeCode.EXCLUSIVE), ()),
        (Reason(C.DAILY_LIMIT_POSSIBLE), Notice(NoticeCode.DAILY_LIMIT, {"limit": 1}), ()),
        (
            Reason(C.SOURCES_CONFLICT, {"fields": ("valid_until",)}),
            Notice(NoticeCode.SOURCES_DISAGREE, {"fields": ("valid_until",)}),
            (),
        ),
        (
            Reason(C.SOURCES_CONFLICT, {"fields": ("valid_until",)}),
            Notice(NoticeCode.SOURCES_DISAGREE, {"fields": ("valid_until", "value")}),
            ("数据对不上（面值），以收银系统为准",),
        ),
        (
            Reason(C.SPEND_UNKNOWN),
            Notice(NoticeCode.UNIT_ASSUMED),
            ("门槛可能不准，以收银系统为准",),
        ),
        (Reason(C.USED), Notice(NoticeCode.EXCLUSIVE), ("不与其他优惠同享",)),
        (Reason(C.USED), Notice(NoticeCode.DAILY_LIMIT, {"limit": 1}), ("每天限 1 次",)),
        (
            Reason(C.USED),
            Notice(NoticeCode.SOURCES_DISAGREE, {"fields": ("status",)}),
            ("数据对不上（状态），以收银系统为准",),
        ),
    ],
)
def test_a_notice_does_not_repeat_a_reason(
    reason: Reason, notice: Notice, left: tuple[str, ...]
) -> None:
    found = Eligibility(Verdict.CHECK, (reason,), (notice,))
    assert messages.notice_texts(found, NOW) == left
