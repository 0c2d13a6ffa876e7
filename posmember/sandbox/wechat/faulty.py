"""What the faults make of WeChat Pay's answers.

What a gateway or a captive portal says (``http``, ``html``) is not signed, and what it is said
about never reached the platform: nothing was changed. A refusal of the platform is signed, and
nothing was changed either, but for the 401 of a signature that could not be verified. A page
(``wx_page``) comes in place of the platform's answer, whose change was made. Everything
else is the platform's own answer, odd as it is: signed over exactly what is sent, with its change
made, as after a ``timeout`` or ``cut``, where the client cannot know.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from email.utils import formatdate
from functools import cache
from typing import Final

from posmember.sandbox.account import ROTATED_KEY_ID, UNKNOWN_KEY_ID
from posmember.sandbox.faults import AnyKind, FaultKind, WechatKind
from posmember.sandbox.qimai.faulty import DEEP_LEVELS, HUGE_BYTES
from posmember.sandbox.records import Json
from posmember.sandbox.wechat.answers import Answer, AnswerSigner, Reply
from posmember.sandbox.wechat.errors import (
    PATH,
    WechatError,
    dump,
    not_found,
    param_error,
    rate_limited,
)
from posmember.sandbox.wechat.signature import SentRequest

REPLAYED_NONCE: Final = "replayed-nonce"
OLD_S: Final = 600
KEPT_ANSWERS: Final = 256

NOT_REACHED: Final = (
    FaultKind.HTTP,
    FaultKind.HTML,
    FaultKind.BAD_SIGNATURE,
    WechatKind.OLD_DATE,
)
"""Kinds under which the platform does nothing, and does not answer either."""

REFUSALS: Final[Mapping[AnyKind, Callable[[], WechatError]]] = {
    FaultKind.NOT_FOUND: not_found,
    FaultKind.REFUSED: lambda: param_error("user_card_code", "会员卡code无效", PATH),
    FaultKind.SYSTEM_ERROR: lambda: WechatError(500, "SYSTEM_ERROR", "系统错误"),
    FaultKind.RATE_LIMITED: rate_limited,
    FaultKind.BUSY: lambda: WechatError(429, "FREQUENCY_LIMITED", "系统繁忙,请稍后再试"),
}

_END_OF_VALUE: Final = re.compile(rb'[0-9A-Za-z](?="[,}\]])')
_JUNK: Final[Json] = {"0": [None, {"x": [True, "abc", -1]}], "": 3.5}
OTHER_OPENID: Final = "oSandbox_openid-of-somebody-else"
_WHOSE: Final = ("user_card_code", "card_id", "openid", "brand_id")
_WRONG_TYPES: Final[Mapping[str, Json]] = {
    "card_color": 0xC89B4A,
    "card_picture_url": {"url": "https://img.sandbox.invalid/card.png"},
    "card_type": 1,
    "phone_number": 13800000001,
    "level": _JUNK,
    "valid_date_information": "永久",
    "pickup_time": [],
    "user_information": {
        "common_field_list": {"name": 1},
        "custom_field_list": [1, None, [], {"name": {}, "user_chosen_values": "游泳"}],
    },
    "attach": True,
    "user_card_state": None,
    "invalid_reason": 0,
    "invalid_time": _JUNK,
}
"""Of every field but those that say whose card it is: another's would not be read any further."""


