"""Values as the platform gives them: there, not there, or there and unreadable.

A field of the domain is a value, ``None`` (empty or missing), or `Unreadable` with the
platform's own text. A rule that needs an unreadable field answers "check", never yes or no.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

CHINA = timezone(timedelta(hours=8), "+08:00")
"""China Standard Time: fixed +08:00; the platform's texts name no zone."""

NEVER_EXPIRES_FROM_YEAR = 2099
"""RULES, Dates: an end in this year or later means that it never expires."""

EARLIEST = datetime.min.replace(tzinfo=CHINA)
LATEST = datetime.max.replace(tzinfo=CHINA)
"""What stands for a moment before or after all that can be written."""

_DATE_AND_TIME = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_NO_DATE = re.compile(r"0000[-/.]00[-/.]00")
_UNIX_SECONDS = re.compile(r"[0-9]{9,10}")
_UNIX_MILLISECONDS = re.compile(r"[0-9]{13}")
_UNIX_EPOCH = datetime(1970, 1, 1, 8, tzinfo=CHINA)
_MOST_NESTED = 3
_ID = re.compile(r"(?=[A-Za-z_-]*[0-9])(?![0-9]+-[0-9]+\Z)[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
"""An id that stands in no JSON: with a digit, which the words for all and for none lack, and no
range. What else could be meant would have to be guessed."""
_IN_A_LIST = re.compile(r"[,、]")
_OF_A_LIST = re.compile(r"[\[\]{},、]")
_TOO_LARGE = 10**20

_MIDNIGHT = time(0, 0)
_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)
_NOTHING = timedelta(0)


def moved(at: datetime, by: timedelta) -> datetime:
    """A moment earlier or later; EARLIEST or LATEST where the calendar ends before it.

    The platform may write the year 1 as well as 9999, and a till's clock may say either.

    Args:
        at: aware, in `CHINA`.
    """
    try:
        return at + by
    except OverflowError:
        return LATEST if by > _NOTHING else EARLIEST


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A field that holds something, but nothing that can be understood.

    The text is the platform's own, letter by letter, for the details a cashier may open; it stays
    out of every repr and so of logs, and whoever shows it makes it `one_line`.
    """

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlatformTime:
    """A date, or a date with a time, in +08:00.

    Args:
        at: aware; for a date without a time its 00:00:00.
        has_time: whether the platform gave a time of day.
        over_at: as an end: the first instant at which it is certainly past; None is never.
            A date without a time runs through 23:59:59; with a time, that second still
            counts; 00:00:00 may mean either end of its day, so the whole day may count.
        may_be_over_at: as an end: the first instant at which it may be past; another one than
            `over_at` only for 00:00:00.
        text: the platform's own text, for the details.
    """

    at: datetime
    has_time: bool = True
    text: str = field(default="", compare=False, repr=False)
    over_at: datetime | None = field(init=False, compare=False, repr=False)
    may_be_over_at: datetime | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        over = self._over_at()
        may_be_over = self.at + _ONE_SECOND if over is not None and self.is_midnight else over
        object.__setattr__(self, "over_at", over)
        object.__setattr__(self, "may_be_over_at", may_be_over)

    @property
    def never(self) -> bool:
        """As an end: never expires (member-info: 永久有效 is 2100-01-01 00:00:00)."""
        return self.at.year >= NEVER_EXPIRES_FROM_YEAR

    @property
    def is_midnight(self) -> bool:
        """Whether it is a time of exactly 00:00:00, which as an end may mean two days."""
        return self.has_time and self.at.time() == _MIDNIGHT

    @property
    def last_second(self) -> datetime:
        """As an end: the last second that counts; one at 00:00:00 is told as it is written."""
        return self.at if self.has_time else self.at + (_ONE_DAY - _ONE_SECOND)

    def _over_at(self) -> datetime | None:
        if self.never:
            return None
        whole_day = not self.has_time or self.is_midnight
        return self.at + (_ONE_DAY if whole_day else _ONE_SECOND)


Int = int | Unreadable | None
Number = Decimal | Unreadable | None
Time = PlatformTime | Unreadable | None


def plain_text(text: str) -> str:
    """A text with full-width digits and signs as plain ones, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def unpacked(value: object) -> object:
    """What a JSON text holds, also where it holds a JSON text again; else the value itself."""
    for _ in range(_MOST_NESTED):
        if not isinstance(value, str):
            break
        try:
            value = json.loads(value, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError):
            break
    return value


