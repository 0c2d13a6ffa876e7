"""Changes single keys of a configuration file and leaves the rest as a person wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from posmember.api.qimai.signing import SignKeys
from posmember.errors import ConfigError
from posmember.settings.config import parse
from posmember.settings.files import make_folder, read_file, replace_file
from posmember.settings.policy import NO_POLICY, Policy
from posmember.settings.setting import Setting
from posmember.settings.toml import read_toml, toml_text

MAX_CHANGED = 64 * 1024
"""Bytes of a file that is changed: what keeps its comments takes seconds for a long one."""

_MARK: Final = b"\xef\xbb\xbf"
"""What some editors put before a text."""
_DOTTED: Final = re.compile(r"^\s*[\"']?platform[\"']?\s*\.", re.MULTILINE)
_INLINE: Final = re.compile(r"^\s*[\"']?platform[\"']?\s*=", re.MULTILINE)
_LONE_LINE_FEED: Final = re.compile(r"(?<!\r)\n")

Value = str | bool | int | float
Values = Mapping[str, Value]


class FileChangedError(ConfigError):
    """Somebody else has changed the file since it was read, so it is left as it is now."""


def save_settings(
    path: Path,
    changes: Mapping[Setting[Any], Value | None],
    *,
    seen: bytes | None,
    policy: Policy = NO_POLICY,
) -> bytes:
    """Set settings in a file; all else in it stays as a person wrote it.

    It is replaced whole, and synced to disk, or not at all. What it says then can be loaded.

    Args:
        changes: what a file holds for each setting; None takes it out, so that its default counts.
        seen: the file's content when it was read; None where there was none, and so one is made.
        policy: the machine's: what it sets need not be in the file.

    Returns:
        The file's content now.

    Raises:
        FileChangedError: it is no longer what was seen.
        ConfigError: why it was not written, as of `save_sign_keys`; or what is wrong with it then.
    """
    content = changed_settings(path, changes, seen=seen, policy=policy)
    with _why_not(path):
        if content != seen:
            if seen is None:
                make_folder(path.parent)
            replace_file(path, content)
        return content


def changed_settings(
    path: Path,
    changes: Mapping[Setting[Any], Value | None],
    *,
    seen: bytes | None,
    policy: Policy = NO_POLICY,
) -> bytes:
    """What `save_settings` would write; nothing is written. Args and raises as there."""
    with _why_not(path):
        if _content(path) != seen:
            raise FileChangedError("somebody else has changed it meanwhile")
        content = seen or b""
        for table, values in _by_table(changes).items():
            content = _changed(content, table, values)
        parse(read_toml(content), policy=policy)
        return content


def _content(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _by_table(changes: Mapping[Setting[Any], Value | None]) -> dict[str, dict[str, Value | None]]:
    found: dict[str, dict[str, Value | None]] = {}
    for setting, value in changes.items():
        found.setdefault(setting.table, {})[setting.key] = value
    return found


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
    with _why_not(path):
        replace_file(path, _changed(read_file(path), table, values))


@contextmanager
def _why_not(path: Path) -> Iterator[None]:
    """Whatever keeps a file from being changed, with its name."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ConfigError(f"{path} is not changed: {why}") from error
    except FileChangedError as error:
        raise FileChangedError(f"{path} is not changed: {error}") from error
    except ConfigError as error:
        raise ConfigError(f"{path} is not changed: {error}") from error


def _changed(content: bytes, table: str, values: Mapping[str, Value | None]) -> bytes:
    """A file's content with some keys of a table set, or taken out (None). Raises ConfigError."""
    import tomlkit  # only where something is changed
    from tomlkit.exceptions import TOMLKitError

    if len(content) > MAX_CHANGED:
        raise ConfigError(f"longer than {MAX_CHANGED // 1024} KiB")
    kept = {key: value for key, value in values.items() if value is not None}
    gone = values.keys() - kept.keys()
    expected = read_toml(content)
    # As bytes: reading it as text would turn Windows's line ends into others.
    text = toml_text(content)
    try:
        document = tomlkit.parse(text)
        if kept or table in document:
            section = document.setdefault(table, tomlkit.table())
            if not isinstance(section, MutableMapping):  # it was one when it was loaded
                raise ConfigError(f"{table} is no table")
            section.update(kept)
            for key in gone & section.keys():
                del section[key]
        made = tomlkit.dumps(document)
    except (ValueError, RecursionError, TOMLKitError) as error:
        raise ConfigError("it cannot be changed by a program") from error
    if "\r\n" in text and not _LONE_LINE_FEED.search(text):
        made = _LONE_LINE_FEED.sub("\r\n", made)
    whole = made.encode()
    before = expected.get(table)
    if kept or table in expected:
        whole_table = {**(before if isinstance(before, dict) else {}), **kept}
        expected[table] = {key: value for key, value in whole_table.items() if key not in gone}
    if read_toml(whole) != expected:
        raise ConfigError("it cannot be changed by a program")
    return _MARK + whole if content.startswith(_MARK) else whole
