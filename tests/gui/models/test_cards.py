"""Rows: what they say, and that counted widths are what is painted."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from posmember.domain.context import AccountStatus, OrderType
from posmember.domain.coupon import MinSpend, UnitBasis
from posmember.domain.money import Money
from posmember.domain.rules.assessment import AssessedCoupon
from posmember.domain.rules.reasons import Notice, NoticeCode, Reason, ReasonCode, Verdict
from posmember.ui.messages import checking_text, verdict_text
from posmember.ui.models.card import ActionKind, Card, spelled
from posmember.ui.models.cards import ShownIn, coupon_card, gift_card_card
from posmember.ui.models.coupons import CouponListModel
from posmember.ui.theme import base_font, tokens
from posmember.ui.widgets.measure import Measure, without_cut_number
from posmember.ui.widgets.rows.delegate import RowDelegate
from posmember.ui.widgets.rows.narrow import lay_out_narrow
from posmember.ui.widgets.rows.places import (
    ROW_HEIGHT,
    Places,
    RowMetrics,
    RowState,
    fit_parts,
    lay_out,
    middle_cut,
    touched,
)
from tests.gui import samples
from tests.gui.samples import CHECKING_IN, CONTEXT, SHOWN_IN
from tests.gui.themed import give_theme
from tests.gui.wording.reason_words import PARAMS

WIDTHS = (390, 396, 504, 667, 930)
COMPACT = WIDTHS[0]
STATES = (
    RowState(),
    RowState(chosen=True),
    RowState(chosen=True, copied=True, starred=True),
    RowState(starred=True, count=12),
    RowState(chosen=True, count=3, is_open=True),
    RowState(inset=True),
)
ALL_REASONS = tuple(Reason(code, params) for code, params, _words in PARAMS)
ALL_NOTICES = tuple(
    Notice(code, {"limit": 2, "used": 1, "fields": ("value",)}) for code in NoticeCode
)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    give_theme(qapp)


@pytest.fixture
def metrics() -> RowMetrics:
    words = [*map(verdict_text, Verdict), checking_text()]
    return RowMetrics(base_font(), words, ("复制", "已复制"))


def every_card() -> list[Card]:
    """Return the rows of all samples, and one with every reason and notice there is."""
    odd = samples.odd_view().assessment
    # A disabled one, so that nothing would help: the rules are asked that, too.
    everything = samples.coupon(1, "一切", *ALL_REASONS, notices=ALL_NOTICES, status=0)
    rich = samples.gift_card(1, "卡", balance=Money(123456789))
    coupons = (*samples.usual_coupons(), *odd.coupons, everything)
    gift_cards = (*samples.usual_gift_cards(), *odd.gift_cards, rich)
    return [
        card
        for shown_in in (SHOWN_IN, CHECKING_IN)
        for card in (
            *(coupon_card(assessed, shown_in) for assessed in coupons),
            *(gift_card_card(assessed, shown_in) for assessed in gift_cards),
        )
    ]


def every_row(metrics: RowMetrics, width: int) -> list[tuple[Card, Places]]:
    cards = every_card()
    lay = lay_out_narrow if width == COMPACT else lay_out
    return [(card, lay(card, width, metrics, state)) for card in cards for state in STATES]


def rects(places: Places, metrics: RowMetrics) -> list[QRect]:
    """Return the place of every text and button; of a text as high as its capitals."""
    found = []
    for piece in places.pieces:
        height = round(metrics.measures[piece.font].font.pixelSize() * 0.72)
        found.append(QRect(piece.x, piece.baseline - height, piece.width, height))
    boxes = (places.copy, places.action)
    return found + [QRect(box.x, box.y, box.width, box.height) for box in boxes if box is not None]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overlaps_or_leaves_its_row(metrics: RowMetrics, width: int) -> None:
    row = QRect(0, 0, width, ROW_HEIGHT)
    for card, places in every_row(metrics, width):
        found = rects(places, metrics)
        for number, place in enumerate(found):
            assert row.contains(place), card.title
            assert not any(place.intersects(other) for other in found[number + 1 :]), card.title


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_wider_than_was_counted(metrics: RowMetrics, width: int) -> None:
    exact = {name: QFontMetricsF(measure.font) for name, measure in metrics.measures.items()}
    for _card, places in every_row(metrics, width):
        for piece in places.pieces:
            assert exact[piece.font].horizontalAdvance(piece.text) <= piece.width + 1, piece.text


@pytest.mark.parametrize("width", WIDTHS)
def test_value_saving_and_verdict_are_always_whole(metrics: RowMetrics, width: int) -> None:
    for card, places in every_row(metrics, width):
        said = [piece.text for piece in places.pieces]
        for text in (card.value, card.saving, card.verdict_word):
            assert not text or text in said


@pytest.mark.parametrize("width", WIDTHS)
def test_parts_are_whole_or_left_out_and_no_number_is_cut(metrics: RowMetrics, width: int) -> None:
    for card, places in every_row(metrics, width):
        for piece in places.pieces:
            if piece.text.endswith("…") and piece.font == "body":
                assert piece.text.removesuffix("…").rstrip()[-1:] not in "0123456789.,¥-", card


def test_what_can_be_pressed_is_at_least_32_pixels_high(metrics: RowMetrics) -> None:
    for _card, places in every_row(metrics, 700):
        for box in (places.copy, places.action, places.count):
            assert box is None or min(box.height, box.width) >= 32


def test_the_code_stands_where_it_is_wanted(
    metrics: RowMetrics,
) -> None:
    card = coupon_card(samples.usual_coupons()[0], SHOWN_IN)
    for state in STATES:
        said = [piece.text for piece in lay_out(card, 700, metrics, state).pieces]
        assert (card.code in said) is state.shows_code


def test_in_the_compact_window_a_code_and_a_date_are_read_beside_what_is_saved(
    metrics: RowMetrics,
) -> None:
    card = coupon_card(samples.usual_coupons()[0], SHOWN_IN)
    places = lay_out_narrow(card, COMPACT, metrics, RowState(chosen=True, starred=True))
    said = [piece.text for piece in places.pieces]
    for text in (card.value, card.title, card.saving, card.code):
        assert text in said
    assert "11-30 到期" in said[-1]
    assert places.copy is not None
    row = QRect(0, 0, COMPACT, ROW_HEIGHT)
    found = touched(places.copy).intersected(row)
    assert found.height() >= 32, "a finger finds it, with what is around it"


def test_in_the_compact_window_what_helps_can_be_pressed(metrics: RowMetrics) -> None:
    cards = [coupon_card(each, SHOWN_IN) for each in samples.usual_coupons()]
    with_action = [card for card in cards if card.action is not None]
    assert with_action
    for card in with_action:
        assert lay_out_narrow(card, COMPACT, metrics, RowState()).action is not None


def test_a_long_code_keeps_its_ends(metrics: RowMetrics) -> None:
    body = metrics.measures["body"]
    code = "WX-8f3d0a7c6b5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c"
    cut = middle_cut(body, code, 200)
    first, _, last = cut.partition("…")
    assert body.width(cut) <= 200
    assert code.startswith(first)
    assert code.endswith(last)
    assert middle_cut(body, code, 1000) == code
    assert middle_cut(body, code, 10) == "WX…1c"


def test_parts_that_have_no_room_are_left_out(metrics: RowMetrics) -> None:
    body = metrics.measures["body"]
    parts = ("还差 \u00a56.00 可用", "11-30 到期")
    assert fit_parts(parts, 1000, body) == ("还差 \u00a56.00 可用 · 11-30 到期", True)
    first = body.width(parts[0]) + body.width(" …")
    assert fit_parts(parts, first, body) == ("还差 \u00a56.00 可用 …", False)
    assert fit_parts(parts, body.width("还差 \u00a56.…"), body) == ("还差…", False)
    assert fit_parts(("Hours unclear",), body.width("Ho…"), body) == ("", False)
    assert fit_parts((), 100, body) == ("", True)
    assert fit_parts(parts, 1, body) == ("", False)


def painted(assessed: AssessedCoupon, shown_in: ShownIn, *, spare: int) -> QImage:
    """Paint a coupon's row into an image with spare lines below."""
    model = CouponListModel()
    model.show_assets((assessed,), shown_in)
    delegate = RowDelegate(base_font())
    delegate.set_width(500)
    index = model.index(0)
    option = QStyleOptionViewItem()
    image = QImage(500, ROW_HEIGHT + spare, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    option.rect = QRect(0, 0, 500, delegate.sizeHint(option, index).height())
    option.state = QStyle.StateFlag.State_Enabled
    with QPainter(image) as painter:
        delegate.paint(painter, option, index)
    return image


@pytest.mark.parametrize("row", range(10))
def test_nothing_is_painted_below_the_row(row: int) -> None:
    image = painted(samples.usual_coupons()[row], SHOWN_IN, spare=40)
    magenta = QColor(Qt.GlobalColor.magenta)
    for y in range(ROW_HEIGHT, ROW_HEIGHT + 40):
        for x in range(0, 500, 3):
            assert image.pixelColor(x, y) == magenta


def has_color(image: QImage, name: str) -> bool:
    wanted = tokens("light").color(name)
    places = ((x, y) for y in range(image.height()) for x in range(image.width()))
    return any(image.pixelColor(x, y) == wanted for x, y in places)


def test_green_is_only_on_usable_rows() -> None:
    for assessed in samples.usual_coupons():
        image = painted(assessed, SHOWN_IN, spare=0)
        usable = assessed.eligibility.verdict is Verdict.USABLE
        assert has_color(image, "usable") is usable


def test_a_verdict_that_is_not_known_yet_has_no_colour() -> None:
    for assessed in samples.usual_coupons():
        image = painted(assessed, CHECKING_IN, spare=0)
        assert not has_color(image, "usable")
        assert not has_color(image, "check")


def test_a_verdict_that_is_not_known_yet_has_no_reason_no_saving_and_no_action() -> None:
    for assessed in samples.usual_coupons():
        card = coupon_card(assessed, CHECKING_IN)
        assert (card.verdict, card.verdict_word) == (None, "核对中")
        assert (card.saving, card.action, card.parts) == ("", None, (card.validity,))


def test_a_row_is_one_sentence_for_a_screen_reader() -> None:
    sentence = coupon_card(samples.usual_coupons()[0], SHOWN_IN).sentence()
    assert sentence == (
        "满30减10；\u00a510；现金券；可用；11-30 到期（9天）；不与其他优惠同享；"
        "约省 \u00a510.00；核销码 8 8 0 0 0 0 0 0 0 0 0 1"
    )


def test_what_to_do_is_said_without_arrows() -> None:
    sentence = coupon_card(samples.usual_coupons()[7], SHOWN_IN).sentence()
    assert "→" not in sentence
    assert "；切换为外卖，再加 2 件，即可用；" in sentence
    assert "；切换为外卖；" in sentence


@pytest.mark.parametrize(
    ("code", "said"),
    [("6688", "6 6 8 8"), ("A1B22", "A 1 B 2 2"), ("code-A", "code-A"), ("", "")],
)
def test_a_code_is_spelled_digit_by_digit(code: str, said: str) -> None:
    assert spelled(code) == said


def test_what_is_blocked_saves_nothing() -> None:
    blocked = replace(samples.usual_coupons()[5], saving=Money(1500))
    assert coupon_card(blocked, SHOWN_IN).saving == ""


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        (0, ("11-30 到期（9天）", "不与其他优惠同享")),
        (
            3,
            (
                "线下券，请在对应系统核销",
                "仅限指定商品 → 请核对所点商品",
                "11-30 到期（9天）",
            ),
        ),
        (4, ("仅限外卖", "11-30 到期（9天）")),
        (5, ("还差 \u00a56.00 可用（满 \u00a564.00）", "11-30 到期（9天）")),
        (6, ("还没生效", "→ 今天 14:00 后可用（还有 2 小时）")),
        (7, ("仅限外卖", "→ 切换为外卖，再加 2 件，即可用", "未满 5 件", "11-30 到期（9天）")),
        (8, ("已过期（11-02）",)),
    ],
)
def test_the_second_line_begins_with_what_matters_most(row: int, parts: tuple[str, ...]) -> None:
    assert coupon_card(samples.usual_coupons()[row], SHOWN_IN).parts == parts


