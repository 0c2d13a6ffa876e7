"""One cleaning for every way in: scan, typing, paste, command line."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_AIM_IDENTIFIER = re.compile(r"\A\][A-Za-z][0-9A-Za-z]")
_GROUPED_MOBILE = re.compile(r"(?:\+86-?)?(1[3-9][0-9]-?[0-9]{4}-?[0-9]{4})")


def clean(text: str) -> str:
    """The text without what a scanner, an input method or a person put around the code.

    Full-width forms become plain ones; control, zero-width and white-space characters go,
    as no identifier holds any; so does the AIM identifier (``]C1``) that names the kind of
    barcode, and the dashes of a phone number written in groups and its +86.
    """
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE)
    code = _AIM_IDENTIFIER.sub("", visible)
    mobile = _GROUPED_MOBILE.fullmatch(code)
    return mobile[1].replace("-", "") if mobile else code
