"""`posmember lookup --type account|entity_card`: the secret comes on standard input alone."""

from __future__ import annotations

import json

import pytest

from posmember.report.outcomes import Exit
from posmember.sandbox.account import PASSWORD
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from tests.end2end.program import Till
from tests.end2end.schema import check_answer
from tests.end2end.written import home_files

WRONG = "Wrong-Pw-4711"
CARD = ("VIP880001", "INNER880001")
ACCOUNT = ("13800000001", PASSWORD)


@pytest.mark.parametrize(
    ("kind", "number", "secret"), [("account", *ACCOUNT), ("entity_card", *CARD)]
)
def test_a_member_is_identified_and_looked_up(
    till: Till, platform: Sandbox, kind: str, number: str, secret: str
) -> None:
    result = till.run("lookup", number, "--type", kind, "--json", stdin=secret + "\n")
    assert (result.code, result.err) == (Exit.FOUND, "")
    answer = json.loads(result.out)
    check_answer(answer)
    assert answer["query"]["type"] == kind
    assert answer["member"]["id"] == "100001"
    assert secret not in result.out
    asked = [call.params for call in platform.calls if call.api is Api.MEMBER_INFO]
    assert [params["identifierNumber"] for params in asked] == ["100001"]


def test_both_on_standard_input(till: Till, platform: Sandbox) -> None:
    lines = f"+86 138 0000 0001\n{PASSWORD}\n"
    result = till.run("lookup", "-", "--type", "account", "--json", stdin=lines)
    assert result.code == Exit.FOUND
    assert platform.calls[0].params["mobile"] == ACCOUNT[0]


@pytest.mark.parametrize(
    ("kind", "number", "secret"),
    [
        ("account", ACCOUNT[0], WRONG),
        ("account", "13999999999", PASSWORD),
        ("entity_card", CARD[0], WRONG),
    ],
)
def test_a_wrong_secret(till: Till, kind: str, number: str, secret: str) -> None:
    result = till.run("lookup", number, "--type", kind, "--json", stdin=secret + "\n")
    assert result.code == Exit.NOT_FOUND
    assert "do not match" in result.err
    answer = json.loads(result.out)
    check_answer(answer)
    assert answer["sections"]["member"]["error"]["type"] == "SecretRejectedError"
    assert answer["sections"]["member"]["error"]["problem"] == "wrong"
    assert answer["sections"]["identity"]["state"] == "skipped"
    assert answer["member"] is None
    held = [content.decode("utf-8", "replace") for content in home_files().values()]
    assert not any(secret in text for text in [*held, result.out, result.err])


def test_as_text_too(till: Till) -> None:
    result = till.run("lookup", ACCOUNT[0], "--type", "account", stdin=WRONG + "\n")
    assert result.code == Exit.NOT_FOUND
    assert WRONG not in result.out + result.err


@pytest.mark.parametrize("kind", ["account", "entity_card"])
def test_without_a_secret(till: Till, platform: Sandbox, kind: str) -> None:
    result = till.run("lookup", {"account": ACCOUNT, "entity_card": CARD}[kind][0], "--type", kind)
    assert result.code == Exit.WRONG_USE
    assert "standard input" in result.one_line()
    assert not platform.calls


@pytest.mark.parametrize(
    ("kind", "number"),
    [("account", "1380000"), ("account", "138000000011"), ("entity_card", "134567890123456789")],
)
def test_what_can_be_neither(till: Till, platform: Sandbox, kind: str, number: str) -> None:
    result = till.run("lookup", number, "--type", kind, stdin=PASSWORD + "\n")
    assert result.code == Exit.WRONG_USE
    assert not platform.calls
    assert number not in result.err
