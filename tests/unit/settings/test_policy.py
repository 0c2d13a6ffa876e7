"""The machine's policy: it beats every other source, and nothing wrong in it stops a till."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from posmember.domain.context import Store
from posmember.errors import ConfigError
from posmember.settings import config, declared
from posmember.settings.declared import PhoneLookup, SettingsAccess
from posmember.settings.policy import (
    NO_POLICY,
    Policy,
    file_policy,
    machine_policy,
    registry_policy,
)
from posmember.settings.policy_places import POLICY_FILE

OWN = os.geteuid() if hasattr(os, "geteuid") else 0
KEYS = '[platform]\nopen_id = "head-office"\ngrant_code = "granted"\n'


def of_file(tmp_path: Path, text: str, mode: int = 0o644) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return file_policy(path, OWN)


def of_registry(values: Mapping[str, object]) -> Policy:
    return registry_policy(lambda: values)


def test_without_one_everything_is_as_declared() -> None:
    assert machine_policy() == NO_POLICY, f"this machine has a {POLICY_FILE}"
    assert NO_POLICY.value(declared.PHONE_LOOKUP) is PhoneLookup.FULL
    assert not NO_POLICY.sets(declared.TIMEOUT)


def test_it_beats_the_file(tmp_path: Path) -> None:
    policy = of_file(tmp_path, KEYS + 'timeout_s = 3\n[policy]\nphone_lookup = "masked"\n')
    content = {
        "platform": {"open_id": "mine", "grant_code": "own", "timeout_s": 20},
        "store": {"code": "1001"},
    }
    settings = config.parse(content, tmp_path / "config.toml", policy)
    assert settings.platform.open_id == "head-office"
    assert settings.platform.timeout_s == 3.0
    assert settings.store == Store("1001")
    assert settings.policy.value(declared.PHONE_LOOKUP) is PhoneLookup.MASKED
    assert settings.source(declared.TIMEOUT) == str(tmp_path / "policy.toml")
    assert settings.source(declared.STORE_CODE) == str(tmp_path / "config.toml")
    assert settings.source(declared.STORE_NAME) == ""


def test_a_wrong_value_of_the_file_that_it_sets_does_not_matter(tmp_path: Path) -> None:
    policy = of_file(tmp_path, KEYS)
    settings = config.parse({"platform": {"open_id": 1.5}}, None, policy)
    assert settings.platform.open_id == "head-office"


def test_it_may_be_all_there_is(tmp_path: Path) -> None:
    nowhere = {config.CONFIG_VARIABLE: str(tmp_path / "none.toml")}
    assert config.load(nowhere, of_file(tmp_path, KEYS)).platform.open_id == "head-office"
    with pytest.raises(ConfigError, match="no configuration file"):
        config.load(nowhere, of_file(tmp_path, "[store]\ncode = 1001\n"))


def test_what_is_wrong_is_ignored_and_told(tmp_path: Path) -> None:
    policy = of_file(
        tmp_path,
        '[platform]\ntimeout_s = "soon"\nproxy = "none"\n[policy]\nphone_lookup = "some"\n'
        "[store]\nkode = 1\n",
    )
    assert policy.raw == {"platform.proxy": "none"}
    assert policy.ignored == (
        "platform.timeout_s has to be a number",
        "policy.phone_lookup has to be one of full, masked, off",
        "store.kode is no key that posmember knows",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[platform", "not a TOML file"),
        ("store = 3", "store is no key that posmember knows"),
        ("a" * 200 + " = 1", f"{'a' * 60}… is no key"),
        ("\x00", "not a TOML file"),
    ],
    ids=["no TOML", "no table", "a long key", "NUL"],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, text: str, words: str) -> None:
    policy = of_file(tmp_path, text)
    assert policy.raw == {}
    assert words in policy.ignored[0]


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_file_that_others_can_write_is_not_the_administrators(tmp_path: Path, mode: int) -> None:
    policy = of_file(tmp_path, KEYS, mode)
    assert policy.raw == {}
    assert policy.ignored == (f"{tmp_path / 'policy.toml'}: not the administrator's alone",)


def test_another_users_file_is_not_the_administrators(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(KEYS, encoding="utf-8")
    assert file_policy(path, OWN + 1).raw == {}


def test_what_is_no_file(tmp_path: Path) -> None:
    assert file_policy(tmp_path / "none" / "policy.toml") == NO_POLICY
    folder = file_policy(tmp_path, OWN)
    assert folder.raw == {}
    assert folder.ignored[0].startswith(f"{tmp_path}: ")


def test_no_users_environment_leads_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_file(tmp_path, KEYS)
    for name in ("POSMEMBER_POLICY", "POSMEMBER_CONFIG", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"):
        monkeypatch.setenv(name, str(tmp_path))
    assert machine_policy() == NO_POLICY


def test_the_registry_knows_numbers_and_texts() -> None:
    policy = of_registry(
        {
            "PlatformOpenId": "head-office",
            "platformgrantcode": "granted",
            "PlatformTimeoutS": "3.5",
            "ScannerMaxGapMs": 60,
            "WindowSounds": 0,
            "PlatformAllowInsecureHttp": 1,
            "SettingsAccess": "locked",
        }
    )
    assert policy.ignored == ()
    assert policy.raw == {
        "platform.open_id": "head-office",
        "platform.grant_code": "granted",
        "platform.timeout_s": 3.5,
        "scanner.max_gap_ms": 60,
        "window.sounds": False,
        "platform.allow_insecure_http": True,
        "policy.settings": "locked",
    }
    assert policy.value(declared.SETTINGS_ACCESS) is SettingsAccess.LOCKED
    settings = config.parse({}, None, policy)
    assert not settings.window.sounds
    assert settings.source(declared.SOUNDS) == r"HKLM\Software\Policies\posmember"


def test_what_is_wrong_in_the_registry_is_ignored_and_told() -> None:
    policy = of_registry({"PlatformTimeoutS": "soon", "WindowSounds": 2, "Colour": "red", "": "x"})
    assert policy.raw == {}
    assert policy.ignored == (
        "platform.timeout_s has to be a number",
        "window.sounds has to be true or false",
        "Colour is no key that posmember knows",
        "(Default) is no key that posmember knows",
    )


def test_a_registry_that_cannot_be_read_is_told() -> None:
    def refuse() -> Mapping[str, object]:
        raise PermissionError(13, "Access is denied")

    policy = registry_policy(refuse)
    assert policy.raw == {}
    assert policy.ignored == (r"HKLM\Software\Policies\posmember: Access is denied",)
    assert registry_policy(lambda: None) == NO_POLICY


def test_an_address_that_is_none_keeps_no_till_from_starting(tmp_path: Path) -> None:
    policy = of_file(tmp_path, KEYS + 'base_url = "platform"\n')
    assert policy.ignored == ("platform.base_url: not an http or https address",)
    assert config.parse({}, None, policy).platform.base_url == declared.BASE_URL.preset


@pytest.mark.parametrize("permission", ["", "allow_insecure_http = false\n"])
def test_plain_http_without_the_policys_own_permission_keeps_no_till_from_starting(
    tmp_path: Path, permission: str
) -> None:
    policy = of_file(tmp_path, KEYS + permission + 'base_url = "http://relay.invalid"\n')
    assert not policy.sets(declared.BASE_URL)
    assert policy.sets(declared.INSECURE) == bool(permission)
    (said,) = policy.ignored
    assert said.startswith("platform.base_url: plain http is refused")
    assert config.parse({}, None, policy).platform.base_url == declared.BASE_URL.preset
    own = {"platform": {"base_url": "https://own.invalid", "allow_insecure_http": True}}
    assert config.parse(own, None, policy).platform.base_url == "https://own.invalid"


def test_plain_http_with_it_is_as_head_office_wants(tmp_path: Path) -> None:
    lines = 'allow_insecure_http = true\nbase_url = "http://relay.invalid"\n'
    policy = of_file(tmp_path, KEYS + lines)
    assert policy.ignored == ()
    assert config.parse({}, None, policy).platform.base_url == "http://relay.invalid"
    values = {"PlatformBaseUrl": "http://relay.invalid", "PlatformAllowInsecureHttp": 1}
    assert of_registry(values).ignored == ()
    assert of_registry({"PlatformBaseUrl": "http://127.0.0.1:8000"}).ignored == ()
