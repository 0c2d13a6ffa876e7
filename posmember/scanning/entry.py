"""What a cashier typed into an order field, read as an amount or a count. No Qt."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from posmember.domain.money import Money

_AMOUNT = re.compile(r"([0-9]*)(?:\.([0-9]*))?")
_COUNT = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([, ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]*)?")
_UNCLEAR_COMMA = re.compile(r"[0-9.]*(?:,[0-9.]*)+")
_CURRENCY = re.compile(
    r"(?:¥|RMB|CNY|人民币)?\s*(.*?)\s*(?:元整?|圆|块钱?|RMB|CNY)?", re.IGNORECASE
)
_MOST_YUAN_DIGITS = 7
_MOST_COUNT_DIGITS = 4
_FEN_DIGITS = 2


class EntryProblem(StrEnum):
    """Why a typed text is no amount or count."""

    NOT_A_NUMBER = "not_a_number"
    UNCLEAR_COMMA = "unclear_comma"
    """A comma that stands for no thousands: a point of other countries, or a slip."""
    TOO_PRECISE = "too_precise"
    TOO_LARGE = "too_large"


def read_amount(text: str) -> Money | EntryProblem | None:
    """Read an amount in 元, such as ``58``, ``58.5``, ``¥1,280.00`` or full-width digits.

    A comma or a space stands between thousands only: ``1,5`` may be 1.5 or 15, and is neither.

    Returns:
        The amount; None for a blank text; else why it is none. Never raises.
    """
    written = _plain(text)
    if not written:
        return None
    bare = _CURRENCY.fullmatch(written)
    plain = bare[1] if bare else ""
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    found = _AMOUNT.fullmatch(plain)
    if found is None or not (found[1] or found[2]):
        unclear = _UNCLEAR_COMMA.fullmatch(plain) and any(map(str.isdigit, plain))
        return EntryProblem.UNCLEAR_COMMA if unclear else EntryProblem.NOT_A_NUMBER
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
    """Full-width digits and signs as plain ones, 。 as a point, without what nobody can see."""
    return " ".join("".join(map(_seen, unicodedata.normalize("NFKC", text))).split())


def _seen(char: str) -> str:
    if char == "。":
        return "."
    category = unicodedata.category(char)
    if category.startswith("Z") or char in "\t\r\n":
        return " "
    return "" if category in ("Cc", "Cf") else char