def test_the_order_type_is_switched_by_a_button() -> None:
    action = coupon_card(samples.usual_coupons()[4], SHOWN_IN).action
    assert action is not None
    assert (action.kind, action.order_type) == (ActionKind.ORDER_TYPE, OrderType.DELIVERY)
    assert action.words == "切换为外卖 →"


def without_amount(**template: object) -> Card:
    order = replace(samples.ORDER, amount=None)
    context = replace(CONTEXT, order=order)
    need = MinSpend(Money(6400), UnitBasis.DOCUMENTED)
    made = samples.coupon(1, "券", min_spend=need, value=None, **template)  # type: ignore[arg-type]
    return coupon_card(samples.evaluated(made, context), ShownIn(context))


def test_what_a_row_says_already_is_not_said_as_a_hint_though_the_account_is_to_check() -> None:
    context = replace(CONTEXT, account=AccountStatus.FAILED)
    for row in (4, 5):  # one takes another order type, one a larger amount
        assessed = samples.evaluated(samples.usual_coupons()[row], context)
        parts = coupon_card(assessed, ShownIn(context)).parts
        assert not any("→" in part for part in parts), parts


def test_a_missing_amount_has_a_button_that_goes_there() -> None:
    action = without_amount().action
    assert action is not None
    assert (action.kind, action.words) == (ActionKind.AMOUNT, "填金额 F8")


