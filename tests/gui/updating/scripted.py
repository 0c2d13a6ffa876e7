"""What stands for `Updates` in the window's tests."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from posmember.errors import UpdateError
from posmember.settings.updates import ANY_HOURS, Hours, Version
from posmember.updates.offer import Edition, Offer

OFFER = Offer("setup.exe", 5, "00", Version(1, 1, 0), Edition.USER)
PATH = Path("setup.exe")


@dataclass
class Planned:
    """What the window looks at of a plan."""

    may_install: bool = True
    hours: Hours = ANY_HOURS


@dataclass
class Notes:
    """What it looks at of notes."""

    checked_at: datetime | None = None


@dataclass
class Scripted:
    """Stands for `Updates`: what there is, and what was done with it."""

    found: Offer | None = OFFER
    error: UpdateError | None = None
    refused: UpdateError | None = None
    plan: Planned = field(default_factory=Planned)
    last: datetime | None = None
    time_is_right: bool = True
    looks: int = 0
    done: list[str] = field(default_factory=list)
    may_look_again: threading.Event = field(default_factory=threading.Event)

    def notes(self) -> Notes:
        return Notes(self.last)

    def check(self) -> Offer | None:
        self.looks += 1
        return self.found

    def fetch(self) -> tuple[Offer, Path] | None:
        self.looks += 1
        if self.error is not None:
            raise self.error
        return None if self.found is None else (self.found, PATH)

    def is_time(self, _offer: Offer) -> bool:
        return self.time_is_right

    def look_again(self, _offer: Offer, _path: Path) -> None:
        self.may_look_again.wait(5)
        self.done.append("looked")
        if self.refused is not None:
            raise self.refused

    def start(self, offer: Offer, _path: Path) -> None:
        self.done.append(f"started {offer.version}")

    def stop(self) -> None:
        self.done.append("stopped")
