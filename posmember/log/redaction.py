"""The second wall of the log: what could be somebody's is taken out of a text.

The first is that nothing personal is logged at all: calls, codes, times and fields are named, never
values, and of exceptions only what `exceptions` tells.
"""

from __future__ import annotations

import os
import re
from typing import Final

GONE: Final = "…"

_JSON = re.compile(r"[{\[]\s*[\"'].*")  # a body, from its first name on
_IN_AN_ADDRESS = re.compile(r"(?<=://)[^\s/@]*(?=@)|(?<=[?#])\S+")
_NUMBER = re.compile(r"\+?\d(?:[\W_]{0,2}\d){5,}")  # phones, cards, codes, however grouped
_WECHAT_ID = re.compile(r"\bo[A-Za-z0-9_-]{27,28}\b")
_NAME = re.compile(r"[^\W\d_a-zA-Z]+")  # the log's own words are English, and names are not
_PATH = re.compile(r"[\"'(]*(?:/|~/|[A-Za-z]:[\\/]|\\\\)")
_KEY = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9+/%_-]{16,}={0,2}(?![A-Za-z0-9])")
_KEY_IN_A_PATH = re.compile(_KEY.pattern.replace("+/%", "+%"))
_WORDS = re.compile(
    r"[A-Z]{0,15}[a-z]{2,15}(?:[A-Z]{1,15}[a-z]{2,15})*(?:[A-Z][a-z])?"
    r"|[_-]*[A-Z]{1,15}(?:[_-]+[A-Z]{1,15})*[_-]*|[_-]*[a-z]{1,15}(?:[_-]+[a-z]{1,15})*[_-]*|[_-]+"
)
"""No part of a name in code is as long as a key."""
_HAS_ALL_KINDS = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])")
_SHORTEST_KEY: Final = 16
_CERTAINLY_A_KEY: Final = 24
_BLANKS = re.compile(r"(\s+)")


def redact(text: str) -> str:
    """The text without anything that could be a name, a code, a phone number, a key or a body.

    Paths of files stay, but for such a part of them, and the home folder: it is its owner's name.
    """
    home = os.path.expanduser("~")  # noqa: PTH111 - unlike Path.home() it never raises
    if len(home) > 1:
        text = text.replace(home + os.sep, f"~{os.sep}")
    text = _WECHAT_ID.sub(GONE, _JSON.sub(GONE, text))
    text = "".join(map(_redacted_word, _BLANKS.split(text)))
    return _NUMBER.sub(GONE, text)


def _redacted_word(word: str) -> str:
    if "://" in word:
        word = _IN_AN_ADDRESS.sub(GONE, word)
    in_a_path = _PATH.match(word) is not None
    if not in_a_path:
        word = _NAME.sub(GONE, word)
    pattern = _KEY_IN_A_PATH if in_a_path else _KEY
    return pattern.sub(lambda found: GONE if _is_key(found[0]) else found[0], word)


def _is_key(run: str) -> bool:
    """Whether a run of letters, digits and signs is no word: the class of an error may be long."""
    if "/" in run and not _HAS_ALL_KINDS.match(run):
        return any(len(part) >= _SHORTEST_KEY and _is_key(part) for part in run.split("/"))
    return len(run) >= _CERTAINLY_A_KEY or _WORDS.fullmatch(run) is None
