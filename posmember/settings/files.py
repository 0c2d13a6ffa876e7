"""Files that people give or the program keeps: read within bounds, replaced whole or not."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 1024 * 1024
"""Of a file that is read: far more than any configuration, key or certificate has."""

_NEVER_WAIT: Final = sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
_READ: Final = os.O_RDONLY | _NEVER_WAIT
_WRITE: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))
)
_ACCESS_LIST: Final = "system.posix_acl_access"


def make_folder(folder: Path) -> None:
    """Make a folder and all above it that are missing, for their owner alone whatever the umask.

    What the administrator makes in somebody's folder is that person's.

    Raises:
        OSError: one cannot be made, or something else has its name.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        give_away(each)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def give_away(made: Path) -> None:
    """Let what the administrator makes in somebody's folder be that person's, as all of it is."""
    if sys.platform != "win32" and os.geteuid() == 0:
        folder = made.parent.stat()
        os.chown(made, folder.st_uid, folder.st_gid)


def open_to_append(path: str, flags: int) -> int:
    """An `open`'s opener: a file for its owner alone, never a pipe or a device.

    Those could keep whoever opens them waiting for ever. Raises OSError.
    """
    try:
        handle = os.open(path, flags | _NEVER_WAIT, 0o600)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):  # a pipe without a reader, a socket
            raise _no_file() from error
        raise
    try:
        must_be_regular(handle)
    except BaseException:  # whatever it was, it is handed on, and nothing stays open
        os.close(handle)
        raise
    return handle


def read_file(path: Path) -> bytes:
    """What a file holds.

    Raises:
        OSError: it cannot be read, is longer than `MAX_BYTES`, or is no regular file: a pipe or
            a device could keep its reader waiting for ever, or never end.
    """
    handle = _open_to_read(path)
    try:
        must_be_regular(handle)
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(MAX_BYTES + 1) or b""
    finally:
        os.close(handle)
    if len(content) > MAX_BYTES:
        raise OSError(errno.EFBIG, f"longer than {MAX_BYTES // 1024} KiB")
    return content


def _open_to_read(path: Path) -> int:
    try:
        return os.open(path, _READ)
    except ValueError as error:  # a NUL in its name
        raise OSError(errno.EINVAL, "no name of a file") from error
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):  # a socket
            raise _no_file() from error
        raise


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole, or leave it as it was, whatever breaks off in between.

    It is written beside its place, under one name of its own, and moved there. A link is
    followed; owner, group and rights of a file that was there stay, the administrator's programs
    leave them, too. What a killed program left is used again by the next one.

    Raises:
        OSError: it cannot be written, is read-only, another user's, no regular file, or one of
            several names; another program is about to write it, or what somebody else left has
            the name that it is written under, which is told.
    """
    target = Path(os.path.realpath(path))
    before = _status_to_keep(target)
    new = target.with_name(f".{target.name}.new")
    with _opened(new) as handle:
        if before is not None:
            _keep_rights(handle, target, before)
        _write(handle, content)
        if sys.platform != "win32":
            new.replace(target)
    if sys.platform == "win32":  # no open file can be moved there
        new.replace(target)
    sync_folder(target.parent)


def _status_to_keep(target: Path) -> os.stat_result | None:
    """What the file is that is to be replaced; None where there is none. Raises OSError."""
    try:
        before = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(before.st_mode):
        raise _no_file()
    if not (before.st_mode & stat.S_IWUSR and os.access(target, os.W_OK)):
        raise PermissionError(errno.EACCES, "read-only")
    if sys.platform != "win32" and os.geteuid() not in (0, before.st_uid):
        raise PermissionError(errno.EPERM, "another user's")
    if before.st_nlink > 1:
        raise OSError(errno.EMLINK, "a file of several names (hard links), which would part")
    return before


@contextmanager
def _opened(new: Path) -> Iterator[int]:
    """The file that is to be moved, for one program at a time; gone again if that fails."""
    handle = _open_to_write(new)
    try:
        yield handle
    except BaseException:  # Ctrl+C, too: no half of a file is left behind
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    finally:
        os.close(handle)


def _open_to_write(new: Path) -> int:
    if sys.platform == "win32":
        new.unlink(missing_ok=True)  # left by a killed program; it fails while one writes it
        return os.open(new, _WRITE | os.O_EXCL)
    try:
        handle = os.open(new, _WRITE, 0o666)
    except OSError as error:
        if os.path.lexists(new):
            raise _in_the_way(new) from error
        raise
    try:
        _claim(handle, new)
        os.ftruncate(handle, 0)
    except BaseException:  # whatever it was, it is handed on, and nothing stays open
        os.close(handle)
        raise
    return handle


def _claim(handle: int, new: Path) -> None:
    """Make sure that it is ours alone. Raises OSError."""
    assert sys.platform != "win32"
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BlockingIOError(errno.EAGAIN, f"another program writes {new}") from error
    except OSError:  # a file system without locks; then there is nothing better
        pass
    opened, named = os.fstat(handle), new.lstat()
    mine = (stat.S_ISREG(opened.st_mode), opened.st_uid, opened.st_nlink)
    if not os.path.samestat(opened, named) or mine != (True, os.geteuid(), 1):
        raise _in_the_way(new)


def _keep_rights(handle: int, target: Path, before: os.stat_result) -> None:
    """Give the new file owner, group and rights of the old one, before it holds anything."""
    if sys.platform == "win32":
        return  # the folder's
    made = os.fstat(handle)
    if (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
        os.fchown(handle, before.st_uid, before.st_gid)
    os.fchmod(handle, stat.S_IMODE(before.st_mode))
    if sys.platform == "linux" and _ACCESS_LIST in _attributes(target):
        os.setxattr(handle, _ACCESS_LIST, os.getxattr(target, _ACCESS_LIST))


def _attributes(target: Path) -> list[str]:
    assert sys.platform == "linux"
    try:
        return os.listxattr(target)
    except OSError:  # a file system without any
        return []


def _write(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """See the move on the disk, where a folder can be seen there; the file is in place anyway."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def must_be_regular(handle: int) -> None:
    """Make sure that what was opened is a file. Raises OSError.

    It looks at what was opened, not at its name: that could be another file by now.
    """
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise _no_file()


def _in_the_way(new: Path) -> OSError:
    return OSError(errno.EBUSY, f"{new} is in the way, which is another's; remove it")


def _no_file() -> OSError:
    return OSError(errno.EINVAL, "no regular file")
