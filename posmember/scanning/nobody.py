"""What a code that the platform knows no member by may have been instead. Pure.

Asked only when nobody was found: a store's own codes may look like any of it.
"""

from __future__ import annotations

from enum import StrEnum

from posmember.scanning.goods import is_goods, is_like_goods
from posmember.scanning.phone import MOBILE_DIGITS, digits_of_mobile


class Guess(StrEnum):
    """What a code that finds nobody looks like."""

    MOBILE_TOO_SHORT = "mobile_too_short"
    """A mobile number that lacks a digit."""
    MOBILE_TOO_LONG = "mobile_too_long"
    """A mobile number with a digit too many."""
    GOODS = "goods"
    """The barcode of goods."""
    LIKE_GOODS = "like_goods"
    """Perhaps the barcode of goods: its check digit is right."""


def guess(value: str) -> Guess | None:
    """What was perhaps scanned or typed instead of a member's code.

    Args:
        value: as it was looked up first, cleaned.
    """
    if is_goods(value):
        return Guess.GOODS
    digits = digits_of_mobile(value)
    if len(digits) == MOBILE_DIGITS - 1:
        return Guess.MOBILE_TOO_SHORT
    if len(digits) == MOBILE_DIGITS + 1 and digits[1] in "3456789":
        return Guess.MOBILE_TOO_LONG
    return Guess.LIKE_GOODS if is_like_goods(value) else None
