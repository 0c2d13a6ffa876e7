"""The configuration: frozen `Settings`, read from one TOML file, validated whole. No Qt."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from posmember.api.address import check_base_url, is_clear_text
from posmember.api.qimai.signing import SignKeys
from posmember.domain.context import Store
from posmember.domain.joining.spending import MinSpendUnit
from posmember.errors import ConfigError, NotSetUpError
from posmember.settings import declared
from posmember.settings.beside import Hotkey, Template
from posmember.settings.declared import BY_PATH, SETTINGS, TABLES, Language, Programs
from posmember.settings.files import read_file
from posmember.settings.places import config_folders
from posmember.settings.policy import NO_POLICY, Policy, machine_policy
from posmember.settings.setting import REQUIRED, Setting
from posmember.settings.toml import read_toml
from posmember.settings.updates import Hours

T = TypeVar("T")

CONFIG_VARIABLE = "POSMEMBER_CONFIG"
FILE_NAME = "config.toml"
DEFAULT_TIMEOUT_S: Final = declared.TIMEOUT.preset
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """``[platform]``.

    Args:
        v2_sign_keys: how V2's signed text spells its keys.
        timeout_s: seconds one call may take, with its retries.
        min_amount_use_unit: the unit of member-info's ``template.min_amount_use``, where the
            chain knows it; "auto" decides coupon by coupon (api/README).
        proxy: "system", "none", or the address of the proxy that leads to the platform.
    """

    open_id: str
    grant_code: str
    base_url: str = declared.BASE_URL.preset
    v2_sign_keys: SignKeys = declared.SIGN_KEYS.preset
    allow_insecure_http: bool = declared.INSECURE.preset
    timeout_s: float = declared.TIMEOUT.preset
    min_amount_use_unit: MinSpendUnit = declared.UNIT.preset
    proxy: str = field(default=declared.PROXY.preset, repr=False)

    @property
    def clear_text(self) -> bool:
        """Whether calls cross the network unencrypted, which the window keeps saying."""
        return is_clear_text(self.base_url)


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """``[scanner]``: what is known of the store's scanner; the scanner check finds it out.

    Args:
        prefix: what it sends before each code. suffix: behind it, before its Enter.
        enter_follows: whether it sends Enter, Tab or a line feed after each code.
        max_gap_ms: milliseconds between two of its keys, at most.
        url_pattern: a regular expression of the member codes' addresses, with the group
            ``code``; None where codes are no addresses.
        device: part of the device's name, to read it below the keyboard (Windows); "" is off.
        serial_port: such as ``COM3`` or ``/dev/ttyACM0``; "" is none. serial_baud: its speed.
    """

    prefix: str = declared.PREFIX.preset
    enter_follows: bool = declared.ENTER_FOLLOWS.preset
    max_gap_ms: int = declared.MAX_GAP.preset
    url_pattern: re.Pattern[str] | None = declared.URL_PATTERN.preset
    device: str = declared.DEVICE.preset
    serial_port: str = declared.SERIAL_PORT.preset
    serial_baud: int = declared.SERIAL_BAUD.preset
    suffix: str = declared.SUFFIX.preset


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """``[window]``.

    Args:
        sounds: whether to sound a tone for found, not found and wrong.
        clear_after_s: seconds that a member stays on a screen that nobody touches; 0 is for ever.
    """

    sounds: bool = declared.SOUNDS.preset
    language: Language = declared.LANGUAGE.preset
    clear_after_s: int = declared.CLEAR_AFTER.preset


@dataclass(frozen=True, slots=True)
class BesideSettings:
    """``[beside]``: how it stands beside the till's own program.

    Args:
        hotkey: brings the window up from any program; `NO_HOTKEY` is none.
        programs: what other programs of the same user may ask.
        http_port: of 127.0.0.1, for programs that speak HTTP alone; 0 is none.
        http_origins: web pages that may ask there.
    """

    hotkey: Hotkey = declared.HOTKEY.preset
    close_to_tray: bool = declared.CLOSE_TO_TRAY.preset
    programs: Programs = declared.PROGRAMS.preset
    http_port: int = declared.HTTP_PORT.preset
    http_origins: tuple[str, ...] = declared.HTTP_ORIGINS.preset


@dataclass(frozen=True, slots=True)
class HandOverSettings:
    """``[hand_over]``: how a code is typed into the till's own program.

    Args:
        program: its file's name; "" is that nothing is typed. title: of its window, with ``*``.
        pause_ms: milliseconds between two keys.
    """

    program: str = declared.HAND_OVER_PROGRAM.preset
    title: str = declared.HAND_OVER_TITLE.preset
    template: Template = declared.HAND_OVER_TEMPLATE.preset
    pause_ms: int = declared.HAND_OVER_PAUSE.preset


@dataclass(frozen=True, slots=True)
class CustomerSettings:
    """``[customer]``: what the customer sees.

    Args:
        screen: its number, from 1, or its name; "" is none.
        balance: whether stored value is shown there.
        join_qr: a picture's file or an address, for who is no member yet; "" is none.
    """

    screen: str = declared.CUSTOMER_SCREEN.preset
    balance: bool = declared.CUSTOMER_BALANCE.preset
    join_qr: str = declared.JOIN_QR.preset


@dataclass(frozen=True, slots=True)
class UpdatesSettings:
    """``[updates]``: where new versions come from, and when.

    Args:
        url: the repository's address; "" is that there are no updates.
        hours: when it is asked, and what it has is installed.
        idle_min: minutes with nobody on the screen after which it is installed; 0 is never.
    """

    url: str = declared.UPDATES_URL.preset
    hours: Hours = declared.UPDATES_HOURS.preset
    idle_min: int = declared.UPDATES_IDLE.preset


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole, valid configuration.

    Args:
        path: the file it came from; None where it was made by the program (demo).
        policy: what the machine's policy sets of it, and besides it.
        given: the paths of the settings that the file gives.
    """

    platform: PlatformSettings
    store: Store = field(default_factory=Store)
    scanner: ScannerSettings = field(default_factory=ScannerSettings)
    window: WindowSettings = field(default_factory=WindowSettings)
    beside: BesideSettings = field(default_factory=BesideSettings)
    hand_over: HandOverSettings = field(default_factory=HandOverSettings)
    customer: CustomerSettings = field(default_factory=CustomerSettings)
    updates: UpdatesSettings = field(default_factory=UpdatesSettings)
    path: Path | None = None
    policy: Policy = NO_POLICY
    given: frozenset[str] = frozenset()

    def value(self, setting: Setting[Any]) -> Any:
        """A setting's value, or a policy's, by its declaration."""
        if setting.path not in BY_PATH:
            return self.policy.value(setting)
        value = getattr(getattr(self, setting.table), setting.key)
        return setting.preset if value is None else value

    def source(self, setting: Setting[Any]) -> str:
        """Where a setting's value comes from: the policy's place, the file, or ""."""
        if self.policy.sets(setting):
            return self.policy.place
        return str(self.path or "") if setting.path in self.given else ""


