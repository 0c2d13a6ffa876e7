"""Member-info's gift cards and the gift-card list's, joined (RULES, last part)."""

from __future__ import annotations

from collections.abc import Sequence

from posmember.domain.giftcard import GiftCard, GiftCardKind, ListedGiftCard, MemberGiftCard
from posmember.domain.money import Money
from posmember.domain.pick import differing, end_instant, prefer, start_instant
from posmember.domain.sources import Source
from posmember.domain.values import Int, Number, Unreadable

_NOT_IN_INFO = MemberGiftCard()
_NOT_LISTED = ListedGiftCard()


def join_gift_cards(
    records: Sequence[MemberGiftCard], listed: Sequence[ListedGiftCard]
) -> tuple[GiftCard, ...]:
    """Member-info's cards with what the list says of them, then those only the list knows.

    Joined on the card number.
    """
    others = {card.card_number: card for card in listed if card.card_number}
    joined = [_card(record, others.pop(record.card_number, None)) for record in records]
    unnamed = [card for card in listed if not card.card_number]
    return (*joined, *(_card(None, card) for card in (*others.values(), *unnamed)))


def _card(record: MemberGiftCard | None, listed: ListedGiftCard | None) -> GiftCard:
    first, second = record or _NOT_IN_INFO, listed or _NOT_LISTED
    balance = prefer(first.balance, second.balance)
    times = first.kind == GiftCardKind.TIMES
    return GiftCard(
        card_number=first.card_number or second.card_number,
        name=first.name or second.name,
        kind=first.kind,
        balance=None if times or first.kind == GiftCardKind.BENEFIT else _money(balance),
        uses_left=_count(first.balance) if times else None,
        face_value=prefer(first.face_value, second.face_value),
        times_scope=first.times_scope,
        valid_from=prefer(first.valid_from, second.valid_from),
        valid_until=prefer(first.valid_until, second.valid_until),
        validity_kind=second.validity_kind,
        status=prefer(first.status, second.status),
        used_today=first.used_today,
        time_windows=first.time_windows,
        weekdays=first.weekdays,
        record=record,
        listed=listed,
        sources=_sources(record, listed),
        disagreements=_disagreements(first, second, times=times) if record and listed else (),
    )


def _sources(record: MemberGiftCard | None, listed: ListedGiftCard | None) -> tuple[Source, ...]:
    told = ((record, Source.MEMBER_INFO), (listed, Source.GIFT_CARD_LIST))
    return tuple(source for card, source in told if card is not None)


def _disagreements(
    record: MemberGiftCard, listed: ListedGiftCard, *, times: bool
) -> tuple[str, ...]:
    return differing(
        (
            ("status", record.status, listed.status),
            ("valid_from", start_instant(record.valid_from), start_instant(listed.valid_from)),
            ("valid_until", end_instant(record.valid_until), end_instant(listed.valid_until)),
            # The list has one 余额 in 元; for a 次卡 member-info counts times.
            ("balance", None if times else record.balance, listed.balance),
        )
    )


def _money(value: Number) -> Money | Unreadable | None:
    if value is None or isinstance(value, Unreadable):
        return value
    try:
        return Money.from_yuan(value)
    except ValueError:
        return Unreadable(str(value))


def _count(value: Number) -> Int:
    if value is None or isinstance(value, Unreadable):
        return value
    return int(value) if value == value.to_integral_value() else Unreadable(str(value))
