"""`posmember lookup` and another person's data: dropped and said; and an account not known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from posmember.sandbox.members.others import ANSWERED_MOBILE, OTHER_MOBILE, SHARED_NUMBER
from tests.end2end.conftest import Command
from tests.end2end.program import Result
from tests.end2end.schema import check_answer

OTHER = "OtherMemberError"


def answer_of(result: Result) -> Any:
    answer = json.loads(result.out)
    check_answer(answer)
    return answer


def warned(answer: Any) -> list[str]:
    """The sections that another person's answer was dropped of."""
    return [one["section"] for one in answer["warnings"] if one["code"] == "OTHER_PERSON"]


def test_an_identity_of_somebody_else_is_dropped_and_said(command: Command) -> None:
    result = command("lookup", "qm0000038", "--json", "--reveal", "--amount=58")
    answer = answer_of(result)
    assert (result.code, warned(answer)) == (Exit.FOUND, ["identity"])
    assert "另一位会员,没有显示" in result.one_line()
    assert answer["sections"]["identity"]["error"]["type"] == OTHER
    assert answer["member"]["name"] == "孔串线"
    assert [coupon["title"] for coupon in answer["coupons"]] == ["孔串线的券"]
    assert "曹别人" not in result.out
    assert OTHER_MOBILE not in result.out
    assert (answer["member"]["account"], answer["member"]["frozen"]) == ("failed", None)
    assert {coupon["verdict"] for coupon in answer["coupons"]} == {"check"}


def test_the_same_as_text(command: Command) -> None:
    result = command("lookup", "qm0000038", "--reveal")
    assert "! OTHER_PERSON section=identity" in result.out
    assert "曹别人" not in result.out


@pytest.mark.parametrize("options", [(), ("--type=mobile",)])
def test_a_phone_that_is_answered_with_another(command: Command, options: tuple[str, ...]) -> None:
    result = command("lookup", "13800000039", "--json", "--reveal", *options)
    answer = answer_of(result)
    assert (result.code, warned(answer)) == (Exit.OTHER, ["member"])
    assert "另一位会员,没有显示" in result.one_line()
    assert (answer["member"], answer["coupons"], answer["gift_cards"]) == (None, [], [])
    assert "曹错答" not in result.out
    assert ANSWERED_MOBILE not in result.out


def test_a_user_id_that_is_anothers_member_code(command: Command) -> None:
    result = command("lookup", SHARED_NUMBER, "--type=user_id", "--json", "--reveal")
    answer = answer_of(result)
    assert (result.code, warned(answer)) == (Exit.OTHER, ["member"])
    assert answer["member"]["name"] == "施同号"
    assert [card["card_number"] for card in answer["gift_cards"]] == ["LP0000360001"]
    assert "同码" not in result.out


def test_gift_cards_of_nobody_are_not_late(command: Command, platform: Sandbox) -> None:
    platform.add_fault("identity=http500")
    platform.add_fault("member_info=http500")
    result = command("lookup", "100001", "--type=user_id", "--json")
    answer = answer_of(result)
    assert answer["member"] is None
    assert answer["warnings"] == [{"code": "ACCOUNT_UNCHECKED", "state": "failed"}]


def test_the_same_number_as_a_code_is_the_others(command: Command) -> None:
    answer = answer_of(command("lookup", SHARED_NUMBER, "--json", "--reveal"))
    assert (answer["member"]["name"], warned(answer)) == ("张同码", [])
    assert [card["card_number"] for card in answer["gift_cards"]] == ["LP0000370001"]


# --- an account that is not known -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "fault", "account", "words"),
    [
        ("qm0000001", "", "active", "账号正常"),
        ("qm0000003", "", "frozen", "账号已冻结"),
        ("qm0000001", "identity=http500", "failed", "没能核对账号是否冻结，用前请在收银系统确认"),
        ("qm0000001", "identity=system_error", "failed", "没能核对账号是否冻结"),
        ("qm0000001", "identity=html", "failed", "没能核对账号是否冻结"),
        ("qm0000010", "", "failed", "没能核对账号是否冻结"),
        ("qm0000032", "", "unreadable", "没能核对账号是否冻结"),
    ],
)
def test_failed_and_unreadable_are_two_states(
    command: Command, platform: Sandbox, code: str, fault: str, account: str, words: str
) -> None:
    if fault:
        platform.add_fault(fault)
    answer = answer_of(command("lookup", code, "--json"))
    assert answer["member"]["account"] == account
    frozen = {"active": False, "frozen": True}
    assert answer["member"]["frozen"] is frozen.get(account)
    told = [reason["params"] for reason in answer["member"]["reasons"]]
    assert told == ([] if account in frozen else [{"field": "account", "state": account}])
    assert words in command("lookup", code).out
