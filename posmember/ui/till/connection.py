"""The connection to the platform: made with the key from the keyring, as soon as that gives it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from posmember.errors import KeyringSilentError
from posmember.lookup.later import Later
from posmember.lookup.sections import Failed, Loading, Section, SectionState
from posmember.ui.threads import is_ready
from posmember.ui.till.next_change import Clock, OwnClock
from posmember.ui.till.on_demand import OnDemand

if TYPE_CHECKING:
    from posmember.lookup.backend import Backend  # it brings the network: see posmember.app
    from posmember.lookup.service import Deliver

SAID_AFTER_S: Final = 3.0
"""How long a keyring may take until the cashier is told what is waited for."""


class BackendMaker:
    """Makes the connection, in a thread, and tells how far it is.

    Args:
        open_key: gives the key; may wait for a person to unlock the keyring.
        make: makes the connection with it.
    """

    def __init__(self, open_key: Callable[[], str], make: Callable[[str], Backend]) -> None:
        self._open_key, self._make = open_key, make
        self.waits_for_key = False

    def __call__(self) -> Backend:
        """Make it. Raises what `open_key` and `make` do."""
        self.waits_for_key = True
        try:
            key = self._open_key()
        finally:
            self.waits_for_key = False
        return self._make(key)


class Connection(OnDemand["Backend"]):
    """The connection, or why there is none.

    Args:
        begin: starts an attempt to make it.
        waits_for_key: whether an attempt is waiting for the keyring at this moment.
    """

    def __init__(
        self,
        begin: Callable[[], asyncio.Future[Backend]],
        waits_for_key: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(begin)
        self._waits_for_key = waits_for_key
        self._silence = Later()
        self._told_of_silence: list[Callable[[], None]] = []
        self.watch(self._silence.cancel)

    @property
    def silence(self) -> KeyringSilentError | None:
        """What is waited for, while that is the keyring."""
        if not self.under_way or not self._waits_for_key():
            return None
        return KeyringSilentError(f"no answer in {self.waited_s:.0f} s")

    def ask_anew(self) -> asyncio.Future[Backend]:
        """See `OnDemand.ask_anew`."""
        attempt = super().ask_anew()
        self._silence.call(SAID_AFTER_S, self._tell_of_silence)
        return attempt

    def watch_silence(self, told: Callable[[], None]) -> None:
        """Have something called once the keyring has not answered for long."""
        self._told_of_silence.append(told)

    async def backend_for(self, deliver: Deliver) -> Backend:
        """The connection, asked for where there is none.

        While the keyring is silent, every section says so; when it speaks they are loading again.

        Raises:
            PosMemberError: there is none.
        """
        if self.ready:
            return self.result()
        attempt = self.ask()
        await asyncio.wait([attempt], timeout=max(SAID_AFTER_S - self.waited_s, 0))
        error = self.silence
        if error is not None:
            _all(deliver, Failed(error, 0))
            await asyncio.wait([attempt])
            if is_ready(attempt):
                _all(deliver, Loading())
        return await asyncio.shield(attempt)

    def renew(
        self,
        begin: Callable[[], asyncio.Future[Backend]],
        waits_for_key: Callable[[], bool] = lambda: False,
    ) -> Backend | None:
        """Make it another way from now on, and at once.

        Args:
            begin, waits_for_key: as of the class.

        Returns:
            The one that was there, for the caller to close.
        """
        before = self.result() if self.ready else None
        self._silence.cancel()
        self._waits_for_key = waits_for_key
        self.begin_with(begin)
        self.ask()
        return before

    def wake(self) -> None:
        """Make it ready for a lookup that is about to come."""
        if self.ready:
            self.result().wake()

    @property
    def clock(self) -> Clock:
        """The platform's clock, else this machine's own."""
        return self.result().clock if self.ready else OwnClock()

    async def aclose(self) -> None:
        """Close it, or wait for it no longer."""
        self._silence.cancel()
        self.close()
        if self.ready:
            await self.result().aclose()

    def _tell_of_silence(self) -> None:
        if self.silence is not None:  # else it is being made: the keyring gave its key
            for told in self._told_of_silence:
                told()


def _all(deliver: Deliver, state: SectionState) -> None:
    for section in Section:
        deliver(section, state)
