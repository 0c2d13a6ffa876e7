"""By what nobody was found: said only when all was asked, and where it is no slip."""

from __future__ import annotations

import pytest

from posmember.domain.context import Order, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.persons import Whose
from posmember.errors import ApiTimeoutError, MemberNotFoundError
from posmember.lookup.sections import Failed, Loading, Section, SectionState
from posmember.lookup.units import UnitsSeen
from posmember.ui.till.session import Session
from posmember.ui.view.screen import Nobody
from tests.gui.driving import NOW, answer

NOT_FOUND = Failed(MemberNotFoundError("nobody"), 5)
PHONE = Identifier(IdentifierKind.MOBILE, "13900001111")
CODE = Identifier(IdentifierKind.MEMBER_CODE, "qm99887766")


def session(identifier: Identifier, shown: Whose | None = None) -> Session:
    return Session(Store(), UnitsSeen(None), (identifier,), 1, shown)


def told(made: Session, *states: SectionState) -> Nobody | None:
    for section, state in zip(Section, states, strict=True):
        made.take(section, state)
    return made.view(Order(), NOW).nobody


@pytest.mark.parametrize(
    ("identifier", "nobody"),
    [
        (PHONE, Nobody.PHONE),
        (Identifier(IdentifierKind.CARD_NUMBER, PHONE.value), Nobody.PHONE),
        (CODE, Nobody.CODE),
        (Identifier(IdentifierKind.MOBILE, "1390000111"), None),
        (Identifier(IdentifierKind.MEMBER_CODE, "6901234567892"), None),
    ],
    ids=["phone", "phone as a card", "code", "a digit too few", "goods"],
)
def test_who_was_not_found(identifier: Identifier, nobody: Nobody | None) -> None:
    assert told(session(identifier), *[NOT_FOUND] * 3) is nobody


def test_not_while_something_is_asked() -> None:
    assert told(session(PHONE), NOT_FOUND, Loading(), NOT_FOUND) is None


def test_not_where_another_section_knows_them() -> None:
    found = answer(Section.IDENTITY, "甲")
    assert told(session(PHONE), NOT_FOUND, found, NOT_FOUND) is None


def test_not_where_it_failed_otherwise() -> None:
    failed = Failed(ApiTimeoutError("no answer"), 5)
    assert told(session(PHONE), *[failed] * 3) is None


def test_not_of_who_was_identified_by_a_secret() -> None:
    assert told(session(PHONE, Whose(user_id="1")), *[NOT_FOUND] * 3) is None


def test_not_before_anything_was_looked_up() -> None:
    assert Session(Store(), UnitsSeen(None)).view(Order(), NOW).nobody is None
