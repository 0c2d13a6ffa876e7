"""Who is let in: every part of the header, the clock, replays, exactly the bytes that came."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import httpx
import pytest

from posmember.sandbox.account import BRAND_ID, CARD_ID
from posmember.sandbox.app import Sandbox
from posmember.sandbox.bodies import MAX_BODY_BYTES
from posmember.sandbox.wechat.keys import WechatKeys
from posmember.sandbox.wechat.signature import SentRequest, WechatVerifier
from tests.unit.sandbox.caller import NOON
from tests.unit.sandbox.wechat.caller import (
    FIRST,
    Clock,
    WechatTill,
    authorization,
    get_target,
    is_signed,
    patch_target,
    signed,
    trusted,
)

Parts = dict[str, str]
TARGET = get_target(FIRST)


async def call(till: WechatTill, header: str | None, target: str = TARGET) -> httpx.Response:
    headers = {"Authorization": header, "Accept": "application/json"}
    return await till.send_raw("GET", target, b"", headers)


def assert_rejected(response: httpx.Response, field: str) -> None:
    """A 401 in the platform's form, which nobody signed."""
    content = response.json()
    assert (response.status_code, content["code"]) == (401, "SIGN_ERROR")
    assert content["message"]
    assert (content["detail"]["field"], content["detail"]["location"]) == (field, "authorization")
    assert content["detail"]["detail"]["issue"]
    assert response.headers["request-id"]
    assert response.headers["date"]
    assert not is_signed(response)


@pytest.mark.parametrize(
    "order",
    [
        ("mchid", "nonce_str", "signature", "timestamp", "serial_no"),
        ("signature", "timestamp", "serial_no", "nonce_str", "mchid"),
    ],
)
@pytest.mark.parametrize("between", [",", ", "])
async def test_the_parts_may_be_in_any_order(
    till: WechatTill, order: tuple[str, ...], between: str
) -> None:
    parts = till.parts("GET", TARGET, b"")
    header = authorization({name: parts[name] for name in order}).replace(",", between)
    trusted(await call(till, header))


def without(name: str) -> Callable[[Parts], str]:
    return lambda parts: authorization({key: parts[key] for key in parts if key != name})


def changed(**changes: str) -> Callable[[Parts], str]:
    return lambda parts: authorization({**parts, **changes})


@pytest.mark.parametrize(
    ("make", "field"),
    [
        pytest.param(lambda _: None, "Authorization", id="none"),
        pytest.param(lambda _: "", "Authorization", id="empty"),
        pytest.param(lambda _: "WECHATPAY2-SHA256-RSA2048", "Authorization", id="scheme alone"),
        pytest.param(lambda _: "Bearer token", "Authorization", id="another scheme"),
        pytest.param(
            lambda parts: authorization(parts).replace("2-SHA256", "2-SM3"),
            "Authorization",
            id="SM3",
        ),
        *(
            pytest.param(without(name), "Authorization", id=f"without {name}")
            for name in ("mchid", "nonce_str", "signature", "timestamp", "serial_no")
        ),
        pytest.param(changed(more="1"), "Authorization", id="a part more"),
        pytest.param(
            lambda parts: authorization(parts) + ',mchid="1900000000"', "Authorization", id="twice"
        ),
        pytest.param(
            lambda parts: authorization(parts).replace('"', "'"), "Authorization", id="quotes"
        ),
        pytest.param(changed(timestamp="now"), "Authorization", id="timestamp is no number"),
        pytest.param(changed(timestamp="-5"), "Authorization", id="timestamp is negative"),
        pytest.param(changed(timestamp="9" * 13), "Authorization", id="timestamp is long"),
        pytest.param(changed(nonce_str=""), "Authorization", id="no nonce"),
        pytest.param(changed(nonce_str="n" * 129), "Authorization", id="a long nonce"),
        pytest.param(changed(signature="x" * 5000), "Authorization", id="a long header"),
        pytest.param(changed(mchid="1900000001"), "mchid", id="another merchant"),
        pytest.param(changed(serial_no="5A4D"), "serial_no", id="another certificate"),
        pytest.param(changed(signature=""), "signature", id="no signature"),
        pytest.param(changed(signature="no base64"), "signature", id="no Base64"),
        pytest.param(
            changed(signature=base64.b64encode(b"x" * 256).decode()), "signature", id="nonsense"
        ),
        pytest.param(changed(nonce_str="another"), "signature", id="another nonce"),
        pytest.param(changed(timestamp=str(NOON + 2)), "signature", id="another timestamp"),
    ],
)
async def test_rejections(
    till: WechatTill, make: Callable[[Parts], str | None], field: str
) -> None:
    assert_rejected(await call(till, make(till.parts("GET", TARGET, b""))), field)
    assert not till.sandbox.calls


async def test_a_rejection_repeats_what_should_have_been_signed(till: WechatTill) -> None:
    parts = till.parts("GET", TARGET, b"")
    response = await call(till, authorization({**parts, "signature": signed(b"other")}))
    text = f"GET\n{TARGET}\n{parts['timestamp']}\n{parts['nonce_str']}\n\n"
    assert response.json()["detail"]["sign_information"] == {
        "method": "GET",
        "url": TARGET,
        "sign_message_length": len(text),
        "truncated_sign_message": text[:256],
    }


