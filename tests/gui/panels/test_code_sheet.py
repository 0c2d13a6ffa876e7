"""The code, large: what stands above it, that scanners can read it, and when it closes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from posmember.domain.rules.reasons import Verdict
from posmember.printing.barcodes import CODE_128_QUIET_ZONE, code_128_modules
from posmember.ui.main_window import MainWindow
from posmember.ui.messages import in_groups
from posmember.ui.models.detail import Details, ShownCode
from posmember.ui.panels.code_sheet import CodeSheet
from posmember.ui.panels.codes import Codes
from posmember.ui.theme import apply_scheme
from posmember.ui.view.screen import View
from posmember.ui.widgets.barcode import FittedBarcode
from posmember.ui.widgets.fitted_label import FittedLabel
from tests.gui import samples
from tests.gui.bad_views import LONG_CODE, grouped_view, late_view
from tests.gui.driving import hint_text
from tests.gui.showing import full_window

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key
FORTY = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=40)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    return a_window(qapp, qtbot)


def a_window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = full_window(qapp, qtbot)
    show(made, samples.loaded_view())
    return made


def show(window: MainWindow, view: View) -> None:
    """Show a view, and let the cashier have read it."""
    window.render(view)
    codes(window).late_enter.end()


def codes(window: MainWindow) -> Codes:
    assert window.codes is not None
    return window.codes


def sheet(window: MainWindow) -> CodeSheet:
    found = codes(window)._sheet
    assert found is not None
    return found


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget(), key)


def said(window: MainWindow) -> list[str]:
    """Return what the sheet says in sight."""
    return [label.text() for label in sheet(window).findChildren(QLabel) if label.isVisible()]


def with_code(code: str, *, number: int = 0, run: int = 1) -> View:
    """Return a view in which one coupon has this code."""
    view = samples.loaded_view(run)
    coupons = list(view.assessment.coupons)
    coupon = coupons[number]
    coupons[number] = replace(coupon, coupon=replace(coupon.coupon, redemption_code=code))
    suggestion = view.assessment.suggestion
    if number == 0 and suggestion is not None:
        suggestion = replace(suggestion, coupon=coupons[0].coupon)
    assessment = replace(view.assessment, coupons=tuple(coupons), suggestion=suggestion)
    return replace(view, assessment=assessment)


def read(picture: QImage) -> set[tuple[str, str]]:
    """Decode the codes of a picture, as a scanner would."""
    gray = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return {(str(each.format), each.text) for each in zxingcpp.read_barcodes(gray)}


def both(code: str) -> set[tuple[str, str]]:
    return {("QR Code", code), ("Code 128", code)}


# --- what stands above it ----------------------------------------------------------------------


def test_the_sheet_is_not_made_before_it_is_needed(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Down)
    assert codes(window)._sheet is None


def test_what_it_is_of_stands_above_it(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Return)
    words = ["可用", "\u00a510 现金券", "满30减10", "这一单现在可以用", "8800 0000 0001"]
    assert set(words) <= set(said(window))
    head, square = sheet(window)._head, sheet(window)._square
    assert head.property("look") == "usable"
    below = QRect(square.mapTo(window, QPoint(0, 0)), square.size()).top()
    assert head.mapTo(window, QPoint(0, head.height())).y() <= below
    description = sheet(window).sentence()
    assert description == "可用；\u00a510 现金券；满30减10；这一单现在可以用；核销码 880000000001"
    assert sheet(window).accessibleName() == "核销码"
    assert sheet(window)._square.accessibleName() == "核销码的二维码"


def test_what_is_blocked_says_so_in_red_and_why(window: MainWindow) -> None:
    press(window, Key.Key_F6, *[Key.Key_Down] * 5, Key.Key_Return)
    assert said(window)[0] == "不可用"
    assert sheet(window)._head.property("look") == "blocked"
    why = "还差 \u00a56.00 可用（满 \u00a564.00） → 再消费 \u00a56.00 即可用"
    assert why in said(window)
    assert read(sheet(window).grab().toImage()) == both("880000000006")


def test_what_is_to_be_checked_says_what_to_do(window: MainWindow) -> None:
    press(window, Key.Key_F6, *[Key.Key_Down] * 3, Key.Key_Return)
    assert said(window)[0] == "需确认"
    assert sheet(window)._head.property("look") == "check"
    assert sheet(window)._why.text().endswith(" → 请核对所点商品")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("先确认：可能已用过", "先确认：可能已用过 用前请在收银系统确认"),
        (
            "没能核对账号是否冻结，用前请在收银系统确认",
            "没能核对账号是否冻结，用前请在收银系统确认",
        ),
    ],
)
def test_else_it_is_to_be_confirmed_which_is_said_once(
    qtbot: QtBot, sentence: str, said: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    made = CodeSheet(window)
    made.show_code(ShownCode(Details(Verdict.CHECK, "需确认", "券", "", sentence, code="1")))
    assert made._why.text() == said


def test_of_several_alike_it_is_the_first_and_says_so(window: MainWindow) -> None:
    show(window, grouped_view())
    press(window, Key.Key_F6, Key.Key_Down, Key.Key_Return)
    assert "第 1 张，共 3 张" in said(window)
    assert codes(window).code() == "770000"
    press(window, Key.Key_Escape, Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert "第 2 张，共 3 张" in said(window)
    assert codes(window).code() == "770001"
    press(window, Key.Key_Escape, Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Return)
    assert not any("张，共" in words for words in said(window))


def test_the_suggested_one_of_several_alike_is_its_own(window: MainWindow) -> None:
    view = grouped_view()
    suggestion = view.assessment.suggestion
    assert suggestion is not None
    suggestion = replace(suggestion, coupon=view.assessment.coupons[2].coupon)
    show(window, replace(view, assessment=replace(view.assessment, suggestion=suggestion)))
    codes(window).show_suggested()
    assert codes(window).code() == suggestion.coupon.redemption_code == "770001"
    assert "第 2 张，共 3 张" in said(window)


def test_the_suggested_one_is_shown_also_where_its_row_is_filtered_out(
    window: MainWindow,
) -> None:
    press(window, Key.Key_Slash)
    QTest.keyClicks(window.focusWidget(), "8.5")
    codes(window).show_suggested()
    assert codes(window).code() == "880000000001"


def test_a_gift_cards_number_is_shown(window: MainWindow) -> None:
    press(window, Key.Key_F7, Key.Key_Return)
    assert sheet(window).accessibleName() == "卡号"
    assert read(sheet(window).grab().toImage()) == both(codes(window).code())


def test_without_a_code_a_word_is_said(window: MainWindow) -> None:
    show(window, with_code("", number=1))
    press(window, Key.Key_F6, Key.Key_Down, Key.Key_Return)
    assert hint_text(window) == "注意：这一张没有核销码"
    assert codes(window).code() == ""
    assert codes(window)._sheet is None


def test_what_cannot_be_put_into_words_has_its_code(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))

    def fail(*_asked: object) -> Details:
        raise LookupError("no words")

    monkeypatch.setattr(window._coupons._model, "_make_details", fail)
    press(window, Key.Key_F6, Key.Key_Return)
    assert codes(window).code() == "880000000001"
    assert said(window)[0] == "需确认"
    assert [type(error) for error in told] == [LookupError]


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        ("880000000001", "8800 0000 0001"),
        ("123456", "123456"),
        ("1234567", "1234 567"),
        ("AB-12 345678", "AB-12 345678"),
        ("核销码一二三四五", "核销码一二三四五"),
    ],
)
def test_a_code_is_read_in_groups(code: str, groups: str) -> None:
    assert in_groups(code) == groups


# --- that it can be read -------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1366, 688), (1024, 688), (960, 560)])
def test_a_long_code_is_read_from_the_window(
    qapp: QApplication, window: MainWindow, scheme: str, size: tuple[int, int]
) -> None:
    apply_scheme(qapp, scheme)
    try:
        window.resize(*size)
        show(window, with_code(LONG_CODE))
        codes(window).show_suggested()
        QApplication.processEvents()
        assert read(window.grab().toImage()) == both(LONG_CODE)
        assert window.rect().contains(sheet(window).geometry())
        assert sheet(window)._square.width() >= 240
        assert sheet(window)._bars.unit(sheet(window)._bars.width()) >= 2
    finally:
        apply_scheme(qapp, "light")


def test_every_code_of_forty_characters_is_read(window: MainWindow) -> None:
    @settings(max_examples=60, deadline=None)
    @given(FORTY)
    def check(code: str) -> None:
        show(window, with_code(code, run=codes(window)._run + 1))
        codes(window).show_suggested()
        assert read(sheet(window).grab().toImage()) == both(code)

    check()


@pytest.mark.parametrize("code", ["会员券0001", "é1"])
def test_what_code_128_cannot_hold_is_a_qr_code_alone(window: MainWindow, code: str) -> None:
    show(window, with_code(code))
    codes(window).show_suggested()
    QApplication.processEvents()
    assert not sheet(window)._bars.isVisible()
    assert {text for _format, text in read(sheet(window).grab().toImage())} == {code}
    assert any("这个码没有条形码" in words for words in said(window))


@pytest.mark.parametrize("length", [500, 5000])
def test_what_is_too_long_is_said(window: MainWindow, length: int) -> None:
    show(window, with_code("9" * length))
    codes(window).show_suggested()
    QApplication.processEvents()
    assert window.rect().contains(sheet(window).geometry())
    assert not sheet(window)._bars.isVisible()
    too_long = any("码太长" in words for words in said(window))
    assert too_long is not sheet(window)._square.isVisible()
    assert too_long or read(sheet(window).grab().toImage()) == {("QR Code", "9" * length)}


SCALES = """
import sys
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from posmember.ui.main_window import MainWindow
from posmember.ui.theme import apply_scheme, install_theme
from tests.gui.bad_views import LONG_CODE
from tests.gui.panels.test_code_sheet import codes, read, sheet, show, with_code
app = QApplication([])
install_theme(app)
apply_scheme(app, "dark")
for width, height in ((683, 460), (819, 550), (960, 560), (1280, 656)):
    window = MainWindow()
    window.show()
    window.prepare()
    window.setMinimumSize(0, 0)
    window.resize(width, height)
    for code in (LONG_CODE, "880000000001"):
        show(window, with_code(code, run=codes(window)._run + 1))
        codes(window).show_suggested()
        app.processEvents()
        inside = window.rect().contains(sheet(window).geometry())
        print(inside and len(read(window.grab().toImage())), sheet(window)._square.isVisible())
    window.close()
