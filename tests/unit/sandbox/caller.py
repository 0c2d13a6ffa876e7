"""A client of the sandbox for its own tests: signs by hand, sends through any httpx client."""

from __future__ import annotations

import base64
import hmac
import itertools
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

import httpx

from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.sandbox.app import GIFT_CARDS_PATH, V2_PATH, Sandbox

NOON = 1_795_147_200  # 2026-11-20 12:00:00 +08:00, a Friday
BASE_URL = "http://sandbox.test"

CAMEL = ("grantCode", "nonce", "openId", "timestamp")
PASCAL = ("GrantCode", "Nonce", "OpenId", "Timestamp")

Params = Mapping[str, object]


def token_of(values: tuple[str, str, str, str], names: tuple[str, ...], key: str) -> str:
    """The token of (grant code, nonce, open id, timestamp), names already in signing order."""
    text = "&".join(f"{name}={value}" for name, value in zip(names, values, strict=True))
    digest = hmac.digest(key.encode(), text.encode(), "sha1")
    return quote_plus(base64.b64encode(digest).decode())


class Caller:
    """Signs calls of one account; `now` is the Unix second it puts into them."""

    def __init__(self, client: httpx.AsyncClient, now: float = NOON) -> None:
        self.client = client
        self.now = now
        self._nonces = itertools.count(1)

    def public_fields(
        self, names: tuple[str, ...] = CAMEL, body_names: tuple[str, ...] = CAMEL
    ) -> dict[str, object]:
        """The five public fields: signed under `names`, written under `body_names`."""
        values = (GRANT_CODE, str(next(self._nonces)), OPEN_ID, str(int(self.now)))
        token = "Token" if body_names is PASCAL else "token"
        fields = dict(zip(body_names, values, strict=True))
        return {**fields, token: token_of(values, names, OPEN_KEY)}

    async def v2(
        self, action: str, params: object, names: tuple[str, ...] = CAMEL
    ) -> httpx.Response:
        """One V2 call."""
        fields = self.public_fields(names, PASCAL)
        return await self.send(V2_PATH, {**fields, "Action": action, "Params": params})

    async def member_info(self, identifier: object, kind: object = 1, **more: object) -> Any:
        """The decoded member-info answer."""
        params = {"identifierNumber": identifier, "type": kind, **more}
        return (await self.v2("communal.user.gether-customer-info", params)).json()

    async def identity(self, **params: object) -> Any:
        """The decoded identity answer."""
        return (await self.v2("communal.user.identity", params)).json()

    async def gift_cards(self, **params: object) -> Any:
        """The decoded gift-card list."""
        body = {**self.public_fields(), "params": params}
        return (await self.send(GIFT_CARDS_PATH, body)).json()

    async def call(self, api: str) -> httpx.Response:
        """A good call of an operation, for the first member."""
        if api == "member_info":
            params: Params = {"identifierNumber": "qm0000001", "type": "1"}
            return await self.v2("communal.user.gether-customer-info", params)
        if api == "identity":
            return await self.v2("communal.user.identity", {"type": 3, "user_code": "qm0000001"})
        body = {**self.public_fields(), "params": {"user_id": "100001"}}
        return await self.send(GIFT_CARDS_PATH, body)

    async def send(self, path: str, body: object) -> httpx.Response:
        """Send any body as JSON."""
        return await self.client.post(path, content=json.dumps(body))


def caller_of(sandbox: Sandbox, now: float = NOON) -> Caller:
    """A caller that drives the application in process."""
    transport = httpx.ASGITransport(app=sandbox.app)
    return Caller(httpx.AsyncClient(transport=transport, base_url=BASE_URL), now)
