r"""The machine's policy: what head office has set for every user of a till, and nobody can change.

On Windows the values of ``HKLM\Software\Policies\posmember``, by each setting's policy name; else
``/etc/posmember/policy.toml``, in the tables of a configuration. It is read from there alone,
whatever a user's environment says, and beats every other source. A value that is wrong is ignored
and told; it never keeps a till from starting.
"""

from __future__ import annotations

import importlib
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from posmember.api.address import check_base_url
from posmember.errors import ConfigError
from posmember.settings.declared import BASE_URL, BY_PATH, INSECURE, POLICY_BY_PATH
from posmember.settings.files import read_file
from posmember.settings.kinds import Flag, Number, Whole
from posmember.settings.policy_places import POLICY_FILE, REGISTRY_KEY
from posmember.settings.setting import Setting
from posmember.settings.toml import read_toml

_DECLARED: Final[dict[str, Setting[Any]]] = {**BY_PATH, **POLICY_BY_PATH}
_BY_NAME: Final = {setting.policy.casefold(): setting for setting in _DECLARED.values()}
_MOST_VALUES: Final = 200
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Policy:
    """What the machine's policy sets.

    Args:
        place: where it was read from; "" where there is none.
        raw: what is set, by the setting's path, as a file would hold it; each of them can be read.
        ignored: a line for everything that is not taken, and why; it holds no value.
    """

    place: str = ""
    raw: Mapping[str, object] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    def sets(self, setting: Setting[Any]) -> bool:
        """Whether nobody else may set it."""
        return setting.path in self.raw

    def value(self, setting: Setting[Any]) -> Any:
        """What it says of a setting, as the program takes it; else the setting's default."""
        if not self.sets(setting):
            return setting.preset
        return setting.read(self.raw[setting.path])


NO_POLICY: Final = Policy()


def machine_policy() -> Policy:
    """Read this machine's policy; what cannot be read is told among `Policy.ignored`."""
    if sys.platform == "win32":
        return registry_policy(_registry_values)
    return file_policy(Path(POLICY_FILE))


# --- a file ------------------------------------------------------------------------------------


def file_policy(path: Path, owner: int = 0) -> Policy:
    """The policy that a file holds.

    Args:
        owner: the user whose file it has to be: the administrator.
    """
    try:
        status = path.stat()
        content = read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return NO_POLICY
    except OSError as error:
        return Policy(str(path), ignored=(f"{path}: {error.strerror or type(error).__name__}",))
    if status.st_uid != owner or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Policy(str(path), ignored=(f"{path}: not the administrator's alone",))
    try:
        tables = read_toml(content)
    except ConfigError as error:
        return Policy(str(path), ignored=(f"{path}: {error}",))
    return _checked(str(path), _paths(tables))


def _paths(tables: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for table, keys in tables.items():
        if isinstance(keys, dict):
            yield from ((f"{table}.{key}", value) for key, value in keys.items())
        else:
            yield table, keys


# --- the registry ------------------------------------------------------------------------------


def registry_policy(read: Callable[[], Mapping[str, object] | None]) -> Policy:
    """The policy that Windows' registry holds.

    Args:
        read: gives the key's values by name; None where there is no such key.
    """
    place = rf"HKLM\{REGISTRY_KEY}"
    try:
        values = read()
    except OSError as error:
        return Policy(place, ignored=(f"{place}: {error.strerror or type(error).__name__}",))
    if values is None:
        return NO_POLICY
    found = []
    for name, value in values.items():
        setting = _BY_NAME.get(name.casefold())
        # What is unknown keeps its name, and is told as such.
        found.append((setting.path, _from_registry(setting, value)) if setting else (name, value))
    return _checked(place, iter(found))


def _from_registry(setting: Setting[Any], value: object) -> object:
    """A registry's value as a file would hold it: it knows whole numbers and texts alone."""
    if isinstance(setting.kind, Flag) and value in (0, 1):
        return bool(value)
    if isinstance(setting.kind, Number | Whole) and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _registry_values() -> Mapping[str, object] | None:
    winreg: Any = importlib.import_module("winreg")  # there is none elsewhere
    # The 64-bit view, whatever Python runs.
    access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
    try:
        key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY, 0, access)
    except FileNotFoundError:
        return None
    with key:
        count = min(winreg.QueryInfoKey(key)[1], _MOST_VALUES)
        values = [winreg.EnumValue(key, place) for place in range(count)]
    return {name: value for name, value, _kind in values}


# --- both --------------------------------------------------------------------------------------


def _checked(place: str, found: Iterator[tuple[str, object]]) -> Policy:
    raw: dict[str, object] = {}
    ignored = []
    for path, value in found:
        setting = _DECLARED.get(path)
        if setting is None:
            named = path or "(Default)"  # as Windows calls a key's own value
            shown = named if len(named) <= _SHOWN else f"{named[:_SHOWN]}…"
            ignored.append(f"{shown} is no key that posmember knows")
            continue
        try:
            setting.read(value)
        except ConfigError as error:
            ignored.append(str(error))
        else:
            raw[path] = value
    ignored += _wrong_address(raw)
    return Policy(place, raw, tuple(ignored))


def _wrong_address(raw: dict[str, object]) -> list[str]:
    """Take out an address that cannot be used; returns why.

    Plain http to another machine takes the policy's own permission: a user's file cannot give it
    in head office's name, and each user of a till goes to the same place. Of the two it is the
    address that goes, as a permission is never guessed, and without it there is a safe default.
    """
    if BASE_URL.path not in raw:
        return []
    allowed = INSECURE.path in raw and INSECURE.read(raw[INSECURE.path])
    try:
        check_base_url(BASE_URL.read(raw[BASE_URL.path]), allow_insecure_http=allowed)
    except ConfigError as error:
        del raw[BASE_URL.path]
        return [str(error)]
    return []
