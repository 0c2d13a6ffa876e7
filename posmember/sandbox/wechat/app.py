"""WeChat Pay's brand membership cards over HTTP: query and change, and the cards' pictures."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from posmember.sandbox.bodies import read_bytes
from posmember.sandbox.faults import Api, Fault, FaultBook, FaultKind, WechatKind
from posmember.sandbox.qimai.faulty import CutResponse, HangingResponse, login_page, status_page
from posmember.sandbox.wechat.answers import JSON, Answer, Reply, request_id
from posmember.sandbox.wechat.book import CardBook
from posmember.sandbox.wechat.checks import (
    BodyRules,
    Subject,
    read_change,
    read_code,
    read_json,
    read_query,
    read_question,
)
from posmember.sandbox.wechat.doors import Door, PlatformDoor, Received, RelayDoor
from posmember.sandbox.wechat.errors import WechatError, dump, rate_limited
from posmember.sandbox.wechat.faulty import NOT_REACHED, REFUSALS, odd_reply, other_persons
from posmember.sandbox.wechat.keys import WechatKeys
from posmember.sandbox.wechat.limit import CallLimit
from posmember.sandbox.wechat.pictures import PICTURES_PATH, picture
from posmember.sandbox.wechat.records import Fields, Rendering, render
from posmember.sandbox.wechat.signature import SentRequest

CARDS_PATH: Final = "/v3/brand/partner/card-member/user-cards/"
RELAY_PREFIX: Final = "/relay"

_FOREIGN_PICTURES: Final = f"https://img.sandbox.invalid{PICTURES_PATH}"
_LOOPBACK: Final = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?")
_ERROR_CODES: Final = {400: "PARAM_ERROR", 404: "NOT_FOUND"}

Record = Callable[[Api, Mapping[str, object]], None]


class WechatPlatform:
    """The brand's cards, behind both doors.

    Args:
        clock: the platform's Unix seconds.
        faults: those in force.
        record: is told of every call that was let in.
        pause: waits for as long as an answer takes, and so many milliseconds more.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        faults: FaultBook,
        record: Record,
        pause: Callable[[int], Awaitable[None]],
    ) -> None:
        self._keys = WechatKeys()
        self._book = CardBook(clock)
        self._limit = CallLimit(clock)
        self._platform = PlatformDoor(self._keys, clock)
        self._relay = RelayDoor()
        self._faults = faults
        self._record = record
        self._pause = pause

    def routes(self) -> Sequence[Route]:
        """The paths that it serves. A code may have a slash in it, percent-encoded."""
        doors: Mapping[str, Door] = {"": self._platform, RELAY_PREFIX: self._relay}
        cards = [
            Route(
                f"{prefix}{CARDS_PATH}{{code:path}}",
                partial(self._serve, door, prefix),
                methods=["GET", "PATCH"],
            )
            for prefix, door in doors.items()
        ]
        return [*cards, Route(f"{PICTURES_PATH}{{name}}", _serve_picture, methods=["GET"])]

    async def _serve(self, door: Door, prefix: str, request: Request) -> Response:
        call = await _receive(request, prefix)
        if door.signs and not self._keys.are_made():
            await asyncio.to_thread(self._keys.make)
        api = Api.WECHAT_SET if call.request.method == "PATCH" else Api.WECHAT_GET
        rejection = door.reject(call)
        if rejection is not None and not self._takes_any_time(api, rejection):
            return Answer(Reply.of(rejection)).response()
        if not self._limit.allows():
            return door.answer(call, Reply.of(rate_limited())).response()
        self._record(api, _params(call))
        mishap = self._faults.take(api, signed=door.signs)
        reply = self._reply(api, door, call, mishap.fault)
        await self._pause(mishap.delay_ms)
        return _respond(door, call, reply, mishap.fault)

    def _takes_any_time(self, api: Api, rejection: WechatError) -> bool:
        """Whether it is only for its time, and somebody in between gives what is old anyway."""
        is_time = rejection.detail.get("field") == "timestamp"
        return is_time and self._faults.plays(api, WechatKind.OLD)

    def _reply(self, api: Api, door: Door, call: Received, fault: Fault | None) -> Reply:
        """What the platform answers; nothing is changed where a fault keeps it from that."""
        try:
            if fault is not None and fault.kind in NOT_REACHED:
                raise door.rejection()
            if fault is not None and fault.kind in REFUSALS:
                raise REFUSALS[fault.kind]()
            door.check_headers(call)
            fields = self._changed(door, call) if api is Api.WECHAT_SET else self._found(door, call)
        except WechatError as error:
            return Reply.of(error)
        how = Rendering(door.seal, lambda own: (call.own_pictures or _FOREIGN_PICTURES) + own.name)
        return Reply(200, dump(render(fields, how)))

    def _found(self, door: Door, call: Received) -> Fields:
        subject = read_question(
            read_code(call.raw_code),
            read_query(call.query),
            openid_required=door.openid_required,
        )
        return self._book.fields(self._whole(subject))

    def _changed(self, door: Door, call: Received) -> Fields:
        subject, change = read_change(
            read_code(call.raw_code),
            read_query(call.query),
            read_json(call.request.body),
            BodyRules(door.unsealer(call), call.own_pictures, door.openid_required),
        )
        return self._book.change(self._whole(subject), change)

    def _whole(self, subject: Subject) -> Subject:
        """The subject with its openid, which a relay finds by the code."""
        if subject.openid:
            return subject
        openid = self._book.openid_of(subject.code)
        return Subject(subject.code, subject.brand_id, subject.card_id, openid)


