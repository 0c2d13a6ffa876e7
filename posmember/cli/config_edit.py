"""Changes one key of a configuration file and leaves the rest as a person wrote it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import tomlkit
from tomlkit.items import AbstractTable

from posmember.api.signing import SignKeys


def save_sign_keys(path: Path, spelling: SignKeys) -> bool:
    """Set ``platform.v2_sign_keys``; the file is replaced whole or not at all.

    Returns:
        False where the file may not be written, such as a chain's machine-wide one.
    """
    path = path.resolve()  # a link stays one
    # As bytes: reading it as text would turn Windows's line ends into others.
    document = tomlkit.parse(path.read_bytes().decode("utf-8-sig"))
    platform = document["platform"]
    assert isinstance(platform, AbstractTable)  # it was valid when it was loaded
    platform["v2_sign_keys"] = spelling.value
    try:
        _replace(path, tomlkit.dumps(document))
    except OSError:
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
