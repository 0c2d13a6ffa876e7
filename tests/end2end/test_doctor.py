"""`posmember doctor`: it says what is wrong, and mends the spelling of the signed keys."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from posmember.cli.exits import Exit
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from posmember.sandbox.qimai import answers
from posmember.sandbox.qimai.envelope import RefusalError
from posmember.sandbox.server import RunningSandbox
from posmember.settings.policy import Policy
from tests.end2end.conftest import Command
from tests.end2end.program import Till, write_config


@contextmanager
def only_pascal(till: Till) -> Iterator[Sandbox]:
    """A platform that takes the other spelling only, with the till led to it."""
    with RunningSandbox(Sandbox(v2_sign_keys="pascal")) as running:
        write_config(till.config, running.base_url)
        yield running.sandbox


def test_all_is_well(till: Till, platform: Sandbox, served: RunningSandbox) -> None:
    before = till.config.read_bytes()
    result = till.run("doctor")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        f"✓ 配置 / configuration: {till.config}",
        f"✓ 文件 / file: {till.config}: platform.open_id, platform.grant_code, platform.base_url,"
        " store.code, store.id, store.name",
        "✓ 门店 / store: 人民广场店 1001 88001",
        "✓ 券门槛单位 / unit of thresholds: auto (posmember lookup 会员码 --explain:"
        " UNIT_PROVEN 是已证实的,可写进配置) / auto (posmember lookup CODE --explain:"
        " UNIT_PROVEN is what is proven, to be set as min_amount_use_unit)",
        "✓ 密钥 / open key: POSMEMBER_OPEN_KEY",
        f"✓ 连接 / reachable: {served.base_url}",
        "✓ 时钟 / clock: 准确 / right",
        "✓ 签名 V2 / signature V2: camel",
        "✓ 会员查询权限 / may ask for members: member_info",
        "✓ 会员识别权限 / may identify members: identity",
        "✓ 签名 V3 / signature V3: camel",
        "✓ 礼品卡权限 / may ask for gift cards: gift_cards",
    ]
    assert [call.api for call in platform.calls] == [*Api][:3]
    assert till.config.read_bytes() == before


def test_what_the_policy_sets_and_what_of_it_is_not_taken(
    till: Till, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = Policy(
        "/etc/posmember/policy.toml",
        {"platform.timeout_s": 3, "policy.phone_lookup": "masked"},
        ("window.sounds has to be true or false",),
    )
    monkeypatch.setattr("posmember.settings.config.machine_policy", lambda: policy)
    result = command("doctor")
    assert result.code == 0
    assert (
        "✓ 总部策略 / policy: /etc/posmember/policy.toml: platform.timeout_s, policy.phone_lookup\n"
        in result.out
    )
    assert (
        "! 总部策略里有一项没有采用 / a policy is not taken: window.sounds has to be true"
        " or false\n" in result.out
    )
    assert f"✓ 文件 / file: {till.config}: platform.open_id, " in result.out


@pytest.mark.parametrize("unit", ["fen", "yuan"])
def test_a_unit_that_is_set_is_named(till: Till, served: RunningSandbox, unit: str) -> None:
    write_config(till.config, served.base_url, platform=f'min_amount_use_unit = "{unit}"')
    assert f"✓ 券门槛单位 / unit of thresholds: {unit}\n" in till.run("doctor").out


def test_the_other_spelling_is_tried_works_and_is_kept(till: Till, command: Command) -> None:
    with only_pascal(till):
        assert command("lookup", "qm0000001").code == Exit.KEYS_REFUSED
        result = command("doctor")
        assert (result.code, result.err) == (0, "")
        assert "✓ 签名 V2 / signature V2: pascal" in result.out
        assert "✓ 已保存 / saved: platform.v2_sign_keys = pascal" in result.out
        assert tomllib.loads(till.config.read_text("utf-8"))["platform"]["v2_sign_keys"] == "pascal"
        assert command("lookup", "qm0000001").code == Exit.FOUND
        again = command("doctor")
        assert (again.code, "已保存" in again.out) == (0, False)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_rest_of_the_file_stays_as_somebody_wrote_it(
    till: Till, command: Command, line_end: str
) -> None:
    with only_pascal(till):
        text = till.config.read_text("utf-8").replace("[platform]", "# 总部\n[platform]  # ours")
        text = text.replace("[store]", 'v2_sign_keys = "camel" # asked IT\n\n[store]')
        till.config.write_bytes(text.replace("\n", line_end).encode())
        till.config.chmod(0o640)
        assert command("doctor").code == 0
    wanted = text.replace('"camel"', '"pascal"').replace("\n", line_end)
    assert till.config.read_bytes().decode() == wanted
    assert till.config.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in till.config.parent.iterdir()] == ["config.toml"]


def test_a_table_on_one_line(till: Till, command: Command) -> None:
    with only_pascal(till):
        table = tomllib.loads(till.config.read_text("utf-8"))["platform"]
        fields = ", ".join(f'{name} = "{value}"' for name, value in table.items())
        till.config.write_text(f"platform = {{ {fields} }}\n", encoding="utf-8")
        assert command("doctor").code == 0
    saved = tomllib.loads(till.config.read_text("utf-8"))["platform"]
    assert saved == {**table, "v2_sign_keys": "pascal"}


def test_a_link_stays_a_link(till: Till, command: Command) -> None:
    with only_pascal(till):
        real = till.config.rename(till.config.with_name("real.toml"))
        till.config.symlink_to(real)
        assert command("doctor").code == 0
    assert till.config.is_symlink()
    assert "pascal" in real.read_text("utf-8")


def test_a_file_that_may_not_be_written(till: Till, command: Command) -> None:
    with only_pascal(till):
        before = till.config.read_bytes()
        till.config.chmod(0o444)
        result = command("doctor")
    assert (result.code, result.err) == (0, "")
    assert '请在配置里写 / please set: [platform] v2_sign_keys = "pascal"' in result.out
    assert till.config.read_bytes() == before


def test_a_wrong_key_is_not_taken_for_a_wrong_spelling(
    till: Till, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSMEMBER_OPEN_KEY", "another-key")
    before = till.config.read_bytes()
    result = command("doctor")
    assert result.code == Exit.KEYS_REFUSED
    assert "平台拒绝了密钥或签名" in result.one_line()
    assert "签名 V2" not in result.out
    assert till.config.read_bytes() == before


def test_a_key_of_v2_alone(command: Command, platform: Sandbox) -> None:
    platform.add_fault("gift_cards=bad_signature")
    result = command("doctor")
    assert result.code == Exit.KEYS_REFUSED
    assert "✓ 签名 V2" in result.out
    assert "✓ 签名 V3" not in result.out
    assert result.one_line()


def test_nobody_there(till: Till, command: Command, closed_port: str) -> None:
    write_config(till.config, closed_port)
    result = command("doctor")
    assert result.code == Exit.NO_CONNECTION
    assert "连不上平台" in result.one_line()
    assert "✓ 连接" not in result.out


@pytest.mark.parametrize("offset_s", [3600, -3600])
def test_a_clock_that_is_off_is_said_and_corrected(
    till: Till, command: Command, offset_s: int
) -> None:
    with RunningSandbox(Sandbox(clock_offset_s=offset_s)) as running:
        write_config(till.config, running.base_url)
        result = command("doctor")
    assert (result.code, result.err) == (0, "")
    clock = next(line for line in result.out.splitlines() if "时钟" in line)
    assert abs(int(clock.split()[-2]) - offset_s) <= 2


@pytest.mark.parametrize("year", [2015, 2038])
def test_a_time_that_cannot_be_right_is_not_told_as_the_tills_error(
    command: Command, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    lie = f"Thu, 19 Nov {year} 03:14:07 GMT"
    monkeypatch.setattr("posmember.sandbox.app.formatdate", lambda *_of, **_how: lie)
    result = command("doctor")
    assert (result.code, result.err) == (0, "")
    assert "! 时钟 / clock: 平台没有给出可信的时间" in result.out


def test_a_clock_that_is_off_and_the_other_spelling(till: Till, command: Command) -> None:
    with RunningSandbox(Sandbox(clock_offset_s=3600, v2_sign_keys="pascal")) as running:
        write_config(till.config, running.base_url)
        result = command("doctor")
    assert (result.code, result.err) == (0, "")
    assert "signature V2: pascal" in result.out


def test_a_store_that_is_not_configured_is_noted(
    till: Till, command: Command, served: RunningSandbox
) -> None:
    write_config(till.config, served.base_url, store=False)
    result = command("doctor")
    assert result.code == 0
    assert "✓ 门店 / store: (缺少: code, id) / (missing: code, id)\n" in result.out


@pytest.mark.parametrize(
    ("platform_lines", "named"),
    [
        ("timeout_s = 0", "platform.timeout_s"),
        ("colour = 1", "platform.colour"),
        ("allow_insecure_http = 1", "platform.allow_insecure_http"),
    ],
)
def test_a_wrong_configuration_is_named_first(
    till: Till, command: Command, served: RunningSandbox, platform_lines: str, named: str
) -> None:
    write_config(till.config, served.base_url, platform=platform_lines)
    result = command("doctor")
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    line = result.one_line()
    assert f"{till.config}: {named} " in line


def test_plain_http_to_another_machine_is_refused(till: Till, command: Command) -> None:
    write_config(till.config, "http://openapi.example")
    for arguments in (("doctor",), ("lookup", "qm0000001")):
        result = command(*arguments)
        assert (result.code, result.out) == (Exit.WRONG_USE, "")
        assert "platform.allow_insecure_http" in result.one_line()


def test_a_bad_answer_is_no_bug(command: Command, platform: Sandbox) -> None:
    platform.add_fault("member_info=not_json")
    result = command("doctor")
    assert result.code == Exit.OTHER
    assert "无法读取" in result.one_line()


# --- a member that does not exist proves that the keys are right ---------------------------------


def refuse_with(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Let the platform say so of nobody's code."""
    monkeypatch.setattr(answers, "_no_such_member", lambda: RefusalError("40004", words))


@pytest.mark.parametrize(
    "words",
    [
        *("会员不存在", "未查询到会员信息", "该手机号未注册", "该openid对应的会员不存在"),
        *("會員不存在", "查無此人", "会员码posmember-doctor不存在", "Member not found"),
    ],
)
def test_nobody_in_any_words(
    command: Command, platform: Sandbox, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    refuse_with(monkeypatch, words)
    result = command("doctor")
    assert (result.code, result.err) == (0, "")
    assert command("lookup", "qm9999999").code == Exit.NOT_FOUND


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *((words, Exit.KEYS_REFUSED) for words in ("openId不存在", "grantCode无效", "签名错误")),
        *((words, Exit.OTHER) for words in ("门店不存在", "接口不存在", "品牌不存在")),
    ],
)
def test_what_is_no_member_proves_nothing(
    command: Command,
    platform: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    code: Exit,
) -> None:
    refuse_with(monkeypatch, words)
    result = command("doctor")
    assert result.code == code
    assert words in result.one_line()
