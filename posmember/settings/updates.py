"""Settings of updates that are more than a text: versions, hours of the day, head office's word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Final, NamedTuple

from posmember.api.address import check_base_url
from posmember.errors import ConfigError

_VERSION: Final = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)
_HOURS: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_OFF, _ON = "off", "on"


class Version(NamedTuple):
    """A version of the program, of three numbers."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


def parse_version(text: str) -> Version:
    """Read a version such as ``1.2.3``. Raises ValueError where it is none."""
    found = _VERSION.fullmatch(text)
    if found is None:
        raise ValueError("not a version of three numbers")
    return Version(*map(int, found.groups()))


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of the day, over midnight where it ends before it begins.

    Args:
        begin, end: minutes of the day; all of it where they are the same.
    """

    begin: int = 0
    end: int = 0

    def __str__(self) -> str:
        if self.begin == self.end:
            return ""
        return "-".join(f"{each // 60:02}:{each % 60:02}" for each in (self.begin, self.end))

    def contains(self, at: time) -> bool:
        """Whether a time of the day lies in it."""
        minute = at.hour * 60 + at.minute
        if self.begin < self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end


ANY_HOURS: Final = Hours()


def parse_hours(text: str) -> Hours:
    """Read hours such as ``22:00-06:00``; "" is the whole day. Raises ValueError."""
    if not text:
        return ANY_HOURS
    found = _HOURS.fullmatch(text)
    if found is None:
        raise ValueError("not hours such as 22:00-06:00")
    begin_h, begin_m, end_h, end_m = map(int, found.groups())
    return Hours(begin_h * 60 + begin_m, end_h * 60 + end_m)


def update_hours(text: str) -> Hours:
    """The setting ``updates.hours``. Raises ConfigError."""
    try:
        return parse_hours(text)
    except ValueError as error:
        raise ConfigError("updates.hours has to be like 22:00-06:00, or empty") from error


def update_url(text: str) -> str:
    """The setting ``updates.url``: https, or this machine; "" is none. Raises ConfigError."""
    if text:
        check_base_url(text, name="updates.url")
    return text.rstrip("/")


@dataclass(frozen=True, slots=True)
class UpdateMode:
    """What head office says of updates.

    Args:
        is_on: whether there are any. pinned: the only version that is taken; None is the newest.
    """

    is_on: bool = True
    pinned: Version | None = None

    def __str__(self) -> str:
        return str(self.pinned or (_ON if self.is_on else _OFF))


def update_mode(text: str) -> UpdateMode:
    """The policy ``policy.updates``: ``on``, ``off`` or a version. Raises ConfigError."""
    if text in (_ON, _OFF):
        return UpdateMode(text == _ON)
    try:
        return UpdateMode(pinned=parse_version(text))
    except ValueError as error:
        raise ConfigError("policy.updates has to be on, off, or a version like 1.2.3") from error
