"""Serials of certificates, however a person has them: as WeChat Pay wants them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DIGITS: Final = 40
"""Hexadecimal ones of a serial of WeChat Pay: 20 bytes."""
_LONGEST: Final = 200
_BETWEEN: Final = re.compile(r"[\s:-]")
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_PUBLIC_KEY_ID: Final = "PUB_KEY_ID_"


def normal_serial(text: str) -> str:
    """A serial as upper-case hexadecimal digits, as the certificate's is shown by openssl.

    Read as well: lower case, 0x before it, colons, hyphens, blanks and invisible marks between its
    digits (Windows' certificate window copies one), and a decimal number, as Java shows it, which
    has more digits than a hexadecimal one can have.

    Returns:
        The serial; a text that is none as it was.
    """
    seen = "".join(char for char in text[:_LONGEST] if unicodedata.category(char) != "Cf")
    plain = _BETWEEN.sub("", seen)
    if plain[:2] in ("0x", "0X"):
        plain = plain[2:]
    elif plain.isascii() and plain.isdigit() and len(plain) > _DIGITS:
        plain = f"{int(plain):X}".zfill(_DIGITS)
    if not _HEX.fullmatch(plain) or len(plain) > _DIGITS or len(text) > _LONGEST:
        return text
    return plain.upper().zfill(len(plain) + len(plain) % 2)


def normal_key_id(text: str) -> str:
    """The id of a key of WeChat Pay: a certificate's serial as such, ``PUB_KEY_ID_…`` as it is."""
    return text if text.startswith(_PUBLIC_KEY_ID) else normal_serial(text)


def is_public_key_id(text: str) -> bool:
    """Whether it is the id of a key that comes in no certificate."""
    return text.startswith(_PUBLIC_KEY_ID)
