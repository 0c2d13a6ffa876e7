"""A till that is set up: wholly, or as it was before; and once more changes nothing."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from posmember.errors import ConfigError, CredentialError
from posmember.lookup.desk import KEYRING_NAME, NOTE_NAME
from posmember.lookup.provision import (
    Outcome,
    Step,
    StepReport,
    apply_provision,
    gather_provision,
    remove_setup,
)
from posmember.settings import config, edit
from posmember.settings.declared import BASE_URL, GRANT_CODE, OPEN_ID, PROXY, STORE_CODE
from posmember.settings.policy import NO_POLICY, Policy
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem
from posmember.settings.provisioning import Provision, Secrets
from posmember.trust.audit import audit_path
from posmember.trust.credentials import get_long, set_long
from tests.fakes.provisions import OPEN_KEY, PROVISION, SETTINGS
from tests.fakes.wechat import MemoryStore

RELAY = json.dumps(
    {
        "base_url": "https://relay.invalid",
        "brand_id": "1001",
        "template_id": "card1",
        "token": "a-relays-token",
        "fills_openid": False,
    }
)
WITH_WECHAT = Provision(SETTINGS, Secrets("an-id", OPEN_KEY, RELAY))
BEFORE = (
    b'# by hand\n[platform]\nopen_id = "an-id"\ngrant_code = "old"\n\n[window]\nsounds = true\n'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "config.toml"


def outcomes(reports: list[StepReport]) -> dict[str, Outcome]:
    return {
        report.setting.path if report.setting else str(report.step): report.outcome
        for report in reports
    }


def test_from_nothing(path: Path) -> None:
    store = MemoryStore()
    reports = apply_provision(PROVISION, store, path)
    assert store.kept == {"an-id": OPEN_KEY}
    assert outcomes(reports) == dict.fromkeys(
        ["open_key", *(setting.path for setting in SETTINGS)], Outcome.CHANGED
    )
    settings = config.load({"POSMEMBER_CONFIG": str(path)}, NO_POLICY)
    assert settings.platform.base_url == "https://platform.invalid"
    assert settings.platform.timeout_s == 6.5
    assert settings.store.code == "1001"
    assert not settings.window.sounds


def test_once_more_changes_nothing(path: Path) -> None:
    store = MemoryStore()
    apply_provision(WITH_WECHAT, store, path)
    before = path.read_bytes(), path.stat().st_mtime_ns, dict(store.kept)
    store.break_after(0)
    reports = apply_provision(WITH_WECHAT, store, path)
    assert set(outcomes(reports).values()) == {Outcome.SAME}
    assert (path.read_bytes(), path.stat().st_mtime_ns, store.kept) == before


def test_what_a_person_wrote_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(BEFORE + b'language = "en"\n')
    reports = outcomes(apply_provision(PROVISION, MemoryStore(), path))
    assert reports["platform.open_id"] is Outcome.SAME
    assert reports["platform.grant_code"] is Outcome.CHANGED
    content = path.read_text("utf-8")
    assert content.startswith("# by hand\n")
    assert 'language = "en"' in content
    assert 'grant_code = "a-code"' in content


def test_checking_changes_nothing(path: Path) -> None:
    store = MemoryStore()
    store.break_after(0)
    checked = apply_provision(WITH_WECHAT, store, path, check_only=True)
    assert not path.parent.exists()
    assert store.kept == {}
    assert checked == apply_provision(WITH_WECHAT, MemoryStore(), path)


def test_wechat_is_kept_and_noted(path: Path) -> None:
    store = MemoryStore()
    reports = apply_provision(WITH_WECHAT, store, path)
    assert outcomes(reports)["wechat"] is Outcome.CHANGED
    assert get_long(store, KEYRING_NAME) == RELAY
    assert audit_path().with_name(NOTE_NAME).exists()


def test_nothing_is_noted_without_it(path: Path) -> None:
    apply_provision(PROVISION, MemoryStore(), path)
    assert not audit_path().with_name(NOTE_NAME).exists()


# --- what is refused ----------------------------------------------------------------------------


def refused(
    provision: Provision, path: Path, policy: Policy = NO_POLICY, *, replace: bool = False
) -> ProvisionProblem:
    store, before = MemoryStore(), path.read_bytes() if path.exists() else None
    with pytest.raises(ProvisionError) as raised:
        apply_provision(provision, store, path, policy, replace=replace)
    assert store.kept == {}
    assert (path.read_bytes() if path.exists() else None) == before
    return raised.value.problem


def test_another_open_id(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(BEFORE.replace(b"an-id", b"my-id"))
    assert refused(PROVISION, path) is ProvisionProblem.OTHER_MERCHANT
    store = MemoryStore({"my-id": "mine"})
    apply_provision(PROVISION, store, path, replace=True)
    assert store.kept == {"my-id": "mine", "an-id": OPEN_KEY}
    assert config.load({"POSMEMBER_CONFIG": str(path)}, NO_POLICY).platform.open_id == "an-id"


def test_another_open_id_than_the_policys(path: Path) -> None:
    policy = Policy("policy", {OPEN_ID.path: "my-id"})
    assert refused(PROVISION, path, policy, replace=True) is ProvisionProblem.POLICY_MERCHANT


@pytest.mark.parametrize("open_id", ["", "other"])
def test_a_key_of_another_open_id_than_its_settings(path: Path, open_id: str) -> None:
    provision = Provision(SETTINGS, Secrets(open_id, OPEN_KEY))
    assert refused(provision, path) is ProvisionProblem.CONTENT


@pytest.mark.parametrize(
    "secrets",
    [Secrets("an-id", "no key\nat all"), Secrets("an-id", "密钥"), Secrets("an-id", wechat="{}")],
)
def test_what_is_no_key(path: Path, secrets: Secrets) -> None:
    assert refused(Provision(SETTINGS, secrets), path) is ProvisionProblem.CONTENT


@pytest.mark.parametrize(
    ("provision", "before", "told"),
    [
        (PROVISION, b"[platform\n", "not a TOML file"),
        (PROVISION, b"[platform]\nopen_id = 'an-id'\nflux = 1\n", "flux"),
        (Provision({OPEN_ID: "an-id"}, PROVISION.secrets), b"", "grant_code is missing"),
        (
            Provision({**SETTINGS, BASE_URL: "http://far.invalid"}, PROVISION.secrets),
            b"",
            "base_url",
        ),
    ],
)
def test_a_configuration_that_would_be_wrong(
    path: Path, provision: Provision, before: bytes, told: str
) -> None:
    path.parent.mkdir()
    path.write_bytes(before)
    store, asked = MemoryStore(), []
    store.watch = lambda what, _name: asked.append(what)
    for check_only in (True, False):
        with pytest.raises(ConfigError, match=told):
            apply_provision(provision, store, path, check_only=check_only)
    assert (asked, path.read_bytes()) == ([], before)


# --- policy -------------------------------------------------------------------------------------


def test_what_the_policy_sets_is_not_written(path: Path) -> None:
    policy = Policy(
        "policy", {OPEN_ID.path: "an-id", GRANT_CODE.path: "head-office", PROXY.path: "none"}
    )
    store = MemoryStore()
    reports = outcomes(apply_provision(PROVISION, store, path, policy))
    left = [name for name, outcome in reports.items() if outcome is Outcome.LEFT_TO_POLICY]
    assert left == ["platform.open_id", "platform.grant_code", "platform.proxy"]
    assert "open_id" not in path.read_text("utf-8")
    assert "a-password" not in path.read_text("utf-8")
    assert store.kept == {"an-id": OPEN_KEY}


# --- what breaks off ----------------------------------------------------------------------------


def full_disk(_path: Path, _content: bytes) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


OLD = {"an-id": "the-old-key"}


def with_old_wechat() -> MemoryStore:
    store = MemoryStore(OLD)
    set_long(store, KEYRING_NAME, RELAY.replace("a-relays-token", "an-old-token"))
    return store


@pytest.mark.parametrize("before", [MemoryStore, lambda: MemoryStore(OLD), with_old_wechat])
def test_a_full_disk_leaves_the_secrets_as_they_were(
    path: Path, monkeypatch: pytest.MonkeyPatch, before: Callable[[], MemoryStore]
) -> None:
    store = before()
    secrets = get_long(store, KEYRING_NAME), store.get("an-id")
    with monkeypatch.context() as patch:
        patch.setattr(edit, "replace_file", full_disk)
        with pytest.raises(ConfigError, match="No space left on device"):
            apply_provision(WITH_WECHAT, store, path)
    assert (get_long(store, KEYRING_NAME), store.get("an-id")) == secrets
    assert not path.exists()
    assert not audit_path().with_name(NOTE_NAME).exists()
    assert Outcome.CHANGED in outcomes(apply_provision(WITH_WECHAT, store, path)).values()
    assert path.exists()


def test_wherever_the_keyring_breaks_off_once_more_completes_it(tmp_path: Path) -> None:
    changes: list[str] = []
    counted = MemoryStore(OLD)
    counted.watch = lambda _what, name: changes.append(name)
    apply_provision(WITH_WECHAT, counted, tmp_path / "counted.toml")
    assert len(changes) > 2
    for count in range(len(changes)):
        path = tmp_path / f"{count}.toml"
        store = MemoryStore(OLD)
        store.break_after(count)
        with pytest.raises((CredentialError, ProvisionError)):
            apply_provision(WITH_WECHAT, store, path)
        assert not path.exists()
        store.watch = lambda _what, _name: None
        apply_provision(WITH_WECHAT, store, path)
        assert store.kept == counted.kept
        assert path.read_bytes() == (tmp_path / "counted.toml").read_bytes()


def test_where_not_even_the_secrets_can_be_put_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MemoryStore()
    store.break_after(1)
    monkeypatch.setattr(edit, "replace_file", full_disk)
    with pytest.raises(ProvisionError) as raised:
        apply_provision(PROVISION, store, path)
    assert raised.value.problem is ProvisionProblem.HALF_DONE
    assert OPEN_KEY not in str(raised.value)


def test_ctrl_c_leaves_the_secrets_as_they_were(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_path: Path, _content: bytes) -> None:
        raise KeyboardInterrupt

    store = MemoryStore(OLD)
    monkeypatch.setattr(edit, "replace_file", interrupted)
    with pytest.raises(KeyboardInterrupt):
        apply_provision(PROVISION, store, path)
    assert store.kept == OLD


def test_somebody_changes_the_file_meanwhile(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(BEFORE)
    store = MemoryStore()
    store.watch = lambda _what, _name: void(path.write_bytes(BEFORE + b"# mine\n"))
    with pytest.raises(edit.FileChangedError):
        apply_provision(PROVISION, store, path)
    assert path.read_bytes() == BEFORE + b"# mine\n"
    assert store.kept == {}


def void(_anything: Any) -> None:
    """Nothing."""


def test_half_a_wechat_access_is_replaced(path: Path) -> None:
    store = with_old_wechat()
    del store.kept[next(name for name in store.kept if name.startswith(f"{KEYRING_NAME}."))]
    apply_provision(WITH_WECHAT, store, path)
    assert get_long(store, KEYRING_NAME) == RELAY


class FailingOnce(MemoryStore):
    """A keyring that fails when WeChat Pay's keys are first asked for, and then has none."""

    def __init__(self) -> None:
        super().__init__()
        self._fails = True

    def get(self, name: str) -> str | None:
        if name.startswith(KEYRING_NAME) and self._fails:
            self._fails = False
            raise CredentialError("locked")
        return super().get(name)


