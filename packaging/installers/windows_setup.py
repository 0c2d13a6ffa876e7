"""The setup program for Windows, by NSIS on this system."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dev_run import ROOT, execute_quietly, say

from installers.places import HERE, NAME
from installers.signing import Certificate

_SCRIPT: Final = HERE / "setup.nsi"
ICON: Final = ROOT / "resources" / "icons" / "posmember.ico"


@dataclass(frozen=True, slots=True)
class Kind:
    """Which setup program is made.

    Args:
        version: of three numbers.
        per_user: the edition that needs no administrator.
        fast: not packed, for trials: packing takes minutes.
        certificate: what programs are signed with; None for none.
    """

    version: str
    per_user: bool = False
    fast: bool = False
    certificate: Certificate | None = None

    @property
    def file_name(self) -> str:
        """The setup program's."""
        edition = "-user" if self.per_user else ""
        return f"{NAME}-{self.version}{edition}-setup.exe"


def make(payload: Path, folder: Path, kind: Kind) -> Path:
    """Make the setup program of a frozen one.

    Args:
        payload: the frozen program's folder, its programs signed.
        folder: where it goes.

    Returns:
        It, signed where there is a certificate.

    Raises:
        StepError: NSIS, or signing, failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / kind.file_name
    size = sum(path.stat().st_size for path in payload.rglob("*") if path.is_file())
    values: dict[str, str | Path | int] = {
        "VERSION": kind.version,
        "PAYLOAD": payload,
        "PAYLOAD_KB": size // 1024 + 1,
        "ICON": ICON,
        "OUT": made,
    }
    if kind.certificate is not None:
        values["SIGN"] = _signing_command()
    defines = [f"-D{name}={value}" for name, value in values.items()]
    defines += ["-DPER_USER"] if kind.per_user else []
    defines += ["-DFAST"] if kind.fast else []
    environment = kind.certificate.environment() if kind.certificate is not None else None
    execute_quietly(["makensis", "-V2", "-WX", *defines, _SCRIPT], env=environment)
    if kind.certificate is not None:
        kind.certificate.sign(made)
    say(f"made {made.name}, {made.stat().st_size / 1e6:.1f} MB")
    return made


def _signing_command() -> str:
    """What signs the uninstaller, which NSIS makes and packs by itself."""
    return shlex.join([sys.executable, str(HERE / "sign_one.py")])
