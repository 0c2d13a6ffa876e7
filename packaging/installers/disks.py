"""Disks and folders that something is wrong with. Root alone can make them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev_run import StepError

from installers.places import BUILD
from installers.wine import Wine


@contextmanager
def full_disk(wine: Wine, limit: str) -> Iterator[Path]:
    """A small disk as ``F:``, which root alone can make."""
    folder = BUILD / "small-disk"
    folder.mkdir(exist_ok=True)
    drive = wine.folder / "dosdevices" / "f:"
    with _mounted("-t", "tmpfs", "-o", limit, "tmpfs", str(folder)):
        drive.symlink_to(folder)
        try:
            yield folder
        finally:
            drive.unlink()


@contextmanager
def pinned(folder: Path) -> Iterator[None]:
    """A folder whose name cannot be changed, as one in use on Windows."""
    with _mounted("--bind", str(folder), str(folder)):
        yield


@contextmanager
def _mounted(*arguments: str) -> Iterator[None]:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepError(f"cannot be tried without root: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", arguments[-1]], check=False)
