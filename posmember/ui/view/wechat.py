"""What the window shows of a 微信会员卡, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posmember.domain.wechat.card import WechatCard
from posmember.domain.wechat.change import CardChange, CardField


class CardStage(StrEnum):
    """How far a query is."""

    IDLE = "idle"
    ASKS_CODE = "asks_code"
    ASKS_OPENID = "asks_openid"
    LOADING = "loading"
    LOADED = "loaded"
    FAILED = "failed"


class ChangeStage(StrEnum):
    """How far a change is."""

    EDIT = "edit"
    REVIEW = "review"
    SENDING = "sending"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of a change, in the cashier's words; personal data is masked."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change on its way.

    Args:
        lines: for REVIEW, what changes; for DONE, what the platform kept otherwise, as it was
            asked for and as it is.
        problems: by field, why a value is not sent.
        message: what happened and what to do, or "".
        wrong: whether the message is a failure.
        support_code: the 问题编号 of the failure, which the log holds too, or "".
        needed: what is sent once it is confirmed.
    """

    stage: ChangeStage = ChangeStage.EDIT
    lines: tuple[ChangeLine, ...] = ()
    problems: tuple[tuple[CardField, str], ...] = ()
    message: str = ""
    wrong: bool = False
    support_code: str = ""
    needed: CardChange = CardChange()


@dataclass(frozen=True, slots=True)
class WechatView:
    """The card of the member on the screen.

    Args:
        problem: for FAILED, ASKS_CODE and ASKS_OPENID, why, and what to do.
        support_code: for FAILED, the 问题编号, which the log holds too.
        at: for LOADED, when; aware, +08:00.
        picture: a JPEG or PNG, not decoded; None while there is none.
        notes: what to know besides: no picture, fields that could not be read, a wrong clock.
        change: None while nobody changes it.
    """

    stage: CardStage = CardStage.IDLE
    problem: str = ""
    support_code: str = ""
    card: WechatCard | None = None
    at: datetime | None = None
    picture: bytes | None = None
    notes: tuple[str, ...] = ()
    change: ChangeView | None = None
