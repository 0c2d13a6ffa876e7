"""Changes to a 微信会员卡: what may be asked for, what is needed, what the platform kept.

Lengths and formats are of api/README (WeChat Pay); nothing is sent that breaks them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from posmember.domain.texts import clean_text
from posmember.domain.values import PlatformTime, Time
from posmember.domain.wechat.card import FormField, ValidityKind, WechatCard
from posmember.domain.wechat.form import (
    loses_common,
    loses_custom,
    whole_common,
    whole_custom,
)

MAX_LEVEL, MAX_PICTURE_URL, MAX_ATTACH = 10, 256, 256
MAX_DAYS = 36_500
"""Not documented: a hundred years is longer than any card."""

MAX_SECRET_BYTES = 214
"""UTF-8 that one RSA-OAEP value (SHA-1) of a 2048-bit key can hold."""
_BYTES_OF_CHINESE = 3

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_PICTURE_URL = re.compile(r"https://[!-~]+")


NO_MOMENT: Final = datetime(1, 1, 1)  # noqa: DTZ001 - of no zone
"""Stands for a time that was entered and is none; being of no zone it is never sent."""


class CardField(StrEnum):
    """What can be changed; the values are names of `CardChange`, of the audit log and of JSON."""

    LEVEL = "level"
    COLOR = "color"
    PICTURE_URL = "picture_url"
    PHONE = "phone"
    VALIDITY = "validity"
    PICKED_UP_AT = "picked_up_at"
    COMMON_FIELDS = "common_fields"
    CUSTOM_FIELDS = "custom_fields"
    ATTACH = "attach"


@dataclass(frozen=True, slots=True)
class NewValidity:
    """A validity to be set.

    Args:
        begin, end: aware; for `FIXED_RANGE` alone.
        days: for `FIXED_TERM` alone.
    """

    kind: ValidityKind
    begin: datetime | None = None
    end: datetime | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class CardChange:
    """What a card is to be; None leaves a field as it is.

    Nothing can be emptied: the document does not say that an empty text would do it. Of the form,
    answers that are not named stay as they are, too: see `needed_change`.

    Args:
        picked_up_at: aware; `NO_MOMENT` for what was entered and cannot be read.
    """

    level: str | None = None
    color: str | None = None
    picture_url: str | None = None
    phone: str | None = field(default=None, repr=False)
    validity: NewValidity | None = None
    picked_up_at: datetime | None = None
    common_fields: tuple[tuple[FormField, str], ...] | None = field(default=None, repr=False)
    custom_fields: tuple[tuple[str, tuple[str, ...]], ...] | None = field(default=None, repr=False)
    attach: str | None = field(default=None, repr=False)

    def named(self) -> tuple[CardField, ...]:
        """The fields that it changes."""
        return tuple(name for name in CardField if getattr(self, name) is not None)

    def without(self, names: Sequence[CardField]) -> CardChange:
        """The same without these fields."""
        return replace(self, **dict.fromkeys(names))


class Fault(StrEnum):
    """Why a value is not sent."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_PLAIN = "not_plain"
    COLOR = "color"
    PICTURE_URL = "picture_url"
    PHONE = "phone"
    END_BEFORE_BEGIN = "end_before_begin"
    RANGE_INCOMPLETE = "range_incomplete"
    DAYS = "days"
    MOMENT = "moment"
    TWICE = "twice"
    FORM_UNREADABLE = "form_unreadable"
    PAYMENT_DATA = "payment_data"
    """A payment code or a bank card, which nobody keeps."""


@dataclass(frozen=True, slots=True)
class ChangeProblem:
    """One value that is not sent. `most` is the longest, in characters, for `TOO_LONG`."""

    field: CardField
    fault: Fault
    most: int | None = None


def change_problems(change: CardChange) -> tuple[ChangeProblem, ...]:
    """What is wrong with a change, by lengths and formats of api/README; () is nothing."""
    return tuple(_problems(change))


def _problems(change: CardChange) -> Iterator[ChangeProblem]:
    for name, most, form, fault in _TEXTS:
        value = getattr(change, name)
        if value is not None and (problem := _text_problem(name, value, most, form, fault)):
            yield problem
    if change.validity is not None and (wrong := _validity_fault(change.validity)):
        yield ChangeProblem(CardField.VALIDITY, wrong)
    if change.picked_up_at is not None and change.picked_up_at.tzinfo is None:
        yield ChangeProblem(CardField.PICKED_UP_AT, Fault.MOMENT)
    if change.common_fields is not None:
        names: list[str] = [name for name, _ in change.common_fields]
        entered = [value for _, value in change.common_fields]
        yield from _form_problems(CardField.COMMON_FIELDS, names, entered)
    if change.custom_fields is not None:
        names = [name for name, _ in change.custom_fields]
        entered = [value for _, values in change.custom_fields for value in values or ("",)]
        yield from _form_problems(CardField.CUSTOM_FIELDS, names, [*names, *entered])


_TEXTS: Final[Sequence[tuple[CardField, int, re.Pattern[str] | None, Fault | None]]] = (
    (CardField.LEVEL, MAX_LEVEL, None, None),
    (CardField.COLOR, 7, _COLOR, Fault.COLOR),
    (CardField.PICTURE_URL, MAX_PICTURE_URL, _PICTURE_URL, Fault.PICTURE_URL),
    (CardField.PHONE, 11, _MOBILE, Fault.PHONE),
    (CardField.ATTACH, MAX_ATTACH, None, None),
)
"""Text fields: the longest, in characters, and its form."""


