"""What a cashier typed into an order field, read as an amount or a count. No Qt."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from posmember.domain.money import Money

_AMOUNT = re.compile(r"([0-9]*)(?:\.([0-9]*))?")
_COUNT = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_MOST_YUAN_DIGITS = 7
_MOST_COUNT_DIGITS = 4
_FEN_DIGITS = 2


class EntryProblem(StrEnum):
    """Why a typed text is no amount or count."""

    NOT_A_NUMBER = "not_a_number"
    TOO_PRECISE = "too_precise"
    TOO_LARGE = "too_large"


def read_amount(text: str) -> Money | EntryProblem | None:
    """Read an amount in 元, such as ``58``, ``58.5``, ``¥1,280.00`` or full-width digits.

    Returns:
        The amount; None for a blank text; else why it is none. Never raises.
    """
    plain = _plain(text).removeprefix("¥").removesuffix("元").strip()
    if not plain:
        return None if not _plain(text) else EntryProblem.NOT_A_NUMBER
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    found = _AMOUNT.fullmatch(plain)
    if found is None or not (found[1] or found[2]):
        return EntryProblem.NOT_A_NUMBER
    yuan, fen = found[1].lstrip("0"), found[2] or ""
    if len(fen.rstrip("0")) > _FEN_DIGITS:
        return EntryProblem.TOO_PRECISE
    if len(yuan) > _MOST_YUAN_DIGITS:
        return EntryProblem.TOO_LARGE
    return Money(int(yuan or "0") * 100 + int(fen[:_FEN_DIGITS].ljust(_FEN_DIGITS, "0")))


def read_count(text: str) -> int | EntryProblem | None:
    """Read a number of items.

    Returns:
        The count; None for a blank text; else why it is none. Never raises.
    """
    plain = _plain(text).removesuffix("件").strip()
    if not plain:
        return None if not _plain(text) else EntryProblem.NOT_A_NUMBER
    if not _COUNT.fullmatch(plain):
        return EntryProblem.NOT_A_NUMBER
    digits = plain.lstrip("0") or "0"
    return int(digits) if len(digits) <= _MOST_COUNT_DIGITS else EntryProblem.TOO_LARGE


def _plain(text: str) -> str:
    """Full-width digits and signs as plain ones, without spaces around; 。 is a typed point."""
    return unicodedata.normalize("NFKC", text).replace("。", ".").strip()
