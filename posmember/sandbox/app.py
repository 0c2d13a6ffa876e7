"""The sandbox platform as an ASGI application.

    sandbox = Sandbox(faults=["gift_cards=http502:1"])
    httpx.ASGITransport(app=sandbox.app)     # in process, or RunningSandbox over a socket

Every call is verified first (signature, clock, replay); then a fault, if one is in force, takes
the place of its answer. The Qimai operations are served here, WeChat Pay's by `wechat_app`.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Final, Literal

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.sandbox.bodies import read_bytes
from posmember.sandbox.dates import Calendar
from posmember.sandbox.faults import Api, Fault, FaultBook
from posmember.sandbox.members.all import build_members
from posmember.sandbox.qimai.answers import GATEWAYS, Answers
from posmember.sandbox.qimai.envelope import (
    ACTION_CODE,
    BAD_REQUEST_CODE,
    Gateway,
    RefusalError,
    refusal,
    system_error,
)
from posmember.sandbox.qimai.faulty import faulty_response
from posmember.sandbox.qimai.signature import KeySpelling, PublicFields, Verifier
from posmember.sandbox.wechat.app import WechatPlatform, http_error, is_wechat_path

V2_PATH: Final = "/api/v2"
GIFT_CARDS_PATH: Final = "/v3/crm/giftCard/getCustomerGiftCardList"
KEPT_CALLS: Final = 1000

SignKeys = Literal["camel", "pascal", "either"]

_ACTIONS: Final[Mapping[object, Api]] = {
    "communal.user.gether-customer-info": Api.MEMBER_INFO,
    "communal.user.identity": Api.IDENTITY,
}
_SPELLINGS: Final[Mapping[SignKeys, tuple[KeySpelling, ...]]] = {
    "camel": (KeySpelling.CAMEL,),
    "pascal": (KeySpelling.PASCAL,),
    "either": (KeySpelling.CAMEL, KeySpelling.PASCAL),
}
_JSON: Final = "application/json; charset=utf-8"

Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Call:
    """An accepted call. Its parameters are kept out of the repr: they identify people."""

    api: Api
    params: Mapping[str, object] = field(repr=False)


class Sandbox:
    """One merchant's platforms; any number of clients may call it at the same time.

    Args:
        v2_sign_keys: which spelling of the public fields a V2 request may have signed.
        latency_ms: how long every answer takes; may be changed at any time.
        faults: specifications of the faults in force from the start (see `faults`).
        clock_offset_s: how far the platform's clock is ahead of `now`.
        now: Unix seconds; the real time if not given.
        sleep: waits for so many seconds; really, if not given.
        kept_calls: how many accepted calls are kept in `calls`, the last ones.

    Raises:
        ValueError: a fault specification is wrong.
    """

    def __init__(
        self,
        *,
        v2_sign_keys: SignKeys = "camel",
        latency_ms: int = 0,
        faults: Sequence[str] = (),
        clock_offset_s: float = 0,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        kept_calls: int = KEPT_CALLS,
    ) -> None:
        self.latency_ms = latency_ms
        self.calls: deque[Call] = deque(maxlen=kept_calls)
        self._v2_spellings = _SPELLINGS[v2_sign_keys]
        self._clock_offset_s = clock_offset_s
        self._now = now
        self._sleep = sleep
        self._faults = FaultBook()
        self._verifier = Verifier(OPEN_ID, GRANT_CODE, OPEN_KEY, self.clock)
        self._wechat = WechatPlatform(
            clock=self.clock, faults=self._faults, record=self._record, pause=self._pause
        )
        self._enrol(Calendar.at_unix(self.clock()))
        self.app: ASGIApp = _DatedApp(self._build_app(), self.clock)
        for spec in faults:
            self.add_fault(spec)

    def clock(self) -> float:
        """The platform's time in Unix seconds, as its Date header tells it."""
        return self._now() + self._clock_offset_s

    def add_fault(self, spec: str) -> None:
        """Put one more fault in force; ValueError if the specification is wrong."""
        self._faults.add(Fault.parse(spec))

    def clear_faults(self) -> None:
        """Lift every fault."""
        self._faults.clear()

    def _build_app(self) -> Starlette:
        routes = [
            Route(V2_PATH, self._serve_v2, methods=["POST"]),
            Route(GIFT_CARDS_PATH, self._serve_gift_cards, methods=["POST"]),
            *self._wechat.routes(),
        ]
        return Starlette(routes=routes, exception_handlers={HTTPException: _http_error})

    async def _serve_v2(self, request: Request) -> Response:
        body = await _read_body(request)
        fields = PublicFields.from_body(body, KeySpelling.PASCAL)
        rejection = self._verifier.check(fields, self._v2_spellings)
        if rejection is not None:
            return _json(refusal(Gateway.V2, rejection.code, rejection.message))
        action = body.get("Action")
        api = _ACTIONS.get(action) if isinstance(action, str) else None
        if api is None:
            return _json(refusal(Gateway.V2, ACTION_CODE, "接口方法错误"))
        return await self._serve(api, body.get("Params"))

    async def _serve_gift_cards(self, request: Request) -> Response:
        body = await _read_body(request)
        fields = PublicFields.from_body(body, KeySpelling.CAMEL)
        rejection = self._verifier.check(fields, (KeySpelling.CAMEL,))
        if rejection is not None:
            return _json(refusal(Gateway.V3, rejection.code, rejection.message))
        return await self._serve(Api.GIFT_CARDS, body.get("params"))

    async def _serve(self, api: Api, sent: object) -> Response:
        params = sent if isinstance(sent, dict) else {}
        self._record(api, params)
        answer = self._answer(api, params)
        mishap = self._faults.take(api)
        await self._pause(mishap.delay_ms)
        if mishap.fault is not None:
            return faulty_response(mishap.fault, api, answer)
        return _json(answer)

    def _record(self, api: Api, params: Mapping[str, object]) -> None:
        self.calls.append(Call(api, params))

    async def _pause(self, delay_ms: int) -> None:
        await self._sleep((self.latency_ms + delay_ms) / 1000)

    def _answer(self, api: Api, params: Mapping[str, object]) -> bytes:
        try:
            return self._todays_answers().answer(api, params)
        except RefusalError as error:
            return refusal(GATEWAYS[api], error.code, error.message)

    def _todays_answers(self) -> Answers:
        """The members' dates are told from today, so a new day builds them anew."""
        calendar = Calendar.at_unix(self.clock())
        if calendar.day() != self._answers_day:
            self._enrol(calendar)
        return self._answers

    def _enrol(self, calendar: Calendar) -> None:
        self._answers_day = calendar.day()
        minute = calendar.now.replace(second=0, microsecond=0)
        self._answers = Answers(build_members(minute))


class _DatedApp:
    """Gives every answer the platform's own Date, by which a client corrects its clock."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float]) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ())]
                if not any(name == b"date" for name, _ in headers):
                    date = formatdate(self._clock(), usegmt=True).encode()
                    headers.append((b"date", date))
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, send_dated)


async def _read_body(request: Request) -> Body:
    """The decoded body; HTTP 400 if it is too long or no JSON object."""
    received = await read_bytes(request)
    try:
        body = json.loads(received)
    except (ValueError, RecursionError):
        raise HTTPException(400, "请求内容不是JSON") from None
    if not isinstance(body, dict):
        raise HTTPException(400, "请求内容不是JSON对象")
    return body


async def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if is_wechat_path(request.url.path):
        return http_error(error)
    code = BAD_REQUEST_CODE if error.status_code == 400 else str(error.status_code)
    body = system_error(Gateway.V3, code, error.detail)
    return Response(body, error.status_code, error.headers, media_type=_JSON)


def _json(body: bytes) -> Response:
    return Response(body, media_type=_JSON)
