"""The lists of coupons and gift cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.domain.money import Money
from posmember.domain.rules.assessment import Assessment
from posmember.domain.rules.reasons import Eligibility, Verdict
from posmember.lookup.sections import Loading
from posmember.ui.panels.asset_panel import AssetPanel, CouponsPanel, GiftCardsPanel
from posmember.ui.panels.tabs import TabButton
from posmember.ui.view.screen import View
from posmember.ui.widgets.rows.list_view import FLASH_MS, RowList
from posmember.ui.widgets.rows.places import ROW_HEIGHT
from tests.gui import samples
from tests.gui.bad_views import grouped_view
from tests.gui.panels.showing import shown, words
from tests.gui.samples import NOW

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key


@pytest.fixture
def coupons(qtbot: QtBot) -> CouponsPanel:
    panel = CouponsPanel()
    shown(qtbot, panel)
    panel.show_view(samples.loaded_view())
    return panel


def list_of(panel: AssetPanel) -> RowList:
    assert panel.row_list is not None
    return panel.row_list


def tabs(panel: AssetPanel) -> list[TabButton]:
    return [tab for tab in panel.findChildren(TabButton) if tab.isVisible()]


def test_verdicts_are_counted(coupons: CouponsPanel) -> None:
    assert [tab.text() for tab in tabs(coupons)] == ["可用 3", "需确认 1", "不可用 6"]


def test_a_count_of_none_is_not_said(qtbot: QtBot) -> None:
    panel = GiftCardsPanel()
    shown(qtbot, panel)
    usable = samples.usual_gift_cards()[:1]
    panel.show_view(replace(samples.loaded_view(), assessment=Assessment(gift_cards=usable)))
    assert [tab.text() for tab in tabs(panel)] == ["可用 1"]


def test_tabs_lose_their_words_before_their_numbers(qtbot: QtBot) -> None:
    panel = CouponsPanel()
    shown(qtbot, panel, width=330)
    panel.show_view(samples.loaded_view())
    assert [tab.text() for tab in tabs(panel)] == ["3", "1", "6"]
    assert [tab.accessibleName() for tab in tabs(panel)] == ["可用 3", "需确认 1", "不可用 6"]


def test_a_tab_shows_its_verdict_alone_and_once_more_all(coupons: CouponsPanel) -> None:
    usable = tabs(coupons)[0]
    usable.click()
    assert list_of(coupons).model().rowCount() == 3
    tabs(coupons)[2].click()
    assert list_of(coupons).model().rowCount() == 6
    assert not usable.isChecked()
    tabs(coupons)[2].click()
    assert list_of(coupons).model().rowCount() == 10


def test_the_next_member_is_shown_whole(coupons: CouponsPanel) -> None:
    tabs(coupons)[0].click()
    coupons.seek()
    coupons._seek._field.insert("满30")
    assert list_of(coupons).model().rowCount() == 1
    coupons.show_view(samples.loaded_view(run=2))
    assert list_of(coupons).model().rowCount() == 10
    assert not any(tab.isChecked() for tab in tabs(coupons))


def test_what_is_not_there_is_said_of_words_that_no_row_holds(coupons: CouponsPanel) -> None:
    coupons.seek()
    QTest.keyClicks(coupons._seek._field, "zzz")
    assert "没有符合的" in words(coupons)
    assert coupons.end_seek()
    assert not coupons.end_seek()
    assert "没有符合的" not in words(coupons)


def checking(view: View) -> View:
    """The same view while identity is still asked."""
    return replace(view, sections=samples.sections(identity=Loading()))


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_no_verdict_is_shown_alone_while_none_is_known(coupons: CouponsPanel, tab: int) -> None:
    tabs(coupons)[tab].click()
    neutral = tuple(
        replace(each, eligibility=Eligibility(Verdict.CHECK)) for each in samples.usual_coupons()
    )
    coupons.show_view(replace(checking(samples.loaded_view()), assessment=Assessment(neutral)))
    assert list_of(coupons).model().rowCount() == 10
    coupons.show_view(samples.loaded_view())
    assert list_of(coupons).model().rowCount() == 10


def test_no_verdict_is_counted_while_none_is_known(coupons: CouponsPanel) -> None:
    coupons.show_view(checking(samples.loaded_view(run=2)))
    assert tabs(coupons) == []
    sentence = list_of(coupons).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "；核对中；" in sentence
    assert not coupons.is_all_known()


def test_rows_flash_once_where_their_verdict_became_another(
    coupons: CouponsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FLASH_MS == 600
    monkeypatch.setattr("posmember.ui.widgets.rows.list_view.reduced_motion", lambda: False)
    cards = list_of(coupons)
    cards._flash.setInterval(10)
    view = samples.loaded_view(run=2)
    coupons.show_view(checking(view))
    assert not cards._rows.flashing
    coupons.show_view(view)
    assert len(cards._rows.flashing) == 10
    qtbot.waitUntil(lambda: not cards._rows.flashing)
    coupons.show_view(reversed_view(view))
    assert not cards._rows.flashing, "no verdict became another"


def test_nothing_flashes_where_less_motion_is_asked_for(
    coupons: CouponsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posmember.ui.widgets.rows.list_view.reduced_motion", lambda: True)
    view = samples.loaded_view(run=2)
    coupons.show_view(checking(view))
    coupons.show_view(view)
    assert not list_of(coupons)._rows.flashing


def test_no_coupons_is_said_only_when_it_is_known(coupons: CouponsPanel) -> None:
    coupons.show_view(samples.unknown_view())
    assert "这位会员没有优惠券" in words(coupons)


def test_the_same_objects_do_nothing(coupons: CouponsPanel, qtbot: QtBot) -> None:
    view = samples.loaded_view(run=5)
    coupons.show_view(view)
    model = list_of(coupons).model()
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.assertNotEmitted(model.layoutChanged),
        qtbot.assertNotEmitted(model.dataChanged),
    ):
        coupons.show_view(view)
        coupons.show_view(replace(view, now=NOW + timedelta(seconds=30), refreshing=True))


def reversed_view(view: View) -> View:
    """Return a view with the same coupons, assessed anew and in another order."""
    again = tuple(replace(found, saving=Money(1)) for found in reversed(view.assessment.coupons))
    return replace(view, assessment=replace(view.assessment, coupons=again))


def test_the_selection_stays_with_its_coupon(coupons: CouponsPanel) -> None:
    view = samples.loaded_view()
    cards = list_of(coupons)
    cards.setCurrentIndex(cards.model().index(2, 0))
    code = coupons.selected_code()
    coupons.show_view(reversed_view(view))
    assert coupons.selected_code() == code
    assert cards.currentIndex().row() == 7
    assert cards.selectedIndexes() == [cards.currentIndex()]


def test_the_selection_survives_a_coupon_that_goes(coupons: CouponsPanel) -> None:
    view = samples.loaded_view()
    cards = list_of(coupons)
    cards.setCurrentIndex(cards.model().index(2, 0))
    code = coupons.selected_code()
    fewer = replace(view.assessment, coupons=view.assessment.coupons[1:])
    coupons.show_view(replace(view, assessment=fewer))
    assert coupons.selected_code() == code


def test_another_member_begins_without_a_selection(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    cards.setCurrentIndex(cards.model().index(2, 0))
    coupons.show_view(samples.loaded_view(run=2))
    assert coupons.selected_code() == ""


@pytest.mark.parametrize("place", [0, 300, 40_000])
def test_the_list_does_not_jump_when_verdicts_are_made_anew(
    coupons: CouponsPanel, qtbot: QtBot, place: int
) -> None:
    view = samples.many_view(run=3)
    coupons.show_view(view)
    bar = list_of(coupons).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 41_000)
    bar.setValue(place)
    coupons.show_view(reversed_view(view))
    QApplication.processEvents()
    assert bar.value() == place


def test_a_thousand_coupons_are_all_there(coupons: CouponsPanel, qtbot: QtBot) -> None:
    coupons.show_view(samples.many_view(run=4))
    cards = list_of(coupons)
    assert cards.model().rowCount() == 1000
    last = cards.model().index(999, 0)
    qtbot.waitUntil(lambda: cards.visualRect(last).height() > 20)
    cards.scrollTo(last)
    assert cards.viewport().rect().intersects(cards.visualRect(last))


def test_cards_do_not_overlap_in_the_list(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    bottom = -1
    for row in range(cards.model().rowCount()):
        rect = cards.visualRect(cards.model().index(row, 0))
        assert rect.top() > bottom
        bottom = rect.bottom()


def test_every_row_is_as_high(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    rects = [cards.visualRect(cards.model().index(row, 0)) for row in range(10)]
    assert {rect.height() for rect in rects} == {ROW_HEIGHT}


def test_a_click_on_copy_copies_and_says_so(coupons: CouponsPanel, qtbot: QtBot) -> None:
    cards = list_of(coupons)
    index = cards.model().index(1, 0)
    cards.setCurrentIndex(index)
    with qtbot.waitSignal(coupons.copy_requested, timeout=0) as asked:
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=copy_place(cards, 1))
    assert asked.args == ["880000000002"]
    assert cards.currentIndex() == index
    before = cards.grab().toImage()
    coupons.show_copied("880000000002")
    assert cards.grab().toImage() != before


def copy_place(cards: RowList, row: int) -> QPoint:
    """Return the middle of a selected row's 复制 button."""
    index = cards.model().index(row, 0)
    box = cards._rows.places(index, selected=True).copy
    assert box is not None
    corner = cards.visualRect(index).topLeft()
    return corner + QPoint(box.x + box.width // 2, box.y + box.height // 2)


def test_where_the_copy_button_will_be_a_click_on_another_row_copies_nothing(
    coupons: CouponsPanel, qtbot: QtBot
) -> None:
    """A button that nobody has seen yet is not pressed."""
    cards = list_of(coupons)
    with (
        qtbot.assertNotEmitted(coupons.copy_requested),
        qtbot.waitSignal(coupons.details_requested, timeout=0),
    ):
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=copy_place(cards, 1))


