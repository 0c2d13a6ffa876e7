"""The keys of updates, as the program was built with them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from posmember.errors import UpdateError, UpdateProblem
from posmember.resources import resource
from posmember.settings.files import read_file

ROOT: Final = "updates/root.json"
"""Below `resources/`; made by `dev.py release init`, and none is shipped with the sources."""


def embedded_root(path: Path | None = None) -> bytes:
    """The first root metadata, which all others are trusted by.

    Args:
        path: of another file than the embedded one.

    Raises:
        UpdateError: the program was built without.
    """
    try:
        return read_file(path or resource(ROOT))
    except OSError as error:
        raise UpdateError("built without keys", problem=UpdateProblem.NO_ROOT) from error
