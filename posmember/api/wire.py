"""Requests and answers as bytes: pure functions, no network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from posmember.api.signing import SignKeys, public_fields, token
from posmember.errors import (
    ApiBusinessError,
    ApiResponseError,
    ApiStatusError,
    MemberNotFoundError,
    RateLimitedError,
    SignatureRejectedError,
)

MAX_BODY_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 64
_CONTAINERS = frozenset({dict, list})
_HTTP_OK = 200
_HTTP_TOO_MANY = 429
_MAX_MESSAGE = 120

# Codes seen in public clients (api/README: Envelope): a token that does not verify, a replay.
_SIGNATURE_CODES = frozenset({"110004", "110007"})
_SIGNATURE_WORDS = ("签名", "token", "令牌", "密钥", "授权", "openid", "grantcode")
_OVERLOAD_WORDS = ("频繁", "限流", "繁忙")
_NOT_FOUND_WORD = "不存在"
# What does not exist then is not a member.
_NOT_A_MEMBER_WORDS = ("门店", "店铺", "接口", "方法")
_LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){4,}")
_WECHAT_ID = re.compile(r"\bo[A-Za-z0-9_-]{27,28}\b")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-trace-id", "trace-id", "eagleeye-traceid")

Params = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signs a request. The open key is the merchant's secret and is never sent."""

    open_id: str
    grant_code: str
    open_key: str = field(repr=False)


def v2_body(
    credentials: Credentials,
    spelling: SignKeys,
    action: str,
    params: Params,
    *,
    timestamp: int,
    nonce: int,
) -> bytes:
    """The body of a V2 call, signed; exactly these bytes are sent."""
    fields = public_fields(
        credentials.open_id, credentials.grant_code, timestamp, nonce, SignKeys.PASCAL
    )
    signed = public_fields(credentials.open_id, credentials.grant_code, timestamp, nonce, spelling)
    signature = token(credentials.open_key, signed)
    return _serialise({**fields, "Token": signature, "Action": action, "Params": params})


def v3_body(credentials: Credentials, params: Params, *, timestamp: int, nonce: int) -> bytes:
    """The body of a V3 call, signed; exactly these bytes are sent."""
    fields = public_fields(
        credentials.open_id, credentials.grant_code, timestamp, nonce, SignKeys.CAMEL
    )
    return _serialise({**fields, "token": token(credentials.open_key, fields), "params": params})


def _serialise(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def request_id(headers: Mapping[str, str]) -> str:
    """The platform's id of a request, for the support line; "" where it gives none."""
    for name in _REQUEST_ID_HEADERS:
        if value := headers.get(name):
            return value[:64]
    return ""


def read_answer(api: str, status: int, headers: Mapping[str, str], body: bytes) -> object:
    """Turn an answer into its ``data`` (api/README: Envelope).

    Args:
        api: the operation, for the error.
        headers: with a case-insensitive ``get``, or lower-case names.

    Raises:
        ApiStatusError, RateLimitedError: by the HTTP status.
        ApiResponseError: no JSON object, or nested past 64 levels.
        SignatureRejectedError, RateLimitedError, MemberNotFoundError, ApiBusinessError: a
            refusal, or the platform's own failure.
    """
    rid = request_id(headers)
    if status == _HTTP_TOO_MANY:
        raise RateLimitedError(
            "HTTP 429", retry_after=seconds(headers.get("retry-after")), api=api, code="429",
            request_id=rid,
        )  # fmt: skip
    if status != _HTTP_OK:
        raise ApiStatusError(f"HTTP {status}", status=status, api=api, request_id=rid)
    envelope = parse_object(api, rid, body)
    succeeded = _flag(envelope.get("status"))
    code = envelope.get("code")
    if succeeded is None:
        raise ApiResponseError("no readable status", path="$.status", api=api, request_id=rid)
    if code is None and not succeeded:
        code = ""  # a system error is one, with or without its number
    if isinstance(code, bool) or not isinstance(code, str | int):
        raise ApiResponseError("no readable code", path="$.code", api=api, request_id=rid)
    if succeeded and str(code).strip() == "0":
        return envelope.get("data")
    raise _refusal(api, rid, succeeded, str(code).strip(), envelope.get("message"))


def parse_object(api: str, rid: str, body: bytes) -> dict[str, object]:
    """Read a JSON object; numbers are exact.

    Args:
        rid: the request's id, for the error.

    Raises:
        ApiResponseError: no JSON object, or nested past 64 levels.
    """
    try:
        # Decimal, not float; NaN and Infinity are kept as texts and so become unreadable.
        parsed = json.loads(body, parse_float=_decimal, parse_constant=str)
    except RecursionError as error:
        raise ApiResponseError("nested too deep", path="$", api=api, request_id=rid) from error
    except ValueError as error:  # JSONDecodeError, UnicodeDecodeError, an endless integer
        raise ApiResponseError("not JSON", path="$", api=api, request_id=rid) from error
    if not isinstance(parsed, dict):
        raise ApiResponseError("not a JSON object", path="$", api=api, request_id=rid)
    if _too_deep(parsed):
        raise ApiResponseError("nested too deep", path="$", api=api, request_id=rid)
    return parsed


def _decimal(text: str) -> Decimal | str:
    """An exact number; one whose exponent no Decimal can have stays a text, so unreadable."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


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


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    if value in (1, "1"):
        return True
    if value in (0, "0"):
        return False
    text = value.strip().lower() if isinstance(value, str) else ""
    return {"true": True, "false": False}.get(text)


def _refusal(api: str, rid: str, succeeded: bool, code: str, message: object) -> ApiBusinessError:
    words = plain_words(message) if isinstance(message, str) else ""
    code = _INVISIBLE.sub("", code)[:32]
    kind = _refusal_kind(succeeded, code, words)
    return kind(
        f"refused with code {code}",
        api=api,
        code=code,
        request_id=rid,
        platform_message=words,
    )


def _refusal_kind(succeeded: bool, code: str, words: str) -> type[ApiBusinessError]:
    lowered = words.lower()
    if code in _SIGNATURE_CODES or any(word in lowered for word in _SIGNATURE_WORDS):
        return SignatureRejectedError
    if any(word in words for word in _OVERLOAD_WORDS):
        return RateLimitedError
    about_a_member = not any(word in words for word in _NOT_A_MEMBER_WORDS)
    if succeeded and _NOT_FOUND_WORD in words and about_a_member:
        return MemberNotFoundError
    return ApiBusinessError


def plain_words(message: str) -> str:
    """The platform's words, short, and without a phone or card number it may have repeated.

    Control characters and lone surrogates go: no terminal or log takes them.
    """
    words = _INVISIBLE.sub("", " ".join(message.split()))
    return _LONG_NUMBER.sub("…", _WECHAT_ID.sub("…", words))[:_MAX_MESSAGE]


def seconds(text: str | None) -> float | None:
    """Retry-After in seconds; its form as a date is not used by any limiter we know of."""
    return float(text) if text and text.strip().isascii() and text.strip().isdigit() else None
