"""WeChat Pay as tests need it: keys of nobody, answers signed by hand, and a till before them."""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from posmember.api.clock import PlatformClock
from posmember.api.wechat.card import WechatCards
from posmember.api.wechat.crypto import PrivateKey, PublicKey
from posmember.api.wechat.gate import Access, MerchantAccess, RelayAccess, gate_of
from posmember.api.wechat.transport import WechatTransport
from posmember.domain.wechat.card import CardSubject
from posmember.errors import ApiError, CredentialError
from tests.fakes.network import NOON, ManualTime, ScriptedNetwork, Step

BASE_URL = "https://wechat.invalid"
API = "wechat_card_get"
PATH = "/v3/brand/partner/card-member/user-cards/478515832665?card_id=c1"
KEY_ID, NEXT_KEY_ID = "PUB_KEY_ID_0114232134912410000000000000", "PUB_KEY_ID_0000000000002"
SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
TOKEN = "relay-token-of-nobody-7f3a"
PHONE = "13800000001"
# The document's own examples.
CODE, OPENID = "478515832665", "obLatjnx9gnqzS4myYGmLZ7LgLBA"
BRAND, TEMPLATE = "1004", "pbLatjvWOibDc5-TBnbUk1pD12o0"
SUBJECT = CardSubject(CODE, OPENID)
WHOSE = {"user_card_code": CODE, "card_id": TEMPLATE, "openid": OPENID, "brand_id": BRAND}
"""What an answer says of whose card it is: required, each of them."""
ANSWER: dict[str, Any] = {
    "user_card_code": "478515832665",
    "card_id": "pbLatjvWOibDc5-TBnbUk1pD12o0",
    "openid": "obLatjnx9gnqzS4myYGmLZ7LgLBA",
    "card_color": "#FFFF00",
    "card_picture_url": "https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0",
    "brand_id": "1004",
    "card_type": "NORMAL",
    "phone_number": "<13800000001>",
    "level": "钻石会员",
    "valid_date_information": {
        "type": "FIX_TIME_RANGE",
        "available_begin_time": "2020-05-20T13:29:35.120+08:00",
        "available_end_time": "2030-05-20T13:29:35.120+08:00",
        "available_day_after_receive": 200,
    },
    "pickup_time": "2020-05-20T13:29:35.120+08:00",
    "user_information": {
        "common_field_list": [
            {"name": "USER_FORM_FLAG_SEX", "value": "<女>"},
            {"name": "USER_FORM_FLAG_NAME", "value": "<王小明>"},
        ],
        "custom_field_list": [{"name": "喜欢的运动", "user_chosen_values": ["<游泳>", "<跑步>"]}],
    },
    "attach": "自定义数据说明",
    "user_card_state": "INVALID",
    "invalid_reason": "用户注销",
    "invalid_time": "2020-05-20T13:29:35.120+08:00",
}
"""The document's fields, typed from it; "<x>" stands for x encrypted for the merchant."""

_AUTHORIZATION = re.compile(
    r'WECHATPAY2-SHA256-RSA2048 mchid="(?P<mchid>[^"]*)",nonce_str="(?P<nonce>[^"]*)",'
    r'signature="(?P<signature>[^"]*)",timestamp="(?P<timestamp>[^"]*)",'
    r'serial_no="(?P<serial>[^"]*)"'
)
_OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)
_nonces = itertools.count(1)


@dataclass(frozen=True)
class Pair:
    """A key of nobody, and what its other side does with it."""

    private: rsa.RSAPrivateKey

    @property
    def private_pem(self) -> bytes:
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    @property
    def public_pem(self) -> bytes:
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def sign(self, text: bytes) -> str:
        made = self.private.sign(text, padding.PKCS1v15(), hashes.SHA256())
        return base64.b64encode(made).decode()

    def encrypt(self, value: str) -> str:
        return base64.b64encode(self.private.public_key().encrypt(value.encode(), _OAEP)).decode()

    def decrypt(self, value: str) -> str:
        return self.private.decrypt(base64.b64decode(value), _OAEP).decode()


@cache
def pair(name: str, bits: int = 2048) -> Pair:
    """A pair of keys by its name; made once in a session, kept nowhere."""
    return Pair(rsa.generate_private_key(65537, bits))


