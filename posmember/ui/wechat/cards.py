"""微信会员卡 of the member on the screen: asked for on demand, changed by a supervisor.

The bridge between the window's signals and the coroutines of WeChat Pay; the view of it is
part of the window's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.wechat.card import (
    CardSubject,
    WechatCard,
    is_allocated_code,
    is_card_code,
    is_openid,
    known_subject,
)
from posmember.domain.wechat.change import CardChange, change_problems, lost_answers, needed_change
from posmember.errors import ApiError, CardNotFoundError, PosMemberError
from posmember.lookup.later import Later
from posmember.lookup.latest import LatestTask
from posmember.scanning.card_entry import payment_problems, read_openid
from posmember.scanning.cleaning import clean_as_given
from posmember.scanning.identifier import NEVER_KEPT, classify
from posmember.ui.messages import identifier_problem_text, in_lines, one_line
from posmember.ui.threads import in_a_daemon
from posmember.ui.till.failures import log_bug, log_failure
from posmember.ui.view.screen import Hint, Severity
from posmember.ui.view.wechat import CardStage, ChangeStage, ChangeView, WechatView
from posmember.ui.wechat.failed_change import failed_change
from posmember.ui.wording.wechat.changes import change_problem_text, lines_of, otherwise_of
from posmember.ui.wording.wechat.errors import card_error_text, clock_note

if TYPE_CHECKING:
    from posmember.api.decode import Decoded
    from posmember.lookup.desk import WechatDesk
    from posmember.lookup.wechat import Changed
    from posmember.ui.view.wechat import ChangeLine
    from posmember.ui.wechat.desk import DeskOnDemand

_log = logging.getLogger(__name__)

LOOKED_AFTER_S = 0.2
"""After so long a member is painted, and there is time to look whether cards were set up."""


class WechatCards(QObject):
    """Queries and changes for one member after the other.

    Args:
        desk: what WeChat Pay is asked with, where it is set up.
    """

    changed = Signal()
    """The view is another one."""
    settled = Signal()
    """What was asked for is on the screen: a card, what is missing for it, or why not."""
    unseen = Signal(object)
    """A `Hint`: a change that was sent ended otherwise than well, and its member is gone."""

    def __init__(self, desk: DeskOnDemand, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._queries = LatestTask()
        self._unsent: set[asyncio.Task[None]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._member = 0
        self._known = self._subject = CardSubject("", "")
        self._view = WechatView()
        self._wanted = 0
        self._looking = Later()
        desk.changed.connect(self._go_on)

    @property
    def view(self) -> WechatView | None:
        """The card of the member; None where WeChat Pay is not set up."""
        return self._view if self._desk.found is not None or self._desk.failure else None

    def show_member(self, number: int, found_by: Identifier | None, card_number: str) -> None:
        """Turn to the member of a lookup, or stay with them.

        Args:
            number: of the lookup.
            found_by: the identifier that found the member.
            card_number: member-info's, or "".
        """
        known = known_subject(found_by, card_number)
        if number != self._member:
            self.forget()
            self._member = number
            self._looking.call(LOOKED_AFTER_S, self._desk.look)
        # A refresh may tell more, and never less: it asks by the user id alone.
        known = CardSubject(self._known.code or known.code, self._known.openid or known.openid)
        if self._subject == self._known:  # and nothing was entered
            self._subject = known
        self._known = known

    def forget(self) -> None:
        """Keep nothing of a member; a change that was sent is seen to its end all the same."""
        self._queries.cancel()
        self._looking.cancel()
        self._break_off()
        self._member, self._wanted, self._view = 0, 0, WechatView()
        self._known = self._subject = CardSubject("", "")

    async def shutdown(self) -> None:
        """End every query, let a change that was sent be noted, and close the connection."""
        self.forget()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._desk.aclose()

    # --- queries --------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for the card; what is missing is asked for first.

        Not while it is being changed: what was entered would be gone.
        """
        change = self._view.change
        if not self._member or (change is not None and change.stage is not ChangeStage.DONE):
            return
        failure, desk = self._desk.failure, self._desk.found
        if desk is None:
            self._wanted = self._member
            self._desk.want()
        if failure is not None:
            self._show_desk_failure(failure)
        elif desk is None:
            return
        elif not self._subject.code:
            self._show(WechatView(CardStage.ASKS_CODE))
        elif desk.service.openid_needed and not self._subject.openid:
            self._show(WechatView(CardStage.ASKS_OPENID))
        else:
            self._start(self._query(desk, self._subject))
            return
        self.settled.emit()

    def give_up(self) -> None:
        """Ask no longer for what is missing: the next scan is a member's again."""
        if self._view.stage in (CardStage.ASKS_CODE, CardStage.ASKS_OPENID):
            self._show(WechatView())

    def take_scan(self, text: str) -> bool:
        """Take a scanned text where it is what was asked for; returns whether it was.

        Everything else is a member's code, as ever.
        """
        found = classify(text)
        if found.problem is not None:
            return False
        first = found.identifiers[0]
        is_code = is_allocated_code(first.value)
        is_person = first.kind is IdentifierKind.WECHAT_OPENID
        stage = self._view.stage
        wanted = (stage is CardStage.ASKS_CODE and is_code) or (
            stage is CardStage.ASKS_OPENID and is_person
        )
        if wanted:
            self.give(first.value)
        return wanted

    def give(self, text: str) -> None:
        """Take the card's code or the openid that was asked for."""
        stage = self._view.stage
        given = read_openid(text) if stage is CardStage.ASKS_OPENID else clean_as_given(text)
        # A code of 24 digits may begin as a payment code does; here it was asked for.
        kind = IdentifierKind.CARD_NUMBER if stage is CardStage.ASKS_CODE else None
        found = classify(text, kind)
        if found.problem in NEVER_KEPT:
            self._show(replace(self._view, problem=identifier_problem_text(found.problem)))
        elif stage is CardStage.ASKS_CODE and is_card_code(given):
            self._subject = replace(self._subject, code=given)
            self.ask()
        elif stage is CardStage.ASKS_OPENID and is_openid(given):
            self._subject = replace(self._subject, openid=given)
            self.ask()
        elif stage is CardStage.ASKS_CODE:
            problem = self.tr("卡号应为 1 到 32 位数字、字母或符号")
            self._show(replace(self._view, problem=problem))
        elif stage is CardStage.ASKS_OPENID:
            problem = self.tr("这不是 openid，请重新扫或输入")
            self._show(replace(self._view, problem=problem))

    async def _query(self, desk: WechatDesk, subject: CardSubject) -> None:
        self._show(WechatView(CardStage.LOADING))
        try:
            found = await desk.service.get(subject)
        except PosMemberError as error:
            self._fail(error)
            return
        self._show(self._loaded(desk, found))
        await self._fetch_picture(desk, found.value)

    def _fail(self, error: PosMemberError) -> None:
        words, code = card_error_text(error), log_failure(_log, error, "card")
        if isinstance(error, CardNotFoundError):
            # The card number is only likely to be the code, and what was typed may be wrong.
            self._subject = replace(self._known, code="")
            self._show(WechatView(CardStage.ASKS_CODE, words))
        else:
            self._show(WechatView(CardStage.FAILED, words, code))

    def _loaded(self, desk: WechatDesk, found: Decoded[WechatCard]) -> WechatView:
        notes = []
        if found.unreadable:
            _log.info("card: unreadable fields: %s", ", ".join(found.unreadable))
            notes.append(self.tr("有 {count} 项无法识别").format(count=len(found.unreadable)))
        if desk.service.clock_error_s:
            notes.append(clock_note(desk.service.clock_error_s))
        at = desk.service.now()
        return WechatView(CardStage.LOADED, card=found.value, at=at, notes=tuple(notes))

    async def _fetch_picture(self, desk: WechatDesk, card: WechatCard) -> None:
        if not card.picture_url:
            return
        picture, notes = None, self._view.notes
        try:
            picture = await desk.service.pictures.fetch(card.picture_url)
        except PosMemberError as error:
            log_failure(_log, error, "card picture")
            notes = (*notes, self.tr("卡图片取不到"))
        if self._view.card is card:  # and nobody else's by now
            self._show(replace(self._view, picture=picture, notes=notes))

    # --- changes --------------------------------------------------------------------------------

    def begin_change(self) -> None:
        """Open the form; a card that is not loaded cannot be changed."""
        if self._view.card is not None and self._view.change is None:
            self._change(ChangeView())

    def end_change(self) -> None:
        """Close the form; a change that was sent cannot be taken back."""
        if self._view.change is None or (self._is_changing() and not self._unsent):
            return
        self._break_off()
        self._show(replace(self._view, change=None))

    def edit_again(self) -> None:
        """Go back from the review to the form."""
        if self._view.change is not None and not self._is_changing():
            self._change(ChangeView())

    def review(self, change: CardChange) -> None:
        """Check what was entered, and show before and after."""
        card = self._view.card
        if card is None or self._is_changing():
            return
        needed = needed_change(card, change)
        problems = tuple(
            (problem.field, change_problem_text(problem))
            for problem in (
                *change_problems(needed),
                *lost_answers(card, needed),
                *payment_problems(change),
            )
        )
        if problems:
            self._change(ChangeView(problems=problems))
        elif not needed.named():
            self._change(ChangeView(message=self.tr("没有改动"), wrong=True))
        else:
            lines = lines_of(card, needed)
            self._change(ChangeView(ChangeStage.REVIEW, lines, needed=needed))

    def confirm(self, who: str, pin: str) -> None:
        """Send the change that is shown, if the PIN is the supervisor's."""
        change, desk = self._view.change, self._desk.found
        if change is None or change.stage is not ChangeStage.REVIEW or desk is None:
            return
        self._change(ChangeView(ChangeStage.SENDING, change.lines, needed=change.needed))
        task = asyncio.get_running_loop().create_task(
            self._send(desk, self._subject, change, who, pin)
        )
        self._unsent.add(task)
        task.add_done_callback(self._unsent.discard)
        self._keep(task)

    async def _send(
        self, desk: WechatDesk, subject: CardSubject, change: ChangeView, who: str, pin: str
    ) -> None:
        member = self._member
        sent = False
        try:
            permit = await in_a_daemon(lambda: desk.supervisors.check(who, pin))
            audit = await in_a_daemon(desk.open_audit)
            sent = True
            self._unsent.clear()  # from here on it is not to be broken off
            done = await desk.service.change(subject, change.needed, permit, audit)
        except PosMemberError as error:
            code = log_failure(_log, error, "card change")
            unnoted = self._unnoted(error.unnoted) if isinstance(error, ApiError) else ""
            ended = failed_change(change, error, code, unnoted, sent=sent)
            if member == self._member:
                self._change(ended)
            elif sent:
                self._tell_unseen(ended)
            return
        ended = self._ended(change, done)
        if member != self._member:
            self._tell_unseen(ended)
        elif done.card is None:
            self._change(ended)
        else:
            self._show(replace(self._loaded(desk, done.card), change=ended))
            await self._fetch_picture(desk, done.card.value)

    def _ended(self, change: ChangeView, done: Changed) -> ChangeView:
        """What is to be seen of a change that was made."""
        unnoted = self._unnoted(done.unnoted)
        lines: tuple[ChangeLine, ...] = ()
        message = self.tr("已修改，读回核对一致")
        if done.card is None:
            message = self.tr("已经修改，但没能读回来核对，请重新查询")
        elif done.otherwise:
            message = self.tr("微信支付保存的与填写的不同：")
            lines = otherwise_of(done.card.value, change.needed, done.otherwise)
        wrong = bool(done.card is None or lines or unnoted)
        message = in_lines(message, unnoted)
        return ChangeView(ChangeStage.DONE, lines, message=message, wrong=wrong)

    def _tell_unseen(self, ended: ChangeView) -> None:
        """Say of a change that its member, and the sheet, were gone when it ended."""
        if ended.wrong:
            words = self.tr("刚才修改的微信会员卡：{what}").format(what=one_line(ended.message))
            self.unseen.emit(Hint(Severity.WARNING, words, ended.support_code))

    def _unnoted(self, why: str) -> str:
        """Log that the audit log lacks what became of a change; returns the words for it."""
        if not why:
            return ""
        _log.error("a card's change is noted without its end: %s", why)
        return self.tr("审计日志没有写全，请告诉管理员")

    def _break_off(self) -> None:
        """End what has not been sent: a locked keyring may let the PIN's check wait for long."""
        for task in self._unsent:
            task.cancel()

    def _is_changing(self) -> bool:
        change = self._view.change
        return change is not None and change.stage is ChangeStage.SENDING

    def _change(self, change: ChangeView) -> None:
        self._show(replace(self._view, change=change))

    # --- tasks ----------------------------------------------------------------------------------

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._keep(self._queries.start(work))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(partial(self._end, self._member))

    def _end(self, member: int, task: asyncio.Task[None]) -> None:
        """A task is over; where a bug ended it, log that and say so."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            code = log_bug(_log, error, "a card's query or change")
            if member == self._member:
                text = self.tr("程序出错了，请重试；再出现请把问题编号告诉技术支持")
                self._show(WechatView(CardStage.FAILED, text, code))
        self.settled.emit()

    def _show(self, view: WechatView) -> None:
        if view != self._view:
            self._view = view
            self.changed.emit()

    # --- what WeChat Pay is asked with ------------------------------------------------------------

    def _go_on(self) -> None:
        """The desk is there, or fails otherwise: go on for the member whose card was wanted."""
        wanted, self._wanted = self._wanted, 0
        if wanted and wanted == self._member:
            if self._desk.failure is not None:
                self._show_desk_failure(self._desk.failure)
            elif self._desk.found is not None:
                self.ask()
        self.changed.emit()

    def _show_desk_failure(self, failure: PosMemberError) -> None:
        self._show(WechatView(CardStage.FAILED, card_error_text(failure), self._desk.code))
