"""`posmember wechat-card`: shown masked, changed by a supervisor, read back; every way to end."""

from __future__ import annotations

import io
import json
import re
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from posmember.cli import parser
from posmember.lookup.desk import KEYRING_NAME
from posmember.report.outcomes import Exit
from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from posmember.sandbox.server import RunningSandbox
from posmember.trust.credentials import set_long
from tests.end2end.program import write_config
from tests.fakes.wechat import MemoryStore
from tests.fakes.wechat_desk import (
    FIRST,
    relay,
)
from tests.unit.cli.wechat.card_commands import (
    HOSTILE,
    ODD,
    PERSONAL,
    VOID,
    Run,
    SetUp,
    answer_of,
    get,
)

# --- get ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_personal_data_is_masked(run: Run, set_up: SetUp, options: tuple[str, ...]) -> None:
    set_up()
    result = get(run, FIRST, *options)
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert [text for text in PERSONAL if text in result.out] == []
    for shown in ("138****0001", "王*明", "金卡会员", "#C89B4A", "effective"):
        assert shown in result.out


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_it_is_in_clear_where_that_is_asked_for(
    run: Run, set_up: SetUp, options: tuple[str, ...]
) -> None:
    set_up()
    result = get(run, FIRST, "--reveal", *options)
    assert all(text in result.out for text in PERSONAL)


def test_the_json_is_as_documented(run: Run, set_up: SetUp) -> None:
    set_up()
    answer = answer_of(get(run, FIRST, "--json"))
    card = answer["card"]
    assert answer["warnings"] == []
    assert {name: card[name] for name in ("type", "state", "level", "phone")} == {
        "type": "normal",
        "state": "effective",
        "level": "金卡会员",
        "phone": "138****0001",
    }
    assert card["validity"]["kind"] == "fixed_range"
    assert [entry["name"] for entry in card["common_fields"]] == [
        "sex", "name", "birthday", "address", "email", "city",
    ]  # fmt: skip
    assert card["custom_fields"][1]["values"] == ["****"] * 3


def test_what_cannot_be_read_is_null_and_named(run: Run, set_up: SetUp) -> None:
    set_up()
    answer = answer_of(get(run, ODD, "--json"))
    card = answer["card"]
    assert (card["type"], card["state"], card["phone"]) == (None, None, None)
    (warning,) = answer["warnings"]
    assert warning["code"] == "UNREADABLE_FIELDS"
    assert "$.user_card_state" in warning["paths"]
    assert "FROZEN" not in json.dumps(answer)


def test_warnings_are_in_the_text_too(run: Run, set_up: SetUp) -> None:
    set_up(clock_offset_s=1200)
    result = get(run, ODD)
    assert result.code == Exit.FOUND
    assert "UNREADABLE_FIELDS" in result.out
    assert "CLOCK_OFF" in result.out


@pytest.mark.parametrize(("offset_s", "told"), [(1200, True), (100, False), (-100, False)])
def test_a_wrong_clock_is_corrected_and_told(
    run: Run, set_up: SetUp, offset_s: int, told: bool
) -> None:
    set_up(clock_offset_s=offset_s)
    answer = answer_of(get(run, FIRST, "--json"))
    offsets = [warning["offset_s"] for warning in answer["warnings"]]
    assert offsets == ([pytest.approx(offset_s, abs=3)] if told else [])


def test_a_fast_clock_is_told_as_its_answers_may_be_old(run: Run, set_up: SetUp) -> None:
    """Nobody signed that the clock is fast: what is signed an hour ago would be taken for new."""
    set_up(clock_offset_s=-1200)
    begun = time.monotonic()
    result = get(run, FIRST, "--json")
    took_s = time.monotonic() - begun
    assert (result.code, result.out) == (Exit.OTHER, "")
    off = re.search(r"-(\d+) s", result.one_line())
    assert off is not None
    assert abs(int(off[1]) - 1200) <= 1 + took_s, "it cannot be told better than the answer takes"
    assert "电脑时间多半快了 20 分钟" in result.err
    assert "请先校准时间再试" in result.err


