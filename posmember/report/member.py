"""A lookup's JSON, schema 1: a public interface, documented in README.

Money is text in 元 with two decimals, times are ISO 8601 with +08:00; what is unknown is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from posmember.domain.context import AccountStatus, Context, Order, Store
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCardKind
from posmember.domain.joining.join import proof_of
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.masking import mask_code, mask_name, mask_phone
from posmember.domain.profile import Asset, Profile
from posmember.domain.rules.assess import context_of
from posmember.domain.rules.assessment import (
    AssessedBenefitCard,
    AssessedCoupon,
    AssessedGiftCard,
    Assessment,
    Suggestion,
)
from posmember.domain.rules.explanation import Finding, explain
from posmember.domain.rules.reasons import Eligibility, Notice, Reason
from posmember.domain.rules.remedy import Remedy, what_helps
from posmember.domain.rules.rows_time import never_expires
from posmember.errors import (
    ApiConnectionError,
    ApiError,
    OtherMemberError,
    PosMemberError,
    SecretRejectedError,
)
from posmember.lookup.sections import Failed, Loaded, Section, SectionState, Skipped
from posmember.report.values import (
    category,
    coupon_value,
    end_time,
    money,
    number,
    param,
    readable,
    start_time,
    time,
)

SCHEMA = 1

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Report:
    """What a lookup found, and what it was asked.

    Args:
        identifier: as it was given. kind: the ``--type`` it was asked as.
        at: the moment everything was evaluated for; aware, +08:00.
        clear_text: whether calls cross the network unencrypted.
        offset_s: seconds that this machine's clock is behind the platform's.
        reveal: names and phones unmasked.
        explained: whether to tell every rule that was looked at.
        unit: the setting for the unit of member-info's thresholds.
    """

    identifier: str = field(repr=False)
    kind: str
    store: Store
    order: Order
    at: datetime
    sections: Mapping[Section, SectionState]
    profile: Profile
    assessment: Assessment
    clear_text: bool
    offset_s: int
    reveal: bool
    explained: bool = False
    unit: MinSpendUnit = MinSpendUnit.AUTO

    @property
    def context(self) -> Context:
        """What everything was evaluated in."""
        return context_of(self.profile, self.store, self.order, self.at)


def to_json(report: Report) -> Json:
    """The report as JSON-ready values."""
    return {
        "schema": SCHEMA,
        "query": _query(report),
        "sections": {section.value: _section(report.sections[section]) for section in Section},
        "member": _member(report),
        "balances": _balances(report),
        "coupons": [_coupon(assessed, report) for assessed in report.assessment.coupons],
        "gift_cards": [_gift_card(assessed, report) for assessed in report.assessment.gift_cards],
        "suggestion": _suggestion(report.assessment.suggestion),
        "warnings": warnings(report),
    }


def warnings(report: Report) -> list[Json]:
    """What to know about the answer as a whole."""
    found: list[Json] = []
    if report.clear_text:
        found.append({"code": "CLEAR_TEXT_HTTP"})
    if report.profile.withheld:
        found.append({"code": "PHONE_MASKED"})
    if report.offset_s:
        found.append({"code": "CLOCK_OFF", "offset_s": report.offset_s})
    for section, state in report.sections.items():
        if isinstance(state, Failed) and isinstance(state.error, OtherMemberError):
            found.append({"code": "OTHER_PERSON", "section": section.value})
        if isinstance(state, Loaded) and state.unreadable:
            paths = list(state.unreadable)
            found.append({"code": "UNREADABLE_FIELDS", "section": section.value, "paths": paths})
    if report.profile.balances.disagreements:
        fields = list(report.profile.balances.disagreements)
        found.append({"code": "SOURCES_DISAGREE", "fields": fields})
    if report.profile.person is None:
        states = [reason.params.get("state") for reason in report.assessment.reasons]
        found += [{"code": "ACCOUNT_UNCHECKED", "state": state} for state in states]
    proven = _proven_unit(report)
    if proven is not None:
        found.append({"code": "UNIT_PROVEN", "unit": proven.value})
    return found


def _proven_unit(report: Report) -> MinSpendUnit | None:
    """The unit that the member's coupons prove, where the setting is another one.

    Of no setting it is only told where everything is: nothing is wrong then.
    """
    in_yuan = proof_of(report.profile).in_yuan
    if in_yuan is None or (report.unit is MinSpendUnit.AUTO and not report.explained):
        return None
    proven = MinSpendUnit.YUAN if in_yuan else MinSpendUnit.FEN
    return proven if proven is not report.unit else None


def masked(text: str, report: Report) -> str:
    """A name-like or code-like text of the query, masked unless it is to be revealed."""
    return text if report.reveal else mask_code(text)


def _query(report: Report) -> Json:
    return {
        "identifier": masked(report.identifier, report),
        "type": report.kind,
        "store": report.store.code,
        "order_type": report.order.order_type.value,
        "amount": money(report.order.amount),
        "discount": money(report.order.discount),
        "items": report.order.item_count,
        "at": report.at.isoformat(timespec="seconds"),
    }


def _section(state: SectionState) -> Json:
    match state:
        case Loaded():
            return {"state": "loaded", "error": None, "ms": state.ms}
        case Failed():
            return {"state": "failed", "error": _error(state), "ms": state.ms}
        case Skipped():
            return {"state": "skipped", "error": None, "ms": None}
        case _:  # a run that is over has none of the others
            raise AssertionError(state)


def _error(state: Failed) -> Json:
    error = state.error
    told = error if isinstance(error, ApiError) else ApiError("")
    return {
        "type": type(error).__name__,
        "problem": _problem(error),
        "code": told.code or None,
        "message": told.platform_message or None,
        "request_id": told.request_id or None,
    }


def _problem(error: PosMemberError) -> str | None:
    if isinstance(error, ApiConnectionError | SecretRejectedError):
        return error.problem.value
    return None


def _member(report: Report) -> Json | None:
    person, reveal = report.profile.person, report.reveal
    if person is None:
        return None
    withheld = report.profile.withheld
    number = "" if withheld else person.card_number
    return {
        "id": None if withheld else person.user_id or None,
        "name": person.name if reveal else mask_name(person.name),
        "mobile": person.mobile if reveal else mask_phone(person.mobile),
        "gender": person.gender.name.lower(),
        "tier": {
            "value": readable(person.tier.value),
            "name": person.tier.name,
            "expires_at": end_time(person.tier.expires_at),
        },
        "card": {
            "number": number if reveal else mask_code(number),
            "name": person.card_name,
        },
        "enterprise": person.enterprise,
        "frozen": _frozen(person.account),
        "account": person.account.value,
        "password_enabled": person.password_enabled,
        "reasons": [_reason(reason) for reason in report.assessment.reasons],
        "notices": [_notice(notice) for notice in report.assessment.notices],
        "labels": [{"name": label.name, "level": readable(label.level)} for label in person.labels],
        "benefit_cards": [
            _benefit_card(assessed, report) for assessed in report.assessment.benefit_cards
        ],
    }


def _frozen(account: AccountStatus) -> bool | None:
    return account is AccountStatus.FROZEN if account.known else None


def _balances(report: Report) -> Json | None:
    profile = report.profile
    if profile.person is None:
        return None
    balances, deduction = profile.balances, report.assessment.points_deduction
    return {
        "points": number(balances.points),
        "principal": money(balances.principal),
        "bonus": money(balances.bonus),
        "total": money(balances.total),
        "lifetime_principal": money(balances.lifetime_principal),
        "lifetime_bonus": money(balances.lifetime_bonus),
        "points_payment": {
            "enabled": profile.points_payment,
            "max_deduction": money(deduction.amount) if deduction else None,
            "points": deduction.points if deduction else None,
        },
    }


def _benefit_card(assessed: AssessedBenefitCard, report: Report) -> Json:
    card = assessed.card
    return {
        "id": card.card_id,
        "name": card.name,
        "valid_from": start_time(card.valid_from),
        "valid_until": end_time(card.valid_until),
        "never_expires": never_expires(card),
        **_eligibility(card, assessed.eligibility, report),
    }


def _coupon(assessed: AssessedCoupon, report: Report) -> Json:
    coupon = assessed.coupon
    return {
        "redemption_code": coupon.redemption_code,
        "coupon_id": coupon.coupon_id,
        "title": coupon.title,
        "category": category(coupon),
        "value": coupon_value(coupon),
        "valid_from": start_time(coupon.valid_from),
        "valid_until": end_time(coupon.valid_until),
        "never_expires": never_expires(coupon),
        "sources": [source.value for source in coupon.sources],
        **_eligibility(coupon, assessed.eligibility, report),
        "estimated_saving": money(assessed.saving),
        "estimated_saving_at_most": assessed.at_most,
    }


def _gift_card(assessed: AssessedGiftCard, report: Report) -> Json:
    card = assessed.card
    kinds = {int(kind): kind.name.lower() for kind in GiftCardKind}
    return {
        "card_number": card.card_number,
        "name": card.name,
        "kind": kinds.get(card.kind) if isinstance(card.kind, int) else None,
        "balance": money(card.balance),
        "uses_left": readable(card.uses_left),
        "valid_from": start_time(card.valid_from),
        "valid_until": end_time(card.valid_until),
        "never_expires": never_expires(card),
        "sources": [source.value for source in card.sources],
        **_eligibility(card, assessed.eligibility, report),
    }


def _eligibility(asset: Asset, eligibility: Eligibility, report: Report) -> Json:
    told: Json = {
        "verdict": eligibility.verdict.value,
        "reasons": [_reason(reason) for reason in eligibility.reasons],
        "notices": [_notice(notice) for notice in eligibility.notices],
        "next_usable_at": time(eligibility.next_usable_at),
        "helps": _remedy(what_helps(asset, report.context, eligibility)),
    }
    if report.explained:
        told["rules"] = [_finding(finding) for finding in explain(asset, report.context)]
    return told


def _reason(reason: Reason) -> Json:
    return {
        "code": reason.code.value,
        "params": {name: param(value) for name, value in reason.params.items()},
        "fixable_by": reason.fixable_by.value,
        "raw": reason.raw or None,
    }


def _remedy(remedy: Remedy | None) -> Json | None:
    if remedy is None:
        return None
    return {
        "amount": money(remedy.amount),
        "gap": money(remedy.gap),
        "items": remedy.items,
        "items_gap": remedy.items_gap,
        "order_type": remedy.order_type.value if remedy.order_type else None,
        "at": time(remedy.at),
        "verdict": remedy.verdict.value,
        "remaining": [reason.code.value for reason in remedy.remaining],
    }


def _finding(finding: Finding) -> Json:
    return {
        "row": finding.row,
        "codes": [code.value for code in finding.codes],
        "outcome": finding.outcome.value,
        "reasons": [reason.code.value for reason in finding.reasons],
        "told": {told.name: told.text or None for told in finding.told},
    }


def _notice(notice: Notice) -> Json:
    params = {name: param(value) for name, value in notice.params.items()}
    return {"code": notice.code.value, "params": params}


def _suggestion(suggestion: Suggestion | None) -> Json | None:
    if suggestion is None:
        return None
    remedy, beside = suggestion.remedy or Remedy(), suggestion.beside
    return {
        "redemption_code": suggestion.coupon.redemption_code,
        "title": suggestion.coupon.title,
        "change": suggestion.change.value,
        "estimated_saving": money(suggestion.saving),
        "estimated_saving_at_most": suggestion.at_most,
        "gap": money(remedy.gap),
        "order_type": remedy.order_type.value if remedy.order_type else None,
        "at": time(remedy.at),
        "beside": None if beside is None else _named(beside),
    }


def _named(coupon: Coupon) -> Json:
    return {"redemption_code": coupon.redemption_code, "title": coupon.title}
