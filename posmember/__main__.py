"""The command line's entry: the window where nothing else is asked for."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from types import TracebackType

from posmember.cli.streams import OutputError, complain, flush_output, guarded_streams

_BROKEN_PIPE = 141
"""What a shell gives for a program whose reader went away."""
_CANNOT_PRINT = 6


def main(argv: list[str] | None = None) -> int:
    """Run posmember.

    Args:
        argv: the arguments after the program's name; None takes the process's.

    Returns:
        The exit code; see `posmember.cli.exits.Exit`.
    """
    sys.excepthook = _uncaught
    arguments = sys.argv[1:] if argv is None else argv
    try:
        with guarded_streams():
            code = _run(arguments)
            if code:
                with suppress(OutputError):  # one failure is told already
                    flush_output()
            return code
    except OutputError as error:
        if error.reader_gone:
            return _BROKEN_PIPE
        complain(f"写不了标准输出 / standard output cannot be written: {error}")
        return _CANNOT_PRINT


def _run(arguments: list[str]) -> int:
    if not arguments:
        # A till starts the window: what parses options is not even imported.
        from posmember.cli.window import open_window

        return open_window()
    from posmember.cli.parser import run

    return run(arguments)


def _uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Log a bug under a code and say so on one line, never with a traceback."""
    if issubclass(kind, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # another one ends the interpreter's own end
        return
    try:
        from posmember.log import log_uncaught

        code = log_uncaught(kind, error, traceback)
        line = f"程序出错,问题编号 {code} / a bug, logged as {code}: {kind.__name__}"
    except ImportError:  # what failed may be the import of what the log needs, too
        line = f"程序不完整,请重新安装 / a part of the program is missing: {error}"
    complain(line)


if __name__ == "__main__":
    sys.exit(main())
