"""What may be asked over the socket, read strictly; what is not known is passed over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from posmember.domain.context import OrderType
from posmember.domain.identifier import IdentifierKind
from posmember.domain.money import Money
from posmember.domain.values import CHINA
from posmember.link.framing import PROTOCOL
from posmember.scanning.entry import read_amount, read_count

MAX_TEXT: Final = 8_192
"""Characters of an identifier: more than any code has."""
_MAX_STORE: Final = 100
_TOKEN: Final = re.compile(r"[\x21-\x7e]{1,256}")


class Refusal(StrEnum):
    """Why a request is not done: a public interface, as the reasons' codes are."""

    TOO_LONG = "TOO_LONG"
    UNREADABLE = "UNREADABLE"
    UNKNOWN_PROTOCOL = "UNKNOWN_PROTOCOL"
    UNKNOWN_REQUEST = "UNKNOWN_REQUEST"
    WRONG_VALUE = "WRONG_VALUE"
    NOT_TAKEN = "NOT_TAKEN"
    OFF = "OFF"
    BUSY = "BUSY"
    NOT_READY = "NOT_READY"
    TOO_SLOW = "TOO_SLOW"
    FAILED = "FAILED"


class RequestError(Exception):
    """A request that is not done.

    Args:
        words: why, in Chinese and English, on one line.
    """

    def __init__(self, refusal: Refusal, words: str) -> None:
        super().__init__(words)
        self.refusal, self.words = refusal, words


@dataclass(frozen=True, slots=True)
class Handed:
    """An order handed over; what is None is not said.

    Args:
        identifier: who to look up; "" for nobody: only the order's fields are set.
        kind: None is automatic.
        quiet: whether the window is to stay where it is, without the keyboard.
    """

    identifier: str = field(default="", repr=False)
    kind: IdentifierKind | None = None
    order_type: OrderType | None = None
    amount: Money | None = None
    discount: Money | None = None
    items: int | None = None
    quiet: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is handed over but the wish to see the window."""
        return self == Handed(quiet=self.quiet)

    def message(self) -> dict[str, Any]:
        """It, as a request."""
        told: dict[str, Any] = {"protocol": PROTOCOL, "do": "look_up", "quiet": self.quiet}
        if self.identifier:
            told["identifier"] = self.identifier
        if self.kind is not None:
            told["type"] = self.kind.value
        if self.order_type is not None:
            told["order_type"] = self.order_type.value
        for name, amount in (("amount", self.amount), ("discount", self.discount)):
            if amount is not None:
                told[name] = amount.text()
        if self.items is not None:
            told["items"] = self.items
        return told


@dataclass(frozen=True, slots=True)
class Asked:
    """A lookup beside the window; see `posmember.report.question.Question`."""

    order: Handed
    kind: str = "auto"
    store: str | None = None
    at: datetime | None = None
    reveal: bool = False
    explain: bool = False


def read_handed(message: Mapping[str, Any]) -> Handed:
    """Read an order that is handed over. Raises RequestError."""
    kind = _text(message, "type", "auto")
    return Handed(
        identifier=_text(message, "identifier", ""),
        kind=None if kind == "auto" else _one_of(IdentifierKind, "type", kind),
        order_type=_order_type(message),
        amount=_amount(message, "amount"),
        discount=_amount(message, "discount"),
        items=_items(message),
        quiet=_flag(message, "quiet"),
    )


def read_asked(message: Mapping[str, Any]) -> Asked:
    """Read a lookup that is asked for. Raises RequestError."""
    handed = read_handed(message)
    if not handed.identifier:
        raise _wrong("identifier")
    store = _text(message, "store", "").strip()
    if len(store) > _MAX_STORE or not store.isprintable():
        raise _wrong("store")
    return Asked(
        order=handed,
        kind=_text(message, "type", "auto"),
        store=store or None,
        at=_moment(message),
        reveal=_flag(message, "reveal"),
        explain=_flag(message, "explain"),
    )


def read_token(message: Mapping[str, Any]) -> str:
    """The desktop's word that the window may come to the front, "" for none."""
    token = message.get("token")
    return token if isinstance(token, str) and _TOKEN.fullmatch(token) else ""


def _wrong(name: str) -> RequestError:
    return RequestError(Refusal.WRONG_VALUE, f"{name} 的值不对 / a wrong value of {name}")


def _text(message: Mapping[str, Any], name: str, preset: str) -> str:
    value = message.get(name)
    if value is None:
        return preset
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise _wrong(name)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:  # half of a character
        raise _wrong(name) from error
    return value


def _flag(message: Mapping[str, Any], name: str) -> bool:
    value = message.get(name)
    if value is not None and not isinstance(value, bool):
        raise _wrong(name)
    return bool(value)


def _one_of(kind: type[IdentifierKind], name: str, value: str) -> IdentifierKind:
    try:
        return kind(value)
    except ValueError as error:
        raise _wrong(name) from error


def _order_type(message: Mapping[str, Any]) -> OrderType | None:
    value = _text(message, "order_type", "")
    if not value:
        return None
    try:
        return OrderType(value)
    except ValueError as error:
        raise _wrong("order_type") from error


def _amount(message: Mapping[str, Any], name: str) -> Money | None:
    text = _number(message, name)
    if text is None:
        return None
    amount = read_amount(text)
    if not isinstance(amount, Money):
        raise _wrong(name)
    return amount


def _items(message: Mapping[str, Any]) -> int | None:
    text = _number(message, "items")
    if text is None:
        return None
    items = read_count(text)
    if not isinstance(items, int):
        raise _wrong("items")
    return items


def _number(message: Mapping[str, Any], name: str) -> str | None:
    """A number's text, whether it was written as a number or as a text; "" counts as none."""
    value = message.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > MAX_TEXT:
        raise _wrong(name)
    return str(value)


def _moment(message: Mapping[str, Any]) -> datetime | None:
    text = _text(message, "at", "")
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=CHINA) if at.tzinfo is None else at.astimezone(CHINA)
        at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _wrong("at") from error
    return at
