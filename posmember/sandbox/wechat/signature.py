"""Checks the signature of a WeChat Pay request (APIv3), as the platform does.

Rule (API documents, WeChat Pay): RSA-SHA256 by the merchant's key over five lines, each ended by a
newline: method, path with query, timestamp, nonce, body. Written apart from the client's signer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from posmember.sandbox.account import MCHID, MERCHANT_SERIAL
from posmember.sandbox.qimai.signature import MAX_CLOCK_DIFFERENCE_S, NonceMemory
from posmember.sandbox.records import Json
from posmember.sandbox.wechat.errors import WechatError, sign_error
from posmember.sandbox.wechat.keys import WechatKeys

SCHEME: Final = "WECHATPAY2-SHA256-RSA2048"

_PARTS: Final = frozenset({"mchid", "nonce_str", "signature", "timestamp", "serial_no"})
_PART: Final = re.compile(r'([a-z_]+)="([^"]*)"')
_MAX_HEADER: Final = 4096
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")
_NONCE: Final = re.compile(r"[!-~]{1,128}")
_SHOWN_TEXT: Final = 256
"""How much of the signed text an error repeats."""


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request's signed parts, exactly as received.

    Args:
        target: path with query, both as the bytes that came.
    """

    method: str
    target: bytes
    authorization: str = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Claim:
    mchid: str
    serial_no: str
    timestamp: str
    nonce_str: str
    signature: str


class WechatVerifier:
    """Accepts or rejects the requests of the one merchant.

    `clock` gives the platform's Unix seconds. A nonce counts as used only by a request that is
    otherwise good.
    """

    def __init__(self, keys: WechatKeys, clock: Callable[[], float]) -> None:
        self._keys = keys
        self._clock = clock
        self._nonces = NonceMemory()

    def check(self, request: SentRequest) -> WechatError | None:
        """None if the request is the merchant's, else the 401 ``SIGN_ERROR`` that it gets."""
        claim = _read(request.authorization)
        if claim is None:
            return sign_error(
                "Http头Authorization值格式错误,请参考签名规则", "Authorization", "malformed"
            )
        now = self._clock()
        return (
            _check_names(claim)
            or _check_time(claim, now)
            or self._check_signature(claim, request)
            or self._check_nonce(claim, now)
        )

    def _check_signature(self, claim: _Claim, request: SentRequest) -> WechatError | None:
        text = b"\n".join(
            [
                request.method.encode(),
                request.target,
                claim.timestamp.encode(),
                claim.nonce_str.encode(),
                request.body,
                b"",
            ]
        )
        if self._keys.merchant_signed(text, claim.signature):
            return None
        shown: dict[str, Json] = {
            "method": request.method,
            "url": request.target.decode("latin-1"),
            "sign_message_length": len(text),
            "truncated_sign_message": text[:_SHOWN_TEXT].decode("utf-8", "replace"),
        }
        return sign_error(
            "错误的签名,验签失败", "signature", "sign not match", sign_information=shown
        )

    def _check_nonce(self, claim: _Claim, now: float) -> WechatError | None:
        if self._nonces.use(claim.nonce_str, now):
            return None
        return sign_error("请求重复,nonce_str已经使用过", "nonce_str", "replayed")


def _read(header: str) -> _Claim | None:
    """The five parts, in any order, each once; None if the header is not of that form."""
    scheme, _, rest = header.partition(" ")
    if scheme != SCHEME or len(header) > _MAX_HEADER:
        return None
    found = [_PART.fullmatch(part.strip()) for part in rest.split(",")]
    parts = {match[1]: match[2] for match in found if match}
    if len(found) != len(_PARTS) or parts.keys() != _PARTS:
        return None
    well_formed = _TIMESTAMP.fullmatch(parts["timestamp"]) and _NONCE.fullmatch(parts["nonce_str"])
    return _Claim(**parts) if well_formed else None


def _check_names(claim: _Claim) -> WechatError | None:
    if claim.mchid != MCHID:
        return sign_error("商户号mchid有误", "mchid", "unknown mchid")
    if claim.serial_no != MERCHANT_SERIAL:
        words = "商户证书序列号有误,请使用签名私钥匹配的证书序列号"
        return sign_error(words, "serial_no", "unknown serial_no")
    return None


def _check_time(claim: _Claim, now: float) -> WechatError | None:
    if abs(now - int(claim.timestamp)) <= MAX_CLOCK_DIFFERENCE_S:
        return None
    words = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"
    return sign_error(words, "timestamp", "timestamp expired")
