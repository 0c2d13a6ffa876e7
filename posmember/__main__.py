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
    sys.excepthook = _fails_at_once
    _interrupts_end_at_once()
    _prepare()
    from contextlib import suppress

    from posmember.cli.streams import OutputError, flush_output, guarded_streams
    from posmember.log.standard_error import tell

    arguments = sys.argv[1:] if argv is None else argv
    try:
        with guarded_streams():
            code = _run(arguments)
            if code:
                with suppress(OutputError):  # one failure is told already
                    flush_output()
            return code
    except OutputError as error:
        lost = f"写不了标准输出 / standard output cannot be written: {error}"
        told = (error.done, "" if error.reader_gone else lost)
        if any(told):
            tell("; ".join(filter(None, told)))
        return _BROKEN_PIPE if error.reader_gone else _CANNOT_PRINT


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


if __name__ == "__main__":
    sys.exit(main())
