"""Secrets as people paste them: without what comes along unseen, or not at all."""

from __future__ import annotations

import re
from typing import Final

from posmember.domain.texts import without_marks

_AROUND: Final = (
    "\"'`´“”„‟‘’‚‛«»‹›「」『』｢｣〝〞〟＂＇｀"
    "\u02b9\u02ba\u02bb\u02bc\u02bd\u02ee\u055a\u05f3\u05f4"
    "\u2032\u2033\u2034\u2035\u2036\u2037\u2057\u275b\u275c\u275d\u275e\u275f\u2760\u276e\u276f\u2e42"
)
"""Quotes that a shell, a document or a person puts around a value."""
_KEY: Final = re.compile(r"[!#-&(-_a-~]{1,1000}")
"""Plain characters but quotes."""


def pasted(text: str) -> str:
    """A text without unseen marks anywhere, and without quotes and white space around it."""
    seen = without_marks(text)
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
