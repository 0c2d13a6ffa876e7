"""Changes single keys of a configuration file and leaves the rest as a person wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Final

from posmember.api.qimai.signing import SignKeys
from posmember.errors import ConfigError
from posmember.settings.files import read_file, replace_file
from posmember.settings.toml import read_toml, toml_text

MAX_CHANGED = 64 * 1024
"""Bytes of a file that is changed: what keeps its comments takes seconds for a long one."""

_MARK: Final = b"\xef\xbb\xbf"
"""What some editors put before a text."""
_DOTTED: Final = re.compile(r"^\s*[\"']?platform[\"']?\s*\.", re.MULTILINE)
_INLINE: Final = re.compile(r"^\s*[\"']?platform[\"']?\s*=", re.MULTILINE)
_LONE_LINE_FEED: Final = re.compile(r"(?<!\r)\n")

Values = Mapping[str, str | bool | int]


def save_sign_keys(path: Path, spelling: SignKeys) -> None:
    """Set ``platform.v2_sign_keys``; the file is replaced whole or not at all.

    Raises:
        ConfigError: why it was not: the file may not be written, such as a chain's machine-wide
            one, another user's or one with several names; is longer than `MAX_CHANGED`; or is no
            longer what it was when it was loaded.
    """
    _save(path, "platform", {"v2_sign_keys": spelling.value})


def sign_keys_by_hand(path: Path | None, spelling: SignKeys) -> str:
    """What a person is to write for `save_sign_keys`, in the form that the file has already.

    A table's head beside names with dots, or the other way around, would make the file a wrong one.
    """
    try:
        text = "" if path is None else toml_text(read_file(path))
    except (OSError, ConfigError):
        text = ""
    value = f'v2_sign_keys = "{spelling}"'
    if _DOTTED.search(text):
        return f"platform.{value}"
    return f"platform = {{ …, {value} }}" if _INLINE.search(text) else f"[platform] {value}"


def save_scanner(
    path: Path, *, prefix: str, suffix: str, enter_follows: bool, max_gap_ms: int
) -> None:
    """Set what ``[scanner]`` says of how the scanner types; raises as `save_sign_keys` does."""
    values: dict[str, str | bool | int] = {
        "prefix": prefix,
        "suffix": suffix,
        "enter_follows": enter_follows,
        "max_gap_ms": max_gap_ms,
    }
    _save(path, "scanner", values)


def _save(path: Path, table: str, values: Values) -> None:
    try:
        content = read_file(path)
        if len(content) > MAX_CHANGED:
            raise ConfigError(f"longer than {MAX_CHANGED // 1024} KiB")
        replace_file(path, _changed(content, table, values))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ConfigError(f"{path} is not changed: {why}") from error
    except ConfigError as error:
        raise ConfigError(f"{path} is not changed: {error}") from error


def _changed(content: bytes, table: str, values: Values) -> bytes:
    """A file's content with some keys of a table set. Raises ConfigError."""
    import tomlkit  # only where something is changed
    from tomlkit.exceptions import TOMLKitError

    expected = read_toml(content)
    # As bytes: reading it as text would turn Windows's line ends into others.
    text = toml_text(content)
    try:
        document = tomlkit.parse(text)
        section = document.setdefault(table, tomlkit.table())
        if not isinstance(section, MutableMapping):  # it was one when it was loaded
            raise ConfigError(f"{table} is no table")
        section.update(values)
        made = tomlkit.dumps(document)
    except (ValueError, RecursionError, TOMLKitError) as error:
        raise ConfigError("it cannot be changed by a program") from error
    if "\r\n" in text and not _LONE_LINE_FEED.search(text):
        made = _LONE_LINE_FEED.sub("\r\n", made)
    whole = made.encode()
    before = expected.get(table)
    expected[table] = {**(before if isinstance(before, dict) else {}), **values}
    if read_toml(whole) != expected:
        raise ConfigError("it cannot be changed by a program")
    return _MARK + whole if content.startswith(_MARK) else whole
