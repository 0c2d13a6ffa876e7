"""The log's files: rotated, read by nobody but their owner, and never a reason to stop."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import os
import stat
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path, PurePath
from typing import Any

import platformdirs

from posmember.domain.texts import one_line
from posmember.log.exceptions import described, summary
from posmember.log.redaction import redact
from posmember.log.standard_error import tell
from posmember.settings.files import make_folder, open_to_append

MAX_BYTES = 1_000_000
KEPT_FILES = 5

_NAME = "posmember.log"
_OURS = "posmember"
_PLAIN = (str, int, float, PurePath, type(None))


class RedactingFormatter(logging.Formatter):
    """Formats a record: ours redacted, a library's without its words, exceptions by place alone."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's lines, after its time, which is ours and holds nothing of anyone's."""
        time = self.formatTime(record, "%Y-%m-%d %H:%M:%S")
        # Not Formatter's own: it puts behind it what another handler has made of the exception.
        line = f"{time} {record.levelname} {redact(one_line(record.name))}: {_words(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line}\n{described(error)}"


def log_folder() -> Path:
    """Where the log files are."""
    return platformdirs.user_log_path("posmember", appauthor=False)


def start_file_log() -> None:
    """Write INFO and above to rotated files, once; go on without where no file can be written."""
    root = logging.getLogger()
    if any(isinstance(handler, LogFiles | _NoFiles) for handler in root.handlers):
        return
    root.setLevel(logging.INFO)
    # httpx logs each request's address; ours say the same without it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        handler: logging.Handler = LogFiles(_private_folder() / _NAME)
    except OSError as error:
        _tell_of(error)
        handler = _NoFiles()
    root.addHandler(handler)


class LogFiles(logging.handlers.RotatingFileHandler):
    """Rotated files of mode 0600; what cannot be written is said once."""

    def __init__(self, path: Path) -> None:
        self._told = False
        super().__init__(path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
        self.setFormatter(RedactingFormatter())

    def _open(self) -> Any:
        return open(self.baseFilename, "a", encoding="utf-8", opener=open_to_append)

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        """Give a full file its number, and each numbered one the next; the last one goes.

        A name that something else has, such as a folder or a pipe, is passed over. What cannot be
        moved stays, as on Windows while another program has it open.
        """
        if self.stream is not None:
            self.stream.close()
            self.stream = None  # as the library has it: opened anew
        numbered = [f"{self.baseFilename}.{number}" for number in range(1, self.backupCount + 1)]
        names = [self.baseFilename, *filter(_is_free, numbered)]
        for older, newer in reversed(list(pairwise(names))):
            with contextlib.suppress(OSError):
                os.replace(older, newer)  # noqa: PTH105 - logging's names are texts
        self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say once that the log is not written: the record, and why, may be anybody's."""
        error = sys.exc_info()[1]
        if not self._told and error is not None:
            self._told = True
            _tell_of(error)


class _NoFiles(logging.NullHandler):
    """Stands for files that cannot be written, which is said once."""


def _tell_of(error: BaseException) -> None:
    tell(f"日志写不了,程序照常运行 / the log cannot be written, all else goes on: {summary(error)}")


def _words(record: logging.LogRecord) -> str:
    """What a record says, on one line.

    A library's words may hold what it was working on (asyncio's: the arguments of a callback), so
    only the part of them that is in its code is taken, or the place where they were logged.
    """
    if record.name == _OURS or record.name.startswith(f"{_OURS}."):
        try:
            return redact(one_line(_message(record)))
        except Exception as error:  # noqa: BLE001 - anything that an argument may raise
            return _bug_of(record, error)
    place = f"({record.module}:{record.lineno})"
    template = record.msg if record.args and isinstance(record.msg, str) else ""
    return f"{redact(one_line(template))} {place}".lstrip()


def _message(record: logging.LogRecord) -> str:
    """The message; what it is made of is told as `_told` says."""
    if not record.args:
        return str(_told(record.msg))
    if isinstance(record.args, Mapping):
        return str(record.msg) % {name: _told(each) for name, each in record.args.items()}
    return str(record.msg) % tuple(map(_told, record.args))


def _told(argument: object) -> object:
    """An exception as `summary` tells it; of what holds others only the class."""
    if isinstance(argument, BaseException):
        return summary(argument)
    return argument if isinstance(argument, _PLAIN) else type(argument).__name__


def _bug_of(record: logging.LogRecord, error: Exception) -> str:
    """A record that cannot be put together, by where it was logged: what it holds is not told."""
    return f"a bug: {type(error).__name__} of a record ({record.module}:{record.lineno})"


# --- who may read them ---------------------------------------------------------------------------


def _private_folder() -> Path:
    """The folder, for its owner alone, as are the files that are there from earlier versions.

    On Windows it is in the person's own profile, whose rights it has by inheritance.
    """
    folder = log_folder()
    make_folder(folder)
    if os.name == "posix":
        _tighten(folder, 0o700)
        for path in folder.glob(f"{_NAME}*"):
            _tighten(path, 0o600)
    return folder


def _tighten(path: Path, mode: int) -> None:
    """Take others' rights away; what is no file or folder of ours is left alone."""
    with contextlib.suppress(OSError):
        kind = path.lstat().st_mode
        if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
            path.chmod(mode)


def _is_free(name: str) -> bool:
    """Whether a full file may be moved there: nothing is there, or a file."""
    try:
        return stat.S_ISREG(os.lstat(name).st_mode)
    except OSError:
        return True
