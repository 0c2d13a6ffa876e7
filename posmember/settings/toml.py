"""TOML as text and as a table, with every way in which it can be wrong as one error."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from posmember.errors import ConfigError

MAX_DOTS: Final = 1_000
"""Outside texts and comments. A parser's time grows with the square of a key's dots."""

# A text that is not closed ends with its line, or with the file: there the parser gives up anyway.
_TEXTS_AND_COMMENTS: Final = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)'
    r"|'''.*?(?:'{3,5}|\Z)"
    r'|"(?:\\.|[^"\\\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*",
    re.DOTALL,
)


def toml_text(content: bytes) -> str:
    """A file's text, with the mark that some editors put before it.

    Raises:
        ConfigError: it is no UTF-8, or has more dotted names than can be read in a moment.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"not a TOML file: {error}") from error
    if text.count(".") > MAX_DOTS and _TEXTS_AND_COMMENTS.sub("", text).count(".") > MAX_DOTS:
        raise ConfigError(f"not a TOML file: more than {MAX_DOTS} dots in names")
    return text.removeprefix("\ufeff")


def read_toml(content: bytes) -> dict[str, object]:
    """The table that a file holds. Raises ConfigError."""
    text = toml_text(content)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError("not a TOML file: too many brackets within each other") from error
    except ValueError as error:  # no TOML, a number of thousands of digits
        raise ConfigError(f"not a TOML file: {error}") from error
    except MemoryError as error:
        raise ConfigError("not a TOML file: more than this machine's memory holds") from error
