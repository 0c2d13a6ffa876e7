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
from posmember.domain.joining.persons import Whose, whose
from posmember.domain.profile import Profile
from posmember.domain.rules.assess import assess
from posmember.domain.rules.reasons import Eligibility
from posmember.errors import MemberNotFoundError, OtherMemberError
from posmember.lookup.sections import Failed, Loaded, Section, SectionState, Skipped, SkipReason
from posmember.lookup.service import MemberLookup, Request
from posmember.sandbox.app import Sandbox
from posmember.sandbox.members.all import build_members
from posmember.sandbox.members.others import OTHER_MOBILE, SHARED_NUMBER
from posmember.sandbox.records import MemberRecord, Reasons
from tests.fakes.assets import ORDER
from tests.fakes.sandbox_client import SANDBOX_STORE, SandboxClient

NOW = 1795241002.0
"""2026-11-21 14:03:22 in +08:00."""
K = IdentifierKind
MEMBERS = build_members(datetime.fromtimestamp(NOW, UTC).replace(second=0))
NO_ID_IN_INFO = 100009
"""The member whose customerId member-info leaves out."""
ANOTHERS_IDENTITY = 100038
"""The member of whom identity tells somebody else."""
ANSWERED_WITH_ANOTHER = {(100039, K.MOBILE)}
"""What is asked by, and answered with another's."""


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


async def look_up(
    sandbox: Sandbox, *identifiers: Identifier, shown: Whose | None = None
) -> dict[Section, SectionState]:
    states: dict[Section, SectionState] = {}
    clock = PlatformClock(lambda: NOW)
    async with SandboxClient(sandbox, clock=clock) as client:
        lookup = MemberLookup(client.platform, clock.now)
        await lookup.run(Request(identifiers, shown=shown), states.__setitem__)
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
    if (member.user_id, identifier.kind) in ANSWERED_WITH_ANOTHER:
        assert profile == Profile(account=AccountStatus.FAILED)
        return
    assert profile.person is not None
    assert profile.person.name in (member.name.strip(), "")
    if isinstance(states[Section.IDENTITY], Loaded) or member.user is None:
        check_reasons(member, profile, with_list=isinstance(states[Section.GIFT_CARDS], Loaded))


def expected(member: MemberRecord, identifier: Identifier) -> dict[Section, str]:
    if (member.user_id, identifier.kind) in ANSWERED_WITH_ANOTHER:
        skipped = SkipReason.NO_USER_ID.value
        return {Section.MEMBER: OtherMemberError.__name__} | dict.fromkeys(
            (Section.IDENTITY, Section.GIFT_CARDS), skipped
        )
    identity = "Loaded" if member.user is not None else MemberNotFoundError.__name__
    if member.user_id == ANOTHERS_IDENTITY:
        identity = OtherMemberError.__name__
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
    """What the account's state adds to every asset; one that is not known is said once."""
    assert profile.person is not None
    return {
        AccountStatus.ACTIVE: (),
        AccountStatus.FROZEN: ("ACCOUNT_FROZEN",),
        AccountStatus.FAILED: (),
        AccountStatus.UNREADABLE: (),
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
        ("member_info=html", "ApiConnectionError", "Loaded", "Loaded"),
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


async def test_a_user_id_that_is_anothers_member_code(sandbox: Sandbox) -> None:
    """Member-info gives the other, who is not shown; identity and the list know whose id it is."""
    states = await look_up(sandbox, Identifier(K.USER_ID, SHARED_NUMBER))
    assert [in_short(states[section]) for section in Section] == [
        *("OtherMemberError", "Loaded", "Loaded")
    ]
    profile = profile_of(states)
    assert profile.person is not None
    assert (profile.person.user_id, profile.person.name) == ("100036", "施同号")
    assert "同码" not in repr(profile)


async def again(sandbox: Sandbox, member: Profile, found_by: Identifier) -> Profile:
    """What a refresh of this member gives."""
    assert member.person is not None
    by_id = Identifier(K.USER_ID, member.person.user_id)
    shown = whose(member.person, found_by)
    return profile_of(await look_up(sandbox, by_id, found_by, shown=shown))


@pytest.mark.parametrize(
    ("found_by", "name"),
    [
        (Identifier(K.MEMBER_CODE, "qm0000036"), "施同号"),
        (Identifier(K.MOBILE, "13800000036"), "施同号"),
        (Identifier(K.CARD_NUMBER, "VIP880036"), "施同号"),
        (Identifier(K.MEMBER_CODE, SHARED_NUMBER), "张同码"),
        (Identifier(K.MOBILE, "13800000004"), "周手机"),
        (Identifier(K.CARD_NUMBER, "VIP880005"), "吴卡号"),
    ],
)
async def test_a_refresh_is_of_the_same_member(
    sandbox: Sandbox, found_by: Identifier, name: str
) -> None:
    first = profile_of(await look_up(sandbox, found_by))
    second = await again(sandbox, first, found_by)
    assert second == first
    assert second.person is not None
    assert second.person.name == name
    assert second.gift_cards


async def test_nothing_of_somebody_elses_identity_is_joined(sandbox: Sandbox) -> None:
    profile = profile_of(await look_up(sandbox, Identifier(K.MEMBER_CODE, "qm0000038")))
    assert profile.person is not None
    assert profile.person.account is AccountStatus.FAILED
    assert [coupon.title for coupon in profile.coupons] == ["孔串线的券"]
    assert "曹别人" not in repr(profile)
    assert OTHER_MOBILE not in profile.person.mobile
