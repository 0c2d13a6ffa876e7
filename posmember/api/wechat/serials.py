"""Serials of certificates, however a person has them: as WeChat Pay wants them."""

from __future__ import annotations

import re
from typing import Final

from posmember.domain.texts import without_marks

_DIGITS: Final = 40
"""Hexadecimal ones of a serial of WeChat Pay: 20 bytes."""
_LONGEST: Final = 200
_BETWEEN: Final = re.compile(r"[\s:-]")
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_PUBLIC_KEY_ID: Final = "PUB_KEY_ID_"
_PUBLIC_KEY_IDS: Final = re.compile(_PUBLIC_KEY_ID + r"[0-9A-Z]{8,53}")
"""They have some thirty digits; fewer than eight are a part of one."""
_SERIALS: Final = re.compile(r"[0-9A-F]{8,40}")


def normal_serial(text: str) -> str:
    """A serial as upper-case hexadecimal digits, as the certificate's is shown by openssl.

    Read as well: lower case, 0x before it, colons, hyphens, blanks and invisible marks between its
    digits (Windows' certificate window copies one), and a decimal number, as Java shows it, which
    has more digits than a hexadecimal one can have.

    Returns:
        The serial; a text that is none as it was.
    """
    plain = _BETWEEN.sub("", without_marks(text[:_LONGEST]))
    if plain[:2] in ("0x", "0X"):
        plain = plain[2:]
    elif plain.isascii() and plain.isdigit() and len(plain) > _DIGITS:
        plain = f"{int(plain):X}".zfill(_DIGITS)
    if not _HEX.fullmatch(plain) or len(plain) > _DIGITS or len(text) > _LONGEST:
        return text
    return plain.upper().zfill(len(plain) + len(plain) % 2)


def normal_key_id(text: str) -> str:
    """The id of a key of WeChat Pay as answers name it: ``PUB_KEY_ID_…``, else a serial as such."""
    plain = without_marks(text).strip().upper()
    return plain if plain.startswith(_PUBLIC_KEY_ID) else normal_serial(text)


def is_public_key_id(text: str) -> bool:
    """Whether it is the id of a key that comes in no certificate."""
    return _PUBLIC_KEY_IDS.fullmatch(text) is not None


def is_serial(text: str) -> bool:
    """Whether it can be a certificate's serial, by its form."""
    return _SERIALS.fullmatch(text) is not None and text.strip("0") != ""
