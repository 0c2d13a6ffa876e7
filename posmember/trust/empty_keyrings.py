"""Whether a keyring surely has no such entry, found out without opening or making one.

Where there is no keyring yet, reading from it makes the system ask for a password for a new one.
That window takes the keyboard, and the next scan with it; and nothing could be in it anyway.
"""

from __future__ import annotations

from contextlib import closing
from importlib import import_module
from typing import Any


def surely_without(backend: Any, service: str, name: str) -> bool:
    """Whether reading an entry could at best make an empty keyring.

    Args:
        backend: the keyring library's backend; what is asked depends on how it finds its place.
    """
    if hasattr(backend, "get_preferred_collection"):
        return _has_no_collection(backend)
    if hasattr(backend, "bus_name"):
        return _is_not_in_the_wallet(backend, service, name)
    return False


def _has_no_collection(backend: Any) -> bool:
    """Secret Service: whether there is no default collection, which the backend would make."""
    if hasattr(backend, "preferred_collection"):
        return False  # named by a person; one that is not there is an error, and never made
    secretstorage = import_module("secretstorage")  # on Linux alone
    with closing(secretstorage.dbus_init()) as bus:
        try:
            secretstorage.Collection(bus)
        except secretstorage.ItemNotFoundException:
            return True
    return False


def _is_not_in_the_wallet(backend: Any, service: str, name: str) -> bool:
    """KWallet tells of an entry without opening, and so without making, the wallet."""
    dbus = import_module("dbus")
    wallets = dbus.Interface(
        dbus.SessionBus().get_object(backend.bus_name, backend.object_path), "org.kde.KWallet"
    )
    return bool(wallets.keyDoesNotExist(wallets.networkWallet(), service, name))
