"""What the platform wrote, read a second time: plainly, from RULES and the API page alone.

A value is None (empty or missing), what it says, or `Odd`: there, and nobody can tell what it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

CHINA = timezone(timedelta(hours=8))
Json = dict[str, Any]


@dataclass(frozen=True)
class Odd:
    """Something that nobody can read."""

    raw: str


@dataclass(frozen=True)
class When:
    """A date, or a date with a time; `at` is aware, +08:00."""

    at: datetime
    timed: bool
    raw: str


def empty(value: Any) -> bool:
    """Whether nothing is there: null, "", blanks, PHP's empty array or object."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def raw_of(value: Any) -> str:
    """The platform's own text: a text as it is, anything else as JSON."""
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False, default=str)


def number(value: Any) -> Decimal | Odd | None:
    """A decimal number, as number or text."""
    if empty(value):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return Odd(raw_of(value))
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return Odd(raw_of(value))
    return found if found.is_finite() else Odd(raw_of(value))


def whole(value: Any) -> int | Odd | None:
    """A whole number: 1, "1", "1.0", true."""
    if isinstance(value, bool):
        return int(value)
    found = number(value)
    if isinstance(found, Decimal):
        return int(found) if found == int(found) else Odd(raw_of(value))
    return found


def flag(value: Any, yes: int, no: int) -> bool | None:
    """A switch; None is unknown."""
    if isinstance(value, bool) or (isinstance(value, str) and value.lower() in ("true", "false")):
        return str(value).lower() == "true"
    return {yes: True, no: False}.get(whole(value))  # type: ignore[arg-type]


def text(value: Any) -> str:
    """A text, or a number as text; "" where nothing is there."""
    return "" if empty(value) else str(value).strip()


def when(value: Any) -> When | Odd | None:
    """A time with -, / or . in it; 9 or 10 digits are seconds and 13 are milliseconds."""
    written = text(value)
    if not written or written == "0" or written.startswith("0000-00-00"):
        return None
    if re.fullmatch(r"\d{9,10}|\d{13}", written):
        seconds = int(written) // (1000 if len(written) == 13 else 1)
        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        return When((epoch + timedelta(seconds=seconds)).astimezone(CHINA), True, written)
    day, _, clock = re.sub(r"(?<=\d)T(?=\d)", " ", written).partition(" ")
    try:
        year, month, date = (int(part) for part in re.split(r"[-/.]", day))
        if not clock:
            return When(datetime(year, month, date, tzinfo=CHINA), False, written)
        hour, minute, second = (int(part) for part in f"{clock}:00".split(":")[:3])
        return When(datetime(year, month, date, hour, minute, second, tzinfo=CHINA), True, written)
    except ValueError:
        return Odd(written)


def unwrapped(value: Any) -> Any:
    """What a JSON text holds, however often it was written as text; else the value itself."""
    while isinstance(value, str):
        try:
            inner = json.loads(value)
        except ValueError:
            return value
        value = inner
    return value


def _parts(value: Any, separators: str) -> list[str] | None:
    """Ids or numbers of a list, a PHP list with holes, one alone, or a text with separators."""
    value = unwrapped(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, str):
        if re.search(r"[\[\]{}\"?]", value):
            return None
        value = [part for part in re.split(f"[{separators}]", value) if part.strip()]
    if isinstance(value, int) and not isinstance(value, bool):
        value = [value]
    if not isinstance(value, list):
        return None
    if any(isinstance(part, bool) or not isinstance(part, str | int) for part in value):
        return None
    return [str(part).strip() for part in value if str(part).strip()]


def shop_ids(value: Any) -> set[str] | Odd | None:
    """Ids of stores in any of their forms; an empty list is nothing."""
    if empty(value):
        return None
    found = _parts(value, ",,、")
    if found is None:
        return Odd(raw_of(value))
    return set(found) or None


def weekdays(value: Any) -> set[int] | Odd | None:
    """Weekdays, 1 is Monday; None is any day."""
    if empty(value) or text(value) in ("[]", "null", "{}"):
        return None
    found = _parts(value, ",,、 ")
    if not found or not set(found) <= set("1234567"):
        return Odd(raw_of(value))
    return {int(part) for part in found}
