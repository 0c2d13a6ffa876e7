"""Coupons and cards of both sources, for what is told while answers are under way."""

from __future__ import annotations

from decimal import Decimal

from posmember.domain.coupon import CouponRecord, CouponTemplate, DiscountKind, IdentityCoupon
from posmember.domain.giftcard import ListedGiftCard
from tests.gui.samples import day


def coupon_record(code: str, saves: int, *, needs: int = 0) -> CouponRecord:
    """A cash coupon of member-info's.

    Args:
        saves: in 元. needs: its threshold, in 分.
    """
    template = CouponTemplate(
        template_id=code,
        title=f"券{code}",
        value=Decimal(saves),
        discount_kind=DiscountKind.CASH,
        min_spend=Decimal(needs),
        scene_type=7,
        status=1,
        category=0,
    )
    return CouponRecord(
        coupon_id=code,
        redemption_code=code,
        status=0,
        valid_from=day("2026-01-01"),
        valid_until=day("2026-12-31"),
        template=template,
    )


def identity_coupon(code: str, lock: int) -> IdentityCoupon:
    """The same coupon, as identity tells it: 2 is locked."""
    return IdentityCoupon(redemption_code=code, status=0, lock=lock, title=f"券{code}")


def cards(*numbers: str) -> tuple[ListedGiftCard, ...]:
    """Gift cards of the list's."""
    return tuple(
        ListedGiftCard(
            card_number=number,
            name=f"卡{number}",
            balance=Decimal("10.00"),
            valid_from=day("2026-01-01"),
            valid_until=day("2026-12-31"),
            status=4,
        )
        for number in numbers
    )
