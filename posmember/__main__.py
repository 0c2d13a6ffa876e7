"""The command line's entry: the window where nothing else is asked for."""

from __future__ import annotations

import sys
from types import TracebackType

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
    _interrupts_end_at_once()
    from contextlib import suppress

    from posmember.cli.streams import OutputError, complain, flush_output, guarded_streams

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


def _interrupts_end_at_once() -> None:
    """Let Ctrl+C end the process while it imports: an exception in the midst of that may be lost.

    Until a command begins to run, or the window takes care of it.
    """
    # Python's own half of it: the whole would first be imported itself.
    from _signal import (  # type: ignore[import-not-found]
        SIG_DFL,
        SIGINT,
        default_int_handler,
        getsignal,
        signal,
    )

    if getsignal(SIGINT) is default_int_handler:  # in a shell's background it is ignored
        signal(SIGINT, SIG_DFL)


def _uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Log a bug under a code and say so on one line, never with a traceback."""
    if issubclass(kind, KeyboardInterrupt):
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)  # another one ends the interpreter's own end
        return
    from posmember.cli.streams import complain

    try:
        from posmember.log import log_uncaught

        code = log_uncaught(kind, error, traceback)
        line = f"程序出错,问题编号 {code} / a bug, logged as {code}: {kind.__name__}"
    except ImportError:  # what failed may be the import of what the log needs, too
        line = f"程序不完整,请重新安装 / a part of the program is missing: {error}"
    complain(line)


if __name__ == "__main__":
    sys.exit(main())
