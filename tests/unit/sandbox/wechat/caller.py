"""A till of WeChat Pay for the sandbox's own tests, written by the API documents alone."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from posmember.sandbox.account import (
    BRAND_ID,
    CARD_ID,
    MCHID,
    MERCHANT_SERIAL,
    PUBLIC_KEY_ID,
    RELAY_TOKEN,
    ROTATED_KEY_ID,
)
from posmember.sandbox.app import Sandbox
from posmember.sandbox.wechat.keys import WechatKeys
from tests.unit.sandbox.caller import NOON

CARDS = "/v3/brand/partner/card-member/user-cards/"
LOCAL = "http://127.0.0.1:8620"
FIRST = ("VIP880001", "oSandbox_openid-000000000001")
STUBBORN = ("900000000000000000000014", "oSandbox_openid-000000000014")
MADE, NOT_MADE = "钻石会员", "金卡会员"
"""The level that `call` sets, and the one that was there."""

VOID = ("900000000000000000000006", "oSandbox_openid-000000000006")
BEGIN, END = "2026-05-20T13:29:35.120+08:00", "2030-05-20T13:29:35.120+08:00"

_OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)


class Clock:
    """Stands still until somebody sets it."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class WechatTill:
    """Signs and sends; between two calls it lets `pace` seconds of the sandbox's clock go by."""

    def __init__(self, sandbox: Sandbox, clock: Clock, base_url: str = LOCAL) -> None:
        transport = httpx.ASGITransport(app=sandbox.app)
        self.client = httpx.AsyncClient(transport=transport, base_url=base_url)
        self.sandbox = sandbox
        self.clock = clock
        self.pace = 1.0
        self._nonces = itertools.count(1)

    @classmethod
    def over(cls, base_url: str, sandbox: Sandbox, clock: Clock) -> WechatTill:
        """A till that calls a served sandbox over its socket."""
        till = cls(sandbox, clock, base_url)
        till.client = httpx.AsyncClient(base_url=base_url, trust_env=False)
        return till

    def parts(self, method: str, target: str, body: bytes, **changes: str) -> dict[str, str]:
        """The five parts of the header; `changes` are made before the signature."""
        parts = {
            "mchid": MCHID,
            "nonce_str": f"nonce{next(self._nonces)}",
            "timestamp": str(int(self.clock())),
            "serial_no": MERCHANT_SERIAL,
            **changes,
        }
        lines = (method, target, parts["timestamp"], parts["nonce_str"])
        text = "".join(f"{line}\n" for line in lines).encode() + body + b"\n"
        return {"signature": signed(text), **parts}

    async def send(
        self,
        method: str,
        target: str,
        content: object = None,
        *,
        headers: Mapping[str, str | None] | None = None,
    ) -> httpx.Response:
        """One signed call, its content JSON or bytes as they are; None leaves a header out."""
        body = content if isinstance(content, bytes) else as_json(content)
        usual: dict[str, str | None] = {
            "Authorization": authorization(self.parts(method, target, body)),
            "Accept": "application/json",
        }
        if method == "PATCH":
            usual |= {"Content-Type": "application/json", "Wechatpay-Serial": PUBLIC_KEY_ID}
        return await self.send_raw(method, target, body, {**usual, **(headers or {})})

    async def send_raw(
        self, method: str, target: str, body: bytes, headers: Mapping[str, str | None]
    ) -> httpx.Response:
        """Send exactly this."""
        self.clock.now += self.pace
        given = {name: value for name, value in headers.items() if value is not None}
        request = self.client.build_request(method, target, content=body or None, headers=given)
        for name, value in headers.items():
            if value is None:
                request.headers.pop(name, None)
        return await self.client.send(request)

    async def get(
        self, card: tuple[str, str] = FIRST, *, headers: Mapping[str, str | None] | None = None
    ) -> httpx.Response:
        """The query of a card: (code, openid)."""
        return await self.send("GET", get_target(card), headers=headers)

    async def patch(
        self,
        fields: Mapping[str, object],
        card: tuple[str, str] = FIRST,
        *,
        headers: Mapping[str, str | None] | None = None,
    ) -> httpx.Response:
        """A change of a card."""
        content = {"brand_id": BRAND_ID, "openid": card[1], **fields}
        return await self.send("PATCH", patch_target(card[0]), content, headers=headers)

    async def relay(
        self, method: str, target: str, content: object = None, token: str = RELAY_TOKEN
    ) -> httpx.Response:
        """A call of the relay."""
        headers = {"Authorization": f"Bearer {token}"}
        return await self.send_raw(method, f"/relay{target}", as_json(content), headers)


