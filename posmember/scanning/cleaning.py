"""One cleaning for every way in: scan, typing, paste, command line."""

from __future__ import annotations

import re
import unicodedata

from posmember.domain.texts import INVISIBLE
from posmember.scanning.phone import marked_label, written_mobile
from posmember.scanning.track import without_sentinels

_BLANK = {"Cc", "Zs", "Zl", "Zp"}
_NO_CHARACTER = {"Cs", "Cn"}
"""They stay, so that what holds one is no code."""
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
    code = clean_as_given(text)
    labelled = marked_label(spaced(text))
    return written_mobile(code if labelled is None else visible(labelled)) or code


def clean_as_given(text: str) -> str:
    """The text cleaned, but never read as a phone number: for what was said to be something else.

    A code may look like one, as ``TEL-13800000004`` does.
    """
    code = _AIM_IDENTIFIERS.sub("", visible(text))
    return _AIM_IDENTIFIERS.sub("", without_sentinels(code))


def visible(text: str) -> str:
    """The text in plain forms, without what nobody can see: the first part of the cleaning."""
    # Once more: what a blank kept apart may now be one character.
    return unicodedata.normalize("NFKC", spaced(text).replace(" ", "")).translate(_DASHES)


def spaced(text: str) -> str:
    """The same, but with a space for each blank and control character."""
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(_seen(char) for char in plain)
    return unicodedata.normalize("NFKC", seen).translate(_DASHES)


def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category in _BLANK:
        return " "
    if category == "Cf" or (category not in _NO_CHARACTER and INVISIBLE.match(char)):
        return ""
    return char
