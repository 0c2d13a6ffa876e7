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
    """At no moment was a loaded identity delivered beside a member of another person."""
    now: dict[Section, Any] = {}
    for section, state in lookup.delivered:
        now[section] = state
        member, who = now.get(Section.MEMBER), now.get(Section.IDENTITY)
        if isinstance(member, Loaded) and isinstance(who, Loaded):
            assert same_person(member.whose, who.whose)


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
        Section.GIFT_CARDS: Whose(by_id),
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
    "an answer that names nobody is whose id was asked by": (
        [("member_info user_id 1", info("")), *BY_ID],
        *("loaded", "loaded 1", "loaded LP1"),
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
