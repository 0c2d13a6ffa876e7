"""The JSON of every sample member and of every failure against schema 1, over real HTTP."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from posmember.domain.rules.reasons import ReasonCode
from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import FaultKind
from posmember.sandbox.members.all import build_members
from posmember.sandbox.records import MemberRecord
from posmember.sandbox.server import RunningSandbox
from tests.end2end.conftest import Command
from tests.end2end.program import Result, Till, write_config
from tests.end2end.schema import check_answer

MEMBERS = build_members(datetime.now(UTC))
IDENTIFIERS = {
    "code": "--type=member_code",
    "mobile": "--type=mobile",
    "card_number": "--type=card_number",
    "alipay_user_id": "--type=alipay_user_id",
    "wechat_openid": "--type=wechat_openid",
    "wechat_unionid": "--type=wechat_unionid",
}
WITHOUT_IDENTITY = {"qm0000010": "没有找到会员", "qm0000038": "会员系统给的可能是另一位会员"}
"""Whom identity does not know, or tells somebody else of."""
KINDS = (FaultKind.HTTP, FaultKind.SLOW, FaultKind.TIMEOUT)
PLAIN_FAULTS = [kind.value for kind in FaultKind if kind not in KINDS]


def found(command: Command, *arguments: str) -> Any:
    """Look somebody up who is there; returns the checked answer."""
    result = command("lookup", "--json", *arguments)
    assert_found(result, *arguments)
    answer = json.loads(result.out)
    check_answer(answer)
    return answer


def assert_found(result: Result, *arguments: str) -> None:
    assert result.code == Exit.FOUND
    why = [words for code, words in WITHOUT_IDENTITY.items() if code in arguments]
    if why:
        assert result.one_line().startswith(f"posmember: identity: {why[0]}")
    else:
        assert result.err == ""


def some_identifier(member: MemberRecord) -> str:
    return next(filter(None, (str(getattr(member.ids, name)) for name in IDENTIFIERS)))


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: str(member.user_id))
def test_every_member_as_documented(command: Command, member: MemberRecord) -> None:
    answer = found(command, some_identifier(member), "--amount=58", "--items=3")
    assert answer["member"]["id"] == str(member.user_id)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: str(member.user_id))
def test_every_member_as_text(command: Command, member: MemberRecord) -> None:
    identifier = some_identifier(member)
    result = command("lookup", identifier, "--amount=58")
    assert_found(result, identifier)
    assert result.out.startswith("会员  ")
    assert "Unreadable(" not in result.out
    assert "None" not in result.out


@pytest.mark.parametrize("name", IDENTIFIERS)
@pytest.mark.parametrize("given", ["auto", "chosen"])
def test_every_kind_of_identifier(command: Command, name: str, given: str) -> None:
    member = next(one for one in MEMBERS if getattr(one.ids, name))
    options = [IDENTIFIERS[name]] if given == "chosen" else []
    answer = found(command, getattr(member.ids, name), *options)
    assert answer["member"]["id"] == str(member.user_id)
    assert answer["query"]["type"] == ("auto" if given == "auto" else options[0][7:])


def test_a_user_id(command: Command) -> None:
    assert found(command, "100001", "--type=user_id")["member"]["name"] == "王*明"


def test_a_wrong_type_finds_nobody(command: Command) -> None:
    result = command("lookup", "qm0000001", "--type=mobile", "--json")
    assert result.code == Exit.NOT_FOUND
    answer = json.loads(result.out)
    check_answer(answer)
    assert (answer["member"], answer["balances"]) == (None, None)
    assert answer["sections"]["gift_cards"]["state"] == "skipped"
    assert answer["sections"]["member"]["error"]["type"] == "MemberNotFoundError"
    assert result.one_line()


def test_what_is_masked(command: Command) -> None:
    answer = found(command, "13800000001")
    assert answer["query"]["identifier"] == "13*******01"
    member = answer["member"]
    assert (member["name"], member["mobile"]) == ("王*明", "138****0001")
    assert "*" in member["card"]["number"]


def test_what_is_revealed(command: Command) -> None:
    answer = found(command, "13800000001", "--reveal")
    assert answer["query"]["identifier"] == "13800000001"
    member = answer["member"]
    assert (member["name"], member["mobile"]) == ("王小明", "13800000001")
    assert member["card"]["number"] == "VIP880001"


def test_nothing_of_the_member_slips_through_the_masks(command: Command) -> None:
    for options in (["--json"], []):
        out = command("lookup", "13800000001", *options).out
        assert not [text for text in ("13800000001", "王小明", "VIP880001") if text in out]


def test_the_query_says_what_was_asked(command: Command) -> None:
    asked = ("--amount=58.5", "--discount=3", "--items=2", "--order-type=delivery")
    assert found(command, "qm0000001", *asked, "--at=2026-11-20T12:00")["query"] == {
        "identifier": "qm*****01",
        "type": "auto",
        "store": "1001",
        "order_type": "delivery",
        "amount": "58.50",
        "discount": "3.00",
        "items": 2,
        "at": "2026-11-20T12:00:00+08:00",
    }


CODES = {code.value for code in ReasonCode}
NO_ORDER_GIVEN = {"SPEND_UNKNOWN", "ITEMS_UNKNOWN"}
NO_ORDER_MET = {"MIN_SPEND_NOT_MET", "MIN_ITEMS_NOT_MET", "SPEND_UNIT_UNKNOWN"}
OF_A_DISCOUNT = {"SPEND_BASIS_UNKNOWN", "EXCLUSIVE_WITH_DISCOUNT"}


def assets(answer: Any) -> list[Any]:
    return [*answer["coupons"], *answer["gift_cards"], *answer["member"]["benefit_cards"]]


def codes_met(answer: Any) -> set[str]:
    return {reason["code"] for asset in assets(answer) for reason in asset["reasons"]}


def test_one_member_has_every_row_of_the_rules(command: Command) -> None:
    order = ("--amount=58", "--items=3", "--explain")
    reduced = found(command, "qm0000034", *order, "--discount=10")
    full = found(command, "qm0000034", *order)
    bare = found(command, "qm0000034", "--explain")
    frozen = found(command, "qm0000035", "--explain")
    assert codes_met(reduced) == CODES - NO_ORDER_GIVEN - {"ACCOUNT_FROZEN"}
    assert codes_met(full) == codes_met(reduced) - OF_A_DISCOUNT
    assert codes_met(bare) == CODES - NO_ORDER_MET - OF_A_DISCOUNT - {"ACCOUNT_FROZEN"}
    assert codes_met(frozen) == CODES - NO_ORDER_MET - OF_A_DISCOUNT
    rows = {finding["row"] for asset in assets(full) for finding in asset["rules"]}
    assert rows == set(range(1, 30))


def test_an_explanation_says_what_the_platform_wrote(command: Command) -> None:
    answer = found(command, "qm0000034", "--amount=58", "--items=3", "--explain")
    coupon = next(one for one in answer["coupons"] if one["title"] == "17 满80元")
    failed = [rule for rule in coupon["rules"] if rule["outcome"] != "passed"]
    assert failed == [
        {
            "row": 17,
            "codes": ["MIN_SPEND_NOT_MET"],
            "outcome": "failed",
            "reasons": ["MIN_SPEND_NOT_MET"],
            "told": {"min_spend": "8000"},
        }
    ]


def test_without_explain_there_are_no_rules(command: Command) -> None:
    assert not [asset for asset in assets(found(command, "qm0000034")) if "rules" in asset]


def test_what_would_help_is_a_promise_that_is_kept(command: Command) -> None:
    order = {"--amount": "58", "--items": "3", "--order-type": "dine_in"}
    answer = found(command, "qm0000034", *(f"{name}={value}" for name, value in order.items()))
    helped = [asset for asset in assets(answer) if asset["helps"]]
    assert len(helped) >= 8
    for asset in helped:
        remedy = asset["helps"]
        changed = {
            "--amount": remedy["amount"],
            "--items": remedy["items"],
            "--order-type": remedy["order_type"],
            "--at": remedy["at"],
        }
        asked = {**order, **{name: value for name, value in changed.items() if value}}
        then = found(command, "qm0000034", *(f"{name}={value}" for name, value in asked.items()))
        name = "redemption_code" if "redemption_code" in asset else "card_number"
        (same,) = (one for one in assets(then) if one.get(name) == asset[name])
        assert same["verdict"] == remedy["verdict"]
        assert [reason["code"] for reason in same["reasons"]] == remedy["remaining"]


def test_an_explanation_as_text(command: Command) -> None:
    out = command("lookup", "qm0000034", "--amount=58", "--items=3", "--explain").out
    assert "  17 ✗ MIN_SPEND_NOT_MET  [min_spend=8000]\n" in out
    assert "  23 ? VALUE_UNKNOWN  [scene_type=99]\n" in out
    assert "      => 再买 22.00  再加 2 件  改为 delivery  ● 可用\n" in out
    assert "      => 再买 22.00  ▲ 需确认 GOODS_RESTRICTED\n" in out


def test_paid_benefit_cards_have_verdicts(command: Command) -> None:
    for code, verdict, codes in (
        ("qm0000034", "usable", []),
        ("qm0000035", "not_usable", ["ACCOUNT_FROZEN"]),
    ):
        (card,) = found(command, code)["member"]["benefit_cards"]
        assert card["verdict"] == verdict
        assert [reason["code"] for reason in card["reasons"]] == codes


def verdicts(answer: Any) -> dict[str, str]:
    return {coupon["title"]: coupon["verdict"] for coupon in answer["coupons"]}


def reasons(answer: Any, title: str) -> list[str]:
    coupon = next(one for one in answer["coupons"] if one["title"] == title)
    return [reason["code"] for reason in coupon["reasons"]]


def test_the_amount_decides(command: Command) -> None:
    at = {yuan: verdicts(found(command, "qm0000001", f"--amount={yuan}")) for yuan in (29.99, 30)}
    assert (at[29.99]["满30减10"], at[30]["满30减10"]) == ("not_usable", "usable")
    assert verdicts(found(command, "qm0000001"))["满30减10"] == "check"


def test_the_order_type_decides(command: Command) -> None:
    title = "8.5折 外卖专享"
    assert verdicts(found(command, "qm0000001", "--order-type=delivery"))[title] == "usable"
    assert verdicts(found(command, "qm0000001", "--order-type=pay_bill"))[title] == "not_usable"


def test_the_items_decide(command: Command) -> None:
    def missing(*options: str) -> Counter[str]:
        answers = [
            found(command, some_identifier(member), "--amount=500", *options)
            for member in MEMBERS
            if str(member.user_id).startswith("1000") and "item" in member.shows
        ]
        return Counter(
            reason["code"]
            for answer in answers
            for coupon in answer["coupons"]
            for reason in coupon["reasons"]
            if "ITEMS" in reason["code"]
        )

    unknown, none, many = missing(), missing("--items=0"), missing("--items=99")
    assert unknown["ITEMS_UNKNOWN"] == none["MIN_ITEMS_NOT_MET"] > 0
    assert not many


def test_another_store(command: Command, platform: Sandbox) -> None:
    title = "徐家汇店 开业20元券"
    here = found(command, "qm0000001")
    assert reasons(here, title) == ["STORE_NOT_ALLOWED"]
    there = found(command, "qm0000001", "--store=1002")
    # Of another store only the code is known, and the coupon names stores by their ids: identity,
    # which was asked with the code, tells the id.
    assert reasons(there, title) == []
    platform.add_fault("identity=http500")
    unknown = json.loads(command("lookup", "qm0000001", "--store=1002", "--json").out)
    assert reasons(unknown, title) == ["STORE_UNKNOWN"]
    assert there["query"]["store"] == "1002"
    asked = {call.params.get("multiMark") for call in platform.calls} - {None}
    assert asked == {"1001", "1002"}


@pytest.mark.parametrize("at", ["0001-01-02T00:00:00", "9999-12-31T23:59:59"])
def test_a_moment_at_the_end_of_the_calendar(command: Command, at: str) -> None:
    assert found(command, "qm0000001", f"--at={at}")["query"]["at"].startswith(at[:10])


def test_another_moment(command: Command) -> None:
    later = found(command, "qm0000001", "--at=2099-01-01T08:30")
    assert later["query"]["at"] == "2099-01-01T08:30:00+08:00"
    assert reasons(later, "满30减10")[0] == "EXPIRED"
    elsewhere = found(command, "qm0000001", "--at=2099-01-01T00:30:00+00:00")
    assert elsewhere["query"]["at"] == later["query"]["at"]
    assert verdicts(elsewhere) == verdicts(later)


@pytest.mark.parametrize("kind", PLAIN_FAULTS)
def test_every_fault_as_documented(command: Command, platform: Sandbox, kind: str) -> None:
    platform.add_fault(f"all={kind}")
    result = command("lookup", "qm0000001", "--json")
    answer = json.loads(result.out)
    check_answer(answer)
    failed = answer["sections"]["member"]["state"] == "failed"
    assert failed is (result.code != Exit.FOUND)
    if failed:
        assert result.one_line()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("not_found", Exit.NOT_FOUND),
        ("empty_list", Exit.NOT_FOUND),
        ("null", Exit.NOT_FOUND),
        ("cut", Exit.NO_CONNECTION),
        ("http500", Exit.NO_CONNECTION),
        ("http503", Exit.NO_CONNECTION),
        ("rate_limited", Exit.NO_CONNECTION),
        ("busy", Exit.NO_CONNECTION),
        ("bad_signature", Exit.KEYS_REFUSED),
        ("http401", Exit.NO_CONNECTION),  # web pages, of a gateway as well as anybody's
        ("http403", Exit.NO_CONNECTION),
        ("refused", Exit.OTHER),
        ("system_error", Exit.OTHER),
        ("http404", Exit.NO_CONNECTION),
        ("http302", Exit.NO_CONNECTION),
        ("html", Exit.NO_CONNECTION),
        ("not_json", Exit.OTHER),
        ("truncated", Exit.OTHER),
        ("deep", Exit.OTHER),
        ("huge", Exit.OTHER),
    ],
)
def test_the_exit_code_of_every_failure(
    command: Command, platform: Sandbox, fault: str, code: Exit
) -> None:
    platform.add_fault(f"member_info={fault}")
    result = command("lookup", "qm0000001")
    assert result.code == code
    assert "/" in result.one_line(), "in Chinese and in English"


def test_a_timeout(command: Command, platform: Sandbox, till: Till, served: RunningSandbox) -> None:
    write_config(till.config, served.base_url, platform="timeout_s = 0.5")
    platform.add_fault("member_info=timeout")
    result = command("lookup", "qm0000001")
    assert result.code == Exit.NO_CONNECTION
    assert "没有及时回答" in result.one_line()


@pytest.mark.parametrize("api", ["identity", "gift_cards"])
def test_a_part_that_failed_is_said_and_the_rest_stands(
    command: Command, platform: Sandbox, api: str
) -> None:
    platform.add_fault(f"{api}=http500")
    result = command("lookup", "qm0000001", "--json", "--amount=58")
    assert result.code == Exit.FOUND
    assert result.one_line().startswith(f"posmember: {api}: ")
    answer = json.loads(result.out)
    check_answer(answer)
    assert answer["sections"][api]["error"]["code"] == "500"
    assert answer["member"]["id"] == "100001"
    assert len(answer["coupons"]) == 10


def test_unreadable_fields_are_named_by_path(command: Command, platform: Sandbox) -> None:
    platform.add_fault("member_info=wrong_types")
    result = command("lookup", "qm0000001", "--json")
    answer = json.loads(result.out)
    check_answer(answer)
    warned = [one for one in answer["warnings"] if one["code"] == "UNREADABLE_FIELDS"]
    assert {one["section"] for one in warned} >= {"member"}
    assert "$.data.memberLevelExpiredAt" in warned[0]["paths"]


def test_a_clock_that_is_off_is_said(command: Command, till: Till) -> None:
    with RunningSandbox(Sandbox(clock_offset_s=3600)) as ahead:
        write_config(till.config, ahead.base_url)
        answer = found(command, "qm0000001")
    off = next(one for one in answer["warnings"] if one["code"] == "CLOCK_OFF")
    assert abs(off["offset_s"] - 3600) <= 2


@pytest.mark.parametrize("code", ["qm404empty", "qm404null"])
def test_nobody_that_is_answered_with_nothing(command: Command, code: str) -> None:
    assert command("lookup", code).code == Exit.NOT_FOUND


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("134567890123456789", id="WeChat 13"),
        pytest.param("104567890123456789", id="WeChat 10"),
        pytest.param("154567890123456789", id="WeChat 15"),
        pytest.param("2845678901234567", id="Alipay of 16"),
        pytest.param("284567890123456789", id="Alipay of 18"),
        pytest.param("304567890123456789012345", id="Alipay of 24"),
        pytest.param("6245678901234567890", id="UnionPay"),
        pytest.param(" 1345 6789 0123 456789\r\n", id="with spaces"),
        pytest.param("１３４５６７８９０１２３４５６７８９", id="full-width"),
    ],
)
@pytest.mark.parametrize("kind", ["auto", "card_number"])
def test_payment_codes_of_every_brand(
    command: Command, platform: Sandbox, code: str, kind: str
) -> None:
    result = command("lookup", code, f"--type={kind}", "--json")
    if (
        len(code.strip()) == 24 and code.isdigit() and kind != "auto"
    ):  # also the form of a WeChat brand card's code
        assert result.code == Exit.NOT_FOUND
        return
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "付款码" in result.one_line()
    assert not platform.calls


@pytest.mark.parametrize(
    "text",
    ["", "   ", "https://weixin.qq.com/r/abc", "会员", "😀😀", "x" * 129, "x" * 5000, "a\x00b\nc"],
    ids=["empty", "spaces", "address", "words", "emoji", "129", "5,000", "controls"],
)
def test_what_is_no_code_gets_a_word_or_a_lookup(command: Command, text: str) -> None:
    result = command("lookup", "--", text)
    assert result.code in (Exit.WRONG_USE, Exit.NOT_FOUND)
    assert result.one_line()


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--amount=abc", "not an amount"),
        ("--amount=1.234", "not an amount"),
        ("--amount=-1", "below zero"),
        ("--amount=nan", "not an amount"),
        ("--amount=1e999999999", "not an amount"),
        ("--amount=1e5000", "not an amount"),
        ("--amount=10000000", "not an amount"),
        ("--amount=1\n2", "not an amount"),
        ("--amount=1,5", "a comma stands for thousands only"),
        ("--amount=1，5", "a comma stands for thousands only"),
        ("--amount=", "not an amount"),
        ("--discount=1,28", "a comma stands for thousands only"),
        ("--discount=x", "not an amount"),
        ("--items=-1", "not a number"),
        ("--items=1.5", "not a number"),
        ("--items=١", "not a number"),
        ("--at=yesterday", "ISO 8601"),
        ("--at=2026-13-01", "ISO 8601"),
        ("--at=9999-12-31T23:00-05:00", "ISO 8601"),
        ("--at=0001-01-01T00:00+12:00", "ISO 8601"),
        ("--type=barcode", "invalid choice"),
        ("--order-type=online", "invalid choice"),
        ("--no-such-option", "unrecognized"),
    ],
)
def test_wrong_use_is_2_and_one_line(
    command: Command, platform: Sandbox, option: str, words: str
) -> None:
    result = command("lookup", "qm0000001", option)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert words in result.one_line()
    assert not platform.calls
