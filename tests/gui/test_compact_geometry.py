"""The compact window: nothing is off it, cut, or too small, in any state, at three heights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from posmember.settings.window_place import WindowPlace, WindowPlaces
from posmember.ui.beside.customer.join import read_join
from posmember.ui.i18n import install_language
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.code_sheet import CodeSheet
from posmember.ui.theme import apply_scheme, install_theme
from posmember.ui.view.screen import Hint, Severity
from posmember.ui.widgets.fitting import COMPACT_WIDTH
from posmember.ui.widgets.join_code import JoinCode
from tests.gui import samples
from tests.gui.beside.customer.showing import ADDRESS, nobody_view
from tests.gui.test_geometry import STATES, cut_figures, enter, leave, problems, settle

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

HEIGHTS = (560, 728, 1040)
"""The least, beside a taskbar on 1366x768, and on 1920x1080."""
SOME = (
    "empty",
    "question",
    "late",
    "loaded",
    "selected",
    "why",
    "code",
    "help",
    "partly",
    "failed",
)
NEEDS_MORE = ("partly",)
"""Its strip leaves the least height no room for a list; the page scrolls then."""
SCANNED_FROM = 240
"""Pixels that a till's scanner needs of a QR code."""


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    install_language(qapp, "en")
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


def compact_window(height: int) -> MainWindow:
    window = MainWindow(store_name="人民广场店")
    place = WindowPlace(60, 50, COMPACT_WIDTH, height, False, "")
    window.show_fitting(WindowPlaces(compact=place, is_compact=True))
    QTest.qWaitForWindowActive(window)
    window.prepare()
    window.set_connection(True, 86)
    window.show_seconds_left(3600)
    return window


def measure(heights: tuple[int, ...], states: tuple[str, ...] = tuple(STATES)) -> list[str]:
    """Bring one compact window into states at heights; returns what is wrong, each in words."""
    window, wrong = compact_window(max(heights)), []
    for height in heights:
        window.setMinimumHeight(min(heights))
        window.resize(COMPACT_WIDTH, height)
        for name in states:
            state = STATES[name]
            enter(window, state)
            found = problems(window, usual=False)
            found += cut_figures(window) if state.usual else []
            found += small_square(window) if height >= HEIGHTS[0] else []
            if name in NEEDS_MORE and height == HEIGHTS[0]:
                found = [each for each in found if "scrolls" not in each and "is off" not in each]
            wrong += [f"{height} / {name}: {problem}" for problem in found]
            leave(window)
    assert window.width() == COMPACT_WIDTH
    window.close()
    window.deleteLater()
    return wrong


def small_square(window: MainWindow) -> list[str]:
    """What is wrong with the codes that the till's scanner is to read."""
    sheets = [each for each in window.findChildren(CodeSheet) if each.isVisible()]
    squares = [sheet._square for sheet in sheets if sheet._square.isVisible()]
    return [
        f"the square is {square.width()} wide"
        for square in squares
        if square.width() < SCANNED_FROM
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_or_off_the_window_or_too_small(qapp: QApplication, scheme: str) -> None:
    install_theme(qapp)
    apply_scheme(qapp, scheme)
    try:
        if scheme == "light":
            assert measure(HEIGHTS[:1]) == []
        assert measure(HEIGHTS[1:], SOME) == []
    finally:
        apply_scheme(qapp, "light")


@pytest.mark.usefixtures("english")
def test_nor_in_english(qapp: QApplication) -> None:
    install_theme(qapp)
    assert measure(HEIGHTS[:1]) == []
    assert measure(HEIGHTS[1:], SOME) == []


def last_rows() -> list[str]:
    """Have the last rows say all that they can at once; returns what is wrong."""
    window = compact_window(728)
    window.training.show()
    window.set_connection(True, 12345)
    window.set_clock(True, 59 * 60)
    hint = Hint(Severity.WARNING, "x", support_code="7F3A")
    window.render(replace(samples.loaded_view(), hint=hint))
    settle()
    wrong = problems(window, usual=False)
    wrong += [f"not seen: {part.text()}" for part in _last(window) if not part.isVisible()]
    window.close()
    window.deleteLater()
    return wrong


def _last(window: MainWindow) -> tuple[QLabel, ...]:
    status = window._status
    return status._connection, status._countdown, status._code, status._clock, status.watermark


def test_the_last_rows_have_room_for_all_that_is_said_there(qapp: QApplication) -> None:
    install_theme(qapp)
    assert last_rows() == []


@pytest.mark.usefixtures("english")
def test_also_in_english(qapp: QApplication) -> None:
    install_theme(qapp)
    assert last_rows() == []


@pytest.mark.parametrize(("height", "rows"), [(560, 2), (728, 5), (1040, 11)])
def test_so_many_coupons_are_seen_whole(qapp: QApplication, height: int, rows: int) -> None:
    install_theme(qapp)
    window = compact_window(height)
    window.setMinimumHeight(height)
    window.resize(COMPACT_WIDTH, height)
    window.render(samples.many_view(30))
    settle()
    coupons = window._coupons.row_list
    assert coupons is not None
    sight = coupons.viewport().rect()
    whole = [
        row for row in range(20)
        if sight.contains(coupons.visualRect(coupons.model().index(row, 0)))
    ]  # fmt: skip
    window.close()
    window.deleteLater()
    assert len(whole) >= rows


def test_the_code_to_join_by_is_large_where_nobody_is_found(qapp: QApplication) -> None:
    install_theme(qapp)
    window = compact_window(728)
    window.offer_joining(read_join(ADDRESS).picture)
    window.render(nobody_view())
    settle()
    (code,) = window.findChildren(JoinCode)
    side = code.square().width()
    window.close()
    window.deleteLater()
    assert side >= SCANNED_FROM
