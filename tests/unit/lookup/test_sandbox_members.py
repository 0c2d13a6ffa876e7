"""Every member of the sandbox, by every identifier, through the whole client.

The sandbox is written from the documents apart from the client, and says of each coupon and card
which reasons the usage rules have against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from posmember.api.clock import PlatformClock
from posmember.domain.context import AccountStatus
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.join import join
from posmember.domain.profile import Profile
from posmember.domain.rules.assess import assess
from posmember.domain.rules.reasons import Eligibility
from posmember.errors import MemberNotFoundError
from posmember.lookup.sections import Failed, Loaded, Section, SectionState, Skipped, SkipReason
from posmember.lookup.service import MemberLookup, Request
from posmember.sandbox.app import Sandbox
from posmember.sandbox.members.all import build_members
from posmember.sandbox.records import MemberRecord, Reasons
from tests.fakes.assets import ORDER
from tests.fakes.sandbox_client import SANDBOX_STORE, SandboxClient

NOW = 1795241002.0
"""2026-11-21 14:03:22 in +08:00."""
K = IdentifierKind
MEMBERS = build_members(datetime.fromtimestamp(NOW, UTC).replace(second=0))
NO_ID_IN_INFO = 100009
"""The member whose customerId member-info leaves out."""


def identifiers(member: MemberRecord) -> Iterator[Identifier]:
    ids = member.ids
    if ids.code and (ids.by_code or member.user is not None):
        yield Identifier(K.MEMBER_CODE, ids.code)
    if ids.by_id:
        yield Identifier(K.USER_ID, str(member.user_id))
    for kind, value in {
        K.MOBILE: ids.mobile,
        K.CARD_NUMBER: ids.card_number,
        K.ALIPAY_USER_ID: ids.alipay_user_id,
        K.WECHAT_OPENID: ids.wechat_openid,
        K.WECHAT_UNIONID: ids.wechat_unionid,
    }.items():
        if value:
            yield Identifier(kind, value)


WAYS = [
    pytest.param(member, identifier, id=f"{member.user_id}-{identifier.kind}")
    for member in MEMBERS
    for identifier in identifiers(member)
]


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return Sandbox(now=lambda: NOW)


async def look_up(sandbox: Sandbox, identifier: Identifier) -> dict[Section, SectionState]:
    states: dict[Section, SectionState] = {}
    clock = PlatformClock(lambda: NOW)
    async with SandboxClient(sandbox, clock=clock) as client:
        lookup = MemberLookup(client.platform, clock.now)
        await lookup.run(Request([identifier]), states.__setitem__)
    return states


def profile_of(states: dict[Section, SectionState]) -> Profile:
    data = {s: state.data for s, state in states.items() if isinstance(state, Loaded)}
    return join(
        data.get(Section.MEMBER), data.get(Section.IDENTITY), data.get(Section.GIFT_CARDS, ())
    )


def in_short(state: SectionState) -> str:
    match state:
        case Failed(error=error):
            return type(error).__name__
        case Skipped(reason=reason):
            return reason.value
        case _:
            return type(state).__name__


@pytest.mark.parametrize(("member", "identifier"), WAYS)
async def test_member(sandbox: Sandbox, member: MemberRecord, identifier: Identifier) -> None:
    states = await look_up(sandbox, identifier)
    assert {s: in_short(state) for s, state in states.items()} == expected(member, identifier)
    profile = profile_of(states)
    assert profile.person is not None
    assert profile.person.name in (member.name.strip(), "")
    if isinstance(states[Section.IDENTITY], Loaded) or member.user is None:
        check_reasons(member, profile, with_list=isinstance(states[Section.GIFT_CARDS], Loaded))


def expected(member: MemberRecord, identifier: Identifier) -> dict[Section, str]:
    identity = "Loaded" if member.user is not None else MemberNotFoundError.__name__
    known_id = member.user_id != NO_ID_IN_INFO or identifier.kind in (K.MEMBER_CODE, K.USER_ID)
    return {
        Section.MEMBER: "Loaded",
        Section.IDENTITY: identity if known_id else SkipReason.NO_USER_ID.value,
        Section.GIFT_CARDS: "Loaded" if known_id else SkipReason.NO_USER_ID.value,
    }


def check_reasons(member: MemberRecord, profile: Profile, *, with_list: bool) -> None:
    now = datetime.fromtimestamp(NOW, UTC).astimezone(PlatformClock().now().tzinfo)
    assessment = assess(profile, SANDBOX_STORE, ORDER, now)
    account = account_reasons(profile)
    coupons = {a.coupon.redemption_code: a.eligibility for a in assessment.coupons}
    assert len(assessment.coupons) == len(member.coupons)
    for coupon in member.coupons:
        if coupon.reasons is not None and coupon.code in coupons:
            assert codes(coupons[coupon.code]) == {*coupon.reasons, *account}, coupon
    cards = {a.card.card_number: a.eligibility for a in assessment.gift_cards}
    assert len(cards) == len([c for c in member.cards if with_list or c.member_info is not None])
    for card in member.cards:
        if card.reasons is not None:
            assert codes(cards[card.number]) == {*card.reasons, *account}, card


def account_reasons(profile: Profile) -> Reasons:
    assert profile.person is not None
    return {
        AccountStatus.ACTIVE: (),
        AccountStatus.FROZEN: ("ACCOUNT_FROZEN",),
        AccountStatus.UNKNOWN: ("VALUE_UNKNOWN",),
    }[profile.person.account]


def codes(eligibility: Eligibility) -> set[str]:
    return {reason.code.value for reason in eligibility.reasons}


@pytest.mark.parametrize("code", ["qm9999999", "qm404empty", "qm404null"])
async def test_nobody(sandbox: Sandbox, code: str) -> None:
    states = await look_up(sandbox, Identifier(K.MEMBER_CODE, code))
    assert {s: in_short(state) for s, state in states.items()} == {
        Section.MEMBER: "MemberNotFoundError",
        Section.IDENTITY: "not_found",
        Section.GIFT_CARDS: "not_found",
    }


@pytest.mark.parametrize(
    ("fault", "member", "identity", "cards"),
    [
        ("all=wrong_types", "Loaded", "Loaded", "no_user_id"),
        ("all=system_error", "ApiBusinessError", "ApiBusinessError", "no_user_id"),
        ("all=busy", "RateLimitedError", "RateLimitedError", "no_user_id"),
        ("all=null", "MemberNotFoundError", "not_found", "not_found"),
        ("member_info=html", "ApiResponseError", "Loaded", "Loaded"),
        ("identity=deep", "Loaded", "ApiResponseError", "Loaded"),
        ("gift_cards=refused", "Loaded", "Loaded", "ApiBusinessError"),
        ("gift_cards=not_found", "Loaded", "Loaded", "Loaded"),
        ("gift_cards=wrong_types", "Loaded", "Loaded", "Loaded"),
    ],
)
async def test_fault(fault: str, member: str, identity: str, cards: str) -> None:
    sandbox = Sandbox(now=lambda: NOW, faults=[fault])
    states = await look_up(sandbox, Identifier(K.MEMBER_CODE, "qm0000001"))
    assert [in_short(states[section]) for section in Section] == [member, identity, cards]
    profile_of(states)
