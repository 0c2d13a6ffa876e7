"""A card asked for and changed: noted before it is sent, and whatever became of it after."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import pytest

from posmember.api.clock import PlatformClock
from posmember.api.wechat.card import WechatCards
from posmember.api.wechat.gate import Access
from posmember.domain.wechat.card import FormField
from posmember.domain.wechat.change import CardChange, CardField
from posmember.errors import (
    AnswerUntrustedError,
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiStatusError,
    ApiTimeoutError,
    AuditError,
    CardNotFoundError,
    ConfigError,
    NotAllowedError,
    RateLimitedError,
    SignatureRejectedError,
    UnknownKeyError,
)
from posmember.lookup.wechat import ChangeCutError, Changed, WechatService
from posmember.trust.audit import AuditLog
from posmember.trust.supervisors import Permit
from tests.fakes.network import ScriptedNetwork, Step
from tests.fakes.wechat import (
    CODE,
    OPENID,
    PHONE,
    SUBJECT,
    WHOSE,
    answer,
    merchant_access,
    refusal,
    relay_access,
    unsigned,
)

CHANGE = CardChange(level="金卡", attach="说明")
PNG = b"\x89PNG\r\n\x1a\n"


Over = Callable[..., tuple[WechatService, ScriptedNetwork]]


@pytest.fixture
def unwritable(tmp_path: Path) -> AuditLog:
    (tmp_path / "file").write_text("")
    return AuditLog(b"k" * 64, tmp_path / "file" / "audit.jsonl")


@pytest.fixture
def over(delays: list[float]) -> Over:
    """Makes a service whose network is a fake; pauses before other tries are none."""

    def build(*steps: Step, access: Access | None = None) -> tuple[WechatService, ScriptedNetwork]:
        network = ScriptedNetwork(*steps)
        return WechatService(access or merchant_access(), 5, network), network

    return build


def card(**changes: object) -> dict[str, object]:
    return {**WHOSE, "level": "金卡", "attach": "说明", **changes}


def now(content: object = b"{}", status: int = 200, **how: Any) -> httpx.Response:
    """A signed answer of this moment, by the machine's own clock."""
    return answer(content, status, at=time.time(), **how)


def text_of(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text_of(path).splitlines()]


def steps_of(path: Path) -> list[tuple[str, str]]:
    return [(line["step"], line.get("code", "")) for line in lines_of(path)]


async def test_a_card_is_asked_for_and_nothing_is_noted(over: Over, path: Path) -> None:
    service, network = over(now(card()))
    found = await service.get(SUBJECT)
    await service.aclose()
    assert found.value.level == "金卡"
    assert network.closed
    assert text_of(path) == ""


async def test_what_was_done_is_asked_noted_and_read_back(
    over: Over, audit: AuditLog, path: Path
) -> None:
    at_patch: list[list[tuple[str, str]]] = []

    async def patched(request: httpx.Request) -> httpx.Response:
        at_patch.append(steps_of(path))
        return now(card(level="as it was"))

    service, network = over(patched, now(card()))
    changed = await service.change(SUBJECT, CHANGE, Permit("1001"), audit)
    assert at_patch == [[("asked", "")]]
    assert steps_of(path) == [("asked", ""), ("done", "")]
    assert [request.method for request in network.requests] == ["PATCH", "GET"]
    assert changed.card is not None
    assert (changed.card.value.level, changed.otherwise, changed.unnoted) == ("金卡", (), "")


async def test_a_line_names_the_supervisor_and_the_fields_and_no_value(
    over: Over, audit: AuditLog, path: Path
) -> None:
    change = replace(CHANGE, phone=PHONE, common_fields=((FormField.NAME, "王小明"),))
    service, _ = over(now(card()), now(card()))
    await service.change(SUBJECT, change, Permit("1001"), audit)
    for line in lines_of(path):
        assert line["who"] == "1001"
        assert line["card"] == audit.card_hash(CODE)
        assert line["fields"] == ["level", "phone", "common_fields", "attach"]
        assert line["at"].endswith("+08:00")
    text = text_of(path)
    for value in (CODE, OPENID, PHONE, "王小明", "金卡", "说明"):
        assert value not in text
        assert json.dumps(value).strip('"') not in text