def test_a_keyring_that_fails_is_no_keyring_without_keys(path: Path) -> None:
    store = FailingOnce()
    with pytest.raises(CredentialError, match="locked"):
        apply_provision(WITH_WECHAT, store, path)
    assert store.kept == {}
    assert not path.exists()


# --- for others ---------------------------------------------------------------------------------


def settings_of(path: Path, policy: Policy = NO_POLICY) -> config.Settings:
    return config.load({"POSMEMBER_CONFIG": str(path)}, policy)


def test_gathered_for_others(path: Path) -> None:
    store = MemoryStore()
    apply_provision(WITH_WECHAT, store, path)
    settings = settings_of(path)
    without_store = {each: value for each, value in SETTINGS.items() if each.table != "store"}
    assert gather_provision(settings, store, environ={}) == Provision(
        without_store, PROVISION.secrets
    )
    everything = gather_provision(settings, store, with_store=True, with_wechat=True, environ={})
    assert everything == WITH_WECHAT


def test_gathered_with_the_environments_key(path: Path) -> None:
    apply_provision(PROVISION, MemoryStore(), path)
    environ = {"POSMEMBER_OPEN_KEY": "another-key"}
    found = gather_provision(settings_of(path), MemoryStore(), environ=environ)
    assert found.secrets.open_key == "another-key"


