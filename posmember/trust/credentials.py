"""Secrets: from the environment or the system's keyring. The only `import keyring`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from posmember.errors import (
    ConfigError,
    CredentialError,
    KeyMissingError,
    KeyringLockedError,
)
from posmember.trust.empty_keyrings import surely_without
from posmember.trust.pasted import pasted_key
from posmember.trust.process import ENVIRON

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

OPEN_KEY_VARIABLE = "POSMEMBER_OPEN_KEY"
SERVICE = "posmember"
MAX_PART = 1000
"""Characters of one entry. Windows holds 2,560 bytes of UTF-16, less than an RSA key in PEM."""
_MAX_PARTS = 64
_COUNTS = tuple(str(count) for count in range(1, _MAX_PARTS + 1))
_GENERATIONS = ("a", "b")
_TRIES: Final = 10
"""A second each where the bus is late: then nothing can be read in time anyway."""

# The systems' own stores. Third-party backends may be plain files, and a secret in a plain
# file is what a keyring is there to prevent.
_TRUSTED_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
)
_SERVICES = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)
# By name: of two libraries, one of which is there on Linux alone.
_LOCKED = ("KeyringLocked", "LockedException", "PromptDismissedException")
_NO_KEYRING = "this machine has no system keyring to keep the open key in"


class CredentialStore(Protocol):
    """Keeps secrets by name."""

    def get(self, name: str) -> str | None:
        """The secret, or None where there is none. Raises CredentialError."""

    def set(self, name: str, secret: str) -> None:
        """Keep a secret. Raises CredentialError."""

    def delete(self, name: str) -> None:
        """Keep a secret no longer; nothing happens where there is none. Raises CredentialError."""


class KeyringStore:
    """The system's keyring: Windows Credential Manager, Secret Service, KWallet.

    What a user's keyring has not, the machine's keys may have (`machine_keys`); they are only read.

    Calls may wait for a person to unlock the keyring, so they belong in a thread. Only `set` ever
    makes a keyring, which asks a person for its password.
    """

    def get(self, name: str) -> str | None:
        """See `CredentialStore.get`."""

        def work() -> str | None:
            own = _read(_system_keyring(), name)
            return own if own is not None else _of_the_machine(name)

        return _asked("the keyring gave nothing", work)

    def set(self, name: str, secret: str) -> None:
        """See `CredentialStore.set`."""
        _asked(
            "the keyring took nothing",
            lambda: _system_keyring().set_password(SERVICE, name, secret),
        )

    def delete(self, name: str) -> None:
        """See `CredentialStore.delete`."""

        def work() -> None:
            keyring = _system_keyring()
            if _read(keyring, name) is not None:
                keyring.delete_password(SERVICE, name)

        _asked("the keyring deleted nothing", work)


def _asked(what: str, work: Callable[[], T]) -> T:
    """Ask the keyring; every failure is a CredentialError, by its class alone.

    By its class, as a text could hold anything. Every one, as besides KeyringError backends let
    through what D-Bus and Windows raise.
    """
    try:
        return _patiently(work)
    except CredentialError:
        raise
    except Exception as error:
        kind = KeyringLockedError if _stayed_locked(error) else CredentialError
        raise kind(f"{what}: {type(error).__name__}") from error


def _patiently(work: Callable[[], T]) -> T:
    """Do it again where the message bus was late.

    jeepney gives the bus a second to greet, before anything is asked. A machine that has just been
    switched on may take longer.
    """
    for _late in range(_TRIES - 1):
        with contextlib.suppress(TimeoutError):
            return work()
    return work()


def _stayed_locked(error: Exception) -> bool:
    """Whether a person was asked to unlock the keyring, or to make one, and did not."""
    under = error.__cause__ or error.__context__
    return type(error).__name__ in _LOCKED or type(under).__name__ in _LOCKED


def _read(keyring: KeyringBackend, name: str) -> str | None:
    if surely_without(keyring, SERVICE, name):
        return None
    return keyring.get_password(SERVICE, name)


def _of_the_machine(name: str) -> str | None:
    from posmember.trust.machine_keys import machine_keys

    kept = machine_keys()
    return kept.get(name) if kept is not None else None


def _system_keyring() -> KeyringBackend:
    # Not before it is needed: with its backends it takes 200 ms and 20 MB.
    import keyring
    from keyring.backends import fail

    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring):
        return _one_that_came_later()
    # A chain asks several; only the system's own may be asked.
    candidates: list[KeyringBackend] = getattr(backend, "backends", [backend])
    for candidate in candidates:
        if type(candidate).__module__ in _TRUSTED_BACKENDS:
            return candidate
    raise CredentialError(_NO_KEYRING)


def _one_that_came_later() -> KeyringBackend:
    """A service that was not there yet when the library looked for one, which it does once."""
    from keyring.core import load_keyring

    for name in _SERVICES:
        try:
            return load_keyring(name)
        except RuntimeError:  # that is how a backend says that it cannot be used here
            continue
    raise CredentialError(_NO_KEYRING)


def open_key(open_id: str, store: CredentialStore, environ: Mapping[str, str] = ENVIRON) -> str:
    """The merchant's secret for an open id.

    ``POSMEMBER_OPEN_KEY`` where it is set (for machines without a keyring), else the store.

    Raises:
        ConfigError: what the environment holds is no key.
        KeyMissingError: it is nowhere.
        CredentialError: the keyring failed, or holds what is no key.
    """
    if from_environment := environment_key(environ):
        return from_environment
    try:
        secret = pasted_key(store.get(open_id) or "")
    except ValueError as error:
        raise CredentialError("what is stored for this open id is no open key") from error
    if not secret:
        raise KeyMissingError("no open key is stored for this open id")
    return secret


def environment_key(environ: Mapping[str, str] = ENVIRON) -> str:
    """The open key that the environment holds, or "". Raises ConfigError: it is no key."""
    try:
        return pasted_key(environ.get(OPEN_KEY_VARIABLE, ""))
    except ValueError as error:
        raise ConfigError(f"{OPEN_KEY_VARIABLE} is no open key: {error}") from error


def get_long(store: CredentialStore, name: str) -> str | None:
    """A secret that was kept by `set_long`, or None where there is none.

    Raises:
        CredentialError: the store failed, or a part of the secret is gone.
    """
    head = store.get(name)
    if not head:
        return None
    generation, count = _read_head(head)
    parts = [store.get(_part(name, generation, number)) for number in range(count)]
    if not parts or None in parts:
        raise CredentialError("a part of what was kept in the keyring is missing")
    return "".join(part for part in parts if part is not None)


def set_long(store: CredentialStore, name: str, secret: str) -> None:
    """Keep a secret of any length in several entries: whole, or as it was before.

    There are two generations of entries, used in turn; so whatever breaks off leaves nothing
    behind that the next call would not find.

    Raises:
        CredentialError: the store failed.
        ValueError: it is empty, or longer than 64,000 characters.
    """
    texts = [secret[at : at + MAX_PART] for at in range(0, len(secret), MAX_PART)]
    if not 1 <= len(texts) <= _MAX_PARTS:
        raise ValueError("nothing, or too long for a keyring")
    generation, _ = _read_head(store.get(name) or "")
    before, after = reversed(_GENERATIONS) if generation == _GENERATIONS[1] else _GENERATIONS
    _delete_parts(store, name, after)
    for number, text in enumerate(texts):
        store.set(_part(name, after, number), text)
    store.set(name, f"{after}:{len(texts)}")  # from here on the new one counts
    _delete_parts(store, name, before)


def delete_long(store: CredentialStore, name: str) -> None:
    """Keep a secret of several entries no longer. Raises CredentialError."""
    store.delete(name)
    for generation in _GENERATIONS:
        _delete_parts(store, name, generation)


def _delete_parts(store: CredentialStore, name: str, generation: str) -> None:
    """Delete one generation's entries: made in order, so found in order, and deleted backwards."""
    count = 0
    while store.get(_part(name, generation, count)) is not None:
        count += 1
    for number in reversed(range(count)):
        store.delete(_part(name, generation, number))


def _part(name: str, generation: str, number: int) -> str:
    return f"{name}.{generation}.{number}"


def _read_head(head: str) -> tuple[str, int]:
    """The generation that counts, and how many entries it has; 0 where the head is no head."""
    generation, _, count = head.partition(":")
    usable = generation in _GENERATIONS and count in _COUNTS
    return (generation, int(count)) if usable else ("", 0)
