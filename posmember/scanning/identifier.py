"""What a scanned or typed text can be (api/README: What a scanned code can be).

A shape is a hint, never proof: one shape can have several meanings, so the answer is the
list of things to try, in order. Payment codes are told apart first and never kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.cleaning import clean

MAX_LENGTH = 128
"""The longest identifier there is: an openid's documented limit."""

MAX_ATTEMPTS = 3
"""A text is tried as at most so many things, so that a wrong code costs three calls."""

_PAYMENT_CODE = re.compile(
    r"1[0-5][0-9]{16}"  # WeChat
    r"|(?:2[5-9]|30)[0-9]{14,22}"  # Alipay
    r"|62[0-9]{17}"  # UnionPay
)
_BRAND_CARD_CODE = re.compile(r"[0-9]{24}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ALIPAY_USER_ID = re.compile(r"2088[0-9]{12}")
_WECHAT_ID = re.compile(r"o[A-Za-z0-9_-]{27,28}")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_CODE = re.compile(r"[!-~]+")

_K = IdentifierKind
_SHAPES: tuple[tuple[re.Pattern[str], tuple[IdentifierKind, ...]], ...] = (
    (_MOBILE, (_K.MOBILE, _K.MEMBER_CODE, _K.CARD_NUMBER)),
    (_ALIPAY_USER_ID, (_K.ALIPAY_USER_ID, _K.MEMBER_CODE, _K.CARD_NUMBER)),
    (_WECHAT_ID, (_K.WECHAT_OPENID, _K.WECHAT_UNIONID, _K.MEMBER_CODE)),
    (_BRAND_CARD_CODE, (_K.CARD_NUMBER, _K.MEMBER_CODE)),
)
_OTHERWISE = (_K.MEMBER_CODE, _K.CARD_NUMBER)


class Problem(StrEnum):
    """Why a text is not looked up."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    URL = "url"
    NOT_A_CODE = "not_a_code"
    PAYMENT_CODE = "payment_code"


@dataclass(frozen=True, slots=True)
class Classification:
    """What to try, in order; or the problem, and then nothing of the text is kept."""

    identifiers: tuple[Identifier, ...] = ()
    problem: Problem | None = None


def classify(text: str, chosen: IdentifierKind | None = None) -> Classification:
    """Decide what to look a text up as.

    Args:
        text: as scanned, typed or pasted; cleaned here.
        chosen: the kind the cashier chose, or None for automatic.

    Returns:
        With `chosen`, that kind alone; else the kinds its shape suggests, most likely first.
        A payment code is a problem whatever was chosen, but for 24 digits, which are a WeChat
        brand card's code as well: those are looked up when a kind was chosen for them.
    """
    value = clean(text)
    problem = _problem(value, chosen)
    if problem is not None:
        return Classification(problem=problem)
    kinds = (chosen,) if chosen is not None else _kinds(value)
    return Classification(tuple(Identifier(kind, value) for kind in kinds[:MAX_ATTEMPTS]))


def _problem(value: str, chosen: IdentifierKind | None) -> Problem | None:
    if not value:
        return Problem.EMPTY
    digits = value.replace("-", "")  # however it is grouped
    if _PAYMENT_CODE.fullmatch(digits):
        ambiguous = _BRAND_CARD_CODE.fullmatch(digits) is not None
        if not (ambiguous and chosen is not None):
            return Problem.PAYMENT_CODE
    if len(value) > MAX_LENGTH:
        return Problem.TOO_LONG
    if _URL.match(value):
        return Problem.URL
    if not _CODE.fullmatch(value):
        return Problem.NOT_A_CODE
    return None


def _kinds(value: str) -> tuple[IdentifierKind, ...]:
    for shape, kinds in _SHAPES:
        if shape.fullmatch(value):
            return kinds
    return _OTHERWISE