def _text_problem(
    name: CardField, value: str, most: int, form: re.Pattern[str] | None, fault: Fault | None
) -> ChangeProblem | None:
    if not value.strip():
        return ChangeProblem(name, Fault.EMPTY)
    if form is not None and fault is not None and not form.fullmatch(value[: most + 1]):
        return ChangeProblem(name, fault)
    if not _is_plain(value):
        return ChangeProblem(name, Fault.NOT_PLAIN)
    return ChangeProblem(name, Fault.TOO_LONG, most) if len(value) > most else None


def _form_problems(
    name: CardField, names: Sequence[str], values: Sequence[str]
) -> Iterator[ChangeProblem]:
    """What is wrong with a list of the form.

    Nothing in it, a value that cannot be sent, or two answers to one question.
    """
    if len(set(names)) < len(names):
        yield ChangeProblem(name, Fault.TWICE)
    elif not values or not all(value.strip() for value in values):
        yield ChangeProblem(name, Fault.EMPTY)
    elif not all(map(_is_plain, values)):
        yield ChangeProblem(name, Fault.NOT_PLAIN)
    elif any(len(value.encode()) > MAX_SECRET_BYTES for value in values):
        yield ChangeProblem(name, Fault.TOO_LONG, MAX_SECRET_BYTES // _BYTES_OF_CHINESE)


def _is_plain(value: str) -> bool:
    """Whether it comes back as it was sent: one line, as `clean_text` leaves it."""
    return value == clean_text(value) and not {"\t", "\n"} & set(value)


def _validity_fault(validity: NewValidity) -> Fault | None:
    match validity:
        case NewValidity(ValidityKind.FIXED_RANGE, datetime() as begin, datetime() as end):
            return None if _second(begin) < _second(end) else Fault.END_BEFORE_BEGIN
        case NewValidity(ValidityKind.FIXED_RANGE):
            return Fault.RANGE_INCOMPLETE
        case NewValidity(ValidityKind.FIXED_TERM, days=days):
            return None if days is not None and 1 <= days <= MAX_DAYS else Fault.DAYS
    return None


# --- before and after ----------------------------------------------------------------------------


def needed_change(card: WechatCard, change: CardChange) -> CardChange:
    """Of a change only what the card is not already; of the form, the lists made whole."""
    needed = change.without([name for name in change.named() if _holds(card, change, name)])
    common, custom = needed.common_fields, needed.custom_fields
    return replace(
        needed,
        common_fields=None if common is None else whole_common(card, common),
        custom_fields=None if custom is None else whole_custom(card, custom),
    )


def lost_answers(card: WechatCard, change: CardChange) -> tuple[ChangeProblem, ...]:
    """The lists of a change by which the card would lose an answer; () is none."""
    common, custom = change.common_fields, change.custom_fields
    lost = [
        (CardField.COMMON_FIELDS, common is not None and loses_common(card, common)),
        (CardField.CUSTOM_FIELDS, custom is not None and loses_custom(card, custom)),
    ]
    return tuple(ChangeProblem(name, Fault.FORM_UNREADABLE) for name, is_so in lost if is_so)


def kept_otherwise(card: WechatCard, change: CardChange) -> tuple[CardField, ...]:
    """The fields in which a card, read back, is not what the change asked for."""
    return tuple(name for name in change.named() if not _holds(card, change, name))


def _holds(card: WechatCard, change: CardChange, name: CardField) -> bool:
    return _HOLDS[name](card, change)


def _same_color(card: WechatCard, change: CardChange) -> bool:
    return card.color.lower() == (change.color or "").lower()


def _same_validity(card: WechatCard, change: CardChange) -> bool:
    told, asked = card.validity, change.validity
    if asked is None or told.kind is not asked.kind:
        return False
    if asked.kind is ValidityKind.FIXED_RANGE:
        return _same_moment(told.begin, asked.begin) and _same_moment(told.end, asked.end)
    return asked.kind is ValidityKind.PERMANENT or told.days == asked.days


def _same_moment(told: Time, asked: datetime | None) -> bool:
    """To the second: the platform's own example has milliseconds that nobody entered."""
    if not isinstance(told, PlatformTime) or asked is None:
        return False
    return _second(told.at) == _second(asked)


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _same_common(card: WechatCard, change: CardChange) -> bool:
    known = {entry.name: entry.value for entry in card.common_fields}
    return all(known.get(name) == value for name, value in change.common_fields or ())


def _same_custom(card: WechatCard, change: CardChange) -> bool:
    known = {entry.name: entry.values for entry in card.custom_fields}
    return all(known.get(name) == values for name, values in change.custom_fields or ())


_HOLDS: Final[Mapping[CardField, Callable[[WechatCard, CardChange], bool]]] = {
    CardField.LEVEL: lambda card, change: card.level == change.level,
    CardField.COLOR: _same_color,
    CardField.PICTURE_URL: lambda card, change: card.picture_url == change.picture_url,
    CardField.PHONE: lambda card, change: card.phone == change.phone,
    CardField.VALIDITY: _same_validity,
    CardField.PICKED_UP_AT: lambda card, change: _same_moment(
        card.picked_up_at, change.picked_up_at
    ),
    CardField.COMMON_FIELDS: _same_common,
    CardField.CUSTOM_FIELDS: _same_custom,
    CardField.ATTACH: lambda card, change: card.attach == change.attach,
}
