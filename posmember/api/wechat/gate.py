"""How a till comes to WeChat Pay: with the merchant's key, or by a relay of the chain's own.

Either way signs what goes out, judges what comes in, and knows how sensitive values travel.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from posmember.api.answers import request_id
from posmember.api.clock import PlatformClock
from posmember.api.http.client import Reply
from posmember.api.wechat.crypto import Certificate, PrivateKey, PublicKey
from posmember.api.wechat.freshness import Freshness
from posmember.api.wechat.wire import (
    SERIAL_HEADER,
    answer_text,
    authorization,
    error_code,
    request_text,
)
from posmember.errors import AnswerOldError, AnswerUntrustedError, UnknownKeyError

DEFAULT_BASE_URL: Final = "https://api.mch.weixin.qq.com"
ADDRESS_NAME: Final = "WeChat Pay's base address"
"""What an error calls it."""
_NONCE_BYTES: Final = 16
_ANSWERED: Final = (200, 204)


@dataclass(frozen=True, slots=True)
class MerchantAccess:
    """What signs as the merchant.

    Args:
        mchid, serial: the merchant's number, and the serial of its certificate.
        private_key: the merchant's.
        public_keys: WeChat Pay's by their ids, the one to encrypt with first.
        template_id: ``card_id``, of the chain's membership card.
        certificate: the merchant's, where it was given; to check the private key by.
    """

    mchid: str
    serial: str
    brand_id: str
    template_id: str
    private_key: PrivateKey = field(repr=False)
    public_keys: Mapping[str, PublicKey] = field(repr=False)
    base_url: str = DEFAULT_BASE_URL
    certificate: Certificate | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RelayAccess:
    """A relay of the chain's own, which has the merchant's key.

    It takes the same calls at the same paths and gives the same answers, with sensitive values
    in clear, inside of its own TLS.

    Args:
        token: sent as ``Authorization: Bearer``.
        fills_openid: whether it knows a card's openid by itself.
    """

    base_url: str
    brand_id: str
    template_id: str
    token: str = field(repr=False)
    fills_openid: bool = False


Access = MerchantAccess | RelayAccess


class Gate(Protocol):
    """One way to WeChat Pay."""

    def sign(self, method: str, path: str, content: bytes) -> Mapping[str, str]:
        """The headers that let a request in."""

    def judge(self, api: str, reply: Reply) -> bool:
        """Whether an answer is the platform's: False for a refusal that nobody signed.

        Raises:
            AnswerUntrustedError, UnknownKeyError: it is not to be read.
        """

    def conceal(self, value: str) -> str:
        """A sensitive value as it is sent."""

    def reveal(self, value: str) -> str | None:
        """A sensitive value as it was meant; None where it cannot be decrypted."""

    def now(self) -> datetime:
        """The time, as far as it is certain; aware, +08:00."""

    def offset_s(self) -> int:
        """Seconds that the till's clock is behind (+) or ahead (-)."""

    def believe(self, witness: PlatformClock) -> None:
        """Let another platform's clock stand for the till's own, where answers are judged."""


class MerchantGate:
    """Signs with the merchant's key, and verifies every answer over its exact bytes.

    Args:
        clock: WeChat Pay's, which gives the timestamps.
    """

    def __init__(self, access: MerchantAccess, clock: PlatformClock) -> None:
        self._access = access
        self._clock = clock
        self._key_id, self._key = next(iter(access.public_keys.items()))
        self._freshness = Freshness(clock)

    def sign(self, method: str, path: str, content: bytes) -> Mapping[str, str]:
        """See `Gate.sign`. Names the key that values are encrypted with, and answers signed."""
        access, timestamp = self._access, self._clock.timestamp()
        nonce = secrets.token_hex(_NONCE_BYTES)
        text = request_text(method, path, timestamp, nonce, content)
        signature = access.private_key.sign(text)
        header = authorization(access.mchid, access.serial, timestamp, nonce, signature)
        return {"Authorization": header, SERIAL_HEADER: self._key_id}

    def judge(self, api: str, reply: Reply) -> bool:
        """See `Gate.judge`. WeChat Pay signs every answer to a request that it could verify."""
        headers, rid = reply.headers, request_id(reply.headers)
        signature, serial = headers.get("wechatpay-signature"), headers.get("wechatpay-serial")
        if not signature or not serial:
            if reply.status in _ANSWERED:
                raise AnswerUntrustedError("not signed", api=api, request_id=rid)
            return False
        key = self._access.public_keys.get(serial)
        if key is None:
            what = "signed with a key that was not imported"
            raise UnknownKeyError(what, key_id=serial[:64], api=api, request_id=rid)
        timestamp = headers.get("wechatpay-timestamp", "")
        nonce = headers.get("wechatpay-nonce", "")
        if not key.verifies(signature, answer_text(timestamp, nonce, reply.body)):
            raise AnswerUntrustedError("its signature does not hold", api=api, request_id=rid)
        off_s = self._freshness.check(timestamp, nonce)
        if off_s is None:
            raise AnswerUntrustedError("old, or seen before", api=api, request_id=rid)
        if off_s:
            what = "old, or seen before"
            raise AnswerOldError(what, offset_s=off_s, api=api, request_id=rid)
        return True

    def conceal(self, value: str) -> str:
        """See `Gate.conceal`: encrypted for WeChat Pay."""
        return self._key.encrypt(value)

    def reveal(self, value: str) -> str | None:
        """See `Gate.reveal`: decrypted with the merchant's key."""
        return self._access.private_key.decrypt(value)

    def now(self) -> datetime:
        """See `Gate.now`: by what no unsigned answer moves."""
        return self._freshness.now()

    def offset_s(self) -> int:
        """See `Gate.offset_s`."""
        return self._freshness.offset_s()

    def believe(self, witness: PlatformClock) -> None:
        """See `Gate.believe`."""
        self._freshness.witness = witness


class RelayGate:
    """Shows the relay's token; its answers are as trustworthy as its TLS.

    What has not the form of its refusals is a page of what stands before it.

    Args:
        clock: learns from the relay's refusals.
    """

    def __init__(self, access: RelayAccess, clock: PlatformClock) -> None:
        self._access = access
        self._clock = clock

    def sign(self, _method: str, _path: str, _content: bytes) -> Mapping[str, str]:
        """See `Gate.sign`."""
        return {"Authorization": f"Bearer {self._access.token}"}

    def judge(self, _api: str, reply: Reply) -> bool:
        """See `Gate.judge`."""
        return reply.status in _ANSWERED or bool(error_code(reply.body))

    def conceal(self, value: str) -> str:
        """See `Gate.conceal`: as it is."""
        return value

    def reveal(self, value: str) -> str | None:
        """See `Gate.reveal`: as it is."""
        return value

    def now(self) -> datetime:
        """See `Gate.now`: nothing is judged by it."""
        return self._clock.now()

    def offset_s(self) -> int:
        """See `Gate.offset_s`."""
        return self._clock.offset_s

    def believe(self, _witness: PlatformClock) -> None:
        """See `Gate.believe`: nothing is judged by a time."""


def gate_of(access: Access, clock: PlatformClock) -> Gate:
    """The gate that an access opens."""
    if isinstance(access, MerchantAccess):
        return MerchantGate(access, clock)
    return RelayGate(access, clock)
