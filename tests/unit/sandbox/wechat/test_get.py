"""The query: what it needs, whom it finds, its signature, seen also by another program."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from posmember.sandbox.account import BRAND_ID, CARD_ID
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from posmember.sandbox.wechat.cards import PAYMENT_LIKE_CODE, SHARED_CODE
from posmember.sandbox.wechat.keys import WechatKeys
from tests.unit.sandbox.wechat.caller import (
    FIRST,
    Clock,
    WechatTill,
    get_target,
    opened,
    patch_target,
    refusal,
    trusted,
)


def openssl(*arguments: str | Path, content: bytes = b"") -> bytes:
    """What the program says; it ends with an error for a signature that is wrong."""
    process = subprocess.run(
        ["openssl", *arguments], input=content, capture_output=True, check=False, timeout=30
    )
    return process.stdout


needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")


async def test_it_answers_with_the_card(till: WechatTill) -> None:
    card = trusted(await till.get(), at=till.clock.now)
    assert (card["user_card_code"], card["openid"]) == FIRST
    assert (card["card_id"], card["brand_id"]) == (CARD_ID, BRAND_ID)
    assert opened(card["phone_number"]) == "13800000001"


@pytest.mark.parametrize(
    ("changes", "status", "code", "field"),
    [
        ({"brand_id": None}, 400, "PARAM_ERROR", "brand_id"),
        ({"card_id": None}, 400, "PARAM_ERROR", "card_id"),
        ({"openid": None}, 400, "PARAM_ERROR", "openid"),
        ({"brand_id": ""}, 400, "PARAM_ERROR", "brand_id"),
        ({"card_id": ""}, 400, "PARAM_ERROR", "card_id"),
        ({"openid": ""}, 400, "PARAM_ERROR", "openid"),
        ({"brand_id": "9" * 33}, 400, "PARAM_ERROR", "brand_id"),
        ({"card_id": "p" * 33}, 400, "PARAM_ERROR", "card_id"),
        ({"openid": "o" * 129}, 400, "PARAM_ERROR", "openid"),
        ({"openid": "😀"}, 400, "PARAM_ERROR", "openid"),
        ({"brand_id": "9" * 32}, 403, "NO_AUTH", ""),
        ({"brand_id": "99002"}, 403, "NO_AUTH", ""),
        ({"card_id": "p" * 32}, 404, "NOT_FOUND", ""),
        ({"openid": "o" * 128}, 404, "NOT_FOUND", ""),
        ({"openid": "oSandbox_openid-000000000002"}, 404, "NOT_FOUND", ""),
    ],
)
async def test_refusals(
    till: WechatTill, changes: dict[str, str | None], status: int, code: str, field: str
) -> None:
    response = await till.send("GET", get_target(FIRST, **changes))
    assert refusal(response) == (status, code, field)
    assert "retry-after" not in response.headers


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("9" * 32, (404, "NOT_FOUND", "")),
        ("9" * 33, (400, "PARAM_ERROR", "user_card_code")),
        ("VIP 880001", (400, "PARAM_ERROR", "user_card_code")),
        ("会员", (400, "PARAM_ERROR", "user_card_code")),
        ("", (400, "PARAM_ERROR", "user_card_code")),
        ("vip880001", (404, "NOT_FOUND", "")),
    ],
)
async def test_codes(till: WechatTill, code: str, expected: tuple[int, str, str]) -> None:
    assert refusal(await till.get((code, FIRST[1]))) == expected


async def test_a_parameter_comes_once(till: WechatTill) -> None:
    response = await till.send("GET", f"{get_target(FIRST)}&openid={FIRST[1]}")
    assert refusal(response) == (400, "PARAM_ERROR", "openid")


async def test_other_parameters_do_not_matter(till: WechatTill) -> None:
    trusted(await till.send("GET", f"{get_target(FIRST)}&more=1"))


@pytest.mark.parametrize("accept", [None, "", "*/*", "text/html", "application/jsonp"])
async def test_accept_must_be_json(till: WechatTill, accept: str | None) -> None:
    response = await till.get(headers={"Accept": accept})
    assert refusal(response) == (400, "PARAM_ERROR", "Accept")


@pytest.mark.parametrize("accept", ["text/plain, Application/JSON;q=0.9"])
async def test_accept_may_say_more(till: WechatTill, accept: str) -> None:
    trusted(await till.get(headers={"Accept": accept}))


@pytest.mark.parametrize(
    "card",
    [
        ("S/2026%15?a=b&c#d+e;f", "oSandbox_openid-000000000015"),
        (PAYMENT_LIKE_CODE, "oSandbox_openid-000000000016"),
    ],
)
async def test_strange_codes_are_found(till: WechatTill, card: tuple[str, str]) -> None:
    assert trusted(await till.get(card))["user_card_code"] == card[0]


async def test_the_openid_tells_two_holders_of_a_code_apart(till: WechatTill) -> None:
    levels = [
        trusted(await till.get((SHARED_CODE, f"oSandbox_openid-0000000000{number}")))["level"]
        for number in (17, 18)
    ]
    assert levels == ["家庭卡A", "家庭卡B"]


async def test_every_answer_has_its_own_nonce_and_request_id(till: WechatTill) -> None:
    answers = [await till.get() for _ in range(3)]
    for name in ("wechatpay-nonce", "request-id"):
        assert len({answer.headers[name] for answer in answers}) == 3


async def test_dates_move_on_with_the_day_but_for_what_was_set(till: WechatTill) -> None:
    before = trusted(await till.get())
    trusted(await till.patch({"level": "星耀会员"}))
    till.clock.now += 86_400
    after = trusted(await till.get())
    assert (before["pickup_time"][:10], after["pickup_time"][:10]) == ("2026-10-21", "2026-10-22")
    assert (before["level"], after["level"]) == ("金卡会员", "星耀会员")


async def test_two_sandboxes_share_no_change(till: WechatTill, clock: Clock) -> None:
    trusted(await till.patch({"level": "星耀会员"}))
    assert trusted(await WechatTill(Sandbox(now=clock), clock).get())["level"] == "金卡会员"


async def test_over_a_socket() -> None:
    clock = Clock()
    with RunningSandbox(Sandbox(now=clock)) as running:
        till = WechatTill.over(running.base_url, running.sandbox, clock)
        async with till.client:
            card = trusted(await till.get(("S/2026%15?a=b&c#d+e;f", f"oSandbox_openid-{15:012d}")))
            assert card["card_picture_url"] == f"{running.base_url}/pictures/card.png"
            picture = await till.client.get(card["card_picture_url"])
            assert picture.headers["content-type"] == "image/png"
            assert trusted(await till.patch({"level": "钻石会员"}))["level"] == "钻石会员"


@needs_openssl
async def test_openssl_finds_the_answers_signature_right(till: WechatTill, tmp_path: Path) -> None:
    response = await till.send("PATCH", patch_target(FIRST[0]), {"brand_id": "你好"})
    headers = response.headers
    signed_text = tmp_path / "text"
    lines = f"{headers['wechatpay-timestamp']}\n{headers['wechatpay-nonce']}\n"
    signed_text.write_bytes(lines.encode() + response.content + b"\n")
    signature = tmp_path / "signature"
    signature.write_bytes(base64.b64decode(headers["wechatpay-signature"]))
    _, public, rotated = WechatKeys().write(tmp_path / "keys")
    for key, words in ((public, b"Verified OK\n"), (rotated, b"Verification failure\n")):
        told = openssl("dgst", "-sha256", "-signature", signature, "-verify", key, signed_text)
        assert told == words


@needs_openssl
async def test_openssl_decrypts_a_value(till: WechatTill, tmp_path: Path) -> None:
    card = trusted(await till.get())
    private, *_ = WechatKeys().write(tmp_path)
    padding = ("-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha1")
    value = base64.b64decode(card["phone_number"])
    told = openssl("pkeyutl", "-decrypt", "-inkey", private, *padding, content=value)
    assert told == b"13800000001"