@lru_cache(maxsize=4096)
def read_time(text: str) -> Time:
    """A time of the platform (RULES, Dates): ``2026-11-21 14:03:22``, also with / or . in it.

    Without a zone it is +08:00; 9 or 10 digits are Unix seconds, 13 milliseconds. None for what
    stands for no date; `Unreadable` with the whole text for anything else.
    """
    plain = text.strip()
    if not plain or plain == "0" or _NO_DATE.match(plain):
        return None
    if _UNIX_SECONDS.fullmatch(plain):
        return PlatformTime(_UNIX_EPOCH + timedelta(seconds=int(plain)), text=plain)
    if _UNIX_MILLISECONDS.fullmatch(plain):
        return PlatformTime(_UNIX_EPOCH + timedelta(seconds=int(plain) // 1000), text=plain)
    match = _DATE_AND_TIME.fullmatch(plain)
    if match is None:
        return Unreadable(text)
    try:
        return _time_of(match)
    except (ValueError, OverflowError):  # the 31st of February, 25 o'clock, out of range
        return Unreadable(text)


def _time_of(match: re.Match[str]) -> PlatformTime:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if match["hour"] is None:
        at = datetime(year, month, day, tzinfo=CHINA)
        return PlatformTime(at, has_time=False, text=match.string)
    second = int(match["second"] or 0)
    at = datetime(year, month, day, int(match["hour"]), int(match["minute"]), second, tzinfo=CHINA)
    if match["zone"]:
        zone = match["zone"].replace("Z", "+00:00")
        at = datetime.fromisoformat(f"{at:%Y-%m-%dT%H:%M:%S}{zone}").astimezone(CHINA)
    return PlatformTime(at, text=match.string)


@lru_cache(maxsize=1024)
def read_ids(text: str) -> tuple[str, ...] | None:
    """Ids in a text (RULES, Hours): a JSON list of texts or numbers, or separated by commas.

    Returns:
        Them, () where there are none; None for a text from which nobody can tell them.
    """
    plain = plain_text(text)
    value = unpacked(plain)
    if not isinstance(value, str):
        return ids_of(value)
    parts = [part.strip(" \"'") for part in _IN_A_LIST.split(value)]
    ids = [part for part in parts if part]
    return tuple(ids) if all(map(_ID.fullmatch, ids)) else None


def ids_of(value: object) -> tuple[str, ...] | None:
    """Ids as JSON holds them: a list, an object as PHP sends a list with holes, one alone.

    Returns:
        As `read_ids`.
    """
    items = list(value.values()) if isinstance(value, dict) else value
    found: list[str] = []
    for item in items if isinstance(items, list) else [items or None]:
        ids = _ids_of_item(item)
        if ids is None:
            return None
        found += ids
    return tuple(found)


def _ids_of_item(item: object) -> tuple[str, ...] | None:
    if isinstance(item, str):
        return read_ids(item) if _OF_A_LIST.search(plain_text(item)) else _one(item)
    if isinstance(item, Decimal) and item.is_finite() and item < _TOO_LARGE and item % 1 == 0:
        item = int(item)
    if isinstance(item, bool) or not isinstance(item, int):
        return None
    return (str(item),) if 0 <= item < _TOO_LARGE else None


def _one(text: str) -> tuple[str, ...]:
    plain = "".join(filter(str.isprintable, plain_text(text)))
    return (plain,) if plain else ()
