"""Set-up by printed pages: a provision as parts that a counter's scanner types, in any order.

A part is 200 letters at most, of sixteen that every keyboard layout has in the same place and that
Caps Lock changes in case alone, so that neither a layout nor an input method's digits spoil it.
Each says of which export it is, its place, how many there are and until when they are good, and
has a checksum. That time is sealed with the content: changed on the page, it opens nothing.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from posmember.domain.values import CHINA
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem
from posmember.settings.provisioning import Provision, provision_of, secret_json
from posmember.settings.sealing import DEFAULT_COST, Cost, seal, unseal

MAX_DAYS: Final = 7
MAX_PART: Final = 200
"""Characters of one code."""
MAX_PARTS: Final = 60

_MARK: Final = "KPXS"
_LETTERS: Final = "BCDEFGHJKLNPRSTX"
"""Neither digits, A, M, Q, W, Y and Z, which layouts exchange, nor I, which Turkish has twice."""
_VERSION: Final = 1
_HEAD: Final = struct.Struct(">B4sBBI")
_SUM: Final = struct.Struct(">I")
_UNTIL: Final = struct.Struct(">I")
_CHUNK: Final = (MAX_PART - len(_MARK)) // 2 - _HEAD.size - _SUM.size
_MOST_AROUND: Final = 16
"""Characters that a scanner may put behind each code, as nobody has set it up yet."""
_MAX_CONTENT: Final = 64_000
_CLOCKS_APART: Final = timedelta(hours=1)
_CLEAR: Final = b"pages\1"


def write_pages(
    provision: Provision,
    passphrase: str,
    made: datetime,
    days: int = MAX_DAYS,
    *,
    cost: Cost = DEFAULT_COST,
) -> tuple[str, ...]:
    """The codes to print, each the text of one part.

    Args:
        made: now, aware. days: for how long they are good, 1 to `MAX_DAYS`.

    Raises:
        ProvisionError: it is too long for `MAX_PARTS`, or the machine's memory is too small.
        ValueError: so many days are none.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"1 to {MAX_DAYS} days")
    made = made.replace(microsecond=0)
    until = _UNTIL.pack(int((made + timedelta(days=days)).timestamp()))
    content = _UNTIL.pack(int(made.timestamp())) + secret_json(provision, provision.settings)
    sealed = seal(zlib.compress(content, 9), passphrase, _CLEAR + until, cost)
    return _parts(until, sealed)


