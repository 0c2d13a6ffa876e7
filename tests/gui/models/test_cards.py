"""Cards: what they say, and that counted widths and heights are what is painted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from posmember.domain.rules.assessment import AssessedCoupon
from posmember.domain.rules.reasons import Notice, NoticeCode, Reason, Verdict
from posmember.ui.models.assets import AssetListModel
from posmember.ui.models.card import Card
from posmember.ui.models.cards import coupon_card, gift_card_card
from posmember.ui.models.coupons import CouponListModel
from posmember.ui.theme import base_font, install_theme, tokens
from posmember.ui.widgets.cards.delegate import CardDelegate
from posmember.ui.widgets.cards.layout import CardLayout, CardMetrics, lay_out
from posmember.ui.widgets.measure import Measure
from tests.gui import samples
from tests.gui.wording.reason_words import PARAMS

WIDTHS = (250, 330, 385, 490, 700)
ALL_REASONS = tuple(Reason(code, params) for code, params, _words in PARAMS)
ALL_NOTICES = tuple(
    Notice(code, {"limit": 2, "used": 1, "fields": ("value",)}) for code in NoticeCode
)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    install_theme(qapp)


@pytest.fixture
def metrics() -> CardMetrics:
    return CardMetrics(base_font(), ("复制", "已复制"))


def every_card() -> list[Card]:
    """Return the cards of all samples, and one with every reason and notice there is."""
    odd = samples.odd_view().assessment
    # A disabled one, so that nothing would help: the rules are asked that, too.
    everything = samples.coupon(1, "一切", *ALL_REASONS, notices=ALL_NOTICES, status=0)
    coupons = (*samples.usual_coupons(), *odd.coupons, everything)
    cards = [coupon_card(assessed, samples.CONTEXT) for assessed in coupons]
    gift_cards = (*samples.usual_gift_cards(), *odd.gift_cards)
    cards += [gift_card_card(assessed, samples.CONTEXT) for assessed in gift_cards]
    return cards


def lines_of(layout: CardLayout) -> list[QRect]:
    """Return the place of every text, as tall as a line."""
    return [QRect(run.x, run.y, run.width, 12) for run in layout.runs]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("stacked", [False, True])
def test_every_reason_hint_and_notice_is_on_the_card(
    metrics: CardMetrics, width: int, stacked: bool
) -> None:
    for card in every_card():
        layout = lay_out(card, width, metrics, stacked=stacked)
        said = "".join(run.text for run in layout.runs).replace(" ", "")
        wanted = [card.verdict_word, card.value, card.code, *card.tags]
        wanted += [part for line in card.lines for part in (line.text, line.hint)]
        wanted.append(card.remedy)
        for text in wanted:
            assert text.replace(" ", "") in said


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("stacked", [False, True])
def test_no_text_is_wider_than_was_counted_or_leaves_the_card(
    metrics: CardMetrics, width: int, stacked: bool
) -> None:
    exact = {name: QFontMetricsF(measure.font) for name, measure in metrics.measures.items()}
    for card in every_card():
        layout = lay_out(card, width, metrics, stacked=stacked)
        for run in layout.runs:
            assert exact[run.font].horizontalAdvance(run.text) <= run.width + 1, run.text
            assert run.x >= 0
            assert run.x + run.width <= width, run.text
            assert run.y + metrics.measures[run.font].height <= layout.height, run.text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("stacked", [False, True])
def test_no_two_texts_overlap(metrics: CardMetrics, width: int, stacked: bool) -> None:
    for card in every_card():
        places = sorted(
            lines_of(lay_out(card, width, metrics, stacked=stacked)),
            key=lambda place: (place.y(), place.x()),
        )
        for number, place in enumerate(places):
            for other in places[number + 1 :]:
                assert not place.intersects(other), card.title


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("stacked", [False, True])
def test_the_copy_button_covers_no_text(metrics: CardMetrics, width: int, stacked: bool) -> None:
    for card in every_card():
        layout = lay_out(card, width, metrics, stacked=stacked)
        copy = layout.copy
        assert copy is not None
        button = QRect(copy.x, copy.y, copy.width, copy.height)
        assert not any(button.intersects(place) for place in lines_of(layout))
        assert copy.x + copy.width <= width


def painted(model: AssetListModel[AssessedCoupon], width: int, *, spare: int) -> tuple[QImage, int]:
    """Paint a model's first card into an image with spare rows below; return it and its height."""
    delegate = CardDelegate(base_font(), stacked=False)
    delegate.set_width(width)
    index = model.index(0)
    option = QStyleOptionViewItem()
    height = delegate.sizeHint(option, index).height()
    image = QImage(width, height + spare, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    option.rect = QRect(0, 0, width, height)
    option.state = QStyle.StateFlag.State_Enabled
    painter = QPainter(image)
    delegate.paint(painter, option, index)
    painter.end()
    return image, height


@pytest.mark.parametrize("row", range(10))
def test_nothing_is_painted_below_the_height_that_was_asked_for(row: int) -> None:
    model = CouponListModel()
    model.show_assets((samples.usual_coupons()[row],), samples.CONTEXT)
    image, height = painted(model, 500, spare=60)
    magenta = QColor(Qt.GlobalColor.magenta)
    for y in range(height, height + 60):
        for x in range(0, 500, 3):
            assert image.pixelColor(x, y) == magenta


def test_green_is_only_on_usable_cards() -> None:
    green = tokens("light").color("usable")
    for assessed in samples.usual_coupons():
        model = CouponListModel()
        model.show_assets((assessed,), samples.CONTEXT)
        image, height = painted(model, 500, spare=0)
        pixels = (image.pixelColor(x, y) for y in range(height) for x in range(500))
        has_green = any(pixel == green for pixel in pixels)
        assert has_green is (assessed.eligibility.verdict is Verdict.USABLE)


def test_a_card_is_one_sentence_for_a_screen_reader() -> None:
    sentence = coupon_card(samples.usual_coupons()[0], samples.CONTEXT).sentence()
    assert sentence == (
        "可用；\u00a510；现金券；满30减10；约省 \u00a510.00；11-30 到期（9天）；"
        "核销码 880000000001；不与其他优惠同享；有使用说明"
    )


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
