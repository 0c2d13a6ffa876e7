"""What a scanner sends around a code: its prefix, its suffix, and the key that ends it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from posmember.scanning.burst import ScanSettings
from posmember.scanning.touch import Struck

LINE_FEED: Final = "\n"
TAB: Final = "\t"
ENTERS: Final = frozenset(f"\r{LINE_FEED}")
"""They end a code anywhere; a Tab does where it is known to be a scanner's."""


def is_end(char: str) -> bool:
    """Return whether a key of a scanner ends its code."""
    return char in ENTERS or char == TAB


def text_of(keys: Sequence[Struck]) -> str:
    """Return what some keys type."""
    return "".join(key.char for key in keys)


def begins_with_prefix(run: Sequence[Struck], settings: ScanSettings) -> bool:
    """Return whether there is a prefix, and more behind it."""
    prefix = settings.prefix
    return (
        bool(prefix)
        and len(run) > len(prefix)
        and text_of(run[: len(prefix)]) in _in_both_cases(prefix)
    )


def may_begin_prefix(char: str, settings: ScanSettings) -> bool:
    """Return whether a key may be the first of the prefix."""
    return char in _in_both_cases(settings.prefix[:1])


def ends_with_suffix(run: Sequence[Struck], settings: ScanSettings) -> bool:
    """Return whether the suffix is complete, where it alone ends a code."""
    suffix = settings.suffix
    if not suffix or settings.enter_follows:
        return False
    return text_of(run[-len(suffix) :]) in _in_both_cases(suffix)


def code_of(run: Sequence[Struck], settings: ScanSettings) -> str:
    """Return what some keys type without prefix and suffix.

    With Caps Lock their letters come in the other case; the code's own are left as they came.
    """
    text = text_of(run)
    for prefix in _in_both_cases(settings.prefix):
        if text.startswith(prefix):
            text = text.removeprefix(prefix)
            break
    for suffix in _in_both_cases(settings.suffix):
        if text.endswith(suffix):
            return text.removesuffix(suffix)
    return text


def _in_both_cases(text: str) -> tuple[str, str]:
    return text, text.swapcase()