def is_wechat_path(path: str) -> bool:
    """Whether errors of this path are told in WeChat Pay's form."""
    return path.removeprefix(RELAY_PREFIX).startswith(CARDS_PATH)


def http_error(error: HTTPException) -> Response:
    """The answer to a request that is none of the operations; not signed."""
    code = _ERROR_CODES.get(error.status_code, "INVALID_REQUEST")
    body = WechatError(error.status_code, code, error.detail).body()
    headers = {**request_id(), **(error.headers or {})}
    return Response(body, error.status_code, headers, media_type=JSON)


def _respond(door: Door, call: Received, reply: Reply, fault: Fault | None) -> Response:
    if fault is None:
        return door.answer(call, reply).response()
    match fault.kind:
        case FaultKind.HTTP | WechatKind.PAGE:
            return status_page(fault.number)
        case FaultKind.HTML:
            return login_page()
        case FaultKind.TIMEOUT:
            return HangingResponse()
        case FaultKind.BAD_SIGNATURE:
            return Answer(reply).response()
        case FaultKind.CUT:
            headers = door.answer(call, reply).headers()
            return CutResponse(reply.body, reply.status, headers, media_type=JSON)
        case WechatKind.OTHER_PERSON:
            return door.answer(call, other_persons(reply)).response()
        case WechatKind() as kind:
            return door.answer(call, reply, kind).response()
        case kind:
            return door.answer(call, odd_reply(kind, reply)).response()


async def _receive(request: Request, prefix: str) -> Received:
    raw_path: bytes = request.scope["raw_path"]
    query: bytes = request.scope["query_string"]
    raw_code = raw_path[len(prefix) + len(CARDS_PATH) :]
    if b"/" in raw_code:
        raise HTTPException(404, "请求的接口不存在")
    target = raw_path + b"?" + query if query else raw_path
    authorization = request.headers.get("authorization", "")
    sent = SentRequest(request.method, target, authorization, await read_bytes(request))
    return Received(sent, raw_code, query, request.headers, _own_pictures(request))


def _own_pictures(request: Request) -> str:
    """Where a client on this machine finds the pictures; "" for one elsewhere, who gets https."""
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}{PICTURES_PATH}" if _LOOPBACK.fullmatch(host) else ""


def _params(call: Received) -> Mapping[str, object]:
    """Everything that a call says, as it came: path, query and body."""
    query = {name: values[0] for name, values in read_query(call.query).items()}
    body = _or_none(lambda: read_json(call.request.body))
    fields = body if isinstance(body, dict) else {}
    return {"user_card_code": _or_none(lambda: read_code(call.raw_code)), **query, **fields}


def _or_none(read: Callable[[], object]) -> object:
    try:
        return read()
    except WechatError:
        return None


async def _serve_picture(request: Request) -> Response:
    found = picture(request.path_params["name"])
    if found is None:
        raise HTTPException(404, "图片不存在")
    content, media_type = found
    return Response(content, media_type=media_type)
