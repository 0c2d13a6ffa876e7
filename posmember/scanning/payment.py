"""Payment codes: told wherever they stand in a text, as they are never sent, shown or kept. Pure.

A till's scanner and its cashier put things beside a code: the time, a letter, the same code once
more. So each number in a text is looked at, not the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.cleaning import spaced

_K = IdentifierKind

BRAND_CARD_CODE: Final = re.compile(r"[0-9]{24}")
"""A WeChat brand card's code, which may begin as one of Alipay's does."""

_PAYMENT_CODE = re.compile(
    r"1[0-5][0-9]{16}"  # WeChat
    r"|(?:2[5-9]|30)[0-9]{14,22}"  # Alipay
    r"|62[0-9]{17}"  # UnionPay
)
_FIRST_DIGIT_TWICE = re.compile(r"11[0-5][0-9]{16}|662[0-9]{17}")
"""Not Alipay's: the ids that many programs count up in 19 digits will begin so."""
_MOST_DIGITS: Final = 24
_NOT_OF_THE_CODE = re.compile(r"\][A-Za-z][0-9A-Fa-f]|\+86")
"""The name of the kind of barcode, and the country's number."""
_LETTERS = re.compile("([A-Za-z]+)")
_DIGITS = re.compile(r"[0-9]+")
_NO_DIGIT = re.compile(r"[^0-9]+")
_JOINTS: Final = "-_./"
"""Behind a letter they join it to a number, as in a store's own ``VIP-2512-0815-1234-5678``."""


_MAY_BE_BRAND_CARD = frozenset({_K.CARD_NUMBER, _K.MEMBER_CODE})
_MAY_BE_COUNTED = _MAY_BE_BRAND_CARD | {_K.USER_ID}


def holds_payment_code(text: str, kind: IdentifierKind | None = None) -> bool:
    """Whether a text is a payment code, or has one among its numbers.

    However it is grouped, and whatever stands around it. So is one that came twice without
    anything between, and one whose first digit came twice. Other digits that are stuck to a
    code cannot be told from a member's number.

    Args:
        text: as scanned, typed or pasted.
        kind: what it is said to be, or None. 24 digits are a brand card's code where they are
            said to be a card number or member code; those and a user id may begin as a code
            with its first digit twice does.
    """
    plain = _NOT_OF_THE_CODE.sub(" ", spaced(text))
    found = filter(_PAYMENT_CODE.fullmatch, _numbers(plain))
    if kind in _MAY_BE_BRAND_CARD:
        return not all(map(BRAND_CARD_CODE.fullmatch, found))
    if any(found):
        return True
    doubled = any(map(_FIRST_DIGIT_TWICE.fullmatch, _DIGITS.findall(plain)))
    return doubled and kind not in _MAY_BE_COUNTED


def _numbers(text: str) -> Iterator[str]:
    """Each number that may be meant by the digits of a text."""
    for run in _DIGITS.findall(text):
        yield run
        half = len(run) // 2
        if run[:half] == run[half:]:
            yield run[:half]
    pieces = _LETTERS.split(text)  # every second one is of letters
    for place in range(0, len(pieces), 2):
        piece = pieces[place].strip(" ")
        is_joined = (place > 0 and piece[:1] in _JOINTS) or (
            place < len(pieces) - 1 and piece[-1:] in _JOINTS
        )
        if piece and not is_joined:
            yield from _grouped(piece)


def _grouped(piece: str) -> Iterator[str]:
    """The numbers of a text without letters of codes.

    All its digits, those without a blank between, and neighbours that blanks alone keep apart.
    """
    yield _NO_DIGIT.sub("", piece)
    groups = piece.split()
    for first, group in enumerate(groups):
        number = _NO_DIGIT.sub("", group)
        yield number
        if number != group:
            continue
        for other in groups[first + 1 :]:
            number += other
            if not other.isdigit() or len(number) > _MOST_DIGITS:
                break
            yield number
