"""The three parts of a lookup, and what state each is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from posmember.domain.identifier import Identifier
from posmember.domain.joining.persons import Whose, whose
from posmember.errors import PosMemberError


class Section(StrEnum):
    """One call's worth of a lookup; the values are keys of the command line's JSON."""

    MEMBER = "member"
    IDENTITY = "identity"
    GIFT_CARDS = "gift_cards"


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing was looked up."""


@dataclass(frozen=True, slots=True)
class Loading:
    """Asked, not yet answered."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """Answered.

    Args:
        data: what the section's API told.
        ms: milliseconds from the call to its decoded answer.
        at: when it was loaded; aware, +08:00, by the platform's clock.
        unreadable: JSON paths of fields that could not be read (never their values).
        cut: whether a list was longer than is read.
        asked_by: what the platform was asked by.
        found_by: for the member's section: which of the identifiers it was that found them.
    """

    data: T
    ms: int
    at: datetime
    unreadable: tuple[str, ...] = ()
    asked_by: Identifier | None = None
    found_by: Identifier | None = None
    cut: bool = False

    @property
    def whose(self) -> Whose:
        """By what it was asked for, and whom it names."""
        return whose(self.data, self.asked_by)


@dataclass(frozen=True, slots=True)
class Failed:
    """Not answered, or not readable; the other sections stand."""

    error: PosMemberError
    ms: int


class SkipReason(StrEnum):
    """Why a section was not asked for at all."""

    NO_USER_ID = "no_user_id"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Not asked for: without a user id neither identity nor the gift cards can be."""

    reason: SkipReason


SectionState = Idle | Loading | Loaded[Any] | Failed | Skipped
