"""What would help: the words of every shape of it, and that the rules keep each promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import product

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from posmember.domain.context import Context, Order, OrderType
from posmember.domain.coupon import Category, Coupon, MinSpend, UnitBasis
from posmember.domain.giftcard import GiftCard, GiftCardStatus
from posmember.domain.money import Money
from posmember.domain.rules.assessment import AssessedCoupon, AssessedGiftCard
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import Reason, ReasonCode, Verdict
from posmember.domain.rules.remedy import Remedy, what_helps
from posmember.domain.values import PlatformTime, Unreadable
from posmember.resources import resource
from posmember.ui import messages
from posmember.ui.models.card import ActionKind, Card
from posmember.ui.models.cards import ShownIn, coupon_card, gift_card_card
from tests.gui.samples import CONTEXT, NOW, STORE, coupon, day, evaluated, gift_card, moment

CHINESE = re.compile("[\u4e00-\u9fff]")
GOODS = (Reason(ReasonCode.GOODS_RESTRICTED),)
HOURS = (Reason(ReasonCode.HOURS_UNKNOWN),)
SIX, THIRTY = Money(600), Money(3000)
DELIVERY, CHECK = OrderType.DELIVERY, Verdict.CHECK
AFTERNOON, TOMORROW = NOW.replace(hour=14), NOW.replace(hour=0) + timedelta(days=1)
SPEND = Remedy(amount=THIRTY, gap=SIX)
LEFT = "，其余仍需确认"

SHAPES = (
    (SPEND, "再消费 \u00a56.00 即可用"),
    (Remedy(amount=THIRTY), "订单满 \u00a530.00 即可用"),
    (Remedy(items=5, items_gap=1), "再加 1 件即可用"),
    (Remedy(items=5), "满 5 件即可用"),
    (Remedy(order_type=DELIVERY), "切换为外卖即可用"),
    (Remedy(at=AFTERNOON), "今天 14:00 后可用（还有 2 小时）"),
    (Remedy(at=TOMORROW), "明天起可用（还有 12 小时）"),
    (replace(SPEND, order_type=DELIVERY), "切换为外卖，再消费 \u00a56.00，即可用"),
    (Remedy(amount=THIRTY, items=5), "订单满 \u00a530.00，满 5 件，即可用"),
    (
        replace(SPEND, order_type=OrderType.PAY_BILL, items=5, items_gap=2),
        "切换为买单，再消费 \u00a56.00，再加 2 件，即可用",
    ),
    (
        replace(SPEND, order_type=DELIVERY, at=AFTERNOON),
        "切换为外卖，再消费 \u00a56.00，今天 14:00 后可用（还有 2 小时）",
    ),
    (replace(SPEND, verdict=CHECK, remaining=GOODS), "再消费 \u00a56.00（限指定商品）"),
    (
        replace(SPEND, verdict=CHECK, remaining=GOODS, order_type=DELIVERY),
        "切换为外卖，再消费 \u00a56.00（限指定商品）",
    ),
    (Remedy(items=5, items_gap=1, verdict=CHECK, remaining=GOODS), "再加 1 件（限指定商品）"),
    (replace(SPEND, verdict=CHECK, remaining=HOURS), "再消费 \u00a56.00" + LEFT),
    (
        replace(SPEND, verdict=CHECK, remaining=GOODS + HOURS),
        "再消费 \u00a56.00（限指定商品）" + LEFT,
    ),
    (Remedy(order_type=DELIVERY, verdict=CHECK, remaining=GOODS), "切换为外卖" + LEFT),
    (
        Remedy(at=AFTERNOON, verdict=CHECK, remaining=HOURS),
        "等到今天 14:00（还有 2 小时）" + LEFT,
    ),
    (
        Remedy(order_type=DELIVERY, at=TOMORROW, verdict=CHECK, remaining=GOODS),
        "切换为外卖，等到明天（还有 12 小时）" + LEFT,
    ),
)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(resource("translations/posmember_en.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.parametrize(("remedy", "words"), SHAPES, ids=[words for _, words in SHAPES])
def test_what_would_help_is_said(remedy: Remedy, words: str) -> None:
    assert messages.remedy_text(remedy, NOW) == words
    assert messages.remedy_hint(remedy, NOW) == f"→ {words}"


@pytest.mark.parametrize(("remedy", "words"), SHAPES, ids=[words for _, words in SHAPES])
def test_usable_is_promised_only_where_nothing_is_left_to_check(remedy: Remedy, words: str) -> None:
    assert ("可用" in words) is (remedy.verdict is Verdict.USABLE)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("remedy", "_words"), SHAPES)
def test_what_would_help_is_said_in_english(remedy: Remedy, _words: str) -> None:
    said = messages.remedy_hint(remedy, NOW)
    assert not CHINESE.search(said)
    assert "{" not in said
    promised = said.endswith("to use it") or "valid from" in said
    assert promised is (remedy.verdict is Verdict.USABLE)


# --- on cards --------------------------------------------------------------------------------


def minimum(fen: int) -> MinSpend:
    return MinSpend(Money(fen), UnitBasis.TEXT)


COUPONS = (
    *(coupon(scene, f"场景{scene}", scene_type=scene) for scene in range(1, 8)),
    *(
        coupon(10 + scene, f"满60·场景{scene}", scene_type=scene, min_spend=minimum(6000))
        for scene in range(1, 8)
    ),
    coupon(20, "满5件", min_items=5),
    coupon(21, "外卖满5件满60", scene_type=1, min_items=5, min_spend=minimum(6000)),
    coupon(22, "指定商品满60", goods_range=1, min_spend=minimum(6000)),
    coupon(23, "外卖指定商品满5件", goods_range=1, scene_type=1, min_items=5),
    coupon(24, "免配送费", category=Category.FREE_DELIVERY),
    coupon(25, "免配送费，堂食", category=Category.FREE_DELIVERY, scene_type=2),
    coupon(26, "下午", starts=moment("2026-11-21 14:00:00")),
    coupon(27, "明天起满60外卖", starts=day("2026-11-22"), scene_type=1, min_spend=minimum(6000)),
    coupon(28, "过期满60", ends=day("2026-11-02"), min_spend=minimum(6000)),
    coupon(29, "停车满60", category=Category.PARKING, min_spend=minimum(6000)),
    coupon(30, "停用", status=0, scene_type=1),
    coupon(31, "时段不明满60", has_time_range=1, min_spend=minimum(6000)),
    coupon(32, "到期不明外卖", ends=Unreadable("无"), scene_type=1),
    coupon(33, "开始前就结束", starts=day("2026-12-05"), ends=day("2026-12-01")),
    coupon(34, "门店不明", store_range=1, scene_type=4),
)
CARDS = (
    gift_card(1, "下午", balance=THIRTY, time_windows='[{"begin":"14:00","end":"17:00"}]'),
    gift_card(2, "夜里", balance=THIRTY, time_windows='[{"begin":"22:00","end":"02:00"}]'),
    gift_card(3, "明天的下午", balance=THIRTY, time_windows='[{"begin":"09:00","end":"11:00"}]'),
    gift_card(4, "空了", balance=Money(0), time_windows='[{"begin":"14:00","end":"17:00"}]'),
    gift_card(5, "转赠中", balance=THIRTY, status=GiftCardStatus.GIFTING),
    gift_card(6, "余额不明", time_windows='[{"begin":"14:00","end":"17:00"}]'),
)
ORDERS = tuple(
    Order(order_type, amount, item_count=items)
    for order_type, amount, items in product(
        OrderType, (None, Money(5400), Money(6000)), (None, 3, 5)
    )
)
CONTEXTS = tuple(Context(STORE, order, NOW, CONTEXT.account, True) for order in ORDERS)


def cards_of(context: Context) -> Iterator[tuple[AssessedCoupon | AssessedGiftCard, Card]]:
    for found in COUPONS:
        assessed = evaluated(found, context)
        yield assessed, coupon_card(assessed, ShownIn(context))
    for card in CARDS:
        held = replace(card, eligibility=evaluate(card.card, context))
        yield held, gift_card_card(held, ShownIn(context))


def asset_of(assessed: AssessedCoupon | AssessedGiftCard) -> Coupon | GiftCard:
    return assessed.coupon if isinstance(assessed, AssessedCoupon) else assessed.card


def pieces(card: Card) -> Iterator[str]:
    """Each thing that a row says; of a reason and what to do about it, each."""
    for part in card.parts:
        reason, arrow, hint = part.partition(" → ")
        yield reason
        if arrow:
            yield f"→ {hint}"
    if card.action is not None and card.action.kind is ActionKind.ORDER_TYPE:
        yield f"→ {card.action.words}"


DAYS = {"今天": 0, "明天": 1, "后天": 2}
TYPES = {"堂食": OrderType.DINE_IN, "外卖": OrderType.DELIVERY, "买单": OrderType.PAY_BILL}
MOMENT = r"(今天|明天|后天)(?: (\d\d):(\d\d))?"


def taken_at_its_word(words: str, context: Context) -> Context:
    """Do what a hint says: the change is read from its words alone."""
    order, now = context.order, context.now
    if found := re.search("切换为(堂食|外卖|买单)", words):
        order = replace(order, order_type=TYPES[found[1]])
    if found := re.search(r"(?:再消费|还差) \u00a5([\d.]+)", words):
        assert order.amount is not None
        order = replace(order, amount=order.amount + money(found[1]))
    elif found := re.search(r"(?:订单)?满 \u00a5([\d.]+)", words):
        order = replace(order, amount=money(found[1]))
    if found := re.search(r"(?:再加|还差) (\d+) 件", words):
        assert order.item_count is not None
        order = replace(order, item_count=order.item_count + int(found[1]))
    elif found := re.search(r"满 (\d+) 件", words):
        order = replace(order, item_count=int(found[1]))
    if found := re.search(f"(?:等到)?{MOMENT}(?: 后可用|起可用|（还有)", words):
        at = time(int(found[2] or 0), int(found[3] or 0), tzinfo=now.tzinfo)
        now = datetime.combine(now.date() + timedelta(days=DAYS[found[1]]), at)
    return replace(context, order=order, now=now)


def money(yuan: str) -> Money:
    return Money(int(Decimal(yuan) * 100))


def is_a_promise(words: str) -> bool:
    """Whether it says that something would do; 仅限…可用 and the like are conditions."""
    return bool(re.search("即可用|后可用|起可用|还差 .*可用|满 .*可用，", words))


def is_a_change(words: str) -> bool:
    return bool(re.match("→ (切换为.*[^→]$|再消费|再加|订单满|满 |等到|今天|明天|后天)", words))


def is_a_button(words: str) -> bool:
    return bool(re.fullmatch("→ 切换为.* →", words))


def test_the_rules_keep_every_promise_on_a_card() -> None:
    promises = partly = 0
    for context in CONTEXTS:
        for assessed, card in cards_of(context):
            for words in pieces(card):
                if is_a_promise(words):
                    promises += 1
                    wanted = Verdict.USABLE
                elif is_a_change(words):
                    partly += 1
                    wanted = Verdict.CHECK
                else:
                    continue
                then = evaluate(asset_of(assessed), taken_at_its_word(words, context))
                assert then.verdict is wanted, (words, card.title, context.order)
    assert promises > 100
    assert partly > 50


def test_what_would_help_is_on_the_row_once() -> None:
    """In words, or where it is the order type alone, as the button that switches it."""
    helped = 0
    for context in CONTEXTS:
        for assessed, card in cards_of(context):
            if assessed.eligibility.verdict is not Verdict.NOT_USABLE:
                continue
            remedy = what_helps(asset_of(assessed), context, assessed.eligibility)
            words = list(pieces(card))
            ways = [text for text in words if is_a_change(text) or is_a_promise(text)]
            ways = ways or [text for text in words if is_a_button(text)]
            assert len(ways) == (remedy is not None), (card.title, context.order)
            switched = remedy is not None and remedy.order_type is not None
            assert any(map(is_a_button, words)) is switched, (card.title, context.order)
            helped += len(ways)
    assert helped > 100


def test_what_would_help_follows_from_the_asset_and_its_verdict() -> None:
    """The list keeps a card while these are equal, whatever else of the order changed."""
    for found in COUPONS:
        known: list[tuple[object, Remedy | None]] = []
        for context in CONTEXTS:
            eligibility = evaluate(found.coupon, context)
            remedy = what_helps(found.coupon, context, eligibility)
            assert all(remedy == other for same, other in known if same == eligibility)
            known.append((eligibility, remedy))


UNTIL = "11-30 到期（9天）"


@pytest.mark.parametrize(
    ("title", "order", "parts"),
    [
        ("满60·场景7", Order(amount=Money(5400)),
         ("还差 \u00a56.00 可用（满 \u00a560.00）", UNTIL)),
        ("满60·场景7", Order(), ("满 \u00a560.00 可用，还没填金额", UNTIL)),
        ("满60·场景1", Order(amount=Money(5400)),
         ("仅限外卖", "→ 切换为外卖，再消费 \u00a56.00，即可用", "未满 \u00a560.00", UNTIL)),
        ("满60·场景1", Order(),
         ("仅限外卖", "→ 切换为外卖，订单满 \u00a560.00，即可用",
          "要满 \u00a560.00，还没填金额", UNTIL)),
        ("场景1", Order(), ("仅限外卖", UNTIL)),
        ("满5件", Order(item_count=3), ("还差 2 件可用（满 5 件）", UNTIL)),
        ("指定商品满60", Order(amount=Money(5400)),
         ("未满 \u00a560.00", "→ 再消费 \u00a56.00（限指定商品）", "仅限指定商品", UNTIL)),
        ("时段不明满60", Order(amount=Money(5400)),
         ("可用时段不明确", "→ 再消费 \u00a56.00，其余仍需确认", "未满 \u00a560.00", UNTIL)),
        ("下午", Order(), ("还没生效", "→ 今天 14:00 后可用（还有 2 小时）")),
        ("明天起满60外卖", Order(amount=Money(5400)),
         ("还没生效", "→ 切换为外卖，再消费 \u00a56.00，明天起可用（还有 12 小时）",
          "仅限外卖", "未满 \u00a560.00")),
        ("过期满60", Order(amount=Money(5400)), ("已过期（11-02）", "未满 \u00a560.00")),
        ("开始前就结束", Order(), ("还没生效，12-05 起",)),
    ],
)  # fmt: skip
def test_reasons_come_first_and_what_helps_behind_the_first(
    title: str, order: Order, parts: tuple[str, ...]
) -> None:
    context = replace(CONTEXT, order=order)
    (found,) = (each for each in COUPONS if each.coupon.title == title)
    card = coupon_card(evaluated(found, context), ShownIn(context))
    assert tuple(part for part in card.parts if "门槛" not in part) == parts
    assert all(words.removeprefix("→ ") in card.sentence() for words in card.parts)


def test_a_gift_card_waits_for_its_hours() -> None:
    context = CONTEXT
    assert isinstance(CARDS[0].card.valid_until, PlatformTime)
    held = replace(CARDS[0], eligibility=evaluate(CARDS[0].card, context))
    parts = gift_card_card(held, ShownIn(context)).parts
    assert parts[:2] == ("仅限 14:00-17:00", "→ 今天 14:00 后可用（还有 2 小时）")
