"""The cards of a sandbox, and what has been changed in them since it began."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from posmember.sandbox.account import BRAND_ID, CARD_ID
from posmember.sandbox.dates import Calendar
from posmember.sandbox.wechat.cards import build_cards
from posmember.sandbox.wechat.checks import Subject
from posmember.sandbox.wechat.errors import QUERY, invalid_request, no_auth, not_found, param_error
from posmember.sandbox.wechat.records import CardRecord, CardValue, Fields

STUBBORN_LEVEL: Final = 4
_FORM: Final = "user_information"

CardKey = tuple[str, str]


class CardBook:
    """Finds and changes cards. Not to be used by several threads at once.

    `clock` gives the platform's Unix seconds: the cards' dates are told from its day, while what
    was changed stays as it was set.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._changes: dict[CardKey, dict[str, CardValue]] = {}
        self._enrol(Calendar.at_unix(clock()))

    def fields(self, subject: Subject) -> Fields:
        """The card as it is now; WechatError if the caller has none such."""
        record = self._find(subject)
        return {**record.fields, **self._changes.get(_key(record), {})}

    def change(self, subject: Subject, change: Mapping[str, CardValue]) -> Fields:
        """Set fields of a card; returns the card.

        A list of ``user_information`` replaces that list whole, and leaves the other one.

        Raises:
            WechatError: no such card, or one that was made void.
        """
        record = self._find(subject)
        if record.fields.get("user_card_state") == "INVALID":
            raise invalid_request("会员卡已作废,不能修改")
        kept = dict(change)
        level = kept.get("level")
        if record.stubborn and isinstance(level, str):
            kept["level"] = level[:STUBBORN_LEVEL]
        if isinstance(form := kept.get(_FORM), Mapping):
            before = self.fields(subject).get(_FORM)
            kept[_FORM] = {**before, **form} if isinstance(before, Mapping) else form
        self._changes.setdefault(_key(record), {}).update(kept)
        return self.fields(subject)

    def openid_of(self, code: str) -> str:
        """The one person who holds this code; WechatError if it is not exactly one."""
        holders = [openid for held, openid in self._today() if held == code]
        if not holders:
            raise not_found()
        if len(holders) > 1:
            raise param_error("openid", "该会员卡code属于多个用户,请传入openid", QUERY)
        return holders[0]

    def _find(self, subject: Subject) -> CardRecord:
        if subject.brand_id != BRAND_ID:
            raise no_auth()
        record = self._today().get((subject.code, subject.openid))
        if subject.card_id != CARD_ID or record is None:
            raise not_found()
        return record

    def _today(self) -> Mapping[CardKey, CardRecord]:
        calendar = Calendar.at_unix(self._clock())
        if calendar.day() != self._day:
            self._enrol(calendar)
        return self._records

    def _enrol(self, calendar: Calendar) -> None:
        self._day = calendar.day()
        minute = calendar.now.replace(second=0, microsecond=0)
        self._records = {_key(record): record for record in build_cards(minute)}


def _key(record: CardRecord) -> CardKey:
    return record.code, record.openid
