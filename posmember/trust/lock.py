"""One at a time, of all processes and threads of a machine. The only `import filelock`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from posmember.errors import AuditError, KeyringSilentError
from posmember.settings.files import give_away, make_folder

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
        make_folder(path.parent)
        lock = FileLock(path, timeout=wait_s, mode=0o600)
        lock.acquire()
    except Timeout as error:
        raise KeyringSilentError(f"another program waits for it since {wait_s:g} s") from error
    except (OSError, NotImplementedError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__  # its text names the folder
        raise AuditError(f"there can be no lock beside the audit log: {why}") from error
    try:
        give_away(path)
        yield
    finally:
        lock.release()