@pytest.mark.parametrize("offset_s", [-600, -1200, -86_400])
def test_a_fast_clock_is_mended_where_the_other_platform_says_so(
    run: Run, set_up: SetUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offset_s: int
) -> None:
    set_up(clock_offset_s=offset_s)
    with RunningSandbox(Sandbox(clock_offset_s=offset_s)) as platform:
        path = write_config(tmp_path / "c.toml", platform.base_url)
        monkeypatch.setenv("POSMEMBER_CONFIG", str(path))
        monkeypatch.setenv("POSMEMBER_OPEN_KEY", OPEN_KEY)
        result = get(run, FIRST, "--json")
        (call,) = platform.sandbox.calls
    assert (result.code, result.err) == (Exit.FOUND, "")
    (warning,) = answer_of(result)["warnings"]
    assert warning["offset_s"] == pytest.approx(offset_s, abs=3)
    assert call.api is Api.GIFT_CARDS


def test_a_platform_that_says_that_the_clock_is_right_shows_no_old_answer(
    run: Run, set_up: SetUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(clock_offset_s=-1200)
    with RunningSandbox(Sandbox()) as platform:
        path = write_config(tmp_path / "c.toml", platform.base_url)
        monkeypatch.setenv("POSMEMBER_CONFIG", str(path))
        monkeypatch.setenv("POSMEMBER_OPEN_KEY", OPEN_KEY)
        result = get(run, FIRST, "--json")
    assert (result.code, result.out) == (Exit.OTHER, "")
    assert "请先校准时间再试" in result.one_line()


def test_a_platform_that_does_not_answer_is_no_witness(
    run: Run, set_up: SetUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(clock_offset_s=-1200)
    path = write_config(tmp_path / "c.toml", "http://127.0.0.1:9")
    monkeypatch.setenv("POSMEMBER_CONFIG", str(path))
    monkeypatch.setenv("POSMEMBER_OPEN_KEY", OPEN_KEY)
    result = get(run, FIRST)
    assert (result.code, result.out) == (Exit.OTHER, "")
    assert "快了 20 分钟" in result.one_line()


def test_no_text_of_a_card_makes_lines_of_its_own(run: Run, set_up: SetUp) -> None:
    set_up()
    plain, hostile = get(run, VOID), get(run, HOSTILE, "--reveal")
    names = {line.split()[0] for line in plain.out.splitlines()}
    assert {line.split()[0] for line in hostile.out.splitlines()} <= {
        *names,
        "custom_fields",
        "attach",
    }


def test_nothing_of_a_card_steers_a_terminal(run: Run, set_up: SetUp) -> None:
    set_up()
    for options in ((), ("--reveal",), ("--json",), ("--json", "--reveal")):
        out = get(run, HOSTILE, *options).out
        assert not [char for char in out if char < " " and char != "\n" and char != "\r"]


def test_a_relay_needs_no_openid(run: Run, set_up: SetUp) -> None:
    set_up(relay())
    result = run("wechat-card", "get", FIRST.code, "--json")
    assert answer_of(result)["card"]["phone"] == "138****0001"


def test_output_that_takes_no_chinese_gets_escapes(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up()
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    arguments = ["wechat-card", "get", FIRST.code, "--openid", FIRST.openid, "--json"]
    assert parser.run(arguments) == Exit.FOUND
    sys.stdout.flush()
    assert json.loads(raw.getvalue())["card"]["level"] == "金卡会员"


# --- what is wrong before anything is asked ----------------------------------------------------


def test_without_keys_that_is_said(run: Run, keyring: MemoryStore) -> None:
    result = get(run)
    assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
    assert "posmember wechat-setup" in result.one_line()


def test_keys_that_are_none_are_said(run: Run, keyring: MemoryStore) -> None:
    set_long(keyring, KEYRING_NAME, "junk")
    result = get(run)
    assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
    assert "junk" not in result.one_line()


@pytest.mark.parametrize(
    ("code", "openid"), [("", "o1"), ("会员", "o1"), ("9" * 33, "o1"), ("..", "o1"), ("1", "o:1")]
)
def test_what_is_no_code_or_openid_is_never_sent(
    run: Run, set_up: SetUp, code: str, openid: str
) -> None:
    sandbox = set_up()
    result = run("wechat-card", "get", code, "--openid", openid)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert result.one_line()
    assert not sandbox.calls


@pytest.mark.parametrize(
    "code",
    [
        *("134567890123456789", "6212345678901234567", "134567890123456789 12:00"),
        *("28763443825664394", "x6222021234567890=2512", "1345 6789 0123 4567 89A"),
    ],
)
def test_a_payment_code_is_never_sent(run: Run, set_up: SetUp, code: str) -> None:
    sandbox = set_up()
    result = run("wechat-card", "get", code, "--openid", FIRST.openid)
    assert result.code == Exit.WRONG_USE
    assert code not in result.err
    assert not sandbox.calls


@pytest.mark.parametrize(
    "openid", ["134567890123456789", "28763443825664394", "o134567890123456789"]
)
def test_nor_is_one_that_stands_for_the_openid(run: Run, set_up: SetUp, openid: str) -> None:
    sandbox = set_up()
    result = run("wechat-card", "get", "VIP880001", "--openid", openid)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert openid not in result.one_line()
    assert not sandbox.calls


def test_caps_lock_is_undone_in_an_openid(run: Run, set_up: SetUp) -> None:
    set_up()
    subject = replace(FIRST, openid=FIRST.openid.swapcase())
    assert subject.openid != FIRST.openid
    assert get(run, subject).code == Exit.FOUND


def test_an_openid_that_is_missing_is_said(run: Run, set_up: SetUp) -> None:
    sandbox = set_up()
    result = run("wechat-card", "get", FIRST.code)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "--openid" in result.one_line()
    assert not sandbox.calls


FAULTS: dict[str, Exit] = {
    "not_found": Exit.NOT_FOUND,
    "refused": Exit.OTHER,
    "http500": Exit.NO_CONNECTION,
    "http401": Exit.NO_CONNECTION,
    "http403": Exit.NO_CONNECTION,
    "http404": Exit.NO_CONNECTION,
    "wx_page401": Exit.NO_CONNECTION,
    "wx_page403": Exit.NO_CONNECTION,
    "wx_page404": Exit.NO_CONNECTION,
    "timeout": Exit.NO_CONNECTION,
    "bad_signature": Exit.KEYS_REFUSED,
    "not_json": Exit.OTHER,
    "html": Exit.NO_CONNECTION,
    "wx_tampered": Exit.OTHER,
    "wx_unsigned": Exit.OTHER,
    "wx_other_person": Exit.OTHER,
    "wx_rotated": Exit.KEYS_REFUSED,
    "wx_unknown_serial": Exit.KEYS_REFUSED,
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_failure_is_one_line_and_its_code(
    run: Run, set_up: SetUp, fault: str, options: tuple[str, ...]
) -> None:
    set_up(timeout_s=0.2 if fault == "timeout" else 8, faults=[f"wechat_get={fault}"])
    result = get(run, FIRST, *options)
    assert (result.code, result.out) == (FAULTS[fault], "")
    line = result.one_line()
    assert not [text for text in PERSONAL if text in line]
    if fault == "wx_rotated":
        assert "wechat-setup add-key" in line
    if re.fullmatch(r"(http|wx_page)4\d\d", fault):
        assert "不是微信支付的回答" in line


@pytest.mark.parametrize("fault", ["http429", "wx_page429"])
def test_a_page_that_says_limit_is_not_the_platforms(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    async def at_once(_seconds: float) -> None:
        """Wait for nothing."""

    monkeypatch.setattr("posmember.api.retries.pause", at_once)
    set_up(faults=[f"wechat_get={fault}"])
    result = get(run)
    assert (result.code, result.out) == (Exit.NO_CONNECTION, "")
    assert "不是微信支付的回答" in result.one_line()
    assert "5 calls a second" not in result.err
