"""The code on the scanner test page, and how it is told from what customers show."""

from __future__ import annotations

import unicodedata
from typing import Final

_MARK: Final = "PM-Test-"

TEST_CODE: Final = _MARK + "0123456789-aQzY"
"""What both codes of the page hold: no customer, no secret.

Each part shows something: both cases, Caps Lock; all digits, a keypad; the letters that other
keyboard layouts exchange, such a layout; letters in a row, an input method. With 23 characters
it is as long as member codes are, and short enough to be read from a screen.
"""


def is_test_code(text: str) -> bool:
    """Whether a scanned text is the test code, so that it is never looked up.

    Also where Caps Lock swapped its letters, something stands around it or its end is missing.
    No identifier of the platform holds this mark.
    """
    return _MARK.casefold() in unicodedata.normalize("NFKC", text).casefold()
