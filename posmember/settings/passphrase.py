"""Passphrases that seal provisioning files and printed pages: made by the program, or checked."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final

LEAST_CHARACTERS: Final = 12
LEAST_WORDS: Final = 4
MAX_CHARACTERS: Final = 200

_ALPHABET: Final = "34679ACDEFGHJKMNPQRTUVWXY"
"""No two that look alike in print or by hand: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B."""
_GROUP: Final = 4
_LEAST_LETTERS_OF_A_WORD: Final = 3
_LEAST_DIFFERENT: Final = 5


def make_passphrase() -> str:
    """A new one of 55 bits, in groups to be read out: ``K7MX-4PQR-T9WD``."""
    chars = [secrets.choice(_ALPHABET) for _ in range(LEAST_CHARACTERS)]
    groups = range(0, LEAST_CHARACTERS, _GROUP)
    return "-".join("".join(chars[at : at + _GROUP]) for at in groups)


def plain_passphrase(text: str) -> str:
    """A passphrase as it was typed, in the one form that counts.

    Full-width letters and the number of spaces make no difference; neither do, of one that the
    program made, case, hyphens and spaces.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    made = plain.upper().replace("-", "").replace(" ", "")
    is_made = len(made) == LEAST_CHARACTERS and set(made) <= set(_ALPHABET)
    return made if is_made else plain


def check_passphrase(text: str) -> None:
    """Refuse a person's own passphrase that could be guessed.

    Raises:
        ValueError: it has fewer than 12 characters and fewer than four words, fewer than
            five different ones, or more than 200.
    """
    plain = plain_passphrase(text)
    words = [word for word in plain.split() if len(word) >= _LEAST_LETTERS_OF_A_WORD]
    is_long = len(plain.replace(" ", "")) >= LEAST_CHARACTERS or len(words) >= LEAST_WORDS
    if not is_long or len(set(plain)) < _LEAST_DIFFERENT or len(plain) > MAX_CHARACTERS:
        raise ValueError(f"{LEAST_CHARACTERS} characters or {LEAST_WORDS} words at the least")
