"""Where the socket and the lock of a person's session are, and whether that place is theirs alone.

Read before the first paint and by every second start, so nothing heavy is imported here.

One instance a session, not a person: a window can only be brought up on the screen where it is. A
cashier who is signed in twice (a second X server, remote desktop) has two tills then.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import Final, NamedTuple

from posmember.settings.remembered import remembered_path

PRIVATE: Final = 0o700
MOST_BYTES: Final = 90
"""Of a socket's path: the system takes 107, and Qt makes it under a longer name first."""
_MOST_OF_A_NAME: Final = 24


class Places(NamedTuple):
    """Of one session.

    Args:
        folder: holds both files; made by whoever comes first.
        server: the socket's path; on Windows the pipe's name.
        lock, holder: who is the instance, as Qt and as this program notes it.
    """

    folder: str
    server: str
    lock: str
    holder: str


def places() -> Places | None:
    """This session's; None where the system names no folder to be private in."""
    name = session_name()
    if sys.platform == "win32":
        from posmember.link.windows import own_sid

        folder = _in_state()
        if folder is None:
            return None
        return _places(folder, f"posmember-{own_sid()}-{name}", name)
    for folder in _candidates():
        server = f"{folder}/{name}.sock"
        if len(os.fsencode(server)) <= MOST_BYTES:
            return _places(folder, server, name)
    return None


def _places(folder: str, server: str, name: str) -> Places:
    return Places(
        folder,
        server,
        os.path.join(folder, f"{name}.lock"),  # noqa: PTH118 - pathlib takes time to import
        os.path.join(folder, f"{name}.holder"),  # noqa: PTH118
    )


def session_name() -> str:
    """What tells this session from the others of the same person, fit for a file's name."""
    if sys.platform == "win32":
        from posmember.link.windows import own_session

        return f"s{own_session()}"
    # Both are there under Wayland; a till's program may know only the first.
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or "none"
    host, colon, screen = display.rpartition(":")
    if colon:
        display = f"{host}:{screen.partition('.')[0]}"  # :0 and :0.0 are one
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in display)
    return f"x{kept[-_MOST_OF_A_NAME:]}"


def _candidates() -> list[str]:
    """Folders to be private in, the best first; of which the second always has to be made."""
    found = []
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.path.isabs(runtime) and is_own_folder(runtime, private=False):  # noqa: PTH117
        found.append(f"{runtime.rstrip('/')}/posmember")
    state = _in_state()
    if state is not None:
        found.append(state)
    # Everybody may write there: see `make_private`, and that both ends look whose it is.
    found.append(f"/tmp/posmember-{os.getuid()}")
    return found


def _in_state() -> str | None:
    path = remembered_path("run")
    return None if path is None else str(path)


def make_private(folder: str) -> bool:
    """Make the folder, for its owner alone; returns whether it is there and theirs alone.

    Nobody else's is ever taken: who made it could put a socket of their own into it.
    """
    try:
        above = os.path.dirname(folder)  # noqa: PTH120
        if above != "/tmp":
            os.makedirs(above, mode=PRIVATE, exist_ok=True)  # noqa: PTH103
        try:
            os.mkdir(folder, PRIVATE)  # noqa: PTH102
        except FileExistsError:
            if is_own_folder(folder, private=False) and sys.platform != "win32":
                os.chmod(folder, PRIVATE)  # noqa: PTH101
    except OSError:
        return False
    return is_own_folder(folder)


def is_own_folder(folder: str, *, private: bool = True) -> bool:
    """Whether it is a folder of this user's, no link to one, and, if asked, nobody else's to enter.

    On Windows the profile's rights say so, and the pipe is not in it.
    """
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    if sys.platform == "win32":
        return stat.S_ISDIR(found.st_mode)
    allows = stat.S_IMODE(found.st_mode)
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.getuid()
        and not allows & (0o077 if private else 0o022)
    )
