"""What a membership card of the sandbox is about; `wechat_cards` makes the records of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from posmember.sandbox.dates import Calendar
from posmember.sandbox.records import Missing
from posmember.sandbox.wechat.pictures import CARD_PICTURE
from posmember.sandbox.wechat.records import CardValue, Fields

PERMANENT: Final[Fields] = {"type": "PERMANENT"}
USUAL_PHONE: Final = "13900000001"


@dataclass(frozen=True, slots=True)
class CardPlan:
    """One card.

    Args:
        number: makes the code and the openid unless they are given.
        shows: in English, what the card is there to show.
        level, phone: "" for a card without.
        picture: a name under `PICTURES_PATH`; None for a card without.
        picked_up: "" for thirty days ago.
        extra: put in the place of the ordinary fields; `MISSING` takes a field away.
    """

    number: int
    shows: str
    code: str = ""
    openid: str = ""
    card_type: str = "NORMAL"
    state: str = "EFFECTIVE"
    level: str = "普通会员"
    phone: str = USUAL_PHONE
    color: str = "#C89B4A"
    picture: str | None = CARD_PICTURE
    validity: CardValue = field(default_factory=lambda: PERMANENT)
    picked_up: str = ""
    stubborn: bool = False
    extra: Mapping[str, CardValue | Missing] = field(default_factory=dict)


def card_code(number: int) -> str:
    """The 24 digits of a code that the system allocated."""
    return f"9{number:023d}"


def openid(number: int) -> str:
    """The openid of the person with this number."""
    return f"oSandbox_openid-{number:012d}"


def fixed_range(calendar: Calendar, begin: int, end: int) -> Fields:
    """Valid from a day to the end of a day, both told in days from today."""
    return {
        "type": "FIX_TIME_RANGE",
        "available_begin_time": rfc3339(calendar.day_start(begin)),
        "available_end_time": rfc3339(calendar.day_end(end)),
    }


def fixed_term(days: int) -> Fields:
    """Valid for so many days after the card was taken."""
    return {"type": "FIX_TERM", "available_day_after_receive": days}


def moment(calendar: Calendar, *, days: int, milliseconds: int = 0) -> str:
    """The moment this many days from now; the document's example has milliseconds."""
    return rfc3339(calendar.at(days=days), milliseconds)


def rfc3339(china_time: str, milliseconds: int = 0) -> str:
    """``YYYY-MM-DD HH:MM:SS`` in China Standard Time as WeChat Pay writes times."""
    fraction = f".{milliseconds:03d}" if milliseconds else ""
    return f"{china_time.replace(' ', 'T')}{fraction}+08:00"
