"""The frozen program: a folder that needs no Python, for Linux and for Windows."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from dev_run import ROOT, StepError, execute_quietly, say

from installers import bootloader, environment, sbom, windows_looks, windows_runtime
from installers.places import BUILD, HERE, NAME
from installers.wine import SHIMS, Wine

_SPEC: Final = "posmember.spec"
_ICON: Final = ROOT / "resources" / "icons" / "posmember.ico"
_LONGEST_S: Final = 1_200
_MARKS: Final = (b"Wine builtin DLL", b"Wine placeholder DLL")


def linux(source: Path = ROOT, name: str = "linux") -> Path:
    """Freeze a checkout for this system; returns the folder. Raises StepError."""
    python = environment.provide(source)
    folder = BUILD / name
    shutil.rmtree(folder, ignore_errors=True)
    work = folder / "work"
    work.mkdir(parents=True)
    _gather(work)
    options = ("--noconfirm", "--log-level=ERROR", f"--distpath={folder}", f"--workpath={work}")
    execute_quietly([python, "-m", "PyInstaller", *options, work / _SPEC], env=_clean())
    return _sized(folder / NAME)


def windows(wine: Wine) -> Path:
    """Freeze for Windows, with Windows' Python under wine; returns the folder. Raises StepError."""
    environment.provide()
    runtime = windows_runtime.provide()
    bootloader.provide(runtime / windows_runtime.PACKAGES)
    (wine.drive / "py").symlink_to(runtime)
    work = wine.drive / "build"
    work.mkdir()
    _gather(work)
    windows_looks.write(work)
    wine.run(
        *(r"C:\py\python.exe", "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR"),
        *(r"--distpath=C:\build\dist", r"--workpath=C:\build\work", r"C:\build\posmember.spec"),
        within_s=_LONGEST_S,
    )
    folder = BUILD / "windows" / NAME
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(work / "dist" / NAME, folder)
    python = windows_runtime.exact_version()
    packages, licence = runtime / windows_runtime.PACKAGES, runtime / "LICENSE.txt"
    sbom.put_into(folder, packages, python, licence)
    check_payload(folder)
    return _sized(folder)


def _clean() -> dict[str, str]:
    """This environment, without a way to the checkout: what is frozen is what was installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {
        **kept,
        "PYTHONSAFEPATH": "1",
        "PYTHONHASHSEED": "0",
        # The package is compressed as a whole; what is unpacked at every start is for every start.
        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",
    }


def _gather(folder: Path) -> None:
    """Put the recipe and what it names into one folder, which wine sees, too."""
    for path in (HERE / _SPEC, HERE / "launcher.py", _ICON):
        shutil.copy(path, folder)


def check_payload(folder: Path) -> None:
    """Look whether all of it is the program's own. Raises StepError where something is wine's."""
    shims = {source.stem for source in SHIMS.glob("*.c")}
    for path in folder.rglob("*"):
        if path.is_file() and (path.stem.lower() in shims or _is_of_wine(path)):
            raise StepError(f"not the program's own: {path.relative_to(folder)}")


def _is_of_wine(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4096)  # where wine marks its own
    return any(mark in head for mark in _MARKS)


def _sized(folder: Path) -> Path:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    say(f"frozen: {folder.name}, {size / 1e6:.0f} MB, {len(files)} files")
    return folder
