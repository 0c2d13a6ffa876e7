"""The JSON and the text of every sample card and every fault, over real HTTP."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from posmember.api.wechat.access import to_text
from posmember.cli.wechat import card as wechat_card
from posmember.lookup.desk import KEYRING_NAME
from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import FaultKind, WechatKind
from posmember.sandbox.server import RunningSandbox
from posmember.sandbox.wechat.cards import build_cards
from posmember.sandbox.wechat.limit import CallLimit
from posmember.sandbox.wechat.records import CardRecord
from posmember.trust.credentials import set_long
from tests.end2end.conftest import Command
from tests.end2end.program import Result
from tests.end2end.wechat_schema import check_card_answer
from tests.fakes.wechat import MemoryStore
from tests.fakes.wechat_desk import FIRST, merchant, patience_s, relay, unlimited

CARDS = build_cards(datetime.now(UTC))
FINE = ("slow0", "wrong_types")
FAULTS = [
    *(kind.value for kind in FaultKind if kind not in (FaultKind.HTTP, FaultKind.SLOW)),
    # A replayed answer is told by who has seen it before: see `test_wechat_gate`.
    *(kind for kind in WechatKind if kind not in (WechatKind.REPLAYED, WechatKind.PAGE)),
    *("slow0", "wx_page404"),
    *("http302", "http404", "http500"),
]


@pytest.fixture(autouse=True)
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CallLimit, "allows", unlimited)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch, served: RunningSandbox) -> MemoryStore:
    store = MemoryStore()
    set_long(store, KEYRING_NAME, to_text(merchant(served.base_url)))
    monkeypatch.setattr(wechat_card, "KeyringStore", lambda: store)
    return store


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a second try."""
    monkeypatch.setattr("posmember.api.retries.FIRST_DELAY_S", 0.001)
    monkeypatch.setattr("posmember.api.wechat.transport._LIMIT_WAIT_S", 0.001)
    monkeypatch.setattr("posmember.api.retries._MOST_JITTER_S", 0.001)


def get(command: Command, code: str, openid: str, *options: str) -> Result:
    given = ["--openid", openid] if openid else []
    result = command("wechat-card", "get", code, *given, *options)
    assert isinstance(result, Result)
    return result


def found(result: Result) -> Any:
    assert (result.code, result.err) == (Exit.FOUND, "")
    answer = json.loads(result.out)
    check_card_answer(answer)
    return answer


@pytest.mark.usefixtures("keyring")
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.openid[-4:])
def test_every_card_as_documented(command: Command, card: CardRecord) -> None:
    masked = found(get(command, card.code, card.openid, "--json"))
    revealed = found(get(command, card.code, card.openid, "--json", "--reveal"))
    assert revealed["card"]["code"] == card.code
    assert card.openid not in json.dumps(masked)
    assert masked["warnings"] == revealed["warnings"]
    assert masked["card"].keys() == revealed["card"].keys()


@pytest.mark.usefixtures("keyring")
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.openid[-4:])
def test_every_card_as_text(command: Command, card: CardRecord) -> None:
    result = get(command, card.code, card.openid)
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert "Unreadable(" not in result.out
    assert "None" not in result.out
    assert card.openid not in result.out


def test_a_relay_gives_the_same(
    command: Command, keyring: MemoryStore, served: RunningSandbox
) -> None:
    direct = found(get(command, FIRST.code, FIRST.openid, "--json", "--reveal"))
    set_long(keyring, KEYRING_NAME, to_text(relay(served.base_url)))
    assert found(get(command, FIRST.code, "", "--json", "--reveal")) == direct


@pytest.mark.usefixtures("keyring", "quick")
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_ends_with_a_code_and_one_line(
    command: Command, platform: Sandbox, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(wechat_card, "DEFAULT_TIMEOUT_S", patience_s(fault))
    platform.add_fault(f"wechat_get={fault}")
    result = get(command, FIRST.code, FIRST.openid, "--json")
    if fault in FINE:
        assert found(result)["card"]["level"] != ""
        return
    assert result.code in set(Exit) - {Exit.FOUND, Exit.WRONG_USE}
    assert result.out == ""
    line = result.one_line()
    assert " / " in line
    for personal in (FIRST.code, FIRST.openid, "13800000001"):
        assert personal not in line
