"""A table of checks, one line each, as they are made."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from dev_run import StepError, say


@dataclass
class Table:
    """What was checked of one thing.

    Args:
        name: of the thing.
    """

    name: str
    failed: list[str] = field(default_factory=list)
    count: int = 0
    _begun: float = field(default_factory=time.monotonic)

    def check(self, what: str, passed: object, told: object = "") -> None:
        """Note one check; `told` is shown where it failed."""
        self.count += 1
        if not passed:
            self.failed.append(what)
        why = f": {told}" if not passed and told != "" else ""
        verdict = "ok    " if passed else "FAILED"
        say(f"  {time.monotonic() - self._begun:5.0f} s  {verdict}  {what}{why}")

    def equal(self, what: str, found: object, expected: object) -> None:
        """Note whether something is what it has to be."""
        self.check(what, found == expected, f"{found!r}, not {expected!r}")

    def attempt(self, what: str, do: Callable[[], None]) -> None:
        """Make a part's checks; a part that breaks off is one that failed."""
        try:
            do()
        except (StepError, OSError) as error:
            self.check(what, False, error)

    def end(self) -> int:
        """Say how it went; returns an exit code."""
        passed = self.count - len(self.failed)
        say(f"{self.name}: {passed} of {self.count} passed, {time.monotonic() - self._begun:.0f} s")
        return 1 if self.failed else 0