async def test_nothing_is_sent_that_could_not_be_noted(over: Over, unwritable: AuditLog) -> None:
    service, network = over()
    with pytest.raises(AuditError):
        await service.change(SUBJECT, CHANGE, Permit("1001"), unwritable)
    assert network.requests == []


@pytest.mark.parametrize(
    "change",
    [
        CardChange(level="x" * 11),
        CardChange(attach="\udcff"),
        CardChange(common_fields=()),
        CardChange(common_fields=((FormField.ADDRESS, "好" * 72),)),
    ],
    ids=["too long", "not text", "nothing", "too long to encrypt"],
)
async def test_a_change_with_a_problem_is_a_bug_and_neither_noted_nor_sent(
    over: Over, audit: AuditLog, path: Path, change: CardChange
) -> None:
    service, network = over()
    with pytest.raises(ValueError, match=r"^a change is checked before it is asked for$"):
        await service.change(SUBJECT, change, Permit("1001"), audit)
    assert network.requests == []
    assert text_of(path) == ""


REFUSED: list[tuple[int, str, type[ApiError], str]] = [
    (400, "PARAM_ERROR", ApiBusinessError, "PARAM_ERROR"),
    (400, "", ApiBusinessError, "400"),
    (401, "SIGN_ERROR", SignatureRejectedError, "SIGN_ERROR"),
    (403, "NO_AUTH", NotAllowedError, "NO_AUTH"),
    (404, "NOT_FOUND", CardNotFoundError, "NOT_FOUND"),
    (429, "", RateLimitedError, "429"),
]


@pytest.mark.parametrize(("status", "said", "kind", "code"), REFUSED)
async def test_a_refusal_is_noted_with_its_code(
    over: Over,
    audit: AuditLog,
    path: Path,
    status: int,
    said: str,
    kind: type[ApiError],
    code: str,
) -> None:
    # A limit that asks for long is not tried again.
    service, network = over(now(refusal(said), status, headers={"retry-after": "60"}))
    with pytest.raises(ApiError) as caught:
        await service.change(SUBJECT, CHANGE, Permit("1001"), audit)
    assert type(caught.value) is kind
    assert steps_of(path) == [("asked", ""), ("refused", code)]
    assert len(network.requests) == 1


UNKNOWN: dict[str, tuple[Callable[[], list[Step]], type[ApiError], str]] = {
    "no connection": (lambda: [httpx.ConnectError("x")], ApiConnectionError, ""),
    "cut": (lambda: [httpx.ReadError("x")], ApiConnectionError, ""),
    "cut after a limit": (
        lambda: [now(refusal("RATELIMIT_EXCEEDED"), 429), httpx.ReadError("x")],
        ApiConnectionError,
        "",
    ),
    "a page of 400": (lambda: [unsigned(400)], AnswerUntrustedError, "400"),
    "a page of 401": (lambda: [unsigned(401, b"<html>")], AnswerUntrustedError, "401"),
    "a page of 403": (lambda: [unsigned(403, b"<html>")], AnswerUntrustedError, "403"),
    "a page of 404": (lambda: [unsigned(404, b"<html>")], AnswerUntrustedError, "404"),
    "a page of 429": (lambda: [unsigned(429, retry_after="0")], AnswerUntrustedError, "429"),
    "unsigned words": (
        lambda: [unsigned(404, refusal("NOT_FOUND"))],
        AnswerUntrustedError,
        "NOT_FOUND",
    ),
    "an unsigned clock": (
        lambda: [unsigned(401, refusal("SIGN_ERROR"), date=formatdate(time.time() + 900))],
        AnswerUntrustedError,
        "SIGN_ERROR",
    ),
    "timeout": (lambda: [httpx.ReadTimeout("x")], ApiTimeoutError, ""),
    "500": (lambda: [unsigned(500)], ApiStatusError, "500"),
    "503": (lambda: [unsigned(503)], ApiStatusError, "503"),
    "redirect": (lambda: [unsigned(302, location="/x")], ApiStatusError, "302"),
    "login": (lambda: [unsigned(302, location="https://x.invalid")], ApiConnectionError, ""),
    "not signed": (lambda: [unsigned(200, card())], AnswerUntrustedError, ""),
    "forged": (lambda: [now(card(), key="stranger")], AnswerUntrustedError, ""),
    "unknown key": (lambda: [now(card(), key_id="K1")], UnknownKeyError, ""),
}


