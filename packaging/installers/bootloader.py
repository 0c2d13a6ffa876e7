"""PyInstaller's loader for Windows, built from its hashed source: by mingw here, there by its own.

Virus scanners know the one that everybody ships by its bytes, from programs that were none of ours.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tarfile
from pathlib import Path
from typing import Final

from dev_env import digest, requirements
from dev_run import StepError, execute_quietly, say

from installers import environment
from installers.places import BUILD

FOLDER: Final = BUILD / "bootloader"
PROGRAMS: Final = ("run.exe", "runw.exe")
"""With a console, and without."""
_COMPILER: Final = "x86_64-w64-mingw32-gcc"
_MADE: Final = Path("PyInstaller", "bootloader", "Windows-64bit-intel")
_PIN: Final = re.compile(r"^pyinstaller==(\S+)((?: \\\n    --hash=sha256:\w+)+)", re.MULTILINE)


def provide(packages: Path) -> None:
    """Put the own loader in place of PyInstaller's.

    Args:
        packages: the ``site-packages`` that freeze.

    Raises:
        StepError: it cannot be built.
    """
    made = _built()
    for name in PROGRAMS:
        shutil.copy(made / name, packages / _MADE / name)


def _built() -> Path:
    """The folder with the programs; they are built once a version of PyInstaller."""
    release, hashes = pinned(requirements("freeze").read_text(encoding="utf-8"))
    source = FOLDER / f"pyinstaller-{release}"
    done = source / "built"
    if not done.is_file():
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        _unpack(release, hashes)
        say("building PyInstaller's loader for Windows")
        for name in PROGRAMS:  # so that they are the ones built here
            (source / _MADE / name).unlink()
        build = (environment.PYTHON, "waf", "distclean", "all", "--target-arch=64bit")
        execute_quietly(build, env=_compiler(), folder=source / "bootloader")
        done.touch()
    return source / _MADE


def _compiler() -> dict[str, str]:
    """The environment that says by what it is built: on Windows by the compiler that waf finds."""
    return dict(os.environ) if sys.platform == "win32" else {**os.environ, "CC": _COMPILER}


def pinned(pins: str) -> tuple[str, frozenset[str]]:
    """PyInstaller's release and all its files' SHA-256, by a requirement file's text."""
    found = _PIN.search(pins)
    if found is None:
        raise StepError("PyInstaller is not pinned")
    return found[1], frozenset(re.findall(r"sha256:(\w+)", found[2]))


def _unpack(release: str, hashes: frozenset[str]) -> None:
    command = (environment.PYTHON, "-m", "pip", "download", "--quiet", "--no-deps")
    options = ("--no-binary=:all:", "--no-build-isolation", f"--dest={FOLDER}")
    execute_quietly([*command, *options, f"pyinstaller=={release}"])
    (found,) = FOLDER.glob("*.tar.gz")
    if digest(found.read_bytes()) not in hashes:
        raise StepError(f"{found.name} is not what is pinned")
    with tarfile.open(found) as archive:
        archive.extractall(FOLDER, filter="data")
