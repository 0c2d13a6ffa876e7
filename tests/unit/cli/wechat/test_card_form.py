"""`posmember wechat-card set`: the form, the time of pickup, and what comes by standard input."""

from __future__ import annotations

import json

import pytest

from posmember.report.outcomes import Exit
from posmember.trust import audit
from tests.fakes.wechat_desk import FIRST, PIN, SUPERVISOR
from tests.unit.cli.wechat.card_commands import ODD, Run, SetUp, answer_of, change, patches


def test_every_field_of_the_document_can_be_set(run: Run, set_up: SetUp) -> None:
    sandbox = set_up()
    result = change(
        run, "--pickup-time", "2026-01-31T18:00:00", "--common-field", "city=北京",
        "--common-field", "email=new@sandbox.invalid", "--custom-field", "喜欢的运动=足球",
        "--custom-field", "喜欢的运动=网球", "--custom-field", "口味=少糖", "--json", "--reveal",
    )  # fmt: skip
    assert (result.code, result.err) == (Exit.FOUND, "")
    answer = answer_of(result, changed=True)
    card = answer["card"]
    assert card["picked_up_at"] == "2026-01-31T18:00:00+08:00"
    common = {entry["name"]: entry["value"] for entry in card["common_fields"]}
    assert (common["city"], common["email"]) == ("北京", "new@sandbox.invalid")
    assert (common["name"], common["address"]) == ("王小明", "上海市黄浦区沙箱路1号"), "as before"
    custom = {entry["name"]: entry["values"] for entry in card["custom_fields"]}
    assert custom == {
        "常去门店": ["人民广场店"],
        "喜欢的运动": ["足球", "网球"],
        "口味": ["少糖"],
    }
    assert answer["kept_otherwise"] == []
    (sent,) = patches(sandbox)
    form = json.dumps(sent["user_information"], ensure_ascii=False)
    for secret in ("北京", "足球", "王小明"):
        assert secret not in form, "encrypted"
    noted = audit.audit_path().read_text("utf-8")
    assert '["picked_up_at", "common_fields", "custom_fields"]' in noted
    assert not any(secret in noted for secret in ("北京", "足球", "口味", "\\u53e3"))


def test_what_is_personal_is_masked_and_comes_by_standard_input(run: Run, set_up: SetUp) -> None:
    set_up()
    lines = ["13912345678", "赵敏", "冰块 少=多", PIN]
    result = run(
        "wechat-card", "set", FIRST.code, "--openid", FIRST.openid, "--supervisor", SUPERVISOR,
        "--phone", "-", "--common-field", "name=-", "--custom-field", "口味=-",
        stdin="\n".join(lines) + "\n",
    )  # fmt: skip
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert "phone: 138****0001 -> 139****5678" in result.out
    assert "name=name value=赵*" in result.out
    for secret in (*lines, "王小明"):
        assert secret not in result.out


def test_code_and_openid_come_by_it_too(run: Run, set_up: SetUp) -> None:
    set_up()
    given = f"{FIRST.code}\n{FIRST.openid}\n"
    result = run("wechat-card", "get", "-", "--openid", "-", stdin=given)
    assert (result.code, result.err) == (Exit.FOUND, "")


@pytest.mark.parametrize("stdin", ["", "\n", " \n"])
def test_a_dash_without_anything_is_wrong_use(run: Run, set_up: SetUp, stdin: str) -> None:
    sandbox = set_up()
    result = run(
        "wechat-card", "set", FIRST.code, "--openid", FIRST.openid, "--phone", "-", stdin=stdin
    )
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "--phone" in result.one_line()
    assert not sandbox.calls


def test_a_form_of_which_a_part_cannot_be_read_is_not_changed(run: Run, set_up: SetUp) -> None:
    """It would be lost: a list is sent whole."""
    sandbox = set_up()
    result = change(run, "--common-field", "sex=女", subject=ODD)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "form_unreadable" in result.one_line()
    assert patches(sandbox) == []
