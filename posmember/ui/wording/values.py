"""Money, counts and kinds of assets in the cashier's words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from posmember.domain.context import OrderType
from posmember.domain.coupon import Category, Coupon, DiscountKind
from posmember.domain.giftcard import GiftCard, GiftCardKind
from posmember.domain.identifier import IdentifierKind
from posmember.domain.member import Amount, Gender
from posmember.domain.money import Money
from posmember.domain.sources import Source
from posmember.domain.values import Int, Number, Unreadable
from posmember.ui.wording.plain import one_line

translate = QCoreApplication.translate


def money_text(money: Money) -> str:
    """Say an amount: ``¥58.00``, ``-¥0.50``, ``¥1,280.00``."""
    sign = "-" if money.fen < 0 else ""
    yuan, fen = divmod(abs(money.fen), 100)
    return f"{sign}¥{yuan:,}.{fen:02d}"


def short_money_text(money: Money) -> str:
    """Say an amount without needless zeros: ``¥30``, ``¥0.30``."""
    return money_text(money).removesuffix(".00")


def saving_text(saving: Money, *, at_most: bool) -> str:
    """Say what a coupon saves, always as an estimate; of a percent it may be less."""
    text = translate("Messages", "约省 {saving}")
    if at_most:
        text = translate("Messages", "最多约省 {saving}")
    return text.format(saving=money_text(saving))


def amount_text(amount: Amount) -> str:
    """Say an amount that may be missing or unreadable; neither is ever said as 0."""
    if amount is None:
        return translate("Messages", "未提供")
    if isinstance(amount, Unreadable):
        return translate("Messages", "未知")
    return money_text(amount)


def number_text(number: Number | Int) -> str:
    """Say a number that may be missing or unreadable; neither is ever said as 0."""
    if number is None:
        return translate("Messages", "未提供")
    if isinstance(number, Unreadable):
        return translate("Messages", "未知")
    return plain_number(Decimal(number))


def plain_number(number: Decimal) -> str:
    """Write a number in groups of three, without needless zeros: ``1,280``, ``8.5``."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def category_text(category: int | None) -> str:
    """Say what kind of coupon a category is (member-info, ``template.category``)."""
    match category:
        case Category.CASH_OR_DISCOUNT:
            return translate("Messages", "现金券/折扣券")
        case Category.FREE_ITEMS:
            return translate("Messages", "免单券")
        case Category.EXCHANGE:
            return translate("Messages", "兑换券")
        case Category.BUY_M_GET_N:
            return translate("Messages", "买赠券")
        case Category.GOODS:
            return translate("Messages", "商品券")
        case Category.FREE_DELIVERY:
            return translate("Messages", "免配送费券")
        case Category.SKIP_QUEUE:
            return translate("Messages", "免排队券")
        case Category.PARKING:
            return translate("Messages", "停车券")
    return translate("Messages", "优惠券")


def coupon_kind_text(coupon: Coupon) -> str:
    """Say what kind of coupon it is; cash and discount coupons are told apart."""
    category = coupon.template.category if coupon.template is not None else None
    if category not in (None, Category.CASH_OR_DISCOUNT):
        return category_text(category if isinstance(category, int) else None)
    if coupon.discount_kind == DiscountKind.PERCENT:
        return translate("Messages", "折扣券")
    if coupon.discount_kind == DiscountKind.CASH:
        return translate("Messages", "现金券")
    return category_text(category if isinstance(category, int) else None)


def coupon_value_text(coupon: Coupon) -> str:
    """Say a coupon's value in few large letters: ``¥10``, ``8.5折``, or its kind."""
    category = coupon.template.category if coupon.template is not None else None
    if category in (None, Category.CASH_OR_DISCOUNT, Category.GOODS):
        if isinstance(coupon.percent_paid, Decimal):
            return discount_text(coupon.percent_paid)
        if coupon.discount_kind == DiscountKind.CASH and isinstance(coupon.value, Decimal):
            return f"¥{plain_number(coupon.value)}"
    return _short_kind_text(category if isinstance(category, int) else None)


