"""Recorded answers whose every text tries to be more than a text."""

from __future__ import annotations

import unicodedata
from typing import Any

from posmember.api.decode import Decoded
from posmember.api.qimai import gift_cards, identity, member_info
from tests.fakes.samples import sample_data

FORGED = "\n● 可用  券 伪造\r● 可用\x85● 可用\u2028● 可用\u2029● 可用"
STEERING = (
    "\x1b[2J\x1b]0;t\x07\x9b31m\u202e\u2066\u200e\u061c\u200b\ufeff\u2060\xad\U000e0041\ud800\x00"
)
MARKUP = "<b>粗</b><img src=x>&amp;"
HOSTILE = f"{STEERING}{FORGED}{STEERING}{MARKUP}"

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_READERS = {
    "member_info": member_info.decode,
    "identity": identity.decode,
    "gift_cards": gift_cards.decode,
}


def hostile(name: str, *, everything: bool) -> Decoded[Any]:
    """A recorded answer, decoded.

    Args:
        everything: whether numbers and times are spoilt, too, so that they cannot be read.
    """
    read: Any = _READERS[name]
    return read(_spoilt(sample_data(name), everything=everything))  # type: ignore[no-any-return]


def unseen(text: str) -> list[str]:
    """What nobody sees of a text, or what makes a second line of it."""
    return [f"U+{ord(char):04X}" for char in text if unicodedata.category(char) in _UNSEEN]


def _spoilt(value: Any, *, everything: bool) -> Any:
    if isinstance(value, dict):
        return {key: _spoilt(item, everything=everything) for key, item in value.items()}
    if isinstance(value, list):
        return [_spoilt(item, everything=everything) for item in value]
    if isinstance(value, str) and (everything or not _is_plain(value)):
        return f"{value[:2]}{HOSTILE}{value[2:]}"
    return value


def _is_plain(value: str) -> bool:
    """Whether it could be a number, a time or a list of them."""
    return value.isascii() and not any(char.isalpha() for char in value)