def test_no_hint_is_given_that_could_not_help() -> None:
    card = without_amount(ends=samples.day("2026-11-02"))
    assert card.action is None
    assert not any("→" in part or "F8" in part for part in card.parts)


def test_of_many_unreadable_fields_the_first_is_named_on_the_row() -> None:
    fields = ("scene_type", "category", "store_range", "goods_range", "min_items", "daily_limit")
    unreadable = [samples.reason(ReasonCode.VALUE_UNKNOWN, field=field) for field in fields]
    card = coupon_card(samples.coupon(1, "券", *unreadable), SHOWN_IN)
    assert len([part for part in card.parts if "无法识别" in part]) == 1


@pytest.fixture
def measure(qapp: QApplication) -> Measure:
    return Measure(base_font())


@pytest.mark.parametrize("text", ["", "满30减10", "仅限 07:00-09:30、14:00-17:00", "abc def"])
def test_wrapped_lines_fit_and_hold_the_whole_text(measure: Measure, text: str) -> None:
    for width in range(20, 300, 7):
        lines = measure.wrap(text, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(measure.width(line) <= width or len(line) == 1 for line in lines)


def test_a_line_does_not_break_inside_a_time_or_before_a_stop(measure: Measure) -> None:
    text = "仅限 07:00-09:30、14:00-17:00、21:00-23:59"
    lines = measure.wrap(text, measure.width(text) - 5)
    assert lines == ["仅限 07:00-09:30、14:00-17:00、", "21:00-23:59"]
    for before, after in pairwise(measure.wrap("可用，可用，可用，可用。", measure.em * 3)):
        assert before
        assert after[0] not in "，。"


@given(st.text(max_size=60), st.integers(min_value=1, max_value=400))
def test_wrapping_any_text_ends(text: str, width: int) -> None:
    lines = Measure(QFont("WenQuanYi Micro Hei")).wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_an_elided_text_fits_and_says_that_it_was_cut(measure: Measure) -> None:
    cut = measure.elide("周年庆感恩回馈老会员", measure.em * 4)
    assert cut.endswith("…")
    assert measure.width(cut) <= measure.em * 4
    assert measure.elide("券", measure.em * 4) == "券"


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        ("含赠 \u00a530…", "含赠…"),
        ("含赠 \u00a530.00 · 需…", "含赠 \u00a530.00 · 需…"),
        ("至 2027-…", "至…"),
        ("招牌奶茶…", "招牌奶茶…"),
        ("\u00a51,2…", "…"),
        ("whole", "whole"),
    ],
)
def test_no_number_is_left_that_was_cut(cut: str, left: str) -> None:
    assert without_cut_number(cut) == left