def candidate_paths(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where the configuration may be, first come first served.

    ``POSMEMBER_CONFIG`` alone where it is set; else the user's place, then the machine's.
    """
    if named := environ.get(CONFIG_VARIABLE):
        return (Path(named),)
    return tuple(folder / FILE_NAME for folder in config_folders(environ))


def load(environ: Mapping[str, str] = os.environ, policy: Policy | None = None) -> Settings:
    """Read the configuration; nothing is ever written.

    Where the machine's policy sets all that is needed, there need not be a file.

    Args:
        policy: the machine's; None reads it.

    Raises:
        NotSetUpError: no file, or a key is missing that every till needs.
        ConfigError: an unreadable file, or a wrong or unknown key, named by its path.
    """
    policy = machine_policy() if policy is None else policy
    paths = candidate_paths(environ)
    for path in paths:
        content = _content(path)
        if content is not None:
            return _read(content, path, policy)
    if all(policy.sets(setting) for setting in SETTINGS if setting.default is REQUIRED):
        return parse({}, policy=policy)
    raise NotSetUpError("no configuration file; looked for " + ", ".join(map(_shown, paths)))


def _content(path: Path) -> bytes | None:
    """What the file holds; None where there is none."""
    try:
        return read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{_shown(path)}: cannot be read: {error.strerror}") from error


def _read(content: bytes, path: Path, policy: Policy) -> Settings:
    try:
        return parse(read_toml(content), path, policy)
    except ConfigError as error:
        raise type(error)(f"{_shown(path)}: {error}") from error


def _shown(path: Path) -> str:
    """A file's name as text, also where its bytes are none."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def parse(
    content: Mapping[str, object], path: Path | None = None, policy: Policy = NO_POLICY
) -> Settings:
    """Make settings of a parsed file.

    Raises:
        ConfigError: naming the key's path, e.g. ``platform.timeout_s``.
    """
    given = _given(content)
    values = _Values({**given, **policy.raw})
    settings = Settings(
        _platform(values),
        Store(
            code=values.of(declared.STORE_CODE) or None,
            id=values.of(declared.STORE_ID) or None,
            name=values.of(declared.STORE_NAME),
        ),
        values.table(ScannerSettings, "scanner"),
        values.table(WindowSettings, "window"),
        values.table(BesideSettings, "beside"),
        values.table(HandOverSettings, "hand_over"),
        values.table(CustomerSettings, "customer"),
        values.table(UpdatesSettings, "updates"),
        path,
        policy,
        frozenset(given),
    )
    _refuse_unknown(given)
    return settings


