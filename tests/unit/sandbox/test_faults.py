"""Faults: their grammar, their bookkeeping, and what a client gets from each in process."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from starlette.types import Message

from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import (
    QIMAI_APIS,
    WECHAT_APIS,
    Api,
    Fault,
    FaultBook,
    FaultKind,
    Mishap,
    WechatKind,
)
from posmember.sandbox.qimai import faulty
from posmember.sandbox.qimai.faulty import DEEP_LEVELS, HangingResponse
from tests.unit.sandbox.caller import NOON, Caller, caller_of

APIS = QIMAI_APIS
CONNECTION_KINDS = {FaultKind.TIMEOUT, FaultKind.CUT}


@pytest.mark.parametrize(
    ("spec", "fault"),
    [
        ("member_info=http502", Fault(Api.MEMBER_INFO, FaultKind.HTTP, 502)),
        ("identity=http301:2", Fault(Api.IDENTITY, FaultKind.HTTP, 301, 2)),
        ("gift_cards=slow1500", Fault(Api.GIFT_CARDS, FaultKind.SLOW, 1500)),
        ("all=slow0:1", Fault(None, FaultKind.SLOW, 0, 1)),
        (" all=not_json:12 ", Fault(None, FaultKind.NOT_JSON, 0, 12)),
    ],
)
def test_specifications(spec: str, fault: Fault) -> None:
    assert Fault.parse(spec) == fault


@pytest.mark.parametrize(
    "kind",
    [kind for kind in (*FaultKind, *WechatKind) if kind not in ("http", "slow", "wx_page")],
)
def test_every_plain_kind_is_a_specification(kind: FaultKind | WechatKind) -> None:
    assert Fault.parse(f"all={kind}") == Fault(None, kind)


@pytest.mark.parametrize("kind", WechatKind)
def test_a_wrong_wechat_signature_is_for_wechat_alone(kind: WechatKind) -> None:
    number = 404 if kind is WechatKind.PAGE else 0
    spec = f"{kind}{number or ''}"
    for api in WECHAT_APIS:
        assert Fault.parse(f"{api}={spec}:2") == Fault(api, kind, number, 2)
    for api in QIMAI_APIS:
        with pytest.raises(ValueError, match="is for wechat_get, wechat_set alone"):
            Fault.parse(f"{api}={spec}")


def test_a_wrong_wechat_signature_of_all_is_met_where_answers_are_signed() -> None:
    book = FaultBook()
    fault = Fault.parse("all=wx_old:1")
    book.add(fault)
    assert [book.take(api).fault for api in QIMAI_APIS] == [None] * len(QIMAI_APIS)
    assert book.take(Api.WECHAT_GET, signed=False).fault is None
    assert book.take(Api.WECHAT_SET).fault is fault
    assert book.take(Api.WECHAT_SET).fault is None


def test_another_persons_card_is_met_where_answers_are_not_signed_too() -> None:
    book = FaultBook()
    fault = Fault.parse("all=wx_other_person")
    book.add(fault)
    assert [book.take(api).fault for api in QIMAI_APIS] == [None] * len(QIMAI_APIS)
    assert book.take(Api.WECHAT_GET, signed=False).fault is fault
    assert book.take(Api.WECHAT_SET).fault is fault


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "http502",
        "all=",
        "all=http",
        "all=http99",
        "all=http600",
        "all=http5020",
        "all=slow",
        "all=slow600001",
        "all=cut5",
        "all=cut:0",
        "all=cut:-1",
        "all=cut:x",
        "all=nothing",
        "members=cut",
        "all=wx_nothing",
        "all=wx_old5",
        "all=wx_page",
        "all=wx_page99",
        "wechat=cut",
        "all=cut all=html",
        "ALL=cut",
    ],
)
def test_a_wrong_specification_is_explained_in_one_line(spec: str) -> None:
    with pytest.raises(ValueError, match="kinds: httpNNN, slowNNN, timeout, cut") as caught:
        Fault.parse(spec)
    assert "\n" not in str(caught.value)
    assert repr(spec) in str(caught.value)


def test_counted_faults_are_used_up_in_order() -> None:
    book = FaultBook()
    once, always = Fault.parse("identity=html:1"), Fault.parse("all=cut")
    book.add(once)
    book.add(always)
    assert book.take(Api.MEMBER_INFO) == Mishap(0, always)
    assert book.take(Api.IDENTITY) == Mishap(0, once)
    assert book.take(Api.IDENTITY) == Mishap(0, always)


def test_a_fault_that_is_not_met_is_not_used_up() -> None:
    book = FaultBook()
    book.add(Fault.parse("all=html:1"))
    book.add(Fault.parse("all=null:1"))
    kinds = [
        mishap.fault.kind for mishap in (book.take(Api.IDENTITY) for _ in range(2)) if mishap.fault
    ]
    assert kinds == [FaultKind.HTML, FaultKind.NULL]
    assert book.take(Api.IDENTITY) == Mishap(0, None)


def test_delays_add_up_and_go_with_another_fault() -> None:
    book = FaultBook()
    for spec in ("all=slow100", "identity=slow20:1", "identity=html"):
        book.add(Fault.parse(spec))
    html = Fault.parse("identity=html")
    assert [book.take(Api.IDENTITY) for _ in range(2)] == [Mishap(120, html), Mishap(100, html)]


async def test_clearing_lifts_faults(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.add_fault("all=http500")
    assert (await caller.call("identity")).status_code == 500
    sandbox.clear_faults()
    assert (await caller.call("identity")).status_code == 200


async def play(sandbox: Sandbox, caller: Caller, spec: str, api: str) -> httpx.Response:
    sandbox.add_fault(f"{api}={spec}:1")
    response = await caller.call(api)
    after = await caller.call(api)
    assert after.status_code == 200
    assert after.json()["message"] == "成功"
    return response


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("status", "header"),
    [(500, None), (502, None), (404, None), (429, ("retry-after", "1")), (204, None)],
)
async def test_http_statuses(
    sandbox: Sandbox, caller: Caller, api: str, status: int, header: tuple[str, str] | None
) -> None:
    response = await play(sandbox, caller, f"http{status}", api)
    assert response.status_code == status
    assert response.headers.get("retry-after") == (header[1] if header else None)


async def test_redirect_leads_nowhere(sandbox: Sandbox, caller: Caller) -> None:
    response = await play(sandbox, caller, "http301", "identity")
    assert response.status_code == 301
    assert response.headers["location"].endswith(".invalid/")


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("kind", "status", "code", "words"),
    [
        ("not_found", True, "40004", "不存在"),
        ("refused", True, "40300", "未开通"),
        ("rate_limited", True, "42900", "请求过于频繁,请稍后再试"),
        ("busy", True, "50300", "系统繁忙"),
        ("bad_signature", True, "110004", "签名"),
        ("system_error", False, "500", "系统错误"),
    ],
)
async def test_refusals(
    sandbox: Sandbox, caller: Caller, api: str, kind: str, status: bool, code: str, words: str
) -> None:
    response = await play(sandbox, caller, kind, api)
    body = response.json()
    assert (response.status_code, body["status"], body["code"]) == (200, status, code)
    assert words in body["message"]
    assert "data" not in body


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("kind", "data"), [("empty_list", []), ("empty_object", {}), ("null", None)]
)
async def test_empty_data(
    sandbox: Sandbox, caller: Caller, api: str, kind: str, data: object
) -> None:
    body = (await play(sandbox, caller, kind, api)).json()
    assert str(body["code"]) == "0"
    assert body["data"] == data


@pytest.mark.parametrize("api", APIS)
async def test_unreadable_bodies(sandbox: Sandbox, caller: Caller, api: str) -> None:
    whole = (await caller.call(api)).content
    html = await play(sandbox, caller, "html", api)
    assert html.headers["content-type"].startswith("text/html")
    assert html.text.startswith("<!DOCTYPE html>")
    for kind in ("not_json", "truncated"):
        response = await play(sandbox, caller, kind, api)
        assert response.headers["content-type"].startswith("application/json")
        with pytest.raises(ValueError, match=r".+"):
            response.json()
        if kind == "truncated":
            assert response.content == whole[: len(whole) // 2]


@pytest.mark.parametrize("api", APIS)
async def test_wrong_types_come_in_a_good_envelope(
    sandbox: Sandbox, caller: Caller, api: str
) -> None:
    good = (await caller.call(api)).json()
    body = (await play(sandbox, caller, "wrong_types", api)).json()
    assert (body["status"], body["code"]) == (good["status"], good["code"])
    assert wrong_kinds(good["data"], body["data"])


def wrong_kinds(good: Any, bad: Any) -> bool:
    """Whether some value that both have is of another JSON type."""
    if isinstance(good, dict) and isinstance(bad, dict):
        return any(wrong_kinds(good[key], bad[key]) for key in good.keys() & bad.keys())
    if isinstance(good, list) and isinstance(bad, list):
        return any(type(item) is not dict for item in bad)
    return type(good) is not type(bad)


async def test_huge_is_valid_json_of_more_than_8_mib(sandbox: Sandbox, caller: Caller) -> None:
    response = await play(sandbox, caller, "huge", "member_info")
    assert len(response.content) > 8 * 1024 * 1024
    assert response.json()["code"] == "0"


async def test_deep_is_nested_100_levels(sandbox: Sandbox, caller: Caller) -> None:
    data = (await play(sandbox, caller, "deep", "gift_cards")).json()["data"]
    levels = 0
    while isinstance(data, list):
        levels += 1
        data = data[0] if data else None
    assert levels == DEEP_LEVELS == 100


async def test_slow_waits_with_the_latency() -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    sandbox = Sandbox(latency_ms=30, faults=["identity=slow250:1"], now=lambda: NOON, sleep=note)
    caller = caller_of(sandbox)
    await caller.call("identity")
    await caller.call("identity")
    assert waits == [0.28, 0.03]


async def test_a_fault_does_not_hide_a_bad_signature(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.add_fault("identity=http502:1")
    caller.now += 1000
    assert (await caller.call("identity")).json()["message"] == "时间戳已过期"
    caller.now -= 1000
    assert (await caller.call("identity")).status_code == 502


def scripted(messages: list[Message]) -> Any:
    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    return receive


async def status_sent_by(response: HangingResponse, messages: list[Message]) -> int:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async with asyncio.timeout(5):
        await response({"type": "http", "method": "POST"}, scripted(messages), send)
    return int(sent[0]["status"])


async def test_hanging_ends_when_the_client_goes() -> None:
    messages: list[Message] = [{"type": "http.request"}, {"type": "http.disconnect"}]
    assert await status_sent_by(HangingResponse(), messages) == 504
    assert messages == []


async def test_hanging_ends_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "HANG_S", 0)
    assert await status_sent_by(HangingResponse(), []) == 504
