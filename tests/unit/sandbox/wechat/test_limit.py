"""Five calls a second for the whole brand."""

from __future__ import annotations

import pytest

from posmember.sandbox.wechat.limit import CallLimit
from tests.unit.sandbox.wechat.caller import (
    FIRST,
    Clock,
    WechatTill,
    get_target,
    is_signed,
    refusal,
    trusted,
)


@pytest.mark.parametrize(
    ("moments", "passed"),
    [
        ([0, 0, 0, 0, 0, 0], "yyyyyn"),
        ([0, 0.1, 0.2, 0.3, 0.4, 0.999, 1.0, 1.05, 1.1], "yyyyynyny"),
        ([0, 0.9, 0.9, 0.9, 0.9, 1.0, 1.5], "yyyyyyn"),
        ([0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2], "yyyyyyy"),
        ([0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 1.0], "yyyyynnny"),
        ([9, 9, 9, 9, 9, 3], "yyyyyy"),
    ],
)
def test_within_any_one_second(moments: list[float], passed: str) -> None:
    clock = Clock()
    limit = CallLimit(clock)
    told = ""
    for moment in moments:
        clock.now = 1000 + moment
        told += "y" if limit.allows() else "n"
    assert told == passed


async def test_the_sixth_call_is_429_and_signed(till: WechatTill) -> None:
    till.pace = 0
    for _ in range(3):
        trusted(await till.get())
    for _ in range(2):
        trusted(await till.patch({"level": "钻石会员"}))
    response = await till.get()
    assert refusal(response) == (429, "RATELIMIT_EXCEEDED", "")
    assert "retry-after" not in response.headers
    assert len(till.sandbox.calls) == 5
    till.clock.now += 1
    trusted(await till.get())


async def test_a_refused_change_is_not_made(till: WechatTill) -> None:
    till.pace = 0
    for _ in range(5):
        await till.get()
    assert (await till.patch({"level": "钻石会员"})).status_code == 429
    till.clock.now += 1
    assert trusted(await till.get())["level"] == "金卡会员"


async def test_the_relay_uses_up_the_same_calls(till: WechatTill) -> None:
    till.pace = 0
    for _ in range(5):
        assert (await till.relay("GET", get_target(FIRST))).status_code == 200
    assert (await till.get()).status_code == 429
    response = await till.relay("GET", get_target(FIRST))
    assert (response.status_code, response.json()["code"]) == (429, "RATELIMIT_EXCEEDED")
    assert not is_signed(response)


async def test_strangers_use_up_nothing(till: WechatTill) -> None:
    till.pace = 0
    for _ in range(6):
        stranger = await till.send("GET", get_target(FIRST), headers={"Authorization": "x"})
        assert stranger.status_code == 401
        assert (await till.relay("GET", get_target(FIRST), token="x")).status_code == 401
    trusted(await till.get())


async def test_a_limited_call_meets_no_fault(till: WechatTill) -> None:
    till.pace = 0
    for _ in range(5):
        trusted(await till.get())
    till.sandbox.add_fault("wechat_get=http502:1")
    assert (await till.get()).status_code == 429
    till.clock.now += 1
    assert (await till.get()).status_code == 502
