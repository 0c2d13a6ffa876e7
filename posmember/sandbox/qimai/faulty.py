"""The answers of the faults: what a client gets in place of the Qimai platform's answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from posmember.sandbox.faults import AnyKind, Api, Fault, FaultKind
from posmember.sandbox.qimai.answers import GATEWAYS
from posmember.sandbox.qimai.envelope import NOT_FOUND_CODE, Gateway, refusal, success, system_error
from posmember.sandbox.qimai.signature import TOKEN_CODE
from posmember.sandbox.records import Json

HANG_S: Final = 60
HUGE_BYTES: Final = 9 * 1024 * 1024
DEEP_LEVELS: Final = 100

_JSON: Final = "application/json; charset=utf-8"
_PAGE: Final = (
    "<!DOCTYPE html><html><head><title>请登录</title></head>"
    "<body><h1>网络认证</h1><p>请先登录门店网络。</p></body></html>"
)
_REFUSALS: Final[Mapping[FaultKind, tuple[str, str]]] = {
    FaultKind.NOT_FOUND: (NOT_FOUND_CODE, "查询的会员信息不存在"),
    FaultKind.REFUSED: ("40300", "该门店未开通此功能"),
    FaultKind.RATE_LIMITED: ("42900", "请求过于频繁,请稍后再试"),
    FaultKind.BUSY: ("50300", "系统繁忙"),
    FaultKind.BAD_SIGNATURE: (TOKEN_CODE, "签名验证失败"),
}
_EMPTY_DATA: Final[Mapping[FaultKind, Json]] = {
    FaultKind.EMPTY_LIST: [],
    FaultKind.EMPTY_OBJECT: {},
    FaultKind.NULL: None,
}
_JUNK: Final[Json] = {"0": [None, {"x": [True, "abc", -1]}], "": 3.5}
_WRONG_TYPES: Final[Mapping[Api, Json]] = {
    Api.MEMBER_INFO: {
        "username": ["王", 1],
        "mobile": {"number": "13800000001"},
        "memberLevel": [],
        "memberLevelExpiredAt": 20270301,
        "gender": {"sex": 1},
        "customerId": [[]],
        "paidBenefitsCardDetailList": "无",
        "isPassword": _JUNK,
        "giftCardList": 7,
        "labelList": [1, "老客", None, [], {"labelName": {}, "labelLevel": "高"}],
        "totalPoints": {"value": "1280"},
        "giftBalance": [],
        "rechargeBalance": True,
        "couponsList": [
            "abc",
            0,
            None,
            {"coupon_id": {}, "start_at": [], "status": "on", "template": "template"},
            {"couponId": 1.5, "status": _JUNK, "template": [_JUNK]},
        ],
    },
    Api.IDENTITY: {
        "user_info": {
            "id": [100001],
            "nickname": 1,
            "status": "normal",
            "user_points": _JUNK,
            "user_coupons": {"a": "b", "c": [1]},
            "user_wealth_info": "20000",
            "is_open_points_pay": {},
            "pay_rule": [1, 2],
        },
    },
    Api.GIFT_CARDS: [
        1,
        "abc",
        None,
        [],
        {"id": {}, "status": [], "par_value": True, "beginAt": 0, "endAt": _JUNK},
    ],
}


def faulty_response(fault: Fault, api: Api, answer: bytes) -> Response:
    """The answer that a fault makes of the ordinary one."""
    gateway = GATEWAYS[api]
    match fault.kind:
        case FaultKind.HTTP:
            return status_page(fault.number)
        case FaultKind.TIMEOUT:
            return HangingResponse()
        case FaultKind.CUT:
            return CutResponse(answer, media_type=_JSON)
        case FaultKind.HTML:
            return login_page()
        case _:
            return Response(_faulty_body(fault.kind, api, gateway, answer), media_type=_JSON)


def _faulty_body(kind: AnyKind, api: Api, gateway: Gateway, answer: bytes) -> bytes:
    if isinstance(kind, FaultKind) and kind in _REFUSALS:
        return refusal(gateway, *_REFUSALS[kind])
    if isinstance(kind, FaultKind) and kind in _EMPTY_DATA:
        return success(gateway, _EMPTY_DATA[kind])
    match kind:
        case FaultKind.NOT_JSON:
            return b"OK"
        case FaultKind.TRUNCATED:
            return answer[: len(answer) // 2]
        case FaultKind.WRONG_TYPES:
            return success(gateway, _WRONG_TYPES[api])
        case FaultKind.SYSTEM_ERROR:
            return system_error(gateway, "500", "系统错误")
        case FaultKind.HUGE:
            return _huge_body(gateway)
        case FaultKind.DEEP:
            return success(gateway, json.loads("[" * DEEP_LEVELS + "]" * DEEP_LEVELS))
        case _:
            raise AssertionError(kind)


@cache
def _huge_body(gateway: Gateway) -> bytes:
    return success(gateway, {"username": "x" * HUGE_BYTES})


def login_page() -> Response:
    """What a captive portal answers in the platform's place."""
    return Response(_PAGE, media_type="text/html")


def status_page(status: int) -> Response:
    """What a gateway answers in the platform's place."""
    if status in (204, 304):
        return Response(status_code=status)
    headers = {}
    if 300 <= status < 400:
        headers["location"] = "https://moved.sandbox.invalid/"
    if status == 429:
        headers["retry-after"] = "1"
    page = f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
    return Response(page, status, headers, media_type="text/html")


class CutResponse(Response):
    """Announces the whole body, sends half of it and ends: the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the half answer (ASGI)."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        half = bytes(self.body[: len(self.body) // 2])
        await send({"type": "http.response.body", "body": half, "more_body": True})


class HangingResponse(Response):
    """Sends nothing until the client is gone or HANG_S seconds have passed (then HTTP 504)."""

    def __init__(self) -> None:
        super().__init__(status_code=504)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then answer whoever may still be there (ASGI)."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HANG_S):
                while (await receive())["type"] != "http.disconnect":
                    pass
        await super().__call__(scope, receive, send)
