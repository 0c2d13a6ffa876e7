"""Choosing between two sources' values, and seeing where they differ (RULES, last part)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any, TypeVar

from posmember.domain.values import LATEST, Int, PlatformTime, Time, Unreadable

T = TypeVar("T")

NEVER = LATEST
MOST_ENTRIES = 20
"""So many entries of one thing are compared: of more nobody can make sense."""


def known(value: object) -> bool:
    """Whether a value is there and readable."""
    return value is not None and type(value) is not Unreadable


def prefer(first: T, second: T) -> T:
    """The first where it is known, else the second where that is; else what there is, first."""
    if second is None or known(first):
        return first
    return second if first is None or known(second) else first


def told_by_any(values: Iterable[T]) -> T | None:
    """The first that can be read, else the first that is there at all."""
    found: T | None = None
    for value in values:
        found = prefer(found, value)
    return found


def taken_over(tellings: Sequence[object], names: Iterable[str]) -> list[dict[str, Any]]:
    """Of each telling its own values, and where it tells none that of the first that does.

    To be silent is to say nothing against a thing, and nothing for it: what all block that speak
    of it stays blocked.
    """
    told = {name: told_by_any([getattr(each, name) for each in tellings]) for name in names}
    return [
        {name: prefer(getattr(each, name), value) for name, value in told.items()}
        for each in tellings
    ]


def differing(pairs: Iterable[tuple[str, object, object]]) -> tuple[str, ...]:
    """The names of the values that both sides know and that are not equal."""
    return tuple([name for name, a, b in pairs if known(a) and known(b) and a != b])


def distinct(entries: Sequence[T]) -> list[T]:
    """Each of a source's records once, in an order of their own: that of its list never matters."""
    return list(dict.fromkeys(in_own_order(entries)))


def in_own_order(entries: Sequence[T]) -> list[T]:
    """A source's records, whatever the order of its list."""
    return sorted(entries, key=_in_text) if len(entries) > 1 else list(entries)


def _in_text(entry: object) -> str:
    return repr(astuple(entry))  # type: ignore[call-overload]  # a frozen record


def gravest(values: Iterable[Int], grave: int, harmless: int) -> Int:
    """Of several entries' flags: the grave one, else one nobody documented, else the harmless."""
    told = sorted({value for value in values if value is not None}, key=repr)
    if grave in told:
        return grave
    return next((value for value in told if value != harmless), harmless if told else None)


def start_instant(time: Time) -> datetime | None:
    """What starts compare by: a date and its 00:00:00 are the same start."""
    return time.at if isinstance(time, PlatformTime) else None


def last_instants(time: Time) -> tuple[datetime | None, datetime | None]:
    """Both instants at which an end may be over: of one at 00:00:00 they are two."""
    if not isinstance(time, PlatformTime):
        return None, None
    return time.may_be_over_at or NEVER, time.over_at or NEVER


def same_end(told: Time, chosen: Time) -> bool:
    """Whether what is told is the chosen end; a date is its 23:59:59, but may not be 00:00:00."""
    if told is chosen or not known(told):  # the same text is read once, so mostly
        return True
    return last_instants(told) == last_instants(chosen)


def end_instant(time: Time) -> datetime | None:
    """What ends compare by, the instant they are over: a date and its 23:59:59 are the same."""
    return (time.over_at or NEVER) if isinstance(time, PlatformTime) else None
