"""Masking of personal data for a screen that others can see: standard library only.

A mask never shows more than it hides: what is too short to be masked in part is masked whole.
"""

from __future__ import annotations

import unicodedata

MASK = "*"
_JOINER = "\u200d"
_PHONE_HEAD, _PHONE_TAIL = 3, 4
_CODE_EDGE = 2
_SHORTEST_PARTLY_SHOWN_CODE = 8
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def mask_name(name: str) -> str:
    """Mask a name: ``王小明`` becomes ``王*明``, ``王明`` ``王*``, and one character ``*``.

    Counts what a reader sees as one character: an emoji made of several code points, or a
    letter with its accents, is shown or hidden as a whole.
    """
    letters = _visible_characters(name.strip())
    if len(letters) <= 1:
        return MASK * len(letters)
    if len(letters) == 2:
        return letters[0] + MASK
    return letters[0] + MASK * (len(letters) - 2) + letters[-1]


def mask_phone(phone: str) -> str:
    """Mask a phone number: ``13812345678`` becomes ``138****5678``.

    Anything shorter than a mobile number is masked like a code.
    """
    text = phone.strip()
    hidden = len(text) - _PHONE_HEAD - _PHONE_TAIL
    if hidden < _PHONE_TAIL:
        return mask_code(text)
    return text[:_PHONE_HEAD] + MASK * hidden + text[-_PHONE_TAIL:]


def mask_code(code: str) -> str:
    """Mask a code: the first two and last two characters stay; a short one is masked whole."""
    text = code.strip()
    if len(text) < _SHORTEST_PARTLY_SHOWN_CODE:
        return MASK * len(text)
    return text[:_CODE_EDGE] + MASK * (len(text) - 2 * _CODE_EDGE) + text[-_CODE_EDGE:]


def mask_whole(_text: str) -> str:
    """Mask a text whole, and how long it is."""
    return MASK * 4


def _visible_characters(text: str) -> list[str]:
    """Split a text into what a reader sees as single characters."""
    found: list[str] = []
    for char in text:
        if found and _continues(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _continues(before: str, char: str) -> bool:
    """Whether a code point belongs to the character before it."""
    if char == _JOINER or before.endswith(_JOINER):
        return True
    if unicodedata.category(char) in ("Mn", "Me", "Mc") or ord(char) in _SKIN_TONES:
        return True
    return len(before) == 1 and ord(before) in _FLAG_LETTERS and ord(char) in _FLAG_LETTERS
