"""WeChat Pay's requests and answers as bytes: pure functions, no network, no keys.

Sources: api/README (WeChat Pay, APIv3), and the WeChat brand-card document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from posmember.api.answers import parse_object, plain_words, request_id, seconds
from posmember.api.http.pages import is_page
from posmember.domain.wechat.card import is_card_code
from posmember.errors import (
    ApiBusinessError,
    ApiError,
    ApiStatusError,
    CardNotFoundError,
    NotAllowedError,
    RateLimitedError,
    SignatureRejectedError,
)

SCHEME: Final = "WECHATPAY2-SHA256-RSA2048"
CARDS_PATH: Final = "/v3/brand/partner/card-member/user-cards/"
SERIAL_HEADER: Final = "Wechatpay-Serial"
SIGN_ERROR: Final = "SIGN_ERROR"
"""The code of a refused signature, timestamp or nonce."""

_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_TOO_MANY: Final = 429
REFUSED: Final = range(400, 500)
"""Statuses of a call that was understood and refused, where it is the platform that says so."""
_BY_CODE: Final[Mapping[str, type[ApiBusinessError]]] = {
    "PARAM_ERROR": ApiBusinessError,
    "INVALID_REQUEST": ApiBusinessError,
    SIGN_ERROR: SignatureRejectedError,
    "NO_AUTH": NotAllowedError,
    "NOT_FOUND": CardNotFoundError,
    "RESOURCE_NOT_EXISTS": CardNotFoundError,
}
_BY_STATUS: Final[Mapping[int, type[ApiBusinessError]]] = {
    401: SignatureRejectedError,
    403: NotAllowedError,
    404: CardNotFoundError,
}


def target(code: str, query: Mapping[str, str]) -> str:
    """The path with query of one card; nothing of a code can change the path.

    Raises:
        ValueError: the code can be none, such as "..", which would be another path.
    """
    if not is_card_code(code):
        raise ValueError("not a card's code")
    return CARDS_PATH + quote(code, safe="") + "?" + urlencode(query, quote_via=quote)


def body(content: Mapping[str, object]) -> bytes:
    """A request's body; exactly these bytes are signed and sent."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def request_text(method: str, path: str, timestamp: int, nonce: str, content: bytes) -> bytes:
    """What a request's signature is over: five lines, each ended by a newline.

    Args:
        path: with its query, as it is sent.
        timestamp: Unix seconds.
    """
    return f"{method}\n{path}\n{timestamp}\n{nonce}\n".encode() + content + b"\n"


def authorization(mchid: str, serial: str, timestamp: int, nonce: str, signature: str) -> str:
    """The header ``Authorization``; `serial` names the merchant's key."""
    return (
        f'{SCHEME} mchid="{mchid}",nonce_str="{nonce}",signature="{signature}",'
        f'timestamp="{timestamp}",serial_no="{serial}"'
    )


def answer_text(timestamp: str, nonce: str, content: bytes) -> bytes:
    """What an answer's signature is over: three lines, each ended by a newline."""
    return f"{timestamp}\n{nonce}\n".encode() + content + b"\n"


def read_answer(
    api: str, status: int, headers: Mapping[str, str], content: bytes, *, trusted: bool
) -> dict[str, object]:
    """Turn an answer into its object.

    Args:
        trusted: whether the answer is known to be the platform's. Of another only the status
            and a code of the documented form are taken, and no words; without such a code it is
            a page of what stands between, and says nothing of the card, the keys or the limit.

    Returns:
        The object; {} for an answer without a body (HTTP 204).

    Raises:
        SignatureRejectedError, NotAllowedError, CardNotFoundError, RateLimitedError,
            ApiBusinessError: a refusal, by its code, else by its status.
        ApiStatusError: a failure of the platform itself, a redirect, or a page.
        ApiResponseError: no JSON object.
    """
    rid = request_id(headers)
    if status == 204 or (status == 200 and not content.strip()):
        return {}
    if status == 200:
        return parse_object(api, rid, content)
    raise _refusal(api, status, headers, content, trusted=trusted)


def _refusal(
    api: str, status: int, headers: Mapping[str, str], content: bytes, *, trusted: bool
) -> ApiError:
    rid = request_id(headers)
    code, words = _code_and_words(content)
    between = not trusted and not code
    if not trusted:
        words = ""
    if status == _TOO_MANY:
        return RateLimitedError(
            "HTTP 429", retry_after=seconds(headers.get("retry-after")), is_page=between, api=api,
            code=code or "429", request_id=rid, platform_message=words,
        )  # fmt: skip
    if between or status not in REFUSED:
        page = is_page(headers, content) or (between and status in REFUSED)
        return ApiStatusError(
            f"HTTP {status}", status=status, code=code, is_page=page, api=api, request_id=rid
        )
    kind = _BY_CODE.get(code) or _BY_STATUS.get(status, ApiBusinessError)
    what = f"refused with HTTP {status} {code}".strip()
    return kind(what, api=api, code=code or str(status), request_id=rid, platform_message=words)


def error_code(content: bytes) -> str:
    """The code of an error's body; "" where it has not the documented form."""
    return _code_and_words(content)[0]


def _code_and_words(content: bytes) -> tuple[str, str]:
    """The code and message of an error's body; "" for what is not there."""
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(parsed, dict):
        return "", ""
    code, message = parsed.get("code"), parsed.get("message")
    known = code if isinstance(code, str) and _CODE.fullmatch(code) else ""
    return known, plain_words(message) if isinstance(message, str) else ""
