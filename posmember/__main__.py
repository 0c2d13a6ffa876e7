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
    sys.excepthook = _fails_at_once
    _prepare()
    arguments = sys.argv[1:] if argv is None else argv
    try:
        return _run(arguments)
    except BrokenPipeError:
        # Nobody reads on; Python must not try once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE


def _prepare() -> None:
    """What holds for the process of every command, before anything else is imported."""
    from posmember.log import hooks
    from posmember.trust.process import keep_secrets_in

    hooks.install()
    keep_secrets_in()


def _fails_at_once(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """One line where a part of the program is not there; `hooks` takes over as soon as it is."""
    if not issubclass(kind, KeyboardInterrupt) and sys.stderr is not None:
        line = "程序不完整,请重新安装 / a part of the program is missing"
        name = getattr(error, "name", None) or kind.__name__
        print(f"posmember: {line}: {name}", file=sys.stderr)


def _run(arguments: list[str]) -> int:
    if not arguments:
        # A till starts the window: what parses options is not even imported.
        from posmember.cli.window import open_window

        return open_window()
    from posmember.cli.parser import run

    code = run(arguments)
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())
