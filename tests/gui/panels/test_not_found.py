"""Where nobody is found: the words, and the code to join by, which a phone reads at every size."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.ui.beside.customer.join import read_join
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.failures import FailurePage
from posmember.ui.theme import apply_scheme
from posmember.ui.view.screen import Nobody
from posmember.ui.widgets.fitting import COMPACT_WIDTH
from posmember.ui.widgets.join_code import JoinCode
from tests.gui import samples
from tests.gui.beside.customer.showing import ADDRESS, codes_in, nobody_view
from tests.gui.test_geometry import SIZES, settle

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def page(window: MainWindow) -> FailurePage:
    (found,) = window.findChildren(FailurePage)
    return found


def code(window: MainWindow) -> JoinCode:
    (found,) = page(window).findChildren(JoinCode)
    return found


def joins(window: MainWindow) -> None:
    window.offer_joining(read_join(ADDRESS).picture)


def test_a_phone_number_may_join(window: MainWindow) -> None:
    joins(window)
    window.render(nobody_view(Nobody.PHONE))
    assert page(window).text() == "这个手机号还不是会员，请顾客扫码入会"
    assert code(window).isVisible()


def test_another_code_is_perhaps_another_chains(window: MainWindow) -> None:
    joins(window)
    window.render(nobody_view(Nobody.CODE))
    first, second = page(window).text().splitlines()
    assert first.startswith("没有找到这位会员")
    assert second == "还不是会员的话，请顾客扫码入会"
    assert code(window).isVisible()


@pytest.mark.parametrize("nobody", [None, *Nobody])
def test_without_a_code_the_page_is_as_ever(window: MainWindow, nobody: Nobody | None) -> None:
    window.render(nobody_view(nobody))
    assert page(window).text() == "没有找到这位会员，请核对号码或让顾客刷新会员码"
    assert not code(window).isVisible()


def test_what_failed_otherwise_offers_nothing(window: MainWindow) -> None:
    joins(window)
    window.render(samples.failed_view())
    assert not code(window).isVisible()


def test_a_code_that_comes_late_is_shown_at_once(window: MainWindow) -> None:
    window.render(nobody_view())
    joins(window)
    assert code(window).isVisible()
    window.offer_joining(QImage())
    assert not code(window).isVisible()
    assert "请核对号码" in page(window).text()


def test_the_next_member_takes_it_away(window: MainWindow) -> None:
    joins(window)
    window.render(nobody_view())
    window.render(samples.loaded_view(2))
    assert not code(window).isVisible()
    assert page(window).text() == ""


def test_above_the_words_it_stands_in_the_middle(window: MainWindow) -> None:
    joins(window)
    window.render(nobody_view())
    window.fitting.change_form()
    settle()
    shown = code(window)
    assert window.width() == COMPACT_WIDTH
    assert abs(shown.square().center().x() - shown.rect().center().x()) <= 1
    window.fitting.change_form()
    settle()
    assert shown.square().right() == shown.rect().right(), "beside the words, it is close to them"


def test_it_is_told_to_who_does_not_see_it(window: MainWindow) -> None:
    told: list[str] = []
    window.messages.announced.connect(told.append)
    joins(window)
    window.render(nobody_view())
    assert told == ["这个手机号还不是会员，请顾客扫码入会"]
    assert code(window).accessibleName() == "入会二维码"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_phone_reads_it_at_every_size(
    qapp: QApplication, qtbot: QtBot, window: MainWindow, size: tuple[int, int], scheme: str
) -> None:
    apply_scheme(qapp, scheme)
    window.resize(*size)
    joins(window)
    window.render(nobody_view())
    qtbot.waitUntil(lambda: codes_in(window.grab().toImage()) == (ADDRESS,))
    apply_scheme(qapp, "light")


@pytest.mark.parametrize("scale", ["1.25", "1.5", "1.75", "2"])
def test_a_phone_reads_it_at_every_scale(scale: str) -> None:
    """1366x768 pixels, less a taskbar: in half of them the page scrolls to it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.panels.not_found_scaled", scale],
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        stdout=subprocess.PIPE, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout == f"{ADDRESS}\n"
