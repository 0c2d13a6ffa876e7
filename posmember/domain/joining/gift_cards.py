"""Member-info's gift cards and the gift-card list's, joined (RULES, last part)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posmember.domain.giftcard import (
    GiftCard,
    GiftCardKind,
    GiftCardStatus,
    ListedGiftCard,
    MemberGiftCard,
)
from posmember.domain.money import Money
from posmember.domain.pick import (
    MOST_ENTRIES,
    differing,
    distinct,
    end_instant,
    gravest,
    in_own_order,
    last_instants,
    prefer,
    same_end,
    start_instant,
    taken_over,
)
from posmember.domain.sources import Source
from posmember.domain.values import Int, Number, Unreadable

_Entries = tuple[list[MemberGiftCard], list[ListedGiftCard]]
_NOT_BOUND, _BOUND = 0, 1
_TOLD = frozenset(map(int, GiftCardStatus)) - {int(GiftCardStatus.UNKNOWN)}
"""What a status may say; 0 is that it is unknown."""
_NAMES = (
    *("status", "valid_from", "valid_until", "kind", "balance", "uses_left", "times_scope"),
    *("weekdays", "time_windows"),
)
_TAKEN_OVER = ("status", "valid_from", "valid_until", "validity_kind", "non_code")
"""Not the days and hours: to name none is to have no rule (RULES, "Empty or missing")."""
_OF_KIND = ("kind", "balance", "uses_left", "times_scope")
"""What is left of a card is counted by its kind, so it comes with that or not at all."""
_NOT_IN_INFO = MemberGiftCard()
_NOT_LISTED = ListedGiftCard()


def join_gift_cards(
    records: Sequence[MemberGiftCard], listed: Sequence[ListedGiftCard]
) -> tuple[GiftCard, ...]:
    """Member-info's cards with what the list says of them, then those only the list knows.

    Joined on the card number; one number is one card, however often a source has it.
    """
    found: dict[str, _Entries] = {}
    for record in records:
        if record.card_number:
            found.setdefault(record.card_number, ([], []))[0].append(record)
    for row in listed:
        if row.card_number:
            found.setdefault(row.card_number, ([], []))[1].append(row)
    nameless = in_own_order([record for record in records if not record.card_number])
    nameless_rows = in_own_order([row for row in listed if not row.card_number])
    return (
        *(_joined(*entries) for entries in found.values()),
        *(_card(record, None) for record in nameless),
        *(_card(None, row) for row in nameless_rows),
    )


def _joined(records: list[MemberGiftCard], listed: list[ListedGiftCard]) -> GiftCard:
    if len(records) < 2 and len(listed) < 2:
        alone = _card(records[0] if records else None, listed[0] if listed else None)
        told = alone.listed.valid_until if alone.listed is not None else None
        if not alone.disagreements and same_end(told, alone.valid_until):
            return alone  # nearly always
    bound = gravest((each.bound for each in listed), _NOT_BOUND, _BOUND)
    unclear = len(records) > MOST_ENTRIES or len(listed) > MOST_ENTRIES
    records, listed = distinct(records)[:MOST_ENTRIES], distinct(listed)[:MOST_ENTRIES]
    record, row = records[0] if records else None, listed[0] if listed else None
    tellings = [_card(record, row), *(_card(each, row) for each in records[1:])]
    tellings += [_as_listed(_card(record, each)) for each in listed]
    same = [replace(each, bound=bound, disagreements=()) for each in _completed(tellings)]
    versions = tuple(dict.fromkeys(e for e in same[1:] if _judged(e) != _judged(same[0])))
    entries = [_card(each, None) for each in records]
    entries += [_listed_alone(each, same[0].kind) for each in listed]
    return replace(
        same[0],
        unclear=unclear,
        versions=versions,
        entries=tuple(entries) if versions else (),
        disagreements=_all_disagreements(tellings),
    )


def _completed(tellings: Sequence[GiftCard]) -> list[GiftCard]:
    """Each with what it does not tell as others do."""
    of_a_kind = next((each for each in tellings if each.kind is not None), None)
    left = {name: getattr(of_a_kind, name) for name in _OF_KIND} if of_a_kind is not None else {}
    return [
        replace(each, **more, **({} if _tells_what_is_left(each) else left))
        for each, more in zip(tellings, taken_over(tellings, _TAKEN_OVER), strict=True)
    ]


def _tells_what_is_left(card: GiftCard) -> bool:
    record = card.record or _NOT_IN_INFO
    return record.kind is not None or record.balance is not None


def _judged(card: GiftCard) -> tuple[object, ...]:
    """What tells versions apart for the rules."""
    dates = start_instant(card.valid_from), *last_instants(card.valid_until)
    hours = card.weekdays, card.time_windows
    left = card.balance, card.uses_left, card.kind, card.times_scope
    return (card.status, *dates, *hours, *left, card.validity_kind, card.non_code)


def _as_listed(card: GiftCard) -> GiftCard:
    """The same with the list's word first."""
    listed = card.listed or _NOT_LISTED
    balance = prefer(_money(listed.balance), card.balance) if _has_money(card.kind) else None
    return replace(
        card,
        status=_status(listed.status, card.status),
        valid_from=prefer(listed.valid_from, card.valid_from),
        valid_until=prefer(listed.valid_until, card.valid_until),
        balance=balance,
    )


