"""The steps of the connection check, and what came of each, with what to do."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from posmember.errors import ApiError, PosMemberError
from posmember.lookup.check import Finding, Outcome, Step
from posmember.lookup.doctor import Line
from posmember.ui.i18n import speaks_chinese
from posmember.ui.wording.errors import error_text, support_suffix

translate = QCoreApplication.translate

_PERMISSIONS = (Step.MEMBER_INFO, Step.IDENTITY, Step.GIFT_CARDS)


def step_text(step: Step) -> str:
    """What is checked."""
    match step:
        case Step.NAME:
            return translate("Checks", "找到会员系统")
        case Step.TLS:
            return translate("Checks", "安全连接")
        case Step.CLOCK:
            return translate("Checks", "电脑时间")
        case Step.KEYS:
            return translate("Checks", "密钥")
        case Step.STORE:
            return translate("Checks", "门店")
        case Step.MEMBER_INFO:
            return translate("Checks", "查会员的权限")
        case Step.IDENTITY:
            return translate("Checks", "识别会员的权限")
        case Step.GIFT_CARDS:
            return translate("Checks", "查礼品卡的权限")


def finding_text(finding: Finding) -> str:
    """What came of a step, and what to do where it is not as it should be."""
    match finding.outcome:
        case Outcome.NOT_TRIED:
            return translate("Checks", "没有检查：先解决上面的问题")
        case Outcome.FAILED:
            assert finding.error is not None
            return _failed(finding.step, finding.error)
        case Outcome.NOTE:
            return _note(finding)
    return translate("Checks", "正常")


def report_text(lines: Iterable[Line]) -> str:
    """What a doctor tells, a line each, in the window's language."""
    is_chinese = speaks_chinese()
    return "\n".join(f"{line.mark} {line.spoken(chinese=is_chinese)}" for line in lines)


def _note(finding: Finding) -> str:
    if finding.step is Step.STORE:
        return translate("Checks", "没有填门店编码；只有一家店可以不填")
    if not finding.offset_s:
        return translate("Checks", "会员系统没有给出时间，没能核对")
    minutes = max(1, round(abs(finding.offset_s) / 60))
    if finding.offset_s > 0:
        text = translate("Checks", "电脑慢了 {minutes} 分钟，查询不受影响，有空请校准")
    else:
        text = translate("Checks", "电脑快了 {minutes} 分钟，查询不受影响，有空请校准")
    return text.format(minutes=minutes)


def _failed(step: Step, error: PosMemberError) -> str:
    words = ""
    if isinstance(error, ApiError) and error.code:
        if step is Step.STORE:
            words = translate("Checks", "会员系统不认这个门店编码，请核对")
        elif step is Step.KEYS:
            words = translate("Checks", "会员系统不认这组密钥，请核对 OpenId、授权码和密钥")
        elif step in _PERMISSIONS:
            words = translate("Checks", "没有这项权限，请在开放平台给应用开通")
    return words + support_suffix(error) if words else error_text(error).text
