"""The window's language as it was last set: needed before there is time to read a configuration.

A small file of the person who uses the till. It is read before the first paint, so nothing heavy
is imported here.
"""

from __future__ import annotations

import contextlib
from typing import Final

from posmember.settings.remembered import read_remembered, remember, remembered_path

LANGUAGES: Final = ("zh", "en")
_NAME: Final = "language"
_LONGEST: Final = 16


def last_language() -> str:
    """The language of the last configuration that was read: "zh" or "en"; "zh" for none."""
    path = remembered_path(_NAME)
    if path is None:
        return LANGUAGES[0]
    try:
        told = read_remembered(path, _LONGEST)
    except OSError:
        return LANGUAGES[0]
    word = told.decode("ascii", "replace").strip()
    return word if word in LANGUAGES else LANGUAGES[0]


def note_language(language: str) -> None:
    """Note the language for the next start; where that fails, that start is in the one before."""
    path = remembered_path(_NAME)
    if path is None or language == last_language():
        return
    with contextlib.suppress(OSError):
        remember(path, f"{language}\n".encode())
