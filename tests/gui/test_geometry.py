"""Nothing is off the window, cut, or too small: every state at every size, told by the widgets.

Sizes are in Qt's pixels: what a screen has at its scale, less a taskbar and a title bar; 1366x768
at 125 % is 1093x614.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from posmember.ui.i18n import install_language
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.figure import Figure
from posmember.ui.theme import SMALL_PX, apply_scheme
from posmember.ui.view.screen import Hint, Severity, View
from posmember.ui.widgets.fitted_label import FittedLabel
from posmember.ui.widgets.labels import ElidedLabel
from posmember.ui.widgets.rows.places import ROW_HEIGHT
from tests.gui import samples
from tests.gui.bad_views import (
    BAD,
    grouped_view,
    late_view,
    long_code_view,
    question_view,
)
from tests.gui.themed import give_theme
from tests.gui.wechat.samples import wechat_view

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key
SIZES = {
    "1366x768": (1366, 768),
    "1366x768, taskbar": (1366, 688),
    "1366x768 at 125 %": (1093, 560),
    "1024x768, taskbar": (1024, 688),
    "1920x1080 at 150 %, taskbar": (1280, 656),
    "1920x1080, taskbar": (1920, 1000),
    "the least": (960, 560),
}
LEAST_TURNS, TURNS_TO_REST = 2, 60
"""How many turns of the loop a window is given to be laid out."""
TOUCHED = 32
"""The least of a button's shorter side in a row."""
ALONE = 44


@dataclass(frozen=True)
class State:
    """How the window comes into a state.

    Args:
        view: what it shows. keys: what is then struck.
        usual: whether nothing may be elided in it, from 1366 pixels on.
    """

    view: Callable[[], View] | None = None
    keys: tuple[Qt.Key, ...] = ()
    usual: bool = True


STATES = {
    "empty": State(),
    "question": State(question_view),
    "loading": State(samples.loading_view),
    "late": State(late_view),
    "loaded": State(samples.loaded_view),
    "selected": State(samples.loaded_view, (Key.Key_F6, Key.Key_Down)),
    "grouped": State(grouped_view, (Key.Key_F6, Key.Key_Down, Key.Key_Right)),
    "why": State(samples.loaded_view, (Key.Key_F6, *[Key.Key_Down] * 7, Key.Key_Right)),
    "why, a gift card": State(samples.loaded_view, (Key.Key_F7, Key.Key_Right)),
    "code": State(samples.loaded_view, (Key.Key_F6, Key.Key_Return)),
    "code, blocked": State(samples.loaded_view, (Key.Key_F6, *[Key.Key_Down] * 5, Key.Key_Return)),
    "code, a gift card": State(samples.loaded_view, (Key.Key_F7, Key.Key_Return)),
    "code, one of several": State(grouped_view, (Key.Key_F6, Key.Key_Down, Key.Key_Return)),
    "code, long": State(long_code_view, (Key.Key_F6, Key.Key_Return)),
    **{
        f"code, {name}": State(make, (Key.Key_F6, Key.Key_Return), usual=False)
        for name, make in BAD.items()
        if name != "unreadable"  # whose reasons are none that the rules give
    },
    "help": State(samples.loaded_view, (Key.Key_F1,)),
    "partly": State(samples.partly_failed_view),
    "failed": State(samples.failed_view),
    "wechat": State(lambda: wechat_view("wechat-card")),
    **{name: State(make, (Key.Key_F6,), usual=False) for name, make in BAD.items()},
}


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """The window in English; what has no English yet is measured as it is."""
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    install_language(qapp, "en")
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


def measure(qapp: QApplication, sizes: dict[str, tuple[int, int]]) -> list[str]:
    """Bring one window into every state at every size; returns what is wrong, each in words."""
    window = MainWindow(store_name="人民广场店")
    window.show()
    QTest.qWaitForWindowActive(window)
    window.prepare()
    window.set_connection(True, 86)
    window.show_seconds_left(3600)
    wrong = []
    for size_name, size in sizes.items():
        window.resize(*size)
        for name, state in STATES.items():
            enter(window, state)
            found = problems(window, usual=state.usual and size[0] >= 1366)
            found += cut_figures(window) if state.usual and size[0] >= 1024 else []
            wrong += [f"{size_name} / {name}: {problem}" for problem in found]
            leave(window)
    window.close()
    window.deleteLater()
    return wrong


