"""Texts without what nobody sees: what steers a terminal, hides, or turns writing around."""

from __future__ import annotations

import re
from unicodedata import category

INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad"  # what steers a terminal, all but tab and line feed
    "\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"  # no width, directions, fillers
    "\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"  # tags, and the variants of ideographs
    "]"
)
"""Each character that a reader does not see, and that a program may obey or be misled by."""

_NO_MARKS = ("Cc", "Cn", "Cs", "Zl", "Zp")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OTHER_BLANKS = re.compile(r"[^\S ]")
_PICTURE = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_SENSIBLE = re.compile(
    f"(?:(?<=[{_PICTURE}])|(?<=[{_PICTURE}]\ufe0f))\u200d(?=[{_PICTURE}])"  # one picture of several
    f"|(?<=[{_PICTURE}\xa9\xae\u203c\u2049\u2122\u2139])[\ufe0e\ufe0f]"  # in colour, or not
    "|(?<=[#*0-9])\ufe0f(?=\u20e3)"
    "|(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\ufe00-\ufe02\U000e0100-\U000e01ef]"
)
"""Where such a character belongs to the one before it: in emoji, and in the ideographs of names."""


def visible(text: str) -> str:
    """The text without what nobody sees of it; every kind of line end becomes a line feed."""
    if text.isprintable() and not INVISIBLE.search(text):
        return text
    return INVISIBLE.sub(_kept_if_sensible, _LINE_ENDS.sub("\n", text))


def clean_text(text: str) -> str:
    """A name, a title or an explanation as it is kept: what is `visible`, without blanks around."""
    return visible(text).strip()


def clean_code(text: str) -> str:
    """A code as it is kept, compared and copied: what is visible, on one line; blanks are plain."""
    if text.isascii() and text.isprintable():
        return text.strip()
    seen = INVISIBLE.sub("", text).replace("\t", "").replace("\n", "")
    return _OTHER_BLANKS.sub(" ", seen).strip()


def one_line(text: str) -> str:
    """What is `visible`, on one line, each run of blanks and line ends as one space."""
    return " ".join(visible(text).split())


def without_marks(text: str) -> str:
    """A key, or what names one, without marks that are pasted along unseen.

    Control characters and what is no character stay, for who reads it to refuse: there they are of
    a text in another encoding.
    """
    return INVISIBLE.sub(lambda mark: mark[0] if category(mark[0]) in _NO_MARKS else "", text)


def _kept_if_sensible(found: re.Match[str]) -> str:
    return found[0] if _SENSIBLE.match(found.string, found.start()) else ""
