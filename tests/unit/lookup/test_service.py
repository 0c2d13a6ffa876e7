"""One lookup: what is asked when, and what every section ends as."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from posmember.api.decode import Decoded
from posmember.domain.context import OrderType
from posmember.domain.identifier import Identifier
from posmember.domain.member import MemberInfo
from posmember.domain.money import Money
from posmember.errors import ApiConnectionError, MemberNotFoundError
from posmember.lookup.sections import Failed, Loaded, Section
from posmember.lookup.service import Request
from tests.fakes.assets import NOW
from tests.fakes.platform import (
    Answer,
    Lookup,
    cards,
    failure,
    identifiers,
    identity,
    info,
    until_idle,
)

CODE = identifiers(member_code="qm1")
MOBILE = identifiers(mobile="138")
USER_ID = identifiers(user_id="1")

NOBODY = failure(MemberNotFoundError)
OFFLINE = failure(ApiConnectionError)
Steps = list[tuple[str, Answer]]


async def test_what_goes_out_at_once_for_a_code() -> None:
    lookup = Lookup(CODE)
    lookup.start()
    await until_idle()
    assert lookup.platform.waiting == {"member_info member_code qm1", "identity member_code qm1"}
    lookup.task.cancel()


async def test_an_answer_in_the_turn_in_which_another_call_ends_at_its_deadline() -> None:
    """A deadline cancels its task for one turn: that is not the cashier's cancellation."""
    lookup = Lookup(CODE)
    ask = lookup.platform.member_info

    async def at_its_deadline(identifier: Identifier, **order: Any) -> Decoded[MemberInfo]:
        asking = asyncio.ensure_future(ask(identifier, **order))
        try:
            async with asyncio.timeout(None) as deadline:
                await asyncio.sleep(0)
                asyncio.get_running_loop().call_soon(
                    lookup.platform.answer, "identity member_code qm1", identity("1")
                )
                deadline.reschedule(0)
                await asyncio.sleep(3600)
        except TimeoutError:
            return await asking
        raise AssertionError("never")

    lookup.platform.member_info = at_its_deadline  # type: ignore[method-assign]
    lookup.start()
    await until_idle()
    assert "identity: loaded 1" in lookup.history
    lookup.platform.answer("member_info member_code qm1", info("1"))
    await until_idle()
    lookup.task.cancel()


async def test_what_goes_out_at_once_for_a_user_id() -> None:
    lookup = Lookup(USER_ID)
    lookup.start()
    await until_idle()
    assert lookup.platform.waiting == {
        "member_info user_id 1",
        "identity user_id 1",
        "gift_cards 1",
    }
    lookup.task.cancel()


async def test_what_goes_out_at_once_for_a_phone_number() -> None:
    lookup = Lookup(MOBILE)
    lookup.start()
    await until_idle()
    assert lookup.platform.waiting == {"member_info mobile 138"}
    lookup.platform.answer("member_info mobile 138", info("1"))
    await until_idle()
    assert lookup.platform.waiting == {"identity user_id 1", "gift_cards 1"}
    lookup.task.cancel()


@pytest.mark.parametrize(
    ("first", "answer"),
    [("member_info member_code qm1", info("1")), ("identity member_code qm1", identity("1"))],
    ids=["member-info", "identity"],
)
async def test_gift_cards_as_soon_as_either_gave_the_id(first: str, answer: Answer) -> None:
    lookup = Lookup(CODE)
    lookup.start()
    await until_idle()
    lookup.platform.answer(first, answer)
    await until_idle()
    assert "gift_cards 1" in lookup.platform.waiting
    assert len(lookup.platform.waiting) == 2
    lookup.task.cancel()


async def test_the_order_of_the_platforms_answers_is_the_order_of_delivery() -> None:
    lookup = Lookup(CODE)
    await lookup.play(
        ("identity member_code qm1", identity("1")),
        ("gift_cards 1", cards("LP1")),
        ("member_info member_code qm1", info("1")),
    )
    assert lookup.history == [
        "identity: loaded 1",
        "gift_cards: loaded LP1",
        "member: loaded 1",
    ]


async def test_the_order_goes_along() -> None:
    lookup = Lookup(USER_ID, OrderType.DELIVERY, Money(150))
    await lookup.play(
        ("member_info user_id 1", info()),
        ("identity user_id 1", identity()),
        ("gift_cards 1", cards()),
    )
    assert lookup.platform.orders == [(OrderType.DELIVERY, Money(150))]


async def test_what_a_loaded_section_tells() -> None:
    lookup = Lookup(MOBILE)
    told: Decoded[Any] = Decoded(MemberInfo(), ("$.data.totalPoints",))
    await lookup.play(("member_info mobile 138", told))
    state = lookup.last(Section.MEMBER)
    assert isinstance(state, Loaded)
    assert (state.data, state.at) == (MemberInfo(), NOW)
    assert state.unreadable == ("$.data.totalPoints",)
    assert state.ms >= 0


async def test_what_a_failed_section_tells() -> None:
    lookup = Lookup(MOBILE)
    await lookup.play(("member_info mobile 138", OFFLINE))
    state = lookup.last(Section.MEMBER)
    assert isinstance(state, Failed)
    assert state.error is OFFLINE
    assert state.ms >= 0


BOTH_ORDERS = pytest.mark.parametrize("identity_first", [True, False], ids=["identity", "member"])


def in_order(identity_first: bool, who: Answer, member: Answer) -> Steps:
    steps: Steps = [("member_info member_code qm1", member), ("identity member_code qm1", who)]
    return steps[::-1] if identity_first else steps


