"""Text from anywhere, made fit for one line of plain text, or for several."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from posmember.domain.texts import one_line

__all__ = ["breakable", "in_groups", "in_lines", "joined", "one_line", "tooltip"]


def in_lines(*texts: str) -> str:
    """Put each text that is not empty on a line of its own."""
    return "\n".join(text for text in texts if text)


def joined(texts: Iterable[str]) -> str:
    """Put sentences behind each other, as the language does it."""
    between = QCoreApplication.translate("Messages", "；", "between sentences")
    return between.join(texts)


def tooltip(text: str) -> str:
    """Escape a text for a tooltip, which Qt would else take for rich text where it can."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>" if escaped else ""


def breakable(text: str) -> str:
    """Let a long run of letters and digits, such as a code, break into lines in a label."""
    return _LONG_RUN.sub("\\g<0>\u200b", text)


def in_groups(code: str) -> str:
    """Set a code of letters and digits in groups of four, to be read aloud or compared.

    One that is short, or has marks of its own between its parts, stays as it is.
    """
    if len(code) <= _READ_AT_ONCE or not (code.isascii() and code.isalnum()):
        return code
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


_GROUP, _READ_AT_ONCE = 4, 6
_LONG_RUN = re.compile(r"[!-~]{16}(?=[!-~])")
