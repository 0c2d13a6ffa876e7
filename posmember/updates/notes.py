"""What became of updates here: when it was asked last, what was tried, and what did not run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from posmember.settings.files import read_file
from posmember.settings.remembered import remember
from posmember.settings.updates import Version, parse_version

DOES_NOT_START: Final = 10
"""Setup's exit code where the new program does not pass its own smoke run."""
MOST_TRIES: Final = 3
"""Of one file: what fails so often for another reason is not tried again either."""
_MOST_GIVEN_UP: Final = 50


@dataclass(frozen=True, slots=True)
class Notes:
    """What is remembered.

    Args:
        checked_at: when the repository was asked last, aware.
        trying: the version that was handed over to setup last; None where that is settled.
        sha256, tries: of its file, and how often it was handed over.
        given_up: files that did not run here, by their hash.
    """

    checked_at: datetime | None = None
    trying: Version | None = None
    sha256: str = ""
    tries: int = 0
    given_up: tuple[str, ...] = field(default=())


def read_notes(path: Path) -> Notes:
    """What the file says; nothing where there is none, or it is not as this program writes it."""
    try:
        return _parsed(json.loads(read_file(path)))
    except (OSError, ValueError, TypeError, RecursionError):
        return Notes()


def _parsed(told: object) -> Notes:
    if not isinstance(told, Mapping):
        raise TypeError("no notes")
    at, trying, given_up = told.get("checked_at"), told.get("trying"), told.get("given_up") or []
    checked_at = datetime.fromisoformat(at) if at else None
    if checked_at is not None and checked_at.tzinfo is None:
        raise ValueError("no zone")
    if not isinstance(given_up, list) or not all(isinstance(each, str) for each in given_up):
        raise TypeError("no hashes")
    return Notes(
        checked_at,
        parse_version(trying) if trying else None,
        str(told.get("sha256") or ""),
        int(told.get("tries") or 0),
        tuple(given_up),
    )


def write_notes(path: Path, notes: Notes) -> None:
    """Keep them. Raises OSError."""
    told = {
        "checked_at": notes.checked_at.isoformat() if notes.checked_at else None,
        "trying": str(notes.trying) if notes.trying else None,
        "sha256": notes.sha256,
        "tries": notes.tries,
        "given_up": list(notes.given_up[-_MOST_GIVEN_UP:]),
    }
    remember(path, json.dumps(told, indent=1).encode() + b"\n")


def tried(notes: Notes, version: Version, sha256: str) -> Notes:
    """Notes after a file was handed over to setup."""
    tries = notes.tries + 1 if notes.sha256 == sha256 else 1
    return replace(notes, trying=version, sha256=sha256, tries=tries)


def settled(notes: Notes, running: Version, code: int | None) -> Notes:
    """Notes after setup has had its time: this version runs now.

    Args:
        code: setup's exit code; None where it left none, as after a loss of power.
    """
    if notes.trying is None:
        return notes
    if notes.trying == running:
        return replace(notes, trying=None, sha256="", tries=0)
    if code != DOES_NOT_START and notes.tries < MOST_TRIES:
        return replace(notes, trying=None)
    given_up = tuple(dict.fromkeys((*notes.given_up, notes.sha256)))
    return replace(notes, trying=None, sha256="", tries=0, given_up=given_up)