def test_nothing_is_gathered_without_a_key(path: Path) -> None:
    apply_provision(PROVISION, MemoryStore(), path)
    with pytest.raises(CredentialError):
        gather_provision(settings_of(path), MemoryStore(), environ={})


def test_the_policys_own_are_gathered_only_where_they_are_needed(path: Path) -> None:
    apply_provision(PROVISION, MemoryStore(), path)
    policy = Policy("policy", {GRANT_CODE.path: "head-office", PROXY.path: "none"})
    found = gather_provision(
        settings_of(path, policy), MemoryStore({"an-id": OPEN_KEY}), environ={}
    ).settings
    assert found[GRANT_CODE] == "head-office"
    assert PROXY not in found
    assert STORE_CODE not in found


# --- taken away ---------------------------------------------------------------------------------


def test_taken_away(path: Path) -> None:
    store = MemoryStore({"supervisors": "stay"})
    apply_provision(WITH_WECHAT, store, path)
    checked = remove_setup(store, path, check_only=True)
    assert path.exists()
    assert remove_setup(store, path) == checked
    assert {report.outcome for report in checked} == {Outcome.CHANGED}
    assert store.kept == {"supervisors": "stay"}
    assert not path.exists()
    assert not audit_path().with_name(NOTE_NAME).exists()
    assert [report.step for report in remove_setup(store, path)] == [
        Step.OPEN_KEY, Step.WECHAT, Step.CONFIGURATION
    ]  # fmt: skip
    assert {report.outcome for report in remove_setup(store, path)} == {Outcome.SAME}


