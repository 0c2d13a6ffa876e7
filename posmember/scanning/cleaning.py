"""One cleaning for every way in: scan, typing, paste, command line."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_ZERO_WIDTH_MARKS = {"\u034f", *map(chr, range(0xFE00, 0xFE10))}
_AIM_IDENTIFIERS = re.compile(r"\A(?:\][A-Za-z][0-9A-Fa-f])+")
_GROUPED_MOBILE = re.compile(r"(?:\+86-?)?(1[3-9][0-9]-?[0-9]{4}-?[0-9]{4})")


def clean(text: str) -> str:
    """The text without what a scanner, an input method or a person put around the code.

    Full-width forms become plain ones; control, zero-width and white-space characters go, as
    no identifier holds any; so does the AIM identifier (``]C1``) that names the kind of
    barcode, and the dashes of a phone number written in groups and its +86. Cleaning what is
    clean changes nothing.

    What scanners are documented to send for FNC1 is covered by this: at the start of a code it
    is told by the AIM identifier alone (``]C1``, ``]d2``, ``]Q3``), between two fields it is GS,
    0x1D (ISO/IEC 16022, 5.2.4.6; GS1 General Specifications). ``~1``, ``^1`` and ``Ê`` are how
    people write FNC1 for programs that print barcodes; no scanner sends them, so they stay.

    An AIM identifier is ``]``, a letter for the kind of barcode and a modifier of 0 to 9 or
    A to F (ISO/IEC 15424; scanner makers' manuals), first of all that can be seen; Caps Lock
    may have swapped its letters. Any other ``]`` is part of the code.
    """
    plain = unicodedata.normalize("NFKC", text)
    # Once more: what an invisible character kept apart may now be one character.
    visible = unicodedata.normalize("NFKC", "".join(filter(_is_visible, plain)))
    code = _AIM_IDENTIFIERS.sub("", visible)
    mobile = _GROUPED_MOBILE.fullmatch(code)
    return mobile[1].replace("-", "") if mobile else code


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE and char not in _ZERO_WIDTH_MARKS
