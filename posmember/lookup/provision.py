"""Sets a till up with a provision, tells what one would change, and takes all of it away again.

Everything is checked before anything is changed. Secrets are kept first and the configuration is
written last, whole: a till that has its configuration has its keys. Where that fails, the secrets
are put back as they were; where even that fails, doing it once more completes it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from posmember.errors import ConfigError, CredentialError, PosMemberError
from posmember.lookup.desk import note_set_up
from posmember.lookup.wechat_keys import (
    check_text,
    drop_access,
    has_access,
    kept_text,
    swap_text,
    usable_text,
)
from posmember.settings.config import Settings
from posmember.settings.declared import BY_PATH, OPEN_ID, SETTINGS
from posmember.settings.edit import Value, changed_settings, save_settings
from posmember.settings.files import read_file, sync_folder
from posmember.settings.policy import NO_POLICY, Policy
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem
from posmember.settings.provisioning import Provision, Secrets
from posmember.settings.setting import REQUIRED, Setting
from posmember.settings.toml import read_toml
from posmember.trust.audit import audit_path
from posmember.trust.credentials import CredentialStore, open_key
from posmember.trust.pasted import pasted_key
from posmember.trust.process import ENVIRON


class Step(StrEnum):
    """What is set up, in the order of the reports."""

    OPEN_KEY = "open_key"
    WECHAT = "wechat"
    SETTING = "setting"
    CONFIGURATION = "configuration"
    """The whole file, which is taken away."""


class Outcome(StrEnum):
    """What became of it; where nothing was to be changed, what would."""

    CHANGED = "changed"
    SAME = "same"
    """It was so already, or was not there to be taken away."""
    LEFT_TO_POLICY = "left_to_policy"
    """The machine's policy sets it, so it is not written."""


@dataclass(frozen=True, slots=True)
class StepReport:
    """What became of one thing. Holds no value.

    Args:
        setting: of a step about one setting.
    """

    step: Step
    outcome: Outcome
    setting: Setting[Any] | None = None


def apply_provision(
    provision: Provision,
    store: CredentialStore,
    path: Path,
    policy: Policy = NO_POLICY,
    *,
    check_only: bool = False,
    replace: bool = False,
) -> list[StepReport]:
    """Set a till up; doing it once more changes nothing.

    To be called in a thread, as it waits for the keyring.

    Args:
        path: the configuration to write; what it says besides stays. It need not be there yet.
        policy: the machine's.
        check_only: whether nothing is to be changed, only told.
        replace: whether a till that is set up for another open id may be.

    Raises:
        ProvisionError: it is for another open id, or holds what is no key.
        ConfigError: the configuration cannot be read or written, or would be wrong.
        CredentialError: the keyring failed.
    """
    seen = _content(path)
    given = _given(path, seen)
    _check_merchant(provision, given, policy, replace=replace)
    secrets = _checked_secrets(provision.secrets)
    reports = [_setting_report(each, value, given, policy) for each, value in _ordered(provision)]
    changes = {
        report.setting: provision.settings[report.setting]
        for report in reports
        if report.outcome is Outcome.CHANGED and report.setting is not None
    }
    changed_settings(path, changes, seen=seen, policy=policy)
    kept = _kept(store, secrets)
    reports[:0] = [_secret_report(step, new, old) for step, new, old in kept]
    if not check_only:
        with _keeping(store, secrets, reports):
            save_settings(path, changes, seen=seen, policy=policy)
    return reports


def gather_provision(
    settings: Settings,
    store: CredentialStore,
    *,
    with_store: bool = False,
    with_wechat: bool = False,
    environ: Mapping[str, str] = ENVIRON,
) -> Provision:
    """What a till is set up with, for others: what its file says, and its open key.

    What the machine's policy sets stays away, but for what a till cannot be without.

    Args:
        with_store: whether the settings of its one store are in it.
        with_wechat: whether WeChat Pay's keys, or a relay's token, are.

    Raises:
        ConfigError: its file cannot be read any more.
        CredentialError: it has no open key, or the keyring failed.
    """
    given = {} if settings.path is None else _given(settings.path, _content(settings.path))
    given = {path: value for path, value in given.items() if path not in settings.policy.raw}
    needed = [setting.path for setting in SETTINGS if setting.default is REQUIRED]
    given |= {path: settings.policy.raw[path] for path in needed if path in settings.policy.raw}
    chosen = {
        setting: value
        for setting in SETTINGS
        if isinstance(value := given.get(setting.path), str | bool | int | float)
        and (with_store or setting.table != "store")
    }
    open_id = settings.platform.open_id
    wechat = (kept_text(store) or "") if with_wechat else ""
    return Provision(chosen, Secrets(open_id, open_key(open_id, store, environ), wechat))


def remove_setup(
    store: CredentialStore,
    path: Path,
    policy: Policy = NO_POLICY,
    *,
    others: Sequence[Path] = (),
    check_only: bool = False,
) -> list[StepReport]:
    """Take the open key, WeChat Pay's keys and the configuration away; who is a supervisor stays.

    Args:
        path: the configuration that is removed.
        others: configurations that stay, and may name the open id, too.

    Raises:
        ConfigError: a configuration cannot be read or removed.
        CredentialError: the keyring failed.
    """
    seen = _content(path)
    files = [(path, seen), *((other, _content(other)) for other in others)]
    named = [policy.raw, *(_given(file, content) for file, content in files)]
    open_ids = dict.fromkeys(_named(each) for each in named)
    kept = [open_id for open_id in open_ids if open_id and store.get(open_id) is not None]
    has_wechat = has_access(store)
    there = {
        Step.OPEN_KEY: bool(kept),
        Step.WECHAT: has_wechat,
        Step.CONFIGURATION: seen is not None,
    }
    reports = [
        StepReport(step, Outcome.CHANGED if is_there else Outcome.SAME)
        for step, is_there in there.items()
    ]
    if check_only:
        return reports
    # The file last: without it nobody knows whose open key there is.
    for open_id in kept:
        store.delete(open_id)
    if has_wechat:
        drop_access(store, audit_path())
    if seen is not None:
        _unlink(path)
    return reports


