"""Whether a member is asked for by a phone number, which anybody can say of somebody."""

from __future__ import annotations

from collections.abc import Iterable

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.persons import whole_mobile


def is_by_phone(identifier: Identifier) -> bool:
    """Whether it is one, also where it is taken as a card's number: many chains give it as that."""
    return identifier.kind is IdentifierKind.MOBILE or bool(whole_mobile(identifier.value))


def any_by_phone(identifiers: Iterable[Identifier]) -> bool:
    """Whether any of them is."""
    return any(map(is_by_phone, identifiers))
