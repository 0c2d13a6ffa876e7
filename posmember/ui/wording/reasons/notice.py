"""Notices in words: what to know of an asset, or of a member, beside its verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.coupon import UnitBasis
from posmember.domain.rules.reasons import (
    Eligibility,
    Notice,
    NoticeCode,
    Params,
    Reason,
    ReasonCode,
)
from posmember.ui.wording.account import account_unknown_text
from posmember.ui.wording.reasons.asset import conflict_text
from posmember.ui.wording.reasons.params import texts_of

translate = QCoreApplication.translate


def notice_text(notice: Notice, _now: datetime) -> str:
    """Say a notice, short enough for a tag on a card."""
    match notice.code:
        case NoticeCode.DAILY_LIMIT:
            return _daily_limit(notice.params)
        case NoticeCode.EXCLUSIVE:
            return translate("Messages", "不与其他优惠同享")
        case NoticeCode.EXPIRING_SOON:
            return translate("Messages", "快到期")
        case NoticeCode.UNIT_ASSUMED:
            if notice.params.get("basis") == UnitBasis.TEXT:
                return translate("Messages", "门槛按券面文字推断，以收银系统为准")
            return translate("Messages", "门槛可能不准，以收银系统为准")
        case NoticeCode.TEXT_RULES:
            return translate("Messages", "有使用说明")
        case NoticeCode.NEEDS_PASSWORD:
            return translate("Messages", "需支付密码")
        case NoticeCode.ACCOUNT_UNCHECKED:
            return account_unknown_text(str(notice.params.get("state", "")))
        case NoticeCode.SOURCES_DISAGREE:
            return disagreement_text(texts_of(notice.params.get("fields")))


def notice_texts(eligibility: Eligibility, now: datetime) -> tuple[str, ...]:
    """Say every notice of an asset but what a reason of it says already."""
    left = (_left_to_say(notice, eligibility.reasons) for notice in eligibility.notices)
    return tuple(notice_text(notice, now) for notice in left if notice is not None)


def disagreement_text(fields: tuple[str, ...]) -> str:
    """Say that two queries gave different values, and of what."""
    return conflict_text(fields)


def _left_to_say(notice: Notice, reasons: tuple[Reason, ...]) -> Notice | None:
    by_code = {reason.code: reason for reason in reasons}
    match notice.code:
        case NoticeCode.UNIT_ASSUMED if ReasonCode.SPEND_UNIT_UNKNOWN in by_code:
            return None
        case NoticeCode.EXCLUSIVE if ReasonCode.EXCLUSIVE_WITH_DISCOUNT in by_code:
            return None
        case NoticeCode.DAILY_LIMIT if ReasonCode.DAILY_LIMIT_POSSIBLE in by_code:
            return None
        case NoticeCode.SOURCES_DISAGREE if ReasonCode.SOURCES_CONFLICT in by_code:
            said = texts_of(by_code[ReasonCode.SOURCES_CONFLICT].params.get("fields"))
            fields = tuple(f for f in texts_of(notice.params.get("fields")) if f not in said)
            return replace(notice, params={"fields": fields}) if fields else None
    return notice


def _daily_limit(params: Params) -> str:
    limit, used = params.get("limit"), params.get("used")
    if isinstance(limit, int) and isinstance(used, int):
        text = translate("Messages", "每天限 {limit} 次，今天已用 {used} 次")
        return text.format(limit=limit, used=used)
    if isinstance(limit, int):
        return translate("Messages", "每天限 {limit} 次").format(limit=limit)
    if isinstance(used, int):
        return translate("Messages", "今天已用 {used} 次").format(used=used)
    return translate("Messages", "每天限次数")
