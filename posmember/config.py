"""The configuration: frozen `Settings`, read from one TOML file, validated whole. No Qt."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import platformdirs

from posmember.api.address import check_base_url, is_clear_text
from posmember.api.signing import SignKeys
from posmember.domain.context import Store
from posmember.domain.spending import MinSpendUnit
from posmember.errors import ConfigError

CONFIG_VARIABLE = "POSMEMBER_CONFIG"
FILE_NAME = "config.toml"
DEFAULT_BASE_URL = "https://openapi.qmai.cn"
DEFAULT_TIMEOUT_S = 8.0
MIN_TIMEOUT_S, MAX_TIMEOUT_S = 0.5, 60.0


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """``[platform]``.

    Args:
        v2_sign_keys: how V2's signed text spells its keys.
        timeout_s: seconds one call may take, with its retries.
        min_amount_use_unit: the unit of member-info's ``template.min_amount_use``, where the
            chain knows it; "auto" decides coupon by coupon (api/README).
    """

    open_id: str
    grant_code: str
    base_url: str = DEFAULT_BASE_URL
    v2_sign_keys: SignKeys = SignKeys.CAMEL
    allow_insecure_http: bool = False
    timeout_s: float = DEFAULT_TIMEOUT_S
    min_amount_use_unit: MinSpendUnit = MinSpendUnit.AUTO

    @property
    def clear_text(self) -> bool:
        """Whether calls cross the network unencrypted, which the window keeps saying."""
        return is_clear_text(self.base_url)


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole, valid configuration.

    Args:
        path: the file it came from; None where it was made by the program (demo).
    """

    platform: PlatformSettings
    store: Store = field(default_factory=Store)
    path: Path | None = None


def candidate_paths(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where the configuration may be, first come first served.

    ``POSMEMBER_CONFIG`` alone where it is set; else the user's place, then the machine's.
    """
    if named := environ.get(CONFIG_VARIABLE):
        return (Path(named),)
    user = platformdirs.user_config_path("posmember", appauthor=False)
    machine = platformdirs.site_config_path("posmember", appauthor=False)
    return (user / FILE_NAME, machine / FILE_NAME)


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the configuration; nothing is ever written.

    Raises:
        ConfigError: no file, an unreadable one, or a wrong, unknown or missing key, named by
            its path.
    """
    paths = candidate_paths(environ)
    for path in paths:
        content = _content(path)
        if content is not None:
            return _read(content, path)
    raise ConfigError("no configuration file; looked for " + ", ".join(map(str, paths)))


def _content(path: Path) -> bytes | None:
    """What the file holds; None where there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def _read(content: bytes, path: Path) -> Settings:
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except ValueError as error:  # no TOML, no UTF-8, a number of thousands of digits
        raise ConfigError(f"{path}: not a TOML file: {error}") from error
    try:
        return parse(table, path)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def parse(content: Mapping[str, object], path: Path | None = None) -> Settings:
    """Make settings of a parsed file.

    Raises:
        ConfigError: naming the key's path, e.g. ``platform.timeout_s``.
    """
    root = _Table(content, "")
    platform, store = root.table("platform"), root.table("store")
    root.done()
    settings = Settings(_platform(platform), _store(store), path)
    platform.done()
    store.done()
    return settings


def _platform(table: _Table) -> PlatformSettings:
    allow_insecure_http = table.boolean("allow_insecure_http", default=False)
    base_url = table.text("base_url", DEFAULT_BASE_URL)
    check_base_url(base_url, allow_insecure_http=allow_insecure_http)
    return PlatformSettings(
        open_id=table.text("open_id"),
        grant_code=table.text("grant_code"),
        base_url=base_url,
        v2_sign_keys=SignKeys(table.choice("v2_sign_keys", [*SignKeys], SignKeys.CAMEL)),
        allow_insecure_http=allow_insecure_http,
        timeout_s=table.number("timeout_s", DEFAULT_TIMEOUT_S, MIN_TIMEOUT_S, MAX_TIMEOUT_S),
        min_amount_use_unit=MinSpendUnit(
            table.choice("min_amount_use_unit", [*MinSpendUnit], MinSpendUnit.AUTO)
        ),
    )


def _store(table: _Table) -> Store:
    return Store(
        code=table.text("code", "") or None,
        id=table.text("id", "") or None,
        name=table.text("name", ""),
    )


class _Table:
    """A table of the file; every key read is crossed off, what is left over is a mistake."""

    def __init__(self, content: Mapping[str, object], name: str) -> None:
        self._left = dict(content)
        self._name = name

    def table(self, key: str) -> _Table:
        value = self._left.pop(key, {})
        if not isinstance(value, dict):
            self._wrong(key, "has to be a table")
        return _Table(value, self._path(key))

    def text(self, key: str, default: str | None = None) -> str:
        value = self._left.pop(key, default)
        if value is None:
            self._wrong(key, "is missing")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # an id without its quotes is meant as it stands
        if not isinstance(value, str):
            self._wrong(key, "has to be a text")
        if default is None and not value.strip():
            self._wrong(key, "is empty")
        return value.strip()

    def boolean(self, key: str, *, default: bool) -> bool:
        value = self._left.pop(key, default)
        if not isinstance(value, bool):
            self._wrong(key, "has to be true or false")
        return value

    def number(self, key: str, default: float, least: float, most: float) -> float:
        value = self._left.pop(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong(key, "has to be a number")
        if not least <= value <= most:
            self._wrong(key, f"has to be from {least:g} to {most:g}")
        return float(value)

    def choice(self, key: str, choices: list[str], default: str) -> str:
        value = self._left.pop(key, default)
        if value not in choices:
            self._wrong(key, "has to be one of " + ", ".join(choices))
        return str(value)

    def done(self) -> None:
        for key in sorted(self._left):
            self._wrong(key, "is no key that posmember knows")

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _wrong(self, key: str, what: str) -> NoReturn:
        raise ConfigError(f"{self._path(key)} {what}")
