"""One at a time, of all processes and threads of a machine. The only `import filelock`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from posmember.errors import AuditError, KeyringSilentError

WAIT_S: Final = 30.0
"""A PIN takes some 0.3 s to check; a dozen tills' worth of them is over long before."""


@contextmanager
def one_at_a_time(path: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Do something while nobody else does it who names the same file.

    The system lets go of the lock when a process ends, however it ends.

    Args:
        path: the lock's file; its folder is made. For its owner alone, and never removed.
        wait_s: how long to wait for the others, in seconds.

    Raises:
        KeyringSilentError: the others took longer: the keyring keeps one of them waiting.
        AuditError: the folder, which is the audit log's too, cannot be written.
    """
    # Not before it is needed: few tills ever change a card.
    from filelock import FileLock, Timeout

    try:
        _make_folder(path.parent)
        lock = FileLock(path, timeout=wait_s, mode=0o600)
        lock.acquire()
    except Timeout as error:
        raise KeyringSilentError(f"another program waits for it since {wait_s:g} s") from error
    except (OSError, NotImplementedError) as error:
        raise AuditError(f"there can be no lock beside the audit log: {error}") from error
    try:
        give_away(path)
        yield
    finally:
        lock.release()


def _make_folder(folder: Path) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        give_away(each)


def give_away(made: Path) -> None:
    """Let what the administrator makes in somebody's folder be that person's, as all of it is."""
    if sys.platform != "win32" and os.geteuid() == 0:
        folder = made.parent.stat()
        os.chown(made, folder.st_uid, folder.st_gid)