def test_a_click_on_a_rows_button_asks_for_what_it_says(
    coupons: CouponsPanel, qtbot: QtBot
) -> None:
    cards = list_of(coupons)
    index = cards.model().index(4, 0)
    box = cards._rows.places(index, selected=False).action
    assert box is not None
    place = cards.visualRect(index).topLeft() + QPoint(box.x + 9, box.y + 9)
    with (
        qtbot.waitSignal(coupons.action_requested, timeout=0) as asked,
        qtbot.assertNotEmitted(coupons.details_requested),
    ):
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args is not None
    assert asked.args[0].order_type == "delivery"


def test_those_that_are_alike_open_and_close(coupons: CouponsPanel, qtbot: QtBot) -> None:
    coupons.show_view(grouped_view())
    cards = list_of(coupons)
    model = cards.model()
    assert tabs(coupons)[0].text() == "可用 5"
    assert model.rowCount() == 10
    cards.setCurrentIndex(model.index(1, 0))
    with qtbot.assertNotEmitted(coupons.details_requested):
        QTest.keyClick(cards, Key.Key_Right)
    assert model.rowCount() == 13
    assert coupons.selected_code() == "770000"
    QTest.keyClick(cards, Key.Key_Down)
    QTest.keyClick(cards, Key.Key_Down)
    assert coupons.selected_code() == "770001"
    with qtbot.waitSignal(coupons.details_requested, timeout=0):
        QTest.keyClick(cards, Key.Key_Right)
    QTest.keyClick(cards, Key.Key_Up)
    QTest.keyClick(cards, Key.Key_Up)
    QTest.keyClick(cards, Key.Key_Left)
    assert model.rowCount() == 10


