"""Secrets are asked for, or read from standard input; never an argument, which others see."""

from __future__ import annotations

import getpass
import sys

from posmember.domain.values import one_line


def read_secret(prompt: str) -> str:
    """One line: typed unseen at a terminal, else the next of standard input; "" is none."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{one_line(prompt)} ").strip()
    return sys.stdin.readline().strip()
