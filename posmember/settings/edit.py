"""Changes single keys of a configuration file and leaves the rest as a person wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from posmember.api.qimai.signing import SignKeys
from posmember.errors import ConfigError
from posmember.settings.files import read_file, replace_file
from posmember.settings.toml import toml_text

MAX_CHANGED = 64 * 1024
"""Bytes of a file that is changed: what keeps its comments takes seconds for a long one."""


def save_sign_keys(path: Path, spelling: SignKeys) -> bool:
    """Set ``platform.v2_sign_keys``; the file is replaced whole or not at all.

    Returns:
        False where the file may not be written, such as a chain's machine-wide one or another
        user's, is longer than `MAX_CHANGED`, or is no longer what it was when it was loaded.
    """
    return _save(path, "platform", {"v2_sign_keys": spelling.value})


def save_scanner(
    path: Path, *, prefix: str, suffix: str, enter_follows: bool, max_gap_ms: int
) -> bool:
    """Set what ``[scanner]`` says of how the scanner types; as `save_sign_keys`."""
    values: dict[str, str | bool | int] = {
        "prefix": prefix,
        "suffix": suffix,
        "enter_follows": enter_follows,
        "max_gap_ms": max_gap_ms,
    }
    return _save(path, "scanner", values)


def _save(path: Path, table: str, values: Mapping[str, str | bool | int]) -> bool:
    import tomlkit  # only where something is changed
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import AbstractTable

    try:
        content = read_file(path)
        if len(content) > MAX_CHANGED:
            return False
        # As bytes: reading it as text would turn Windows's line ends into others.
        document = tomlkit.parse(toml_text(content))
        section = document.setdefault(table, tomlkit.table())
        if not isinstance(section, AbstractTable):  # it was one when it was loaded
            return False
        section.update(values)
        replace_file(path, tomlkit.dumps(document).encode())
    except (OSError, ValueError, RecursionError, ConfigError, TOMLKitError):
        return False
    return True
