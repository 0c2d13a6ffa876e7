"""Every path of attempts, and what the sections end as: one table."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import Identifier
from posmember.errors import ApiConnectionError, MemberNotFoundError
from tests.fakes.platform import Answer, Lookup, cards, failure, identifiers, identity, info

CODE = identifiers(member_code="qm1")
MOBILE = identifiers(mobile="138")
USER_ID = identifiers(user_id="1")
SHAPELESS = identifiers(member_code="qm1", card_number="qm1")
THREE = identifiers(mobile="138", member_code="138", card_number="138")

NOBODY = failure(MemberNotFoundError)
OFFLINE = failure(ApiConnectionError)
Steps = list[tuple[str, Answer]]


PATHS: dict[str, tuple[list[Identifier], Steps, str, str, str]] = {
    "everything": (
        CODE,
        [
            ("member_info member_code qm1", info()),
            ("gift_cards 1", cards("LP1")),
            ("identity member_code qm1", identity()),
        ],
        "loaded 1",
        "loaded 1",
        "loaded LP1",
    ),
    "nobody": (
        CODE,
        [("member_info member_code qm1", NOBODY), ("identity member_code qm1", NOBODY)],
        "failed MemberNotFoundError",
        "skipped not_found",
        "skipped not_found",
    ),
    "nobody, identity first": (
        CODE,
        [("identity member_code qm1", NOBODY), ("member_info member_code qm1", NOBODY)],
        "failed MemberNotFoundError",
        "skipped not_found",
        "skipped not_found",
    ),
    "nobody by any of three": (
        THREE,
        [
            ("member_info mobile 138", NOBODY),
            ("member_info member_code 138", NOBODY),
            ("identity member_code 138", NOBODY),
            ("member_info card_number 138", NOBODY),
        ],
        "failed MemberNotFoundError",
        "skipped not_found",
        "skipped not_found",
    ),
    "nobody, but identity could not say": (
        CODE,
        [("member_info member_code qm1", NOBODY), ("identity member_code qm1", OFFLINE)],
        "failed MemberNotFoundError",
        "failed ApiConnectionError",
        "skipped not_found",
    ),
    "nobody by a user id, whatever cards there are": (
        USER_ID,
        [
            ("gift_cards 1", cards("LP9")),
            ("member_info user_id 1", NOBODY),
            ("identity user_id 1", NOBODY),
        ],
        "failed MemberNotFoundError",
        "skipped not_found",
        "skipped not_found",
    ),
    "by the second identifier": (
        SHAPELESS,
        [
            ("member_info member_code qm1", NOBODY),
            ("identity member_code qm1", NOBODY),
            ("member_info card_number qm1", info()),
            ("identity user_id 1", identity()),
            ("gift_cards 1", cards("LP1")),
        ],
        "loaded 1",
        "loaded 1",
        "loaded LP1",
    ),
    "by the third identifier": (
        THREE,
        [
            ("member_info mobile 138", NOBODY),
            ("member_info member_code 138", NOBODY),
            ("identity member_code 138", NOBODY),
            ("member_info card_number 138", info()),
            ("gift_cards 1", cards()),
            ("identity user_id 1", identity()),
        ],
        "loaded 1",
        "loaded 1",
        "loaded",
    ),
    "a failure is no reason to try another": (
        SHAPELESS,
        [("member_info member_code qm1", OFFLINE), ("identity member_code qm1", NOBODY)],
        "failed ApiConnectionError",
        "failed MemberNotFoundError",
        "skipped no_user_id",
    ),
    "member-info does not know the code, but the id that identity gives": (
        SHAPELESS,
        [
            ("member_info member_code qm1", NOBODY),
            ("identity member_code qm1", identity("1")),
            ("member_info user_id 1", info("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        "loaded 1",
        "loaded 1",
        "loaded LP1",
    ),
    "member-info does not know the id that identity gives": (
        SHAPELESS,
        [
            ("identity member_code qm1", identity("1")),
            ("member_info member_code qm1", NOBODY),
            ("gift_cards 1", cards("LP1")),
            ("member_info user_id 1", NOBODY),
        ],
        "failed MemberNotFoundError",
        "loaded 1",
        "loaded LP1",
    ),
    "member-info fails by the id that identity gives": (
        CODE,
        [
            ("member_info member_code qm1", NOBODY),
            ("identity member_code qm1", identity("1")),
            ("gift_cards 1", cards()),
            ("member_info user_id 1", OFFLINE),
        ],
        "failed ApiConnectionError",
        "loaded 1",
        "loaded",
    ),
    "only identity knows the user id that was asked for": (
        USER_ID,
        [
            ("member_info user_id 1", NOBODY),
            ("identity user_id 1", identity("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        "failed MemberNotFoundError",
        "loaded 1",
        "loaded LP1",
    ),
    "identity gives no id, and member-info knows nobody": (
        CODE,
        [("member_info member_code qm1", NOBODY), ("identity member_code qm1", identity(""))],
        "failed MemberNotFoundError",
        "loaded",
        "skipped no_user_id",
    ),
    "identity does not know the code, but the id": (
        CODE,
        [
            ("identity member_code qm1", NOBODY),
            ("member_info member_code qm1", info("1")),
            ("identity user_id 1", identity("1")),
            ("gift_cards 1", cards()),
        ],
        "loaded 1",
        "loaded 1",
        "loaded",
    ),
    "identity knows neither": (
        CODE,
        [
            ("member_info member_code qm1", info("1")),
            ("identity member_code qm1", NOBODY),
            ("identity user_id 1", NOBODY),
            ("gift_cards 1", cards()),
        ],
        "loaded 1",
        "failed MemberNotFoundError",
        "loaded",
    ),
    "identity does not know the user id: not asked twice": (
        USER_ID,
        [
            ("member_info user_id 1", info("1")),
            ("identity user_id 1", NOBODY),
            ("gift_cards 1", cards()),
        ],
        "loaded 1",
        "failed MemberNotFoundError",
        "loaded",
    ),
    "identity fails: not asked twice": (
        CODE,
        [
            ("identity member_code qm1", OFFLINE),
            ("member_info member_code qm1", info("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        "loaded 1",
        "failed ApiConnectionError",
        "loaded LP1",
    ),
    "member-info fails": (
        CODE,
        [
            ("member_info member_code qm1", OFFLINE),
            ("identity member_code qm1", identity("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        "failed ApiConnectionError",
        "loaded 1",
        "loaded LP1",
    ),
    "member-info fails by phone number": (
        MOBILE,
        [("member_info mobile 138", OFFLINE)],
        "failed ApiConnectionError",
        "skipped no_user_id",
        "skipped no_user_id",
    ),
    "gift cards fail": (
        CODE,
        [
            ("member_info member_code qm1", info("1")),
            ("gift_cards 1", OFFLINE),
            ("identity member_code qm1", identity("1")),
        ],
        "loaded 1",
        "loaded 1",
        "failed ApiConnectionError",
    ),
    "everything fails": (
        USER_ID,
        [
            ("member_info user_id 1", OFFLINE),
            ("gift_cards 1", OFFLINE),
            ("identity user_id 1", OFFLINE),
        ],
        "failed ApiConnectionError",
        "failed ApiConnectionError",
        "failed ApiConnectionError",
    ),
    "no customerId: the id comes from identity": (
        CODE,
        [
            ("member_info member_code qm1", info("")),
            ("identity member_code qm1", identity("1")),
            ("gift_cards 1", cards("LP1")),
        ],
        "loaded",
        "loaded 1",
        "loaded LP1",
    ),
    "no customerId, by phone number": (
        MOBILE,
        [("member_info mobile 138", info(""))],
        "loaded",
        "skipped no_user_id",
        "skipped no_user_id",
    ),
    "no customerId, and identity fails": (
        CODE,
        [("identity member_code qm1", OFFLINE), ("member_info member_code qm1", info(""))],
        "loaded",
        "failed ApiConnectionError",
        "skipped no_user_id",
    ),
    "identity gives no id": (
        CODE,
        [
            ("identity member_code qm1", identity("")),
            ("member_info member_code qm1", info("1")),
            ("gift_cards 1", cards()),
        ],
        "loaded 1",
        "loaded",
        "loaded",
    ),
}


@pytest.mark.parametrize(
    ("by", "steps", "member", "who", "listed"), list(PATHS.values()), ids=list(PATHS)
)
async def test_path(by: list[Identifier], steps: Steps, member: str, who: str, listed: str) -> None:
    lookup = Lookup(by)
    await lookup.play(*steps)
    assert lookup.final == {"member": member, "identity": who, "gift_cards": listed}
    assert lookup.platform.asked == list(dict.fromkeys(lookup.platform.asked))
