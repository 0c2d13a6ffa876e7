"""Whose the order's numbers are: typed, looked up, found, not found, in every order."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.profile import Person
from posmember.ui.till.order_owner import OrderOwner

K = IdentifierKind
BLANK = ("", "", "")
TYPED = ("58", "2", "3")


class Fields:
    """Stands for the fields: what they hold, and what was taken out of them."""

    def __init__(self) -> None:
        self.texts = list(BLANK)
        self.taken: dict[int, str] = {}
        self.is_offered = self.is_typed_over = False

    def numbers(self) -> tuple[str, ...]:
        return tuple(self.texts)

    def take_out(self, places: Collection[int]) -> None:
        self.taken = {place: self.texts[place] for place in places}
        for place in places:
            self.texts[place] = ""
        self.is_offered, self.is_typed_over = True, False

    def end_offer(self) -> None:
        self.is_offered = False

    def bring_back(self) -> bool:
        taken, self.taken = self.taken, {}
        self.is_offered = False
        if self.is_typed_over or not taken:
            return False
        for place, text in taken.items():
            self.texts[place] = text
        return True

    def forget_taken(self) -> None:
        self.taken, self.is_offered = {}, False

    def forget(self) -> None:
        self.forget_taken()
        self.texts = list(BLANK)


class Till:
    """A cashier at the fields: codes are letters, and a person is named by theirs."""

    def __init__(self) -> None:
        self.fields = Fields()
        self.owner = OrderOwner(self.fields)

    def type(self, *texts: str) -> None:
        if self.fields.taken:
            self.fields.is_typed_over = True
        self.fields.texts[: len(texts)] = texts

    def f8(self) -> None:
        assert self.fields.is_offered
        assert self.fields.bring_back()

    def scan(self, code: str, *, continues: bool = False) -> None:
        """Look a code up as the program tries it; nobody is found yet."""
        tried = (Identifier(K.MEMBER_CODE, code), Identifier(K.CARD_NUMBER, code))
        self.look_up(tried, continues=continues)

    def look_up(self, tried: tuple[Identifier, ...], *, continues: bool = False) -> None:
        self.owner.look_up(tried, continues=continues)
        self.owner.see(None, waiting=True)

    def find(self, who: str, *, user_id: str | None = None, mobile: str | None = None) -> None:
        person = Person(
            user_id=f"id-{who}" if user_id is None else user_id,
            mobile=mobile or f"mobile-{who}",
            card_number=f"card-{who}",
        )
        self.owner.see(person, waiting=False)

    def miss(self) -> None:
        self.owner.see(None, waiting=False)

    def serve(self, who: str) -> None:
        self.scan(f"code-{who}")
        self.find(who)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self.fields.texts)


@pytest.fixture
def till() -> Till:
    return Till()


# --- another customer --------------------------------------------------------------------------


def test_what_was_typed_for_one_is_gone_before_the_next_is_found(till: Till) -> None:
    till.serve("A")
    till.type(*TYPED)
    till.scan("code-B")
    assert till.texts == BLANK
    assert till.fields.is_offered
    till.find("B")
    assert till.texts == BLANK
    assert till.fields.is_offered, "until the next lookup"


def test_also_where_nobody_is_found(till: Till) -> None:
    till.serve("A")
    till.type(*TYPED)
    till.scan("code-X")
    till.miss()
    assert till.texts == BLANK
    assert till.fields.is_offered


def test_the_offer_ends_with_the_next_lookup(till: Till) -> None:
    till.serve("A")
    till.type(*TYPED)
    till.serve("B")
    till.serve("C")
    assert not till.fields.is_offered
    assert till.texts == BLANK
    till.serve("A")
    assert till.texts == BLANK, "another was served since"
    assert till.fields.taken == {}


def test_what_is_typed_while_somebody_is_looked_up_is_theirs(till: Till) -> None:
    till.scan("code-A")
    till.type("58")
    till.find("A")
    assert till.texts == ("58", "", "")
    till.scan("code-B")
    assert till.texts == BLANK


def test_also_if_they_are_not_found(till: Till) -> None:
    till.scan("code-X")
    till.type("58")
    till.miss()
    assert till.texts == ("58", "", "")
    till.serve("B")
    assert till.texts == BLANK


def test_what_is_corrected_for_one_stays_theirs(till: Till) -> None:
    till.serve("A")
    till.type("58")
    till.type("60", "1")
    till.serve("B")
    assert till.texts == BLANK
    assert till.fields.taken == {0: "60", 1: "1"}


def test_what_f8_brought_back_is_of_whoever_is_there(till: Till) -> None:
    till.serve("A")
    till.type("58")
    till.serve("B")
    till.f8()
    assert till.texts == ("58", "", "")
    till.serve("B")
    assert till.texts == ("58", "", "")
    till.serve("C")
    assert till.texts == BLANK


# --- nobody on the screen ----------------------------------------------------------------------


def test_what_is_typed_with_nobody_there_is_the_next_ones(till: Till) -> None:
    till.type(*TYPED)
    till.serve("A")
    assert till.texts == TYPED
    till.serve("B")
    assert till.texts == BLANK


def test_the_next_one_is_whoever_is_looked_up_next(till: Till) -> None:
    """They may be no member, and pay and leave: what was theirs judges nobody else."""
    till.type("58")
    till.scan("code-X")
    till.miss()
    till.serve("B")
    assert till.texts == BLANK
    assert till.fields.taken == {0: "58"}


def test_what_is_typed_behind_a_lookup_that_found_nobody_is_the_next_ones(till: Till) -> None:
    till.scan("code-X")
    till.miss()
    till.type("58")
    till.serve("B")
    assert till.texts == ("58", "", "")


def test_each_field_has_its_own_owner(till: Till) -> None:
    till.serve("A")
    till.type("58")
    till.miss()  # a wrong code took the member from the screen
    till.type("58", "", "3")
    till.serve("B")
    assert till.texts == ("", "", "3")
    assert till.fields.taken == {0: "58"}


def test_a_key_that_was_put_back_was_not_typed(till: Till) -> None:
    """The first key of a scan reaches the field where the keyboard is."""
    till.serve("A")
    till.type("58")
    till.miss()
    till.type("589")
    till.type("58")
    till.serve("B")
    assert till.texts == BLANK


def test_a_cleared_screen_is_nobodys(till: Till) -> None:
    till.serve("A")
    till.type(*TYPED)
    till.serve("B")
    till.owner.forget()
    assert till.texts == BLANK
    assert till.fields.taken == {}
    till.type("7")
    till.serve("A")
    assert till.texts == ("7", "", "")


# --- the same customer -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tried",
    [
        (Identifier(K.MEMBER_CODE, "code-A"), Identifier(K.CARD_NUMBER, "code-A")),
        (Identifier(K.CARD_NUMBER, "code-A"),),
        (Identifier(K.USER_ID, "id-A"),),
        (Identifier(K.MOBILE, "mobile-A"), Identifier(K.MEMBER_CODE, "mobile-A")),
        (Identifier(K.MEMBER_CODE, "card-A"), Identifier(K.CARD_NUMBER, "card-A")),
    ],
    ids=["its code", "as a card", "their id", "their phone", "their card"],
)
def test_the_same_customer_again_keeps_them(till: Till, tried: tuple[Identifier, ...]) -> None:
    till.serve("A")
    till.type(*TYPED)
    till.look_up(tried)
    assert till.texts == TYPED
    assert not till.fields.is_offered
    till.find("A")
    assert till.texts == TYPED
    till.serve("B")
    assert till.texts == BLANK


def test_a_new_code_of_the_same_customer_brings_them_back(till: Till) -> None:
    """A member code on a phone changes each minute."""
    till.serve("A")
    till.type(*TYPED)
    till.scan("code-A-of-this-minute")
    assert till.texts == BLANK
    till.find("A")
    assert till.texts == TYPED
    assert not till.fields.is_offered


@pytest.mark.parametrize("code", ["code-A", "code-A-of-this-minute"])
def test_also_behind_a_code_that_nobody_has(till: Till, code: str) -> None:
    till.serve("A")
    till.type(*TYPED)
    till.scan("code-X")
    till.miss()
    till.scan(code)
    till.find("A")
    assert till.texts == TYPED


def test_not_over_what_was_typed_since(till: Till) -> None:
    till.serve("A")
    till.type(*TYPED)
    till.scan("code-X")
    till.miss()
    till.type("7")
    till.scan("code-A")
    till.find("A")
    assert till.texts == ("7", "", "")


def test_who_seemed_to_be_the_same_and_is_another_one(till: Till) -> None:
    """One text may be one's card number and another one's member code."""
    till.serve("A")
    till.type(*TYPED)
    till.scan("card-A")
    assert till.texts == TYPED
    till.find("B")
    assert till.texts == BLANK
    assert till.fields.is_offered
    till.find("B")
    assert till.fields.is_offered, "told once"


def test_a_masked_number_is_nobodys(till: Till) -> None:
    till.scan("code-A")
    till.find("A", mobile="138****0001")
    till.type("58")
    till.look_up((Identifier(K.MOBILE, "138****0001"),))
    assert till.texts == BLANK


def test_without_an_id_nobody_is_surely_the_same(till: Till) -> None:
    till.scan("code-A")
    till.find("A", user_id="")
    till.type("58")
    till.scan("code-B")
    till.find("B", user_id="")
    assert till.texts == BLANK


# --- several codes of one burst ----------------------------------------------------------------


def test_the_next_code_of_a_burst_is_of_the_same_customer(till: Till) -> None:
    till.scan("code-X")
    till.type("58")
    till.miss()
    till.scan("code-A", continues=True)
    till.find("A")
    assert till.texts == ("58", "", "")
    till.scan("code-X")
    assert till.texts == ("58", "", ""), "both codes were theirs"


def test_what_was_taken_out_for_a_burst_is_offered_to_its_end(till: Till) -> None:
    till.serve("A")
    till.type("58")
    till.scan("code-X")
    till.scan("code-B", continues=True)
    till.find("B")
    assert till.fields.is_offered


def test_a_burst_whose_second_code_is_the_customers_before(till: Till) -> None:
    till.serve("A")
    till.type("58")
    till.scan("code-X")
    till.scan("code-A", continues=True)
    till.find("A")
    assert till.texts == ("58", "", "")