def _card(record: MemberGiftCard | None, listed: ListedGiftCard | None) -> GiftCard:
    first, second = record or _NOT_IN_INFO, listed or _NOT_LISTED
    balance = prefer(_money(first.balance), _money(second.balance))
    times = first.kind == GiftCardKind.TIMES
    return GiftCard(
        card_number=first.card_number or second.card_number,
        name=first.name or second.name,
        kind=first.kind,
        balance=balance if _has_money(first.kind) else None,
        uses_left=_count(first.balance) if times else None,
        face_value=prefer(first.face_value, second.face_value),
        times_scope=first.times_scope,
        valid_from=prefer(first.valid_from, second.valid_from),
        valid_until=prefer(first.valid_until, second.valid_until),
        validity_kind=second.validity_kind,
        status=_status(first.status, second.status),
        bound=second.bound,
        non_code=second.non_code,
        used_today=first.used_today,
        time_windows=first.time_windows,
        weekdays=first.weekdays,
        record=record,
        listed=listed,
        sources=_sources(record, listed),
        disagreements=_disagreements(first, second, times=times) if record and listed else (),
    )


def _listed_alone(listed: ListedGiftCard, kind: Int) -> GiftCard:
    """What the list says alone; whether its amount is the card's is told by the kind."""
    alone = _card(None, listed)
    return alone if _has_money(kind) else replace(alone, balance=None)


def _has_money(kind: Int) -> bool:
    return kind not in (GiftCardKind.TIMES, GiftCardKind.BENEFIT)


def _status(first: Int, second: Int) -> Int:
    """The first where it is known; its 0 says nothing where the second is documented."""
    return second if first == GiftCardStatus.UNKNOWN and second in _TOLD else prefer(first, second)


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


def _all_disagreements(tellings: Sequence[GiftCard]) -> tuple[str, ...]:
    """What the sources differ in, and what any two entries of one of them do."""
    first = tellings[0]
    named = {name for each in tellings for name in each.disagreements}
    for each in tellings[1:]:
        named.update(
            differing(
                (
                    ("status", first.status, each.status),
                    ("valid_from", start_instant(first.valid_from), start_instant(each.valid_from)),
                    ("valid_until", end_instant(first.valid_until), end_instant(each.valid_until)),
                    ("kind", first.kind, each.kind),
                    ("balance", first.balance, each.balance),
                    ("uses_left", first.uses_left, each.uses_left),
                    ("times_scope", first.times_scope, each.times_scope),
                    ("weekdays", first.weekdays, each.weekdays),
                    ("time_windows", first.time_windows, each.time_windows),
                )
            )
        )
    return tuple(name for name in _NAMES if name in named)


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
