"""What ``dev.py build`` and ``test-installers`` do for Windows: on Linux, under wine."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from dev_run import StepError, say

from installers import (
    freeze,
    life_windows,
    offers,
    sbom,
    second,
    signing,
    till,
    windows_msi,
    windows_setup,
    windows_tests,
)
from installers.checks import Table
from installers.debian import alone
from installers.life_msi import PackageLife
from installers.life_user import OFFERED, OFFERS, UserLife
from installers.life_windows import BROKEN, NEW, OLD, Life
from installers.places import BUILD, DIST, NAME, version
from installers.windows_setup import Kind
from installers.wine import Wine, prefix

PAYLOAD: Final = BUILD / "windows" / NAME
LATER: Final = BUILD / "windows-later" / NAME
"""The version after it, which knows a repository of updates."""
SHIP: Final = BUILD / "ship"
MOST_INSTALLED_MB: Final = 130
MOST_SETUP_MB: Final = 40


def build(*, is_frozen: bool = False) -> int:
    """Freeze, sign where there is a certificate, and make setup programs and package.

    Args:
        is_frozen: whether it was frozen already, on Windows.
    """
    certificate = signing.from_environment()
    if is_frozen:
        freeze.packed_on_windows()
    else:
        with prefix(BUILD / "windows-prefix") as wine:
            freeze.windows(wine)
    if certificate is not None:
        sign_programs(PAYLOAD, certificate)
    target = DIST / "windows"
    shutil.rmtree(target, ignore_errors=True)
    kind = Kind(version(), certificate=certificate)
    made = [
        windows_setup.make(PAYLOAD, target, kind),
        windows_setup.make(PAYLOAD, target, replace(kind, per_user=True)),
        windows_msi.make(PAYLOAD, target, kind),
    ]
    check_sizes(PAYLOAD, made)
    sbom.publish(PAYLOAD, target, "windows")
    return 0


def sign_programs(payload: Path, certificate: signing.Certificate) -> None:
    """Sign the program's own executables; libraries are signed by their makers, or not at all."""
    for program in payload.glob("*.exe"):
        certificate.sign(program)


def check_sizes(payload: Path, made: list[Path]) -> None:
    """Raise StepError where something is larger than a store's line should carry."""
    installed = sum(path.stat().st_size for path in payload.rglob("*") if path.is_file()) / 1e6
    if installed > MOST_INSTALLED_MB:
        raise StepError(f"{installed:.0f} MB installed, more than {MOST_INSTALLED_MB}")
    for path in made:
        size = path.stat().st_size / 1e6
        if path.suffix == ".exe" and size > MOST_SETUP_MB:
            raise StepError(f"{path.name}: {size:.1f} MB, more than {MOST_SETUP_MB}")


def main(arguments: Sequence[str]) -> int:
    """Try the life of setup programs and package; 0 where every check has passed.

    Args:
        arguments: with ``--built``, what was made the last time is taken.
    """
    alone()
    if "--built" not in arguments:
        _make_for_trials()
    codes = []
    with (
        tempfile.TemporaryDirectory(prefix="posmember-screen-") as memory,
        prefix(BUILD / "life-prefix", Path(memory)) as wine,
        till.platform(wine.path("ship")) as platform,
    ):
        shutil.copytree(SHIP, wine.path("ship"), copy_function=_linked, dirs_exist_ok=True)
        codes.append(live_machine(wine, platform, Path(memory)))
        codes.append(live_package(wine, platform, Path(memory)))
        codes.append(live_user(wine, platform, Path(memory)))
        codes.append(windows_tests.live(wine))
    return max(codes)


def _linked(source: str, target: str) -> str:
    Path(target).hardlink_to(source)
    return target


def _make_for_trials() -> None:
    """Freeze two versions, and make what the lives install into ``SHIP``, signed by nobody known.

    The first is packed as it is shipped; the others quickly.
    """
    shutil.rmtree(SHIP, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory(prefix="posmember-keys-") as folder,
        offers.made(OFFERS) as repository,
        prefix(BUILD / "windows-prefix") as wine,
    ):
        certificate = signing.made_for_trials(Path(folder))
        freeze.windows(wine)
        later = second.checkout()
        repository.begin(later)
        freeze.windows(wine, later, LATER.parent.name)
        for number, payload in ((OLD, PAYLOAD), (NEW, LATER), (BROKEN, LATER)):
            _make_version(life_windows.variant(payload, number), number, certificate)
        # What is signed is updated only by what the same one has signed.
        payload = life_windows.variant(LATER, OFFERED)
        sign_programs(payload, certificate)
        kind = Kind(OFFERED, per_user=True, fast=True, certificate=certificate)
        repository.add(windows_setup.make(payload, SHIP, kind), OFFERED, "user")


def _make_version(payload: Path, number: str, certificate: signing.Certificate) -> None:
    sign_programs(payload, certificate)
    kind = Kind(number, fast=number != OLD, certificate=certificate)
    made = [windows_setup.make(payload, SHIP, kind)]
    if number != BROKEN:
        made.append(windows_msi.make(payload, SHIP, kind))
        windows_setup.make(payload, SHIP, replace(kind, per_user=True, fast=True))
    if number == OLD:
        check_sizes(payload, made)


def live_machine(wine: Wine, platform: till.Platform, memory: Path) -> int:
    """The setup program for all users."""
    table = Table("setup program for all users")
    life = Life(wine, table, life_windows.machine(), memory)
    parts = {
        "installed": life.install,
        "provided": life.provide,
        "in use": lambda: life.look_up(platform),
        "upgraded while it runs": life.running,
        "not closing": life.frozen,
        "refused": life.refusals,
        "two at once": life.twice,
        "killed": life.killed,
        "half swapped": life.half_swapped,
        "places": life.places,
        "removed": life.remove,
    }
    return _lived(table, parts)


def live_package(wine: Wine, platform: till.Platform, memory: Path) -> int:
    """The package for Windows Installer."""
    table = Table("package for Windows Installer")
    life = PackageLife(wine, table, life_windows.machine(), memory)
    parts = {
        "installed": life.install,
        "in use": lambda: life.look_up(platform),
        "upgraded": life.upgrade,
        "removed": life.remove,
        "refused": life.refusals,
    }
    return _lived(table, parts)


def live_user(wine: Wine, platform: till.Platform, memory: Path) -> int:
    """The setup program of one user."""
    table = Table("setup program for one user")
    life = UserLife(wine, table, life_windows.user(wine), memory)
    parts = {
        "installed with a provisioning file": life.install,
        "in use": lambda: life.look_up(platform),
        "upgraded while it runs": life.running,
        "updated by itself": life.update,
        "removed": life.remove,
    }
    return _lived(table, parts)


def _lived(table: Table, parts: Mapping[str, Callable[[], None]]) -> int:
    for name, do in parts.items():
        say(f"{table.name}: {name}")
        table.attempt(name, do)
    return table.end()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StepError as failure:
        say(str(failure))
        sys.exit(1)
