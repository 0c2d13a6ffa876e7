"""Secrets of a machine, for every user of it: what a setup program keeps for a till's cashiers.

On Windows alone, sealed by Windows for this machine (DPAPI): a copy of the file opens nowhere else.
Whoever is logged in on the machine can have it opened, as each cashier's program has to; each
user's own keyring holds the same. Nobody but an administrator can change it. By Microsoft's
reference: "CryptProtectData function", "CryptUnprotectData function".
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path
from typing import Any, Final, Protocol

from posmember import windows_dll
from posmember.errors import CredentialError
from posmember.settings.files import read_file, replace_file
from posmember.settings.places import machine_folder

FILE_NAME: Final = "keys.sealed"
_LOCAL_MACHINE: Final = 0x4
_NO_WINDOW: Final = 0x1


class Sealer(Protocol):
    """What is asked of Windows. Both raise OSError where it refuses."""

    def seal(self, clear: bytes) -> bytes:
        """Seal for this machine."""

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed on this machine."""


class MachineKeys:
    """A `CredentialStore` in one sealed file.

    Args:
        path: of the file; an administrator writes it.
    """

    def __init__(self, path: Path, sealer: Sealer) -> None:
        self._path, self._sealer = path, sealer

    def get(self, name: str) -> str | None:
        """See `CredentialStore.get`."""
        return self._all().get(name)

    def set(self, name: str, secret: str) -> None:
        """See `CredentialStore.set`."""
        self._keep({**self._all(), name: secret})

    def delete(self, name: str) -> None:
        """See `CredentialStore.delete`."""
        kept = self._all()
        if kept.pop(name, None) is not None:
            self._keep(kept)

    def _all(self) -> dict[str, str]:
        try:
            told = json.loads(self._sealer.unseal(read_file(self._path)))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise CredentialError(
                f"{FILE_NAME} cannot be opened: {type(error).__name__}"
            ) from error
        if not isinstance(told, dict) or not all(isinstance(each, str) for each in told.values()):
            raise CredentialError(f"{FILE_NAME} holds no keys")
        return told

    def _keep(self, secrets: dict[str, str]) -> None:
        try:
            replace_file(self._path, self._sealer.seal(json.dumps(secrets).encode()))
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise CredentialError(f"{FILE_NAME} cannot be written: {why}") from error


def machine_keys() -> MachineKeys | None:
    """This machine's; None where the system has no such thing."""
    if sys.platform == "win32":
        return MachineKeys(machine_folder() / FILE_NAME, Dpapi())
    return None


class Dpapi:
    """Windows' own sealing. Raises OSError on any other system than Windows."""

    def __init__(self) -> None:
        self._crypt, self._kernel = windows_dll.load("crypt32"), windows_dll.load("kernel32")
        self._kernel.LocalFree.argtypes = (ctypes.c_void_p,)

    def seal(self, clear: bytes) -> bytes:
        """See `Sealer.seal`."""
        return self._turned(self._crypt.CryptProtectData, clear, _LOCAL_MACHINE | _NO_WINDOW)

    def unseal(self, sealed: bytes) -> bytes:
        """See `Sealer.unseal`."""
        return self._turned(self._crypt.CryptUnprotectData, sealed, _NO_WINDOW)

    def _turned(self, turn: Any, content: bytes, flags: int) -> bytes:
        held = ctypes.create_string_buffer(content, len(content))
        given = _Blob(len(content), ctypes.cast(held, ctypes.c_void_p))
        made = _Blob()
        both = ctypes.byref(given), ctypes.byref(made)
        if not turn(both[0], None, None, None, None, ctypes.c_uint32(flags), both[1]):
            raise windows_dll.refused()
        try:
            return ctypes.string_at(made.data or 0, made.size)
        finally:
            self._kernel.LocalFree(made.data)


class _Blob(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.c_void_p))