@pytest.mark.parametrize("case", UNKNOWN)
async def test_what_nobody_knows_is_noted_as_unknown(
    over: Over, audit: AuditLog, path: Path, case: str
) -> None:
    steps, kind, code = UNKNOWN[case]
    # What would come next is not asked for: a refusal of a second try says nothing of the first.
    service, network = over(*steps(), unsigned(400, refusal("PARAM_ERROR")))
    with pytest.raises(ApiError) as caught:
        await service.change(SUBJECT, CHANGE, Permit("1001"), audit)
    assert type(caught.value) is kind
    assert steps_of(path) == [("asked", ""), ("unknown", code)]
    assert len(network.steps) == 1


async def test_what_the_platform_kept_otherwise_is_noted_and_told(
    over: Over, audit: AuditLog, path: Path
) -> None:
    service, _ = over(now(card()), now(card(level="银卡")))
    changed = await service.change(SUBJECT, CHANGE, Permit("1001"), audit)
    assert (changed.otherwise, changed.unnoted) == ((CardField.LEVEL,), "")
    assert changed.card is not None
    assert changed.card.value.level == "银卡"
    assert steps_of(path) == [("asked", ""), ("kept_otherwise", "")]


NOT_READ_BACK: dict[str, tuple[Callable[[], list[Step]], str]] = {
    "cut": (lambda: [httpx.ReadError("x")] * 3, ""),
    "500": (lambda: [unsigned(500)], "500"),
    "refused": (lambda: [unsigned(404, refusal("NOT_FOUND"))], "NOT_FOUND"),
    "forged": (lambda: [now(card(), key="stranger")], ""),
    "another code": (lambda: [now(card(user_card_code="1"))], ""),
    "another person": (lambda: [now(card(openid="o-of-somebody"))], ""),
    "another template": (lambda: [now(card(card_id="p1"))], ""),
    "another brand": (lambda: [now(card(brand_id="1"))], ""),
    "nobody's": (lambda: [now(card(openid=None))], ""),
}


@pytest.mark.parametrize("case", NOT_READ_BACK)
async def test_a_change_that_cannot_be_read_back_is_done_all_the_same(
    over: Over, audit: AuditLog, path: Path, case: str
) -> None:
    steps, code = NOT_READ_BACK[case]
    service, _ = over(now(card()), *steps())
    changed = await service.change(SUBJECT, CHANGE, Permit("1001"), audit)
    assert changed == Changed(None, (), "")
    assert steps_of(path) == [("asked", ""), ("not_read_back", code)]


@pytest.mark.parametrize("off", [0, 600], ids=["a limit", "a slow clock"])
async def test_a_change_made_at_the_second_try_is_done_once_in_the_log(
    over: Over, audit: AuditLog, path: Path, off: int
) -> None:
    """The platform's own refusal, signed: what it refused was not made."""
    at = time.time() + off
    date = {"date": formatdate(at, usegmt=True)}
    said, status = ("SIGN_ERROR", 401) if off else ("RATELIMIT_EXCEEDED", 429)
    first = answer(refusal(said), status, at=at, headers=date)
    service, network = over(first, *[answer(card(), at=at) for _ in range(2)])
    changed = await service.change(SUBJECT, CHANGE, Permit("1001"), audit)
    assert (changed.otherwise, changed.unnoted) == ((), "")
    assert [request.method for request in network.requests] == ["PATCH", "PATCH", "GET"]
    assert steps_of(path) == [("asked", ""), ("done", "")]


@pytest.mark.parametrize("made", [False, True], ids=["while it is sent", "while it is read back"])
async def test_a_change_that_is_cancelled_is_noted_and_says_how_far_it_was(
    over: Over, audit: AuditLog, path: Path, made: bool
) -> None:
    reached = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def hang(_request: httpx.Request) -> httpx.Response:
        loop.call_soon_threadsafe(reached.set)
        await asyncio.sleep(60)
        raise AssertionError

    service, _ = over(*([now(card()), hang] if made else [hang]))
    task = asyncio.create_task(service.change(SUBJECT, CHANGE, Permit("1001"), audit))
    await reached.wait()
    task.cancel()
    with pytest.raises(ChangeCutError) as caught:
        await task
    await service.aclose()
    assert (caught.value.made, caught.value.unnoted) == (made, "")
    assert steps_of(path) == [("asked", ""), ("not_read_back" if made else "unknown", "")]


