"""Sessions to begin a test with."""

from __future__ import annotations

from posmember.domain.context import Order, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.spending import MinSpendUnit
from posmember.errors import ApiTimeoutError
from posmember.lookup.sections import Failed, Loading, Section
from posmember.lookup.units import UnitsSeen
from posmember.ui.till.session import Session
from tests.gui.driving import answer

ORDER = Order()
CODE = (
    Identifier(IdentifierKind.MEMBER_CODE, "qm1"),
    Identifier(IdentifierKind.CARD_NUMBER, "qm1"),
)
LATE = Failed(ApiTimeoutError("late"), 5)


def a_session() -> Session:
    session = Session(Store("1001", "88001"), UnitsSeen(MinSpendUnit.FEN), CODE, run=1)
    for section in Section:
        session.take(section, Loading())
    return session


def a_loaded_session(who: str = "A") -> Session:
    session = a_session()
    for section in Section:
        session.take(section, answer(section, who))
    return session


def asked_again(session: Session | None = None) -> Session:
    """A session whose member, A where none is given, is being asked for again."""
    session = session or a_loaded_session()
    session.request(ORDER)
    return session
