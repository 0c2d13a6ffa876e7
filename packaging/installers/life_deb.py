"""``dev.py test-installers deb``: the package's life in a fresh Debian, check by check.

Each check goes on from where the one before has left the system, as a till's does. What is painted
is kept as pictures in ``build/life``.
"""

from __future__ import annotations

import filecmp
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from dev_run import StepError, execute_quietly, say

from installers import deb, freeze, offers, second
from installers.debian import alone, fresh
from installers.desk import desk
from installers.life import Life
from installers.life_deb_checks import OFFERS, Check, Installed, Refused, Removed, Upgraded, Used
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
    life.check("the first paint of what is installed is as soon as the source tree's", first_paint)
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
        checkout = second.checkout()
        with offers.made(OFFERS) as repository:
            repository.begin(checkout)
            program = deb.with_licences(freeze.linux(checkout, "linux-later"))
            package = deb.Package(
                program, number, BUILD / "deb-later", deb.needed(program), compression="none"
            )
            _pack_twice(package)
            ruined = replace(package, program=_ruined(), version=last, folder=BUILD / "deb-broken")
            repository.add(deb.pack(ruined, QUICK), last, "deb")
    return first, later, broken


def _pack_twice(package: deb.Package) -> None:
    first, second_time = (deb.pack(package, folder) for folder in (QUICK, BUILD / "again"))
    if not filecmp.cmp(first, second_time, shallow=False):
        raise StepError("from one folder came two different packages")


def _ruined() -> Path:
    folder = BUILD / "linux-broken"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    program = folder / NAME
    program.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    program.chmod(0o755)
    return folder


def first_paint() -> None:
    """Measure the frozen program's start against the source tree's, both on this machine."""
    told = BUILD / "first-paint.json"
    say(execute_quietly([sys.executable, "-m", "tests.bench", "frozen", "--json", told]).rstrip())
    rows = json.loads(told.read_text(encoding="utf-8"))
    bounded = [row for row in rows if row["bound"] is not None]
    assert bounded, "nothing was measured"
    for row in bounded:
        assert row["verdict"] == "ok", f"{row['what']}: {row['median']:.2f}, {row['verdict']}"


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