def test_the_file_goes_last(path: Path) -> None:
    """Only it tells whose open key there is."""
    store = MemoryStore()
    apply_provision(PROVISION, store, path)
    store.break_after(0)
    with pytest.raises(CredentialError):
        remove_setup(store, path)
    assert path.exists()


def test_keys_that_the_machines_configuration_or_the_policy_names(
    path: Path, tmp_path: Path
) -> None:
    machine = tmp_path / "machine.toml"
    machine.write_bytes(BEFORE.replace(b"an-id", b"machines-id"))
    store = MemoryStore({"machines-id": "x", "policys-id": "y", "others-id": "z"})
    policy = Policy("policy", {OPEN_ID.path: "policys-id"})
    remove_setup(store, path, policy, others=[machine])
    assert store.kept == {"others-id": "z"}
    assert machine.exists()


def test_a_file_that_cannot_be_removed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    apply_provision(PROVISION, MemoryStore(), path)
    monkeypatch.setattr(Path, "unlink", fails)
    with pytest.raises(ConfigError, match="is not removed: Permission denied"):
        remove_setup(MemoryStore(), path)


def test_a_file_that_cannot_be_read(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(ConfigError, match="cannot be read"):
        remove_setup(MemoryStore(), path)
    assert path.is_dir()


def test_what_is_in_no_table_of_the_file_does_not_matter(path: Path) -> None:
    store = MemoryStore()
    apply_provision(PROVISION, store, path)
    path.write_text("stray = 1\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    remove_setup(store, path)
    assert store.kept == {}
    assert not path.exists()
