"""Checks the digital signature (数字签名) of a request, as the platform does.

Rule (API documents, "Request signature"): the four public fields, sorted by key, joined as
``key=value&…``; HMAC-SHA1 with the open key; Base64; percent-encoded. ``params`` is not signed.
Written apart from the client's signer on purpose.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final
from urllib.parse import quote

MAX_CLOCK_DIFFERENCE_S: Final = 300
REMEMBERED_NONCES: Final = 200_000

TOKEN_CODE: Final = "110004"
REPLAY_CODE: Final = "110007"


class KeySpelling(Enum):
    """How the four keys are written, in a body or in the signed text."""

    CAMEL = ("openId", "grantCode", "timestamp", "nonce", "token")
    PASCAL = ("OpenId", "GrantCode", "Timestamp", "Nonce", "Token")


@dataclass(frozen=True, slots=True)
class PublicFields:
    """The public fields of one request, as text; a missing one is ""."""

    open_id: str
    grant_code: str
    timestamp: str
    nonce: str
    token: str

    @classmethod
    def from_body(cls, body: Mapping[str, object], spelling: KeySpelling) -> PublicFields:
        """Read them from a decoded body whose keys have this spelling."""
        return cls(*(_as_text(body.get(name)) for name in spelling.value))


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a request is not accepted: the envelope's code and message."""

    code: str
    message: str


def signed_text(fields: PublicFields, spelling: KeySpelling) -> str:
    """The text that is signed, for example ``grantCode=…&nonce=…&openId=…&timestamp=…``."""
    values = (fields.open_id, fields.grant_code, fields.timestamp, fields.nonce)
    pairs = sorted(zip(spelling.value[:4], values, strict=True))
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs)


def expected_token(open_key: str, fields: PublicFields, spelling: KeySpelling) -> str:
    """The percent-encoded token that these fields must carry."""
    text = signed_text(fields, spelling).encode()
    digest = hmac.new(open_key.encode(), text, hashlib.sha1).digest()
    return quote(base64.b64encode(digest), safe="")


class NonceMemory:
    """Remembers used nonces for as long as their timestamp could still be accepted.

    At most `capacity` are kept; beyond that the oldest is forgotten first.
    """

    def __init__(self, capacity: int = REMEMBERED_NONCES) -> None:
        self._capacity = capacity
        self._used: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._used)

    def use(self, nonce: str, at: float) -> bool:
        """Note the use of a nonce at Unix second `at`; False if it was used before."""
        self._forget_before(at - 2 * MAX_CLOCK_DIFFERENCE_S)
        if nonce in self._used:
            return False
        self._used[nonce] = at
        if len(self._used) > self._capacity:
            self._used.popitem(last=False)
        return True

    def _forget_before(self, limit: float) -> None:
        while self._used and next(iter(self._used.values())) < limit:
            self._used.popitem(last=False)


class Verifier:
    """Accepts or rejects the public fields of a request for one account.

    `clock` gives the platform's Unix seconds. A nonce counts as used only by a request that is
    otherwise good, as a stranger's guess must not use up somebody's nonce.
    """

    def __init__(
        self, open_id: str, grant_code: str, open_key: str, clock: Callable[[], float]
    ) -> None:
        self._open_id = open_id
        self._grant_code = grant_code
        self._open_key = open_key
        self._clock = clock
        self._nonces = NonceMemory()

    def check(self, fields: PublicFields, spellings: tuple[KeySpelling, ...]) -> Rejection | None:
        """None if the request is accepted under one of the spellings, else the rejection."""
        now = self._clock()
        rejection = self._check_fields(fields, now)
        if rejection is not None:
            return rejection
        tokens = (expected_token(self._open_key, fields, spelling) for spelling in spellings)
        if not any(hmac.compare_digest(token, fields.token) for token in tokens):
            return Rejection(TOKEN_CODE, "签名验证失败")
        if not self._nonces.use(fields.nonce, now):
            return Rejection(REPLAY_CODE, "重复请求")
        return None

    def _check_fields(self, fields: PublicFields, now: float) -> Rejection | None:
        if not (fields.open_id and fields.grant_code and fields.token):
            return Rejection(TOKEN_CODE, "公共参数缺失")
        if not _is_number(fields.timestamp) or not _is_number(fields.nonce):
            return Rejection(TOKEN_CODE, "公共参数错误")
        if fields.open_id != self._open_id:
            return Rejection(TOKEN_CODE, "openId无效")
        if fields.grant_code != self._grant_code:
            return Rejection(TOKEN_CODE, "grantCode无效")
        if abs(now - int(fields.timestamp)) > MAX_CLOCK_DIFFERENCE_S:
            return Rejection(TOKEN_CODE, "时间戳已过期")
        if not fields.token.isascii():
            return Rejection(TOKEN_CODE, "签名验证失败")
        return None


def _as_text(value: object) -> str:
    """Text as it is, whole numbers in their decimal form, anything else as missing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return ""


def _is_number(text: str) -> bool:
    """Whether it is a positive integer of at most 20 digits."""
    return text.isascii() and text.isdigit() and len(text) <= 20 and int(text) > 0
