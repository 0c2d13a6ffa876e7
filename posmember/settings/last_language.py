"""The window's language as it was last read: needed before there is time to read a configuration.

A small file of the person who uses the till, with the stamps of the files that the language came
from: only where one of them has changed since, a configuration is read before the first paint.
Nothing heavy is imported here.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any, Final

from posmember.settings.policy_places import REGISTRY_KEY
from posmember.settings.remembered import read_remembered, remember, remembered_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

LANGUAGES: Final = ("zh", "en")
_NAME: Final = "language"
_LONGEST: Final = 16 * 1024
_NOTHING_THERE: Final = "-"
_LEADING: Final = ("POSMEMBER_CONFIG", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS")
"""What in the environment leads to other files."""


def last_language() -> str:
    """The language of the last configuration that was read: "zh" or "en"; "zh" for none."""
    word = _noted().partition(b"\n")[0].decode("ascii", "replace").strip()
    return word if word in LANGUAGES else LANGUAGES[0]


def language_now(read: Callable[[], str]) -> str:
    """The language of the configuration as it is now.

    Args:
        read: reads it; called only where it may be another one than was noted.
    """
    fields = _noted().partition(b"\n")[2].split(b"\0")
    paths = [os.fsdecode(field) for field in fields[len(_head()) : -1 : 2]]
    return last_language() if paths and fields == _fields(stamps(paths)) else read()


def stamps(paths: Iterable[Path | str]) -> dict[str, str]:
    """What tells, by its path, whether a file was written since."""
    return {str(path): _stamp(str(path)) for path in paths}


def note_language(language: str, of: dict[str, str]) -> None:
    """Note the language for the next start; where that fails, that start is in the one before.

    Args:
        of: the stamps of the files that it may have come from, taken before they were read.
    """
    path = remembered_path(_NAME)
    content = f"{language}\n".encode() + b"\0".join(_fields(of))
    if path is None or content == _noted():
        return
    with contextlib.suppress(OSError):
        remember(path, content)


def _noted() -> bytes:
    path = remembered_path(_NAME)
    if path is None:
        return b""
    try:
        return read_remembered(path, _LONGEST)
    except OSError:
        return b""


def _fields(of: dict[str, str]) -> list[bytes]:
    """All that the language hangs on; neither a path nor a variable can hold what parts them."""
    files = (field for pair in of.items() for field in pair)
    return [os.fsencode(field) for field in (*_head(), *files)]


def _head() -> tuple[str, ...]:
    return *(os.environ.get(name, "") for name in _LEADING), _registry_stamp()


def _stamp(path: str) -> str:
    try:
        status = os.stat(path)  # noqa: PTH116 - pathlib is no shorter here
    except (OSError, ValueError):
        return _NOTHING_THERE
    return f"{status.st_mtime_ns}:{status.st_size}:{status.st_ino}"


def _registry_stamp() -> str:
    """When the machine's policy was last written on Windows; elsewhere it is a file."""
    if sys.platform == "win32":
        return _written_at()
    return _NOTHING_THERE


def _written_at() -> str:
    from importlib import import_module

    winreg: Any = import_module("winreg")  # there is none elsewhere
    access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY, 0, access) as key:
            return str(winreg.QueryInfoKey(key)[2])
    except OSError:
        return _NOTHING_THERE
