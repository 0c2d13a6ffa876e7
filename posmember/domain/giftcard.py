"""礼品卡: its two sources, and the card the rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from posmember.domain.money import Money
from posmember.domain.sources import Source
from posmember.domain.values import Int, Number, Time, Unreadable


class GiftCardKind(IntEnum):
    """礼品卡类型 (member-info, ``giftCardList[].cardType``)."""

    CASH = 1
    TIMES = 2
    BENEFIT = 3
    STORED_VALUE = 4


class GiftCardStatus(IntEnum):
    """礼品卡的状态 (``cardStatus`` of member-info, ``status`` of the gift-card list)."""

    UNKNOWN = 0
    NOT_BOUND = 1
    GIFTING = 2
    GIFTED_AWAY = 3
    BOUND = 4
    EXPIRED = 5
    RECYCLED = 6
    USED_UP = 7


class ValidityKind(IntEnum):
    """有效期类型 (gift-card list, ``validType``)."""

    UNKNOWN = 0
    LONG_TERM = 1
    FROM_BINDING = 2
    FIXED = 3


class TimesScope(IntEnum):
    """次卡适用类型 (member-info, ``applicableType``)."""

    SHARED = 1
    NAMED_GOODS = 2


@dataclass(frozen=True, slots=True)
class MemberGiftCard:
    """One row of member-info's ``giftCardList``.

    Args:
        face_value, balance: 元 for cash and stored-value cards, a count for 次卡.
        price: 售价 in 元.
        time_windows: ``useTimeScope`` as its text; weekdays: ``useWeeks`` as its text.
    """

    card_number: str = field(default="", repr=False)
    name: str = ""
    third_party_number: str = field(default="", repr=False)
    face_value: Number = None
    kind: Int = None
    balance: Number = None
    times_scope: Int = None
    valid_from: Time = None
    price: Number = None
    origin: Int = None
    status: Int = None
    valid_until: Time = None
    used_today: Int = None
    time_windows: str = ""
    weekdays: str = ""


@dataclass(frozen=True, slots=True)
class ListedGiftCard:
    """One row of the gift-card list.

    Args:
        balance: ``par_value`` (余额); face_value: ``deduct_amount`` (卡面总值); both in 元.
        non_code: ``isErp``: 1 is a card of 非码, 0 or missing of 企迈.
    """

    card_number: str = field(default="", repr=False)
    template_id: str = ""
    name: str = ""
    balance: Number = None
    cover: str = ""
    validity_text: str = ""
    face_value: Number = None
    bound: Int = None
    valid_from: Time = None
    valid_until: Time = None
    created_at: Time = None
    status_text: str = ""
    status: Int = None
    validity_kind: Int = None
    non_code: Int = None


@dataclass(frozen=True, slots=True)
class GiftCard:
    """礼品卡 as the rules see it: both sources joined, each value chosen once.

    Args:
        balance: money left on cash and stored-value cards (and on a card of unknown kind).
        uses_left: times left on a 次卡.
        bound: 0 where any entry of the list says that it is not bound.
        sources: who told of it, in the order member-info, gift-card list.
        disagreements: the fields the sources differ in, in the words of this class.
        versions: the same card as each of its other entries tells it, where they differ in
            what the rules look at.
        entries: of one with versions: what each of its entries tells alone.
        unclear: whether it has more entries than can be compared.
    """

    card_number: str = field(default="", repr=False)
    name: str = ""
    kind: Int = None
    balance: Money | Unreadable | None = None
    uses_left: Int = None
    face_value: Number = None
    times_scope: Int = None
    valid_from: Time = None
    valid_until: Time = None
    validity_kind: Int = None
    status: Int = None
    bound: Int = None
    non_code: Int = None
    used_today: Int = None
    time_windows: str = ""
    weekdays: str = ""
    record: MemberGiftCard | None = None
    listed: ListedGiftCard | None = None
    sources: tuple[Source, ...] = ()
    disagreements: tuple[str, ...] = ()
    versions: tuple[GiftCard, ...] = ()
    entries: tuple[GiftCard, ...] = ()
    unclear: bool = False

    @property
    def own_id(self) -> str:
        """What tells it from others: its number; "" where it has none."""
        return self.card_number
