"""Lets a running window go by other settings: the first scan after a set-up needs no restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from posmember.settings.config import ScannerSettings, WindowSettings
from posmember.ui.opening.connecting import file_to_write
from posmember.ui.till.failures import bug_hint, log_bug

if TYPE_CHECKING:
    from posmember.lookup.backend import Backend
    from posmember.lookup.wechat import WechatService
    from posmember.ui.beside.parts import Beside
    from posmember.ui.capture.scan_sources import ScanSources
    from posmember.ui.controller import Controller
    from posmember.ui.opening.connecting import Connecting
    from posmember.ui.privacy.forgetting import Forgetting
    from posmember.ui.scanner_check.setup import ScannerSetup
    from posmember.ui.till.connection import Connection
    from posmember.ui.view.screen import Hint
    from posmember.ui.wechat.desk import DeskOnDemand

    _Before = Backend | WechatService | None
    """What was there before, and is to be closed."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What goes by the settings."""

    controller: Controller
    connection: Connection
    desk: DeskOnDemand
    sources: ScanSources
    scanner: ScannerSetup
    forgetting: Forgetting
    beside: Beside


class Reload:
    """Reads the settings anew, and hands them to all that goes by them.

    Args:
        connect: reads them; see `posmember.ui.opening.connecting.connecting`.
    """

    def __init__(self, connect: Callable[[], Connecting], parts: Parts) -> None:
        self._connect, self._parts = connect, parts
        self._tasks: set[asyncio.Task[None]] = set()

    def everything(self, hint: Hint | None = None) -> None:
        """Go by the settings and keys as they are now, and at once: the next scan is of them.

        Args:
            hint: what is said then.
        """
        self._do(partial(self._everything, hint))

    def wechat(self) -> None:
        """Go by WeChat Pay's keys as they are now."""
        self._do(self._wechat)

    async def aclose(self) -> None:
        """Wait until nothing is under way."""
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _wechat(self) -> tuple[_Before, ...]:
        before = self._parts.desk.renew(self._connect().begin_desk)
        self._parts.desk.look()
        return (before,)

    def _everything(self, hint: Hint | None) -> tuple[_Before, ...]:
        parts, found = self._parts, self._connect()
        settings = found.settings
        parts.controller.use(settings)
        parts.sources.listen_beside(settings.scanner if settings else ScannerSettings())
        parts.scanner.keep_in(file_to_write(settings))
        parts.forgetting.use(settings.window if settings else WindowSettings())
        parts.beside.use(settings)
        # The desk first: it is looked for as soon as the platform is there.
        before = (
            parts.desk.renew(found.begin_desk),
            parts.connection.renew(found.begin, found.waits_for_key),
        )
        if hint is not None:
            parts.controller.tell(hint)
        return before

    def _do(self, change: Callable[[], tuple[_Before, ...]]) -> None:
        """Change over now; closing what was there before may take long."""
        try:
            before = change()
        except Exception as error:  # noqa: BLE001 - logged, and said with its code
            self._tell_of(error)
            return
        for each in before:
            if each is not None:
                task = asyncio.get_running_loop().create_task(each.aclose())
                self._tasks.add(task)
                task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._tell_of(error)

    def _tell_of(self, error: BaseException) -> None:
        self._parts.controller.tell(bug_hint(log_bug(_log, error, "taking other settings")))
