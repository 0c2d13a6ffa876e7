"""What ``dev.py build`` and ``test-installers`` do for Windows: on Linux, under wine."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from dev_run import StepError, say

from installers import freeze, life_windows, signing, till, windows_msi, windows_setup
from installers.checks import Table
from installers.life_msi import PackageLife
from installers.life_windows import BROKEN, NEW, OLD, Life
from installers.places import BUILD, DIST, NAME, version
from installers.windows_setup import Kind
from installers.wine import Wine, prefix

PAYLOAD: Final = BUILD / "windows" / NAME
MOST_INSTALLED_MB: Final = 130
MOST_SETUP_MB: Final = 40


def build() -> int:
    """Freeze, sign where there is a certificate, and make setup programs and package."""
    certificate = signing.from_environment()
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


def live() -> int:
    """Try the life of setup programs and package; freezes first where nothing is frozen yet."""
    if not PAYLOAD.is_dir():
        with prefix(BUILD / "windows-prefix") as wine:
            freeze.windows(wine)
    with tempfile.TemporaryDirectory(prefix="posmember-keys-") as folder:
        certificate = signing.made_for_trials(Path(folder))
        ship = _made_for_trials(certificate)
    codes = []
    with (
        tempfile.TemporaryDirectory(prefix="posmember-screen-") as memory,
        prefix(BUILD / "life-prefix", Path(memory)) as wine,
        till.platform(wine.path("ship")) as platform,
    ):
        shutil.copytree(ship, wine.path("ship"), copy_function=_linked, dirs_exist_ok=True)
        codes.append(live_machine(wine, platform, Path(memory)))
        codes.append(live_package(wine, platform, Path(memory)))
        codes.append(live_user(wine, Path(memory)))
    return max(codes)


def _linked(source: str, target: str) -> str:
    Path(target).hardlink_to(source)
    return target


def _made_for_trials(certificate: signing.Certificate) -> Path:
    ship = BUILD / "ship"
    shutil.rmtree(ship, ignore_errors=True)
    for number in (OLD, NEW, BROKEN):
        payload = life_windows.variant(PAYLOAD, number)
        sign_programs(payload, certificate)
        windows_setup.make(payload, ship, Kind(number, fast=True, certificate=certificate))
        if number != BROKEN:
            windows_msi.make(payload, ship, Kind(number, certificate=certificate))
            windows_setup.make(payload, ship, Kind(number, per_user=True, fast=True))
    return ship


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


def live_user(wine: Wine, memory: Path) -> int:
    """The setup program of one user."""
    table = Table("setup program for one user")
    life = Life(wine, table, life_windows.user(wine), memory)
    parts = {"installed": life.install, "upgraded": life.running, "removed": life.remove}
    return _lived(table, parts)


def _lived(table: Table, parts: Mapping[str, Callable[[], None]]) -> int:
    for name, do in parts.items():
        say(f"{table.name}: {name}")
        table.attempt(name, do)
    return table.end()
