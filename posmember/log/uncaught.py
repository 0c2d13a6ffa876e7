"""What nobody expected, in the log under a 问题编号."""

from __future__ import annotations

import logging
import secrets

from posmember.log.files import start_file_log

_log = logging.getLogger("posmember.log")


def support_code() -> str:
    """A new 问题编号: four characters that a cashier can say, and the log can be searched for."""
    return secrets.token_hex(2).upper()


def log_uncaught(error: BaseException | None, where: str = "") -> str:
    """Log a bug; returns the code that the log holds it under.

    Args:
        error: what was raised; None where only its place is known.
        where: whose exception it was, in words of the code alone.
    """
    start_file_log()
    code = support_code()
    _log.critical("%s: a bug%s", code, f" in {where}" if where else "", exc_info=error)
    return code
