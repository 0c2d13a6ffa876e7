"""What a scanned or typed text can be (api/README: What a scanned code can be).

A shape is a hint, never proof: one shape can have several meanings, so the answer is the
list of things to try, in order. Payment codes are told apart first and never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.masking import MASK, mask_code
from posmember.scanning.cleaning import clean, clean_as_given, visible
from posmember.scanning.goods import is_goods
from posmember.scanning.payment import BRAND_CARD_CODE, holds_payment_code
from posmember.scanning.phone import digits_of_mobile, mobile_with_country
from posmember.scanning.profile import PLAIN, CodeProfile
from posmember.scanning.track import is_bank_card

MAX_LENGTH = 128
"""The longest identifier there is: an openid's documented limit."""

MAX_ATTEMPTS = 4
"""A text is tried as at most so many things: two kinds in both cases of its letters, or three."""

_K = IdentifierKind

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ALIPAY_USER_ID = re.compile(r"2088[0-9]{12}")
_WECHAT_ID = re.compile(r"o[A-Za-z0-9_-]{27,28}")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
CODE = re.compile(r"[!-~]+")
"""What a code is made of."""

_SHAPES: tuple[tuple[re.Pattern[str], tuple[IdentifierKind, ...]], ...] = (
    (_MOBILE, (_K.MOBILE, _K.MEMBER_CODE, _K.CARD_NUMBER)),
    (_ALIPAY_USER_ID, (_K.ALIPAY_USER_ID, _K.MEMBER_CODE, _K.CARD_NUMBER)),
    (_WECHAT_ID, (_K.WECHAT_OPENID, _K.WECHAT_UNIONID, _K.MEMBER_CODE)),
    (BRAND_CARD_CODE, (_K.CARD_NUMBER, _K.MEMBER_CODE)),
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


class Problem(StrEnum):
    """Why a text is not looked up."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    URL = "url"
    NOT_A_CODE = "not_a_code"
    GOODS = "goods"
    PAYMENT_CODE = "payment_code"
    BANK_CARD = "bank_card"
    NOT_IN_TRAINING = "not_in_training"


NEVER_KEPT = frozenset({Problem.PAYMENT_CODE, Problem.BANK_CARD, Problem.NOT_IN_TRAINING})
"""Of these texts nothing is kept, shown or named, not even their length.

They are payment data, or where people are trained perhaps a real customer's code.
"""


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
class _Reading:
    """A text's automatic reading: never empty."""

    identifiers: tuple[Identifier, ...]
    caps_lock_undone: bool = False

    @property
    def looks_like(self) -> IdentifierKind:
        return self.identifiers[0].kind


def classify(
    text: str, chosen: IdentifierKind | None = None, profile: CodeProfile = PLAIN
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
        card number or member code, by `chosen` or by the address that held them. So is what is
        on a bank card's stripe.

        Where a member code or card number has letters, it is tried in the other case last, as
        Caps Lock would have changed it.

        Without `chosen` no text is too short: no document gives member codes or card numbers
        a shortest length, and what is left of a cut phone number or openid may be one. The
        code of an address is a member code or card number, never read as a phone number.
    """
    found = _classify(text, chosen, profile)
    meanings = (*found.identifiers, *found.alternative)
    if found.problem is None and profile.refuses(meanings):
        goods = is_goods(meanings[0].value)
        return Classification(problem=Problem.GOODS if goods else Problem.NOT_IN_TRAINING)
    return found


def _classify(text: str, chosen: IdentifierKind | None, profile: CodeProfile) -> Classification:
    value = clean(text)
    written = profile.written_in(value)
    swapped = not written and bool(written := profile.written_in(value.swapcase()))
    code = clean(written)
    problem = _payment_problem(written, _K.MEMBER_CODE) if code else None
    if not (code and _URL.match(value)):  # of an address nothing but its code is sent
        problem = problem or _payment_problem(text, chosen)
    if problem is not None:
        return Classification(problem=problem)
    if code:
        spelt = _each if swapped else _in_both_cases
        return _decide(code, chosen, _Reading(spelt(_OTHERWISE, code), swapped))
    given = clean_as_given(text)
    if chosen in _OTHERWISE and given != value and CODE.fullmatch(given):
        return _as_given(given, value, chosen)
    return _decide(value, chosen, None)


def _as_given(given: str, phone: str, chosen: IdentifierKind) -> Classification:
    """What was said to be a code, as it came; last as the phone number that may be meant by it.

    Many chains give the phone number as the card number, and people group it.
    """
    found = _decide(given, chosen, None)
    if not found.identifiers:  # tel://… is no address to be opened
        return _decide(phone, chosen, None)
    return replace(found, identifiers=(*found.identifiers, Identifier(chosen, phone)))


def is_address(text: str) -> bool:
    """Whether a text is an address; only with the chain's profile is known if it holds a code."""
    return _URL.match(clean(text)) is not None


def _payment_problem(text: str, kind: IdentifierKind | None) -> Problem | None:
    if is_bank_card(visible(text)):
        return Problem.BANK_CARD
    if holds_payment_code(text, kind):
        return Problem.PAYMENT_CODE
    return None


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
    return None if CODE.fullmatch(value) else Problem.NOT_A_CODE


def _read(value: str) -> _Reading:
    """What the text is by its shape alone."""
    if _is_case_swapped(value):
        as_openid = _each(_WECHAT, value.swapcase())
        return _Reading((*as_openid, Identifier(_K.MEMBER_CODE, value)), caps_lock_undone=True)
    for shape, kinds in _SHAPES:
        if shape.fullmatch(value):
            return _Reading(_each(kinds, value))
    if mobile := mobile_with_country(value):
        return _Reading((Identifier(_K.MOBILE, mobile), *_each(_OTHERWISE, value)))
    return _Reading(_in_both_cases(_OTHERWISE, value))


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
    if chosen is _K.MOBILE:
        value = _as_mobile(value)
    form = _FORMS.get(chosen)
    if form is None or form.whole.fullmatch(value):
        asked = looks_like in _ASKED.get(chosen, ())
    elif looks_like is _K.MEMBER_CODE and _has_wrong_length(value, form):
        return _wrong_length(value, chosen, form)
    else:
        asked = True
    if not asked:
        undone = reading.caps_lock_undone
        spelt = _in_both_cases if chosen in _OTHERWISE and not undone else _each
        return Classification(spelt((chosen,), value), caps_lock_undone=undone)
    return Classification(
        _each((chosen,), value),
        caps_lock_undone=reading.caps_lock_undone,
        question=Question(chosen, looks_like),
        alternative=reading.identifiers,
    )


def _as_mobile(value: str) -> str:
    """What was meant for a mobile number in its digits alone, of whatever length."""
    grouped = _GROUPED_DIGITS.fullmatch(value)
    return digits_of_mobile(value) or (grouped[1].replace("-", "") if grouped else value)


def _has_wrong_length(value: str, form: _Form) -> bool:
    return len(value) != form.length and form.part.fullmatch(value) is not None


def _wrong_length(value: str, chosen: IdentifierKind, form: _Form) -> Classification:
    if is_goods(value):
        return Classification(problem=Problem.GOODS)
    return Classification(
        problem=Problem.TOO_SHORT if len(value) < form.length else Problem.TOO_LONG,
        expected=chosen,
        expected_length=form.length,
        received_length=len(value),
        received=masked(value),
    )


def masked(value: str) -> str:
    """A code masked, and a long one shortened."""
    mask = mask_code(value)
    return mask if len(mask) <= _LONGEST_MASK else mask[:2] + MASK * 4 + mask[-2:]


def is_other_case(tried: Sequence[Identifier], found_by: Identifier | None) -> bool:
    """Whether somebody was found by what was tried first, but in the other case of its letters."""
    if not tried or found_by is None:
        return False
    first, found = tried[0].value, found_by.value
    return found != first and found == first.swapcase()


def _in_both_cases(kinds: Iterable[IdentifierKind], value: str) -> tuple[Identifier, ...]:
    """As it came, then as Caps Lock would have made it; digits have one case only."""
    return tuple(dict.fromkeys(_each(kinds, value) + _each(kinds, value.swapcase())))


def _each(kinds: Iterable[IdentifierKind], value: str) -> tuple[Identifier, ...]:
    return tuple(Identifier(kind, value) for kind in kinds)
