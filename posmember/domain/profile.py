"""One member from all sources: what the sections of a lookup add up to (RULES, last part)."""

from __future__ import annotations

from dataclasses import dataclass, field

from posmember.domain.context import AccountStatus
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import Amount, BenefitCard, Gender, Label, PointsRule, Tier
from posmember.domain.values import Number

Asset = Coupon | GiftCard | BenefitCard
"""What the rules are asked about."""


@dataclass(frozen=True, slots=True)
class Balances:
    """积分 and 储值余额.

    Args:
        points: all points that count.
        principal, bonus: 充值 and 赠送; total: their sum, or identity's where one is unknown.
        lifetime_principal, lifetime_bonus: 累计充值, 累计赠送.
        disagreements: the values that member-info and identity differ in.
    """

    points: Number = None
    principal: Amount = None
    bonus: Amount = None
    total: Amount = None
    lifetime_principal: Amount = None
    lifetime_bonus: Amount = None
    disagreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """会员: who it is. Fields from member-info, from identity where that is all there is."""

    user_id: str = ""
    name: str = field(default="", repr=False)
    mobile: str = field(default="", repr=False)
    gender: Gender = Gender.UNKNOWN
    tier: Tier = Tier()
    card_number: str = field(default="", repr=False)
    card_name: str = ""
    enterprise: bool | None = None
    account: AccountStatus = AccountStatus.LATE
    password_enabled: bool | None = None
    labels: tuple[Label, ...] = ()
    benefit_cards: tuple[BenefitCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything known of one member after joining the sources.

    Args:
        person: None while neither member-info nor identity has answered.
        points_payment: whether the store takes points as payment; None is unknown.
        coupons, gift_cards: joined; in the order member-info gave them, then the others.
        account: what is known of the account, also where there is no person.
        withheld: whether codes and stored value are kept back; see `withheld`.
        store_id: the number of the store that identity was asked for, as it told it.
    """

    person: Person | None = None
    balances: Balances = Balances()
    points_payment: bool | None = None
    points_rule: PointsRule | None = None
    coupons: tuple[Coupon, ...] = ()
    gift_cards: tuple[GiftCard, ...] = ()
    account: AccountStatus = AccountStatus.LATE
    store_id: str = ""
    withheld: bool = False

    def assets(self) -> tuple[Asset, ...]:
        """Everything the rules are asked about."""
        benefit_cards = self.person.benefit_cards if self.person is not None else ()
        return (*self.coupons, *self.gift_cards, *benefit_cards)
