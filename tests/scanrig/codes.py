"""Codes of every kind that is scanned at a till, all invented."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from random import Random

from tests.scanrig.scanner import GS

_LETTERS_AND_DIGITS = string.ascii_letters + string.digits
_OF_OPENIDS = _LETTERS_AND_DIGITS + "-_"
_OF_SETUP_PAGES = "BCDEFGHJKLNPRSTX"
_OF_ANY_KIND = string.digits + string.ascii_letters + "-_./:?=&%+#@!$*(),;<>[]^{}|~'\"\\ "


def _some(random: Random, alphabet: str, count: int) -> str:
    return "".join(random.choices(alphabet, k=count))


def _digits(random: Random, count: int) -> str:
    return _some(random, string.digits, count)


def _long(random: Random) -> str:
    """Every character that a barcode may hold, of any case, in any order."""
    inner = _some(random, _OF_ANY_KIND, 118)
    return _some(random, _LETTERS_AND_DIGITS, 1) + inner + _some(random, string.digits, 1)


KINDS: Mapping[str, Callable[[Random], str]] = {
    "member code": lambda random: "qm" + _digits(random, 7),
    "phone": lambda random: f"1{random.choice('3456789')}" + _digits(random, 9),
    "card number": lambda random: _digits(random, 16),
    "openid": lambda random: "o" + _some(random, _OF_OPENIDS, 27),
    "Alipay id": lambda random: "2088" + _digits(random, 12),
    "24 digits": lambda random: _digits(random, 24),
    "unionid": lambda random: "o6_bm" + _some(random, _OF_OPENIDS, 24),
    "VIP code": lambda random: "VIP" + _digits(random, 6),
    "with GS": lambda random: "01" + _digits(random, 14) + GS + "21" + _digits(random, 8),
    "short code": lambda random: _some(random, _LETTERS_AND_DIGITS, random.randint(4, 5)),
    "120 characters": _long,
    "set-up part": lambda random: "KPXS" + _some(random, _OF_SETUP_PAGES, 196),
}
DIGITS_ALONE = ("phone", "card number", "Alipay id", "24 digits")
