"""Hands a new version over to its setup: looked at once more, then started, and waited for by none.

Setup replaces the program's folder, so the program has to end. What stays is a few lines of
Windows' own command processor: they note setup's exit code, and start the program again, the new
one or the one of before.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from posmember.errors import UpdateError, UpdateProblem
from posmember.settings.files import replace_file
from posmember.updates.offer import Offer
from posmember.updates.signer import SignerOf

SCRIPT, OUTCOME = "hand_over.cmd", "outcome"
_PIECE: Final = 1024 * 1024
_NO_WINDOW, _OWN_GROUP = 0x08000000, 0x00000200
_LONGEST: Final = 40
# Names come by the environment, which holds every character; of the file's own code page only
# ASCII is sure. A batch waits for each program.
_LINES: Final = (
    "@echo off",
    '"%POSMEMBER_SETUP%" /S %POSMEMBER_SETUP_OPTIONS%',
    '>"%POSMEMBER_OUTCOME%" echo %ERRORLEVEL%',  # the other way round, a digit would name a stream
    'if not "%POSMEMBER_AGAIN%"=="" start "" "%POSMEMBER_AGAIN%"',
)

STARTED: Final[list[subprocess.Popen[bytes]]] = []
"""Kept until this process ends, which it does now: Python warns of one that is let go of."""

Start = Callable[[Path, Mapping[str, str]], None]
"""Starts a script with an environment, and does not wait for it. Raises OSError."""


def look_again(path: Path, offer: Offer, program: Path, signer_of: SignerOf) -> None:
    """Make sure that a file is what was signed, and by whom the running program was.

    Args:
        program: what runs. Where nobody has signed it, nobody needs to have signed the next.

    Raises:
        UpdateError: it is not.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != offer.length or _sha256(file) != offer.sha256:
                raise UpdateError("changed since", problem=UpdateProblem.DAMAGED)
    except OSError as error:
        raise UpdateError("gone", problem=UpdateProblem.DAMAGED) from error
    signer = signer_of(program)
    if signer and signer_of(path) != signer:
        raise UpdateError("another signer", problem=UpdateProblem.OTHER_SIGNER)


def _sha256(file: object) -> str:
    digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
    return digest.hexdigest()


def start_setup(
    path: Path, folder: Path, *, goes_back: bool, again: Path | None, start: Start | None = None
) -> None:
    """Start setup; the caller is to end the program now.

    Args:
        folder: where the outcome is to be noted; private.
        goes_back: whether it is older than what runs.
        again: the program to start when setup is over; None for none, as a service has no screen.

    Raises:
        UpdateError: it does not start.
    """
    outcome = folder / OUTCOME
    environ = {
        "POSMEMBER_SETUP": str(path),
        "POSMEMBER_SETUP_OPTIONS": "/FORCE" if goes_back else "",
        "POSMEMBER_OUTCOME": str(outcome),
        "POSMEMBER_AGAIN": str(again or ""),
    }
    if any('"' in value for value in environ.values()):  # no name of a file holds one on Windows
        raise UpdateError("a name", problem=UpdateProblem.NOT_STARTED)
    try:
        outcome.unlink(missing_ok=True)
        script = folder / SCRIPT
        replace_file(script, "\r\n".join((*_LINES, "")).encode("ascii"))
        (start or _start)(script, environ)
    except OSError as error:
        raise UpdateError(type(error).__name__, problem=UpdateProblem.NOT_STARTED) from error


def _start(script: Path, environ: Mapping[str, str]) -> None:
    """Start it outside of the program's folder, which is about to be replaced."""
    shell = os.environ.get("COMSPEC") or "cmd.exe"
    command = [shell, "/d", "/c", f".\\{script.name}"]  # some look for no program where they are
    flags = _NO_WINDOW | _OWN_GROUP if sys.platform == "win32" else 0
    started = subprocess.Popen(
        command,
        cwd=script.parent,
        env={**os.environ, **environ},
        creationflags=flags,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=True,
    )
    STARTED.append(started)


def read_outcome(folder: Path) -> int | None:
    """Setup's exit code of the last time; None where it left none."""
    try:
        with (folder / OUTCOME).open("rb") as file:
            return int(file.read(_LONGEST))
    except (OSError, ValueError):
        return None
