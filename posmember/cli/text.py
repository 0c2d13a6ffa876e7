"""The command line's answer for people: short lines, the same facts as the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from posmember.domain.context import AccountStatus
from posmember.domain.masking import mask_name, mask_phone
from posmember.domain.money import Money
from posmember.domain.profile import Asset, Person
from posmember.domain.rules.assessment import (
    AssessedBenefitCard,
    AssessedCoupon,
    AssessedGiftCard,
    Suggestion,
)
from posmember.domain.rules.explanation import Finding, Outcome, explain
from posmember.domain.rules.reasons import Eligibility, Notice, Param, Reason, Verdict
from posmember.domain.rules.remedy import Remedy, what_helps
from posmember.domain.rules.rows_time import never_expires
from posmember.report.member import Json, Report, warnings
from posmember.report.values import coupon_value, end_time, money, number, param, readable

_VERDICTS = {
    Verdict.USABLE: "● 可用",
    Verdict.CHECK: "▲ 需确认",
    Verdict.NOT_USABLE: "○ 不可用",
}
_OUTCOMES = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.UNKNOWN: "?"}
_ACCOUNTS = {
    AccountStatus.ACTIVE: "账号正常",
    AccountStatus.FROZEN: "账号已冻结",
    AccountStatus.LATE: "账号状态正在核对",
    AccountStatus.FAILED: "没能核对账号是否冻结，用前请在收银系统确认",
    AccountStatus.UNREADABLE: "没能核对账号是否冻结，用前请在收银系统确认",
}


def to_lines(report: Report) -> Iterator[str]:
    """The report as lines of text, to be cleaned as they are printed; what is empty is left out."""
    if report.profile.person is not None:
        yield _person(report.profile.person, reveal=report.reveal)
        yield _balances(report)
    yield from _told(report.assessment.reasons, report.assessment.notices)
    for coupon in report.assessment.coupons:
        yield _coupon(coupon)
        yield from _why(coupon.coupon, coupon.eligibility, report)
    for gift_card in report.assessment.gift_cards:
        yield _gift_card(gift_card)
        yield from _why(gift_card.card, gift_card.eligibility, report)
    for benefit_card in report.assessment.benefit_cards:
        yield _benefit_card(benefit_card)
        yield from _why(benefit_card.card, benefit_card.eligibility, report)
    if report.assessment.suggestion is not None:
        yield _suggestion(report.assessment.suggestion, report)
    for warning in warnings(report):
        yield _warning(warning)


def _person(person: Person, *, reveal: bool) -> str:
    parts = (
        "会员",
        person.name if reveal else mask_name(person.name),
        person.mobile if reveal else mask_phone(person.mobile),
        person.tier.name,
        person.card_name,
        _ACCOUNTS[person.account],
        *(label.name for label in person.labels),
    )
    return "  ".join(part for part in parts if part)


def _balances(report: Report) -> str:
    balances, deduction = report.profile.balances, report.assessment.points_deduction
    line = (
        f"积分 {_known(number(balances.points))}  储值 {_known(money(balances.principal))}"
        f" + 赠 {_known(money(balances.bonus))} = {_known(money(balances.total))}"
    )
    if deduction is None:
        return line
    return f"{line}  {deduction.points} 积分可抵 {deduction.amount.text()}"


def _coupon(assessed: AssessedCoupon) -> str:
    coupon = assessed.coupon
    saving = _saving(assessed.saving, at_most=assessed.at_most)
    return (
        f"{_VERDICTS[assessed.eligibility.verdict]}  券 {coupon.title}"
        f"  {_known(coupon_value(coupon))}  至 {_end(coupon)}"
        f"  核销码 {_known(coupon.redemption_code)}{saving}"
    )


def _gift_card(assessed: AssessedGiftCard) -> str:
    card = assessed.card
    uses = readable(card.uses_left)
    left = f"剩 {uses} 次" if uses is not None else f"余额 {_known(money(card.balance))}"
    return (
        f"{_VERDICTS[assessed.eligibility.verdict]}  卡 {card.name}  {left}"
        f"  至 {_end(card)}  卡号 {_known(card.card_number)}"
    )


def _benefit_card(assessed: AssessedBenefitCard) -> str:
    card = assessed.card
    return f"{_VERDICTS[assessed.eligibility.verdict]}  权益卡 {card.name}  至 {_end(card)}"


def _why(asset: Asset, eligibility: Eligibility, report: Report) -> Iterator[str]:
    yield from _told(eligibility.reasons, eligibility.notices)
    if eligibility.next_usable_at is not None:
        yield f"      -> {eligibility.next_usable_at.isoformat()}"
    yield from _helps(what_helps(asset, report.context, eligibility))
    if report.explained:
        yield from map(_finding, explain(asset, report.context))


def _told(reasons: Iterable[Reason], notices: Iterable[Notice]) -> Iterator[str]:
    for reason in reasons:
        yield f"      {reason.code}{_params(reason)}"
    for notice in notices:
        yield f"      ({notice.code}{_params(notice)})"


def _end(asset: Asset) -> str:
    return "永久" if never_expires(asset) else _known(end_time(asset.valid_until))


def _saving(saving: Money | None, *, at_most: bool) -> str:
    """An estimate; of a percent the platform may give less."""
    if not saving:
        return ""
    return f"  {'最多' if at_most else ''}约省 {saving.text()}"


def _helps(remedy: Remedy | None) -> Iterator[str]:
    if remedy is None:
        return
    remaining = "".join(f" {reason.code}" for reason in remedy.remaining)
    yield f"      => {_needs(remedy)}  {_VERDICTS[remedy.verdict]}{remaining}"


def _finding(finding: Finding) -> str:
    codes = "/".join(finding.codes)
    told = "  ".join(f"{told.name}={told.text or '-'}" for told in finding.told)
    line = f"      {finding.row:4} {_OUTCOMES[finding.outcome]} {codes}"
    return f"{line}  [{told}]" if told else line


def _params(told: Reason | Notice) -> str:
    return "".join(f" {name}={_param(value)}" for name, value in told.params.items())


def _param(value: Param) -> str:
    plain = param(value)
    return ",".join(map(str, plain)) if isinstance(plain, list) else _known(plain)


def _suggestion(suggestion: Suggestion, report: Report) -> str:
    """One coupon, as nobody tells us which may be combined."""
    remedy = suggestion.remedy
    needs = ""
    if remedy is not None:
        needs = f"  {_needs(remedy)}" if remedy.at is None else f"  {_from(remedy.at, report.at)}"
    saving = _saving(suggestion.saving, at_most=suggestion.at_most)
    beside = f"  另有 {suggestion.beside.title}" if suggestion.beside is not None else ""
    return f"建议(只推荐一张)  {suggestion.coupon.title}{needs}{saving}{beside}"


def _from(at: datetime, now: datetime) -> str:
    """A time of this business day: 今天 22:00 起, and past midnight 凌晨 01:00 起."""
    day = "今天" if at.date() == now.date() else "凌晨"
    return f"{day} {at:%H:%M} 起"


def _needs(remedy: Remedy) -> str:
    """What to change, in words; see `Remedy`."""
    parts = (
        _more("再买 {}", "消费满 {}", remedy.gap, remedy.amount),
        _more("再加 {} 件", "满 {} 件", remedy.items_gap, remedy.items),
        f"改为 {remedy.order_type}" if remedy.order_type else "",
        f"等到 {remedy.at.isoformat()}" if remedy.at else "",
    )
    return "  ".join(filter(None, parts))


def _more(by: str, to: str, gap: Money | int | None, whole: Money | int | None) -> str:
    if gap is not None:
        return by.format(_param(gap))
    return to.format(_param(whole)) if whole is not None else ""


def _warning(warning: Json) -> str:
    rest = " ".join(f"{name}={value}" for name, value in warning.items() if name != "code")
    return f"! {warning['code']} {rest}".rstrip()


def _known(value: object) -> str:
    return "?" if value is None or value == "" else str(value)
