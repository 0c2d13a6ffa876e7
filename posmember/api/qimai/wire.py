"""Requests and answers as bytes: pure functions, no network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from posmember.api.answers import (
    parse_object,
    plain_words,
    request_id,
    seconds,
    trace_id,
    trace_id_in,
)
from posmember.api.http.pages import is_page
from posmember.api.qimai.refusals import refusal_kind
from posmember.api.qimai.signing import SignKeys, public_fields, token
from posmember.domain.texts import clean_code
from posmember.errors import (
    ApiBusinessError,
    ApiResponseError,
    ApiStatusError,
    RateLimitedError,
)

_HTTP_OK = 200
_CODE = re.compile(r"-?[0-9]{1,10}|[A-Z]+(?:_[A-Z]+)*|")
_HTTP_TOO_MANY = 429

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


def read_answer(api: str, status: int, headers: Mapping[str, str], body: bytes) -> object:
    """Turn an answer into its ``data`` (api/README: Envelope).

    Its request id is that of the headers, else its own ``traceId``.

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
            request_id=rid or trace_id_in(body),
        )  # fmt: skip
    if status != _HTTP_OK:
        rid = rid or trace_id_in(body)
        page = is_page(headers, body)
        raise ApiStatusError(f"HTTP {status}", status=status, is_page=page, api=api, request_id=rid)
    envelope = parse_object(api, rid, body)
    rid = rid or trace_id(envelope)
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
    code = clean_code(code)[:32]
    kind = refusal_kind(succeeded, code, words)
    known = f" with code {code}" if _CODE.fullmatch(code) else ""  # else it may be anybody's name
    return kind(
        f"refused{known}",
        api=api,
        code=code,
        request_id=rid,
        platform_message=words,
    )