def _given(content: Mapping[str, object]) -> dict[str, object]:
    """What a file gives, by path. Raises ConfigError where it is in no table that there is."""
    given = {}
    for table in TABLES:
        keys = content.get(table, {})
        if not isinstance(keys, dict):
            raise ConfigError(f"{table} has to be a table")
        given.update({f"{table}.{key}": value for key, value in keys.items()})
    _refuse_unknown({key: None for key in content if key not in TABLES})
    return given


def _refuse_unknown(given: Mapping[str, object]) -> None:
    for path in sorted(set(given) - set(BY_PATH)):
        table, dot, key = path.rpartition(".") if "." in path else ("", "", path)
        shown = key if len(key) <= _SHOWN else f"{key[:_SHOWN]}…"
        raise ConfigError(f"{table}{dot}{shown} is no key that posmember knows")


class _Values:
    """Values as they were given, read by their declarations."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self._given = given

    def of(self, setting: Setting[T]) -> T:
        """A setting's value, or its default. Raises ConfigError."""
        if setting.path not in self._given:
            return setting.preset
        return setting.read(self._given[setting.path])

    def table(self, kind: Callable[..., T], name: str) -> T:
        """A whole table, whose fields are called as its settings are. Raises ConfigError."""
        return kind(**{each.key: self.of(each) for each in SETTINGS if each.table == name})


def _platform(values: _Values) -> PlatformSettings:
    insecure = values.of(declared.INSECURE)
    base_url = values.of(declared.BASE_URL)
    check_base_url(base_url, allow_insecure_http=insecure)
    return PlatformSettings(
        open_id=values.of(declared.OPEN_ID),
        grant_code=values.of(declared.GRANT_CODE),
        base_url=base_url,
        v2_sign_keys=values.of(declared.SIGN_KEYS),
        allow_insecure_http=insecure,
        timeout_s=values.of(declared.TIMEOUT),
        min_amount_use_unit=values.of(declared.UNIT),
        proxy=values.of(declared.PROXY),
    )
