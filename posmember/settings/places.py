"""Where a configuration may be: the folders of the user, then of the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import platformdirs

PROGRAM: Final = "posmember"
MACHINE_FOLDER = "/etc/xdg"
"""Where the machine's configuration is on Unix, whatever else is named."""


def config_folders(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """The program's configuration folders, first come first served.

    On Unix those of the XDG base directories: ``XDG_CONFIG_HOME`` (else ``~/.config``), each of
    ``XDG_CONFIG_DIRS``, then `MACHINE_FOLDER`. What is empty or not absolute is passed over.
    """
    if sys.platform in ("win32", "darwin"):
        return (
            platformdirs.user_config_path(PROGRAM, appauthor=False),
            platformdirs.site_config_path(PROGRAM, appauthor=False),
        )
    home = environ.get("XDG_CONFIG_HOME", "")
    named = [
        home if _is_usable(home) else os.path.expanduser("~/.config"),  # noqa: PTH111 - may fail
        *environ.get("XDG_CONFIG_DIRS", "").split(os.pathsep),
        MACHINE_FOLDER,
    ]
    return tuple(dict.fromkeys(Path(folder) / PROGRAM for folder in named if _is_usable(folder)))


def machine_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The program's folder of all users, which an administrator alone writes to."""
    return config_folders(environ)[-1]


def _is_usable(folder: str) -> bool:
    return Path(folder).is_absolute()
