"""`posmember wechat-card set`: checked, confirmed by a PIN, sent once, read back, noted."""

from __future__ import annotations

from pathlib import Path

import pytest

from posmember.report.outcomes import Exit
from posmember.sandbox.wechat.limit import CallLimit
from posmember.trust import audit
from tests.fakes.wechat_desk import FIRST, PIN, relay, unlimited
from tests.unit.cli.wechat.card_commands import (
    STUBBORN,
    VOID,
    Run,
    SetUp,
    answer_of,
    change,
    patches,
    steps,
)

# --- set ---------------------------------------------------------------------------------------


def test_a_change_is_made_read_back_and_noted(run: Run, set_up: SetUp) -> None:
    sandbox = set_up()
    options = ("--level", "钻石会员", "--color", "#112233", "--phone", "13912345678")
    result = change(run, *options, "--attach", "新的备注", "--permanent", "--json")
    assert (result.code, result.err) == (Exit.FOUND, "")
    answer = answer_of(result, changed=True)
    assert (answer["sent"], answer["kept_otherwise"]) == (True, [])
    changes = {row["field"]: (row["before"], row["after"]) for row in answer["changes"]}
    assert changes["level"] == ("金卡会员", "钻石会员")
    assert changes["phone"] == ("138****0001", "139****5678")
    assert changes["validity"][1]["kind"] == "permanent"
    assert answer["card"]["level"] == "钻石会员"
    assert steps() == ["asked", "done"]
    assert len(patches(sandbox)) == 1
    for secret in (PIN, "13912345678", FIRST.code, FIRST.openid):
        assert secret not in result.out + result.err
        assert secret not in audit.audit_path().read_text("utf-8")


@pytest.mark.parametrize("phone", ["8613912345678", "+86 139-1234-5678", "\u202d13912345678"])
def test_a_phone_is_read_as_for_a_lookup(run: Run, set_up: SetUp, phone: str) -> None:
    set_up()
    result = change(run, "--phone", phone, "--reveal")
    assert result.code == Exit.FOUND
    assert "13800000001 -> 13912345678" in result.out


def test_a_change_as_text(run: Run, set_up: SetUp) -> None:
    set_up()
    result = change(run, "--level", "钻石会员", "--phone", "13912345678")
    first, second, *_rest = result.out.splitlines()
    assert (first, second) == ("level: 金卡会员 -> 钻石会员", "phone: 138****0001 -> 139****5678")


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (("--valid-days", "30"), {"kind": "fixed_term", "begin": None, "end": None, "days": 30}),
        (("--permanent",), {"kind": "permanent", "begin": None, "end": None, "days": None}),
        (
            ("--valid-from", "2027-01-01", "--valid-until", "2027-12-31T23:59:59"),
            {
                "kind": "fixed_range",
                "begin": "2027-01-01T00:00:00+08:00",
                "end": "2027-12-31T23:59:59+08:00",
                "days": None,
            },
        ),
    ],
)
def test_every_kind_of_validity(
    run: Run, set_up: SetUp, options: tuple[str, ...], kind: dict[str, object]
) -> None:
    set_up()
    answer = answer_of(change(run, *options, "--json"), changed=True)
    (row,) = answer["changes"]
    assert row["after"] == kind
    assert answer["card"]["validity"] == kind


def test_a_dry_run_shows_and_sends_nothing(run: Run, set_up: SetUp) -> None:
    sandbox = set_up()
    result = run(
        "wechat-card", "set", FIRST.code, "--openid", FIRST.openid, "--level", "钻石会员",
        "--dry-run", "--json",
    )  # fmt: skip
    answer = answer_of(result, changed=True)
    assert (result.code, answer["sent"]) == (Exit.FOUND, False)
    assert [row["after"] for row in answer["changes"]] == ["钻石会员"]
    assert answer["card"]["level"] == "金卡会员"
    assert patches(sandbox) == []
    assert steps() == []


