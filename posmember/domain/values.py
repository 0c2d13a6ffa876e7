"""Values as the platform gives them: there, not there, or there and unreadable.

A field of the domain is a value, ``None`` (empty or missing), or `Unreadable` with the
platform's own text. A rule that needs an unreadable field answers "check", never yes or no.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal

CHINA = timezone(timedelta(hours=8), "+08:00")
"""China Standard Time: fixed +08:00; the platform's texts name no zone."""

NEVER_EXPIRES_FROM_YEAR = 2099
"""RULES, Dates: an end in this year or later means that it never expires."""

EARLIEST = datetime.min.replace(tzinfo=CHINA)
LATEST = datetime.max.replace(tzinfo=CHINA)
"""What stands for a moment before or after all that can be written."""

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
        text: the platform's own text, for the details.
    """

    at: datetime
    has_time: bool = True
    text: str = field(default="", compare=False, repr=False)
    over_at: datetime | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "over_at", self._over_at())

    @property
    def never(self) -> bool:
        """As an end: never expires (member-info: 永久有效 is 2100-01-01 00:00:00)."""
        return self.at.year >= NEVER_EXPIRES_FROM_YEAR

    @property
    def is_midnight(self) -> bool:
        """Whether it is a time of exactly 00:00:00, which as an end may mean two days."""
        return self.has_time and self.at.time() == _MIDNIGHT

    def _over_at(self) -> datetime | None:
        if self.never:
            return None
        whole_day = not self.has_time or self.is_midnight
        return self.at + (_ONE_DAY if whole_day else _ONE_SECOND)


Int = int | Unreadable | None
Number = Decimal | Unreadable | None
Time = PlatformTime | Unreadable | None


# --- texts ---------------------------------------------------------------------------------------

INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad"  # what steers a terminal, all but tab and line feed
    "\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"  # no width, directions, line ends, fillers
    "\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"  # tags, and the variants of ideographs
    "]"
)
"""Each character that a reader does not see, and that a program may obey or be misled by."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OTHER_BLANKS = re.compile(r"[^\S ]")
_PICTURE = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_SENSIBLE = re.compile(
    f"(?:(?<=[{_PICTURE}])|(?<=[{_PICTURE}]\ufe0f))\u200d(?=[{_PICTURE}])"  # one picture of several
    f"|(?<=[{_PICTURE}\xa9\xae\u203c\u2049\u2122\u2139])[\ufe0e\ufe0f]"  # in colour, or not
    "|(?<=[#*0-9])\ufe0f(?=\u20e3)"
    "|(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\ufe00-\ufe02\U000e0100-\U000e01ef]"
)
"""Where such a character belongs to the one before it: in emoji, and in the ideographs of names."""


def visible(text: str) -> str:
    """The text without what nobody sees of it; every kind of line end becomes a line feed."""
    if text.isprintable() and not INVISIBLE.search(text):
        return text
    return INVISIBLE.sub(_kept_if_sensible, _LINE_ENDS.sub("\n", text))


def clean_text(text: str) -> str:
    """A name, a title or an explanation as it is kept: what is `visible`, without blanks around."""
    return visible(text).strip()


def clean_code(text: str) -> str:
    """A code as it is kept, compared and copied: what is visible, on one line; blanks are plain."""
    if text.isascii() and text.isprintable():
        return text.strip()
    seen = INVISIBLE.sub("", text).replace("\t", "").replace("\n", "")
    return _OTHER_BLANKS.sub(" ", seen).strip()


def one_line(text: str) -> str:
    """What is `visible`, on one line, each run of blanks and line ends as one space."""
    return " ".join(visible(text).split())


def _kept_if_sensible(found: re.Match[str]) -> str:
    return found[0] if _SENSIBLE.match(found.string, found.start()) else ""