"""


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_they_are_read_at_every_scale(scale: str) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-c", SCALES]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n") == ["2 True"] * 8 + [""]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("x", [0, 1, 2, 3, 7])
def test_bars_are_whole_pixels_wherever_they_begin(qtbot: QtBot, ratio: float, x: int) -> None:
    modules = code_128_modules(LONG_CODE)
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1000, 60)
    around.setPalette(QPalette(Qt.GlobalColor.white))
    around.setAutoFillBackground(True)
    bars = FittedBarcode(CODE_128_QUIET_ZONE)
    bars.setParent(around)
    bars.show_modules(modules)
    bars.setGeometry(x, 5, 903, 40)
    picture = QImage(around.size() * ratio, QImage.Format.Format_Grayscale8)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.white)
    around.render(picture)
    middle = round(25 * ratio)
    line = [QColor(picture.pixel(at, middle)).lightness() for at in range(picture.width())]
    runs = [(light, len(list(run))) for light, run in groupby(line)]
    unit = int(903 * ratio // bars.widest())
    drawn = b"".join(bytes([light == 0]) * (length // unit) for light, length in runs[1:-1])
    assert {light for light, _ in runs} == {0, 255}
    assert all(length % unit == 0 for _, length in runs[1:-1])
    assert (drawn,) == modules
    assert min(runs[0][1], runs[-1][1]) >= CODE_128_QUIET_ZONE * unit


def test_its_letters_are_whole_where_there_is_room(window: MainWindow) -> None:
    show(window, with_code(LONG_CODE))
    codes(window).show_suggested()
    QApplication.processEvents()
    assert not any(label.is_cut() for label in sheet(window).findChildren(FittedLabel))


# --- following -----------------------------------------------------------------------------------


def test_a_verdict_that_changes_is_said_at_once(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Return)
    later = samples.NOW + timedelta(days=20)
    context = replace(samples.CONTEXT, now=later)
    view = samples.loaded_view()
    coupons = tuple(samples.evaluated(each, context) for each in view.assessment.coupons)
    assessment = replace(view.assessment, coupons=coupons, suggestion=None)
    window.render(replace(view, now=later, assessment=assessment))
    assert codes(window).code() == "880000000001"
    assert said(window)[0] == "不可用"
    assert any(words.startswith("已过期") for words in said(window))


def test_while_verdicts_are_not_known_nothing_is_said_of_them(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Return)
    window.render(late_view())
    assert said(window)[0] == "核对中"
    assert sheet(window)._head.property("look") == ""
    assert any("正在核对" in words for words in said(window))
    window.render(samples.loaded_view())
    assert said(window)[0] == "可用"


def test_it_never_shows_another_code_in_the_ones_place(window: MainWindow) -> None:
    show(window, grouped_view())
    press(window, Key.Key_F6, Key.Key_Down, Key.Key_Return)
    view = grouped_view()
    first, one, two, three, *others = view.assessment.coupons
    coupons = (first, two, one, three, *others)
    window.render(replace(view, assessment=replace(view.assessment, coupons=coupons)))
    assert codes(window).code() in ("", "770000")
    gone = replace(view, assessment=replace(view.assessment, coupons=(first, *others)))
    window.render(gone)
    assert codes(window).code() == ""


# --- closing -------------------------------------------------------------------------------------

GONE = {
    "cleared": lambda: View(now=samples.NOW),
    "another member": lambda: samples.loaded_view(run=2),
    "looked up": lambda: replace(samples.loading_view(), run=2),
    "nothing": samples.unknown_view,
}


@pytest.mark.parametrize("make", GONE.values(), ids=GONE)
def test_it_closes_and_forgets_with_its_member(window: MainWindow, make: object) -> None:
    press(window, Key.Key_F6, Key.Key_Return)
    assert callable(make)
    window.render(make())
    assert not sheet(window).isVisible()
    assert kept(window) == ""


def test_it_forgets_whenever_it_is_closed(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Return, Key.Key_Escape)
    assert not sheet(window).isVisible()
    assert kept(window) == ""


def kept(window: MainWindow) -> str:
    """Return all that is left of a code and its coupon in a closed sheet."""
    own = sheet(window)
    labels = own.findChildren(QLabel)
    texts = [label.text() + label.accessibleName() + label.toolTip() for label in labels]
    texts += [own.accessibleName(), own.sentence(), own.code()]
    drawn = own._square._modules + own._bars._modules
    how = own._how.text()
    return "".join(texts).replace(how, "") + repr(drawn).removeprefix("()")


def test_with_the_member_the_last_code_is_forgotten_too(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Return)
    window.render(View(now=samples.NOW))
    assert codes(window)._last_shown == ""
    assert codes(window)._open is None


def test_its_button_closes_it(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Return)
    (button,) = (
        each for each in sheet(window).findChildren(QPushButton) if each.accessibleName() == "关闭"
    )
    assert min(button.width(), button.height()) >= 44
    button.click()
    assert not sheet(window).isVisible()


def test_it_takes_no_keyboard(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Return)
    parts = [sheet(window), *sheet(window).findChildren(QWidget)]
    assert {part.focusPolicy() for part in parts} == {Qt.FocusPolicy.NoFocus}
    assert window.focusWidget() is window._coupons.row_list


def test_it_stays_in_the_middle_when_the_window_changes(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Return)
    for size in ((960, 560), (1280, 800)):
        window.resize(*size)
        QApplication.processEvents()
        middle = sheet(window).geometry().center() - window.rect().center()
        assert middle.manhattanLength() <= 2
        assert read(window.grab().toImage()) == both("880000000001")


@pytest.fixture
def clipboard() -> Iterator[None]:
    yield
    QApplication.clipboard().clear()


@pytest.mark.usefixtures("clipboard")
def test_its_code_is_copied_and_not_the_selected_rows(window: MainWindow) -> None:
    press(window, Key.Key_F6, Key.Key_Down)
    codes(window).show_suggested()
    QTest.keyClick(window.focusWidget(), Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "880000000001"
    assert sheet(window).isVisible()
    assert sheet(window)._copy.text() == "已复制"
    QApplication.clipboard().clear()
    sheet(window)._copy.click()
    assert QApplication.clipboard().text() == "880000000001"


def test_it_is_told_to_those_who_do_not_see_it(window: MainWindow) -> None:
    told: list[str] = []
    window.messages.announced.connect(told.append)
    press(window, Key.Key_F6, Key.Key_Return)
    assert told == [sheet(window).sentence()]
    (letters,) = (
        each for each in sheet(window).findChildren(QLabel) if each.text() == "8800 0000 0001"
    )
    assert letters.accessibleName() == "880000000001"
