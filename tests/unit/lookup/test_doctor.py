"""What a doctor tells of a till, line by line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from posmember.api.clock import PlatformClock
from posmember.api.qimai.signing import SignKeys
from posmember.domain.context import Store
from posmember.domain.joining.spending import MinSpendUnit
from posmember.errors import ApiError
from posmember.lookup import doctor
from posmember.lookup.check import Finding, Outcome, Step
from posmember.lookup.doctor import Line, Words
from posmember.settings.config import PlatformSettings, Settings
from posmember.settings.policy import Policy

PLATFORM = PlatformSettings("an-id", "a-code", base_url="https://platform.example")
SETTINGS = Settings(PLATFORM, Store("1001", "88001", "人民广场店"), path=Path("/till/config.toml"))


def told(settings: Settings) -> list[str]:
    return [f"{line.mark} {line.both()}" for line in doctor.settings_lines(settings)]


def found(step: Step, outcome: Outcome = Outcome.GOOD, **more: object) -> list[str]:
    finding = Finding(step, outcome, **more)  # type: ignore[arg-type]
    return [f"{line.mark} {line.both()}" for line in doctor.finding_lines(finding, SETTINGS)]


@pytest.mark.parametrize(
    ("line", "both", "zh", "en"),
    [
        (Line(Words("门店", "store"), "1001"), "门店 / store: 1001", "门店: 1001", "store: 1001"),
        (
            Line(Words("时钟", "clock"), Words("准确", "right")),
            "时钟 / clock: 准确 / right", "时钟: 准确", "clock: right",
        ),
        (Line(Words("好", "good")), "好 / good", "好", "good"),
    ],
)  # fmt: skip
def test_a_line_in_both_languages_and_in_each(line: Line, both: str, zh: str, en: str) -> None:
    assert line.both() == both
    assert (line.spoken(chinese=True), line.spoken(chinese=False)) == (zh, en)


def test_where_settings_come_from() -> None:
    policy = Policy("/etc/posmember/policy.toml", {"platform.timeout_s": 7}, ("x has to be y",))
    lines = told(
        Settings(
            PLATFORM,
            Store("1001", "88001", "人民广场店"),
            path=Path("/till/config.toml"),
            policy=policy,
            given=frozenset({"store.code", "store.id"}),
        )
    )
    assert "✓ 配置 / configuration: /till/config.toml" in lines
    assert "✓ 总部策略 / policy: /etc/posmember/policy.toml: platform.timeout_s" in lines
    assert "✓ 文件 / file: /till/config.toml: store.code, store.id" in lines
    assert "! 总部策略里有一项没有采用 / a policy is not taken: x has to be y" in lines
    assert "✓ 门店 / store: 人民广场店 1001 88001" in lines


@pytest.mark.parametrize(
    ("store", "said"),
    [
        (Store("1001", None, ""), "1001 (缺少: id) / 1001 (missing: id)"),
        (Store(None, None, ""), "(缺少: code, id) / (missing: code, id)"),
    ],
)
def test_what_is_missing_of_a_store(store: Store, said: str) -> None:
    assert f"✓ 门店 / store: {said}" in told(Settings(PLATFORM, store))


@pytest.mark.parametrize("unit", MinSpendUnit)
def test_the_unit_of_thresholds(unit: MinSpendUnit) -> None:
    platform = PlatformSettings("an-id", "a-code", min_amount_use_unit=unit)
    (line,) = [each for each in told(Settings(platform)) if "thresholds" in each]
    assert ("UNIT_PROVEN" in line) == (unit is MinSpendUnit.AUTO)
    assert unit.value in line


def test_where_the_key_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "environment_key", lambda: "")
    assert doctor.key_line().found == "keyring"
    monkeypatch.setattr(doctor, "environment_key", lambda: "a-key")
    assert doctor.key_line().found == "POSMEMBER_OPEN_KEY"
    assert "typed, not kept" in doctor.key_line(is_typed=True).both()


def test_a_clock_that_cannot_be_right() -> None:
    of_1970 = PlatformClock(local=lambda: datetime(1970, 1, 2, tzinfo=UTC).timestamp())
    (line,) = doctor.year_lines(of_1970)
    assert not line.is_good
    assert "1970-01-02" in line.both()
    assert list(doctor.year_lines(PlatformClock())) == []


def test_what_each_step_has_found() -> None:
    assert found(Step.TLS) == ["✓ 连接 / reachable: https://platform.example"]
    assert found(Step.KEYS, spelling=SignKeys.PASCAL) == ["✓ 签名 V2 / signature V2: pascal"]
    assert found(Step.KEYS) == []
    assert found(Step.IDENTITY) == ["✓ 会员识别权限 / may identify members: identity"]
    assert len(found(Step.GIFT_CARDS)) == 2
    assert found(Step.NAME) == []
    assert found(Step.STORE, Outcome.NOT_TRIED) == []
    assert found(Step.MEMBER_INFO, Outcome.FAILED, error=ApiError("refused")) == []


def test_what_is_found_of_the_clock() -> None:
    assert found(Step.CLOCK) == ["✓ 时钟 / clock: 准确 / right"]
    assert found(Step.CLOCK, Outcome.NOTE, offset_s=-720) == ["✓ 时钟 / clock: -720 s"]
    (line,) = found(Step.CLOCK, Outcome.NOTE)
    assert line.startswith("! 时钟 / clock: ")