def _parts(until: bytes, sealed: bytes) -> tuple[str, ...]:
    count = -(-len(sealed) // _CHUNK)
    if count > MAX_PARTS:
        raise ProvisionError(ProvisionProblem.TOO_LONG)
    size = -(-len(sealed) // count)
    chunks = [sealed[at : at + size] for at in range(0, len(sealed), size)]
    export, (seconds,) = _export_id(until, sealed), _UNTIL.unpack(until)
    parts = []
    for place, chunk in enumerate(chunks, 1):
        part = _HEAD.pack(_VERSION, export, place, len(chunks), seconds) + chunk
        parts.append(_MARK + _spelled(part + _SUM.pack(zlib.crc32(part))))
    return tuple(parts)


def read_pages(whole: bytes, passphrase: str, now: datetime) -> Provision:
    """What printed pages hold.

    Args:
        whole: what `PageCollector.whole` gave.
        now: the platform's time where it is known, else this computer's, aware.

    Returns:
        The provision; where only later the platform's time is known, its `until` is to be
        looked at again (`check_until`).

    Raises:
        ProvisionError: the passphrase is another one, the pages are no longer good, or were
            made later than it is now; or as `posmember.settings.provisioning.read_provision`.
    """
    clear, sealed = whole[: _UNTIL.size], whole[_UNTIL.size :]
    content = _unpacked(unseal(sealed, passphrase, _CLEAR + clear))
    made = _moment(content[: _UNTIL.size])
    provision = replace(provision_of(content[_UNTIL.size :]), until=_moment(clear))
    check_until(provision, now)
    if now < made - _CLOCKS_APART:
        raise ProvisionError(ProvisionProblem.CLOCK, f"{made:%Y-%m-%d %H:%M}")
    return provision


def check_until(provision: Provision, now: datetime) -> None:
    """Raise ProvisionError (EXPIRED) where a provision is no longer good."""
    if provision.until is not None and now >= provision.until:
        raise ProvisionError(ProvisionProblem.EXPIRED, f"{provision.until:%Y-%m-%d %H:%M}")


class Taken(StrEnum):
    """What became of a text that was scanned."""

    NEW = "new"
    DOUBLE = "double"
    """It is there already."""
    OTHER_EXPORT = "other_export"
    """It is of other pages than those before; it is not taken (see `PageCollector.reset`)."""
    EXPIRED = "expired"
    """The pages are no longer good; it is not taken."""
    DAMAGED = "damaged"
    """It is a part of such pages, and not whole."""
    OTHER_VERSION = "other_version"
    """Another version of the program made it."""
    NO_PART = "no_part"
    """It is something else."""


@dataclass(frozen=True, slots=True)
class _Part:
    export: bytes
    place: int
    count: int
    seconds: int
    chunk: bytes


class PageCollector:
    """Gathers the parts of one export, as they are scanned."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget what was scanned: what comes next may be of other pages."""
        self._found: dict[int, _Part] = {}

    def take(self, text: str, now: datetime) -> Taken:
        """Take a scanned text, with whatever a scanner that nobody has set up puts around it.

        Args:
            now: as of `read_pages`. It is only a hint here: the seal is what counts.
        """
        part = _read_part(text)
        if not isinstance(part, _Part):
            return part
        if now.timestamp() >= part.seconds:
            return Taken.EXPIRED
        first = next(iter(self._found.values()), part)
        if _of(first) != _of(part):
            return Taken.OTHER_EXPORT
        if part.place in self._found:
            return Taken.DOUBLE
        self._found[part.place] = part
        return Taken.NEW

    @property
    def count(self) -> int:
        """How many parts there are; 0 while none was scanned."""
        return next((part.count for part in self._found.values()), 0)

    @property
    def places(self) -> tuple[int, ...]:
        """Which are there, from 1."""
        return tuple(sorted(self._found))

    @property
    def missing(self) -> tuple[int, ...]:
        """Which are not there yet."""
        return tuple(place for place in range(1, self.count + 1) if place not in self._found)

    @property
    def until(self) -> datetime | None:
        """When they cease to be good, as they say."""
        seconds = next((part.seconds for part in self._found.values()), None)
        return None if seconds is None else datetime.fromtimestamp(seconds, CHINA)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return bool(self._found) and not self.missing

    def whole(self) -> bytes:
        """All of it, for `read_pages`.

        Raises:
            ProvisionError: parts are missing, or do not belong together.
        """
        if not self.is_whole:
            raise ProvisionError(ProvisionProblem.CUT)
        sealed = b"".join(self._found[place].chunk for place in self.places)
        until = _UNTIL.pack(self._found[1].seconds)
        if _export_id(until, sealed) != self._found[1].export:
            raise ProvisionError(ProvisionProblem.CHANGED)
        return until + sealed


def is_page_part(text: str) -> bool:
    """Whether a scanned text is of such pages, so that it is never looked up."""
    return _read_part(text) is not Taken.NO_PART


def _of(part: _Part) -> tuple[bytes, int, int]:
    return part.export, part.count, part.seconds


def _export_id(until: bytes, sealed: bytes) -> bytes:
    return hashlib.sha256(until + sealed).digest()[:4]


def _spelled(content: bytes) -> str:
    return "".join(_LETTERS[byte >> 4] + _LETTERS[byte & 15] for byte in content)


def _read_part(text: str) -> _Part | Taken:
    """The part in a text, or why there is none."""
    shown = unicodedata.normalize("NFKC", text[: 4 * MAX_PART]).upper()
    _before, found, rest = "".join(shown.split()).partition(_MARK)
    letters = rest[: next((n for n, c in enumerate(rest) if c not in _LETTERS), len(rest))]
    least = 2 * (_HEAD.size + _SUM.size)
    if not found or len(letters) < least // 2:
        return Taken.NO_PART
    for end in range(len(letters), max(least, len(letters) - _MOST_AROUND), -1):
        if end % 2 == 0 and (part := _checked(letters[:end])) is not None:
            return part
    return Taken.DAMAGED


def _checked(letters: str) -> _Part | Taken | None:
    """The part that letters spell; None where their checksum is another one."""
    values = [_LETTERS.index(letter) for letter in letters]
    content = bytes(16 * high + low for high, low in zip(values[::2], values[1::2], strict=True))
    part, told = content[: -_SUM.size], content[-_SUM.size :]
    if _SUM.pack(zlib.crc32(part)) != told:
        return None
    version, export, place, count, seconds = _HEAD.unpack_from(part)
    if version != _VERSION:
        return Taken.OTHER_VERSION
    chunk = part[_HEAD.size :]
    if not (1 <= place <= count <= MAX_PARTS and chunk):
        return None
    return _Part(export, place, count, seconds, chunk)


def _unpacked(content: bytes) -> bytes:
    """What was compressed, within bounds. Raises ProvisionError."""
    unpacker = zlib.decompressobj()
    try:
        whole = unpacker.decompress(content, _MAX_CONTENT)
    except zlib.error as error:
        raise ProvisionError(ProvisionProblem.CONTENT) from error
    if not unpacker.eof or len(whole) < _UNTIL.size:
        raise ProvisionError(ProvisionProblem.CONTENT)
    return whole


def _moment(packed: bytes) -> datetime:
    (seconds,) = _UNTIL.unpack(packed)
    return datetime.fromtimestamp(seconds, CHINA)
