"""Faults of the WeChat operations: what comes, who signed it, and what became of a change."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import httpx
import pytest

from posmember.sandbox.account import PUBLIC_KEY_ID
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import FaultKind, WechatKind
from posmember.sandbox.qimai.faulty import DEEP_LEVELS
from posmember.sandbox.server import RunningSandbox
from posmember.sandbox.wechat.faulty import OTHER_OPENID
from tests.unit.sandbox.wechat.caller import (
    FIRST,
    MADE,
    NOT_MADE,
    Clock,
    WechatTill,
    authorization,
    call,
    get_target,
    is_signed,
    play,
    refusal,
    signed_by,
    trusted,
)

APIS = ["wechat_get", "wechat_set"]


async def level_after(till: WechatTill, spec: str) -> str:
    """The card's level after a change that met this fault."""
    till.sandbox.add_fault(f"wechat_set={spec}:1")
    await till.patch({"level": MADE})
    level: str = trusted(await till.get())["level"]
    return level


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("status", [204, 301, 401, 404, 429, 500, 502])
async def test_what_a_gateway_says_is_not_signed(till: WechatTill, api: str, status: int) -> None:
    response = await play(till, f"http{status}", api)
    assert response.status_code == status
    assert not is_signed(response)


@pytest.mark.parametrize("api", APIS)
async def test_a_captive_portal_signs_nothing(till: WechatTill, api: str) -> None:
    response = await play(till, "html", api)
    assert (response.status_code, is_signed(response)) == (200, False)
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("not_found", (404, "NOT_FOUND", "")),
        ("refused", (400, "PARAM_ERROR", "user_card_code")),
        ("system_error", (500, "SYSTEM_ERROR", "")),
        ("rate_limited", (429, "RATELIMIT_EXCEEDED", "")),
        ("busy", (429, "FREQUENCY_LIMITED", "")),
    ],
)
async def test_refusals_are_signed(
    till: WechatTill, api: str, kind: str, expected: tuple[int, str, str]
) -> None:
    response = await play(till, kind, api)
    assert refusal(response) == expected
    assert "retry-after" not in response.headers


@pytest.mark.parametrize("api", APIS)
async def test_a_signature_that_is_not_accepted(till: WechatTill, api: str) -> None:
    response = await play(till, "bad_signature", api)
    assert (response.status_code, response.json()["code"]) == (401, "SIGN_ERROR")
    assert not is_signed(response)


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("kind", "body"), [("empty_list", []), ("empty_object", {}), ("null", None)]
)
async def test_empty_bodies_are_signed(till: WechatTill, api: str, kind: str, body: object) -> None:
    response = await play(till, kind, api)
    assert (response.status_code, trusted(response)) == (200, body)


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("kind", ["not_json", "truncated"])
async def test_bodies_that_are_no_json_are_signed(till: WechatTill, api: str, kind: str) -> None:
    response = await play(till, kind, api)
    assert (response.status_code, signed_by(response, PUBLIC_KEY_ID)) == (200, True)
    with pytest.raises(ValueError, match=r".+"):
        response.json()


async def test_truncated_is_the_half(till: WechatTill) -> None:
    whole = await till.get()
    response = await play(till, "truncated", "wechat_get")
    assert 0 <= len(whole.content) - 2 * len(response.content) <= 1


async def test_truncated_and_cut_keep_the_status() -> None:
    clock, nobody = Clock(), ("9" * 24, FIRST[1])
    faults = ["wechat_get=truncated:1", "wechat_get=cut:1"]
    with RunningSandbox(Sandbox(now=clock, faults=faults)) as running:
        till = WechatTill.over(running.base_url, running.sandbox, clock)
        async with till.client:
            assert (await till.get(nobody)).status_code == 404
            header = authorization(till.parts("GET", get_target(nobody), b""))
            headers = {"Authorization": header, "Accept": "application/json"}
            async with till.client.stream("GET", get_target(nobody), headers=headers) as response:
                assert (response.status_code, is_signed(response)) == (404, True)
                with pytest.raises(httpx.RemoteProtocolError):
                    await response.aread()


@pytest.mark.parametrize("api", APIS)
async def test_every_type_is_wrong_but_the_codes(till: WechatTill, api: str) -> None:
    good = trusted(await till.get())
    bad = trusted(await play(till, "wrong_types", api))
    assert bad["user_card_code"] == good["user_card_code"] == FIRST[0]
    assert good.keys() < bad.keys()
    same = {name for name, value in good.items() if type(bad[name]) is type(value)}
    whose = {"user_card_code", "card_id", "openid", "brand_id"}
    assert {name: bad[name] for name in whose} == {name: good[name] for name in whose}
    assert same == {*whose, "user_information"}
    for name, entries in good["user_information"].items():
        assert [type(item) for item in entries] != [type(i) for i in bad["user_information"][name]]


@pytest.mark.parametrize("api", APIS)
async def test_another_persons_card_is_rightly_signed(till: WechatTill, api: str) -> None:
    good = trusted(await till.get())
    other = trusted(await play(till, "wx_other_person", api))
    assert other.pop("openid") == OTHER_OPENID != good.pop("openid")
    assert other.keys() == good.keys()
    assert other["user_card_code"] == good["user_card_code"]


