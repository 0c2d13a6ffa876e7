"""What a setting may hold: each kind reads a value of a file or a policy, or says what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from posmember.errors import ConfigError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

MAX_TEXT = 2_000
"""Characters of any text: more than an address or a pattern needs."""
_MAX_ID = 10**40
"""No id has more digits, and there is a number that Python does not write out."""


class Kind(Protocol[T_co]):
    """What a setting may hold."""

    def read(self, value: object, path: str) -> T_co:
        """A value of a file or a policy as the program takes it.

        Args:
            path: the setting's, such as ``platform.timeout_s``, for the error.

        Raises:
            ConfigError: it is none; it begins with the path.
        """


@dataclass(frozen=True, slots=True)
class Text:
    """A text; a whole number is meant as it stands, such as an id without its quotes.

    Args:
        required: whether it may not be empty.
        strip: whether what pasting brings along unseen is taken off: spaces around it, zero-width
            marks. Where it is not, every character counts.
        check: gives the text in the form that is used; raises ConfigError.
    """

    required: bool = False
    strip: bool = True
    check: Callable[[str], str] | None = None

    def read(self, value: object, path: str) -> str:
        """See `Kind`."""
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MAX_ID:
            value = str(value)
        if not isinstance(value, str):
            raise ConfigError(f"{path} has to be a text")
        if len(value) > MAX_TEXT:
            raise ConfigError(f"{path} is longer than {MAX_TEXT} characters")
        text = _stripped(value, path) if self.strip else value
        if self.required and not text.strip():
            raise ConfigError(f"{path} is empty")
        return self.check(text) if self.check is not None else text


def _stripped(value: str, path: str) -> str:
    seen = "".join(char for char in value if unicodedata.category(char) != "Cf").strip()
    if any(unicodedata.category(char) == "Cc" for char in seen):
        raise ConfigError(f"{path} holds a control character")
    return seen


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """A text of which something is made.

    Args:
        make: makes it of the text without blanks around; raises ConfigError.
    """

    make: Callable[[str], T]

    def read(self, value: object, path: str) -> T:
        """See `Kind`."""
        return self.make(Text().read(value, path))


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def read(self, value: object, path: str) -> bool:
        """See `Kind`."""
        if not isinstance(value, bool):
            raise ConfigError(f"{path} has to be true or false")
        return value


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds.

    Args:
        unit: such as "s", for whoever shows it.
    """

    least: float
    most: float
    unit: str = ""

    def read(self, value: object, path: str) -> float:
        """See `Kind`."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ConfigError(f"{path} has to be a number")
        if not self.least <= value <= self.most:
            raise ConfigError(f"{path} has to be from {self.least:g} to {self.most:g}")
        return float(value)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds.

    Args:
        or_zero: whether 0 is one, too, which turns something off.
    """

    least: int
    most: int
    unit: str = ""
    or_zero: bool = False

    def read(self, value: object, path: str) -> int:
        """See `Kind`."""
        if self.or_zero and value == 0 and not isinstance(value, bool):
            return 0
        number = Number(0 if self.or_zero else self.least, self.most).read(value, path)
        if self.or_zero and number < self.least:
            raise ConfigError(f"{path} has to be 0, or from {self.least} to {self.most}")
        if number != int(number):
            raise ConfigError(f"{path} has to be a whole number")
        return int(number)


@dataclass(frozen=True, slots=True)
class Choice(Generic[E]):
    """One of the values of an enumeration."""

    of: type[E]

    def read(self, value: object, path: str) -> E:
        """See `Kind`."""
        for each in self.of:
            if value == each.value:
                return each
        raise ConfigError(f"{path} has to be one of " + ", ".join(each.value for each in self.of))
