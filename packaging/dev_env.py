"""The virtual environment .venv: made from the pinned requirement files, remade when it is broken.

There are two requirement files with the same pins, so that one environment serves both: `app` is
what the program and its sandbox need (a demo should not download type checkers), `dev` is all. A
third, `freeze`, is what installers are made of: `app` and what freezes it.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import shutil
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, Self

import dev_system
from dev_run import POSIX, ROOT, StepError, execute_quietly, say

Level = Literal["app", "dev", "freeze"]

PACKAGING = ROOT / "packaging"
PROJECT_FILE = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
BIN = VENV / ("bin" if POSIX else "Scripts")
PYTHON = BIN / ("python" if POSIX else "python.exe")
STAMP = VENV / "posmember-stamp.json"
LOCK = ROOT / ".venv.lock"


def requirements(level: Level) -> Path:
    """Return the pinned requirement file of a level."""
    return PACKAGING / f"requirements-{level}.txt"


def tool(name: str) -> Path:
    """Return the path of a command that is installed in .venv."""
    return BIN / (name if POSIX else f"{name}.exe")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What .venv was made from, written last: an environment without it is half made."""

    interpreter: str
    pins: str
    project: str
    level: Level
    installed: tuple[str, ...]

    @classmethod
    def read(cls) -> Self | None:
        """Return the stamp of the present .venv, or None where there is no sound one."""
        try:
            fields = json.loads(STAMP.read_text(encoding="utf-8"))
            return cls(**{**fields, "installed": tuple(fields["installed"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self) -> None:
        """Put the stamp into .venv."""
        STAMP.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def provide(level: Level) -> int:
    """Bring .venv to a level, doing only what is missing. Raises StepError when that fails."""
    with locked():
        stamp = Stamp.read()
        if stamp and is_sound(stamp) and level in (stamp.level, "app"):
            if stamp.project != project_digest():
                install_project()
                replace(stamp, project=project_digest()).write()
            return 0
        if stamp is None or not is_sound(stamp):
            make()
        STAMP.unlink(missing_ok=True)
        install_pins(level)
        install_project()
        Stamp(interpreter(), pins_digest(), project_digest(), level, installed()).write()
    return 0


def is_sound(stamp: Stamp) -> bool:
    """Tell whether .venv is of this Python and these pins, and nothing has gone from it since."""
    return (
        stamp.interpreter == interpreter()
        and stamp.pins == pins_digest()
        and PYTHON.is_file()
        and set(stamp.installed) <= set(installed())
    )


def make() -> None:
    """Make an empty .venv, in place of whatever stands there."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian splits it off its Python
        version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        dev_system.provide([dev_system.Group("Python's virtual environments", (version,))])
    say("making .venv")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    execute_quietly([base_python(), "-m", "venv", VENV])


def install_pins(level: Level) -> None:
    """Install a requirement file: each file's hash is checked, and nothing is built from source.

    A download that was cut has another hash, and is another one the next time.
    """
    say(f"installing {requirements(level).relative_to(ROOT)} (the first time, about a minute)")
    pins = ("--require-hashes", "--only-binary=:all:", "--requirement", requirements(level))
    try:
        pip_install(*pins)
    except StepError as error:
        say(f"{error}\nonce more")
        pip_install(*pins)


def install_project() -> None:
    """Install the checkout itself, editable, with the build backend that the pins brought."""
    pip_install("--no-deps", "--no-build-isolation", "--editable", ROOT)


def pip_install(*arguments: str | Path) -> None:
    """Run `pip install` in .venv; its output is shown only if it fails (StepError)."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check"]
    execute_quietly([PYTHON, "-m", "pip", "install", *options, *arguments])


def base_python() -> str:
    """Return the Python that .venv is made with: never the one inside of it, which goes away."""
    base: str = getattr(sys, "_base_executable", "") or sys.executable
    return base


def interpreter() -> str:
    """Name the Python that .venv is made with, so that another one is noticed."""
    return f"{sys.version} in {sys.base_prefix}"


def pins_digest() -> str:
    """Return a hash over both requirement files."""
    return digest(b"".join(requirements(level).read_bytes() for level in ("app", "dev")))


def project_digest() -> str:
    """Return a hash over what pyproject.toml says about the package; tool settings do not count."""
    text = PROJECT_FILE.read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    package = [tables["build-system"], tables["project"], tables["tool"]["hatch"]]
    return digest(json.dumps([str(ROOT), package], sort_keys=True).encode())


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def installed() -> tuple[str, ...]:
    """Return the names of the installed distributions' folders, sorted."""
    packages = VENV.glob("lib/python*/site-packages" if POSIX else "Lib/site-packages")
    return tuple(sorted(path.name for where in packages for path in where.glob("*.dist-info")))


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Hold .venv for one dev.py at a time: an editor and a terminal may both start one."""
    with LOCK.open("wb") as file:
        if sys.platform == "win32":
            lock_on_windows(file.fileno())
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file gives the lock back


def lock_on_windows(descriptor: int) -> None:
    """Wait for the lock there: the system itself gives up after ten seconds."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError:
                time.sleep(0.1)
            else:
                return


def resolve_pins() -> None:
    """Write all requirement files anew from pyproject.toml, for every system and Python >= 3.11.

    The others are bound to the first, so that the same version is pinned in all.
    """
    compile_pins("dev", "--extra=dev", "--extra=bench", "--upgrade")
    compile_pins("app", f"--constraints={relative('dev')}")
    compile_pins("freeze", f"--constraints={relative('app')}", "--group=freeze")


def compile_pins(level: Level, *options: str) -> None:
    """Resolve one requirement file with uv. Raises StepError when there is no solution."""
    command = ["pip", "compile", "pyproject.toml", "--quiet", "--universal"]
    command += ["--python-version=3.11", "--extra=sandbox", "--group=build", "--generate-hashes"]
    command += ["--no-emit-index-url", "--no-emit-find-links"]
    command += ["--custom-compile-command=python3 packaging/dev.py lock"]
    execute_quietly([tool("uv"), *command, *options, f"--output-file={relative(level)}"])


def relative(level: Level) -> str:
    """Return a requirement file's path as it should stand in the files themselves."""
    return requirements(level).relative_to(ROOT).as_posix()
