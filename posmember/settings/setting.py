"""What a setting is: what it may hold, what it is without, and how it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from posmember.errors import NotSetUpError
from posmember.settings.kinds import Kind

T = TypeVar("T")


class _Required:
    """Stands for a default where there is none: the setting has to be given."""


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Words:
    """What people read, in both languages."""

    zh: str
    en: str


class Page(StrEnum):
    """The page of the settings on which a setting stands."""

    PLATFORM = "platform"
    STORE = "store"
    SCANNER = "scanner"
    WINDOW = "window"
    BESIDE = "beside"
    HAND_OVER = "hand_over"
    CUSTOMER = "customer"
    UPDATES = "updates"


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting.

    Args:
        path: its table and its key in the file, such as ``platform.timeout_s``.
        kind: what it may hold.
        default: what it is where nobody sets it, as the program takes it; or `REQUIRED`.
        name: what it is called. help: what it is for, and what it may hold, in a sentence.
        policy: its name in the machine's policy on Windows.
        restart: whether a change counts from the next start on.
        by_hand: whether only IT sets it: it stands behind 高级.
    """

    path: str
    kind: Kind[T]
    default: T | _Required
    name: Words
    help: Words
    policy: str
    restart: bool = False
    by_hand: bool = False

    @property
    def table(self) -> str:
        """The file's table that it is in."""
        return self.path.partition(".")[0]

    @property
    def key(self) -> str:
        """Its key in that table."""
        return self.path.partition(".")[2]

    @property
    def page(self) -> Page:
        """Where it stands in the window's settings."""
        return Page(self.table)

    @property
    def preset(self) -> T:
        """What it is where nobody sets it.

        Raises:
            NotSetUpError: it has to be set.
        """
        if isinstance(self.default, _Required):
            raise NotSetUpError(f"{self.path} is missing")
        return self.default

    def read(self, value: object) -> T:
        """A value of a file or a policy as the program takes it. Raises ConfigError, with path."""
        return self.kind.read(value, self.path)


def written(value: object) -> str | bool | int | float:
    """A setting's value, as the program takes it, as a file would hold it."""
    match value:
        case None:
            return ""
        case StrEnum():
            return value.value
        case str() | bool() | int() | float():
            return value
        case re.Pattern():
            return str(value.pattern)
        case tuple():
            return " ".join(map(str, value))
    return str(value)
