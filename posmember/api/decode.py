"""Tolerant readers of the platform's values (api/README: Values as they really come).

A reader never raises: what is empty or missing is None (or ""), what cannot be understood is
`Unreadable`, and its JSON path, never its value, is noted in the report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from posmember.domain.identifier import plain_id
from posmember.domain.money import Money
from posmember.domain.texts import clean_code, clean_text
from posmember.domain.values import Int, Number, Time, Unreadable, ids_of, read_ids, read_time

T = TypeVar("T")

MOST_ROWS = 2_000
"""So many coupons, or cards, are read of one list; twice as many as any member is known to have."""
MOST_LETTERS = 10_000
"""A longer text is cut: no window can lay out megabytes."""
MAX_REPORTED = 100
"""So many paths are kept of one answer; more say nothing new."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}(?:\.0+)?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,9})?")
_BOOLEANS = frozenset({"true", "false"})
_KEPT_RAW = 60


@dataclass(frozen=True, slots=True)
class Decoded(Generic[T]):
    """A decoded answer.

    Args:
        unreadable: the JSON paths of the fields in it that could not be read.
        cut: whether a list was longer than is read.
    """

    value: T
    unreadable: tuple[str, ...] = ()
    cut: bool = False


@dataclass(slots=True)
class Report:
    """Collects the JSON paths of what could not be read, and whether a list was too long."""

    paths: list[str] = field(default_factory=list)
    cut: bool = False

    def note(self, path: str) -> None:
        """Remember one path; never a value."""
        if len(self.paths) < MAX_REPORTED and path not in self.paths:
            self.paths.append(path)

    def decoded(self, value: T) -> Decoded[T]:
        """The whole answer, with what is collected by now."""
        return Decoded(value, tuple(self.paths), self.cut)


