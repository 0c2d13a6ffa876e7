"""Answers of WeChat Pay as bytes and headers: signed, or not.

Rule (API documents, WeChat Pay): the signature is over timestamp, nonce and body, each line ended
by a newline. The platform signs every answer to a request that it could authenticate.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.responses import Response

from posmember.sandbox.account import PUBLIC_KEY_ID
from posmember.sandbox.wechat.errors import WechatError
from posmember.sandbox.wechat.keys import WechatKeys
from posmember.sandbox.wechat.signature import SCHEME

JSON: Final = "application/json; charset=utf-8"
_NONCE_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered, before anybody signs it."""

    status: int
    body: bytes = field(repr=False)

    @classmethod
    def of(cls, error: WechatError) -> Reply:
        """The answer of a refusal."""
        return cls(error.status, error.body())


class AnswerSigner:
    """Makes the headers of signed answers; `clock` gives the platform's Unix seconds."""

    def __init__(self, keys: WechatKeys, clock: Callable[[], float]) -> None:
        self._keys = keys
        self._clock = clock

    def now(self) -> int:
        """The timestamp of an answer that is made now."""
        return int(self._clock())

    def headers(
        self,
        body: bytes,
        *,
        key_id: str = PUBLIC_KEY_ID,
        timestamp: int | None = None,
        nonce: str | None = None,
    ) -> Mapping[str, str]:
        """The headers that say when, by which key, and with which signature a body was signed.

        Args:
            timestamp: Unix seconds; now if not given. nonce: a new one if not given.
        """
        at = self.now() if timestamp is None else timestamp
        once = nonce or secrets.token_hex(_NONCE_BYTES)
        text = f"{at}\n{once}\n".encode() + body + b"\n"
        return {
            "Wechatpay-Timestamp": str(at),
            "Wechatpay-Nonce": once,
            "Wechatpay-Signature": self._keys.sign_as(key_id, text),
            "Wechatpay-Serial": key_id,
            "Wechatpay-Signature-Type": SCHEME,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: a reply with the headers of its signature, or of a fault; {} for none."""

    reply: Reply
    signature: Mapping[str, str] = field(default_factory=dict, repr=False)

    def headers(self) -> Mapping[str, str]:
        """Every header of its own."""
        return {**request_id(), **self.signature}

    def response(self) -> Response:
        """The HTTP answer."""
        return Response(self.reply.body, self.reply.status, self.headers(), media_type=JSON)


def request_id() -> Mapping[str, str]:
    """The header by which the platform's support finds a request."""
    return {"Request-ID": f"{secrets.token_hex(_NONCE_BYTES).upper()}-0"}
