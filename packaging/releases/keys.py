"""The release manager's keys: one file each, outside the checkout, sealed with a passphrase."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from dev_run import ROOT, StepError
from securesystemslib.signer import CryptoSigner

VARIABLE: Final = "POSMEMBER_RELEASE_PASSPHRASE"
SHORTEST: Final = 12
"""Characters of a passphrase."""

Ask = Callable[[str], str]
"""Gives the passphrase of a key by the key's name."""


def ask_passphrase(name: str) -> str:
    """Of the environment, for machines that sign by themselves, else of whoever sits there."""
    return os.environ.get(VARIABLE) or getpass.getpass(f"passphrase of {name}: ")


def must_be_outside(folder: Path) -> Path:
    """A folder for keys, by its whole path. Raises StepError where it lies in the checkout."""
    whole = folder.resolve()
    if whole.is_relative_to(ROOT):
        raise StepError(f"keys are never kept in the checkout: {whole}")
    return whole


def make(folder: Path, name: str, ask: Ask = ask_passphrase) -> CryptoSigner:
    """Make a key. Raises StepError where one of that name is there, or the passphrase is short."""
    passphrase = ask(f"{name}, a new key")
    if ask(f"{name}, once more") != passphrase:
        raise StepError(f"{name}: two passphrases")
    if len(passphrase) < SHORTEST:
        raise StepError(f"{name}: a passphrase of at least {SHORTEST} characters")
    key = Ed25519PrivateKey.generate()
    sealed = BestAvailableEncryption(passphrase.encode())
    path = _path(folder, name)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise StepError(f"there is a key already: {path}") from error
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed))
    return CryptoSigner(key)


def load(folder: Path, name: str, ask: Ask = ask_passphrase) -> CryptoSigner:
    """A key that is there. Raises StepError."""
    path = _path(folder, name)
    try:
        key = load_pem_private_key(path.read_bytes(), ask(name).encode())
    except OSError as error:
        raise StepError(f"{path}: {error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise StepError(f"{path}: the passphrase is another one, or it is no key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise StepError(f"{path}: not a key that release init made")
    return CryptoSigner(key)


def names(folder: Path) -> list[str]:
    """The keys that are there."""
    return sorted(path.stem for path in folder.glob("*.pem"))


def retire(folder: Path, name: str, version: int) -> None:
    """Put a key aside that is to be replaced, if it is there; it is never thrown away here.

    Args:
        version: of the root that knows it.
    """
    path = _path(folder, name)
    if path.exists():
        path.rename(path.with_name(f"{name}.root{version}.retired"))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.pem"