def as_json(content: object) -> bytes:
    """The body of a request; none for None."""
    return b"" if content is None else json.dumps(content, ensure_ascii=False).encode()


def get_target(card: tuple[str, str], **changes: str | None) -> str:
    """Path and query of the query operation; a parameter that is None is left out."""
    query = {"brand_id": BRAND_ID, "card_id": CARD_ID, "openid": card[1], **changes}
    given = {name: value for name, value in query.items() if value is not None}
    return f"{CARDS}{quote(card[0], safe='')}?{urlencode(given)}"


def patch_target(code: str) -> str:
    """Path and query of a change."""
    return f"{CARDS}{quote(code, safe='')}?card_id={CARD_ID}"


def authorization(parts: Mapping[str, str]) -> str:
    """The header, with its parts in this order."""
    told = ",".join(f'{name}="{value}"' for name, value in parts.items())
    return f"WECHATPAY2-SHA256-RSA2048 {told}"


def sex(value: str) -> dict[str, Any]:
    """A form with one answer to the platform's own question."""
    return {"common_field_list": [{"name": "USER_FORM_FLAG_SEX", "value": value}]}


def question(*values: str, name: str = "喜欢的运动") -> dict[str, Any]:
    """A form with the answers to a question of the merchant's own."""
    return {"custom_field_list": [{"name": name, "user_chosen_values": list(values)}]}


@cache
def _merchant_key() -> rsa.RSAPrivateKey:
    key = load_pem_private_key(WechatKeys().merchant_private_pem(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


@cache
def public_key(key_id: str = PUBLIC_KEY_ID) -> rsa.RSAPublicKey:
    """A key of the platform that a till may have imported."""
    keys = WechatKeys()
    pems = {
        PUBLIC_KEY_ID: keys.platform_public_pem,
        ROTATED_KEY_ID: keys.rotated_public_pem,
    }
    key = load_pem_public_key(pems[key_id]())
    assert isinstance(key, rsa.RSAPublicKey)
    return key


def signed(text: bytes) -> str:
    """The merchant's signature."""
    raw = _merchant_key().sign(text, padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(raw).decode()


def sealed(value: str, key_id: str = PUBLIC_KEY_ID) -> str:
    """A value encrypted for the platform."""
    return base64.b64encode(public_key(key_id).encrypt(value.encode(), _OAEP)).decode()


def opened(value: str) -> str:
    """A value decrypted by the merchant. Raises ValueError if it is not for the merchant."""
    return _merchant_key().decrypt(base64.b64decode(value, validate=True), _OAEP).decode()


def signed_by(response: httpx.Response, key_id: str) -> bool:
    """Whether this key of the platform signed exactly this answer."""
    headers = response.headers
    lines = f"{headers['wechatpay-timestamp']}\n{headers['wechatpay-nonce']}\n".encode()
    text = lines + response.content + b"\n"
    try:
        public_key(key_id).verify(
            base64.b64decode(headers["wechatpay-signature"], validate=True),
            text,
            padding.PKCS1v15(),
            hashes.SHA256(),
        )
    except InvalidSignature:
        return False
    return True


def trusted(response: httpx.Response, at: float | None = None) -> Any:
    """The decoded body of an answer that is signed as documented, by the usual key."""
    headers = response.headers
    assert headers["wechatpay-serial"] == PUBLIC_KEY_ID
    assert headers["wechatpay-signature-type"] == "WECHATPAY2-SHA256-RSA2048"
    assert headers["request-id"]
    assert signed_by(response, PUBLIC_KEY_ID)
    if at is not None:
        assert headers["wechatpay-timestamp"] == str(int(at))
    return response.json()


def is_signed(response: httpx.Response) -> bool:
    """Whether an answer has any header of a signature."""
    return any(name.startswith("wechatpay-") for name in response.headers)


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    """Status, code and the field that a signed refusal names, "" for none."""
    content = trusted(response)
    assert content.keys() <= {"code", "message", "detail"}
    assert content["message"]
    detail = content.get("detail", {})
    assert not detail or detail.keys() == {"field", "issue", "location"}
    return response.status_code, content["code"], detail.get("field", "")


async def call(till: WechatTill, api: str) -> httpx.Response:
    """A good call of an operation, for the first card."""
    return await (till.get() if api == "wechat_get" else till.patch({"level": MADE}))


async def play(till: WechatTill, spec: str, api: str) -> httpx.Response:
    """The answer under a fault; the next one is as ever."""
    till.sandbox.add_fault(f"{api}={spec}:1")
    response = await call(till, api)
    assert trusted(await call(till, api))["level"] in (MADE, NOT_MADE)
    return response
