"""Secrets are asked for, or read from standard input; never an argument, which others see."""

from __future__ import annotations

import getpass
import sys

from posmember.cli.exits import WrongUseError
from posmember.cli.standard_input import read_line
from posmember.domain.texts import one_line


def read_secret(prompt: str) -> str:
    """One line: typed unseen at a terminal, else the next of standard input; "" is none.

    Raises:
        WrongUseError: what was given is too long or no text.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        return read_line()
    try:
        return getpass.getpass(f"{one_line(prompt)} ").strip()
    except EOFError:  # Ctrl+D
        return ""
    except UnicodeDecodeError as error:
        raise WrongUseError("输入的不是文字 / what was typed is no text") from error
