"""Secrets as people paste them: without what comes along unseen, or not at all."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_AROUND: Final = "\"'`“”‘’「」『』"
"""Quotes that a shell, a document or a person puts around a value."""
_KEY: Final = re.compile(r"[!#-&(-_a-~]{1,1000}")
"""Plain characters but quotes."""


def pasted(text: str) -> str:
    """A text without zero-width marks anywhere, and without quotes and white space around it."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    before = None
    while seen != before:
        before, seen = seen, seen.strip().strip(_AROUND)
    return seen


def pasted_key(text: str) -> str:
    """The open key in a pasted text; "" where there is none.

    Raises:
        ValueError: what is left is no key: it holds spaces, control or foreign characters, as of
            a text in another encoding, or is longer than 1,000 characters. Tells nothing of it.
    """
    key = pasted(text)
    if key and not _KEY.fullmatch(key):
        raise ValueError("only letters, digits and signs may be in it, at most 1000")
    return key
