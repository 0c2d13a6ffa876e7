"""The coupons' model."""

from __future__ import annotations

from posmember.domain.rules.assessment import AssessedCoupon
from posmember.ui.models.assets import AssetListModel
from posmember.ui.models.cards import coupon_card
from posmember.ui.models.details import coupon_details


class CouponListModel(AssetListModel[AssessedCoupon]):
    """Coupons in the order to show them."""

    def __init__(self) -> None:
        super().__init__(coupon_card, coupon_details, _key)


def _key(assessed: AssessedCoupon) -> str:
    return assessed.coupon.redemption_code or f"id {assessed.coupon.coupon_id}"
