"""Views of what nobody wishes for: too long, too many, too large, or not what it seems."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from posmember.domain.identifier import IdentifierKind
from posmember.domain.member import BenefitCard, Label, Tier
from posmember.domain.money import Money
from posmember.domain.profile import Balances, Person, Profile
from posmember.domain.rules.assessment import Assessment, Suggestion
from posmember.domain.rules.points import PointsDeduction
from posmember.domain.rules.reasons import ReasonCode
from posmember.lookup.sections import Loading
from posmember.scanning.identifier import Question
from posmember.ui.messages import question_answers, question_text
from posmember.ui.view.screen import Hint, Severity, View
from tests.gui import samples

SIXTY = "Supercalifragilisticexpialidocious" + "NoSpaceInHere0123456789abc"
SIXTY_CHINESE = "周年庆感恩回馈老会员专享超值大礼包满一百减二十五元代金券" * 2 + "六十个字"
MILLION = Money(123456789)
HTML = "<h1>标题</h1><img src=x onerror=alert(1)><b>粗</b>&amp;<script>1</script>"
EMOJI = "👨‍👩‍👧🎂🧋🇨🇳奶茶👍🏽"
RIGHT_TO_LEFT = "مرحبا שלום \u202egnirts desrever\u202c قسيمة"
LONG_CODE = "A1B2C3D4E5F6G7H8J9K0L1M2N3P4Q5R6"
ZERO_WIDTH = "\u200b\u200d\u2060\ufeff"


def named(text: str) -> View:
    """Return a view in which every name is this text."""
    view = samples.loaded_view()
    coupons = tuple(
        replace(each, coupon=replace(each.coupon, title=text)) for each in samples.usual_coupons()
    )
    cards = tuple(
        replace(each, card=replace(each.card, name=text)) for each in samples.usual_gift_cards()
    )
    person = replace(
        samples.person(),
        name=text,
        card_name=text,
        tier=Tier(3, text, samples.day("2027-03-01")),
        labels=tuple(Label(f"{text}{number}") for number in range(12)),
        benefit_cards=benefit_cards(text),
    )
    return replace(
        view,
        profile=Profile(person, samples.balances(), points_payment=True),
        assessment=Assessment(
            coupons,
            cards,
            Suggestion(coupons[0].coupon, Money(1000)),
            PointsDeduction(Money(1160), 1160),
            samples.assessed_benefit_cards(*person.benefit_cards),
        ),
        nearly=replace(view.nearly, coupon=coupons[5].coupon) if view.nearly else None,
    )


def benefit_cards(name: str) -> tuple[BenefitCard, ...]:
    """Return six 付费权益卡."""
    return tuple(
        BenefitCard(str(number), f"{name}{number}", None, samples.day("2027-01-01"))
        for number in range(6)
    )


def rich_view() -> View:
    """Return a view in which every amount is a million."""
    view = samples.loaded_view()
    coupons = tuple(
        replace(
            each,
            coupon=replace(each.coupon, value=Decimal("1234567.89"), percent_paid=None),
            saving=MILLION,
        )
        for each in samples.usual_coupons()
    )
    cards = tuple(
        replace(each, card=replace(each.card, balance=MILLION))
        for each in samples.usual_gift_cards()
    )
    balances = Balances(
        points=Decimal("1234567"), principal=MILLION, bonus=MILLION, total=MILLION,
        lifetime_principal=MILLION, lifetime_bonus=MILLION,
    )  # fmt: skip
    return replace(
        view,
        profile=Profile(samples.person(), balances, points_payment=True),
        assessment=Assessment(
            coupons,
            cards,
            Suggestion(coupons[0].coupon, MILLION),
            PointsDeduction(MILLION, 1234567),
            view.assessment.benefit_cards,
        ),
    )


def unreadable_view() -> View:
    """Return a view in which six fields of each coupon cannot be read."""
    fields = ("scene_type", "category", "store_range", "goods_range", "min_items", "daily_limit")
    reasons = [samples.reason(ReasonCode.VALUE_UNKNOWN, field=field) for field in fields]
    view = samples.loaded_view()
    coupons = tuple(samples.coupon(number, f"券{number}", *reasons) for number in range(10))
    return replace(view, assessment=Assessment(coupons))


def late_view() -> View:
    """Return a view while identity is still asked."""
    view = samples.loaded_view()
    assessment = Assessment(
        view.assessment.coupons, view.assessment.gift_cards,
        benefit_cards=view.assessment.benefit_cards,
    )  # fmt: skip
    sections = samples.sections(identity=Loading())
    return replace(view, sections=sections, assessment=assessment, nearly=None)


def question_view() -> View:
    """Return a view with the longest question that there is."""
    asked = Question(IdentifierKind.ALIPAY_USER_ID, IdentifierKind.WECHAT_OPENID)
    hint = Hint(Severity.WARNING, question_text(asked), answers=question_answers(asked))
    return View(now=samples.NOW, hint=hint)


def grouped_view() -> View:
    """Return a view with three coupons that are alike."""
    view = samples.loaded_view(run=7)
    first, second, *others = view.assessment.coupons
    alike = tuple(
        replace(second, coupon=replace(second.coupon, redemption_code=f"77{number:04d}"))
        for number in range(3)
    )
    return replace(view, assessment=replace(view.assessment, coupons=(first, *alike, *others)))


def long_code_view(code: str = LONG_CODE) -> View:
    """Return a view whose suggested coupon has a code of thirty-two letters and digits."""
    view = samples.loaded_view(run=8)
    first, *others = view.assessment.coupons
    first = replace(first, coupon=replace(first.coupon, redemption_code=code))
    suggestion = Suggestion(first.coupon, Money(1000))
    assessment = replace(view.assessment, coupons=(first, *others), suggestion=suggestion)
    return replace(view, assessment=assessment)


def nothing_view() -> View:
    """Return a view of a member of whom nothing came."""
    return replace(
        samples.loaded_view(), profile=Profile(Person()), assessment=Assessment(), nearly=None
    )


BAD = {
    "sixty letters": lambda: named(SIXTY),
    "sixty characters": lambda: named(SIXTY_CHINESE),
    "html": lambda: named(HTML),
    "emoji": lambda: named(EMOJI),
    "right to left": lambda: named(RIGHT_TO_LEFT),
    "zero width": lambda: named(ZERO_WIDTH),
    "a million": rich_view,
    "unreadable": unreadable_view,
    "nothing": nothing_view,
    "everything failed": samples.failed_view,
    "odd": samples.odd_view,
}
"""The bad input that the window has to hold."""
