"""From the sections of a lookup to one profile (RULES, last part)."""

from __future__ import annotations

from collections.abc import Sequence

from posmember.domain.context import AccountStatus
from posmember.domain.coupon import NOTHING_PROVEN, UnitProof
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.identifier import plain_id
from posmember.domain.joining.coupons import join_coupons
from posmember.domain.joining.gift_cards import join_gift_cards
from posmember.domain.joining.spending import MinSpendUnit, unit_proof
from posmember.domain.member import Amount, Gender, Identity, MemberInfo
from posmember.domain.money import Money
from posmember.domain.pick import differing, prefer
from posmember.domain.profile import Balances, Person, Profile
from posmember.domain.values import Int

_ACCOUNTS: dict[Int, AccountStatus] = {0: AccountStatus.FROZEN, 1: AccountStatus.ACTIVE}


def join(
    info: MemberInfo | None,
    identity: Identity | None,
    listed: Sequence[ListedGiftCard] = (),
    *,
    unit: MinSpendUnit = MinSpendUnit.AUTO,
    seen: UnitProof = NOTHING_PROVEN,
    without_identity: AccountStatus = AccountStatus.FAILED,
) -> Profile:
    """Everything known of one member.

    Args:
        info, identity: of one person (see `persons`); None where that source has not answered.
        listed: empty where it has not answered.
        unit: the profile's explicit setting for member-info's thresholds.
        seen: what coupons of other members proved of that unit; see `proof_of`.
        without_identity: what is to be said of the account where identity is None: LATE while
            it may still answer, else FAILED.
    """
    if info is None and identity is None:
        return Profile(account=without_identity, gift_cards=join_gift_cards((), listed))
    account = account_of(identity) if identity is not None else without_identity
    info, identity_ = info or MemberInfo(), identity or Identity()
    return Profile(
        person=_person(info, identity_, account),
        account=account,
        balances=_balances(info, identity_),
        points_payment=identity_.points_payment,
        points_rule=identity_.points_rule,
        coupons=join_coupons(info.coupons, identity_.coupons, unit=unit, seen=seen),
        gift_cards=join_gift_cards(info.gift_cards, listed),
        store_id=_store_id(identity_),
    )


def proof_of(profile: Profile) -> UnitProof:
    """What a member's coupons prove of the unit of thresholds, to be kept for the next member's."""
    return unit_proof(
        (coupon.template, coupon.identity)
        for coupon in profile.coupons
        # Without a code, nobody knows whether an unclear one's two entries are of one coupon.
        if coupon.redemption_code or not coupon.twin_unclear
    )


def _store_id(identity: Identity) -> str:
    """Its 0 is the shop itself, and no number of a store."""
    number = plain_id(identity.multi_store_id)
    return number if number.isdecimal() else ""


def account_of(identity: Identity) -> AccountStatus:
    """What identity says of the account: ``user_info.status``."""
    return _ACCOUNTS.get(identity.status, AccountStatus.UNREADABLE)


def _person(info: MemberInfo, identity: Identity, account: AccountStatus) -> Person:
    return Person(
        user_id=info.user_id or identity.user_id,
        name=info.name or identity.nickname or identity.username,
        mobile=info.mobile or identity.mobile,
        gender=_gender(info.gender),
        tier=info.tier,
        card_number=info.card_number,
        card_name=info.card_name,
        enterprise=info.enterprise,
        account=account,
        password_enabled=info.password_enabled,
        labels=info.labels,
        benefit_cards=info.benefit_cards,
    )


def _gender(value: Int) -> Gender:
    return Gender(value) if value in tuple(Gender) else Gender.UNKNOWN


def _balances(info: MemberInfo, identity: Identity) -> Balances:
    principal = prefer(info.principal, identity.principal)
    bonus = prefer(info.bonus, identity.bonus)
    return Balances(
        points=prefer(info.points, identity.points),
        principal=principal,
        bonus=bonus,
        total=_total(principal, bonus, identity.total),
        lifetime_principal=info.lifetime_principal,
        lifetime_bonus=info.lifetime_bonus,
        disagreements=differing(
            (
                ("points", info.points, identity.points),
                ("principal", info.principal, identity.principal),
                ("bonus", info.bonus, identity.bonus),
            )
        ),
    )


def _total(principal: Amount, bonus: Amount, told: Amount) -> Amount:
    if isinstance(principal, Money) and isinstance(bonus, Money):
        return principal + bonus
    return told
