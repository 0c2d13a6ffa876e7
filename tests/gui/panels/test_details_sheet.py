"""The details of a card: how they open, what they say, and when they close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from posmember.domain.context import OrderType
from posmember.lookup.sections import Loading
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.i18n import install_language
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.asset_panel import AssetPanel, CouponsPanel, GiftCardsPanel
from posmember.ui.panels.details_sheet import DetailsSheet
from posmember.ui.view.screen import View
from posmember.ui.widgets.rows.list_view import RowList
from tests.gui import samples
from tests.gui.samples import CONTEXT, NOW
from tests.gui.themed import give_theme

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    return a_window(qapp, qtbot)


def a_window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    give_theme(qapp)
    made = MainWindow(store_name="人民广场店")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.render(samples.loaded_view())
    return made


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget(), key)


def panel(window: MainWindow, kind: type[AssetPanel]) -> AssetPanel:
    (found,) = window.findChildren(kind)
    return found


def cards(window: MainWindow, kind: type[AssetPanel] = CouponsPanel) -> RowList:
    found = panel(window, kind).row_list
    assert found is not None
    return found


def click(window: MainWindow, row: int) -> None:
    found = cards(window)
    place = found.visualRect(found.model().index(row, 0)).topLeft() + QPoint(30, 20)
    QTest.mouseClick(found.viewport(), LEFT, pos=place)


def sheets(window: MainWindow) -> list[DetailsSheet]:
    return window.findChildren(DetailsSheet)


def sheet(window: MainWindow) -> DetailsSheet:
    (found,) = sheets(window)
    return found


def is_open(window: MainWindow) -> bool:
    return any(found.isVisible() for found in sheets(window))


def said(window: MainWindow) -> list[str]:
    """Return what the sheet says in sight, line by line."""
    labels = [label for label in sheet(window).findChildren(QLabel) if label.isVisible()]
    return [label.text().replace("\u200b", "") for label in labels]


def place_of(widget: QWidget, window: MainWindow) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


# --- opening ---------------------------------------------------------------------------------


def test_the_sheet_is_not_made_before_it_is_needed(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Down, Key.Key_Escape)
    assert sheets(window) == []


def test_space_opens_and_closes(window: MainWindow) -> None:
    key = Key.Key_Space
    press(window, Key.Key_F6, key)
    assert is_open(window)
    assert "满30减10" in said(window)
    press(window, key)
    assert not is_open(window)
    press(window, key)
    assert is_open(window)


def test_right_opens_and_left_closes(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Right)
    assert "满30减10" in said(window)
    press(window, Key.Key_Right)
    assert is_open(window)
    press(window, Key.Key_Left)
    assert not is_open(window)
    assert window.focusWidget() is cards(window)


def test_a_click_opens_and_does_not_close(window: MainWindow) -> None:
    click(window, 1)
    assert "会员日全场8.8折" in said(window)
    click(window, 1)
    assert is_open(window)
    click(window, 2)
    assert "任意消费立减5元" in said(window)


def test_a_click_on_copy_or_with_another_button_opens_nothing(window: MainWindow) -> None:
    found = cards(window)
    index = found.model().index(1, 0)
    found.setCurrentIndex(index)
    row = found.visualRect(index)
    copy = found._rows.places(index, selected=True).copy
    assert copy is not None
    place = row.topLeft() + QPoint(copy.x + 9, copy.y + 9)
    QTest.mouseClick(found.viewport(), LEFT, pos=place)
    QTest.mouseClick(found.viewport(), Qt.MouseButton.RightButton, pos=row.center())
    assert not is_open(window)


def test_space_without_cards_opens_nothing(window: MainWindow) -> None:
    window.render(samples.unknown_view())
    QTest.keyClick(cards(window), Key.Key_Space)
    assert not is_open(window)


def test_it_takes_no_keyboard_and_no_tab(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Space)
    assert window.focusWidget() is cards(window)
    parts = [sheet(window), *sheet(window).findChildren(QWidget)]
    assert {part.focusPolicy() for part in parts} == {Qt.FocusPolicy.NoFocus}
    QTest.mouseClick(sheet(window), LEFT)
    assert window.focusWidget() is cards(window)
    assert sheet(window).accessibleName() == "优惠券详情"
    assert sheet(window).said().startswith("可用；满30减10；\u00a510 现金券；这一单现在可以用")


@pytest.mark.parametrize(
    ("key", "own", "other"),
    [(Key.Key_F6, CouponsPanel, GiftCardsPanel), (Key.Key_F7, GiftCardsPanel, CouponsPanel)],
)
def test_it_lies_over_the_other_list(
    window: MainWindow, key: Qt.Key, own: type[AssetPanel], other: type[AssetPanel]
) -> None:
    press(window, key, Key.Key_Space)
    for size in ((1366, 698), (1280, 800)):
        window.resize(*size)
        QApplication.processEvents()
        assert sheet(window).geometry() == place_of(panel(window, other), window)
        assert not sheet(window).geometry().intersects(place_of(panel(window, own), window))


@pytest.mark.parametrize(("key", "own"), [(Key.Key_F6, CouponsPanel), (Key.Key_F7, GiftCardsPanel)])
def test_it_lies_beside_the_only_list(
    window: MainWindow, key: Qt.Key, own: type[AssetPanel]
) -> None:
    """Where there is no room for both, or no gift cards: no row is cut by it."""
    window.resize(1024, 698)
    press(window, key, Key.Key_Space)
    QApplication.processEvents()
    mine = place_of(panel(window, own), window)
    assert not sheet(window).geometry().intersects(mine)
    assert sheet(window).width() > 350
    assert mine.width() > 400
    press(window, Key.Key_Space)
    QApplication.processEvents()
    assert panel(window, own).width() > 1000


def test_it_moves_with_its_list_when_there_is_room_for_both(window: MainWindow) -> None:
    window.resize(1024, 698)
    press(window, Key.Key_F7, Key.Key_Space)
    window.resize(1366, 698)
    QApplication.processEvents()
    mine = place_of(panel(window, GiftCardsPanel), window)
    assert sheet(window).geometry() == place_of(panel(window, CouponsPanel), window)
    assert not sheet(window).geometry().intersects(mine)


@pytest.mark.parametrize("make", [samples.loaded_view, samples.odd_view])
@pytest.mark.parametrize("key", [Key.Key_F6, Key.Key_F7])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_it_says_is_cut_at_the_right(
    qapp: QApplication, qtbot: QtBot, language: str, key: Qt.Key, make: object
) -> None:
    """In the least window, and in both languages; a long code breaks into lines."""
    translators = qapp.findChildren(QTranslator)
    locale = QLocale()
    install_language(qapp, language)
    try:
        window = a_window(qapp, qtbot)
        assert callable(make)
        window.render(make())
        window.resize(1024, 720)
        press(window, key, Key.Key_Space)
        (area,) = sheet(window).findChildren(QScrollArea)
        for _row in range(10):
            check_width(area, qtbot)
            press(window, Key.Key_Down)
    finally:
        for translator in set(qapp.findChildren(QTranslator)) - set(translators):
            qapp.removeTranslator(translator)
            translator.deleteLater()
        QLocale.setDefault(locale)


def check_width(area: QScrollArea, qtbot: QtBot) -> None:
    page, room = area.widget(), area.viewport().width()
    assert page is not None
    assert room > 150
    assert page.minimumSizeHint().width() <= room
    qtbot.waitUntil(lambda: page.width() == area.viewport().width())


# --- what it says ----------------------------------------------------------------------------


def fold(window: MainWindow, words: str) -> QPushButton:
    (found,) = (b for b in sheet(window).findChildren(QPushButton) if words in b.text())
    return found


def test_it_says_why_what_would_help_and_the_conditions(window: MainWindow) -> None:
    click(window, 0)
    press(window, *[Key.Key_Down] * 7)
    words = said(window)
    assert words[:5] == [
        "不可用",
        "外卖家庭券",
        "\u00a520 现金券",
        "仅限外卖，另有 1 个原因",
        "→ 切换为外卖，再加 2 件，即可用",
    ]
    assert "使用条件：11-30 到期（9天） · 满 5 件 · 仅限外卖" in words
    first = words.index("订单类型")
    assert words[first : first + 4] == ["订单类型", "仅限外卖", "件数门槛", "未满 5 件"]


def test_what_several_rules_say_against_it_has_a_heading(window: MainWindow) -> None:
    press(window, Key.Key_F6, *[Key.Key_Down] * 7, Key.Key_Right)
    assert "为什么不能用" in said(window)
    press(window, Key.Key_Up, Key.Key_Up)  # one reason, which the sentence says
    assert "为什么不能用" not in said(window)
    press(window, *[Key.Key_Up] * 5)
    assert "为什么不能用" not in said(window), "it can be used"


def test_what_passed_and_what_is_technical_is_folded(window: MainWindow) -> None:
    click(window, 4)
    assert fold(window, "其余").text() == "▸ 其余 17 项正常"
    assert not any("「适用场景」" in text for text in said(window))
    assert "账号状态" not in "".join(said(window))
    fold(window, "其余").click()
    assert any(text.startswith("账号状态、") for text in said(window))
    fold(window, "技术信息").click()
    assert any("「适用场景」：1" in text for text in said(window))
    fold(window, "技术信息").click()
    assert not any("「适用场景」" in text for text in said(window))


def test_nothing_is_said_of_a_verdict_that_is_not_known_yet(window: MainWindow) -> None:
    sections = samples.sections(identity=Loading())
    window.render(replace(samples.loaded_view(), sections=sections))
    click(window, 4)
    assert said(window)[0] == "核对中"
    assert "正在核对，马上就好" in said(window)
    assert not any("→" in text for text in said(window))
    window.render(samples.loaded_view())
    assert said(window)[0] == "不可用"


def test_markup_of_the_platform_is_shown_as_it_is(window: MainWindow) -> None:
    window.render(samples.odd_view())
    press(window, Key.Key_F6, Key.Key_Space, Key.Key_Down)
    fold(window, "技术信息").click()
    texts = "\n".join(said(window))
    assert "使用说明：<h1>标题</h1><script>alert(1)</script>" in texts
    for label in sheet(window).findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


# --- following -------------------------------------------------------------------------------


def test_it_follows_the_selection(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Space, Key.Key_Down)
    assert "会员日全场8.8折" in said(window)
    press(window, Key.Key_Up)
    assert "满30减10" in said(window)


def test_it_is_made_anew_with_the_verdicts(window: MainWindow) -> None:
    click(window, 0)
    press(window, *[Key.Key_Down] * 4)
    assert "外卖专享8.5折" in said(window)
    assert said(window)[0] == "不可用"
    order = replace(samples.ORDER, order_type=OrderType.DELIVERY)
    context = replace(CONTEXT, order=order)
    view = samples.loaded_view()
    coupons = tuple(samples.evaluated(found, context) for found in view.assessment.coupons)
    assessment = replace(view.assessment, coupons=coupons)
    window.render(replace(view, order=order, assessment=assessment))
    assert said(window)[0] == "可用"
    assert "外卖专享8.5折" in said(window)


def test_it_moves_on_with_the_clock(window: MainWindow) -> None:
    click(window, 0)
    press(window, *[Key.Key_Down] * 6)
    assert "→ 今天 14:00 后可用（还有 2 小时）" in said(window)
    later = NOW + timedelta(minutes=75)
    window.render(replace(samples.loaded_view(), now=later))
    assert "→ 今天 14:00 后可用（还有 45 分钟）" in said(window)


def test_page_down_scrolls_it_and_leaves_the_selection(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(960, 560)
    press(window, Key.Key_F6, Key.Key_Space)
    fold(window, "技术信息").click()
    (area,) = sheet(window).findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    press(window, Key.Key_PageDown)
    assert bar.value() > 0
    assert cards(window).currentIndex().row() == 0
    press(window, Key.Key_F2, Key.Key_PageUp)
    assert bar.value() == 0
    press(window, Key.Key_PageDown, Key.Key_F6, Key.Key_Down)
    assert bar.value() == 0, "another row begins at its top"
    press(window, Key.Key_Space, Key.Key_PageDown)
    assert cards(window).currentIndex().row() > 1, "closed, it leaves the key to the list"


def test_the_other_list_is_uncovered_when_it_is_entered(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Space, Key.Key_F7)
    assert not is_open(window)
    press(window, Key.Key_Space)
    assert "新年礼品卡" in said(window)
    press(window, Key.Key_F2)
    assert is_open(window)


# --- closing ---------------------------------------------------------------------------------


def test_escape_closes_the_help_then_the_details_then_clears(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window, Key.Key_F6, Key.Key_Space, Key.Key_F1)
    with qtbot.assertNotEmitted(window.cleared):
        press(window, Key.Key_Escape)
        assert is_open(window)
        press(window, Key.Key_Escape)
        assert not is_open(window)
    with qtbot.waitSignal(window.cleared, timeout=0):
        press(window, Key.Key_Escape)


def test_its_button_closes_it(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Space)
    (button,) = (
        found
        for found in sheet(window).findChildren(QPushButton)
        if found.accessibleName() == "收起详情"
    )
    button.click()
    assert not is_open(window)
    assert window.focusWidget() is cards(window)


GONE = {
    "cleared": lambda: View(now=NOW),
    "another member": lambda: samples.loaded_view(run=2),
    "looked up": samples.loading_view,
    "failed": samples.failed_view,
    "nothing": samples.unknown_view,
}


@pytest.mark.parametrize("make", GONE.values(), ids=GONE)
def test_it_closes_and_forgets_with_its_member(window: MainWindow, make: object) -> None:
    press(window, Key.Key_F6, Key.Key_Space)
    assert callable(make)
    window.render(make())
    assert not is_open(window)
    assert kept(window) == ""


def test_it_forgets_whenever_it_is_closed(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Space, Key.Key_Space)
    assert kept(window) == ""


def kept(window: MainWindow) -> str:
    """Return all that is left in a closed sheet."""
    labels = sheet(window).findChildren(QLabel)
    texts = [label.text() + label.accessibleName() for label in labels]
    return "".join(texts) + sheet(window).said()


# --- while it is open ------------------------------------------------------------------------


@pytest.fixture
def scanned(window: MainWindow) -> Iterator[list[str]]:
    found: list[str] = []
    scan_filter = ScanFilter()
    scan_filter.scanned.connect(lambda text, _place: found.append(text))
    yield found
    scan_filter.stop()


def test_a_scan_goes_on_below_it(window: MainWindow, scanned: list[str]) -> None:
    press(window, Key.Key_F6, Key.Key_Space)
    row = cards(window).currentIndex().row()
    for at, char in enumerate("qm0000042\r", start=1):
        key = Key.Key_Return if char == "\r" else Key(ord(char.upper()))
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(1_000_000 + at * 5)
            QApplication.sendEvent(window.windowHandle(), event)
    assert scanned == ["qm0000042"]
    assert is_open(window), "the scan's Enter is not the cashier's"
    assert cards(window).currentIndex().row() == row


def test_copying_goes_on_below_it(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Space, Key.Key_Down)
    window.copy_selected()
    assert QApplication.clipboard().text() == "880000000002"
