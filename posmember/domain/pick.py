"""Choosing between two sources' values, and seeing where they differ (RULES, last part)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from posmember.domain.values import Unreadable

T = TypeVar("T")


def known(value: object) -> bool:
    """Whether a value is there and readable."""
    return value is not None and type(value) is not Unreadable


def prefer(first: T, second: T) -> T:
    """The first where it is known; else the second where there is anything; else the first."""
    return first if second is None or known(first) else second


def differing(pairs: Iterable[tuple[str, object, object]]) -> tuple[str, ...]:
    """The names of the values that both sides know and that are not equal."""
    return tuple([name for name, a, b in pairs if known(a) and known(b) and a != b])
