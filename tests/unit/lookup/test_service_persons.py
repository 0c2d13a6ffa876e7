"""Nothing of another person: what a lookup and a refresh make of answers that are not one's."""

from __future__ import annotations

from typing import Any

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.persons import Whose, same_person
from posmember.errors import ApiConnectionError, MemberNotFoundError, OtherMemberError
from posmember.lookup.sections import Failed, Loaded, Section
from tests.fakes.platform import Answer, Lookup, cards, failure, identifiers, identity, info

A, B = "13800000001", "13900000002"
CODE = identifiers(member_code="qm1")
MOBILE = identifiers(mobile=A)
USER_ID = identifiers(user_id="1")
NOBODY, OFFLINE = failure(MemberNotFoundError), failure(ApiConnectionError)
OTHER = "failed OtherMemberError"
Steps = list[tuple[str, Answer]]

FIRST: dict[str, tuple[list[Identifier], Steps, str, str, str]] = {
    "another phone than was asked for": (
        MOBILE,
        [(f"member_info mobile {A}", info("1", mobile=B))],
        *(OTHER, "skipped no_user_id", "skipped no_user_id"),
    ),
    "another phone, of three things that the text can be": (
        identifiers(mobile=A, member_code=A, card_number=A),
        [(f"member_info mobile {A}", info("1", mobile=B))],
        *(OTHER, "skipped no_user_id", "skipped no_user_id"),
    ),
    "the phone in another form": (
        MOBILE,
        [
            (f"member_info mobile {A}", info("1", mobile="+86 138 0000 0001")),
            ("identity user_id 1", identity("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "the phone masked": (
        MOBILE,
        [
            (f"member_info mobile {A}", info("1", mobile="138****0001")),
            ("identity user_id 1", identity("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "another card than was asked for": (
        identifiers(card_number="VIP1"),
        [("member_info card_number VIP1", info("1", card_number="VIP2"))],
        *(OTHER, "skipped no_user_id", "skipped no_user_id"),
    ),
    "an id that is another's member code, and identity knows whose id it is": (
        USER_ID,
        [
            ("member_info user_id 1", info("7")),
            ("identity user_id 1", identity("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        *(OTHER, "loaded 1", "loaded LP1"),
    ),
    "an id that is another's member code, and identity takes it for a code, too": (
        USER_ID,
        [
            ("member_info user_id 1", info("7")),
            ("identity user_id 1", identity("7")),
            ("gift_cards 1", cards("LP1")),
        ],
        *(OTHER, OTHER, "loaded LP1"),
    ),
    "the id that identity gives is another's member code": (
        CODE,
        [
            ("member_info member_code qm1", NOBODY),
            ("identity member_code qm1", identity("1")),
            ("member_info user_id 1", info("7")),
            ("gift_cards 1", cards("LP1")),
        ],
        *(OTHER, "loaded 1", "loaded LP1"),
    ),
    "identity without an id, and with another phone": (
        CODE,
        [
            ("member_info member_code qm1", info("1", mobile=A)),
            ("identity member_code qm1", identity("", mobile=B)),
            ("gift_cards 1", cards("LP1")),
            ("identity user_id 1", identity("", mobile=B)),
        ],
        *("loaded 1", OTHER, "loaded LP1"),
    ),
    "the same, identity first": (
        CODE,
        [
            ("identity member_code qm1", identity("", mobile=B)),
            ("member_info member_code qm1", info("1", mobile=A)),
            ("gift_cards 1", cards("LP1")),
            ("identity user_id 1", identity("1", mobile=A)),
        ],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "identity asked by the id of a phone's member, without an id and with another phone": (
        MOBILE,
        [
            (f"member_info mobile {A}", info("1")),
            ("identity user_id 1", identity("", mobile=B)),
            ("gift_cards 1", cards("LP1")),
        ],
        *("loaded 1", OTHER, "loaded LP1"),
    ),
    "identity without an id, and with the same phone": (
        CODE,
        [
            ("member_info member_code qm1", info("1", mobile=A)),
            ("identity member_code qm1", identity("", mobile="0086-" + A)),
            ("gift_cards 1", cards("LP1")),
        ],
        *("loaded 1", "loaded", "loaded LP1"),
    ),
    "member-info without an id, identity with one, two phones": (
        CODE,
        [
            ("identity member_code qm1", identity("2", mobile=B)),
            ("gift_cards 2", cards("LP2")),
            ("member_info member_code qm1", info("", mobile=A)),
        ],
        *("loaded", OTHER, "skipped no_user_id"),
    ),
    "the same, member-info first": (
        CODE,
        [
            ("member_info member_code qm1", info("", mobile=A)),
            ("identity member_code qm1", identity("2", mobile=B)),
        ],
        *("loaded", OTHER, "skipped no_user_id"),
    ),
    "member-info without an id, identity with one, one phone": (
        CODE,
        [
            ("member_info member_code qm1", info("", mobile=A)),
            ("identity member_code qm1", identity("1", mobile=A)),
            ("gift_cards 1", cards("LP1")),
        ],
        *("loaded", "loaded 1", "loaded LP1"),
    ),
    "by an id: identity without one and with another phone leaves the cards of that id": (
        USER_ID,
        [
            ("identity user_id 1", identity("", mobile=B)),
            ("gift_cards 1", cards("LP1")),
            ("member_info user_id 1", info("1", mobile=A)),
        ],
        *("loaded 1", OTHER, "loaded LP1"),
    ),
}


DIGITS = identifiers(member_code="7001")
NAMELESS: dict[str, tuple[list[Identifier], Steps, str, str, str]] = {
    # Member-info takes 7001 for the member code of B, and gives B without an id.
    "identity's id is another's member code": (
        CODE,
        [
            ("member_info member_code qm1", NOBODY),
            ("identity member_code qm1", identity("1", mobile=A)),
            ("gift_cards 1", cards("LP1")),
            ("member_info user_id 1", info("", mobile="")),
        ],
        *(OTHER, "loaded 1", "loaded LP1"),
    ),
    "the same, with a phone of nobody": (
        CODE,
        [
            ("member_info member_code qm1", NOBODY),
            ("identity member_code qm1", identity("1", mobile="138****0001")),
            ("gift_cards 1", cards("LP1")),
            ("member_info user_id 1", info("", mobile="138****0001")),
        ],
        *(OTHER, "loaded 1", "loaded LP1"),
    ),
    "the same, with the same phone": (
        CODE,
        [
            ("member_info member_code qm1", NOBODY),
            ("identity member_code qm1", identity("1", mobile=A)),
            ("gift_cards 1", cards("LP1")),
            ("member_info user_id 1", info("", mobile=A)),
        ],
        *("loaded", "loaded 1", "loaded LP1"),
    ),
    "an id was typed, and identity cannot be compared": (
        USER_ID,
        [
            ("member_info user_id 1", info("", mobile=A)),
            ("gift_cards 1", cards("LP1")),
            ("identity user_id 1", identity("1")),
        ],
        *(OTHER, "loaded 1", "loaded LP1"),
    ),
    "an id was typed, and identity has another phone": (
        USER_ID,
        [
            ("identity user_id 1", identity("", mobile=B)),
            ("gift_cards 1", cards("LP1")),
            ("member_info user_id 1", info("", mobile=A)),
        ],
        *(OTHER, "loaded", "loaded LP1"),
    ),
    "an id was typed, and identity has the same phone": (
        USER_ID,
        [
            ("member_info user_id 1", info("", mobile=A)),
            ("gift_cards 1", cards("LP1")),
            ("identity user_id 1", identity("1.0", mobile=A)),
        ],
        *("loaded", "loaded 1.0", "loaded LP1"),
    ),
    "an id was typed, identity has the same phone, and nobody names the id": (
        USER_ID,
        [
            ("gift_cards 1", cards("LP1")),
            ("identity user_id 1", identity("", mobile=A)),
            ("member_info user_id 1", info("", mobile=A)),
        ],
        *("loaded", "loaded", "skipped no_user_id"),
    ),
    "an id was typed, and identity fails: no cards": (
        USER_ID,
        [
            ("member_info user_id 1", info("", mobile=A)),
            ("gift_cards 1", cards("LP1")),
            ("identity user_id 1", OFFLINE),
        ],
        *("loaded", "failed ApiConnectionError", "skipped no_user_id"),
    ),
    "an id was typed, and identity knows nobody: no cards, though they are under way": (
        USER_ID,
        [
            ("identity user_id 1", NOBODY),
            ("member_info user_id 1", info("", mobile=A)),
        ],
        *("loaded", "failed MemberNotFoundError", "skipped no_user_id"),
    ),
    "a code of digits is the id of one and the code of another": (
        DIGITS,
        [
            ("identity member_code 7001", identity("8002")),
            ("gift_cards 8002", cards("LP2")),
            ("member_info member_code 7001", info("", mobile="138****0001")),
        ],
        *("loaded", OTHER, "skipped no_user_id"),
    ),
    "the same, member-info first": (
        DIGITS,
        [
            ("member_info member_code 7001", info("", mobile="138****0001")),
            ("identity member_code 7001", identity("8002", mobile=A)),
        ],
        *("loaded", OTHER, "skipped no_user_id"),
    ),
    "the same, and member-info names the id: identity is asked by it": (
        DIGITS,
        [
            ("member_info member_code 7001", info("7001")),
            ("identity member_code 7001", identity("", mobile=A)),
            ("gift_cards 7001", cards("LP1")),
            ("identity user_id 7001", identity("")),
        ],
        *("loaded 7001", "loaded", "loaded LP1"),
    ),
    "a code of digits, and one phone": (
        DIGITS,
        [
            ("member_info member_code 7001", info("", mobile=A)),
            ("identity member_code 7001", identity("8002", mobile=A)),
            ("gift_cards 8002", cards("LP2")),
        ],
        *("loaded", "loaded 8002", "loaded LP2"),
    ),
    "an id in two forms: its cards are asked for once": (
        identifiers(user_id="7001"),
        [
            ("member_info user_id 7001", info("007001")),
            ("identity user_id 7001", identity("7001")),
            ("gift_cards 7001", cards("LP1")),
        ],
        *("loaded 007001", "loaded 7001", "loaded LP1"),
    ),
}
FIRST |= NAMELESS


@pytest.mark.parametrize(
    ("by", "steps", "member", "who", "listed"), list(FIRST.values()), ids=list(FIRST)
)
async def test_a_lookup(
    by: list[Identifier], steps: Steps, member: str, who: str, listed: str
) -> None:
    lookup = Lookup(by)
    await lookup.play(*steps)
    assert lookup.final == {"member": member, "identity": who, "gift_cards": listed}
    assert lookup.platform.asked == list(dict.fromkeys(lookup.platform.asked))
    check_nothing_was_ever_mixed(lookup)


def check_nothing_was_ever_mixed(lookup: Lookup) -> None:
    """At no moment was a loaded identity delivered beside a member of another person.

    In a refresh each of them may be known by what the one on the screen has of it alone.
    """
    now: dict[Section, Any] = {}
    for section, state in lookup.delivered:
        now[section] = state
        member, who = now.get(Section.MEMBER), now.get(Section.IDENTITY)
        if isinstance(member, Loaded) and isinstance(who, Loaded):
            same = same_person(member.whose, who.whose)
            assert same if lookup.shown is None else same is not False


async def test_every_part_says_by_what_it_was_asked_and_whom_it_names() -> None:
    lookup = Lookup(CODE)
    await lookup.play(
        ("identity member_code qm1", identity("1", mobile=A)),
        ("gift_cards 1", cards("LP1")),
        ("member_info member_code qm1", info("1", mobile=A, card_number="VIP1")),
    )
    told = {section: lookup.last(section) for section in Section}
    by_id = Identifier(IdentifierKind.USER_ID, "1")
    assert {s: state.whose for s, state in told.items() if isinstance(state, Loaded)} == {
        Section.MEMBER: Whose(CODE[0], "1", A, "VIP1"),
        Section.IDENTITY: Whose(CODE[0], "1", A),
        Section.GIFT_CARDS: Whose(by_id, asked_id="1"),
    }


async def test_a_member_found_by_identitys_id_was_asked_by_it_and_found_by_the_code() -> None:
    lookup = Lookup(CODE)
    await lookup.play(
        ("member_info member_code qm1", NOBODY),
        ("identity member_code qm1", identity("1")),
        ("member_info user_id 1", info("1")),
        ("gift_cards 1", cards()),
    )
    state = lookup.last(Section.MEMBER)
    assert isinstance(state, Loaded)
    assert (state.asked_by, state.found_by) == (USER_ID[0], CODE[0])


async def test_the_error_says_nothing_of_either_person() -> None:
    lookup = Lookup(MOBILE)
    await lookup.play((f"member_info mobile {A}", info("1", mobile=B)))
    state = lookup.last(Section.MEMBER)
    assert isinstance(state, Failed)
    assert isinstance(state.error, OtherMemberError)
    assert state.error.api == "member"
    assert not any(number in f"{state.error!r} {state.error}" for number in (A, B))


# --- a refresh -----------------------------------------------------------------------------------

SHOWN = Whose(CODE[0], "1", A)
AGAIN = identifiers(user_id="1", member_code="qm1", mobile=A)
BY_ID: Steps = [("identity user_id 1", identity("1")), ("gift_cards 1", cards("LP1"))]

REFRESHES: dict[str, tuple[Steps, str, str, str]] = {
    "as ever": (
        [("member_info user_id 1", info("1")), *BY_ID],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "the id is another's member code: then by what found the member": (
        [
            ("member_info user_id 1", info("7")),
            ("member_info member_code qm1", info("1")),
            *BY_ID,
        ],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "and the code is good no more: then by the phone": (
        [
            *BY_ID,
            ("member_info user_id 1", info("7")),
            ("member_info member_code qm1", NOBODY),
            (f"member_info mobile {A}", info("1")),
        ],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "and the code is another's by now": (
        [
            ("member_info user_id 1", info("7")),
            *BY_ID,
            ("member_info member_code qm1", info("8")),
            (f"member_info mobile {A}", info("1")),
        ],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "nothing finds the member: nothing of anybody else": (
        [
            ("member_info user_id 1", info("7")),
            ("member_info member_code qm1", info("7")),
            (f"member_info mobile {A}", NOBODY),
            *BY_ID,
        ],
        *(OTHER, "loaded 1", "loaded LP1"),
    ),
    "member-info does not know the id": (
        [
            ("member_info user_id 1", NOBODY),
            ("identity user_id 1", NOBODY),
            ("member_info member_code qm1", info("1")),
            ("gift_cards 1", cards("LP1")),
            ("identity member_code qm1", identity("1")),
        ],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "nobody at all any more": (
        [
            ("member_info user_id 1", NOBODY),
            *BY_ID[1:],
            ("identity user_id 1", NOBODY),
            ("member_info member_code qm1", NOBODY),
            ("identity member_code qm1", NOBODY),
            (f"member_info mobile {A}", NOBODY),
        ],
        *("failed MemberNotFoundError", "skipped not_found", "loaded LP1"),
    ),
    "no connection is no reason to try another": (
        [("member_info user_id 1", OFFLINE), *BY_ID],
        *("failed ApiConnectionError", "loaded 1", "loaded LP1"),
    ),
    "identity is of another": (
        [
            ("member_info user_id 1", info("1")),
            ("identity user_id 1", identity("7")),
            ("gift_cards 1", cards("LP1")),
        ],
        *("loaded 1", OTHER, "loaded LP1"),
    ),
    "identity without an id, and with another phone than is on the screen": (
        [
            ("identity user_id 1", identity("", mobile=B)),
            ("member_info user_id 1", info("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        *("loaded 1", OTHER, "loaded LP1"),
    ),
    "an answer by the id that names nobody: then by what found the member": (
        [
            ("member_info user_id 1", info("")),
            ("member_info member_code qm1", info("1")),
            *BY_ID,
        ],
        *("loaded 1", "loaded 1", "loaded LP1"),
    ),
    "the same, with a mask that fits; and the code, which has a letter, is the member's": (
        [
            ("member_info user_id 1", info("", mobile="138****0001")),
            ("member_info member_code qm1", info("")),
            *BY_ID,
        ],
        *("loaded", "loaded 1", "loaded LP1"),
    ),
    "the same by every way": (
        [
            ("member_info user_id 1", info("")),
            ("member_info member_code qm1", info("7")),
            (f"member_info mobile {A}", NOBODY),
            *BY_ID,
        ],
        *(OTHER, "loaded 1", "loaded LP1"),
    ),
    "an answer that names the whole phone, and identity the id": (
        [("member_info user_id 1", info("", mobile="+86" + A)), *BY_ID],
        *("loaded", "loaded 1", "loaded LP1"),
    ),
    "identity that was asked by the id and names nobody": (
        [
            ("member_info user_id 1", info("1")),
            ("identity user_id 1", identity("")),
            ("gift_cards 1", cards("LP1")),
        ],
        *("loaded 1", "loaded", "loaded LP1"),
    ),
}


@pytest.mark.parametrize(
    ("steps", "member", "who", "listed"), list(REFRESHES.values()), ids=list(REFRESHES)
)
async def test_a_refresh(steps: Steps, member: str, who: str, listed: str) -> None:
    lookup = Lookup(AGAIN, shown=SHOWN)
    await lookup.play(*steps)
    assert lookup.final == {"member": member, "identity": who, "gift_cards": listed}
    asked = lookup.platform.asked
    assert asked == list(dict.fromkeys(asked))
    assert [call for call in asked if call.startswith("gift_cards")] == ["gift_cards 1"]
    check_nothing_was_ever_mixed(lookup)


async def test_a_refresh_of_a_member_without_an_id() -> None:
    lookup = Lookup(CODE, shown=Whose(CODE[0], "", A))
    await lookup.play(
        ("member_info member_code qm1", info("", mobile=A)),
        ("identity member_code qm1", identity("1")),
        ("gift_cards 1", cards("LP1")),
    )
    assert lookup.final == {
        "member": "loaded",
        "identity": "loaded 1",
        "gift_cards": "loaded LP1",
    }


# --- of a member whose id nobody names, and who was found by digits ------------------------------

NAMELESS_AGAIN: dict[str, tuple[Whose, list[Identifier], Steps, str, str, str]] = {
    "a code of digits may be another's id by now": (
        Whose(DIGITS[0], "", "138****0001"),
        DIGITS,
        [
            ("member_info member_code 7001", info("", mobile="138****0001")),
            ("identity member_code 7001", identity("8002")),
        ],
        *(OTHER, OTHER, "skipped no_user_id"),
    ),
    "the phone tells": (
        Whose(DIGITS[0], "", A),
        DIGITS,
        [
            ("identity member_code 7001", identity("8002", mobile=A)),
            ("gift_cards 8002", cards("LP2")),
            ("member_info member_code 7001", info("", mobile=A)),
        ],
        *("loaded", "loaded 8002", "loaded LP2"),
    ),
    "an id that was typed": (
        Whose(USER_ID[0], "", A),
        USER_ID,
        [
            ("member_info user_id 1", info("", mobile=A)),
            ("gift_cards 1", cards("LP1")),
            ("identity user_id 1", OFFLINE),
        ],
        *("loaded", "failed ApiConnectionError", "skipped no_user_id"),
    ),
    "what the two say contradicts, though each fits the one on the screen": (
        Whose(CODE[0]),
        CODE,
        [
            ("member_info member_code qm1", info("1")),
            ("gift_cards 1", cards("LP1")),
            ("identity member_code qm1", identity("2")),
            ("identity user_id 1", NOBODY),
        ],
        *("loaded 1", "failed MemberNotFoundError", "loaded LP1"),
    ),
}


@pytest.mark.parametrize(
    ("shown", "by", "steps", "member", "who", "listed"),
    list(NAMELESS_AGAIN.values()),
    ids=list(NAMELESS_AGAIN),
)
async def test_a_refresh_of_one_without_an_id(
    shown: Whose, by: list[Identifier], steps: Steps, member: str, who: str, listed: str
) -> None:
    lookup = Lookup(by, shown=shown)
    await lookup.play(*steps)
    assert lookup.final == {"member": member, "identity": who, "gift_cards": listed}
    check_nothing_was_ever_mixed(lookup)
