"""The window's language as it was last set: needed before there is time to read a configuration.

A small file of the person who uses the till. It is read before the first paint, so nothing heavy
is imported here.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("zh", "en")
_LONGEST: Final = 16
_NEVER_WAIT: Final = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


def last_language() -> str:
    """The language of the last configuration that was read: "zh" or "en"; "zh" for none."""
    path = _path()
    if path is None:
        return LANGUAGES[0]
    try:
        handle = os.open(path, _NEVER_WAIT)
        try:
            told = os.read(handle, _LONGEST)  # a pipe gives nothing, a device no more than this
        finally:
            os.close(handle)
    except OSError:
        return LANGUAGES[0]
    word = told.decode("ascii", "replace").strip()
    return word if word in LANGUAGES else LANGUAGES[0]


def note_language(language: str) -> None:
    """Note the language for the next start; where that fails, that start is in the one before."""
    path = _path()
    if path is None or language == last_language():
        return
    from posmember.settings.files import make_folder, replace_file

    with contextlib.suppress(OSError):
        make_folder(path.parent)
        replace_file(path, f"{language}\n".encode())


def _path() -> Path | None:
    """Of ``%LOCALAPPDATA%`` on Windows, else of ``$XDG_STATE_HOME`` (``~/.local/state``)."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA", "")
    else:
        home = os.environ.get("XDG_STATE_HOME", "")
        if not os.path.isabs(home):  # noqa: PTH117 - pathlib is no shorter here
            home = os.path.expanduser("~/.local/state")  # noqa: PTH111 - may fail
    folder = Path(home)
    return folder / "posmember" / "language" if folder.is_absolute() else None
