"""会员信息查询集合: V2, action ``communal.user.gether-customer-info`` (member-info document)."""

from __future__ import annotations

from posmember.api.decode import Decoded, Node, Report
from posmember.api.qimai.same_again import SameAgain
from posmember.api.qimai.wire import Params
from posmember.domain.context import OrderType
from posmember.domain.coupon import CouponRecord, CouponTemplate
from posmember.domain.giftcard import MemberGiftCard
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.member import BenefitCard, Label, MemberInfo, Tier
from posmember.domain.money import Money
from posmember.errors import ApiResponseError, MemberNotFoundError

API = "member_info"
ACTION = "communal.user.gether-customer-info"  # the platform's own spelling

_TYPES = {
    IdentifierKind.MEMBER_CODE: "1",
    IdentifierKind.USER_ID: "1",
    IdentifierKind.MOBILE: "2",
    IdentifierKind.CARD_NUMBER: "3",
    IdentifierKind.ALIPAY_USER_ID: "4",
    IdentifierKind.WECHAT_OPENID: "5",
    IdentifierKind.WECHAT_UNIONID: "6",
}
# The APIs know dine-in and delivery only; 买单 is asked as dine-in (RULES, Scenes).
_ORDER_TYPES = {OrderType.DINE_IN: "1", OrderType.DELIVERY: "3", OrderType.PAY_BILL: "1"}


def params(
    identifier: Identifier, *, store_code: str | None, order_type: OrderType, discount: Money
) -> Params:
    """The call's business parameters, as texts like the document's example.

    Args:
        store_code: ``multiMark``; left out where unknown.
        discount: ``discountPrice``, sent in 元.
    """
    result = {"identifierNumber": identifier.value, "type": _TYPES[identifier.kind]}
    if store_code:
        result["multiMark"] = store_code
    result["typeCate"] = _ORDER_TYPES[order_type]
    result["discountPrice"] = discount.text()
    return result


def decode(data: object) -> Decoded[MemberInfo]:
    """Read the answer's ``data``.

    Raises:
        MemberNotFoundError: success with nothing in it.
        ApiResponseError: the data is no object.
    """
    if data in (None, "", [], {}):
        raise MemberNotFoundError("empty data", api=API)
    if not isinstance(data, dict):
        raise ApiResponseError("data is no object", path="$.data", api=API)
    report = Report()
    value = _member_info(Node(data, "$.data", report))
    return report.decoded(value)


def _member_info(node: Node) -> MemberInfo:
    coupons = _coupons(node.children("couponsList"))
    gift_cards = tuple(_gift_card(row) for row in node.children("giftCardList"))
    return MemberInfo(
        user_id=node.id("customerId"),
        name=node.text("username"),
        mobile=node.code("mobile"),
        gender=node.integer("gender"),
        tier=Tier(
            value=node.integer("memberLevel"),
            name=node.text("memberLevelName"),
            expires_at=node.time("memberLevelExpiredAt"),
        ),
        card_number=node.code("cardNo"),
        card_name=node.text("cardName"),
        enterprise=node.flag("isMemberEnterprise", yes=0, no=1),
        password_enabled=node.flag("isPassword", yes=1, no=2),
        labels=tuple(_label(row) for row in node.children("labelList")),
        benefit_cards=tuple(_benefit_card(r) for r in node.children("paidBenefitsCardDetailList")),
        points=node.number("totalPoints"),
        principal=node.yuan("rechargeBalance"),
        bonus=node.yuan("giftBalance"),
        lifetime_principal=node.yuan("totalRechargeAmount"),
        lifetime_bonus=node.yuan("totalGiftAmount"),
        coupons=coupons,
        gift_cards=gift_cards,
        coupons_lost=node.lost("couponsList", coupons),
        gift_cards_lost=node.lost("giftCardList", gift_cards),
    )


def _label(node: Node) -> Label:
    return Label(name=node.text("labelName"), level=node.integer("labelLevel"))


def _benefit_card(node: Node) -> BenefitCard:
    return BenefitCard(
        card_id=node.code("paidCardId"),
        name=node.text("cardName"),
        valid_from=node.time("beginAt"),
        valid_until=node.time("expiredAt"),
    )


def _gift_card(node: Node) -> MemberGiftCard:
    return MemberGiftCard(
        card_number=node.code("cardNo"),
        name=node.text("name"),
        third_party_number=node.code("thirdCardNo"),
        face_value=node.number("cardTotal"),
        kind=node.integer("cardType"),
        balance=node.number("balance"),
        times_scope=node.integer("applicableType"),
        valid_from=node.time("beginAt"),
        price=node.number("cardPrice"),
        origin=node.integer("cardSource"),
        status=node.integer("cardStatus"),
        valid_until=node.time("endAt"),
        used_today=node.integer("todayUsedNum"),
        time_windows=node.json_text("useTimeScope"),
        weekdays=node.json_text("useWeeks"),
    )


def _coupons(rows: list[Node]) -> tuple[CouponRecord, ...]:
    # A member holds many coupons of few templates, and each comes with its template whole.
    templates = SameAgain("id", _template)
    return tuple([_coupon(row, templates) for row in rows])


def _coupon(node: Node, templates: SameAgain[CouponTemplate]) -> CouponRecord:
    template = node.child("template")
    return CouponRecord(
        coupon_id=node.code("coupon_id"),
        valid_from=node.time("start_at"),
        valid_until=node.time("end_at"),
        status=node.integer("status"),
        redemption_code=node.code("couponId"),
        card_id=node.code("cardId"),
        template=None if template.empty else templates.read(template),
    )


def _template(node: Node) -> CouponTemplate:
    return CouponTemplate(
        template_id=node.code("id"),
        platform=node.integer("type"),
        title=node.text("title"),
        total=node.integer("total"),
        value=node.number("amount"),
        discount_kind=node.integer("coupon_type"),
        min_spend=node.number("min_amount_use"),
        limit_per_member=node.integer("number_of_user"),
        goods_range=node.integer("goods_range_type"),
        expiry_kind=node.integer("expire_type"),
        valid_from=node.time("start_at"),
        valid_until=node.time("end_at"),
        expiry_days=node.integer("expire_days"),
        status=node.integer("status"),
        scene_type=node.integer("scene_type"),
        exclusive=node.integer("only_coupon"),
        daily_limit=node.integer("use_per_person_per_day"),
        has_time_range=node.integer("is_use_time_range"),
        category=node.integer("category"),
        free_most_expensive=node.integer("max_num"),
        free_cheapest=node.integer("min_num"),
        min_items=node.integer("min_num_use"),
        store_range=node.integer("multi_range_type"),
        store_ids=node.id_list("shop_ids"),
        store_ids_text=node.written("shop_ids"),
        explain_text=node.text("explain_text"),
        free_next_expensive=node.integer("second_max_num"),
        buy_count=node.integer("goods_range_num"),
        label=node.text("coupon_label"),
        display_title=node.text("coupon_title"),
        display_value=node.text("coupon_amount"),
        display_total_value=node.text("all_coupon_amount"),
        code=node.code("templateCode"),
    )
