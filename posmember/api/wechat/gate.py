"""How a till comes to WeChat Pay: with the merchant's key, or by a relay of the chain's own.

Either way signs what goes out, judges what comes in, and knows how sensitive values travel.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from posmember.api.answers import request_id
from posmember.api.clock import PlatformClock
from posmember.api.http.client import Reply
from posmember.api.wechat.crypto import PrivateKey, PublicKey
from posmember.api.wechat.wire import SERIAL_HEADER, answer_text, authorization, request_text
from posmember.errors import AnswerUntrustedError, UnknownKeyError

DEFAULT_BASE_URL: Final = "https://api.mch.weixin.qq.com"
ADDRESS_NAME: Final = "WeChat Pay's base address"
"""What an error calls it."""
MAX_CLOCK_ERROR_S: Final = 300
"""A timestamp further off is refused, by the platform and here (api/README: Clock)."""
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
    """

    mchid: str
    serial: str
    brand_id: str
    template_id: str
    private_key: PrivateKey = field(repr=False)
    public_keys: Mapping[str, PublicKey] = field(repr=False)
    base_url: str = DEFAULT_BASE_URL


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


class MerchantGate:
    """Signs with the merchant's key, and verifies every answer over its exact bytes.

    Args:
        clock: WeChat Pay's, which gives the timestamps.
    """

    def __init__(self, access: MerchantAccess, clock: PlatformClock) -> None:
        self._access = access
        self._clock = clock
        self._key_id, self._key = next(iter(access.public_keys.items()))
        self._seen: dict[str, int] = {}

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
        if not self._is_fresh(timestamp, nonce):
            raise AnswerUntrustedError("old, or seen before", api=api, request_id=rid)
        return True

    def conceal(self, value: str) -> str:
        """See `Gate.conceal`: encrypted for WeChat Pay."""
        return self._key.encrypt(value)

    def reveal(self, value: str) -> str | None:
        """See `Gate.reveal`: decrypted with the merchant's key."""
        return self._access.private_key.decrypt(value)

    def _is_fresh(self, timestamp: str, nonce: str) -> bool:
        """Whether an answer was made now, and for the first time."""
        now = self._clock.timestamp()
        self._seen = {
            seen: at for seen, at in self._seen.items() if now - at <= 2 * MAX_CLOCK_ERROR_S
        }
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            return False
        if abs(int(timestamp) - now) > MAX_CLOCK_ERROR_S or nonce in self._seen:
            return False
        self._seen[nonce] = now
        return True


class RelayGate:
    """Shows the relay's token; its answers are as trustworthy as its TLS."""

    def __init__(self, access: RelayAccess) -> None:
        self._access = access

    def sign(self, _method: str, _path: str, _content: bytes) -> Mapping[str, str]:
        """See `Gate.sign`."""
        return {"Authorization": f"Bearer {self._access.token}"}

    def judge(self, _api: str, _reply: Reply) -> bool:
        """See `Gate.judge`."""
        return True

    def conceal(self, value: str) -> str:
        """See `Gate.conceal`: as it is."""
        return value

    def reveal(self, value: str) -> str | None:
        """See `Gate.reveal`: as it is."""
        return value


def gate_of(access: Access, clock: PlatformClock) -> Gate:
    """The gate that an access opens."""
    return MerchantGate(access, clock) if isinstance(access, MerchantAccess) else RelayGate(access)
