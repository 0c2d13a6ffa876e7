"""One cleaning for every way in: scan, typing, paste, command line."""

from __future__ import annotations

import re
import unicodedata

from posmember.scanning.phone import written_mobile
from posmember.scanning.track import without_sentinels

_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_ZERO_WIDTH_MARKS = {"\u034f", *map(chr, range(0xFE00, 0xFE10))}
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500", "-")
)
"""Other programs write them for the one of a keyboard."""
_AIM_IDENTIFIERS = re.compile(r"\A(?:\][A-Za-z][0-9A-Fa-f])+")


def clean(text: str) -> str:
    """The text without what a scanner, an input method or a person put around the code.

    Full-width forms and dashes become plain ones; control, zero-width and white-space
    characters go, as no identifier holds any; so does the AIM identifier (``]C1``) that names
    the kind of barcode, the sentinels of a magnetic stripe, and what is written around and in a
    phone number, such as its +86. Cleaning what is clean changes nothing.

    What scanners are documented to send for FNC1 is covered by this: at the start of a code it
    is told by the AIM identifier alone (``]C1``, ``]d2``, ``]Q3``), between two fields it is GS,
    0x1D (ISO/IEC 16022, 5.2.4.6; GS1 General Specifications). ``~1``, ``^1`` and ``Ê`` are how
    people write FNC1 for programs that print barcodes; no scanner sends them, so they stay.

    An AIM identifier is ``]``, a letter for the kind of barcode and a modifier of 0 to 9 or
    A to F (ISO/IEC 15424; scanner makers' manuals), first of all that can be seen; Caps Lock
    may have swapped its letters. Any other ``]`` is part of the code.
    """
    code = _AIM_IDENTIFIERS.sub("", visible(text))
    code = _AIM_IDENTIFIERS.sub("", without_sentinels(code))
    return written_mobile(code) or code


def visible(text: str) -> str:
    """The text in plain forms, without what nobody can see: the first part of the cleaning."""
    plain = unicodedata.normalize("NFKC", text)
    # Once more: what an invisible character kept apart may now be one character.
    seen = unicodedata.normalize("NFKC", "".join(filter(_is_visible, plain)))
    return seen.translate(_DASHES)


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE and char not in _ZERO_WIDTH_MARKS