def state_line(qapp: QApplication, width: int) -> list[str]:
    """Have the last row say all that it can at once; returns what is wrong."""
    window = MainWindow(store_name="人民广场店")
    window.resize(width, 560)
    window.show()
    QTest.qWaitForWindowActive(window)
    window.prepare()
    window.set_connection(True, 12345)
    window.set_clock(True, 59 * 60)
    hint = Hint(Severity.WARNING, "x", support_code="7F3A")
    window.render(replace(samples.loaded_view(), hint=hint))
    window.show_seconds_left(3600)
    settle()
    wrong = problems(window, usual=False)
    window.show_seconds_left(None)
    window.set_clock(True, 0)
    settle()
    if window._status._keys.isHidden():
        wrong.append("no key is told though there is room")
    window.close()
    window.deleteLater()
    return wrong


def enter(window: MainWindow, state: State) -> None:
    window.show_scanned("qm0000001")
    for field, text in zip(window.numbers.fields, ("1234567.89", "12345.67", "999"), strict=True):
        field[0].setText(text)
    if state.view is not None:
        window.render(state.view())
    assert window.codes is not None
    window.codes.late_enter.end()
    for key in state.keys:
        QTest.keyClick(window.focusWidget(), key)
    settle()


def leave(window: MainWindow) -> None:
    for _sheet in range(3):
        QTest.keyClick(window.focusWidget(), Key.Key_Escape)
    window.render(View(now=samples.NOW))
    window.scan_field.setFocus()
    settle()


class _LaidOut(QObject):
    """Notes what is laid out in the application."""

    def __init__(self) -> None:
        super().__init__()
        self.named: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.named.add(type(watched).__name__)
        return False


def settle() -> None:
    """Let everything be laid out. Fails where that never ends: a till would never idle."""
    watch, application = _LaidOut(), QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    try:
        for turn in range(TURNS_TO_REST):
            watch.named.clear()
            QApplication.processEvents()
            if turn >= LEAST_TURNS and not watch.named:
                return
    finally:
        application.removeEventFilter(watch)
    raise AssertionError(f"laid out for ever: {sorted(watch.named)}")


def problems(window: MainWindow, *, usual: bool) -> list[str]:
    found: list[str] = []
    room = window.rect()
    if window._area.isVisible() and window.page.size() != window._area.maximumViewportSize():
        found.append(f"the page scrolls: {window.page.size()}")
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window or widget.width() == 0:
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if not _scrolls(widget) and not room.contains(place):
            found.append(f"{_named(widget)} is off the window: {place}")
        found += [f"{_named(widget)} {what}" for what in _flaws(widget, usual=usual)]
    return found


def cut_figures(window: MainWindow) -> list[str]:
    """What points are worth and what the stored value takes is read whole from 1024 pixels on."""
    figures = [each for each in window.findChildren(Figure) if each.isVisible()]
    return [
        f"{each.note.text()!r} is elided: {each.note.width()} of {each.note.sizeHint().width()}"
        for each in figures
        if each.note.width() < each.note.sizeHint().width() - 1
    ]


