"""The frozen program: a folder that needs no Python, for Linux and for Windows."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from dev_run import POSIX, ROOT, StepError, execute_quietly, say

from installers import bootloader, environment, sbom, windows_looks, windows_runtime
from installers.places import BUILD, HERE, NAME, version
from installers.wine import SHIMS, Wine

PACKED: Final = BUILD / "windows" / "about"
"""What a Windows says of the packages that it froze, beside the frozen program."""
_PACKAGES: Final = "import sysconfig; print(sysconfig.get_path('purelib'))"
_SPEC: Final = "posmember.spec"
_ICON: Final = ROOT / "resources" / "icons" / "posmember.ico"
_LONGEST_S: Final = 1_200
_MARKS: Final = (b"Wine builtin DLL", b"Wine placeholder DLL")


def linux(source: Path = ROOT, name: str = "linux") -> Path:
    """Freeze a checkout for this system; returns the folder. Raises StepError."""
    return _freeze(environment.provide(source), BUILD / name)


def native() -> Path:
    """Freeze for the system that this runs on, its Python's own way; returns the folder.

    On Windows this is what `packed_on_windows` takes elsewhere. Raises StepError.
    """
    if POSIX:
        return linux()
    folder = PACKED.parent
    shutil.rmtree(folder, ignore_errors=True)
    python = environment.provide()
    packages = Path(execute_quietly([python, "-c", _PACKAGES]).strip())
    bootloader.provide(packages)
    made = _freeze(python, folder)
    sbom.gather(packages, Path(sys.base_prefix, "LICENSE.txt"), PACKED)
    return made


def _freeze(python: Path, folder: Path) -> Path:
    """Let PyInstaller, in an environment of this system, make a folder of the program."""
    shutil.rmtree(folder, ignore_errors=True)
    work = folder / "work"
    work.mkdir(parents=True)
    _gather(work)
    if not POSIX:
        windows_looks.write(work)
    options = ("--noconfirm", "--log-level=ERROR", f"--distpath={folder}", f"--workpath={work}")
    execute_quietly([python, "-m", "PyInstaller", *options, work / _SPEC], env=_clean())
    return _sized(folder / NAME)


def packed_on_windows() -> Path:
    """Complete what `native` made on a Windows, and was brought here; returns the folder.

    Licences that packages leave to the system are Debian's copies. Raises StepError.
    """
    folder = PACKED.parent / NAME
    if not (folder / f"{NAME}.exe").is_file() or not PACKED.is_dir():
        raise StepError(f"dev.py freeze of a Windows has to be in {PACKED.parent}")
    sbom.put_into(folder, PACKED, sbom.gathered_python(PACKED), PACKED / sbom.PYTHONS)
    check_payload(folder)
    return folder


def windows(wine: Wine, source: Path = ROOT, name: str = "windows") -> Path:
    """Freeze for Windows, with Windows' Python under wine; returns the folder. Raises StepError."""
    environment.provide(source)
    runtime = windows_runtime.provide(source)
    bootloader.provide(runtime / windows_runtime.PACKAGES)
    python = wine.drive / "py"
    if not python.is_symlink():
        python.symlink_to(runtime)
    work = wine.drive / "build"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    _gather(work)
    windows_looks.write(work, version(source))
    wine.run(
        *(r"C:\py\python.exe", "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR"),
        *(r"--distpath=C:\build\dist", r"--workpath=C:\build\work", r"C:\build\posmember.spec"),
        within_s=_LONGEST_S,
    )
    folder = BUILD / name / NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    shutil.move(work / "dist" / NAME, folder)
    packages, licence = runtime / windows_runtime.PACKAGES, runtime / "LICENSE.txt"
    sbom.put_into(folder, packages, windows_runtime.exact_version(), licence)
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
