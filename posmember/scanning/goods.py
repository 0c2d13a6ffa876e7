"""What is printed on goods: barcodes with a check digit (GS1 General Specifications). Pure."""

from __future__ import annotations

import re

_PRODUCT_CODE = re.compile(r"[0-9]{12,13}")
_CHINESE_OR_BOOK = re.compile(r"(?:69[0-9]|97[789])[0-9]{10}")
_WITH_ADDITION = re.compile(r"(97[789][0-9]{10})(?:[0-9]{2}|[0-9]{5})")
_TRADE_ITEM = re.compile(r"\(01\)([0-9]{14})|01(069[0-9]{11})")
"""The first field of a GS1 DataMatrix or QR code, and what may follow it."""
_SHORT = re.compile(r"[0-9]{8}")


def is_product_code(value: str) -> bool:
    """Whether it is an EAN-13 or UPC-A; a card number of so many digits is one in ten times."""
    return _PRODUCT_CODE.fullmatch(value) is not None and _checks(value)


def is_goods(value: str) -> bool:
    """Whether it is surely a barcode of goods: one of China (69…), a book's, a GS1 trade item."""
    book = _WITH_ADDITION.fullmatch(value)
    if book is not None:
        value = book[1]
    if _CHINESE_OR_BOOK.fullmatch(value):
        return _checks(value)
    trade_item = _TRADE_ITEM.match(value)
    return trade_item is not None and _checks(trade_item[1] or trade_item[2])


def is_like_goods(value: str) -> bool:
    """Whether it may be one, by its check digit: EAN-13, UPC-A or EAN-8."""
    return is_product_code(value) or (_SHORT.fullmatch(value) is not None and _checks(value))


def _checks(digits: str) -> bool:
    """From the right, the digits count 1, 3, 1, … to a multiple of ten."""
    backwards = [int(digit) for digit in reversed(digits)]
    return (sum(backwards[::2]) + 3 * sum(backwards[1::2])) % 10 == 0
