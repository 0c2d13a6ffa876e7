"""Authenticode: programs, setup programs and packages signed, by a certificate from outside.

``POSMEMBER_SIGN_PFX`` names the certificate with its key (PKCS #12),
``POSMEMBER_SIGN_PASSWORD_FILE`` a file with its password, ``POSMEMBER_SIGN_TIMESTAMP`` the address
of a timestamp service: without a timestamp, what is signed ceases to be trusted when the
certificate ends.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dev_run import ROOT, StepError, execute_quietly

PFX: Final = "POSMEMBER_SIGN_PFX"
PASSWORD_FILE: Final = "POSMEMBER_SIGN_PASSWORD_FILE"
TIMESTAMP: Final = "POSMEMBER_SIGN_TIMESTAMP"
_NAME: Final = "posmember"
_DIGESTS: Final = re.compile(
    r"^(Current|Calculated) (message digest|DigitalSignature) *: (\w+)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is signed with.

    Args:
        pfx: the certificate and its key. password_file: with its password.
        timestamp: the address of a service that vouches for the time; "" for none.
    """

    pfx: Path
    password_file: Path
    timestamp: str = ""

    def environment(self) -> dict[str, str]:
        """The environment of a command that is to sign with it, too."""
        told = {PFX: str(self.pfx), PASSWORD_FILE: str(self.password_file)}
        return {**os.environ, **told, TIMESTAMP: self.timestamp}

    def sign(self, path: Path) -> None:
        """Sign a program or package in its place, and look whether it is. Raises StepError."""
        signed = path.with_name(f"{path.name}.signed")
        key = ("-pkcs12", self.pfx, "-readpass", self.password_file)
        command = ("osslsigncode", "sign", *key)
        stamp = ["-ts", self.timestamp] if self.timestamp else []
        execute_quietly(
            [*command, "-h", "sha256", "-n", _NAME, *stamp, "-in", path, "-out", signed]
        )
        signed.replace(path)
        check(path)


def check(path: Path) -> None:
    """Look whether a file is as it was signed. Raises StepError.

    By whom, and whether Windows trusts them, is not looked at: Linux has not Windows' roots.
    """
    command = ["osslsigncode", "verify", "-ignore-cdp", "-ignore-crl", "-in", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    found = {(kind, what): value for kind, what, value in _DIGESTS.findall(said)}
    kinds = {what for _kind, what in found} & {"message digest", "DigitalSignature"}
    pairs = [(found.get(("Current", what)), found.get(("Calculated", what))) for what in kinds]
    if "No signature found" in said or not any(one and one == other for one, other in pairs):
        raise StepError(f"{path.name} is not as it was signed:\n{said}")


def is_signed(path: Path) -> bool:
    """Whether a file is as it was signed."""
    try:
        check(path)
    except StepError:
        return False
    return True


def from_environment(environ: Mapping[str, str] = os.environ) -> Certificate | None:
    """The certificate that the environment names; None where it names none.

    Raises:
        StepError: it is named by half, or lies where it could be committed.
    """
    pfx, password = environ.get(PFX, ""), environ.get(PASSWORD_FILE, "")
    if not pfx and not password:
        return None
    certificate = Certificate(Path(pfx), Path(password), environ.get(TIMESTAMP, ""))
    for path in (certificate.pfx, certificate.password_file):
        if not path.is_file():
            raise StepError(f"{PFX} and {PASSWORD_FILE} have to name two files: {path}")
        if path.resolve().is_relative_to(ROOT) and "build" not in path.parts:
            raise StepError(f"a key does not belong into the checkout: {path}")
    return certificate


def made_for_trials(folder: Path) -> Certificate:
    """A certificate that nobody trusts, made here. Raises StepError."""
    key, public, pfx = (folder / name for name in ("key.pem", "public.pem", "trial.pfx"))
    password = folder / "password.txt"
    password.write_text("a-password-of-trials", encoding="ascii")
    subject = (
        "-subj",
        f"/CN={_NAME} trial",
        "-days",
        "2",
        "-addext",
        "extendedKeyUsage=codeSigning",
    )
    new = (
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        public,
    )
    execute_quietly([*new, *subject])
    pack = ("openssl", "pkcs12", "-export", "-inkey", key, "-in", public, "-out", pfx)
    execute_quietly([*pack, "-passout", f"file:{password}"])
    return Certificate(pfx, password)