def test_what_is_so_already_is_not_sent_and_needs_no_supervisor(run: Run, set_up: SetUp) -> None:
    sandbox = set_up()
    result = run(
        "wechat-card", "set", FIRST.code, "--openid", FIRST.openid, "--level", "金卡会员", "--json"
    )
    answer = answer_of(result, changed=True)
    assert (result.code, answer["changes"], answer["sent"]) == (Exit.FOUND, [], False)
    assert patches(sandbox) == []


WRONG: list[tuple[str, ...]] = [
    (),
    ("--level", "级" * 11),
    ("--level", " "),
    ("--color", "red"),
    ("--picture-url", "http://p.invalid"),
    ("--phone", "12"),
    ("--phone", "134567890123456789"),
    ("--attach", "134567890123456789 12:00"),
    ("--common-field", "address=x6222021234567890=2512"),
    ("--custom-field", "which?=28763443825664394"),
    ("--valid-days", "0"),
    ("--valid-from", "2027-01-01"),
    ("--valid-from", "2027-01-02", "--valid-until", "2027-01-01"),
    ("--valid-days", "3", "--permanent"),
    ("--valid-days", "x"),
    ("--valid-from", "tomorrow"),
    ("--pickup-time", "yesterday"),
    ("--common-field", "city"),
    ("--common-field", "shoe=42"),
    ("--common-field", "city="),
    ("--common-field", "city=" + "长" * 72),
    ("--common-field", "city=a", "--common-field", "city=b"),
    ("--custom-field", "=x"),
    ("--custom-field", "口味"),
    ("--level", "\u200b"),
    ("--attach", "\ufeff\u3164\u2060"),
    ("--color", "\u202e"),
    ("--common-field", "name=\u200b\ufe0f"),
    ("--custom-field", "口味=\u00ad"),
    ("--custom-field", "\u200d=x"),
    ("--level", "金\n卡"),
    ("--attach", "a\u2028b"),
    ("--common-field", "city=a\tb"),
]


@pytest.mark.parametrize("options", WRONG, ids=" ".join)
def test_what_is_not_right_is_said_and_never_sent(
    run: Run, set_up: SetUp, options: tuple[str, ...]
) -> None:
    sandbox = set_up()
    result = change(run, *options)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert result.one_line()
    assert not sandbox.calls


def test_without_a_supervisor_nothing_is_changed(run: Run, set_up: SetUp) -> None:
    sandbox = set_up()
    result = run(
        "wechat-card", "set", FIRST.code, "--openid", FIRST.openid, "--level", "x", stdin=PIN
    )
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "--supervisor" in result.one_line()
    assert patches(sandbox) == []


def test_wrong_pins_are_counted_then_there_is_a_pause(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CallLimit, "allows", unlimited)
    sandbox = set_up()
    for left in (4, 3, 2, 1, 0):
        result = change(run, "--level", "x", pin="000000")
        assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
        assert (f"tries left: {left}" in result.one_line()) is (left > 0)
    result = change(run, "--level", "x")
    assert result.code == Exit.KEYS_REFUSED
    assert "too many wrong PINs" in result.one_line()
    assert PIN not in result.err
    assert patches(sandbox) == []
    assert steps() == []


def test_what_was_kept_otherwise_is_told(run: Run, set_up: SetUp) -> None:
    set_up()
    result = change(run, "--level", "钻石会员一级", "--json", subject=STUBBORN)
    assert result.code == Exit.OTHER
    assert "level" in result.one_line()
    assert answer_of(result, changed=True)["kept_otherwise"] == ["level"]
    assert steps() == ["asked", "kept_otherwise"]


def test_a_void_card_is_refused(run: Run, set_up: SetUp) -> None:
    set_up()
    result = change(run, "--level", "x", subject=VOID)
    assert (result.code, result.out) == (Exit.OTHER, "")
    assert "INVALID_REQUEST" in result.one_line()
    assert steps() == ["asked", "refused"]


NOBODY_KNOWS = [
    *(("timeout", 4), ("http500", 4), ("wx_unsigned", 6), ("html", 4), ("wx_old_date", 6)),
    *((f"{page}{status}", 6) for page in ("http", "wx_page") for status in (401, 403, 404, 429)),
]


