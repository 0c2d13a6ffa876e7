"""Mobile numbers of China as people write, paste and say them. Pure.

All texts here have gone through the first part of the cleaning: full-width forms and dashes are
plain, and nothing invisible and, but for `marked_label`, no spaces are left.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOBILE_DIGITS: Final = 11

_SIGNS = r"-./_()\u00b7\u2022\u2027\u2219\u22c5\u3002\u30fb\u30fc"
"""Those between the groups of a number: dashes and points of all kinds, of which 。 and ー come of
Chinese and Japanese keyboards."""
_BETWEEN = f"[{_SIGNS}]{{0,2}}"
_COUNTRY = r"[+(]{0,2}(?:00)?86\)?"
_BEFORE = rf"(?:{_COUNTRY}{_BETWEEN}0?|0)?"
"""The country's number, and the 0 before a call to another place."""
_LABELS = "tel|telephone|phone|mobile|cell|cellphone|sms|smsto|callto"
_LABEL = rf"(?:(?:{_LABELS})[:.]+(?:/{{2}})?)?"
_NUMBER = _BETWEEN.join(("1[3-9][0-9]", "[0-9]", "[0-9]{2}", "[0-9]", "[0-9]", "[0-9]{3}"))
_PARAMETERS = r"(?:;[a-z0-9-]+=[^;?]*)*(?:\?.*)?"
"""Behind the number of an address (RFC 3966): an extension, a text to send."""
_WRITTEN = re.compile(rf"\(?{_LABEL}{_BEFORE}\(?(?P<number>{_NUMBER})\)?", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"(?:{_LABELS}):(?:/{{2}})?{_BEFORE}(?P<number>{_NUMBER}){_PARAMETERS}", re.IGNORECASE
)
_LABEL_AND_BLANK = re.compile(rf"(?<![0-9A-Za-z])({_LABELS})[ :.]* (?=[+(]*[0-9])", re.IGNORECASE)
_MEANT = re.compile(
    rf"(?:(?:{_LABELS})[:.]*(?:/{{2}})?)?{_BEFORE}\(?(?P<digits>1[0-9{_SIGNS}]*)", re.IGNORECASE
)
_OF_A_NUMBER = re.compile(r"[0-9A-Za-z+]")
_WITH_COUNTRY = re.compile(r"(?:(?:00)?860?|0)(1[3-9][0-9]{9})")
_AROUND = ("P", "S", "Lo")
"""Categories of what may stand around a number: signs, and what is written in Chinese."""


def written_mobile(text: str) -> str:
    """The number, where a text is certainly one, whatever is written around it; "" else.

    With a label (``手机号：``, ``tel:``), +86, dashes, dots or brackets. A label of Latin letters
    needs its colon or point: ``TEL13800000004`` is somebody's code. Digits alone that begin with
    86 or 0 are not certain: see `mobile_with_country`.
    """
    core = _core(text)
    found = _WRITTEN.fullmatch(core) or _ADDRESS.fullmatch(core)
    if found is None or (core == text and _WITH_COUNTRY.fullmatch(text)):
        return ""
    return _digits(found["number"])


def marked_label(text: str) -> str | None:
    """The text with a colon for the blank behind a label of Latin letters; None without one.

    Args:
        text: with its blanks, as spaces.
    """
    marked, count = _LABEL_AND_BLANK.subn(r"\1:", text)
    return marked if count else None


def mobile_with_country(text: str) -> str:
    """The number in a text of digits alone that begins with 86, 0086 or 0; "" where there is none.

    Not certain: it may as well be a member's code.
    """
    found = _WITH_COUNTRY.fullmatch(text)
    return found[1] if found else ""


def digits_of_mobile(text: str) -> str:
    """The digits of what was meant for a mobile number, of whatever length; "" for anything else.

    Without a label, 86 and what stands between groups. They begin with 1.
    """
    found = _MEANT.fullmatch(text)
    return _digits(found["digits"]) if found else ""


def _core(text: str) -> str:
    """The text without what is written around a number."""
    places = [found.start() for found in _OF_A_NUMBER.finditer(text)]
    if not places:
        return ""
    first, end = places[0], places[-1] + 1
    first -= text[:first].endswith("(")
    end += text[end:].startswith(")")
    around = text[:first] + text[end:]
    signs = all(unicodedata.category(char).startswith(_AROUND) for char in around)
    return text[first:end] if signs else ""


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isascii() and char.isdigit())
