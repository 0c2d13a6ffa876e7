"""Text from the platform, made fit for one line of plain text."""

from __future__ import annotations

import re


def one_line(text: str) -> str:
    """Collapse line ends, tabs and repeated spaces, and drop what would turn the words around it.

    Marks of writing direction would reorder our own words beside the text, too, and a text of
    nothing but characters without a width would look like none. Everything else stays as it came.
    """
    return " ".join(_UNSEEN.sub("", text).split())


def in_lines(*texts: str) -> str:
    """Put each text that is not empty on a line of its own."""
    return "\n".join(text for text in texts if text)


def tooltip(text: str) -> str:
    """Escape a text for a tooltip, which Qt would else take for rich text where it can."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>" if escaped else ""


def breakable(text: str) -> str:
    """Let a long run of letters and digits, such as a code, break into lines in a label."""
    return _LONG_RUN.sub("\\g<0>\u200b", text)


_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LONG_RUN = re.compile(r"[!-~]{16}(?=[!-~])")
