"""The open key: from the environment or the system's keyring. The only `import keyring`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from posmember.errors import CredentialError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

OPEN_KEY_VARIABLE = "POSMEMBER_OPEN_KEY"
SERVICE = "posmember"

# The systems' own stores. Third-party backends may be plain files, and a secret in a plain
# file is what a keyring is there to prevent.
_TRUSTED_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
)


class CredentialStore(Protocol):
    """Keeps secrets by name."""

    def get(self, name: str) -> str | None:
        """The secret, or None where there is none. Raises CredentialError."""

    def set(self, name: str, secret: str) -> None:
        """Keep a secret. Raises CredentialError."""


class KeyringStore:
    """The system's keyring: Windows Credential Manager, Secret Service, KWallet.

    Calls may wait for a person to unlock the keyring, so they belong in a thread.
    """

    def get(self, name: str) -> str | None:
        """See `CredentialStore.get`."""
        with _failures_told("the keyring gave nothing"):
            return _system_keyring().get_password(SERVICE, name)

    def set(self, name: str, secret: str) -> None:
        """See `CredentialStore.set`."""
        with _failures_told("the keyring took nothing"):
            _system_keyring().set_password(SERVICE, name, secret)


@contextmanager
def _failures_told(what: str) -> Iterator[None]:
    """Make a CredentialError of every failure, by its class alone: a text could hold anything.

    Every one: besides KeyringError, backends let through what D-Bus and Windows raise.
    """
    try:
        yield
    except CredentialError:
        raise
    except Exception as error:
        raise CredentialError(f"{what}: {type(error).__name__}") from error


def _system_keyring() -> KeyringBackend:
    # Not before it is needed: with its backends it takes 200 ms and 20 MB.
    import keyring

    backend = keyring.get_keyring()
    # A chain asks several; only the system's own may be asked.
    candidates: list[KeyringBackend] = getattr(backend, "backends", [backend])
    for candidate in candidates:
        if type(candidate).__module__ in _TRUSTED_BACKENDS:
            return candidate
    raise CredentialError("this machine has no system keyring to keep the open key in")


def open_key(open_id: str, store: CredentialStore, environ: Mapping[str, str] = os.environ) -> str:
    """The merchant's secret for an open id.

    ``POSMEMBER_OPEN_KEY`` where it is set (for machines without a keyring), else the store.

    Raises:
        CredentialError: it is nowhere, or the keyring failed.
    """
    if from_environment := environ.get(OPEN_KEY_VARIABLE, "").strip():
        return from_environment
    secret = store.get(open_id)
    if not secret:
        raise CredentialError("no open key is stored for this open id")
    return secret
