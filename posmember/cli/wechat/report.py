"""The JSON and the text of `posmember wechat-card`, schema 1, documented in README."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from posmember.api.decode import Decoded
from posmember.domain.masking import mask_code, mask_phone, mask_whole
from posmember.domain.texts import one_line
from posmember.domain.values import Int, PlatformTime, Time, Unreadable
from posmember.domain.wechat.card import CardValidity, Text, WechatCard, mask_entry
from posmember.domain.wechat.change import CardChange, CardField, NewValidity

SCHEMA = 1

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class CardReport:
    """What came of a query or a change.

    Args:
        found: the card as it is now, or None where it could not be read back.
        before: for a change, the card as it was.
        change: what is needed of the change.
        sent: whether it was sent.
        otherwise: the fields that the platform kept otherwise.
        clock_error_s: seconds that this machine's clock is behind, where the platform minds.
        reveal: personal data unmasked.
    """

    found: Decoded[WechatCard] | None
    clock_error_s: int
    reveal: bool
    before: WechatCard | None = None
    change: CardChange | None = field(default=None, repr=False)
    sent: bool = False
    otherwise: tuple[CardField, ...] = ()


def to_json(report: CardReport) -> Json:
    """The report as JSON-ready values."""
    found = report.found
    answer: Json = {
        "schema": SCHEMA,
        "card": _card(found.value, reveal=report.reveal) if found is not None else None,
        "warnings": _warnings(report),
    }
    if report.change is not None and report.before is not None:
        asked = _asked(report.change, reveal=report.reveal)
        was = _card(report.before, reveal=report.reveal)
        answer["changes"] = [
            {"field": name, "before": was[name], "after": asked[name]}
            for name in map(str, report.change.named())
        ]
        answer["sent"] = report.sent
        answer["kept_otherwise"] = [name.value for name in report.otherwise]
    return answer


def to_lines(report: CardReport) -> list[str]:
    """The report as lines of text, one a value."""
    lines = []
    answer = to_json(report)
    for change in _rows(answer.get("changes")):
        lines.append(f"{change['field']}: {_words(change['before'])} -> {_words(change['after'])}")
    card = answer["card"]
    if isinstance(card, dict):
        lines += [f"{name:16} {_words(value)}" for name, value in card.items() if value]
    return lines + [_warning_line(warning) for warning in _rows(answer["warnings"])]


def _warning_line(warning: Json) -> str:
    told = {key: value for key, value in warning.items() if key != "code"}
    return f"! {warning['code']} {_words(told)}"


def _warnings(report: CardReport) -> list[Json]:
    warnings: list[Json] = []
    if report.clock_error_s:
        warnings.append({"code": "CLOCK_OFF", "offset_s": report.clock_error_s})
    if report.found is not None and report.found.unreadable:
        warnings.append({"code": "UNREADABLE_FIELDS", "paths": list(report.found.unreadable)})
    return warnings


def _card(card: WechatCard, *, reveal: bool) -> Json:
    return {
        "code": card.code if reveal else mask_code(card.code),
        "template_id": card.template_id,
        "brand_id": card.brand_id,
        "openid": card.openid if reveal else mask_code(card.openid),
        "type": _word(card.type),
        "state": _word(card.state),
        "invalid_reason": card.invalid_reason or None,
        "invalid_at": _time(card.invalid_at),
        "level": card.level or None,
        "color": card.color or None,
        "picture_url": card.picture_url or None,
        "validity": _validity(card.validity),
        "picked_up_at": _time(card.picked_up_at),
        "phone": _secret(card.phone, mask_phone, reveal=reveal),
        "common_fields": [
            {
                "name": _word(entry.name),
                "value": _secret(entry.value, partial(mask_entry, entry.name), reveal=reveal),
            }
            for entry in card.common_fields
        ],
        "custom_fields": [
            {
                "name": entry.name,
                "values": [_secret(value, mask_whole, reveal=reveal) for value in entry.values],
            }
            for entry in card.custom_fields
        ],
        "attach": card.attach or None,
    }


def _asked(change: CardChange, *, reveal: bool) -> Json:
    """The values that a change asks for, as the card's are told."""
    return {
        "level": change.level,
        "color": change.color,
        "picture_url": change.picture_url,
        "phone": _secret(change.phone or "", mask_phone, reveal=reveal),
        "validity": _new_validity(change.validity),
        "picked_up_at": _iso(change.picked_up_at),
        "common_fields": [
            {"name": name, "value": _secret(value, partial(mask_entry, name), reveal=reveal)}
            for name, value in change.common_fields or ()
        ],
        "custom_fields": [
            {
                "name": name,
                "values": [_secret(value, mask_whole, reveal=reveal) for value in values],
            }
            for name, values in change.custom_fields or ()
        ],
        "attach": change.attach,
    }


def _validity(validity: CardValidity) -> Json | None:
    if validity == CardValidity():
        return None
    return {
        "kind": _word(validity.kind),
        "begin": _time(validity.begin),
        "end": _time(validity.end),
        "days": _count(validity.days),
    }


def _new_validity(validity: NewValidity | None) -> Json | None:
    if validity is None:
        return None
    return {
        "kind": validity.kind.value,
        "begin": _iso(validity.begin),
        "end": _iso(validity.end),
        "days": validity.days,
    }


def _secret(value: Text, mask: Callable[[str], str], *, reveal: bool) -> str | None:
    """A value that was encrypted; null where there is none, or it cannot be decrypted."""
    if isinstance(value, Unreadable) or not value:
        return None
    return value if reveal else mask(value)


def _word(word: object) -> str | None:
    return word if isinstance(word, str) else None


def _count(count: Int) -> int | None:
    return count if isinstance(count, int) else None


def _time(at: Time) -> str | None:
    return _iso(at.at) if isinstance(at, PlatformTime) else None


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


def _rows(value: object) -> list[Json]:
    return value if isinstance(value, list) else []


def _words(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={part}" for key, part in value.items() if part is not None)
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    return "-" if value is None else one_line(str(value))
