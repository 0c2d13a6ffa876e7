"""A version that is offered, as its signed metadata says; and which of them is a till's turn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from posmember.settings.updates import (
    ANY_HOURS,
    Hours,
    UpdateMode,
    Version,
    parse_hours,
    parse_version,
)

FORMAT: Final = 1
"""Of the metadata: what a later program alone understands has a higher one."""
EVERYBODY: Final = 100
_NOBODY_KNOWS: Final = 99.999
"""The place of a computer without an id: it comes last."""
_SALT: Final = "posmember-update"
_HOLDS: Final = 2**64


class Edition(StrEnum):
    """How the program was installed; each edition has files of its own."""

    USER = "user"
    """Windows' setup, for one user."""
    MACHINE = "machine"
    """Windows' setup, for everybody."""
    DEB = "deb"


@dataclass(frozen=True, slots=True)
class Offer:
    """One file of the repository.

    Args:
        path: its name there. length: in bytes.
        sha256: in hexadecimal.
        percent: of all tills, how many may have it, 0 to 100.
        least: the oldest version that it can be installed over.
        hours: when it may be installed, by the till's own clock.
        goes_back: whether a newer version may go back to it, where the policy allows that.
    """

    path: str
    length: int
    sha256: str
    version: Version
    edition: Edition
    percent: int = EVERYBODY
    least: Version = Version(0, 0, 0)
    hours: Hours = field(default=ANY_HOURS)
    goes_back: bool = False

    def custom(self) -> dict[str, object]:
        """What is signed of it besides its length and its hash."""
        return {
            "format": FORMAT,
            "version": str(self.version),
            "edition": self.edition.value,
            "percent": self.percent,
            "least": str(self.least),
            "hours": str(self.hours),
            "goes_back": self.goes_back,
        }


def read_offer(
    path: str, length: int, sha256: str, custom: Mapping[str, object] | None
) -> Offer | None:
    """An offer by its signed metadata; None where it is another thing, or a later program's."""
    told = custom or {}
    if told.get("format") != FORMAT or not _is_name(path):
        return None
    percent, goes_back = told.get("percent"), told.get("goes_back")
    if isinstance(percent, bool) or not isinstance(percent, int):
        return None  # what is signed holds whole numbers alone
    if not 0 <= percent <= EVERYBODY or not isinstance(goes_back, bool):
        return None
    try:
        return Offer(
            path,
            length,
            sha256,
            parse_version(str(told.get("version"))),
            Edition(str(told.get("edition"))),
            percent,
            parse_version(str(told.get("least"))),
            parse_hours(str(told.get("hours"))),
            goes_back,
        )
    except ValueError:
        return None


def _is_name(path: str) -> bool:
    """Whether it is a file's name alone, on every system."""
    return path.isascii() and path[:1].isalnum() and not set(path) & set('\\/:*?"<>| \x00')


def place_of(machine: str, version: Version) -> float:
    """A till's place among all tills, for one version: from 0 up to, not including, 100.

    Other tills come first with each version. It is a hash, and never sent.

    Args:
        machine: what tells this computer from others; "" where nothing does.
    """
    if not machine:
        return _NOBODY_KNOWS
    digest = hashlib.sha256(f"{_SALT}\0{machine}\0{version}".encode()).digest()
    return int.from_bytes(digest[:8]) * EVERYBODY / _HOLDS


@dataclass(frozen=True, slots=True)
class Till:
    """What it is chosen for.

    Args:
        running: the version that is installed. machine: see `place_of`.
        may_go_back: whether the policy allows an older version.
        given_up: hashes of files that did not run here.
    """

    running: Version
    edition: Edition
    machine: str
    mode: UpdateMode = field(default_factory=UpdateMode)
    may_go_back: bool = False
    given_up: frozenset[str] = frozenset()


def chosen(offers: Iterable[Offer], till: Till) -> Offer | None:
    """The version that this till is to have next; None where it has the right one.

    Of those whose turn it is the newest. An older one only where its metadata and the policy both
    allow it, and where what runs is pinned otherwise or is no longer offered at all.
    """
    if not till.mode.is_on:
        return None
    mine = [offer for offer in offers if offer.edition is till.edition]
    fitting = [offer for offer in mine if _may_have(offer, till)]
    newer = [offer for offer in fitting if offer.version > till.running]
    if newer:
        return max(newer, key=_by_version)
    is_withdrawn = all(offer.version != till.running for offer in mine)
    if not till.may_go_back or not (is_withdrawn or till.mode.pinned):
        return None
    older = [offer for offer in fitting if offer.version < till.running and offer.goes_back]
    return max(older, key=_by_version, default=None)


def _may_have(offer: Offer, till: Till) -> bool:
    if offer.sha256 in till.given_up or till.running < offer.least:
        return False
    if till.mode.pinned is not None:
        return offer.version == till.mode.pinned
    return place_of(till.machine, offer.version) < offer.percent


def _by_version(offer: Offer) -> Version:
    return offer.version


def is_time(offer: Offer, hours: Hours, now: datetime) -> bool:
    """Whether it may be installed now, by its own hours and the till's.

    Args:
        now: of the till's own clock and zone.
    """
    return offer.hours.contains(now.time()) and hours.contains(now.time())
