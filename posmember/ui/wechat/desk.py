"""What WeChat Pay is asked with on this till, opened when it is needed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posmember.errors import PosMemberError
from posmember.lookup.desk import PerhapsDesk, WechatDesk
from posmember.ui.threads import in_a_daemon
from posmember.ui.till.failures import log_bug, log_failure
from posmember.ui.till.on_demand import OnDemand

if TYPE_CHECKING:
    from posmember.api.clock import PlatformClock
    from posmember.lookup.desk import Opened
    from posmember.lookup.wechat import WechatService

_log = logging.getLogger(__name__)


class DeskOnDemand(QObject):
    """The desk, or that there is none, or why it cannot be used.

    Args:
        begin: starts to open it, in the running loop.
    """

    changed = Signal()
    """It is another one than before, or fails otherwise."""

    def __init__(self, begin: Callable[[], asyncio.Future[Opened]], parent: QObject) -> None:
        super().__init__(parent)
        self._begin = begin
        self._opening: OnDemand[Opened] = OnDemand(self._begin_one)
        self._opening.watch(self._take)
        self._perhaps: PerhapsDesk | None = None
        self._wanted = False
        self._witness: PlatformClock | None = None
        self.found: WechatDesk | None = None
        """The desk; None where there is none, or not yet."""
        self.failure: PosMemberError | None = None
        """Why keys that are there cannot be used."""
        self.code = ""
        """The failure's 问题编号."""

    def look(self) -> None:
        """Open it where keys are noted to be kept; for each new member, so it asks no person.

        After a failure it waits for somebody to want a card: asking again could be a window
        that takes the keyboard.
        """
        if self.found is None and self.failure is None and not self._opening.under_way:
            self._opening.ask_anew()

    def want(self) -> None:
        """Open it because a person wants a card, whatever that asks of the keyring."""
        if self.found is None and not self._opening.under_way:
            self._wanted = True
            self._opening.ask_anew()

    def believe(self, witness: PlatformClock) -> None:
        """Let the other platform's clock stand for the till's own, which may be fast."""
        self._witness = witness
        if self.found is not None:
            self.found.service.believe(witness)

    def renew(self, begin: Callable[[], asyncio.Future[Opened]]) -> WechatService | None:
        """Open it another way from now on, when it is looked for.

        Args:
            begin: starts to open it, in the running loop.

        Returns:
            What the one that was there asked with, for the caller to close.
        """
        before, self.found, self.failure, self._perhaps = self.found, None, None, None
        self._begin, self._wanted = begin, False
        self._opening.begin_with(self._begin_one)
        if before is None:
            return None
        self.changed.emit()
        return before.service

    async def aclose(self) -> None:
        """Close its connections, or wait for it no longer."""
        self._opening.close()
        if self.found is not None:
            await self.found.service.aclose()

    def _begin_one(self) -> asyncio.Future[Opened]:
        wanted, self._wanted = self._wanted, False
        if wanted and self._perhaps is not None:
            return in_a_daemon(self._perhaps.open)
        return self._begin()

    def _take(self) -> None:
        before = self.found, self.failure
        opened = self._opening.result() if self._opening.ready else None
        if isinstance(opened, PerhapsDesk):
            self._perhaps = opened
        self.found = opened if isinstance(opened, WechatDesk) else None
        self.failure = self._log(self._opening.failure)
        if self.found is not None and self._witness is not None:
            self.found.service.believe(self._witness)
        if before != (self.found, self.failure):
            self.changed.emit()

    def _log(self, error: BaseException | None) -> PosMemberError | None:
        if isinstance(error, PosMemberError):
            self.code = log_failure(_log, error, "opening WeChat Pay's desk")
            return error
        if error is None:
            return None
        self.code = log_bug(_log, error, "opening WeChat Pay's desk")
        return PosMemberError("a bug")  # which the log has
