"""Asks the platform who somebody is by a secret; only the last one who was asked about counts."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from PySide6.QtCore import QObject, Signal

from posmember.errors import PosMemberError, SecretRejectedError
from posmember.lookup.identify import Secret, identify
from posmember.lookup.latest import LatestTask
from posmember.lookup.sections import Failed, Section, SectionState
from posmember.ui.till.connection import Connection
from posmember.ui.till.failures import bug_hint, log_bug, log_failure
from posmember.ui.till.reception import LookUp
from posmember.ui.view.screen import Hint, Severity
from posmember.ui.wording.secrets import identify_error_text

_log = logging.getLogger(__name__)


class Identifying(QObject):
    """Keeps no secret longer than it is asked by.

    Args:
        connection: to the platform.
        parent: owns this.
    """

    identified = Signal(object)
    """A `LookUp` of who it is."""
    failed = Signal(object)
    """A `Hint`: why nobody was identified."""
    waits = Signal(object)
    """A `Hint`: what is waited for, before the platform can be asked."""

    def __init__(self, connection: Connection, parent: QObject) -> None:
        super().__init__(parent)
        self._connection = connection
        self._latest = LatestTask()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, secret: Secret) -> None:
        """Ask about somebody, and about nobody before them any more."""
        task = self._latest.start(self._run(secret))
        self._tasks.add(task)
        task.add_done_callback(partial(self._end, self._latest.run_number))

    def cancel(self) -> None:
        """Ask no more; what the platform still answers is nobody's."""
        self._latest.cancel()

    async def aclose(self) -> None:
        """End what is under way."""
        self.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _run(self, secret: Secret) -> None:
        number = self._latest.run_number
        try:
            backend = await self._connection.backend_for(partial(self._tell_of_waiting, number))
            found = await identify(backend.platform, secret)
        except PosMemberError as error:
            hint = _hint(error)
            if number == self._latest.run_number:
                self.failed.emit(hint)
            return
        if number == self._latest.run_number:
            self.identified.emit(LookUp((found.identifier,), shown=found.whose))

    def _tell_of_waiting(self, number: int, section: Section, state: SectionState) -> None:
        is_latest = number == self._latest.run_number
        if is_latest and section is Section.MEMBER and isinstance(state, Failed):
            self.waits.emit(Hint(Severity.WARNING, identify_error_text(state.error)))

    def _end(self, number: int, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        hint = bug_hint(log_bug(_log, error, "identifying"))
        if number == self._latest.run_number:
            self.failed.emit(hint)


def _hint(error: PosMemberError) -> Hint:
    """The cashier's words; a wrong secret is no failure, and has no number."""
    text = identify_error_text(error)
    if isinstance(error, SecretRejectedError):
        return Hint(Severity.WARNING, text)
    return Hint(Severity.ERROR, text, log_failure(_log, error, "identifying"))