async def test_another_persons_card_has_to_be_one(till: WechatTill) -> None:
    till.sandbox.add_fault("wechat_get=wx_other_person:1")
    response = await till.get(("9" * 24, FIRST[1]))
    assert (response.status_code, "openid" in response.json()) == (404, False)


async def test_huge_and_deep_are_signed_json(till: WechatTill) -> None:
    huge = await play(till, "huge", "wechat_get")
    assert len(huge.content) > 8 * 1024 * 1024
    assert trusted(huge).keys() == {"level"}
    value = trusted(await play(till, "deep", "wechat_get"))["user_information"]
    levels = 0
    while isinstance(value, list):
        levels += 1
        value = value[0] if value else None
    assert levels == DEEP_LEVELS


KEPT_FROM_IT = (
    *("http502", "http204", "html", "bad_signature", "not_found", "refused", "system_error"),
    *("rate_limited", "busy", "wx_old_date"),
)
CHANGED = (
    *("slow5", "not_json", "truncated", "wrong_types", "empty_list", "empty_object", "null"),
    *("huge", "deep", "wx_page404", "wx_page429"),
    *(kind for kind in WechatKind if kind not in (WechatKind.OLD_DATE, WechatKind.PAGE)),
)
LOST = ("cut", "timeout")


@pytest.mark.parametrize("spec", KEPT_FROM_IT)
async def test_the_change_is_not_made(till: WechatTill, spec: str) -> None:
    assert await level_after(till, spec) == NOT_MADE


@pytest.mark.parametrize("spec", CHANGED)
async def test_the_change_is_made(till: WechatTill, spec: str) -> None:
    assert await level_after(till, spec) == MADE


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
async def test_a_page_in_place_of_the_answer_is_not_signed(till: WechatTill, status: int) -> None:
    response = await play(till, f"wx_page{status}", "wechat_set")
    assert (response.status_code, is_signed(response)) == (status, False)
    till.sandbox.add_fault(f"wechat_get=wx_page{status}:1")
    assert (await till.relay("GET", get_target(FIRST))).status_code == status


@pytest.mark.parametrize("api", APIS)
async def test_a_refused_timestamp_with_an_old_date_is_not_signed(
    till: WechatTill, api: str
) -> None:
    till.sandbox.add_fault(f"{api}=wx_old_date:1")
    response = await call(till, api)
    assert (response.status_code, response.json()["code"]) == (401, "SIGN_ERROR")
    assert not is_signed(response)
    (date,) = response.headers.get_list("date")
    assert parsedate_to_datetime(date).timestamp() == pytest.approx(till.clock() - 600, abs=5)


def test_no_kind_is_forgotten() -> None:
    kinds = [spec.rstrip("0123456789") for spec in (*KEPT_FROM_IT, *CHANGED, *LOST)]
    assert set(kinds) == {*FaultKind, *WechatKind}


@pytest.mark.parametrize("kind", LOST)
async def test_after_a_lost_answer_the_change_is_made(kind: str) -> None:
    clock = Clock()
    with RunningSandbox(Sandbox(now=clock, faults=[f"wechat_set={kind}:1"])) as running:
        till = WechatTill.over(running.base_url, running.sandbox, clock)
        till.client.timeout = httpx.Timeout(10, read=0.2)
        async with till.client:
            with pytest.raises((httpx.RemoteProtocolError, httpx.ReadTimeout)):
                await till.patch({"level": MADE})
            till.client.timeout = httpx.Timeout(10)
            assert trusted(await till.get())["level"] == MADE


async def test_slow_waits_with_the_latency(clock: Clock) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    sandbox = Sandbox(latency_ms=30, faults=["wechat_set=slow250:1"], now=clock, sleep=note)
    till = WechatTill(sandbox, clock)
    await till.patch({"level": MADE})
    await till.patch({"level": MADE})
    assert waits == [0.28, 0.03]


async def test_faults_of_all_and_of_others(till: WechatTill) -> None:
    till.sandbox.add_fault("identity=http500")
    trusted(await till.get())
    till.sandbox.add_fault("all=html:1")
    assert (await till.get()).text.startswith("<!DOCTYPE html>")


async def test_a_fault_does_not_hide_a_wrong_signature(till: WechatTill) -> None:
    till.sandbox.add_fault("wechat_get=html:1")
    response = await till.send("GET", get_target(FIRST), headers={"Authorization": "x"})
    assert response.json()["code"] == "SIGN_ERROR"
    assert (await till.get()).text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("spec", "status", "code"),
    [
        ("not_found", 404, "NOT_FOUND"),
        ("system_error", 500, "SYSTEM_ERROR"),
        ("rate_limited", 429, "RATELIMIT_EXCEEDED"),
        ("bad_signature", 401, "UNAUTHORIZED"),
    ],
)
async def test_the_relay_meets_the_other_faults(
    till: WechatTill, spec: str, status: int, code: str
) -> None:
    till.sandbox.add_fault(f"wechat_get={spec}:1")
    response = await till.relay("GET", get_target(FIRST))
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not is_signed(response)