class Node:
    """A JSON object with its path. A missing or empty object is a Node with nothing in it.

    Args:
        path: of the object; or of the list it is in, and then `index` is its place there.
    """

    __slots__ = ("_base", "_fields", "_index", "_report")

    def __init__(
        self, fields: Mapping[str, object], path: str, report: Report, index: int | None = None
    ) -> None:
        self._fields = fields
        self._base = path
        self._index = index
        self._report = report

    @property
    def _path(self) -> str:
        # Put together when it is asked for, which of a thousand rows it hardly ever is.
        return self._base if self._index is None else f"{self._base}[{self._index}]"

    @property
    def empty(self) -> bool:
        """Whether there is no field at all."""
        return not self._fields

    def has(self, key: str) -> bool:
        """Whether the field is there with something in it."""
        return not _is_empty(self._fields.get(key))

    def same_as(self, other: Node) -> bool:
        """Whether both hold the same fields with the same values."""
        return self._fields == other._fields

    def text(self, key: str) -> str:
        """A text, or a number as text; "" where empty, missing or unreadable."""
        value = self._fields.get(key)
        if type(value) is str:
            if len(value) > MOST_LETTERS:
                self._unreadable(key, "")
                value = value[:MOST_LETTERS]
            plain = value.isascii() and value.isprintable()  # most are, of a thousand rows
            return value.strip() if plain else clean_text(value)
        if value is None or _is_empty(value):
            return ""
        if type(value) is int or type(value) is Decimal:
            return str(value)
        self._unreadable(key, value)
        return ""

    def code(self, key: str) -> str:
        """A code or a number to identify by: a text of which nothing is invisible."""
        text = self.text(key)
        return text if text.isascii() and text.isprintable() else clean_code(text)

    def id(self, key: str) -> str:
        """A user id, in its plain form; "" for what names nobody, see `plain_id`."""
        value = self._fields.get(key)
        if type(value) is Decimal and -(10**18) < value < 10**18 and value == int(value):
            value = int(value)  # however it is written: 9000001.0, 9.000001e6
        text = str(value) if type(value) is int else self.code(key)
        named = plain_id(text)
        if not named and text.strip("0."):
            self._unreadable(key, text)
        return named

    def json_text(self, key: str) -> str:
        """A text that holds JSON; where the JSON itself came in its place, that as a text."""
        value = self._fields.get(key)
        if isinstance(value, str) or _is_empty(value):
            return self.text(key)
        return clean_text(_as_written(value))

    def written(self, key: str) -> str:
        """The platform's own text, JSON again where it was none; whoever shows it cleans it."""
        value = self._fields.get(key)
        return "" if _is_empty(value) else _as_written(value)[:MOST_LETTERS]

    def integer(self, key: str) -> Int:
        """A whole number in any of its forms: 1, "1", "1.0", true."""
        value = self._fields.get(key)
        if type(value) is int:
            return value if -(10**18) < value < 10**18 else self._unreadable(key, value)
        if type(value) is str:
            if value.isascii() and value.isdigit() and len(value) <= 18:
                return int(value)
            stripped = value.strip()
            if not stripped:
                return None
            if _INTEGER.fullmatch(stripped):
                return int(stripped.partition(".")[0])
            return self._unreadable(key, value)
        if isinstance(value, bool):
            return int(value)
        if type(value) is Decimal and -(10**18) < value < 10**18 and value == int(value):
            return int(value)
        return None if _is_empty(value) else self._unreadable(key, value)

    def number(self, key: str) -> Number:
        """A decimal number in any of its forms; at most nine decimals."""
        value = self._fields.get(key)
        if type(value) is str:
            stripped = value.strip()
            if not stripped:
                return None
            if _NUMBER.fullmatch(stripped):
                return Decimal(stripped)
            return self._unreadable(key, value)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            exact = Decimal(value)
            return exact if _is_plain(exact) else self._unreadable(key, value)
        return None if _is_empty(value) else self._unreadable(key, value)

    def yuan(self, key: str) -> Money | Unreadable | None:
        """An amount documented in 元."""
        number = self.number(key)
        if number is None or isinstance(number, Unreadable):
            return number
        try:
            return Money.from_yuan(number)
        except ValueError:
            return self._unreadable(key, self._fields.get(key))

    def fen(self, key: str) -> Money | Unreadable | None:
        """An amount documented in 分."""
        number = self.integer(key)
        return Money(number) if isinstance(number, int) else number

    def flag(self, key: str, *, yes: int, no: int) -> bool | None:
        """A switch by its two documented numbers, or true and false; else unknown (None)."""
        value = self._fields.get(key)
        if isinstance(value, bool) or (isinstance(value, str) and value.lower() in _BOOLEANS):
            return str(value).lower() == "true"
        number = self.integer(key)
        if not isinstance(number, int):
            return None
        if number not in (yes, no):
            self._unreadable(key, number)
            return None
        return number == yes

    def time(self, key: str) -> Time:
        """A time: text without a zone is +08:00; whole numbers are Unix time."""
        value = self._fields.get(key)
        if type(value) is int and value:
            value = str(value)
        if not value or _is_empty(value):
            return None
        parsed = read_time(value) if isinstance(value, str) else Unreadable("")
        return self._unreadable(key, value) if isinstance(parsed, Unreadable) else parsed

    def id_list(self, key: str) -> tuple[str, ...] | Unreadable | None:
        """Ids in any of their forms, see `read_ids`; all as texts."""
        value = self._fields.get(key)
        if _is_empty(value):
            return None
        ids = read_ids(value) if isinstance(value, str) else ids_of(value)
        if ids is None:
            return self._unreadable(key, value)
        return ids or None

    def choice(self, key: str, words: Mapping[str, T]) -> T | Unreadable | None:
        """One of some known words; another one, as after an update, is unreadable."""
        value = self._fields.get(key)
        if _is_empty(value):
            return None
        word = value.strip() if isinstance(value, str) else ""
        return words[word] if word in words else self._unreadable(key, value)

    def secret(self, key: str, reveal: Callable[[str], str | None]) -> str | Unreadable:
        """A text that was encrypted; `reveal` gives None for what it cannot decrypt."""
        hidden = self._fields.get(key)
        return "" if _is_empty(hidden) else self._revealed(key, hidden, reveal)

    def secrets(
        self, key: str, reveal: Callable[[str], str | None]
    ) -> tuple[str | Unreadable, ...]:
        """Texts that were each encrypted, in a list; one alone without a list, too."""
        value = self._fields.get(key)
        if _is_empty(value):
            return ()
        items = value if isinstance(value, list) else [value]
        return tuple(self._revealed(key, item, reveal) for item in items if not _is_empty(item))

    def _revealed(
        self, key: str, hidden: object, reveal: Callable[[str], str | None]
    ) -> str | Unreadable:
        shown = reveal(str(hidden).strip()) if type(hidden) in (str, int) else None
        if shown is None:
            self._unreadable(key, hidden)
            return Unreadable("")  # what it was encrypted to says nothing to anybody
        return clean_text(shown)

    def child(self, key: str) -> Node:
        """An object; PHP's empty list for an empty object is empty, too."""
        path = f"{self._path}.{key}"
        value = self._fields.get(key)
        if isinstance(value, dict):
            return Node(value, path, self._report)
        if not _is_empty(value):
            self._report.note(path)
        return Node({}, path, self._report)

    def children(self, key: str) -> list[Node]:
        """A list of objects, or an object of them by key, as PHP sends a list with holes."""
        return nodes(self._fields.get(key), f"{self._path}.{key}", self._report)

    def lost(self, key: str, rows: Sequence[object]) -> bool:
        """Whether a list was there and gave not one row."""
        return not rows and self.has(key)

    def _unreadable(self, key: str, value: object) -> Unreadable:
        self._report.note(f"{self._path}.{key}")
        return Unreadable(_raw(value))


def nodes(value: object, path: str, report: Report) -> list[Node]:
    """The objects of a list; what is no object is noted and left out."""
    if isinstance(value, dict) and value and all(key.isdigit() for key in value):
        value = list(value.values())
    if not isinstance(value, list):
        if not _is_empty(value):
            report.note(path)
        return []
    if len(value) > MOST_ROWS:
        report.note(f"{path}[{MOST_ROWS}:]")
        report.cut = True
    found = []
    for index, item in enumerate(value[:MOST_ROWS]):
        if isinstance(item, dict):
            found.append(Node(item, path, report, index))
        else:
            report.note(f"{path}[{index}]")
    return found


def _is_empty(value: object) -> bool:
    return value is None or value == [] or value == {} or (type(value) is str and not value.strip())


def _raw(value: object) -> str:
    return _as_written(value)[:_KEPT_RAW]


def _as_written(value: object) -> str:
    """A text as it came; of anything else its JSON, every digit of a number kept."""
    return value.strip() if isinstance(value, str) else _as_json(value)


def _as_json(value: object) -> str:
    if isinstance(value, dict):
        items = (f"{_as_json(key)}: {_as_json(item)}" for key, item in value.items())
        return f"{{{', '.join(items)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_as_json, value))}]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _is_plain(value: Decimal) -> bool:
    """Whether it is a finite number of a size and fineness that an amount can have."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -9 and -(10**18) < value < 10**18
