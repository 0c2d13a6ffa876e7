"""The system's keyring for a command: waited for within bounds, which is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from posmember.cli.keyring_wait import READ_LIMIT_S, WRITE_LIMIT_S, from_keyring
from posmember.errors import KeyringSilentError
from posmember.trust.credentials import CredentialStore, KeyringStore

T = TypeVar("T")


class WaitingStore:
    """A `CredentialStore` that is never waited for again once it was silent for too long."""

    def __init__(self, store: CredentialStore | None = None) -> None:
        self._store = KeyringStore() if store is None else store
        self._silent: KeyringSilentError | None = None

    def get(self, name: str) -> str | None:
        """See `CredentialStore.get`."""
        return self._waited(lambda: self._store.get(name), READ_LIMIT_S)

    def set(self, name: str, secret: str) -> None:
        """See `CredentialStore.set`."""
        self._waited(lambda: self._store.set(name, secret), WRITE_LIMIT_S)

    def delete(self, name: str) -> None:
        """See `CredentialStore.delete`."""
        self._waited(lambda: self._store.delete(name), WRITE_LIMIT_S)

    def _waited(self, work: Callable[[], T], limit_s: float) -> T:
        if self._silent is not None:
            raise self._silent
        try:
            return from_keyring(work, limit_s)
        except KeyringSilentError as error:
            self._silent = error
            raise
