"""Lookups for other programs, beside the window: they change nothing on the screen."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

from posmember.domain.context import Order, OrderType
from posmember.domain.money import ZERO
from posmember.errors import KeyringSilentError, PosMemberError
from posmember.link.requests import Refusal, RequestError
from posmember.lookup.service import Request
from posmember.report.anonymous import without_person
from posmember.report.member import Json, to_json
from posmember.report.outcomes import Exit, exit_code, explain
from posmember.report.question import (
    Answered,
    Question,
    RefusedError,
    check_text,
    identifiers_of,
    outcome_of,
    report_of,
    store_of,
)
from posmember.settings.declared import Programs

if TYPE_CHECKING:
    from posmember.link.requests import Asked
    from posmember.lookup.backend import Backend
    from posmember.lookup.sections import Section, SectionState
    from posmember.settings.config import Settings
    from posmember.ui.till.connection import Connection

_log = logging.getLogger(__name__)

AT_ONCE: Final = 4
MOST: Final = 256
"""Under way and waiting; who comes then is told to come again."""
KEY_WITHIN_S: Final = 10.0

Told = dict[str, Any]


class Lookups:
    """Answers what `posmember lookup` would answer, by the window's connection and clock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._settings: Settings | None = None
        self._free = asyncio.Semaphore(AT_ONCE)
        self._count = 0

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on."""
        self._settings = settings

    @property
    def programs(self) -> Programs:
        """What other programs may ask."""
        return self._settings.beside.programs if self._settings else Programs.OFF

    def check_allowed(self) -> None:
        """Raise RequestError where nothing may be asked."""
        if self._settings is None:
            raise RequestError(Refusal.NOT_READY, "还没有设置好 / the till is not set up")
        if self.programs is Programs.OFF:
            words = "没有允许别的程序来查:在设置里打开 beside.programs / switched off by settings"
            raise RequestError(Refusal.OFF, words)

    async def settled(self) -> None:
        """Wait until the window's own connection is there, or why there is none."""
        await asyncio.wait([self._connection.ask()])

    async def answer(self, asked: Asked) -> Told:
        """Look one member up.

        Returns:
            ``exit`` (the command's exit code), ``words`` (its line on standard error, or "") and
            ``report`` (its JSON, or None where it would have printed none).

        Raises:
            RequestError: it may not be asked, or not now.
        """
        self.check_allowed()
        if self._count >= MOST:
            raise RequestError(Refusal.BUSY, "太忙了,请稍后再问 / busy, ask again in a moment")
        self._count += 1
        try:
            async with self._free:
                told = await self._look_up(asked)
        finally:
            self._count -= 1
        _log.info("another program asked: exit %d", told["exit"])
        return told

    async def _look_up(self, asked: Asked) -> Told:
        settings, handed = self._settings, asked.order
        assert settings is not None
        masked = settings.beside.programs is Programs.MASKED
        kind = handed.order_type or OrderType.DINE_IN
        order = Order(kind, handed.amount, handed.discount or ZERO, handed.items)
        question = Question(
            handed.identifier,
            asked.kind,
            asked.store,
            order,
            asked.at,
            asked.reveal and not masked,
            asked.explain and not masked,
        )
        try:
            check_text(handed.identifier, handed.kind)
            tried = identifiers_of(handed.identifier, handed.kind, settings)
            request = Request(tried, order.order_type, order.discount)
            answered = await self._ask(settings, question, request)
        except RefusedError as refused:
            return _told(Exit.WRONG_USE, str(refused), masked=masked)
        except PosMemberError as error:
            return _told(exit_code(error), explain(error), masked=masked)
        code, words = outcome_of(answered, tried)
        report = report_of(answered, question, settings)
        told = to_json(report)
        if masked:
            told = without_person(told, report.profile)
        return _told(code, words, told, masked=masked)

    async def _ask(self, settings: Settings, question: Question, request: Request) -> Answered:
        backend = await self._backend()
        store = store_of(question, settings)
        lookup = backend.lookup if store is settings.store else backend.lookup_for(store)
        sections: dict[Section, SectionState] = {}
        await lookup.run(request, sections.__setitem__)
        return Answered(sections, backend.clock.now(), backend.clock.offset_s)

    async def _backend(self) -> Backend:
        try:
            async with asyncio.timeout(KEY_WITHIN_S):
                return await self._connection.backend_for(_nobody_waits)
        except TimeoutError as error:
            raise KeyringSilentError(f"no answer in {KEY_WITHIN_S:g} s") from error


def _nobody_waits(_section: Section, _state: SectionState) -> None:
    """Nothing is shown meanwhile."""


def _told(code: Exit, words: str, report: Json | None = None, *, masked: bool) -> Told:
    """What goes out; masked it says nothing in words, which may be the platform's of a person."""
    return {"exit": int(code), "words": "" if masked else words, "report": report}
