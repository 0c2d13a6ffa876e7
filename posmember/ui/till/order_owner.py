"""Whose the order's numbers are: no amount of one customer may judge another. No Qt.

What is typed belongs to the customer on the screen or being looked up; with nobody there, to the
next one. Another customer takes it out of the fields, and may bring it back with one key.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.profile import Person


class OrderFields(Protocol):
    """The fields of the order's numbers; a place is that of a field, from 0."""

    def numbers(self) -> tuple[str, ...]:
        """Return the texts of the fields."""

    def take_out(self, places: Collection[int]) -> None:
        """Take texts out of their fields, and offer them."""

    def end_offer(self) -> None:
        """Offer no longer what was taken out; it is not forgotten yet."""

    def bring_back(self) -> bool:
        """Put back what was taken out last; returns whether there was anything."""

    def forget_taken(self) -> None:
        """Forget what was taken out."""

    def forget(self) -> None:
        """Forget the numbers, and those that were taken out."""


@dataclass(slots=True, eq=False)
class _Customer:
    """Somebody who was looked up.

    Args:
        known_as: what they were looked up by, and what they turned out to be.
        user_id: the platform's, "" while it is not known.
    """

    known_as: set[Identifier] = field(repr=False)
    user_id: str = ""

    def is_known_as(self, identifiers: Collection[Identifier]) -> bool:
        return not self.known_as.isdisjoint(identifiers)

    def is_not(self, person: Person) -> bool:
        """Whether somebody is certainly another one."""
        return bool(self.user_id and person.user_id and self.user_id != person.user_id)

    def is_surely(self, person: Person) -> bool:
        """Whether somebody is certainly the same one."""
        return bool(self.user_id and self.user_id == person.user_id)


class OrderOwner:
    """Takes the numbers out when another customer comes, before anything is judged by them.

    Who typed what is told by comparing the fields with what they held when the customer last
    changed; so what a scanner's first key did there, and was put back, does not count.

    Args:
        fields: where the numbers are typed.
    """

    def __init__(self, fields: OrderFields) -> None:
        self._fields = fields
        blank = fields.numbers()
        self._seen: tuple[str, ...] = ("",) * len(blank)
        self._owners: list[_Customer | None] = [None] * len(blank)
        self._now: _Customer | None = None
        self._is_there = self._is_found = False
        self._taken_from: _Customer | None = None

    def look_up(self, identifiers: Collection[Identifier], *, continues: bool = False) -> None:
        """Somebody is looked up.

        Args:
            identifiers: what is tried.
            continues: whether it is only another code of the burst that is looked up already,
                and so the same customer's.
        """
        self._settle()
        if continues and self._now is not None:
            self._now.known_as.update(identifiers)
            self._is_there, self._is_found = True, False
            return
        coming = _Customer(set(identifiers))
        if self._taken_from is not None and self._taken_from.is_known_as(identifiers):
            self._bring_back(coming)
            self._taken_from = None
        elif self._taken_from is not None:
            self._fields.end_offer()  # who comes may still turn out to be the same
        else:
            self._fields.forget_taken()
        others = [
            place
            for place, owner in enumerate(self._owners)
            if owner is not None and owner is not coming and not owner.is_known_as(identifiers)
        ]
        self._owners = [coming if owner is None else owner for owner in self._owners]
        self._now, self._is_there, self._is_found = coming, True, False
        self._take_out(others)

    def see(self, person: Person | None, *, waiting: bool) -> None:
        """Take note of who is on the screen; to be called before anything is judged.

        Args:
            person: None while nobody is known, or where nobody was found.
            waiting: whether somebody may still be found.
        """
        if person is not None:
            self._find(person)
        elif not waiting and self._is_there:
            self._settle()
            self._is_there = False  # what is typed from now on is the next one's

    def forget(self) -> None:
        """Forget everybody, and the numbers."""
        self._fields.forget()
        self._seen = self._fields.numbers()
        self._owners = [None] * len(self._seen)
        self._now = self._taken_from = None
        self._is_there = False

    def _find(self, person: Person) -> None:
        """The customer who is looked up is this one: who seemed to be may be another."""
        now = self._now
        if now is None or self._is_found:
            return
        self._settle()
        self._is_found = True
        now.user_id = person.user_id
        now.known_as |= _identifiers_of(person)
        others = [
            place
            for place, owner in enumerate(self._owners)
            if owner is not None and owner.is_not(person)
        ]
        self._owners = [
            owner if place in others else now for place, owner in enumerate(self._owners)
        ]
        taken_from, self._taken_from = self._taken_from, None  # from now on F8 alone has it
        if taken_from is not None and taken_from.is_surely(person):
            self._bring_back(now)
        self._take_out(others)

    def _settle(self) -> None:
        """Give what was typed since the last change of customers to the present one."""
        now = self._fields.numbers()
        for place, text in enumerate(now):
            if text != self._seen[place]:
                self._owners[place] = self._now if self._is_there else None
        self._seen = now

    def _take_out(self, places: Collection[int]) -> None:
        texts = [place for place in places if self._seen[place]]
        if texts:
            owners = {self._owners[place] for place in texts}
            self._fields.take_out(texts)
            self._taken_from = owners.pop() if len(owners) == 1 else None
            self._seen = self._fields.numbers()
        for place in places:
            self._owners[place] = None

    def _bring_back(self, owner: _Customer) -> None:
        """Give a customer who came back what was taken out, if it has not been typed anew."""
        before = self._seen
        if self._fields.bring_back():
            self._seen = self._fields.numbers()
            for place, text in enumerate(self._seen):
                if text != before[place]:
                    self._owners[place] = owner


def _identifiers_of(person: Person) -> set[Identifier]:
    """What somebody can be looked up by; a masked number is none."""
    kinds = IdentifierKind
    return {
        Identifier(kind, value)
        for kind, value in (
            (kinds.USER_ID, person.user_id),
            (kinds.MOBILE, person.mobile),
            (kinds.CARD_NUMBER, person.card_number),
        )
        if value and "*" not in value
    }