def discount_text(percent_paid: Decimal) -> str:
    """Say a discount: 85 % paid is ``8.5折``."""
    fold, off = plain_number(percent_paid / 10), plain_number(100 - percent_paid)
    return translate("Messages", "{fold}折", "{off} is the percent off").format(fold=fold, off=off)


def _short_kind_text(category: int | None) -> str:
    match category:
        case Category.FREE_ITEMS:
            return translate("Messages", "免单")
        case Category.EXCHANGE:
            return translate("Messages", "兑换")
        case Category.BUY_M_GET_N:
            return translate("Messages", "买赠")
        case Category.GOODS:
            return translate("Messages", "商品")
        case Category.FREE_DELIVERY:
            return translate("Messages", "免运费")
        case Category.SKIP_QUEUE:
            return translate("Messages", "免排队")
        case Category.PARKING:
            return translate("Messages", "停车")
    return translate("Messages", "券")


def gift_card_kind_text(card: GiftCard) -> str:
    """Say what kind of gift card it is."""
    match card.kind:
        case GiftCardKind.CASH:
            return translate("Messages", "现金卡")
        case GiftCardKind.TIMES:
            return translate("Messages", "次卡")
        case GiftCardKind.BENEFIT:
            return translate("Messages", "权益卡")
        case GiftCardKind.STORED_VALUE:
            return translate("Messages", "储值卡")
    return translate("Messages", "礼品卡")


def gift_card_value_text(card: GiftCard) -> str:
    """Say what is left on a card: ``¥86.50``, ``剩 3 次``; unknown is said, never 0."""
    if card.kind == GiftCardKind.TIMES:
        if isinstance(card.uses_left, int):
            return translate("Messages", "剩 {count} 次").format(count=card.uses_left)
        return translate("Messages", "次数未知")
    if isinstance(card.balance, Money):
        return money_text(card.balance)
    if card.kind == GiftCardKind.BENEFIT:
        return gift_card_kind_text(card)
    return translate("Messages", "余额未知")


def order_type_text(order_type: str) -> str:
    """Say an order type; a word of the platform that we do not know is said as it is."""
    match order_type:
        case OrderType.DINE_IN:
            return translate("Messages", "堂食")
        case OrderType.DELIVERY:
            return translate("Messages", "外卖")
        case OrderType.PAY_BILL:
            return translate("Messages", "买单")
    return one_line(order_type)


def gender_text(gender: Gender) -> str:
    """Say a gender; nothing where it is not known."""
    match gender:
        case Gender.MALE:
            return translate("Messages", "男")
        case Gender.FEMALE:
            return translate("Messages", "女")
    return ""


def source_text(source: Source) -> str:
    """Say which query told of something."""
    match source:
        case Source.MEMBER_INFO:
            return translate("Messages", "会员信息")
        case Source.IDENTITY:
            return translate("Messages", "会员识别")
        case Source.GIFT_CARD_LIST:
            return translate("Messages", "礼品卡列表")


def identifier_kind_text(kind: IdentifierKind) -> str:
    """Say what an identifier is."""
    match kind:
        case IdentifierKind.MEMBER_CODE:
            return translate("Messages", "会员码")
        case IdentifierKind.MOBILE:
            return translate("Messages", "手机号")
        case IdentifierKind.CARD_NUMBER:
            return translate("Messages", "会员卡号")
        case IdentifierKind.ALIPAY_USER_ID:
            return translate("Messages", "支付宝用户ID")
        case IdentifierKind.WECHAT_OPENID:
            return translate("Messages", "微信 openid")
        case IdentifierKind.WECHAT_UNIONID:
            return translate("Messages", "微信 unionid")
        case IdentifierKind.USER_ID:
            return translate("Messages", "会员ID")


def list_text(items: Iterable[str]) -> str:
    """Join words: ``堂食、外卖``."""
    return translate("Messages", "、", "between the words of a list").join(items)
