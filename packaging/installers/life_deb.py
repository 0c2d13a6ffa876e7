"""``dev.py test-installers deb``: the package's life in a fresh Debian, check by check.

Each check goes on from where the one before has left the system, as a till's does. What is painted
is kept as pictures in ``build/life``.
"""

from __future__ import annotations

import filecmp
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from dev_run import StepError, say

from installers import deb, freeze, second
from installers.debian import alone, fresh
from installers.desk import desk
from installers.life import Life
from installers.life_deb_checks import Check, Installed, Refused, Removed, Upgraded, Used
from installers.places import BUILD, DIST, NAME, version

PICTURES: Final = BUILD / "life"
QUICK: Final = BUILD / "packages"


def main(arguments: Sequence[str]) -> int:
    """Make the packages, and live through them; 0 where every check has passed.

    Args:
        arguments: with ``--built``, the packages of the last time are taken.
    """
    alone()
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    first, later, broken = packages(anew="--built" not in arguments)
    with fresh(BUILD / "debian") as debian, desk(debian, PICTURES) as shown:
        life = Life(debian, shown, debian.put(first), debian.put(later), debian.put(broken))
        for what, does in checks(life):
            life.check(what, does)
    failed = sum(bool(told) for _what, _seconds, told in life.table)
    say(f"the package's life: {len(life.table) - failed} passed, {failed} failed")
    return 1 if failed else 0


def packages(*, anew: bool) -> tuple[Path, Path, Path]:
    """This version's package, a later one's, and one that does not start; made where they are not.

    Args:
        anew: make them, whatever is there.
    """
    first = DIST / f"{NAME}_{version()}_{deb.ARCHITECTURE}.deb"
    number = second.later(version())
    last = second.later(number)
    later, broken = (QUICK / f"{NAME}_{each}_{deb.ARCHITECTURE}.deb" for each in (number, last))
    if anew or not first.is_file():
        deb.build()
    if anew or not later.is_file():
        program = deb.with_licences(freeze.linux(second.checkout(), "linux-later"))
        needed = deb.needed(program)
        package = deb.Package(program, number, BUILD / "deb-later", needed, compression="none")
        if not filecmp.cmp(
            deb.pack(package, QUICK), deb.pack(package, BUILD / "again"), shallow=False
        ):
            raise StepError("from one folder came two different packages")
        ruined = replace(package, program=_ruined(), version=last, folder=BUILD / "deb-broken")
        deb.pack(ruined, QUICK)
    return first, later, broken


def _ruined() -> Path:
    folder = BUILD / "linux-broken"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    program = folder / NAME
    program.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    program.chmod(0o755)
    return folder


def checks(life: Life) -> Iterator[Check]:
    """Every check with its words, in the order of a till's life."""
    for room in (Installed, Used, Upgraded, Removed, Refused):
        yield from room(life).checks()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StepError as failure:
        say(str(failure))
        sys.exit(1)
