"""What the program remembers by itself: small files of the person who uses it, no configuration.

They are read before the first paint, so nothing heavy is imported here.
"""

import os
import sys
from pathlib import Path
from typing import Final

_NEVER_WAIT: Final = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


def remembered_path(name: str) -> Path | None:
    """Where such a file is, in the folder of what programs remember by themselves.

    That is `%LOCALAPPDATA%` on Windows, `$XDG_STATE_HOME` or `~/.local/state` elsewhere. None
    where the system names none.
    """
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA", "")
    else:
        home = os.environ.get("XDG_STATE_HOME", "")
        if not os.path.isabs(home):  # noqa: PTH117 - pathlib is no shorter here
            home = os.path.expanduser("~/.local/state")  # noqa: PTH111 - may fail
    folder = Path(home)
    return folder / "posmember" / name if folder.is_absolute() else None


def read_remembered(path: Path, longest: int) -> bytes:
    """The first bytes of such a file, at most `longest`; whatever it is, never waits for it.

    Raises:
        OSError: it cannot be read.
    """
    handle = os.open(path, _NEVER_WAIT)
    try:
        return os.read(handle, longest)  # a pipe gives nothing, a device no more than this
    finally:
        os.close(handle)


def remember(path: Path, content: bytes) -> None:
    """Write the file whole, or leave it as it was. Raises OSError."""
    from posmember.settings.files import make_folder, replace_file

    make_folder(path.parent)
    replace_file(path, content)
