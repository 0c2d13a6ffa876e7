"""What a chain's own codes look like, where the configuration says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from posmember.domain.identifier import Identifier

MAX_MATCHED = 2_100
"""No longer text is matched: a QR code holds some 2,000 characters as scanners send them, and
the time that a pattern takes grows with the text."""

MAX_PATTERN = 500
"""The longest pattern, in characters."""

_GROUP = "code"
_NESTED_REPEATS = re.compile(r"(?<!\\)[+*}]\)+[+*{]")


@dataclass(frozen=True, slots=True)
class CodeProfile:
    """What the classifying needs to know of a chain.

    Args:
        url_pattern: what the whole text of a member's code that is an address looks like,
            made by `compile_url_pattern`; None where the chain's codes are no addresses.
        knows: where not everybody may be looked up, whether one may be by this; None elsewhere.
    """

    url_pattern: re.Pattern[str] | None = None
    knows: Callable[[Identifier], bool] | None = None

    def refuses(self, identifiers: Iterable[Identifier]) -> bool:
        """Whether none of these may be looked up."""
        return self.knows is not None and not any(map(self.knows, identifiers))

    def written_in(self, text: str) -> str:
        """The member code in a cleaned text as it is written there, percent-decoded alone.

        "" without a pattern, where the text does not match as a whole, where it is longer than
        `MAX_MATCHED`, or where there is no code in it.
        """
        if self.url_pattern is None or len(text) > MAX_MATCHED:
            return ""
        found = self.url_pattern.fullmatch(text)
        return unquote(found[_GROUP] or "") if found is not None else ""


PLAIN = CodeProfile()
"""Where the configuration says nothing."""


def compile_url_pattern(text: str) -> re.Pattern[str]:
    r"""Compile the setting ``scanner.url_pattern``, once, when the program starts.

    Args:
        text: a regular expression for the whole address, with the named group ``code``, e.g.
            ``https://m\.example\.com/member\?code=(?P<code>[A-Za-z0-9]+)``.

    Raises:
        ValueError: with the reason on one line: no regular expression, no such group, too
            long, or a repeated group that ends in a repeat, like ``(a+)+``. One text can match
            that in so many ways that a failing match takes years. This is a guard against a
            slip, not a proof: other slow patterns pass it, and for them there is only
            `MAX_MATCHED`. Specific classes such as ``[^&]+`` are fast, and so are possessive
            repeats, ``[^&]++``.
    """
    if len(text) > MAX_PATTERN:
        raise ValueError(f"is longer than {MAX_PATTERN} characters")
    try:
        pattern = re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is no regular expression: {error}") from error
    if _GROUP not in pattern.groupindex:
        raise ValueError(f"lacks the named group (?P<{_GROUP}>...)")
    if _NESTED_REPEATS.search(text):
        raise ValueError("repeats a group that ends in a repeat, which can take forever")
    return pattern
