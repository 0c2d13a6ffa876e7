"""What a scanned or typed text can be (api/README: What a scanned code can be).

A shape is a hint, never proof: one shape can have several meanings, so the answer is the
list of things to try, in order. Payment codes are told apart first and never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.masking import MASK, mask_code
from posmember.scanning.cleaning import clean
from posmember.scanning.profile import CodeProfile

MAX_LENGTH = 128
"""The longest identifier there is: an openid's documented limit."""

MAX_ATTEMPTS = 3
"""A text is tried as at most so many things, so that a wrong code costs three calls."""

_K = IdentifierKind

_PAYMENT_CODE = re.compile(
    r"1[0-5][0-9]{16}"  # WeChat
    r"|(?:2[5-9]|30)[0-9]{14,22}"  # Alipay
    r"|62[0-9]{17}"  # UnionPay
)
_AROUND_A_PAYMENT_CODE = re.compile(r"\][A-Za-z][0-9A-Fa-f]|[^0-9A-Za-z]")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_MAY_BE_BRAND_CARD = frozenset({_K.CARD_NUMBER, _K.MEMBER_CODE})

_BRAND_CARD_CODE = re.compile(r"[0-9]{24}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ALIPAY_USER_ID = re.compile(r"2088[0-9]{12}")
_WECHAT_ID = re.compile(r"o[A-Za-z0-9_-]{27,28}")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_CODE = re.compile(r"[!-~]+")
_PRODUCT_CODE = re.compile(r"[0-9]{12,13}")

_SHAPES: tuple[tuple[re.Pattern[str], tuple[IdentifierKind, ...]], ...] = (
    (_MOBILE, (_K.MOBILE, _K.MEMBER_CODE, _K.CARD_NUMBER)),
    (_ALIPAY_USER_ID, (_K.ALIPAY_USER_ID, _K.MEMBER_CODE, _K.CARD_NUMBER)),
    (_WECHAT_ID, (_K.WECHAT_OPENID, _K.WECHAT_UNIONID, _K.MEMBER_CODE)),
    (_BRAND_CARD_CODE, (_K.CARD_NUMBER, _K.MEMBER_CODE)),
)
_OTHERWISE = (_K.MEMBER_CODE, _K.CARD_NUMBER)
_WECHAT = (_K.WECHAT_OPENID, _K.WECHAT_UNIONID)


@dataclass(frozen=True, slots=True)
class _Form:
    """What a text of one kind has to be; what a cut or overlong one is made of; its length."""

    whole: re.Pattern[str]
    part: re.Pattern[str]
    length: int


_DIGITS = re.compile(r"[0-9]+")
_WECHAT_FORM = _Form(
    re.compile(rf"[A-Za-z0-9_-]{{28,{MAX_LENGTH}}}"), re.compile(r"[oO][A-Za-z0-9_-]*"), 28
)
_FORMS: Mapping[IdentifierKind, _Form] = {
    _K.MOBILE: _Form(_MOBILE, _DIGITS, 11),
    _K.ALIPAY_USER_ID: _Form(_ALIPAY_USER_ID, _DIGITS, 16),
    _K.WECHAT_OPENID: _WECHAT_FORM,  # 28 as seen everywhere, 128 by the WeChat Pay documents
    _K.WECHAT_UNIONID: _WECHAT_FORM,
    _K.USER_ID: _Form(_DIGITS, _DIGITS, 1),  # an int of the identity document, no length said
}  # member codes and card numbers: the documents give neither a length nor an alphabet

_ASKED: Mapping[IdentifierKind, frozenset[IdentifierKind]] = {
    # Possible, but so unlikely that the type was rather left over from the customer before.
    # No question for the phone number as a card number or member code: many chains give the
    # phone number as the card number. None for 24 digits: they may be any chain's own code.
    _K.MEMBER_CODE: frozenset({_K.ALIPAY_USER_ID, _K.WECHAT_OPENID}),
    _K.CARD_NUMBER: frozenset({_K.ALIPAY_USER_ID, _K.WECHAT_OPENID}),
    _K.USER_ID: frozenset({_K.MOBILE, _K.ALIPAY_USER_ID, _K.CARD_NUMBER}),  # a small count
}

_GROUPED_DIGITS = re.compile(r"(?:\+86)?-*([0-9][0-9-]*)")
_LONGEST_MASK = 24
_PLAIN = CodeProfile()


class Problem(StrEnum):
    """Why a text is not looked up."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    URL = "url"
    NOT_A_CODE = "not_a_code"
    PAYMENT_CODE = "payment_code"


@dataclass(frozen=True, slots=True)
class Question:
    """The chosen kind is not what the text looks like: which of the two is meant?"""

    chosen: IdentifierKind
    looks_like: IdentifierKind


@dataclass(frozen=True, slots=True)
class Classification:
    """What to try, in order; or the problem, and then of the text at most a mask is kept.

    Args:
        identifiers: what to try. With a question: what to try if the chosen kind is meant.
        problem: why there is nothing to try.
        caps_lock_undone: Caps Lock was on: the letters' case was swapped back in what is tried
            first (of `alternative`, where there is a question).
        question: to be asked before, or while, the chosen kind is tried; never with a problem.
        alternative: what to try if the text is what it looks like; empty without a question.
        expected: the kind that the text is too short or too long for; None if for any.
        expected_length: how many characters that kind has.
        received_length: how many came; 0 where `expected` is None.
        received: them, masked.
    """

    identifiers: tuple[Identifier, ...] = ()
    problem: Problem | None = None
    caps_lock_undone: bool = False
    question: Question | None = None
    alternative: tuple[Identifier, ...] = ()
    expected: IdentifierKind | None = None
    expected_length: int | None = None
    received_length: int = 0
    received: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several codes of one burst.

    Args:
        chosen: what became of the code that is taken.
        position: its place among the codes given, from 0.
        others: the other codes, each once, masked, in their order.
    """

    chosen: Classification
    position: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text's automatic reading: never empty."""

    identifiers: tuple[Identifier, ...]
    caps_lock_undone: bool = False

    @property
    def looks_like(self) -> IdentifierKind:
        return self.identifiers[0].kind


def classify(
    text: str, chosen: IdentifierKind | None = None, profile: CodeProfile = _PLAIN
) -> Classification:
    """Decide what to look a text up as.

    Args:
        text: as scanned, typed or pasted; cleaned here.
        chosen: the kind the cashier chose, or None for automatic.
        profile: what the chain's own codes look like.

    Returns:
        With `chosen`, that kind; else the kinds its shape suggests, most likely first. Where
        text and chosen kind do not agree: the length that is wrong, as a problem, or a
        question. A payment code is a problem whatever was chosen, but for 24 digits, which are
        a WeChat brand card's code as well: those are looked up when they were said to be a
        card number or member code, by `chosen` or by the address that held them.

        Without `chosen` no text is too short: no document gives member codes or card numbers
        a shortest length, and what is left of a cut phone number or openid may be one. The
        code of an address is a member code or card number, never read as a phone number.
    """
    if _is_payment_code(text, chosen):
        return Classification(problem=Problem.PAYMENT_CODE)
    value, swapped = clean(text), False
    code = profile.code_in(value)
    if code is None:
        code = profile.code_in(value.swapcase())
        swapped = code is not None
    if code is None:
        return _decide(value, chosen, None)
    if _is_payment_code(code, _K.MEMBER_CODE):
        return Classification(problem=Problem.PAYMENT_CODE)
    return _decide(code, chosen, _Reading(_each(_OTHERWISE, code), swapped))


def choose(
    codes: Sequence[str],
    chosen: IdentifierKind | None = None,
    profile: CodeProfile = _PLAIN,
) -> Choice:
    """Decide which of the codes of one burst is the member's.

    The first that can be; then what raises a question, then product barcodes (EAN-13 and UPC-A
    with their check digit; a card number of so many digits has one by chance in a tenth of
    cases), then what is not looked up at all.

    Raises:
        ValueError: there is no code to choose from.
    """
    found = [classify(code, chosen, profile) for code in codes]
    position = min(range(len(codes)), key=lambda index: _rank(codes[index], found[index]))
    return Choice(found[position], position, name_others(codes, position, profile))


def name_others(
    codes: Sequence[str], position: int, profile: CodeProfile = _PLAIN
) -> tuple[str, ...]:
    """Name the codes of a burst but the one at a position: each once, masked, in their order."""
    others = dict.fromkeys(clean(code) for code in codes)
    left_out = ("", clean(codes[position]))
    return tuple(
        _name(code, classify(code, None, profile)) for code in others if code not in left_out
    )


def _is_payment_code(text: str, kind: IdentifierKind | None) -> bool:
    """Whether the text, or a part of it between control characters, is a payment code.

    However it is grouped and whatever signs are around it: those of no code are left out.
    """
    parts = (text, *_CONTROL_CHARACTERS.split(text))
    codes = (_AROUND_A_PAYMENT_CODE.sub("", clean(part)) for part in parts)
    payment_codes = filter(_PAYMENT_CODE.fullmatch, codes)
    if kind in _MAY_BE_BRAND_CARD:
        return not all(map(_BRAND_CARD_CODE.fullmatch, payment_codes))
    return any(payment_codes)


def _decide(value: str, chosen: IdentifierKind | None, known: _Reading | None) -> Classification:
    problem = _problem(value)
    if problem is not None:
        return Classification(problem=problem)
    reading = known or _read(value)
    if chosen is not None:
        return _as_chosen(value, chosen, reading)
    return Classification(reading.identifiers, caps_lock_undone=reading.caps_lock_undone)


def _problem(value: str) -> Problem | None:
    if not value:
        return Problem.EMPTY
    if _URL.match(value):
        return Problem.URL
    if len(value) > MAX_LENGTH:
        return Problem.TOO_LONG
    return None if _CODE.fullmatch(value) else Problem.NOT_A_CODE


def _read(value: str) -> _Reading:
    """What the text is by its shape alone."""
    if _is_case_swapped(value):
        as_openid = _each(_WECHAT, value.swapcase())
        return _Reading((*as_openid, Identifier(_K.MEMBER_CODE, value)), caps_lock_undone=True)
    for shape, kinds in _SHAPES:
        if shape.fullmatch(value):
            return _Reading(_each(kinds, value))
    return _Reading(_each(_OTHERWISE, value))


def _is_case_swapped(value: str) -> bool:
    """Whether Caps Lock made this of an openid or unionid, which begin with a small o.

    The rest has to hold letters of both cases, as these random ids do: a code of capitals
    alone that begins with O is what it is. A member code can still look so, hence it is tried
    as it came, too.
    """
    rest = value[1:]
    mixed = rest.lower() != rest != rest.upper()
    return mixed and value[0] == "O" and _WECHAT_ID.fullmatch(value.swapcase()) is not None


def _as_chosen(value: str, chosen: IdentifierKind, reading: _Reading) -> Classification:
    looks_like = reading.looks_like
    if chosen in _WECHAT and looks_like in _WECHAT and reading.caps_lock_undone:
        both = Identifier(chosen, value.swapcase()), Identifier(chosen, value)
        return Classification(both, caps_lock_undone=True)
    if chosen is _K.MOBILE and (digits := _GROUPED_DIGITS.fullmatch(value)):
        value = digits[1].replace("-", "")
    form = _FORMS.get(chosen)
    if form is None or form.whole.fullmatch(value):
        asked = looks_like in _ASKED.get(chosen, ())
    elif looks_like is _K.MEMBER_CODE and _has_wrong_length(value, form):
        return _wrong_length(value, chosen, form)
    else:
        asked = True
    identifiers = (Identifier(chosen, value),)
    if not asked:
        return Classification(identifiers, caps_lock_undone=reading.caps_lock_undone)
    return Classification(
        identifiers,
        caps_lock_undone=reading.caps_lock_undone,
        question=Question(chosen, looks_like),
        alternative=reading.identifiers,
    )


def _has_wrong_length(value: str, form: _Form) -> bool:
    return len(value) != form.length and form.part.fullmatch(value) is not None


def _wrong_length(value: str, chosen: IdentifierKind, form: _Form) -> Classification:
    return Classification(
        problem=Problem.TOO_SHORT if len(value) < form.length else Problem.TOO_LONG,
        expected=chosen,
        expected_length=form.length,
        received_length=len(value),
        received=_masked(value),
    )


def _rank(code: str, found: Classification) -> int:
    """The lower, the more likely a member's."""
    if found.problem is not None:
        return 3
    if _is_product_code(clean(code)):
        return 2
    return 1 if found.question is not None else 0


def _is_product_code(value: str) -> bool:
    """EAN-13 or UPC-A: from the right, the digits count 1, 3, 1, … to a multiple of ten."""
    if not _PRODUCT_CODE.fullmatch(value):
        return False
    backwards = [int(digit) for digit in reversed(value)]
    return (sum(backwards[::2]) + 3 * sum(backwards[1::2])) % 10 == 0


def _name(code: str, found: Classification) -> str:
    """Name a code that was not taken; of a payment code not even the length is told.

    Nor of what holds other characters than a code's: some cannot be shown or written.
    """
    told = found.problem is not Problem.PAYMENT_CODE and _CODE.fullmatch(code)
    return _masked(code) if told else MASK * 4


def _masked(value: str) -> str:
    masked = mask_code(value)
    return masked if len(masked) <= _LONGEST_MASK else masked[:2] + MASK * 4 + masked[-2:]


def _each(kinds: Iterable[IdentifierKind], value: str) -> tuple[Identifier, ...]:
    return tuple(Identifier(kind, value) for kind in kinds)