def test_a_click_opens_those_that_are_alike(coupons: CouponsPanel, qtbot: QtBot) -> None:
    coupons.show_view(grouped_view())
    cards = list_of(coupons)
    for rows in (13, 10):
        place = cards.visualRect(cards.model().index(1, 0)).center()
        with qtbot.assertNotEmitted(coupons.details_requested):
            QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert cards.model().rowCount() == rows


def test_a_click_beside_the_button_copies_nothing(coupons: CouponsPanel, qtbot: QtBot) -> None:
    cards = list_of(coupons)
    rect = cards.visualRect(cards.model().index(1, 0))
    cards.setCurrentIndex(cards.model().index(1, 0))
    with qtbot.assertNotEmitted(coupons.copy_requested):
        QTest.mouseClick(
            cards.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(30, 20)
        )
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.RightButton, pos=copy_place(cards, 1))


def test_letters_do_not_move_the_list(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    cards.setCurrentIndex(cards.model().index(0, 0))
    cards.setFocus()
    QTest.keyClicks(cards, "x88")
    assert cards.currentIndex().row() == 0


def test_tabbing_into_the_list_selects_what_ctrl_c_would_copy(
    coupons: CouponsPanel, qtbot: QtBot
) -> None:
    cards = list_of(coupons)
    coupons.activateWindow()
    qtbot.waitUntil(coupons.isActiveWindow)
    cards.setFocus(Qt.FocusReason.TabFocusReason)
    assert cards.selectedIndexes() == [cards.model().index(0, 0)]


def test_the_clipboard_is_left_alone_until_asked(coupons: CouponsPanel) -> None:
    QGuiApplication.clipboard().setText("mine")
    coupons.show_view(reversed_view(samples.loaded_view()))
    assert QGuiApplication.clipboard().text() == "mine"
