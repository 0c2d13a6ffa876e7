"""会员识别: V2, action ``communal.user.identity`` (identity document)."""

from __future__ import annotations

from posmember.api.decode import Decoded, Node, Report
from posmember.api.qimai.wire import Params
from posmember.domain.coupon import IdentityCoupon
from posmember.domain.identifier import AccountLogin, Identifier, IdentifierKind, PhysicalCard
from posmember.domain.member import Identity, PointsRule
from posmember.errors import ApiResponseError, MemberNotFoundError

API = "identity"
ACTION = "communal.user.identity"

Subject = Identifier | AccountLogin | PhysicalCard
_BY_IDENTIFIER = {
    IdentifierKind.MEMBER_CODE: ("3", "user_code"),
    IdentifierKind.USER_ID: ("4", "user_id"),
}


def identifies(kind: IdentifierKind) -> bool:
    """Whether identity can find a member by this kind alone (types 3 and 4)."""
    return kind in _BY_IDENTIFIER


def params(subject: Subject, *, store_code: str | None) -> Params:
    """The call's business parameters, as texts like the document's example.

    Args:
        subject: an account with its password (type 1), a card with its inner number (2), a
            member code (3) or a user id (4).
        store_code: ``multi_store_sn``; left out where unknown.

    Raises:
        KeyError: an identifier of another kind; see `identifies`.
    """
    result = _subject_params(subject)
    if store_code:
        result["multi_store_sn"] = store_code
    result["point_rules"] = "1"
    return result


def _subject_params(subject: Subject) -> dict[str, str]:
    if isinstance(subject, AccountLogin):
        return {"type": "1", "mobile": subject.mobile, "password": subject.password}
    if isinstance(subject, PhysicalCard):
        number, inner = subject.card_number, subject.inner_number
        return {"type": "2", "card_number": number, "card_password": inner}
    kind, key = _BY_IDENTIFIER[subject.kind]
    return {"type": kind, key: subject.value}


def decode(data: object) -> Decoded[Identity]:
    """Read the answer's ``data``.

    The document's table does not show what is inside ``user_info``; its example has
    everything there, so that is read first, and the place beside it where it is not there.

    Raises:
        MemberNotFoundError: success with nothing in it.
        ApiResponseError: the data, or its ``user_info``, is no object.
    """
    if data in (None, "", [], {}):
        raise MemberNotFoundError("empty data", api=API)
    if not isinstance(data, dict):
        raise ApiResponseError("data is no object", path="$.data", api=API)
    report = Report()
    root = Node(data, "$.data", report)
    user = root.child("user_info")
    if user.empty and root.has("user_info"):
        raise ApiResponseError("user_info is no object", path="$.data.user_info", api=API)
    if user.empty:
        raise MemberNotFoundError("no user_info", api=API)
    value = _identity(root, user)
    return report.decoded(value)


def _identity(root: Node, user: Node) -> Identity:
    def holder(key: str) -> Node:
        return user if user.has(key) or not root.has(key) else root

    wealth = holder("user_wealth_info").child("user_wealth_info")
    rule = holder("pay_rule").child("pay_rule")
    coupon_list = holder("user_coupons")
    coupons = tuple(_coupon(row) for row in coupon_list.children("user_coupons"))
    return Identity(
        user_id=user.id("id"),
        nickname=user.text("nickname"),
        username=user.text("username"),
        mobile=user.code("mobile"),
        status=user.integer("status"),
        points=holder("user_points").number("user_points"),
        principal=wealth.fen("recharge_amount"),
        bonus=wealth.fen("gift_amount"),
        total=wealth.fen("total_amount"),
        multi_store_id=holder("multi_store_id").code("multi_store_id"),
        points_payment=holder("is_open_points_pay").flag("is_open_points_pay", yes=1, no=0),
        points_rule=None if rule.empty else _points_rule(rule),
        coupons=coupons,
        coupons_lost=coupon_list.lost("user_coupons", coupons),
    )


def _points_rule(node: Node) -> PointsRule:
    return PointsRule(
        kind=node.integer("points_num_type"),
        ratio=node.number("points_num"),
        max_percent=node.number("exchange_astrict"),
    )


def _coupon(node: Node) -> IdentityCoupon:
    return IdentityCoupon(
        coupon_id=node.code("coupon_id"),
        redemption_code=node.code("verify_code"),
        valid_from=node.time("start_at"),
        valid_until=node.time("end_at"),
        status=node.integer("status"),
        lock=node.integer("is_lock"),
        validity_text=node.text("date_time"),
        title=node.text("title"),
        discount_kind=node.integer("coupon_type"),
        min_spend=node.fen("min_amount_use"),
        description=node.text("desc"),
        value=node.number("amount"),
    )
