"""The only bridge between the window's signals and the lookup's coroutines."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posmember.domain.context import Order
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.errors import CredentialError, MemberNotFoundError, PosMemberError
from posmember.lookup.later import Later
from posmember.lookup.latest import LatestTask
from posmember.lookup.sections import Failed, Loaded, Loading, Section, SectionState
from posmember.scanning.burst import Misread
from posmember.ui.main_window import MainWindow
from posmember.ui.till.connection import Connection
from posmember.ui.till.failures import bug_hint, failure_hint, log_bug
from posmember.ui.till.next_change import Clock, NextChange
from posmember.ui.till.order_owner import OrderOwner
from posmember.ui.till.reception import Decision, LookUp, Say
from posmember.ui.till.session import Session
from posmember.ui.till.status import Status
from posmember.ui.till.tally import log_verdicts_later
from posmember.ui.till.terms import lasting_warning, reception_for, sessions_for
from posmember.ui.tones import Tone, Tones, tone_for
from posmember.ui.view.screen import Hint, Severity, View

if TYPE_CHECKING:
    from posmember.scanning.nobody import Guess
    from posmember.settings.config import Settings
    from posmember.ui.wechat.cards import WechatCards

_log = logging.getLogger(__name__)

TOGETHER_S = 0.025
"""How long an answer waits for the others of its lookup to be rendered with them."""

REFRESH_DELAY_S = 0.5
"""How long an order has to stay as it is before the platform is asked again for it."""


class Controller(QObject):
    """Looks up what is scanned or typed, and renders what comes.

    Args:
        backend: the connection; where there is none it tells why, and may be asked again.
        settings: None where there is no valid configuration; the backend says why.
        wechat: the member's 微信会员卡; None where there is nothing to ask WeChat Pay with.
        knows: in training mode, whom alone it may look up; see `CodeProfile`.
    """

    settled = Signal()
    """A lookup or a refresh is over: every section has its last state, and it is rendered."""

    def __init__(
        self,
        window: MainWindow,
        backend: Connection,
        settings: Settings | None,
        wechat: WechatCards | None = None,
        knows: Callable[[Identifier], bool] | None = None,
    ) -> None:
        super().__init__()
        self._window = window
        self._backend = backend
        self.wechat = wechat
        self._knows = knows
        self._tones = Tones(self, enabled=False)
        self._lookups = LatestTask()
        self._tasks: set[asyncio.Task[None]] = set()
        self._runs = 0
        self._work_by(settings)
        self._order = window.order()
        self._owner = OrderOwner(window.numbers)
        self._status = Status(window, self._clock)
        self._rendering, self._refreshing = Later(), Later()
        self._next_change = NextChange(
            self._clock, lambda now: self._session.holds_until(now), self._render, self._doubt
        )
        window.identifier_entered.connect(self.look_up)
        window.order_changed.connect(self._change_order)
        window.refresh_requested.connect(self.refresh)
        window.retry_requested.connect(self.refresh)
        window.cleared.connect(self.clear)
        window.answered.connect(self.answer)
        self._no_key: set[str] = set()
        backend.watch(self._tell_of_the_backend)
        backend.watch_silence(lambda: self._say_there_is_none(backend.silence))
        backend.ask()
        if wechat is not None:
            wechat.changed.connect(self._render)

    def use(self, settings: Settings | None) -> None:
        """Work by other settings from now on, with nobody on the screen."""
        self._work_by(settings)
        self.clear()

    def _work_by(self, settings: Settings | None) -> None:
        self._reception = reception_for(settings, self._knows)
        self._new_session = sessions_for(settings)
        self._tones.enabled = settings.window.sounds if settings else False
        self._session = self._new_session()
        if settings is not None:
            self._window.introduce(settings.store.name, lasting_warning(settings))

    # --- what the cashier asks for -------------------------------------------------------------

    def scan(self, text: str, place: int = 1) -> None:
        """Take a scanned code.

        Args:
            place: its place among the codes of one burst, from 1.
        """
        if self._window.take_secret_scan(text, place):
            return
        if place == 1:
            self._reception.begin_burst()
            if self.wechat is None or not self.wechat.take_scan(text):
                self._do(self._reception.scan(text, in_flight=self._is_first_under_way()))
            return
        decision = self._reception.scan_another(text)
        if decision is not None:
            self._do(decision)
        self._session.note = self._reception.note()
        self._render()

    def misread(self, misread: Misread) -> None:
        """Take something scanned that is no code."""
        if self._window.take_secret_scan("", misread.place):
            return
        self._do(self._reception.misread(misread))

    def look_up(self, text: str, kind: IdentifierKind | None) -> None:
        """Take what was typed."""
        self._do(self._reception.type(text, kind))

    def answer(self, place: int) -> None:
        """Take the answer to the question on the screen."""
        decision = self._reception.answer(place)
        if decision is not None:
            self._do(decision)

    def look_up_identified(self, decision: LookUp) -> None:
        """Look up whom a secret has identified."""
        self._reception.forget()
        self._do(decision)

    def tell(self, hint: Hint) -> None:
        """Say something that is about no lookup."""
        self._session.hint, self._session.note = None, hint  # the newest word is the one to see
        self._render()

    def wake(self) -> None:
        """Make the connection ready: a scan has begun."""
        self._backend.wake()

    def _do(self, decision: Decision) -> None:
        if isinstance(decision, Say):
            self._say(decision)
            return
        self._forget()
        self._owner.look_up(decision.identifiers, continues=decision.continues)
        self._runs += 1
        asked, shown = decision.identifiers, decision.shown
        self._session = self._new_session(asked, self._runs, shown)
        self._session.note = decision.note
        self._window.show_scanned(decision.code)
        for section in Section:
            self._session.take(section, Loading())
        self._start(self._session, first=True)

    def _say(self, decision: Say) -> None:
        """Say a word; a wrong code takes the member before it from the screen, with no call."""
        if not decision.keeps_member:
            self._forget()
        if not decision.keeps_text:
            self._window.scan_field.forget()
        if decision.wrong:
            self._tones.play(Tone.WRONG)
        if not decision.gives_way or self._session.hint is None:
            self._session.hint = decision.hint
        self._render()
        if decision.asks_about:
            self._window.show_scanned(decision.asks_about)

    def _is_first_under_way(self) -> bool:
        return self._lookups.running and not self._session.refreshing

    def refresh(self, *_section: object) -> None:
        """Ask the platform again for the member on the screen; what is loaded stays meanwhile."""
        self._backend.ask()
        self._refreshing.cancel()
        if not self._session.identifiers or self._is_first_under_way():
            return
        self._session.hint = None
        self._start(self._session, first=False)

    def clear(self) -> None:
        """Forget the member on the screen, and what was scanned."""
        self._forget()
        self._reception.forget()
        self._owner.forget()
        self._render()

    async def shutdown(self) -> None:
        """End every task and close the connection."""
        self._forget()
        self._tones.close()
        if self.wechat is not None:
            await self.wechat.shutdown()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._backend.aclose()

    # --- one run -------------------------------------------------------------------------------

    def _start(self, session: Session, *, first: bool) -> None:
        session.refreshing = not first
        task = self._lookups.start(self._run(session, first=first))
        self._tasks.add(task)
        task.add_done_callback(partial(self._end, session))
        self._render()

    async def _run(self, session: Session, *, first: bool) -> None:
        number = self._lookups.run_number
        request = session.request(self._order)

        def deliver(section: Section, state: SectionState) -> None:
            if number == self._lookups.run_number:
                self._deliver(session, section, state, first=first)

        try:
            backend = await self._backend.backend_for(deliver)
            await backend.lookup.run(request, deliver)
        except PosMemberError as error:  # no configuration, no key: nothing can be asked
            for section in Section:
                deliver(section, Failed(error, 0))
        session.settle()
        if first and (decision := self._instead(session)) is not None:
            # Not within this run, which it will cancel.
            asyncio.get_running_loop().call_soon(self._try_instead, session, decision)
            return
        self._render()
        if first and not isinstance(session.member, Loaded):
            self._sound(session)
        log_verdicts_later(_log, session.run, session.view(self._order, self._clock().now()))
        self.settled.emit()

    def _sound(self, session: Session) -> None:
        """Let the cashier hear what came of it: found at once, the rest when all was tried."""
        tone = tone_for(session.member)
        if tone is not None:
            self._tones.play(tone)

    def _instead(self, session: Session) -> Decision | None:
        """What to do where nobody was found: the burst may have held the member's code, too."""
        nobody = isinstance(session.member, Failed) and isinstance(
            session.member.error, MemberNotFoundError
        )
        return self._reception.after_nobody() if nobody else None

    def _try_instead(self, session: Session, decision: Decision) -> None:
        if session is self._session:  # and nothing was scanned since
            self._do(decision)

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
            self._status.answered(state.ms)
            if first and section is Section.MEMBER:
                self._sound(session)
            if not taken:
                text = self.tr("刷新查到的可能是另一位会员，请重新扫码")
                session.hint = Hint(Severity.WARNING, text)
        self._render_soon(session)

    def _tell_of_a_failure(
        self, session: Session, section: Section, error: PosMemberError, *, stale: bool
    ) -> None:
        hint = self._hint(error, session.guess)
        if stale:
            kept = self.tr("刷新没有成功，显示的是之前查到的内容。")
            hint = replace(hint, severity=Severity.WARNING, text=kept + hint.text)
        if section is Section.MEMBER or session.hint is None:
            session.hint = hint
        self._status.failed(error)

    def _tell_of_the_backend(self) -> None:
        """Say at once why there is no connection, not at the first scan."""
        if not self._backend.ready:
            self._say_there_is_none(self._backend.failure)
            return
        said = self._session.hint
        if said is not None and said.support_code in self._no_key:
            self._session.hint = None
            self._render()
        self._backend.wake()  # so that the first scan of the day finds it ready

    def _say_there_is_none(self, error: BaseException | None) -> None:
        if self._lookups.running:
            return  # and says so itself
        if isinstance(error, PosMemberError):
            self._session.hint = self._hint(error)
            self._render()
        elif error is not None:
            self._session.hint = bug_hint(log_bug(_log, error, "connecting"))
            self._render()

    def _hint(self, error: PosMemberError, guess: Guess | None = None) -> Hint:
        """The cashier's words for an error, with the code under which the log holds it."""
        hint = failure_hint(_log, error, guess)
        if isinstance(error, CredentialError):
            self._no_key.add(hint.support_code)  # not true any more once there is a connection
        return hint

    def _end(self, session: Session, task: asyncio.Task[None]) -> None:
        """A lookup's task is over; where a bug ended it, log that and say so."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        code = log_bug(_log, error, "a lookup")
        if session is not self._session:
            return
        session.give_up(Failed(PosMemberError("a bug"), 0))
        session.hint = bug_hint(code)
        self._tones.play(Tone.WRONG)
        self._render()
        self.settled.emit()

    # --- what is on the screen -----------------------------------------------------------------

    def _change_order(self, order: Order) -> None:
        self._order = order
        if self._session.run == 0:
            return
        self._render()
        self._refreshing.call(REFRESH_DELAY_S, self._refresh_for_the_order)

    def _refresh_for_the_order(self) -> None:
        if self._lookups.running:
            self._change_order(self._order)  # later, when that run is over
        elif self._session.user_id:
            self.refresh()

    def _doubt(self) -> None:
        """Nobody knows for certain what time it is: say so, and have an answer tell it."""
        self._status.look_at_the_clock()
        self.refresh()

    def _forget(self) -> None:
        self._rendering.cancel()
        self._refreshing.cancel()
        self._next_change.cancel()
        self._lookups.cancel()
        self._session = self._new_session()
        if self.wechat is not None:
            self.wechat.forget()

    def _render_soon(self, session: Session) -> None:
        """Render once for all the sections that arrive together.

        While more are on their way, wait a moment for them: rendering a thousand coupons
        without what identity knows of them would only be to do it again.
        """
        if not self._rendering.waits:
            self._rendering.call(TOGETHER_S if session.waiting else 0, self._render)

    def _render(self) -> None:
        self._rendering.cancel()
        self._owner.see(self._session.person, waiting=isinstance(self._session.member, Loading))
        view = self._session.view(self._order, self._clock().now())
        self._window.render(self._with_wechat(view))
        if view.profile.assets():
            self._next_change.watch()

    def _with_wechat(self, view: View) -> View:
        """The view with the 微信会员卡 of the member that is on it."""
        person = view.profile.person
        if self.wechat is None or person is None:
            return view
        self.wechat.show_member(view.run, self._session.found_by, person.card_number)
        return replace(view, wechat=self.wechat.view)

    def _clock(self) -> Clock:
        return self._backend.clock
