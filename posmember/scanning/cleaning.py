"""One cleaning for every way in: scan, typing, paste, command line."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_SEPARATED_DIGITS = re.compile(r"\+?[0-9]+(?:-[0-9]+)+")
_CHINA_PREFIX = re.compile(r"\+86(?=1[3-9][0-9]{9}\Z)")


def clean(text: str) -> str:
    """The text without what a scanner, an input method or a person put around the code.

    Full-width forms become plain ones; control, zero-width and white-space characters go,
    as no identifier holds any; so do the dashes of a phone number written in groups and
    its +86.
    """
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE)
    if _SEPARATED_DIGITS.fullmatch(visible):
        visible = visible.replace("-", "")
    return _CHINA_PREFIX.sub("", visible)
