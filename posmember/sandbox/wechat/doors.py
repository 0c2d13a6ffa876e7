"""The two ways in to the cards: WeChat Pay itself, and a relay of the chain's own.

The platform verifies and makes signatures and encrypts sensitive values; the relay knows its tills
by a token, and everything is in clear, inside of its TLS.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from starlette.datastructures import Headers

from posmember.sandbox.account import RELAY_TOKEN
from posmember.sandbox.faults import WechatKind
from posmember.sandbox.records import Json
from posmember.sandbox.wechat.answers import Answer, AnswerSigner, Reply
from posmember.sandbox.wechat.checks import Unseal
from posmember.sandbox.wechat.errors import HEADER, WechatError, param_error, sign_error
from posmember.sandbox.wechat.faulty import FaultySigner
from posmember.sandbox.wechat.keys import LONGEST_VALUE_BYTES, WechatKeys
from posmember.sandbox.wechat.records import Sensitive
from posmember.sandbox.wechat.signature import SentRequest, WechatVerifier

_JSON_TYPE: Final = "application/json"
_SERIAL: Final = "Wechatpay-Serial"


@dataclass(frozen=True, slots=True)
class Received:
    """A call as it came.

    Args:
        raw_code: the last part of the path, still percent-encoded.
        own_pictures: the address of the sandbox's pictures as this client reaches them.
    """

    request: SentRequest
    raw_code: bytes = field(repr=False)
    query: bytes = field(repr=False)
    headers: Headers = field(repr=False)
    own_pictures: str


class Door(Protocol):
    """One way in."""

    signs: bool
    openid_required: bool

    def reject(self, call: Received) -> WechatError | None:
        """The 401 of a caller who is not known; None for one who is."""

    def rejection(self) -> WechatError:
        """The 401 of a caller whose proof does not hold."""

    def check_headers(self, call: Received) -> None:
        """Raise WechatError if a header that has to be there is not."""

    def seal(self, secret: Sensitive) -> Json:
        """A sensitive value as it goes out."""

    def unsealer(self, call: Received) -> Unseal:
        """What reads the sensitive values of a call."""

    def answer(self, call: Received, reply: Reply, kind: WechatKind | None = None) -> Answer:
        """The reply as it goes out, with what a fault makes of its signature."""


class PlatformDoor:
    """WeChat Pay's own."""

    signs = True
    openid_required = True

    def __init__(self, keys: WechatKeys, clock: Callable[[], float]) -> None:
        self._keys = keys
        self._verifier = WechatVerifier(keys, clock)
        self._signer = FaultySigner(AnswerSigner(keys, clock))

    def reject(self, call: Received) -> WechatError | None:
        """See `Door.reject`: by the request's signature."""
        return self._verifier.check(call.request)

    def rejection(self) -> WechatError:
        """See `Door.rejection`."""
        return sign_error("错误的签名,验签失败", "signature", "sign not match")

    def check_headers(self, call: Received) -> None:
        """See `Door.check_headers`: Accept, and for a change Content-Type and Wechatpay-Serial."""
        if _JSON_TYPE not in _media_types(call.headers.get("accept", "")):
            raise param_error("Accept", f"应为{_JSON_TYPE}", HEADER)
        if call.request.method != "PATCH":
            return
        if _media_types(call.headers.get("content-type", "")) != [_JSON_TYPE]:
            raise param_error("Content-Type", f"应为{_JSON_TYPE}", HEADER)
        key_id = call.headers.get(_SERIAL)
        if key_id is not None and not self._keys.knows(key_id):
            raise param_error(_SERIAL, "平台证书序列号或公钥ID错误", HEADER)

    def seal(self, secret: Sensitive) -> Json:
        """See `Door.seal`: encrypted for the merchant."""
        if secret.for_another:
            return self._keys.encrypt_for_another(secret.text)
        return self._keys.encrypt(secret.text)

    def unsealer(self, call: Received) -> Unseal:
        """See `Door.unsealer`: decrypts with the key that Wechatpay-Serial names."""
        key_id = call.headers.get(_SERIAL, "")

        def unseal(value: str) -> str:
            if not key_id:
                raise param_error(_SERIAL, "请求含敏感信息,缺少必填的公钥ID", HEADER)
            return self._keys.decrypt(key_id, value)

        return unseal

    def answer(self, call: Received, reply: Reply, kind: WechatKind | None = None) -> Answer:
        """See `Door.answer`: signed."""
        return self._signer.answer(call.request, reply, kind)


class RelayDoor:
    """The relay's."""

    signs = False
    openid_required = False

    def reject(self, call: Received) -> WechatError | None:
        """See `Door.reject`: by the token."""
        shown = call.request.authorization.encode()
        right = f"Bearer {RELAY_TOKEN}".encode()
        return None if hmac.compare_digest(shown, right) else self.rejection()

    def rejection(self) -> WechatError:
        """See `Door.rejection`."""
        return WechatError(401, "UNAUTHORIZED", "中转令牌无效")

    def check_headers(self, call: Received) -> None:
        """See `Door.check_headers`: it needs none."""

    def seal(self, secret: Sensitive) -> Json:
        """See `Door.seal`: in clear; null for what the relay cannot decrypt either."""
        return None if secret.for_another else secret.text

    def unsealer(self, call: Received) -> Unseal:
        """See `Door.unsealer`: as it is, if the platform could be sent it."""
        return _encryptable

    def answer(self, call: Received, reply: Reply, kind: WechatKind | None = None) -> Answer:
        """See `Door.answer`: not signed."""
        return Answer(reply)


def _encryptable(value: str) -> str:
    if len(value.encode()) > LONGEST_VALUE_BYTES:
        raise ValueError("too long to be encrypted")
    return value


def _media_types(header: str) -> list[str]:
    return [part.partition(";")[0].strip().lower() for part in header.split(",")]
