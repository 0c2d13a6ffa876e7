"""Which of the codes of one burst is the member's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posmember.domain.identifier import IdentifierKind
from posmember.domain.masking import MASK
from posmember.scanning.cleaning import clean
from posmember.scanning.goods import is_product_code
from posmember.scanning.identifier import (
    CODE,
    NEVER_KEPT,
    Classification,
    classify,
    masked,
)
from posmember.scanning.profile import PLAIN, CodeProfile


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several codes of one burst.

    Args:
        chosen: what became of the code that is taken.
        position: its place among the codes given, from 0.
        others: the other codes, each once, masked, in their order.
    """

    chosen: Classification
    position: int
    others: tuple[str, ...]


def choose(
    codes: Sequence[str],
    chosen: IdentifierKind | None = None,
    profile: CodeProfile = PLAIN,
) -> Choice:
    """Decide which of the codes of one burst is the member's.

    The first that can be; then what raises a question, then product barcodes (EAN-13 and UPC-A
    with their check digit; a card number of so many digits has one by chance in a tenth of
    cases), then what is not looked up at all.

    Raises:
        ValueError: there is no code to choose from.
    """
    found = [classify(code, chosen, profile) for code in codes]
    position = min(range(len(codes)), key=lambda index: _rank(codes[index], found[index]))
    return Choice(found[position], position, name_others(codes, position, profile))


def name_others(
    codes: Sequence[str], position: int, profile: CodeProfile = PLAIN
) -> tuple[str, ...]:
    """Name the codes of a burst but the one at a position: each once, masked, in their order."""
    others = dict.fromkeys(clean(code) for code in codes)
    left_out = ("", clean(codes[position]))
    return tuple(
        _name(code, classify(code, None, profile)) for code in others if code not in left_out
    )


def _rank(code: str, found: Classification) -> int:
    """The lower, the more likely a member's."""
    if found.problem is not None:
        return 3
    if is_product_code(clean(code)):
        return 2
    return 1 if found.question is not None else 0


def _name(code: str, found: Classification) -> str:
    """Name a code that was not taken; of payment data not even the length is told.

    Nor of what holds other characters than a code's: some cannot be shown or written.
    """
    told = found.problem not in NEVER_KEPT and CODE.fullmatch(code)
    return masked(code) if told else MASK * 4
