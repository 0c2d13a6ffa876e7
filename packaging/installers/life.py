"""What the checks of a package's life share, and the table that they fill."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from dev_run import StepError, say

from installers import deb
from installers.debian import CASHIER, Debian
from installers.desk import Desk
from installers.places import NAME

CONFIG: Final = f"/{deb.CONFIGURATION}"
POLICY: Final = f"/etc/{NAME}/policy.toml"
HERE: Final = f"/opt/{NAME}"
_APT: Final = ("apt-get", "install", "-q", "-y")
_SMALL_MB: Final = 60


@dataclass
class Life:
    """What the checks share.

    Args:
        first: the package. later: the version after it. broken: one that does not start.
    """

    debian: Debian
    desk: Desk
    first: str
    later: str
    broken: str
    table: list[tuple[str, float, str]] = field(default_factory=list)

    def check(self, what: str, does: Callable[[], None]) -> None:
        """Run one check, and note what became of it."""
        begun = time.monotonic()
        try:
            does()
            told = ""
        except (AssertionError, StepError, OSError) as error:
            told = str(error).strip() or type(error).__name__
        seconds = time.monotonic() - begun
        self.table.append((what, seconds, told))
        say(f"{'passed' if not told else 'FAILED':7} {seconds:6.1f} s  {what}")
        if told:
            say("\n".join(f"        {line}" for line in told.splitlines()[-12:]))

    def told_version(self) -> str:
        return self.debian.run(NAME, "--version", user=CASHIER).strip()


@contextmanager
def full(life: Life) -> Iterator[None]:
    """Let ``/opt`` hold one version, and less than a second one."""
    with life.debian.mounted("/opt", "-o", f"size={size_mb(life) + _SMALL_MB}m"):
        yield


def size_mb(life: Life) -> int:
    """What the package takes in ``/opt``, in MB."""
    told = life.debian.run("dpkg-deb", "--field", life.first, "Installed-Size")
    return int(told) // 1024


def install(life: Life, file: str, *options: str) -> None:
    """Install a package by apt. Raises StepError."""
    life.debian.run(*_APT, *options, file)
