"""Where updates are kept: a folder that nobody else writes to, as what lies there is run."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path
from typing import Final

from posmember.errors import UpdateError, UpdateProblem
from posmember.settings.files import make_folder
from posmember.settings.remembered import remembered_path

_SPARE: Final = 64 * 1024 * 1024
"""Bytes of the disk that are left to others."""
_NAME: Final = "updates"


def users_folder() -> Path:
    """This user's. Raises UpdateError where the system names none."""
    folder = remembered_path(_NAME)
    if folder is None:
        raise UpdateError("no folder of the user's", problem=UpdateProblem.NOT_WRITTEN)
    return folder


def machines_folder(program: Path) -> Path:
    r"""The machine's, beside the program's own folder: who can write there can write to that, too.

    Not of ``%PROGRAMDATA%``: there anybody may have made a folder of the program's name before.
    """
    return program.parent.with_name(_NAME)


def make_private(folder: Path) -> None:
    """Make it, and make sure of it.

    On Windows its rights are those of the folder that it is in: the user's own, or the program's.

    Raises:
        UpdateError: it is another user's, or others may write to it. OSError: it cannot be made.
    """
    make_folder(folder)
    if sys.platform == "win32":
        return
    status = folder.lstat()
    others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if others or status.st_uid != os.geteuid() or not stat.S_ISDIR(status.st_mode):
        raise UpdateError("others may write to it", problem=UpdateProblem.NOT_PRIVATE)


def must_have_room(folder: Path, length: int) -> None:
    """Make sure that the disk has room for a file of so many bytes, twice: it is copied once.

    Raises:
        UpdateError: it has not. OSError: nobody knows.
    """
    if shutil.disk_usage(folder).free < 2 * length + _SPARE:
        raise UpdateError(f"less than {2 * length + _SPARE} bytes", problem=UpdateProblem.NO_SPACE)


def forget_others(folder: Path, kept: str) -> None:
    """Remove what was fetched before, but for one file; what cannot be removed stays."""
    for path in folder.glob("*"):
        if path.name != kept and path.is_file():
            try:
                path.unlink()
            except OSError:  # it is running, or another program reads it
                continue