async def test_a_bug_in_the_middle_is_noted_as_unknown(
    over: Over, audit: AuditLog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_what: object) -> None:
        raise ZeroDivisionError

    service, _ = over()
    monkeypatch.setattr(WechatCards, "modify", fail)
    with pytest.raises(ZeroDivisionError):
        await service.change(SUBJECT, CHANGE, Permit("1001"), audit)
    assert steps_of(path) == [("asked", ""), ("unknown", "")]


async def test_no_unsigned_answer_moves_the_time_that_is_noted(
    over: Over, audit: AuditLog, path: Path
) -> None:
    lie = unsigned(401, refusal("SIGN_ERROR"), date=formatdate(time.time() - 3600, usegmt=True))
    service, _ = over(lie)
    with pytest.raises(AnswerUntrustedError):
        await service.change(SUBJECT, CHANGE, Permit("1001"), audit)
    noted = [datetime.fromisoformat(line["at"]).timestamp() for line in lines_of(path)]
    assert noted == [pytest.approx(time.time(), abs=5)] * 2


async def test_a_fast_clock_that_another_platform_tells_of_is_no_hindrance(over: Over) -> None:
    at = time.time() - 1200
    date = formatdate(at, usegmt=True)
    witness = PlatformClock()
    for _ in range(3):
        reading = witness.local_time()
        witness.observe(date, reading, reading)
    service, _ = over(unsigned(401, refusal("SIGN_ERROR"), date=date), answer(card(), at=at))
    service.believe(witness)
    assert (await service.get(SUBJECT)).value.level == "金卡"
    assert service.clock_error_s == pytest.approx(-1200, abs=3)


# --- what a service is made of -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("access", "needed"),
    [
        (merchant_access(), True),
        (relay_access(fills_openid=False), True),
        (relay_access(fills_openid=True), False),
    ],
)
def test_whether_an_openid_is_needed(access: Access, needed: bool) -> None:
    assert WechatService(access, 5).openid_needed is needed


def test_an_address_in_clear_is_refused() -> None:
    with pytest.raises(ConfigError):
        WechatService(merchant_access(base_url="http://wechat.invalid"), 5)


@pytest.mark.parametrize(("off", "told"), [(0, False), (200, False), (900, True), (-900, True)])
async def test_a_clock_that_is_off_is_told_where_the_platform_minds(
    over: Over, off: int, told: bool
) -> None:
    date = formatdate(time.time() + off, usegmt=True)
    service, _ = over(*[unsigned(401, refusal("SIGN_ERROR"), date=date) for _ in range(3)])
    with pytest.raises(SignatureRejectedError):
        await service.get(SUBJECT)
    assert service.clock_error_s == (pytest.approx(off, abs=3) if told else 0)


async def test_a_pictures_address_is_asked_without_the_keys(over: Over) -> None:
    service, network = over(httpx.Response(200, content=PNG, headers={"content-type": "image/png"}))
    assert await service.pictures.fetch("https://pictures.invalid/0") == PNG
    assert not any(name.startswith("wechatpay") for name in network.requests[0].headers)
    assert "authorization" not in network.requests[0].headers


async def test_closing_waits_for_a_change_that_was_sent(
    over: Over, audit: AuditLog, path: Path
) -> None:
    reached, may_answer = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    async def answer_late(_request: httpx.Request) -> httpx.Response:
        loop.call_soon_threadsafe(reached.set)
        await asyncio.to_thread(may_answer.wait)
        return now(card())

    service, _ = over(answer_late, now(card()))
    change = asyncio.create_task(service.change(SUBJECT, CHANGE, Permit("1001"), audit))
    await reached.wait()
    closing = asyncio.create_task(service.aclose())
    await asyncio.sleep(0)
    may_answer.set()
    assert (await change).otherwise == ()
    await closing
    assert steps_of(path) == [("asked", ""), ("done", "")]
