"""What several commands take and give in the same way."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from posmember.domain.money import Money
from posmember.domain.values import CHINA
from posmember.scanning.entry import EntryProblem, read_amount, read_count

MAX_CODE: Final = 100
_SHOWN: Final = 40
_NO_AMOUNT = {
    EntryProblem.NOT_A_NUMBER: "",
    EntryProblem.UNCLEAR_COMMA: " (a comma stands for thousands only, as in 1,280.00)",
    EntryProblem.TOO_PRECISE: " (at most two decimals)",
    EntryProblem.TOO_LARGE: " (too large)",
}


def moment(text: str) -> datetime:
    """An option's ISO 8601 time, in +08:00 where it names no zone.

    Raises ArgumentTypeError: it is none, or in another year than 1 to 9999, here or in UTC.
    """
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=CHINA) if at.tzinfo is None else at.astimezone(CHINA)
        at.astimezone(UTC)
    except (ValueError, OverflowError) as error:  # 9999-12-31T23:00-05:00 is in the year 10000
        raise argparse.ArgumentTypeError(f"not an ISO 8601 time: {shortened(text)}") from error
    return at


def store_code(text: str) -> str:
    """An option's store. Raises ArgumentTypeError: it is no text that could be a store's code."""
    code = text.strip()
    if not code or len(code) > MAX_CODE or not code.isprintable():
        raise argparse.ArgumentTypeError(f"not a store's code: {shortened(text)}")
    return code


def yuan(text: str) -> Money:
    """An option's amount in 元. Raises ArgumentTypeError: it is none."""
    amount = read_amount(text)
    if not isinstance(amount, Money):
        shown = shortened(text)
        if isinstance(read_amount(text.strip().removeprefix("-")), Money):
            raise argparse.ArgumentTypeError(f"below zero: {shown}")
        why = "" if amount is None else _NO_AMOUNT[amount]
        raise argparse.ArgumentTypeError(f"not an amount in 元{why}: {shown}")
    return amount


def count(text: str) -> int:
    """An option's number of items. Raises ArgumentTypeError: it is none."""
    items = read_count(text)
    if not isinstance(items, int):
        raise argparse.ArgumentTypeError(f"not a number of items: {shortened(text)}")
    return items


def shortened(text: str) -> str:
    """What was given, to be named in an error: cut where it is long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def words(kind: type[StrEnum]) -> list[str]:
    """The words of an enum, as an option's choices: argparse names them as they are in code."""
    return [member.value for member in kind]


def takes_unicode() -> bool:
    """Whether what reads the output gets every character; elsewhere JSON escapes them."""
    return sys.stdout.encoding.lower().replace("-", "") == "utf8"
