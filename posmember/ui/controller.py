"""The only bridge between the window's signals and the lookup's coroutines."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posmember.domain.context import Order, Store
from posmember.domain.identifier import IdentifierKind
from posmember.domain.spending import MinSpendUnit
from posmember.domain.values import CHINA
from posmember.errors import ApiConnectionError, ApiError, MemberNotFoundError, PosMemberError
from posmember.log import support_code
from posmember.lookup.latest import LatestTask
from posmember.lookup.sections import Failed, Loaded, Loading, Section, SectionState
from posmember.lookup.service import Request
from posmember.scanning.identifier import Problem, classify
from posmember.ui.main_window import MainWindow
from posmember.ui.messages import error_text, identifier_problem_text
from posmember.ui.session import Session
from posmember.ui.tally import tally
from posmember.ui.view import Hint, Severity

if TYPE_CHECKING:
    from posmember.config import Settings
    from posmember.domain.assessment import Assessment
    from posmember.lookup.backend import Backend  # it brings the network: see posmember.app

_log = logging.getLogger(__name__)

TOGETHER_S = 0.025
"""How long an answer waits for the others of its lookup to be rendered with them."""

NEAR_S = 10.0
"""From so near a boundary the timer is exact enough."""

PAINTED_S = 0.1
"""After so long the answer is painted, and there is time for what the cashier does not wait for."""

REFRESH_DELAY_S = 0.5
"""How long an order has to stay as it is before the platform is asked again for it."""


class Controller(QObject):
    """Looks up what is scanned or typed, and renders what comes.

    Args:
        backend: becomes the connection, or fails with a `PosMemberError` that is shown.
        settings: None where there is no valid configuration; the backend says why.
    """

    settled = Signal()
    """A lookup or a refresh is over: every section has its last state, and it is rendered."""

    def __init__(
        self,
        window: MainWindow,
        backend: asyncio.Future[Backend],
        settings: Settings | None,
    ) -> None:
        super().__init__()
        self._window = window
        self._backend = backend
        self._store = settings.store if settings else Store()
        self._unit = settings.platform.min_amount_use_unit if settings else MinSpendUnit.AUTO
        self._lookups = LatestTask()
        self._tasks: set[asyncio.Task[None]] = set()
        self._runs = 0
        self._session = Session(self._store, self._unit)
        self._order = window.order()
        self._render_handle: asyncio.TimerHandle | None = None
        self._refresh_handle: asyncio.TimerHandle | None = None
        self._clock_handle: asyncio.TimerHandle | None = None
        window.identifier_entered.connect(self.look_up)
        window.order_changed.connect(self._change_order)
        window.refresh_requested.connect(self.refresh)
        window.retry_requested.connect(self.refresh)
        window.cleared.connect(self.clear)
        if settings is not None:
            window.introduce(settings.store.name, self._warning(settings))
        backend.add_done_callback(self._tell_of_the_backend)

    # --- what the cashier asks for -------------------------------------------------------------

    def scan(self, text: str) -> None:
        """Look a scanned text up, as the kind that is chosen in the window."""
        self.look_up(text, self._window.chosen_kind())

    def look_up(self, text: str, kind: IdentifierKind | None) -> None:
        """Look a text up and forget the member before; a wrong one gets a word, no call."""
        self._forget()
        found = classify(text, kind)
        if found.problem is not None:
            if found.problem is Problem.PAYMENT_CODE:
                self._window.scan_field.forget()
            self._session.hint = Hint(Severity.WARNING, identifier_problem_text(found.problem))
            self._render()
            return
        self._runs += 1
        self._session = Session(self._store, self._unit, found.identifiers, self._runs)
        self._window.show_scanned(found.identifiers[0].value)
        for section in Section:
            self._session.take(section, Loading())
        self._start(self._session, first=True)

    def refresh(self, *_section: object) -> None:
        """Ask the platform again for the member on the screen; what is loaded stays meanwhile."""
        self._cancel_refresh()
        if not self._session.identifiers:
            return
        if self._lookups.running and not self._session.refreshing:
            return  # the first lookup is still under way
        self._session.hint = None
        self._start(self._session, first=False)

    def clear(self) -> None:
        """Forget the member on the screen."""
        self._forget()
        self._render()

    async def shutdown(self) -> None:
        """End every task and close the connection."""
        self._forget()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if self._connected():
            await self._backend.result().aclose()
        else:
            self._backend.cancel()

    # --- one run -------------------------------------------------------------------------------

    def _start(self, session: Session, *, first: bool) -> None:
        session.refreshing = not first
        task = self._lookups.start(self._run(session, first=first))
        self._tasks.add(task)
        task.add_done_callback(partial(self._end, session))
        self._render()

    async def _run(self, session: Session, *, first: bool) -> None:
        number = self._lookups.run_number
        request = Request(session.identifiers, self._order.order_type, self._order.discount)

        def deliver(section: Section, state: SectionState) -> None:
            if number == self._lookups.run_number:
                self._deliver(session, section, state, first=first)

        try:
            # Shielded: a cancelled lookup must not take the connection with it.
            backend = await asyncio.shield(self._backend)
            await backend.lookup.run(request, deliver)
        except PosMemberError as error:  # no configuration, no key: nothing can be asked
            for section in Section:
                deliver(section, Failed(error, 0))
        session.refreshing = False
        self._render()
        self._stop_the_clock()
        loop = asyncio.get_running_loop()
        view = session.view(self._order, self._now())
        if view.profile.person is not None and _log.isEnabledFor(logging.INFO):
            loop.call_later(PAINTED_S, _log_verdicts, session.run, view.assessment)
        self._clock_handle = loop.call_later(PAINTED_S, self._wait_for_the_clock, self._now())
        self.settled.emit()

    def _deliver(
        self, session: Session, section: Section, state: SectionState, *, first: bool
    ) -> None:
        taken = True
        if first:
            session.take(section, state)
        else:
            taken = session.take_again(section, state)
        if isinstance(state, Failed):
            self._tell_of_a_failure(session, section, state.error, stale=not taken)
        if isinstance(state, Loaded):
            self._tell_of_the_connection(state.ms)
            if not taken:
                text = self.tr("刷新查到的是另一位会员，请重新扫码")
                session.hint = Hint(Severity.WARNING, text)
        self._render_soon(session)

    def _tell_of_a_failure(
        self, session: Session, section: Section, error: PosMemberError, *, stale: bool
    ) -> None:
        hint = self._hint(error)
        if stale:
            kept = self.tr("刷新没有成功，显示的是之前查到的内容。")
            hint = replace(hint, severity=Severity.WARNING, text=kept + hint.text)
        if section is Section.MEMBER or session.hint is None:
            session.hint = hint
        if isinstance(error, ApiConnectionError):
            self._window.set_connection(False, None)

    def _tell_of_the_connection(self, ms: int) -> None:
        clock = self._backend.result().clock
        self._window.set_connection(True, ms)
        self._window.set_clock(clock.calibrated, clock.offset_s)

    def _warning(self, settings: Settings) -> str:
        """A line that stays visible, or ""."""
        if not settings.platform.clear_text:
            return ""
        return self.tr("正在用明文 http 连接平台，请联系管理员改为 https")

    def _tell_of_the_backend(self, backend: asyncio.Future[Backend]) -> None:
        """Say at once what is wrong with the configuration or the key, not at the first scan."""
        error = None if backend.cancelled() else backend.exception()
        if isinstance(error, PosMemberError):
            self._session.hint = self._hint(error)
            self._render()

    def _hint(self, error: PosMemberError) -> Hint:
        """The cashier's words for an error, with the code under which the log holds it."""
        hint = error_text(error)
        if isinstance(error, MemberNotFoundError):
            return hint
        code = support_code()
        detail = (
            f"{error.api} code={error.code} request={error.request_id}: {error}"
            if isinstance(error, ApiError)
            else str(error)
        )
        _log.info("%s: %s %s", code, type(error).__name__, detail)
        return replace(hint, support_code=code)

    def _end(self, session: Session, task: asyncio.Task[None]) -> None:
        """A lookup's task is over; where a bug ended it, log that and say so."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        code = support_code()
        _log.error("%s: a lookup ended in a bug", code, exc_info=error)
        if session is not self._session:
            return
        text = self.tr("程序出错了，请重新扫码；再出现请把问题编号告诉技术支持")
        session.give_up(Failed(PosMemberError("a bug"), 0))
        session.hint = Hint(Severity.ERROR, text, code)
        self._render()
        self.settled.emit()

    # --- what is on the screen -----------------------------------------------------------------

    def _change_order(self, order: Order) -> None:
        self._order = order
        if self._session.run == 0:
            return
        self._render()
        self._cancel_refresh()
        loop = asyncio.get_running_loop()
        self._refresh_handle = loop.call_later(REFRESH_DELAY_S, self._refresh_for_the_order)

    def _refresh_for_the_order(self) -> None:
        self._refresh_handle = None
        if self._lookups.running:
            self._change_order(self._order)  # later, when that run is over
        elif self._session.user_id:
            self.refresh()

    def _wait_for_the_clock(self, shown_for: datetime) -> None:
        """Let the verdicts move on by themselves when the next of them may change.

        Args:
            shown_for: the moment that those on the screen were made for.
        """
        wait_s = (self._session.next_change_at(shown_for) - self._now()).total_seconds()
        loop = asyncio.get_running_loop()
        if wait_s > NEAR_S:
            # Qt's timers may be 5 % off, three minutes in an hour: come near first.
            near_s = wait_s * 0.9
            self._clock_handle = loop.call_later(near_s, self._wait_for_the_clock, shown_for)
        else:
            self._clock_handle = loop.call_later(max(wait_s, 0), self._move_on_with_the_clock)

    def _move_on_with_the_clock(self) -> None:
        now = self._now()
        self._session.move_on()
        self._render()
        self._wait_for_the_clock(now)

    def _stop_the_clock(self) -> None:
        if self._clock_handle is not None:
            self._clock_handle.cancel()
            self._clock_handle = None

    def _forget(self) -> None:
        self._cancel_refresh()
        self._stop_the_clock()
        self._lookups.cancel()
        self._session = Session(self._store, self._unit)

    def _cancel_refresh(self) -> None:
        if self._refresh_handle is not None:
            self._refresh_handle.cancel()
            self._refresh_handle = None

    def _render_soon(self, session: Session) -> None:
        """Render once for all the sections that arrive together.

        While more are on their way, wait a moment for them: rendering a thousand coupons
        without what identity knows of them would only be to do it again.
        """
        if self._render_handle is None:
            delay_s = TOGETHER_S if session.waiting else 0.0
            loop = asyncio.get_running_loop()
            self._render_handle = loop.call_later(delay_s, self._render)

    def _render(self) -> None:
        if self._render_handle is not None:
            self._render_handle.cancel()
            self._render_handle = None
        self._window.render(self._session.view(self._order, self._now()))

    def _now(self) -> datetime:
        if self._connected():
            return self._backend.result().clock.now()
        return datetime.now(CHINA)

    def _connected(self) -> bool:
        backend = self._backend
        return backend.done() and not backend.cancelled() and backend.exception() is None


def _log_verdicts(run: int, assessment: Assessment) -> None:
    """Log what came of a lookup or a refresh, in counts."""
    _log.info("lookup %d evaluated: %s", run, tally(assessment))
