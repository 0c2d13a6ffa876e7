"""What readers of magnetic stripes type: tracks between sentinels (ISO/IEC 7811). Pure.

A track begins with ``%``, ``;`` or ``+`` and ends with ``?``; a check character may follow. All
texts here have gone through the first part of the cleaning.
"""

from __future__ import annotations

import re

_TRACKS = re.compile(
    r"(?:%(?P<first>[^?]*)\?.?)?(?:;(?P<second>[^?]*)\?.?)?(?:[;+](?P<third>[^?]*)\?.?)?"
)
_NOT_READ = ("", "E", "e")
"""What a reader sends of a track that it could not read."""
_BANK_CARD = re.compile(
    r"[0-9]{13}=(?:[0-9]{4}|=[0-9]|[?;]|\Z)"  # tracks 2 and 3: number, then expiry, or cut there
    r"|;[0-9]{13,21}="
    r"|[0-9]{13}[Dd][0-9]{2}(?:0[1-9]|1[0-2])[0-9]*[Ff]?(?![0-9A-Za-z])"  # track 2, of the chip
    r"|[Bb][0-9]{13,21}\^|[0-9]{13}\^[^^]*\^"  # track 1: number, name, expiry
)
_SETS_APART = str.maketrans("", "", "- ")


def without_sentinels(text: str) -> str:
    """What is on a member's card; the text itself where it is no track.

    Of several tracks the second, which holds a number by the standard, else the first that
    could be read.
    """
    found = _TRACKS.fullmatch(text)
    if found is None or not text:
        return text
    tracks = (found["second"], found["first"], found["third"])
    return next((track for track in tracks if track and track not in _NOT_READ), "")


def is_bank_card(text: str) -> bool:
    """Whether a text holds what is on a bank card's stripe: payment data, which nobody keeps.

    Its number of 13 to 19 digits (16 to 19 in China), followed by the sign of its track; with
    sentinels or without them, cut behind the sign or not, however it is grouped, and whatever
    stands around it.
    """
    return _BANK_CARD.search(text.translate(_SETS_APART)) is not None
