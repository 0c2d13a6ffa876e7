"""The coupons' model."""

from __future__ import annotations

from posmember.domain.coupon import Coupon
from posmember.domain.rules.assessment import AssessedCoupon
from posmember.ui.messages import coupon_kind_text, coupon_value_text
from posmember.ui.models.assets import AssetListModel
from posmember.ui.models.cards import coupon_card
from posmember.ui.models.details import coupon_details
from posmember.ui.models.grouping import grouped


class CouponListModel(AssetListModel[AssessedCoupon]):
    """Coupons in the order to show them; those that are alike are one row."""

    def __init__(self) -> None:
        super().__init__(coupon_card, coupon_details, _key, _words, grouped)


def coupon_key(coupon: Coupon) -> str:
    """What makes a coupon the same one; see `AssetListModel.row_of_asset`."""
    return coupon.redemption_code or f"id {coupon.coupon_id}"


def _key(assessed: AssessedCoupon) -> str:
    return coupon_key(assessed.coupon)


def _words(assessed: AssessedCoupon) -> str:
    coupon = assessed.coupon
    value, kind = coupon_value_text(coupon), coupon_kind_text(coupon)
    return f"{coupon.title} {value} {kind} {coupon.redemption_code}"
