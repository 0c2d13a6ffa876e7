"""Who asks for a secret in the window: a scan, and a key struck in no field, is theirs first."""

from __future__ import annotations

from typing import Protocol


class SecretKeeper(Protocol):
    """One of them, such as a sheet that asks for a PIN."""

    def begin_burst(self) -> None:
        """Know that a scanner has begun to type."""

    def take_scan(self, text: str, place: int) -> bool:
        """Take a scan while a secret is asked for, or if its burst began then.

        Args:
            place: its place among the codes of its burst, from 1.

        Returns:
            Whether it is taken, or refused with a word: it is not to be looked up then.
        """

    def keeps_keys(self) -> bool:
        """Return whether what is struck in no field may be a part of a secret."""


class SecretKeepers:
    """All of one window, as one."""

    def __init__(self, *keepers: SecretKeeper) -> None:
        self._keepers = list(keepers)

    def add(self, keeper: SecretKeeper) -> None:
        """Know of one more."""
        self._keepers.append(keeper)

    def begin_burst(self) -> None:
        """See `SecretKeeper.begin_burst`."""
        for keeper in self._keepers:
            keeper.begin_burst()

    def take_scan(self, text: str, place: int) -> bool:
        """See `SecretKeeper.take_scan`; each is told, as each knows when its burst is over."""
        taken = [keeper.take_scan(text, place) for keeper in self._keepers]
        return any(taken)

    def keeps_keys(self) -> bool:
        """See `SecretKeeper.keeps_keys`."""
        return any(keeper.keeps_keys() for keeper in self._keepers)