# --- the configuration --------------------------------------------------------------------------


def _content(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ConfigError(f"{path}: cannot be read: {why}") from error


def _given(path: Path, content: bytes | None) -> dict[str, object]:
    """What a file gives of what is declared, by path. Raises ConfigError."""
    try:
        tables = read_toml(content or b"")
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error
    given: dict[str, object] = {}
    for table, keys in tables.items():
        if isinstance(keys, dict):
            given.update({f"{table}.{key}": value for key, value in keys.items()})
    return {place: value for place, value in given.items() if place in BY_PATH}


def _named(given: Mapping[str, object]) -> str:
    """The open id that something gives, or ""."""
    return str(_read(OPEN_ID, given.get(OPEN_ID.path)) or "")


def _check_merchant(
    provision: Provision, given: Mapping[str, object], policy: Policy, *, replace: bool
) -> None:
    """Refuse what is for another open id than this till's, or for two. Raises ProvisionError."""
    mine = provision.secrets.open_id
    if not mine or provision.settings.get(OPEN_ID, mine) != mine:
        raise ProvisionError(ProvisionProblem.CONTENT, OPEN_ID.path)
    if policy.sets(OPEN_ID):
        if policy.value(OPEN_ID) != mine:
            raise ProvisionError(ProvisionProblem.POLICY_MERCHANT, OPEN_ID.path)
    elif OPEN_ID.path in given and not replace and _read(OPEN_ID, given[OPEN_ID.path]) != mine:
        raise ProvisionError(ProvisionProblem.OTHER_MERCHANT, OPEN_ID.path)


def _ordered(provision: Provision) -> list[tuple[Setting[Any], Value]]:
    held = provision.settings
    return [(setting, held[setting]) for setting in SETTINGS if setting in held]


def _setting_report(
    setting: Setting[Any], value: Value, given: Mapping[str, object], policy: Policy
) -> StepReport:
    if policy.sets(setting):
        return StepReport(Step.SETTING, Outcome.LEFT_TO_POLICY, setting)
    is_so = setting.path in given and _read(setting, given[setting.path]) == setting.read(value)
    return StepReport(Step.SETTING, Outcome.SAME if is_so else Outcome.CHANGED, setting)


def _read(setting: Setting[Any], value: object) -> object:
    """A file's value as the program takes it; of one that is wrong, nothing."""
    with contextlib.suppress(ConfigError):
        return setting.read(value)
    return None


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ConfigError(f"{path} is not removed: {why}") from error
    sync_folder(path.parent)


# --- secrets ------------------------------------------------------------------------------------


def _checked_secrets(secrets: Secrets) -> Secrets:
    """Secrets as they are kept. Raises ProvisionError: what they hold is no key."""
    try:
        key = pasted_key(secrets.open_key)
        if secrets.wechat:
            check_text(secrets.wechat)
    except (ValueError, CredentialError) as error:
        raise ProvisionError(ProvisionProblem.CONTENT) from error
    return Secrets(secrets.open_id, key, secrets.wechat)


def _kept(store: CredentialStore, secrets: Secrets) -> list[tuple[Step, str, str | None]]:
    """Each secret that there is, with what is kept in its place now. Raises CredentialError."""
    found = []
    if secrets.open_key:
        found.append((Step.OPEN_KEY, secrets.open_key, store.get(secrets.open_id)))
    if secrets.wechat:
        found.append((Step.WECHAT, secrets.wechat, usable_text(store)))
    return found


def _secret_report(step: Step, new: str, old: str | None) -> StepReport:
    return StepReport(step, Outcome.SAME if new == old else Outcome.CHANGED)


@contextmanager
def _keeping(store: CredentialStore, secrets: Secrets, reports: list[StepReport]) -> Iterator[None]:
    """Keep what is new among the secrets; put it back where what follows fails."""
    changed = {report.step for report in reports if report.outcome is Outcome.CHANGED}
    undo: list[Callable[[], None]] = []
    try:
        if Step.OPEN_KEY in changed:
            back = _undo_key(store, secrets.open_id)
            store.set(secrets.open_id, secrets.open_key)
            undo.append(back)
        if Step.WECHAT in changed:
            undo.append(swap_text(store, secrets.wechat))
        yield
    except PosMemberError as error:
        _put_back(undo, error)
        raise
    except BaseException:  # Ctrl+C, too: the till stays as it was
        with contextlib.suppress(ProvisionError):
            _put_back(undo)
        raise
    if secrets.wechat:
        note_set_up(audit_path())


def _put_back(undo: Sequence[Callable[[], None]], error: PosMemberError | None = None) -> None:
    """Have the secrets that were kept as they were. Raises ProvisionError: that failed, too."""
    try:
        for back in reversed(undo):
            back()
    except CredentialError:
        raise ProvisionError(ProvisionProblem.HALF_DONE, str(error or "")) from error


def _undo_key(store: CredentialStore, open_id: str) -> Callable[[], None]:
    before = store.get(open_id)
    return lambda: store.delete(open_id) if before is None else store.set(open_id, before)
