"""Which configuration a set-up is of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from posmember.settings.config import FILE_NAME, candidate_paths
from posmember.settings.places import machine_folder


def user_place(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's own; what ``POSMEMBER_CONFIG`` names, where it is set."""
    return candidate_paths(environ)[0]


def machine_place(environ: Mapping[str, str] = os.environ) -> Path:
    """The one of all users."""
    return machine_folder(environ) / FILE_NAME


def read_places(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """All that are looked for by this user."""
    return candidate_paths(environ)


def first_read(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The one that counts for this user; None where there is none."""
    return next((path for path in candidate_paths(environ) if path.exists()), None)
