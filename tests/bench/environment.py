"""The environment of a till: `.venv-app`, with what a store installs and nothing else.

A developer's packages change what is measured: httpx imports rich, pygments and click where
they are installed, and is slower and larger for it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.bench.harness import ROOT

VENV = ROOT / ".venv-app"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PINS = ROOT / "packaging" / "requirements-app.txt"
PROJECT = ROOT / "pyproject.toml"
_WANTED = VENV / "requirements.txt"
_STAMP = VENV / "posmember-stamp.txt"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_VIA = re.compile(r" +# +(?:via )?([A-Za-z0-9._-]+)")


def provide() -> Path:
    """Make the environment where it is missing or its pins changed; gives its interpreter.

    Raises:
        subprocess.CalledProcessError: it could not be made; what pip said is on the terminal.
    """
    pins = till_pins(PINS.read_text(encoding="utf-8"), _direct_dependencies())
    stamp = f"# {sys.version} in {sys.base_prefix}\n{pins}"
    if PYTHON.is_file() and _STAMP.is_file() and _STAMP.read_text(encoding="utf-8") == stamp:
        return PYTHON
    print(f"making {VENV.name}, what a till installs (once; some 20 s)", file=sys.stderr)
    if VENV.exists():
        shutil.rmtree(VENV)
    base = getattr(sys, "_base_executable", "") or sys.executable
    subprocess.run([base, "-m", "venv", "--without-pip", str(VENV)], check=True)
    _WANTED.write_text(pins, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check"]
    hashed = ["--require-hashes", "--only-binary=:all:", "--requirement", str(_WANTED)]
    subprocess.run([*pip, "install", "-qq", *hashed], check=True, stdin=subprocess.DEVNULL)
    _STAMP.write_text(stamp, encoding="utf-8")
    return PYTHON


def till_pins(text: str, direct: frozenset[str]) -> str:
    """Take out of a pinned requirement file what only the sandbox and the build need.

    Args:
        text: as uv writes it, each pin with the names that it is there for.
        direct: the names that the program itself depends on.

    Returns:
        The pins of `direct` and of all that they need, with their hashes.
    """
    pins: dict[str, list[str]] = {}
    needed_by: dict[str, set[str]] = {}
    name = ""
    for line in text.splitlines():
        if found := _NAME.match(line):
            name = found[0]
            pins[name], needed_by[name] = [line], set()
        elif via := _VIA.fullmatch(line):
            needed_by[name].add(via[1])
        elif name and line.lstrip().startswith("--hash"):
            pins[name].append(line)
    kept = set(direct)
    while more := {pin for pin, users in needed_by.items() if users & kept} - kept:
        kept |= more
    return "".join("\n".join(lines) + "\n" for pin, lines in pins.items() if pin in kept)


def _direct_dependencies() -> frozenset[str]:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    found = [_NAME.match(dependency) for dependency in project["dependencies"]]
    return frozenset(name[0].lower() for name in found if name is not None)