@BOTH_ORDERS
@pytest.mark.parametrize(
    ("again", "who"),
    [
        (identity("1"), "loaded 1"),
        (NOBODY, "failed MemberNotFoundError"),
        (OFFLINE, "failed ApiConnectionError"),
    ],
    ids=["asked by the id", "not known by the id", "failed by the id"],
)
async def test_two_people_behind_one_text_are_never_mixed(
    identity_first: bool, again: Answer, who: str
) -> None:
    """member-info takes it for the code of 1, identity for that of 2: the member is 1."""
    lookup = Lookup(CODE)
    await lookup.play(
        *in_order(identity_first, identity("2"), info("1")),
        ("identity user_id 1", again),
        ("gift_cards 1", cards("LP1")),
    )
    assert lookup.final == {"member": "loaded 1", "identity": who, "gift_cards": "loaded LP1"}


async def test_what_was_shown_of_another_person_is_taken_back_at_once() -> None:
    lookup = Lookup(CODE)
    lookup.start()
    await until_idle()
    lookup.platform.answer("identity member_code qm1", identity("2"))
    await until_idle()
    lookup.platform.answer("gift_cards 2", cards("LP2"))
    await until_idle()
    assert lookup.history == ["identity: loaded 2", "gift_cards: loaded LP2"]
    lookup.platform.answer("member_info member_code qm1", info("1"))
    await until_idle()
    # Before the member is there: never both at once.
    assert lookup.history[2:] == ["identity: loading", "gift_cards: loading", "member: loaded 1"]
    lookup.task.cancel()


async def test_another_persons_gift_cards_still_under_way_never_arrive() -> None:
    lookup = Lookup(CODE)
    lookup.start()
    await until_idle()
    lookup.platform.answer("identity member_code qm1", identity("2"))
    await until_idle()
    lookup.platform.answer("member_info member_code qm1", info("1"))
    await until_idle()
    assert lookup.platform.waiting == {"gift_cards 1", "identity user_id 1"}
    lookup.platform.answer("identity user_id 1", identity("1"))
    lookup.platform.answer("gift_cards 1", cards("LP1"))
    await lookup.task
    assert lookup.final == {
        "member": "loaded 1",
        "identity": "loaded 1",
        "gift_cards": "loaded LP1",
    }
    assert "gift_cards: loaded LP2" not in lookup.history


async def test_an_identity_that_insists_on_another_person_is_not_shown() -> None:
    lookup = Lookup(USER_ID)
    await lookup.play(
        ("identity user_id 1", identity("2")),
        ("member_info user_id 1", info("1")),
        ("gift_cards 1", cards()),
    )
    assert lookup.final["identity"] == "failed OtherMemberError"


async def test_a_user_id_that_is_another_members_code() -> None:
    lookup = Lookup(USER_ID)
    await lookup.play(
        ("gift_cards 1", cards("LP1")),
        ("identity user_id 1", identity("1")),
        ("member_info user_id 1", info("7")),
    )
    assert lookup.final == {
        "member": "failed OtherMemberError",
        "identity": "loaded 1",
        "gift_cards": "loaded LP1",
    }


async def test_the_cards_of_an_id_that_was_nobodys_are_dropped() -> None:
    lookup = Lookup(identifiers(user_id="1", card_number="1"))
    await lookup.play(
        ("gift_cards 1", cards("LP1")),
        ("member_info user_id 1", NOBODY),
        ("identity user_id 1", NOBODY),
        ("member_info card_number 1", info("")),
    )
    assert lookup.final["gift_cards"] == "skipped no_user_id"


@pytest.mark.parametrize("answered", [0, 1, 2, 3])
async def test_a_cancellation_delivers_nothing_after_it(answered: int) -> None:
    lookup = Lookup(CODE)
    lookup.start()
    steps: Steps = [
        ("identity member_code qm1", identity("1")),
        ("member_info member_code qm1", info("1")),
        ("gift_cards 1", cards("LP1")),
    ]
    for call, answer in steps[:answered]:
        await until_idle()
        lookup.platform.answer(call, answer)
    await until_idle()
    before = list(lookup.delivered)
    lookup.task.cancel()
    if answered == len(steps):
        await lookup.task
    else:
        with pytest.raises(asyncio.CancelledError):
            await lookup.task
    await until_idle()
    assert lookup.delivered == before
    assert lookup.platform.waiting == set()


async def test_an_answer_of_the_same_moment_as_the_cancellation_is_dropped() -> None:
    lookup = Lookup(CODE)
    lookup.start()
    await until_idle()
    before = list(lookup.delivered)
    lookup.platform.answer("identity member_code qm1", identity("1"))
    lookup.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await lookup.task
    assert lookup.delivered == before


async def test_a_bug_is_not_taken_for_a_failure() -> None:
    lookup = Lookup(MOBILE)
    lookup.start()
    await until_idle()
    lookup.platform.answer("member_info mobile 138", ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):  # itself, not the task group's word for it
        await lookup.task


async def test_the_log_names_paths_and_classes_and_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="posmember")
    lookup = Lookup(identifiers(member_code="机密1"))
    told: Decoded[Any] = Decoded(MemberInfo(user_id="机密2", name="机密3"), ("$.data.gender",))
    await lookup.play(
        ("member_info member_code 机密1", told),
        ("identity member_code 机密1", OFFLINE),
        ("gift_cards 机密2", cards("机密4")),
    )
    assert "$.data.gender" in caplog.text
    assert "ApiConnectionError" in caplog.text
    assert "机密" not in caplog.text


def test_a_request_needs_something_to_look_up_by() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Request(identifiers=())