@pytest.mark.parametrize(
    ("method", "signed_target", "target"),
    [
        ("GET", TARGET, get_target(FIRST, openid="someone-else")),
        ("GET", TARGET, TARGET + "&"),
        ("GET", TARGET.partition("?")[0], TARGET),
        ("GET", TARGET, TARGET.replace("VIP880001", "VIP88000%31")),
        ("GET", "/relay" + TARGET, TARGET),
        ("PATCH", TARGET, TARGET),
    ],
)
async def test_path_and_query_count_as_they_came(
    till: WechatTill, method: str, signed_target: str, target: str
) -> None:
    header = authorization(till.parts(method, signed_target, b""))
    assert_rejected(await call(till, header, target), "signature")


async def test_percent_encoding_may_be_as_one_likes_if_it_is_signed_so(till: WechatTill) -> None:
    target = TARGET.replace("VIP880001", "VIP%3880001").replace("brand_id", "%62rand_id")
    answer = trusted(await call(till, authorization(till.parts("GET", target, b"")), target))
    assert answer["user_card_code"] == FIRST[0]


async def test_the_body_is_signed(till: WechatTill) -> None:
    target = patch_target(FIRST[0])
    body = json.dumps({"brand_id": BRAND_ID, "openid": FIRST[1], "level": "金卡"}).encode()
    headers = {
        "Authorization": authorization(till.parts("PATCH", target, body)),
        "Accept": "application/json",
        "Content-Type": "application/json",
    }
    other = body.replace(b'": ', b'":')
    assert_rejected(await till.send_raw("PATCH", target, other, headers), "signature")
    trusted(await till.send_raw("PATCH", target, body, headers))


@pytest.mark.parametrize(("seconds", "accepted"), [(-301, 0), (-300, 1), (300, 1), (301, 0)])
async def test_the_clock_may_be_five_minutes_off(
    till: WechatTill, seconds: int, accepted: int
) -> None:
    till.pace = 0
    stamp = str(NOON + seconds)
    response = await call(till, authorization(till.parts("GET", TARGET, b"", timestamp=stamp)))
    if accepted:
        trusted(response)
    else:
        assert_rejected(response, "timestamp")


async def test_the_sandboxs_clock_may_be_wrong(clock: Clock) -> None:
    till = WechatTill(Sandbox(now=clock, clock_offset_s=400), clock)
    assert_rejected(await till.get(), "timestamp")
    clock.now += 1000
    stamp = str(int(clock.now + 400))
    response = await call(till, authorization(till.parts("GET", TARGET, b"", timestamp=stamp)))
    trusted(response, at=clock.now + 400)


async def test_a_nonce_serves_once(till: WechatTill) -> None:
    header = authorization(till.parts("GET", TARGET, b""))
    trusted(await call(till, header))
    assert_rejected(await call(till, header), "nonce_str")


async def test_a_rejected_request_does_not_use_up_its_nonce(till: WechatTill) -> None:
    parts = till.parts("GET", TARGET, b"")
    assert_rejected(await call(till, authorization({**parts, "signature": "eA=="})), "signature")
    trusted(await call(till, authorization(parts)))


def test_the_memory_of_nonces_is_bounded(till: WechatTill) -> None:
    verifier = WechatVerifier(WechatKeys(), till.clock)
    verifier._nonces = type(verifier._nonces)(capacity=3)
    for number in range(5):
        parts = till.parts("GET", TARGET, b"", nonce_str=f"n{number}")
        request = SentRequest("GET", TARGET.encode(), authorization(parts), b"")
        assert verifier.check(request) is None
    assert len(verifier._nonces) == 3


async def test_a_body_that_is_too_long_is_refused_unread(till: WechatTill) -> None:
    body = b" " * (MAX_BODY_BYTES + 1)
    response = await till.send_raw("PATCH", patch_target(FIRST[0]), body, {})
    assert (response.status_code, response.json()["code"]) == (400, "PARAM_ERROR")
    assert not is_signed(response)


@pytest.mark.parametrize("prefix", ["", "/relay"])
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", TARGET, 405),
        ("DELETE", TARGET, 405),
        ("GET", TARGET.replace("VIP880001", "VIP880001/confirm"), 404),
    ],
)
async def test_other_operations_are_told_in_wechats_form(
    till: WechatTill, prefix: str, method: str, path: str, status: int
) -> None:
    response = await till.send_raw(method, prefix + path, b"", {})
    assert response.status_code == status
    assert response.json().keys() == {"code", "message"}
    assert response.headers["request-id"]
    assert not is_signed(response)


async def test_the_reprs_name_nobody(till: WechatTill) -> None:
    trusted(await till.get())
    trusted(await till.patch({"attach": "秘密"}))
    [query, change] = till.sandbox.calls
    assert (query.api, change.api) == ("wechat_get", "wechat_set")
    assert query.params == {
        "user_card_code": FIRST[0],
        "brand_id": BRAND_ID,
        "card_id": CARD_ID,
        "openid": FIRST[1],
    }
    assert change.params == {**query.params, "attach": "秘密"}
    for told in (FIRST[0], FIRST[1], "秘密"):
        assert told not in repr(till.sandbox.calls)
