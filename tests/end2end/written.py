"""What the program has written to disk, also while it runs.

Files and folders come and go under the reader then (a keyring service's socket is first made under
another name), and what is gone is simply not told. `Path.rglob` raises instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

LOG_NAME = "posmember.log"


def files_under(*places: Path, named: str = "*") -> dict[Path, bytes]:
    """Every plain file at or below the places, and what it holds; those of a name, or like it."""
    found = {}
    for path in _paths(places):
        with suppress(FileNotFoundError):
            if path.match(named) and path.is_file():
                found[path] = path.read_bytes()
    return found


def home_files(named: str = "*") -> dict[Path, bytes]:
    """The plain files in the folders that this test's programs take for their user's."""
    return files_under(Path(os.environ["HOME"]).parent, named=named)


def log_text() -> str:
    """All that programs of this test have logged."""
    return b"".join(home_files(LOG_NAME).values()).decode("utf-8", "replace")


def has_a_log() -> bool:
    """Whether a program has come as far as opening its log."""
    return bool(home_files(LOG_NAME))


def keyring_files() -> dict[str, bytes]:
    """The keyrings that a service has kept in this test's home, by name."""
    return {path.name: held for path, held in home_files("*.keyring").items()}


def _paths(places: tuple[Path, ...]) -> Iterator[Path]:
    for place in places:
        yield place
        # It leaves out a folder that it cannot list, by default.
        for folder, _folders, names in os.walk(place):
            yield from (Path(folder, name) for name in names)
