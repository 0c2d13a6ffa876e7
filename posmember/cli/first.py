"""One window a session: a start finds the one that runs, or becomes it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from posmember.link.requests import Handed
    from posmember.ui.beside.instance.claim import Claim, Instance

_WAIT_S: Final = 2.0
"""For a program that is neither there nor gone: it is just ending, or it hangs."""
_START_S: Final = 20.0
"""A window that has just been started may take so long until it answers."""
_LOOK_EVERY_S: Final = 0.05
_HUNG: Final = (
    "会员查询已经打开,但没有反应:请等一会儿,还不行就在任务管理器里结束它再打开"
    " / it is open already, but does not answer: wait a moment, else end it and start it again"
)
_STRANGER: Final = (
    "有别的用户占了会员查询的位置,没有连接,请告诉技术支持"
    " / what is in the place of the window's socket is another user's, tell your support"
)


def first_or_done(handed: Handed | None) -> Instance | int | None:
    """Be the instance, or hand on to it.

    Args:
        handed: what was given at this start; None is nothing.

    Returns:
        This process's place as the instance; None where there can be none, and the window works
        without; or an exit code: another one has it.
    """
    from posmember.link.meeting import Met, meet
    from posmember.link.places import places

    where = places()
    if where is None:
        return None
    claim: Claim | None = None
    began = time.monotonic()
    while True:
        meeting = meet(where, handed)
        match meeting.met:
            case Met.TAKEN:
                return 0
            case Met.REFUSED:
                return _say(meeting.words, refused=True)
            case Met.SILENT:
                return _hangs(_HUNG, handed)
            case Met.STRANGER:
                return _hangs(_STRANGER, handed)
        if claim is None:
            from posmember.ui.beside.instance.claim import Claim

            claim = Claim(where)
        found = _taken(claim, handed)
        if not isinstance(found, _Anothers):
            return found
        starts = 0.0 < claim.since_s() < _START_S
        if not starts and time.monotonic() - began > _WAIT_S:
            return _hangs(_HUNG, handed)
        time.sleep(_LOOK_EVERY_S)


class _Anothers:
    """Another process has the place."""


def _taken(claim: Claim, handed: Handed | None) -> Instance | _Anothers | None:
    from posmember.ui.beside.instance.claim import Instance, Taken

    taken = claim.take()
    if taken is Taken.MINE:
        return Instance(claim, handed)
    return None if taken is Taken.IMPOSSIBLE else _Anothers()


def _hangs(words: str, handed: Handed | None) -> int:
    """Say it where whoever started this looks: a program reads a line, a cashier a window."""
    code = _say(words, refused=False)
    if handed is None or not handed.quiet:
        from posmember.ui.beside.instance.hung import show_words

        show_words(words)
    return code


def _say(words: str, *, refused: bool) -> int:
    from posmember.cli.exits import fail
    from posmember.report.outcomes import Exit

    return fail(words, Exit.WRONG_USE if refused else Exit.OTHER)
