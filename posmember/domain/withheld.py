"""What is kept back of a member who was found by a phone number, where the policy says so.

Anybody can say somebody's number. What could be spent with it stays away: the redemption codes,
the numbers of cards, and the stored value. The verdicts are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.persons import whole_mobile
from posmember.domain.profile import Profile


def is_by_phone(identifier: Identifier) -> bool:
    """Whether it is a phone number, also as a card's number: many chains give it as that."""
    return identifier.kind is IdentifierKind.MOBILE or bool(whole_mobile(identifier.value))


def any_by_phone(identifiers: Iterable[Identifier]) -> bool:
    """Whether any of them is one."""
    return any(map(is_by_phone, identifiers))


def without_codes(profile: Profile) -> Profile:
    """The profile without what could be spent."""
    balances = replace(
        profile.balances,
        principal=None,
        bonus=None,
        total=None,
        lifetime_principal=None,
        lifetime_bonus=None,
        disagreements=tuple(name for name in profile.balances.disagreements if name == "points"),
    )
    return replace(
        profile,
        balances=balances,
        coupons=tuple([_coupon(coupon) for coupon in profile.coupons]),
        gift_cards=cards_without_numbers(profile.gift_cards),
        withheld=True,
    )


def cards_without_numbers(cards: Iterable[GiftCard]) -> tuple[GiftCard, ...]:
    """Gift cards without what identifies them at a till."""
    return tuple([_card(card) for card in cards])


def _coupon(coupon: Coupon) -> Coupon:
    record, identity = coupon.record, coupon.identity
    return replace(
        coupon,
        redemption_code="",
        record=replace(record, redemption_code="", card_id="") if record else None,
        identity=replace(identity, redemption_code="") if identity else None,
        versions=tuple([_coupon(each) for each in coupon.versions]),
        entries=tuple([_coupon(each) for each in coupon.entries]),
    )


def _card(card: GiftCard) -> GiftCard:
    record, listed = card.record, card.listed
    return replace(
        card,
        card_number="",
        record=replace(record, card_number="", third_party_number="") if record else None,
        listed=replace(listed, card_number="") if listed else None,
        versions=cards_without_numbers(card.versions),
        entries=cards_without_numbers(card.entries),
    )
