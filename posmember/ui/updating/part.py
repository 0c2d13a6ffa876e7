"""Offers a new version between customers, and installs it where somebody says so, or nobody is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from posmember.errors import UpdateError, UpdateProblem
from posmember.lookup.later import Later
from posmember.ui.threads import in_a_daemon
from posmember.ui.till.failures import bug_hint, log_bug, log_failure
from posmember.ui.updating.checking import Checking, Found, jitter, make_updates
from posmember.ui.view.screen import Hint, Severity

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow
    from posmember.updates.offer import Offer
    from posmember.updates.updates import Updates

_log = logging.getLogger(__name__)

ASKS_AFTER_S: Final = 5.0
"""With nobody on the screen: a queue's next scan comes sooner."""
PUT_OFF_S: Final = 4 * 3600.0
AGAIN_S: Final = 1800.0
"""Where the question was not answered, or could not be put."""
_NOW = 0
"""The place of the answer to install it."""


class Updating(QObject):
    """A part beside the till; see `posmember.ui.beside.parts.Part`.

    Args:
        is_covered: whether something stands in the window's place, such as the settings.
        make, chance, now: see `Checking`.
    """

    def __init__(
        self,
        window: MainWindow,
        controller: Controller,
        is_covered: Callable[[], bool],
        make: Callable[[Settings], Updates] = make_updates,
        chance: Callable[[], float] = jitter,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        super().__init__(window)
        self._window, self._controller, self._is_covered = window, controller, is_covered
        self.checking = Checking(self._take, self._is_free, make, chance, now)
        self._offer: Offer | None = None
        self._path: Path | None = None
        self._question: Hint | None = None
        self._idle_s = 0.0
        self._is_installing = False
        self._asking, self._alone, self._again = Later(), Later(), Later()
        window.rendered.connect(self._look)
        window.scan_field.textChanged.connect(self._look)
        window.answered.connect(self._answer)

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on; None is that there are no valid ones."""
        self._take(None)
        self._idle_s = settings.updates.idle_min * 60.0 if settings is not None else 0.0
        self.checking.use(settings)

    async def aclose(self) -> None:
        """Look and ask no more."""
        self.checking.stop()
        self._take(None)

    # --- what there is --------------------------------------------------------------------------

    def _take(self, found: Found | None) -> None:
        """Know which version there is, or that there is none."""
        self._again.cancel()
        self._offer, self._path = found or (None, None)
        self._window.set_news(self._news())
        self._look()

    def _news(self) -> str:
        if self._offer is None:
            return ""
        text = self.tr("有新版本 {version}，由管理员安装")
        if self._path is not None:
            text = self.tr("有新版本 {version}，空闲时安装")
        return text.format(version=self._offer.version)

    # --- when it may be -------------------------------------------------------------------------

    def _is_free(self) -> bool:
        """Whether nobody is on the screen, nothing is changed, and nothing else is open."""
        window = self._window
        return not (window.holds_someone() or window.wechat.is_sending() or self._is_covered())

    def _look(self, *_why: object) -> None:
        """Something else is on the screen, or there is another version: count from now on."""
        if self._path is None or self._is_installing or not self._is_free():
            self._asking.cancel()
            self._alone.cancel()
            return
        if not self._asking.waits and not self._again.waits and not self._asks():
            self._asking.call(ASKS_AFTER_S, self._ask)
        if self._idle_s and not self._alone.waits:
            self._alone.call(self._idle_s, self._install_alone)

    def _asks(self) -> bool:
        """Whether the question stands on the screen."""
        view = self._window.view()
        return self._question is not None and view is not None and view.hint is self._question

    def _may_install(self) -> bool:
        updates = self.checking.updates
        is_there = self._offer is not None and updates is not None and self._path is not None
        return is_there and self._is_free() and self._is_its_time()

    def _is_its_time(self) -> bool:
        updates, offer = self.checking.updates, self._offer
        return updates is not None and offer is not None and updates.is_time(offer)

    def _ask(self) -> None:
        view = self._window.view()
        is_silent = view is None or view.hint is None
        if self._offer is None or not self._may_install() or not is_silent:
            self._put_off(AGAIN_S)
            return
        text = self.tr("有新版本 {version}，安装要一两分钟").format(version=self._offer.version)
        answers = (self.tr("现在安装"), self.tr("以后再说"))
        self._question = Hint(Severity.INFO, text, answers=answers)
        self._controller.tell(self._question)
        self._put_off(AGAIN_S)

    def _answer(self, place: int) -> None:
        if not self._asks():
            return
        self._question = None
        if place == _NOW:
            self._install()
            return
        self._put_off(PUT_OFF_S)
        self._controller.tell(Hint(Severity.INFO, self.tr("好的，几小时后再问")))

    def _put_off(self, delay_s: float) -> None:
        self._again.call(delay_s, self._look)

    # --- installing -----------------------------------------------------------------------------

    def _install_alone(self) -> None:
        """Nobody has been there for long enough; else it is looked at anew in as long."""
        if self._may_install():
            self._install()
        else:
            self._alone.call(self._idle_s, self._install_alone)

    def _install(self) -> None:
        updates, offer, path = self.checking.updates, self._offer, self._path
        if updates is None or offer is None or path is None or self._is_installing:
            return
        self._is_installing = True
        text = self.tr("正在安装新版本 {version}，窗口会自己关上再打开")
        self._controller.tell(Hint(Severity.INFO, text.format(version=offer.version)))
        work = in_a_daemon(lambda: updates.look_again(offer, path))
        work.add_done_callback(lambda done: self._start(done, updates, offer, path))

    def _start(
        self, done: asyncio.Future[None], updates: Updates, offer: Offer, path: Path
    ) -> None:
        """The file is what was signed: start setup, unless somebody has come meanwhile."""
        self._is_installing = False
        if done.cancelled() or updates is not self.checking.updates:
            return
        error = done.exception()
        try:
            if error is not None:
                raise error
            if not self._is_free():
                return
            updates.start(offer, path)
        except UpdateError as error:
            self._take(None)
            code = log_failure(_log, error, str(error.problem))
            self._controller.tell(Hint(Severity.WARNING, self._failed(error), code))
        except Exception as error:  # noqa: BLE001 - logged; the till goes on without it
            self._take(None)
            self._controller.tell(bug_hint(log_bug(_log, error, "installing an update")))
        else:
            self._window.closing.emit()

    def _failed(self, error: UpdateError) -> str:
        match error.problem:
            case UpdateProblem.NO_SPACE | UpdateProblem.NOT_WRITTEN:
                return self.tr("磁盘满了或不让写，新版本没有装，照常使用")
            case UpdateProblem.DAMAGED | UpdateProblem.OTHER_SIGNER:
                return self.tr("新版本的文件不可信，没有装，照常使用")
        return self.tr("新版本没有装成，照常使用")
