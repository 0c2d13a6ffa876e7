"""Head office's policy on phone numbers: on the command line and in the window."""

from __future__ import annotations

import json

import pytest

from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from posmember.settings.policy import Policy
from tests.end2end.conftest import Command

PHONE, CODE = "13800000001", "qm0000001"


def under_policy(monkeypatch: pytest.MonkeyPatch, phone: str) -> None:
    policy = Policy("the machine's", {"policy.phone_lookup": phone})
    monkeypatch.setattr("posmember.settings.config.machine_policy", lambda: policy)


def found(command: Command, *asked: str) -> dict[str, object]:
    result = command("lookup", *asked, "--json", "--reveal", "--explain")
    assert result.code == Exit.FOUND
    answer: dict[str, object] = json.loads(result.out)
    return answer


def test_masked_keeps_back_codes_and_stored_value(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = found(command, CODE)
    codes = [coupon["redemption_code"] for coupon in whole["coupons"]]  # type: ignore[attr-defined]
    codes += [card["card_number"] for card in whole["gift_cards"]]  # type: ignore[attr-defined]
    under_policy(monkeypatch, "masked")
    assert {"code": "PHONE_MASKED"} not in found(command, CODE)["warnings"]  # type: ignore[operator]
    assert found(command, CODE)["balances"] == whole["balances"]
    masked = found(command, PHONE)
    assert {"code": "PHONE_MASKED"} in masked["warnings"]  # type: ignore[operator]
    balances = masked["balances"]
    assert isinstance(balances, dict)
    assert [balances[name] for name in ("principal", "bonus", "total")] == [None] * 3
    text = json.dumps({key: masked[key] for key in ("coupons", "gift_cards", "suggestion")})
    assert codes
    assert not [code for code in codes if code and code in text]


def test_off_asks_nobody(
    command: Command, monkeypatch: pytest.MonkeyPatch, platform: Sandbox
) -> None:
    under_policy(monkeypatch, "off")
    for asked in ((PHONE,), (PHONE, "--type", "mobile"), (PHONE, "--type", "card_number")):
        result = command("lookup", *asked)
        assert result.code == Exit.WRONG_USE
        assert "总部规定不能用手机号查" in result.one_line()
    assert not platform.calls
    assert command("lookup", CODE).code == Exit.FOUND
