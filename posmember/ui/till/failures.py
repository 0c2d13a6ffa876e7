"""Failures in the log, each under the 问题编号 that the cashier sees."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from posmember.errors import ApiError, MemberNotFoundError, PosMemberError
from posmember.log.uncaught import support_code
from posmember.scanning.nobody import Guess
from posmember.ui.messages import error_text
from posmember.ui.view.screen import Hint, Severity

_ID = re.compile(r"[A-Za-z_.:-]*[0-9][A-Za-z0-9_.:-]*|[A-Z]+(?:_[A-Z]+)*", re.ASCII)

translate = QCoreApplication.translate


def log_failure(log: logging.Logger, error: PosMemberError, what: str = "") -> str:
    """Log a failure, and what was being done; returns its 问题编号."""
    code = support_code()
    of = f" {what}:" if what else ""
    log.info("%s:%s %s %s", code, of, type(error).__name__, _described(error))
    return code


def failure_hint(log: logging.Logger, error: PosMemberError, guess: Guess | None = None) -> Hint:
    """The cashier's words for a failure, with the 问题编号 under which it is logged.

    Nobody found is no failure: it has no number, and nobody needs to search for it.

    Args:
        guess: what the code looks like, where nobody was found by it.
    """
    hint = error_text(error, guess)
    if isinstance(error, MemberNotFoundError):
        return hint
    return replace(hint, support_code=log_failure(log, error))


def bug_hint(code: str) -> Hint:
    """The cashier's words for a bug that was logged under a 问题编号."""
    text = translate("Controller", "程序出错了，请重新扫码；再出现请把问题编号告诉技术支持")
    return Hint(Severity.ERROR, text, code)


def log_bug(log: logging.Logger, error: BaseException, what: str) -> str:
    """Log what nobody expected, and what was being done; returns its 问题编号."""
    code = support_code()
    log.error("%s: %s ended in a bug", code, what, exc_info=error)
    return code


def _described(error: PosMemberError) -> str:
    if isinstance(error, ApiError):
        code, request = (_id(text) for text in (error.code, error.request_id))
        return f"{error.api} code={code} request={request}: {error}"
    return str(error)


def _id(text: str) -> str:
    """A code or an id of the platform's, where it can be one: it may hold anything, and anybody."""
    return text if not text or _ID.fullmatch(text) else "…"
