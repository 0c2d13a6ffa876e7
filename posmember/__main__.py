"""The command line's entry: the window where nothing else is asked for."""

from __future__ import annotations

import os
import sys
from types import TracebackType

_BROKEN_PIPE = 141
"""What a shell gives for a program whose reader went away."""


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
        return _run(arguments)
    except BrokenPipeError:
        # Nobody reads on; Python must not try once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE


def _run(arguments: list[str]) -> int:
    if not arguments:
        # A till starts the window: what parses options is not even imported.
        from posmember.cli.window import open_window

        return open_window()
    from posmember.cli.parser import run

    code = run(arguments)
    sys.stdout.flush()
    return code


def _uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Log a bug under a code and say so on one line, never with a traceback."""
    if issubclass(kind, KeyboardInterrupt):
        return
    try:
        from posmember.log import log_uncaught

        code = log_uncaught(kind, error, traceback)
        line = f"程序出错,问题编号 {code} / a bug, logged as {code}: {kind.__name__}"
    except ImportError:  # what failed may be the import of what the log needs, too
        line = f"程序不完整,请重新安装 / a part of the program is missing: {error}"
    print(f"posmember: {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
