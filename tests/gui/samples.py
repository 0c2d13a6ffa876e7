"""Views of invented members, for the tests of the window and its pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from posmember.domain.context import AccountStatus, Context, Order, OrderType, Store
from posmember.domain.coupon import (
    Category,
    Coupon,
    CouponTemplate,
    DiscountKind,
    IdentityCoupon,
    MinSpend,
    UnitBasis,
)
from posmember.domain.giftcard import (
    GiftCard,
    GiftCardKind,
    GiftCardStatus,
    ListedGiftCard,
    MemberGiftCard,
    TimesScope,
)
from posmember.domain.member import BenefitCard, Gender, Label, MemberInfo, Tier
from posmember.domain.money import Money
from posmember.domain.profile import Balances, Person, Profile
from posmember.domain.rules.assessment import (
    AssessedBenefitCard,
    AssessedCoupon,
    AssessedGiftCard,
    Assessment,
    Suggestion,
)
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.points import PointsDeduction
from posmember.domain.rules.reasons import (
    Eligibility,
    Notice,
    NoticeCode,
    Params,
    Reason,
    ReasonCode,
    Verdict,
)
from posmember.domain.rules.remedy import Remedy
from posmember.domain.sources import Source
from posmember.domain.values import CHINA, PlatformTime, Unreadable
from posmember.errors import ApiTimeoutError
from posmember.lookup.sections import Failed, Loaded, Loading, Section, SectionState
from posmember.ui.messages import error_text
from posmember.ui.models.cards import ShownIn
from posmember.ui.till.panel_states import panel_states
from posmember.ui.view.screen import Hint, PanelKind, PanelState, Severity, View

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=CHINA)
ORDER = Order(OrderType.DINE_IN, Money(5800), Money(0), 3)
STORE = Store("1001", "88001", "人民广场店")
CONTEXT = Context(STORE, ORDER, NOW, AccountStatus.ACTIVE, password_enabled=True)
SHOWN_IN = ShownIn(CONTEXT)
CHECKING_IN = ShownIn(CONTEXT, checking=True)
FULL_PHONE = "13812345678"
FULL_NAME = "王小明"
LOADED_PANEL = PanelState(PanelKind.LOADED, at=NOW)
LOADING_PANEL = PanelState(PanelKind.LOADING)
TIMED_OUT = Failed(ApiTimeoutError("no answer"), 5000)


def day(text: str) -> PlatformTime:
    """Make a date without a time."""
    at = datetime.fromisoformat(text).replace(tzinfo=CHINA)
    return PlatformTime(at, has_time=False, text=text)


def reason(code: ReasonCode, **params: object) -> Reason:
    """Make a reason with params of any of the allowed types."""
    checked: Params = params  # type: ignore[assignment]
    return Reason(code, checked)


def verdict_of(*reasons: Reason) -> Verdict:
    """Return the verdict that follows from reasons."""
    if any(found.blocks for found in reasons):
        return Verdict.NOT_USABLE
    return Verdict.CHECK if reasons else Verdict.USABLE


def moment(text: str) -> PlatformTime:
    """Make a date with a time."""
    return PlatformTime(datetime.fromisoformat(text).replace(tzinfo=CHINA), text=text)


def evaluated(assessed: AssessedCoupon, context: Context = CONTEXT) -> AssessedCoupon:
    """Return a coupon with what the rules really say of it."""
    return replace(assessed, eligibility=evaluate(assessed.coupon, context))


def evaluated_card(assessed: AssessedGiftCard, context: Context = CONTEXT) -> AssessedGiftCard:
    """Return a gift card with what the rules really say of it."""
    return replace(assessed, eligibility=evaluate(assessed.card, context))


def coupon(
    number: int,
    title: str,
    *reasons: Reason,
    notices: tuple[Notice, ...] = (),
    next_usable_at: datetime | None = None,
    saving: Money | None = None,
    value: Decimal | None = None,
    percent: Decimal | None = None,
    category: Category = Category.CASH_OR_DISCOUNT,
    ends: PlatformTime | Unreadable | None = None,
    explain: str = "",
    code: str = "",
    starts: PlatformTime | None = None,
    min_spend: MinSpend | None = None,
    **template: Any,
) -> AssessedCoupon:
    """Make an assessed coupon whose redemption code follows from its number.

    Args:
        reasons: what is against it; `evaluated` asks the rules instead.
        template: more of the template's fields.
    """
    kind = DiscountKind.PERCENT if percent is not None else DiscountKind.CASH
    made = Coupon(
        redemption_code=code or f"8800{number:08d}",
        coupon_id=str(number),
        title=title,
        valid_from=starts or day("2026-01-01"),
        valid_until=ends if ends is not None else day("2026-11-30"),
        status=0,
        lock=1,
        min_spend=min_spend,
        discount_kind=kind,
        value=value,
        percent_paid=percent,
        template=replace(
            CouponTemplate(title=title, category=category, explain_text=explain),
            **{"status": 1, "scene_type": 7, **template},
        ),
        identity=IdentityCoupon(),
        sources=(Source.MEMBER_INFO, Source.IDENTITY),
    )
    verdict = verdict_of(*reasons)
    return AssessedCoupon(made, Eligibility(verdict, reasons, notices, next_usable_at), saving)


def gift_card(
    number: int,
    name: str,
    *reasons: Reason,
    kind: GiftCardKind = GiftCardKind.CASH,
    balance: Money | Unreadable | None = None,
    uses_left: int | None = None,
    notices: tuple[Notice, ...] = (),
    next_usable_at: datetime | None = None,
    ends: PlatformTime | None = None,
    status: GiftCardStatus = GiftCardStatus.BOUND,
    times_scope: TimesScope | None = None,
    time_windows: str = "",
) -> AssessedGiftCard:
    """Make an assessed gift card whose number follows from its number.

    Args:
        reasons: what is against it; `evaluated_card` asks the rules instead.
    """
    made = GiftCard(
        card_number=f"6688 0000 {number:04d}".replace(" ", ""),
        name=name,
        kind=kind,
        balance=balance,
        uses_left=uses_left,
        face_value=Decimal("100.00"),
        valid_from=day("2026-01-01"),
        valid_until=ends or day("2100-01-01"),
        status=status,
        times_scope=times_scope,
        time_windows=time_windows,
        record=MemberGiftCard(),
        listed=ListedGiftCard(validity_text="长期有效"),
        sources=(Source.MEMBER_INFO, Source.GIFT_CARD_LIST),
    )
    return AssessedGiftCard(
        made, Eligibility(verdict_of(*reasons), reasons, notices, next_usable_at)
    )


def usual_coupons() -> tuple[AssessedCoupon, ...]:
    """Coupons as on a usual evening, usable ones first, with what the rules say of them."""
    assumed = MinSpend(Money(6400), UnitBasis.ASSUMED)
    coupons = (
        coupon(
            1,
            "满30减10",
            value=Decimal(10),
            saving=Money(1000),
            explain="每单限用一张，不找零。<b>最终解释权归门店</b>\n节假日通用。",
            exclusive=1,
        ),
        coupon(
            2,
            "会员日全场8.8折",
            percent=Decimal(88),
            saving=Money(696),
            ends=day("2026-11-22"),
            daily_limit=1,
        ),
        coupon(3, "任意消费立减5元", value=Decimal(5), saving=Money(500), ends=day("2100-01-01")),
        coupon(
            4,
            "招牌奶茶兑换券",
            category=Category.EXCHANGE,
            explain="限兑招牌奶茶中杯一份。",
            goods_range=1,
        ),
        coupon(5, "外卖专享8.5折", percent=Decimal(85), scene_type=1),
        coupon(6, "满64减15", value=Decimal(15), min_spend=assumed),
        coupon(7, "下午茶满20减8", value=Decimal(8), starts=moment("2026-11-21 14:00:00")),
        coupon(8, "外卖家庭券", value=Decimal(20), scene_type=1, min_items=5),
        coupon(9, "生日买二送一", category=Category.BUY_M_GET_N, ends=day("2026-11-02")),
        coupon(10, "停车2小时", category=Category.PARKING),
    )
    return tuple(map(evaluated, coupons))


def usual_gift_cards() -> tuple[AssessedGiftCard, ...]:
    """Gift cards as on a usual evening, with what the rules say of them."""
    cards = (
        gift_card(1, "新年礼品卡", balance=Money(8650)),
        gift_card(
            2,
            "现磨咖啡10次卡",
            kind=GiftCardKind.TIMES,
            uses_left=3,
            ends=day("2027-03-01"),
            times_scope=TimesScope.NAMED_GOODS,
            time_windows="14:00 以后",
        ),
        gift_card(
            3,
            "员工福利储值卡",
            kind=GiftCardKind.STORED_VALUE,
            balance=Money(20000),
            ends=day("2026-12-31"),
            status=GiftCardStatus.GIFTING,
        ),
    )
    return tuple(map(evaluated_card, cards))


def assessed_benefit_cards(
    *cards: BenefitCard, context: Context = CONTEXT
) -> tuple[AssessedBenefitCard, ...]:
    """Return 付费权益卡 with what the rules say of them."""
    return tuple(AssessedBenefitCard(card, evaluate(card, context)) for card in cards)


def nine_reasons() -> tuple[Reason, ...]:
    """Nine reasons on one asset, with params as the rules give them."""
    code = ReasonCode
    return (
        reason(code.ACCOUNT_FROZEN),
        reason(code.LOCKED),
        reason(code.NOT_STARTED, at=NOW + timedelta(days=10, hours=2)),
        reason(code.WEEKDAY_NOT_ALLOWED, weekdays=(1, 3, 5, 7)),
        reason(code.OUTSIDE_HOURS, windows=("07:00-09:30", "14:00-17:00", "21:00-23:59")),
        reason(code.STORE_NOT_ALLOWED),
        reason(code.ORDER_TYPE_NOT_ALLOWED, allowed=("delivery", "pay_bill")),
        reason(code.MIN_SPEND_NOT_MET, need=Money(128000), have=Money(5800), gap=Money(122200)),
        reason(code.VALUE_UNKNOWN, field="scene_type"),
    )


def person() -> Person:
    """Make the member of the pictures."""
    return Person(
        user_id="100200300",
        name=FULL_NAME,
        mobile=FULL_PHONE,
        gender=Gender.MALE,
        tier=Tier(3, "金卡会员", day("2027-03-01")),
        card_number="VIP00012345",
        card_name="钻石会员卡",
        enterprise=True,
        account=AccountStatus.ACTIVE,
        password_enabled=True,
        labels=(Label("老客", 2), Label("爱喝拿铁", 3)),
        benefit_cards=(BenefitCard("1", "省钱月卡", day("2026-11-01"), day("2026-12-01")),),
    )


def balances() -> Balances:
    """Make the balances of the pictures."""
    return Balances(
        points=Decimal(1280),
        principal=Money(20000),
        bonus=Money(3000),
        total=Money(23000),
        lifetime_principal=Money(150000),
        lifetime_bonus=Money(22000),
    )


def sections(
    state: SectionState | None = None, **others: SectionState
) -> dict[Section, SectionState]:
    """Return one state for all sections, but for those named by their values."""
    usual = state or Loaded(MemberInfo(), 86, NOW)
    return {section: others.get(section.value, usual) for section in Section}


def loaded_view(run: int = 1, now: datetime = NOW) -> View:
    """Return a view in which everything arrived."""
    coupons = usual_coupons()
    return View(
        now=now,
        run=run,
        sections=sections(),
        member_panel=LOADED_PANEL,
        balances_panel=LOADED_PANEL,
        coupons_panel=LOADED_PANEL,
        gift_cards_panel=LOADED_PANEL,
        profile=Profile(person(), balances(), points_payment=True),
        assessment=Assessment(
            coupons,
            usual_gift_cards(),
            Suggestion(coupons[0].coupon, Money(1000)),
            PointsDeduction(Money(1160), 1160),
            assessed_benefit_cards(*person().benefit_cards),
            notices=(Notice(NoticeCode.NEEDS_PASSWORD),),
        ),
        nearly=Suggestion(
            coupons[5].coupon, Money(1500), Remedy(amount=Money(6400), gap=Money(600))
        ),
        store=STORE,
        order=ORDER,
    )


def loading_view() -> View:
    """Return a view in which everything was asked for and nothing arrived."""
    return View(
        now=NOW,
        run=1,
        sections=sections(Loading()),
        member_panel=LOADING_PANEL,
        balances_panel=LOADING_PANEL,
        coupons_panel=LOADING_PANEL,
        gift_cards_panel=LOADING_PANEL,
    )


def failed_view() -> View:
    """Return a view in which nothing could be loaded."""
    return with_panels(
        View(
            now=NOW,
            run=1,
            sections=sections(TIMED_OUT),
            hint=Hint(Severity.ERROR, error_text(TIMED_OUT.error).text, "7F3A"),
        )
    )


def with_panels(view: View) -> View:
    """Return a view whose panels say of its sections what the program says of them."""
    panels = panel_states(view.sections)
    return replace(
        view,
        member_panel=panels.member,
        balances_panel=panels.balances,
        coupons_panel=panels.coupons,
        gift_cards_panel=panels.gift_cards,
    )


def partly_failed_view() -> View:
    """Return a view in which identity and the list failed: everything is to check."""
    context = replace(CONTEXT, account=AccountStatus.FAILED)
    unchecked = Notice(NoticeCode.ACCOUNT_UNCHECKED, {"state": AccountStatus.FAILED.value})
    view = View(
        now=NOW,
        run=1,
        sections=sections(identity=TIMED_OUT, gift_cards=TIMED_OUT),
        profile=Profile(
            replace(person(), account=AccountStatus.FAILED),
            balances(),
            account=AccountStatus.FAILED,
        ),
        assessment=Assessment(
            tuple(evaluated(each, context) for each in usual_coupons()),
            tuple(evaluated_card(each, context) for each in usual_gift_cards()),
            benefit_cards=tuple(
                replace(each, eligibility=Eligibility(Verdict.CHECK))
                for each in assessed_benefit_cards(*person().benefit_cards)
            ),
            notices=(Notice(NoticeCode.NEEDS_PASSWORD), unchecked),
        ),
        store=STORE,
        order=ORDER,
        hint=Hint(Severity.ERROR, error_text(TIMED_OUT.error).text, "7F3A"),
    )
    return with_panels(view)


def odd_view() -> View:
    """Return a view of what hardly ever comes: long, many, unknown."""
    long_title = (
        "周年庆感恩回馈老会员专享超值大礼包满一百减二十五元代金券（可与部分门店活动叠加）" * 2
    )
    coupons = (
        coupon(
            1,
            long_title,
            *nine_reasons(),
            value=Decimal("12345.67"),
            notices=tuple(
                Notice(code, {"limit": 1, "used": 1, "fields": ("valid_until", "value", "title")})
                for code in NoticeCode
            ),
            code="WX-8f3d0a7c6b5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c",
            ends=Unreadable("无"),
        ),
        coupon(
            2,
            "<b>不是粗体</b> & <img src=x>",
            reason(ReasonCode.STATUS_UNKNOWN, value=9),
            reason(ReasonCode.VALIDITY_UNKNOWN, field="valid_until"),
            explain="<h1>标题</h1><script>alert(1)</script>",
        ),
        coupon(3, "", reason(ReasonCode.STORE_UNKNOWN), category=Category.FREE_DELIVERY),
    )
    cards = (
        gift_card(1, long_title, *nine_reasons(), balance=Unreadable("?")),
        gift_card(2, "", reason(ReasonCode.ZERO_BALANCE), balance=Money(0)),
        gift_card(3, "次卡", kind=GiftCardKind.TIMES),
    )
    benefit_cards = tuple(
        BenefitCard(str(number), f"权益卡{number}号", None, day("2027-01-01"))
        for number in range(6)
    )
    return replace(
        loaded_view(),
        profile=Profile(
            replace(
                person(),
                name="爱新觉罗·阿尔哈图明珠格格👨‍👩‍👧",
                account=AccountStatus.FROZEN,
                password_enabled=None,
                tier=Tier(9, "至尊黑金钻石终身荣誉会员", Unreadable("?")),
                labels=tuple(Label(f"标签{number}") for number in range(20)),
                benefit_cards=benefit_cards,
            ),
            Balances(
                points=Unreadable("?"),
                total=Money(-50),
                principal=None,
                bonus=Unreadable("?"),
                disagreements=("points", "principal"),
            ),
            points_payment=False,
        ),
        assessment=Assessment(
            coupons,
            cards,
            Suggestion(coupons[0].coupon, remedy=Remedy(at=NOW + timedelta(hours=2))),
            benefit_cards=assessed_benefit_cards(
                *benefit_cards, context=replace(CONTEXT, account=AccountStatus.FROZEN)
            ),
        ),
    )


def unknown_view() -> View:
    """Return a view in which everything arrived and nothing was in it."""
    return replace(loaded_view(), profile=Profile(Person(), Balances()), assessment=Assessment())


def many_coupons(count: int = 1000) -> tuple[AssessedCoupon, ...]:
    """Return many coupons: the usual ones again and again, each of a template of its own."""
    usual = usual_coupons()
    return tuple(
        replace(
            usual[number % len(usual)],
            coupon=replace(
                usual[number % len(usual)].coupon,
                redemption_code=f"99{number:010d}",
                coupon_id=str(number),
                template=CouponTemplate(template_id=str(number)),
            ),
        )
        for number in range(count)
    )


def many_view(count: int = 1000, run: int = 1) -> View:
    """Return a view with many coupons."""
    whole = loaded_view(run)
    return replace(whole, assessment=replace(whole.assessment, coupons=many_coupons(count)))
