"""What any platform's answers are read with: the request's id, exact JSON, words fit to show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from itertools import islice

from posmember.domain.texts import clean_code, one_line
from posmember.errors import ApiResponseError

MAX_BODY_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 64
MAX_VALUES = 250_000
"""So many may an answer hold, by its commas and brackets: five times what a thousand coupons take.
Reading more would let the window wait."""
MAX_DIGITS = 40
"""No number of the platform is as long; a million decimals take seconds to be read exactly."""
_DIGITS_ALIKE = bytes(ord("0") if chr(byte) in "0123456789" else ord(" ") for byte in range(256))
_LONG_INTEGER = b"0" * (MAX_DIGITS + 1)
_DIVIDERS = (b",", b"{", b"[")
_CONTAINERS = frozenset({dict, list})
_MAX_MESSAGE = 120
_READ_WORDS = 2_000
_LONG_NUMBER = re.compile(r"\d{3}(?:[.·\u2010-\u2015]\d{4}){2}|\d(?:[\s-]?\d){4,}")
_WECHAT_ID = re.compile(r"\bo[A-Za-z0-9_-]{27,28}\b")
_LONGEST_ID, _READ = 64, 256
_MOST_NAMES = 50
"""An envelope has half a dozen."""
_LONGEST_ERROR = 64 * 1024
_NOT_A_LETTER = re.compile(r"[^a-z]")
_TRACE_NAMES = ("traceid", "requestid")
_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-trace-id", "trace-id", "eagleeye-traceid")


def request_id(headers: Mapping[str, str]) -> str:
    """The platform's id of a request, for the support line; "" where its headers give none."""
    for name in _REQUEST_ID_HEADERS:
        if value := _short(headers.get(name)):
            return value
    return ""


def trace_id(envelope: Mapping[str, object]) -> str:
    """An answer's own id of its request, however it spells its name; "" where it has none."""
    few = islice(envelope.items(), _MOST_NAMES)
    named = {_NOT_A_LETTER.sub("", name[:_READ].lower()): value for name, value in few}
    for name in _TRACE_NAMES:
        if value := _short(named.get(name)):
            return value
    return ""


def trace_id_in(body: bytes) -> str:
    """`trace_id` of a body that may be anything, such as a gateway's page."""
    if len(body) > _LONGEST_ERROR:
        return ""
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return trace_id(parsed) if isinstance(parsed, dict) else ""


def _short(value: object) -> str:
    """An id that can be read out: printable and short; "" for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    seen = clean_code(str(value)[:_READ])
    return "".join(char for char in seen if char.isprintable())[:_LONGEST_ID].strip()


def parse_object(api: str, rid: str, body: bytes) -> dict[str, object]:
    """Read a JSON object; numbers are exact.

    Args:
        rid: the request's id, for the error.

    Raises:
        ApiResponseError: no JSON object, of more than 250,000 values, or nested past 64 levels.
    """
    if sum(map(body.count, _DIVIDERS)) > MAX_VALUES:
        raise ApiResponseError("too many values", path="$", api=api, request_id=rid)
    try:
        # Decimal, not float; NaN and Infinity are kept as texts and so become unreadable.
        parsed = json.loads(
            body, parse_float=_decimal, parse_constant=str, parse_int=_integers_of(body)
        )
    except RecursionError as error:
        raise ApiResponseError("nested too deep", path="$", api=api, request_id=rid) from error
    except ValueError as error:  # JSONDecodeError, UnicodeDecodeError
        raise ApiResponseError("not JSON", path="$", api=api, request_id=rid) from error
    if not isinstance(parsed, dict):
        raise ApiResponseError("not a JSON object", path="$", api=api, request_id=rid)
    if _too_deep(parsed):
        raise ApiResponseError("nested too deep", path="$", api=api, request_id=rid)
    return parsed


def _decimal(text: str) -> Decimal | str:
    """An exact number; one that is too long or out of range stays a text, so unreadable."""
    try:
        return Decimal(text) if len(text) <= MAX_DIGITS else text
    except InvalidOperation:
        return text


def _integers_of(body: bytes) -> Callable[[str], int | str] | None:
    """What reads a body's whole numbers: json's own, quicker, where none is too long."""
    digits = body.translate(_DIGITS_ALIKE, b"\0")  # UTF-16 is JSON, too
    return _integer if _LONG_INTEGER in digits else None


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= MAX_DIGITS else text


def _too_deep(parsed: object) -> bool:
    level: list[object] = [parsed]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for value in level
            for child in (value.values() if type(value) is dict else value)  # type: ignore[attr-defined]
            if type(child) in _CONTAINERS
        ]
        if not level:
            return False
    return True


def plain_words(message: str) -> str:
    """The platform's words, short, and without a phone or card number it may have repeated.

    They are one line of what can be seen: no terminal or log takes anything else.
    """
    if len(message) > _READ_WORDS:
        message = message[:_READ_WORDS].rstrip("0123456789- ")  # no number is cut and so kept
    words = one_line(message)
    return _LONG_NUMBER.sub("…", _WECHAT_ID.sub("…", words))[:_MAX_MESSAGE]


def seconds(text: str | None) -> float | None:
    """Retry-After in seconds; its form as a date is not used by any limiter we know of."""
    return float(text) if text and text.strip().isascii() and text.strip().isdigit() else None
