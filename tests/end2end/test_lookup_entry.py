"""`posmember lookup` with what people type and paste, and readers and scanners send."""

from __future__ import annotations

import json

import pytest

from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from tests.end2end.conftest import Command

PHONE = "13800000004"
"""A member who is found by this number alone."""
NUMBER = "6212345678901234"


@pytest.mark.parametrize(
    "text",
    [
        *("8613800000004", "008613800000004", "+86 138 0000 0004", "(+86)138-0000-0004"),
        *("tel:+86-138-0000-0004", "手机号：138.0000.0004，", "“138\u20110000\u20130004”"),
        *("138\u00a00000\u20140004", "１３８０００００００４"),
        "\u202a13800000004\u202c",
    ],
)
def test_a_phone_as_pasted(command: Command, text: str) -> None:
    assert command("lookup", "--", text).code == Exit.FOUND


@pytest.mark.parametrize("code", ["QM0000001", "vip880005", ";VIP880005?", "%vip880005?7"])
def test_a_code_in_the_other_case(command: Command, code: str) -> None:
    result = command("lookup", code, "--json")
    assert result.code == Exit.FOUND
    assert json.loads(result.out)["member"]["id"] in ("100001", "100005")
    if code == ";VIP880005?":
        assert result.err == ""
    else:
        assert "大写锁定" in result.one_line()


def test_the_other_case_is_tried_once_and_last(command: Command, platform: Sandbox) -> None:
    assert command("lookup", "Zz9Zz").code == Exit.NOT_FOUND
    asked = [str(call.params) for call in platform.calls]
    assert sum("Zz9Zz" in each for each in asked) == sum("zZ9zZ" in each for each in asked)
    assert "zZ9zZ" in asked[-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1380000004", "手机号少 1 位"),
        ("138000000041", "手机号多 1 位"),
        ("6901234567892", "这是商品条码"),
        ("9787111234562", "这是商品条码"),
        ("036000291452", "像是商品条码"),
    ],
)
def test_who_is_not_found_and_why_perhaps(command: Command, text: str, words: str) -> None:
    result = command("lookup", text)
    assert (result.code, result.out) == (Exit.NOT_FOUND, "")
    assert "没有找到会员" in result.one_line()
    assert words in result.one_line()


@pytest.mark.parametrize(
    "track", [f";{NUMBER}=25121010000012300000?9", f"%B{NUMBER}^WANG/XIAOMING^2512101?"]
)
def test_a_bank_card_is_neither_sent_nor_shown(
    command: Command, platform: Sandbox, track: str
) -> None:
    result = command("lookup", track)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "银行卡" in result.one_line()
    assert not any(char.isdigit() for char in result.err)
    assert not platform.calls


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1,280.00", "1280.00"),
        ("1，280", "1280.00"),
        ("¥58", "58.00"),
        ("58元", "58.00"),
        ("５８．００", "58.00"),
        (" 58 ", "58.00"),
    ],
)
def test_an_amount_as_typed(command: Command, typed: str, told: str) -> None:
    result = command("lookup", "qm0000001", "--amount", typed, "--discount", typed, "--json")
    query = json.loads(result.out)["query"]
    assert (query["amount"], query["discount"]) == (told, told)
