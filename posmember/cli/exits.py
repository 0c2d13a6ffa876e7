"""How a command ends that cannot do what it was asked: one line on standard error, and a code."""

from __future__ import annotations

from posmember.cli.lines import complain
from posmember.report.outcomes import Exit


class WrongUseError(Exception):
    """A command was given what it cannot use; the text says so in Chinese and English.

    Whoever runs the command says it and gives `Exit.WRONG_USE`; no command has to catch it.
    """


def fail(words: str, code: Exit) -> Exit:
    """Say one line on standard error and give the exit code back."""
    complain(words)
    return code
