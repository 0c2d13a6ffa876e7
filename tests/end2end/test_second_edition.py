"""What the second edition of the rules mended, as the command line says it; and its JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from posmember.domain.values import CHINA
from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.end2end.conftest import Command
from tests.end2end.examples import EXAMPLES, Example, is_passed, lines_of, suggestion_of
from tests.end2end.program import Till, write_config
from tests.end2end.schema import check_answer


def answer_of(command: Command, *arguments: str, code: Exit = Exit.FOUND) -> Any:
    result = command("lookup", "--json", *arguments)
    assert result.code == code
    answer = json.loads(result.out)
    check_answer(answer)
    return answer


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.what)
def test_an_example(command: Command, example: Example) -> None:
    out = command("lookup", *example.arguments, "--explain").out
    first, *below = lines_of(out, example.title)
    assert first.startswith(example.verdict)
    told = [line.split()[0] for line in below if line.startswith(" " * 6) and line[6] not in " =-"]
    closed = [code if not code.startswith("(") else f"{code.rstrip(')')})" for code in told]
    assert tuple(closed) == example.codes
    not_passed = {
        code
        for line in below
        if line.startswith(" " * 8) and not is_passed(line)
        for code in line.split()[2].split("/")
    }
    assert not_passed >= {code for code in example.codes if not code.startswith("(")}
    if example.suggested is not None:
        suggestion = suggestion_of(out)
        assert f"  {example.suggested}  " in suggestion if example.suggested else not suggestion


def test_a_password_is_of_money_that_can_be_spent(command: Command) -> None:
    answer = answer_of(command, "qm0000048")
    assert answer["member"]["notices"] == [{"code": "NEEDS_PASSWORD", "params": {}}]
    noticed = {
        card["name"]: [notice["code"] for notice in card["notices"]]
        for card in answer["gift_cards"]
    }
    assert noticed == {
        "可用 现金卡": ["NEEDS_PASSWORD"],
        "未绑定 现金卡": [],
        "空 现金卡": [],
    }


@pytest.mark.parametrize(
    ("fault", "state"), [("identity=http500", "failed"), ("identity=wrong_types", "unreadable")]
)
def test_an_account_that_is_not_known_is_said_once(
    command: Command, platform: Sandbox, fault: str, state: str
) -> None:
    platform.add_fault(fault)
    answer = answer_of(command, "qm0000001", "--amount=58")
    member = answer["member"]
    assert (member["account"], member["frozen"]) == (state, None)
    assert member["reasons"] == [
        {
            "code": "VALUE_UNKNOWN",
            "params": {"field": "account", "state": state},
            "fixable_by": "cashier",
            "raw": None,
        }
    ]
    told = {"code": "ACCOUNT_UNCHECKED", "params": {"state": state}}
    assert member["notices"].count(told) == 1
    assets = [*answer["coupons"], *answer["gift_cards"], *member["benefit_cards"]]
    assert {asset["verdict"] for asset in assets} == {"check", "not_usable"}
    assert "account" not in json.dumps([asset["reasons"] for asset in assets])
    assert "ACCOUNT_UNCHECKED" not in json.dumps([asset["notices"] for asset in assets])
    assert answer["suggestion"] is None or answer["suggestion"]["change"] == "nothing"
    text = command("lookup", "qm0000001", "--amount=58").out
    assert text.count("ACCOUNT_UNCHECKED") == text.count("没能核对账号是否冻结") == 1


def test_cards_that_are_all_there_is_say_why_they_are_to_check(
    command: Command, platform: Sandbox
) -> None:
    platform.add_fault("member_info=http500")
    platform.add_fault("identity=http500")
    options = ("100001", "--type=user_id")
    answer = answer_of(command, *options, code=Exit.NO_CONNECTION)
    assert answer["member"] is None
    assert {card["verdict"] for card in answer["gift_cards"]} == {"check", "not_usable"}
    assert answer["warnings"] == [{"code": "ACCOUNT_UNCHECKED", "state": "failed"}]
    text = command("lookup", *options).out
    assert "      VALUE_UNKNOWN field=account state=failed\n" in text


def test_an_account_that_is_known_has_nothing_to_say(command: Command) -> None:
    member = answer_of(command, "qm0000002")["member"]
    assert (member["reasons"], member["notices"]) == ([], [])


def test_an_end_is_a_last_second_everywhere(command: Command) -> None:
    """Of a date alone, 23:59:59."""
    for coupon in answer_of(command, "qm0000014")["coupons"]:
        if coupon["title"].startswith("只有日期"):
            ends = {coupon["valid_until"]}
            ends |= {r["params"]["at"] for r in coupon["reasons"] if r["code"] == "EXPIRED"}
            ends |= {n["params"]["at"] for n in coupon["notices"] if n["code"] == "EXPIRING_SOON"}
            assert {end[10:] for end in ends} == {"T23:59:59+08:00"}
            assert len(ends) == 1


def test_never_is_told_from_unknown(command: Command) -> None:
    ends = {
        coupon["title"]: (coupon["valid_until"] is None, coupon["never_expires"])
        for coupon in answer_of(command, "qm0000014")["coupons"]
    }
    assert ends["永久有效"] == ends["2099年到期"] == (False, True)
    assert ends["没有日期"] == ends["日期不可读"] == (True, None)
    assert ends["今天到期"] == (False, False)
    (card,) = answer_of(command, "qm0000030")["gift_cards"][:1]
    assert card["never_expires"] is True


@pytest.mark.parametrize("code", ["qm0000013", "qm0000015", "qm0000017", "qm0000027", "qm0000032"])
def test_raw_is_the_platforms_own_text(command: Command, code: str) -> None:
    """JSON or a plain text, never the words of another language."""
    answer = answer_of(command, code)
    for asset in (*answer["coupons"], *answer["gift_cards"]):
        for reason in asset["reasons"]:
            assert not str(reason["raw"]).startswith(("['", "('", "{'", "True", "Unreadable"))


def test_a_percent_is_at_most_what_is_estimated(command: Command) -> None:
    answer = answer_of(command, "qm0000046", "--amount=58")
    at_most = {c["title"]: c["estimated_saving_at_most"] for c in answer["coupons"]}
    assert at_most == {
        "50元大额券": False,
        "12元券": False,
        "8.8折 会员日": True,
        "免配送费券": False,
    }
    assert answer["suggestion"]["estimated_saving_at_most"] is False
    text = command("lookup", "qm0000046", "--amount=58").out
    assert "  最多约省 6.96\n" in text


def test_what_is_blocked_saves_nothing(command: Command) -> None:
    for coupon in answer_of(command, "qm0000034", "--amount=58", "--items=3")["coupons"]:
        assert coupon["verdict"] != "not_usable" or coupon["estimated_saving"] is None


def test_free_delivery_is_named_beside_the_suggestion(command: Command) -> None:
    delivery = ("qm0000046", "--amount=58", "--order-type=delivery")
    suggestion = answer_of(command, *delivery)["suggestion"]
    assert suggestion["title"] == "50元大额券"
    assert suggestion["beside"]["title"] == "免配送费券"
    assert suggestion["beside"]["redemption_code"]
    assert answer_of(command, "qm0000046", "--amount=58")["suggestion"]["beside"] is None
    text = command("lookup", *delivery).out
    assert "建议(只推荐一张)  50元大额券  约省 50.00  另有 免配送费券\n" in text


@pytest.mark.parametrize(("hour", "said"), [(12, "今天 14:3"), (23, "凌晨 01:3"), (2, "")])
def test_a_start_on_this_business_day_is_suggested_by_its_time(
    command: Command, till: Till, hour: int, said: str
) -> None:
    now = datetime.now(CHINA)
    offset = now.replace(hour=hour, minute=30, second=0) - now
    with RunningSandbox(Sandbox(clock_offset_s=int(offset.total_seconds()))) as moved:
        write_config(till.config, moved.base_url)
        suggestion = suggestion_of(command("lookup", "qm0000049").out)
        answer = answer_of(command, "qm0000049")["suggestion"]
    if not said:
        assert (suggestion, answer) == ("", None), "04:30 is tomorrow's"
        return
    assert f"  两小时后 8元券  {said}" in suggestion
    assert " 起  约省 8.00" in suggestion
    assert answer["change"] == "wait"


def test_the_unit_that_is_proven_is_told_to_whoever_asks(command: Command) -> None:
    for code, unit in (("qm0000043", "yuan"), ("qm0000001", "fen")):
        told = {"code": "UNIT_PROVEN", "unit": unit}
        assert answer_of(command, code, "--explain")["warnings"] == [told]
        assert answer_of(command, code)["warnings"] == []
    # Two units are proven, so neither; and nothing is.
    for code in ("qm0000034", "qm0000042"):
        assert answer_of(command, code, "--explain")["warnings"] == []


def test_a_unit_that_is_set_and_proven_wrong_is_said(
    command: Command, till: Till, served: RunningSandbox
) -> None:
    write_config(till.config, served.base_url, platform='min_amount_use_unit = "yuan"')
    told = {"code": "UNIT_PROVEN", "unit": "fen"}
    assert answer_of(command, "qm0000001")["warnings"] == [told]
    assert answer_of(command, "qm0000043")["warnings"] == []


def test_identity_that_is_late_is_waited_for(command: Command, platform: Sandbox) -> None:
    platform.add_fault("identity=slow300")
    assert answer_of(command, "qm0000001")["member"]["account"] == "active"
