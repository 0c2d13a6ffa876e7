"""From a command's first moment: whatever nobody expected goes to the log, and is one line.

Python tells such exceptions at four places, and asyncio at a fifth, each with all it knows on
standard error. Here they become a record under a 问题编号. Nothing heavy is imported before there
is something to tell: a till's window is to be painted first.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import warnings
from types import TracebackType
from typing import TYPE_CHECKING, Final, TextIO

from posmember.log.standard_error import tell

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

LOOPS: Final = ("asyncio", "concurrent.futures", "qasync")
"""The loggers of what runs our callbacks: their errors are bugs of ours."""
_THEIR_WORDS = re.compile(r"[A-Za-z' ]*")
_MOST_WORDS = 60
_log = logging.getLogger("posmember.log")


def install() -> None:
    """Take over from Python. To be called before anything else is imported."""
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _of_a_thread
    warnings.showwarning = _warned
    logging.lastResort = _FirstRecord(logging.WARNING)
    for name in LOOPS:
        logger = logging.getLogger(name)
        logger.handlers[:] = [_OfALoop()]
        logger.propagate = False


class _FirstRecord(logging.Handler):
    """Starts the log for the first record of a command that has not done so, and hands it over."""

    def emit(self, record: logging.LogRecord) -> None:
        """Never to standard error, where logging would put it."""
        from posmember.log.files import start_file_log

        start_file_log()
        logging.getLogger().callHandlers(record)


def _uncaught(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)  # another one ends the interpreter's own end
    else:
        _report(error, "")


def _of_a_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_type is not SystemExit:
        name = told.thread.name if told.thread is not None else ""
        _report(told.exc_value, f"thread {name}")


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A warning of Python's is for who develops: its words may hold what it was about."""
    from posmember.log.exceptions import place_of

    _log.warning("%s, %s:%d", category.__name__, place_of(filename), lineno)


def _unraisable(told: UnraisableHookArgs) -> None:
    """What was raised where nobody can catch it, such as in a finalizer."""
    if told.object is not None and (told.object is sys.stdout or told.object is sys.stderr):
        return  # nobody reads it any more; whoever wrote to it has said so
    whose = getattr(told.object, "__qualname__", type(told.object).__name__)
    _report(told.exc_value, f"{whose}, where nothing can be raised")


class _OfALoop(logging.Handler):
    """Takes an event loop's errors, whose texts have the callbacks' arguments in them."""

    def emit(self, record: logging.LogRecord) -> None:
        """What is no error goes where every record goes."""
        if record.levelno < logging.ERROR:
            logging.getLogger().callHandlers(record)
            return
        words = _THEIR_WORDS.match(str(record.msg))
        assert words is not None, "it matches nothing, too"
        error = record.exc_info[1] if record.exc_info else None
        _report(error, f"{record.name}, {words[0][:_MOST_WORDS].strip()}")


def _report(error: BaseException | None, where: str) -> None:
    try:
        from posmember.log.exceptions import names_of
        from posmember.log.uncaught import log_uncaught

        code = log_uncaught(error, where)
        names = names_of(error) if error is not None else where
        tell(f"程序出错,问题编号 {code} / a bug, logged as {code}: {names}")
    except ImportError as missing:  # what failed may be the import of what the log needs, too
        tell(f"程序不完整,请重新安装 / a part of the program is missing: {missing.name or ''}")
    except Exception as another:  # noqa: BLE001 - Python would tell both, whole, on standard error
        kinds = f"{type(error).__name__}, {type(another).__name__}"
        tell(f"程序出错,没能写进日志 / a bug that could not be logged: {kinds}")
