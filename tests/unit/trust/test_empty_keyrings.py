"""Reading never makes a keyring: what each system's says of an entry without opening anything."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from posmember.trust.empty_keyrings import surely_without


class NotFoundError(Exception):
    """Stands for secretstorage's."""


class Bus:
    closed = False

    def close(self) -> None:
        self.closed = True


class SecretService:
    """Finds its place as keyring's backend does."""

    def get_preferred_collection(self) -> None:
        raise AssertionError("this makes a collection where there is none")


class Named(SecretService):
    preferred_collection = "/org/freedesktop/secrets/collection/till"


class Wallet:
    """Stands for keyring's KWallet backend."""

    bus_name, object_path = "org.kde.kwalletd5", "/modules/kwalletd5"


def with_collections(monkeypatch: pytest.MonkeyPatch, *, there: bool) -> Bus:
    bus = Bus()

    def collection(used: Bus) -> None:
        assert used is bus
        if not there:
            raise NotFoundError

    library = SimpleNamespace(
        dbus_init=lambda: bus, Collection=collection, ItemNotFoundException=NotFoundError
    )
    monkeypatch.setitem(sys.modules, "secretstorage", library)
    return bus


@pytest.mark.parametrize("there", [True, False])
def test_the_secret_service_without_a_collection_has_nothing(
    monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    bus = with_collections(monkeypatch, there=there)
    assert surely_without(SecretService(), "posmember", "a") is not there
    assert bus.closed


def test_a_collection_that_a_person_named_is_never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with_collections(monkeypatch, there=False)
    assert surely_without(Named(), "posmember", "a") is False


@pytest.mark.parametrize("missing", [1, 0])
def test_a_wallet_is_asked_without_being_opened(
    monkeypatch: pytest.MonkeyPatch, missing: int
) -> None:
    asked: list[tuple[Any, ...]] = []

    class Interface:
        def __init__(self, _service: object, name: str) -> None:
            assert name == "org.kde.KWallet"

        def networkWallet(self) -> str:
            return "kdewallet"

        def keyDoesNotExist(self, *where: str) -> int:
            asked.append(where)
            return missing

    session = SimpleNamespace(get_object=lambda *where: where)
    library = SimpleNamespace(Interface=Interface, SessionBus=lambda: session)
    monkeypatch.setitem(sys.modules, "dbus", library)
    assert surely_without(Wallet(), "posmember", "a") is bool(missing)
    assert asked == [("kdewallet", "posmember", "a")]


def test_others_make_nothing_when_they_are_read() -> None:
    assert surely_without(object(), "posmember", "a") is False
