"""Changes single keys of a configuration file and leaves the rest as a person wrote it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from posmember.api.qimai.signing import SignKeys


def save_sign_keys(path: Path, spelling: SignKeys) -> bool:
    """Set ``platform.v2_sign_keys``; the file is replaced whole or not at all.

    Returns:
        False where the file may not be written, such as a chain's machine-wide one, or is no
        longer what it was when it was loaded.
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
    from tomlkit.items import AbstractTable

    path = path.resolve()  # a link stays one
    # As bytes: reading it as text would turn Windows's line ends into others.
    try:
        document = tomlkit.parse(path.read_bytes().decode("utf-8-sig"))
        section = document.setdefault(table, tomlkit.table())
        assert isinstance(section, AbstractTable)  # it was valid when it was loaded
        section.update(values)
        _replace(path, tomlkit.dumps(document))
    except (OSError, ValueError):
        return False
    return True


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
