"""A change of a WeChat membership card by `posmember wechat-card set`: sent, noted and told of.

What became of it is told on one line, also where it was interrupted, or could not be noted.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from posmember.cli.wechat.words import explain_card
from posmember.domain.wechat.card import CardSubject
from posmember.domain.wechat.change import CardChange
from posmember.errors import ApiError
from posmember.lookup.wechat import ChangeCutError, Changed, WechatService
from posmember.report.outcomes import Exit, exit_code
from posmember.trust.audit import AuditLog
from posmember.trust.supervisors import Permit

_UNKNOWN: Final = (
    "不知道是否已经改好,请先重新查询"
    " / nobody knows whether it was changed, get it before another try"
)
_DONE: Final = "已经修改 / changed"
_NOT_READ_BACK: Final = "已经修改,但没能读回核对 / changed, but not read back"
INTERRUPTED: Final = f"已中断 / interrupted: {_UNKNOWN}"
"""What is said of a change that was cut short."""
_ENDINGS: Final = ("SIGTERM", "SIGHUP")
"""What ends a program from outside; Ctrl+C is asyncio's own to turn into a cancellation."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change.

    Args:
        changed: what the service says; None where it raised.
        words: what went wrong, for the one line; "" where nothing did.
        code: the exit code.
    """

    changed: Changed | None
    words: str
    code: Exit

    @property
    def told(self) -> str:
        """What became of it, on one line, whatever that is: for where nothing can be printed."""
        return self.words or _DONE


async def make_change(
    service: WechatService,
    subject: CardSubject,
    change: CardChange,
    permit: Permit,
    audit: AuditLog,
) -> Outcome:
    """Make a change, and say what became of it, whoever interrupts it.

    Raises:
        AuditError: nothing was sent, as it could not be noted.
        CancelledError: nothing was sent yet.
    """
    with _cancelled_by(*_ENDINGS):
        try:
            changed = await service.change(subject, change, permit, audit)
        except ApiError as error:
            told = explain_card(error)
            words = told if error.is_refusal else f"{_UNKNOWN}; {told}"
            return Outcome(None, _with_note(words, error.unnoted), exit_code(error))
        except ChangeCutError as cut:
            words = f"已中断 / interrupted: {_NOT_READ_BACK}" if cut.made else INTERRUPTED
            return Outcome(None, _with_note(words, cut.unnoted), Exit.OTHER)
    words = _with_note(_words(changed), changed.unnoted)
    return Outcome(changed, words, Exit.OTHER if words else Exit.FOUND)


def _words(changed: Changed) -> str:
    if changed.card is None:
        return _NOT_READ_BACK
    if changed.otherwise:
        return f"微信支付保存的与要求的不同 / kept otherwise: {', '.join(changed.otherwise)}"
    return _DONE if changed.unnoted else ""


def _with_note(words: str, unnoted: str) -> str:
    """The words, and that the audit log has only that it was asked for, where that is so."""
    if not unnoted:
        return words
    return f"{words}; 审计日志没有写全 / the audit log has only that it was asked for: {unnoted}"


@contextmanager
def _cancelled_by(*names: str) -> Iterator[None]:
    """Have these signals, where the system knows them, cancel the running task meanwhile."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    heard = []
    for number in (getattr(signal, name, None) for name in names):
        if number is None or task is None:
            continue
        try:
            loop.add_signal_handler(number, task.cancel)
        except (NotImplementedError, ValueError, RuntimeError):
            continue  # not on Windows, nor but in the main thread
        heard.append(number)
    try:
        yield
    finally:
        for number in heard:
            loop.remove_signal_handler(number)
