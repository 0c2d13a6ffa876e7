"""The configuration file as it is now, whatever is wrong in it: what set-up begins with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from posmember.errors import ConfigError
from posmember.settings.config import candidate_paths
from posmember.settings.files import read_file
from posmember.settings.toml import read_toml


@dataclass(frozen=True, slots=True)
class FileNow:
    """What a file holds, or that there is none yet.

    Args:
        path: where it is, or is to be.
        content: its bytes; None where there is none.
        given: what it gives, by the settings' paths, as it stands there; nobody has checked it.
    """

    path: Path
    content: bytes | None = None
    given: Mapping[str, object] = field(default_factory=dict, repr=False)


def read_file_now(environ: Mapping[str, str] = os.environ) -> FileNow:
    """The first configuration file that is there; else the place of the user's own.

    Raises:
        ConfigError: it cannot be read, or is no TOML.
    """
    paths = candidate_paths(environ)
    for path in paths:
        try:
            content = read_file(path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
        return FileNow(path, content, _by_path(path, content))
    return FileNow(paths[0])


def _by_path(path: Path, content: bytes) -> dict[str, object]:
    try:
        tables = read_toml(content)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error
    return {
        f"{table}.{key}": value
        for table, keys in tables.items()
        if isinstance(keys, dict)
        for key, value in keys.items()
    }