@pytest.mark.parametrize(("fault", "code"), NOBODY_KNOWS)
def test_where_no_answer_of_the_platforms_came_nobody_knows(
    run: Run, set_up: SetUp, fault: str, code: int
) -> None:
    # Long enough for the card to be found before, and for the change to be sent.
    sandbox = set_up(timeout_s=2 if fault == "timeout" else 8, faults=[f"wechat_set={fault}"])
    result = change(run, "--level", "x")
    assert (result.code, result.out) == (code, "")
    assert "不知道是否已经改好" in result.one_line()
    assert steps() == ["asked", "unknown"]
    assert len(patches(sandbox)) == 1, "and it is not sent again"


@pytest.mark.parametrize("status", [401, 403, 404, 429])
def test_a_relay_is_not_taken_for_what_stands_before_it(
    run: Run, set_up: SetUp, status: int
) -> None:
    sandbox = set_up(relay(), faults=[f"wechat_set=wx_page{status}"])
    assert "不知道是否已经改好" in change(run, "--level", "x").one_line()
    assert (steps(), len(patches(sandbox))) == (["asked", "unknown"], 1)


def test_an_old_answer_is_not_taken_for_a_new_one_by_an_unsigned_date(
    run: Run, set_up: SetUp
) -> None:
    set_up(faults=["wechat_get=wx_old_date:1", "wechat_get=wx_old"])
    result = change(run, "--level", "x")
    assert (result.code, result.out, steps()) == (Exit.OTHER, "", [])
    assert "没有读取" in result.one_line()


def test_what_was_not_read_back_is_told(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = set_up()

    def read_pin(_prompt: str) -> str:
        sandbox.add_fault("wechat_get=http500")  # the card was found by now
        return PIN

    monkeypatch.setattr("posmember.cli.wechat.card.read_secret", read_pin)
    result = change(run, "--level", "x", "--json")
    assert result.code == Exit.OTHER
    assert "没能读回核对" in result.one_line()
    answer = answer_of(result, changed=True)
    assert (answer["card"], answer["sent"]) == (None, True)
    assert steps() == ["asked", "not_read_back"]


def test_without_an_audit_log_nothing_is_sent(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sandbox = set_up()
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("posmember.cli.wechat.card.audit_path", lambda: tmp_path / "file" / "a")
    result = change(run, "--level", "x")
    assert (result.code, result.out) == (Exit.OTHER, "")
    assert "audit log" in result.one_line()
    assert patches(sandbox) == []


UNSEEN = {
    "override": ("--level", "a\u202eb", "level", "ab"),
    "zero width": ("--level", "\u200b金\u200d卡\ufeff", "level", "金卡"),
    "blanks around": ("--attach", "\u3000新的\u00a0备注 \u200b", "attach", "新的\u00a0备注"),
    "color": ("--color", "\u200e#112233", "color", "#112233"),
    "emoji": ("--level", "金❤\ufe0f", "level", "金❤\ufe0f"),
}


@pytest.mark.parametrize("case", UNSEEN)
def test_what_nobody_sees_is_no_part_of_a_text(run: Run, set_up: SetUp, case: str) -> None:
    option, given, name, kept = UNSEEN[case]
    set_up()
    result = change(run, option, given, "--json")
    assert (result.code, result.err) == (Exit.FOUND, "")
    answer = answer_of(result, changed=True)
    assert (answer["card"][name], answer["kept_otherwise"]) == (kept, [])
    assert answer["changes"][0]["after"] == kept


@pytest.mark.parametrize("answer", ["name=\u200b王", "na\u200bme=王\u2066", "\ufeffname= 王 "])
def test_nor_of_an_answer_or_its_name(run: Run, set_up: SetUp, answer: str) -> None:
    set_up()
    result = change(
        run, "--common-field", answer, "--custom-field", "口\u200b味=\u202d甜", "--reveal"
    )
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert "name=name value=王" in result.out
    assert "口味" in result.out
