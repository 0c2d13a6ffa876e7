"""Text from the platform, made fit for one line of plain text."""

from __future__ import annotations

import re


def one_line(text: str) -> str:
    """Collapse line ends, tabs and repeated spaces; everything else stays as it came."""
    return " ".join(text.split())


def tooltip(text: str) -> str:
    """Escape a text for a tooltip, which Qt would else take for rich text where it can."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>" if escaped else ""


def breakable(text: str) -> str:
    """Let a long run of letters and digits, such as a code, break into lines in a label."""
    return _LONG_RUN.sub("\\g<0>\u200b", text)


_LONG_RUN = re.compile(r"[!-~]{16}(?=[!-~])")