@cache
def private_key(name: str) -> PrivateKey:
    return PrivateKey(pair(name).private_pem)


@cache
def public_key(name: str) -> PublicKey:
    return PublicKey(pair(name).public_pem)


def merchant_access(**changes: Any) -> MerchantAccess:
    """The access of a merchant that knows WeChat Pay's key "platform"."""
    access = MerchantAccess(
        mchid="1900000001",
        serial=SERIAL,
        brand_id=BRAND,
        template_id=TEMPLATE,
        private_key=private_key("merchant"),
        public_keys={KEY_ID: public_key("platform")},
        base_url=BASE_URL,
    )
    return replace(access, **changes)


def relay_access(**changes: Any) -> RelayAccess:
    access = RelayAccess(BASE_URL, BRAND, TEMPLATE, token=TOKEN, fills_openid=True)
    return replace(access, **changes)


def raw(content: object) -> bytes:
    return content if isinstance(content, bytes) else json.dumps(content).encode()


def answer(
    content: object = b"{}",
    status: int = 200,
    *,
    at: float = NOON,
    nonce: str | None = None,
    key: str = "platform",
    key_id: str = KEY_ID,
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    """A signed answer: three lines, each ended by a newline, as api/README says."""
    body, timestamp = raw(content), str(int(at))
    nonce = f"answer-nonce-{next(_nonces)}" if nonce is None else nonce
    signature = pair(key).sign(timestamp.encode() + b"\n" + nonce.encode() + b"\n" + body + b"\n")
    names = {
        "Wechatpay-Serial": key_id,
        "Wechatpay-Timestamp": timestamp,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Signature": signature,
    }
    return httpx.Response(status, content=body, headers={**names, **(headers or {})})


def unsigned(status: int, content: object = b"", **headers: str) -> httpx.Response:
    """An answer that nobody signed; header names with _ for -."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, content=raw(content), headers=names)


def refusal(code: str, message: str = "说明") -> dict[str, object]:
    """The body of an error, as api/README has it."""
    return {"code": code, "message": message, "detail": {"field": "/card_id"}}


class Till:
    """Everything from `WechatCards` to a scripted network, at noon."""

    def __init__(
        self, *steps: Step, access: Access | None = None, timeout_s: float = 5, base_url: str = ""
    ) -> None:
        self.access = access or merchant_access()
        self.time = ManualTime()
        self.clock = PlatformClock(self.time)
        self.network = ScriptedNetwork(*steps)
        self.gate = gate_of(self.access, self.clock)
        self.transport = WechatTransport(
            base_url or self.access.base_url,
            self.gate,
            self.clock,
            timeout_s=timeout_s,
            network=self.network,
        )
        self.cards = WechatCards(
            self.transport,
            self.gate,
            brand_id=self.access.brand_id,
            template_id=self.access.template_id,
        )

    @property
    def requests(self) -> list[httpx.Request]:
        return self.network.requests

    @property
    def signed(self) -> list[dict[str, str]]:
        """What each request's header says, by name."""
        return [authorization_of(request) for request in self.requests]

    async def call(
        self, method: str = "GET", path: str = PATH, content: bytes | None = None
    ) -> dict[str, object]:
        return await self.transport.call(API, method, path, content)

    async def error(self, method: str = "GET", content: bytes | None = None) -> ApiError:
        """The error of one call, after which every step was taken."""
        with pytest.raises(ApiError) as caught:
            await self.call(method, content=content)
        assert caught.value.api == API
        assert not self.network.steps
        return caught.value


def authorization_of(request: httpx.Request) -> dict[str, str]:
    """The parts of a request's ``Authorization``."""
    match = _AUTHORIZATION.fullmatch(request.headers["authorization"])
    assert match is not None, request.headers["authorization"]
    return match.groupdict()


class MemoryStore:
    """A credential store in memory; `watch` is called before each change and may raise."""

    def __init__(self, kept: Mapping[str, str] | None = None) -> None:
        self.kept = dict(kept or {})
        self.watch: Callable[[str, str], None] = lambda _what, _name: None

    def break_after(self, changes: int) -> None:
        """Let so many changes be made from now on, and no more."""
        left = changes

        def fail(_what: str, _name: str) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise CredentialError("locked")

        self.watch = fail

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self.watch("set", name)
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.watch("delete", name)
        self.kept.pop(name, None)
