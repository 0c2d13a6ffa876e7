"""Which parts of a lookup are of the one member it is about."""

from __future__ import annotations

from posmember.domain.identifier import same_id
from posmember.domain.joining.persons import Whose, is_another, same_person


class Belonging:
    """Compares the parts of one lookup.

    Args:
        shown: who is on the screen, where they are asked for again.
    """

    def __init__(self, shown: Whose | None) -> None:
        self._shown = shown
        self.member: Whose | None = None
        """Who was found."""

    def takes(self, part: Whose) -> bool:
        """Whether a part may be the member's.

        Not where it is of another than it was asked for by; than the one on the screen; than
        the one found.
        """
        if is_another(part) or (self._shown is not None and not same_person(self._shown, part)):
            return False
        return self.member is None or self.are_one(self.member, part)

    def are_one(self, first: Whose, second: Whose) -> bool:
        """Whether two parts are of one person.

        Those of a member who is on the screen were each compared with them, and may have
        nothing else in common.
        """
        same = same_person(first, second)
        return same is True or (same is None and self._shown is not None)

    def is_named(self, user_id: str, identity: Whose | None) -> bool:
        """Whether a user id is the member's by what the one on the screen, or identity, names.

        For a member whom member-info gives no id of: what it was asked by can be another's id,
        as it takes member codes in the same field.
        """
        named = (whose.user_id for whose in (self._shown, identity) if whose is not None)
        return any(same_id(user_id, one) for one in named)