def _scrolls(widget: QWidget) -> bool:
    """Whether it lies in what scrolls, and may so be out of sight."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea) and parent.objectName() != "page":
            inner = isinstance(parent, QScrollArea) and type(parent).__name__ != "PageArea"
            if inner:
                return True
        parent = parent.parentWidget()
    return False


def _named(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    said = str(text())[:20] if callable(text) else widget.accessibleName()[:20]
    return f"{type(widget).__name__} {said!r}"


def _flaws(widget: QWidget, *, usual: bool) -> Iterator[str]:
    text = getattr(widget, "text", None)
    written = str(text()) if callable(text) else ""
    if not written:
        return
    if 0 < widget.font().pixelSize() < SMALL_PX:
        yield f"is written in {widget.font().pixelSize()} pixels"
    needed = QFontMetricsF(widget.font()).horizontalAdvance(written)
    if isinstance(widget, FittedLabel):
        if usual and widget.is_cut():
            yield "is cut"
    elif isinstance(widget, ElidedLabel):
        if usual and needed > widget.width() + 1:
            yield f"is elided: {widget.width()} of {needed}"
    elif isinstance(widget, QLabel):
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height():
                yield f"is cut: {widget.height()} of {widget.heightForWidth(widget.width())}"
        elif needed > widget.contentsRect().width() + 1:
            yield f"is cut: {widget.width()} of {needed}"
    elif isinstance(widget, QPushButton):
        if widget.width() < widget.minimumSizeHint().width():
            yield f"is cut: {widget.width()} of {widget.minimumSizeHint().width()}"
    elif widget.objectName() == "entry" and needed > widget.width() - 20:
        yield f"has no room for what is typed: {widget.width()} of {needed}"
    if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < TOUCHED:
        yield f"is too small for a finger: {widget.size()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_or_off_the_window_or_too_small(qapp: QApplication, scheme: str) -> None:
    give_theme(qapp)
    apply_scheme(qapp, scheme)
    try:
        sizes = SIZES if scheme == "light" else {"the least": SIZES["the least"]}
        assert measure(qapp, sizes) == []
    finally:
        apply_scheme(qapp, "light")


@pytest.mark.usefixtures("english")
def test_nor_in_english(qapp: QApplication) -> None:
    give_theme(qapp)
    roomy = ("1366x768", "1920x1080, taskbar")  # others of their layouts have less room
    tight = {name: size for name, size in SIZES.items() if name not in roomy}
    assert measure(qapp, tight) == []


@pytest.mark.usefixtures("english")
def test_as_many_coupons_are_seen_whole_in_english(qapp: QApplication) -> None:
    test_so_many_coupons_are_seen_whole(qapp, (1366, 688), 8)


@pytest.mark.parametrize(
    ("size", "rows"), [((1366, 768), 9), ((1366, 688), 8), ((1024, 688), 8), ((960, 560), 5)]
)
def test_so_many_coupons_are_seen_whole(
    qapp: QApplication, size: tuple[int, int], rows: int
) -> None:
    give_theme(qapp)
    window = MainWindow()
    window.resize(*size)
    window.show()
    window.render(samples.loaded_view())
    settle()
    coupons = window._coupons.row_list
    assert coupons is not None
    sight = coupons.viewport().rect()
    whole = [
        row for row in range(10)
        if sight.contains(coupons.visualRect(coupons.model().index(row, 0)))
    ]  # fmt: skip
    assert len(whole) >= rows
    assert coupons.visualRect(coupons.model().index(0, 0)).height() == ROW_HEIGHT
    window.close()
    window.deleteLater()


def test_messages_and_answers_move_nothing(qapp: QApplication) -> None:
    """The rows stand where they stood, whatever is said and whoever answers."""
    give_theme(qapp)
    window = MainWindow()
    window.resize(1366, 688)
    window.show()
    window.render(samples.loading_view())
    settle()
    places = _places(window)
    for view in (
        late_view(),
        samples.loaded_view(),
        samples.partly_failed_view(),
        samples.odd_view(),
        samples.failed_view(),
        View(now=samples.NOW),
        question_view(),
    ):
        window.render(view)
        settle()
        assert _places(window) == places
    window.close()
    window.deleteLater()


def _places(window: MainWindow) -> list[QRect]:
    parts = (window._orders, window._body.person, window._body.say, window._status)
    return [QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]


def test_what_stands_alone_is_large_enough_for_a_finger(qapp: QApplication) -> None:
    give_theme(qapp)
    window = MainWindow()
    window.show()
    window.render(samples.failed_view())
    settle()
    alone = (window.scan_field, window._orders._kinds, *[f for f, _ in window.numbers.fields])
    assert {widget.height() for widget in alone} == {ALONE}
    buttons = window.findChildren(QPushButton)
    (retry,) = (b for b in buttons if b.text() == "重试 F5" and b.isVisible())
    assert retry.height() >= ALONE
    assert window._body.say.height() == ALONE
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("width", [960, 1024, 1366])
def test_the_state_line_has_room_for_all_of_it(qapp: QApplication, width: int) -> None:
    give_theme(qapp)
    assert state_line(qapp, width) == []


@pytest.mark.parametrize("width", [960, 1024, 1366])
@pytest.mark.usefixtures("english")
def test_also_in_english(qapp: QApplication, width: int) -> None:
    give_theme(qapp)
    assert state_line(qapp, width) == []
