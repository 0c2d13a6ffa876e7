"""The log: rotated files, a code for the support line, and no personal data.

What is logged names calls, codes, times and fields, never values. The redaction below is the
second wall, for texts of libraries and of exceptions.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import secrets
from pathlib import Path
from types import TracebackType

import platformdirs

MAX_BYTES = 1_000_000
KEPT_FILES = 5

_SECRETS = (
    re.compile(r"\d{6,}"),  # phone, card, payment and redemption codes
    re.compile(r"\bo[A-Za-z0-9_-]{27,28}\b"),  # openid, unionid
    re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9+/%_-]{24,}={0,2}(?![A-Za-z0-9])"),  # keys and tokens
)


def redact(text: str) -> str:
    """The text without anything that could be a code, a phone number or a key."""
    for pattern in _SECRETS:
        text = pattern.sub("…", text)
    return text


class RedactingFormatter(logging.Formatter):
    """Formats a record, its exception included, and redacts the whole."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line, after its time, which is ours and holds nothing of anyone's."""
        time = self.formatTime(record, "%Y-%m-%d %H:%M:%S")
        return f"{time} {redact(super().format(record))}"


def support_code() -> str:
    """A new 问题编号: four characters that a cashier can say, and the log can be searched for."""
    return secrets.token_hex(2).upper()


def log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> str:
    """Log an exception that nobody expected; returns the code that the log holds it under."""
    start_file_log()
    code = support_code()
    logging.getLogger(__name__).critical("%s: a bug", code, exc_info=(kind, error, traceback))
    return code


def log_folder() -> Path:
    """Where the log files are."""
    return platformdirs.user_log_path("posmember", appauthor=False)


def start_file_log() -> None:
    """Write INFO and above to rotated files, once; go on without where no file can be written."""
    root = logging.getLogger()
    if any(isinstance(handler, logging.handlers.RotatingFileHandler) for handler in root.handlers):
        return
    root.setLevel(logging.INFO)
    # httpx logs each request's address; ours say the same without it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "posmember.log", maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError:
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
