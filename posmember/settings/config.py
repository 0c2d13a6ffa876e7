"""The configuration: frozen `Settings`, read from one TOML file, validated whole. No Qt."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from posmember.api.address import check_base_url, is_clear_text
from posmember.api.http.proxies import NONE, SYSTEM, check_proxy
from posmember.api.qimai.signing import SignKeys
from posmember.domain.context import Store
from posmember.domain.joining.spending import MinSpendUnit
from posmember.errors import ConfigError
from posmember.scanning.profile import compile_url_pattern
from posmember.settings.files import read_file
from posmember.settings.places import config_folders
from posmember.settings.toml import read_toml

CONFIG_VARIABLE = "POSMEMBER_CONFIG"
FILE_NAME = "config.toml"
DEFAULT_BASE_URL = "https://openapi.qmai.cn"
DEFAULT_TIMEOUT_S = 8.0
MIN_TIMEOUT_S, MAX_TIMEOUT_S = 0.5, 60.0
DEFAULT_MAX_GAP_MS, MIN_GAP_MS, MAX_GAP_MS = 35, 5, 120
MAX_TEXT = 2_000
"""Characters of any text: more than an address or a pattern needs."""
DEFAULT_BAUD, MIN_BAUD, MAX_BAUD = 9_600, 300, 921_600
DEFAULT_CLEAR_S, MIN_CLEAR_S, MAX_CLEAR_S = 90, 10, 3_600


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
    base_url: str = DEFAULT_BASE_URL
    v2_sign_keys: SignKeys = SignKeys.CAMEL
    allow_insecure_http: bool = False
    timeout_s: float = DEFAULT_TIMEOUT_S
    min_amount_use_unit: MinSpendUnit = MinSpendUnit.AUTO
    proxy: str = field(default=SYSTEM, repr=False)

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

    prefix: str = ""
    enter_follows: bool = True
    max_gap_ms: int = DEFAULT_MAX_GAP_MS
    url_pattern: re.Pattern[str] | None = None
    device: str = ""
    serial_port: str = ""
    serial_baud: int = DEFAULT_BAUD
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole, valid configuration.

    Args:
        sounds: whether to sound a tone for found, not found and wrong.
        path: the file it came from; None where it was made by the program (demo).
        clear_after_s: seconds that a member stays on a screen that nobody touches; 0 is for ever.
    """

    platform: PlatformSettings
    store: Store = field(default_factory=Store)
    scanner: ScannerSettings = field(default_factory=ScannerSettings)
    sounds: bool = True
    path: Path | None = None
    clear_after_s: int = DEFAULT_CLEAR_S


def candidate_paths(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where the configuration may be, first come first served.

    ``POSMEMBER_CONFIG`` alone where it is set; else the user's place, then the machine's.
    """
    if named := environ.get(CONFIG_VARIABLE):
        return (Path(named),)
    return tuple(folder / FILE_NAME for folder in config_folders(environ))


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
    raise ConfigError("no configuration file; looked for " + ", ".join(map(_shown, paths)))


def _content(path: Path) -> bytes | None:
    """What the file holds; None where there is none."""
    try:
        return read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{_shown(path)}: cannot be read: {error.strerror}") from error


def _read(content: bytes, path: Path) -> Settings:
    try:
        return parse(read_toml(content), path)
    except ConfigError as error:
        raise ConfigError(f"{_shown(path)}: {error}") from error


def _shown(path: Path) -> str:
    """A file's name as text, also where its bytes are none."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def parse(content: Mapping[str, object], path: Path | None = None) -> Settings:
    """Make settings of a parsed file.

    Raises:
        ConfigError: naming the key's path, e.g. ``platform.timeout_s``.
    """
    root = _Table(content, "")
    names = ("platform", "store", "scanner", "window")
    platform, store, scanner, window = tables = [root.table(name) for name in names]
    root.done()
    settings = Settings(
        _platform(platform),
        _store(store),
        _scanner(scanner),
        window.boolean("sounds", default=True),
        path,
        window.whole_number_or_0("clear_after_s", DEFAULT_CLEAR_S, MIN_CLEAR_S, MAX_CLEAR_S),
    )
    for table in tables:
        table.done()
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
        proxy=_proxy(table.text("proxy", SYSTEM)),
    )


def _proxy(text: str) -> str:
    return text if text in (SYSTEM, NONE) else check_proxy(text)


def _store(table: _Table) -> Store:
    return Store(
        code=table.text("code", "") or None,
        id=table.text("id", "") or None,
        name=table.text("name", ""),
    )


def _scanner(table: _Table) -> ScannerSettings:
    return ScannerSettings(
        prefix=table.text("prefix", "", strip=False),
        suffix=table.text("suffix", "", strip=False),
        enter_follows=table.boolean("enter_follows", default=True),
        max_gap_ms=table.whole_number("max_gap_ms", DEFAULT_MAX_GAP_MS, MIN_GAP_MS, MAX_GAP_MS),
        url_pattern=_url_pattern(table.text("url_pattern", "")),
        device=table.text("device", ""),
        serial_port=table.text("serial_port", ""),
        serial_baud=table.whole_number("serial_baud", DEFAULT_BAUD, MIN_BAUD, MAX_BAUD),
    )


def _url_pattern(text: str) -> re.Pattern[str] | None:
    if not text:
        return None
    try:
        return compile_url_pattern(text)
    except ValueError as error:
        raise ConfigError(f"scanner.url_pattern: {error}") from error


_MAX_ID = 10**40
"""No id has more digits, and there is a number that Python does not write out."""
_SHOWN = 60


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

    def text(self, key: str, default: str | None = None, *, strip: bool = True) -> str:
        value = self._left.pop(key, default)
        if value is None:
            self._wrong(key, "is missing")
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MAX_ID:
            value = str(value)  # an id without its quotes is meant as it stands
        if not isinstance(value, str):
            self._wrong(key, "has to be a text")
        if len(value) > MAX_TEXT:
            self._wrong(key, f"is longer than {MAX_TEXT} characters")
        if strip:
            value = self._stripped(key, value)
        if default is None and not value.strip():
            self._wrong(key, "is empty")
        return value

    def _stripped(self, key: str, value: str) -> str:
        """A text without what pasting brings along unseen: spaces around it, zero-width marks."""
        seen = "".join(char for char in value if unicodedata.category(char) != "Cf").strip()
        if any(unicodedata.category(char) == "Cc" for char in seen):
            self._wrong(key, "holds a control character")
        return seen

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

    def whole_number(self, key: str, default: int, least: int, most: int) -> int:
        value = self.number(key, default, least, most)
        if value != int(value):
            self._wrong(key, "has to be a whole number")
        return int(value)

    def whole_number_or_0(self, key: str, default: int, least: int, most: int) -> int:
        value = self.whole_number(key, default, 0, most)
        if 0 < value < least:
            self._wrong(key, f"has to be 0, or from {least} to {most}")
        return value

    def choice(self, key: str, choices: list[str], default: str) -> str:
        value = self._left.pop(key, default)
        if value not in choices:
            self._wrong(key, "has to be one of " + ", ".join(choices))
        return str(value)

    def done(self) -> None:
        for key in sorted(self._left):
            self._wrong(key, "is no key that posmember knows")

    def _path(self, key: str) -> str:
        key = key if len(key) <= _SHOWN else f"{key[:_SHOWN]}…"
        return f"{self._name}.{key}" if self._name else key

    def _wrong(self, key: str, what: str) -> NoReturn:
        raise ConfigError(f"{self._path(key)} {what}")
