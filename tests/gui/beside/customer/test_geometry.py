"""On every screen all of it is in sight, whole, and large enough for one and a half metres."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, QTranslator
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from posmember.ui.beside.customer.big_text import BigText
from posmember.ui.beside.customer.content import MOST_OFFERS, Page, content_of
from posmember.ui.beside.customer.join import read_join
from posmember.ui.beside.customer.offer_row import OfferRow
from posmember.ui.beside.customer.sizes import LEAST_PX
from posmember.ui.beside.customer.window import CustomerWindow
from posmember.ui.i18n import install_language
from posmember.ui.theme import apply_scheme, install_theme
from posmember.ui.view.screen import View
from tests.gui import bad_views, samples
from tests.gui.beside.customer.showing import ADDRESS, codes_in, nobody_view

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

SIZES = {
    "1024x600": (1024, 600),
    "1366x768": (1366, 768),
    "1280x720, as 1920x1080 at 150 %": (1280, 720),
    "1920x1080": (1920, 1080),
    "768x1366": (768, 1366),
    "1080x1920": (1080, 1920),
}
VIEWS: dict[str, Callable[[], View]] = {
    "loading": samples.loading_view,
    "loaded": samples.loaded_view,
    "late": bad_views.late_view,
    "many": samples.many_view,
    "grouped": bad_views.grouped_view,
    "frozen": samples.odd_view,
    "nobody": nobody_view,
    **bad_views.BAD,
}


@pytest.fixture(params=["zh", "en"], scope="module")
def window(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[CustomerWindow]:
    install_theme(qapp)
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    install_language(qapp, request.param)
    made = CustomerWindow()
    made.show_store("人民广场店")
    made.show_code(read_join(ADDRESS).picture)
    made.show()
    yield made
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)
    made.hide()
    made.deleteLater()


def show(window: CustomerWindow, size: tuple[int, int], view: View) -> list[BigText]:
    """Show a view at a size; returns the texts in sight."""
    window.resize(*size)
    window.show_content(content_of(view, shows_balance=True, can_join=True))
    QApplication.processEvents()
    assert window.size().toTuple() == size, "nothing in it asks for more"
    page = window._pages.currentWidget()
    assert page is not None
    assert page.minimumSizeHint().height() <= size[1], "what is cut, would be so without a word"
    return [each for each in window.findChildren(BigText) if each.isVisible() and each.text()]


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def boxes(window: CustomerWindow) -> list[QRect]:
    frames = [each for each in window.findChildren(QFrame) if each.isVisible()]
    return [place(each, window) for each in frames if each.objectName() in ("offer", "nearly")]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_all_of_it_has_room(window: CustomerWindow, size: tuple[int, int]) -> None:
    for name, view in VIEWS.items():
        texts = show(window, size, view())
        assert texts, name
        for text in texts:
            measure, lines = text.lines()
            said = f"{name}: {text.text()}"
            assert window.rect().contains(place(text, window)), said
            assert measure.font.pixelSize() >= LEAST_PX, said
            assert len(lines) * measure.height <= text.height(), said
            assert max(map(measure.width, lines)) <= text.width(), said
        for one, other in combinations(boxes(window), 2):
            assert not one.intersects(other), name


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_what_has_no_room_is_counted(window: CustomerWindow, size: tuple[int, int]) -> None:
    texts = show(window, size, samples.many_view())
    rows = [row for row in window.findChildren(OfferRow) if row.isVisible()]
    assert 3 <= len(rows) <= MOST_OFFERS
    left = window.content().coupons - sum(row._shown.count for row in rows)
    assert any(str(left) in text.text() for text in texts)


@pytest.mark.parametrize("before", SIZES.values(), ids=SIZES)
def test_another_screen_is_filled_by_its_own_sizes(
    window: CustomerWindow, before: tuple[int, int]
) -> None:
    for size in SIZES.values():
        show(window, before, samples.many_view())
        show(window, size, samples.many_view())


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_usual_words_are_whole(window: CustomerWindow, size: tuple[int, int]) -> None:
    for text in show(window, size, samples.loaded_view()):
        assert "".join(text.lines()[1]).replace(" ", "") == text.text().replace(" ", "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_phone_reads_the_code(
    qapp: QApplication, window: CustomerWindow, size: tuple[int, int], scheme: str
) -> None:
    apply_scheme(qapp, scheme)
    show(window, size, nobody_view())
    assert window.content().page is Page.JOIN
    assert codes_in(window.grab().toImage()) == (ADDRESS,)
    apply_scheme(qapp, "light")