def odd_reply(kind: FaultKind, reply: Reply) -> Reply:
    """The platform's answer under a fault of its content; the same reply if it has none."""
    match kind:
        case FaultKind.NOT_JSON:
            return Reply(200, b"OK")
        case FaultKind.TRUNCATED:
            return Reply(reply.status, reply.body[: len(reply.body) // 2])
        case FaultKind.WRONG_TYPES:
            fields = _fields_of(reply)
            return Reply(200, dump({**_WRONG_TYPES, **{name: fields.get(name) for name in _WHOSE}}))
        case FaultKind.EMPTY_LIST:
            return Reply(200, b"[]")
        case FaultKind.EMPTY_OBJECT:
            return Reply(200, b"{}")
        case FaultKind.NULL:
            return Reply(200, b"null")
        case FaultKind.HUGE:
            return Reply(200, _huge_body())
        case FaultKind.DEEP:
            return Reply(200, dump({"user_information": _nested(DEEP_LEVELS)}))
        case _:
            return reply


def other_persons(reply: Reply) -> Reply:
    """The same card in the name of somebody else; a refusal stays as it is."""
    fields = _fields_of(reply)
    if "openid" not in fields:
        return reply
    return Reply(reply.status, dump({**fields, "openid": OTHER_OPENID}))


def _fields_of(reply: Reply) -> dict[str, Json]:
    fields: dict[str, Json] = json.loads(reply.body)
    return fields


@cache
def _huge_body() -> bytes:
    return dump({"level": "x" * HUGE_BYTES})


def _nested(levels: int) -> Json:
    nested: Json = json.loads("[" * levels + "]" * levels)
    return nested


class FaultySigner:
    """Signs answers, rightly or as a fault has it; remembers them to give them once more."""

    def __init__(self, signer: AnswerSigner) -> None:
        self._signer = signer
        self._earlier: OrderedDict[bytes, Answer] = OrderedDict()
        self._replayed_at: int | None = None

    def answer(self, request: SentRequest, reply: Reply, kind: WechatKind | None = None) -> Answer:
        """The signed answer of a request, or what a fault makes of it."""
        match kind:
            case None | WechatKind.OTHER_PERSON | WechatKind.PAGE:  # not of its signature
                answer = Answer(reply, self._signer.headers(reply.body))
                self._remember(_key(request), answer)
                return answer
            case WechatKind.BAD_SIGNATURE:
                return Answer(reply, self._signer.headers(reply.body + b" "))
            case WechatKind.TAMPERED:
                signature = self._signer.headers(reply.body)
                return Answer(Reply(reply.status, tampered(reply.body)), signature)
            case WechatKind.UNKNOWN_SERIAL:
                return Answer(reply, self._signer.headers(reply.body, key_id=UNKNOWN_KEY_ID))
            case WechatKind.ROTATED:
                return Answer(reply, self._signer.headers(reply.body, key_id=ROTATED_KEY_ID))
            case WechatKind.UNSIGNED:
                return Answer(reply)
            case WechatKind.OLD_DATE:
                date = formatdate(self._signer.now() - OLD_S, usegmt=True)
                return Answer(reply, {"Date": date})
            case WechatKind.OLD:
                at = self._signer.now() - OLD_S
                return Answer(reply, self._signer.headers(reply.body, timestamp=at))
            case WechatKind.REPLAYED:
                return self._replayed(_key(request), reply)

    def _replayed(self, key: bytes, reply: Reply) -> Answer:
        """The earlier answer to the same request; all that had none share a nonce and a time."""
        if key not in self._earlier:
            if self._replayed_at is None:
                self._replayed_at = self._signer.now()
            signature = self._signer.headers(
                reply.body, timestamp=self._replayed_at, nonce=REPLAYED_NONCE
            )
            self._remember(key, Answer(reply, signature))
        return self._earlier[key]

    def _remember(self, key: bytes, answer: Answer) -> None:
        self._earlier[key] = answer
        if len(self._earlier) > KEPT_ANSWERS:
            self._earlier.popitem(last=False)


def tampered(body: bytes) -> bytes:
    """The same with the last character of its last ASCII value changed: still good JSON."""
    found = list(_END_OF_VALUE.finditer(body))
    if not found:
        return body + b" "
    at = found[-1].start()
    return body[:at] + (b"1" if body[at : at + 1] == b"0" else b"0") + body[at + 1 :]


def _key(request: SentRequest) -> bytes:
    parts = (request.method.encode(), request.target, request.body)
    return hashlib.sha256(b"\n".join(parts)).digest()
