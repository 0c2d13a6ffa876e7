"""What the platform writes is plain words in the window: no line, no direction, no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from posmember.domain.context import Order, Store
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.values import CHINA
from posmember.errors import ApiBusinessError
from posmember.lookup.sections import Loaded, Section
from posmember.lookup.units import UnitsSeen
from posmember.ui.main_window import MainWindow
from posmember.ui.messages import error_text
from posmember.ui.till.session import Session
from posmember.ui.view.screen import View
from tests.fakes.hostile import HOSTILE, hostile, unseen
from tests.gui.test_payment_code import texts_of
from tests.gui.themed import give_theme
from tests.gui.till.sessions import CODE

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
SECTIONS = {
    Section.MEMBER: "member_info",
    Section.IDENTITY: "identity",
    Section.GIFT_CARDS: "gift_cards",
}
OUR_OWN = re.compile("\n|(?<=[!-~]{16})\u200b")
"""A label of several lines has line ends, and long codes may break at a mark that we put there."""


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    give_theme(qapp)
    made = MainWindow(store_name=f"人民广场店{HOSTILE}")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.prepare()
    return made


def view_of(*, everything: bool) -> View:
    session = Session(Store("1001", "88001"), UnitsSeen(MinSpendUnit.FEN), CODE, run=1)
    for section, name in SECTIONS.items():
        decoded = hostile(name, everything=everything)
        session.take(section, Loaded(decoded.value, 5, NOW, decoded.unreadable))
    return session.view(Order(), NOW)


def everything_said(window: QWidget) -> Iterator[str]:
    for widget in (window, *window.findChildren(QWidget)):
        yield from texts_of(widget)
        if isinstance(widget, QAbstractItemView):
            for row in range(widget.model().rowCount()):
                yield from said_by_a_row(widget.model().index(row, 0))


def said_by_a_row(index: QModelIndex) -> Iterator[str]:
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.UserRole,
        *(Qt.ItemDataRole(Qt.ItemDataRole.UserRole + more) for more in range(1, 4)),
    )
    for role in roles:
        said = index.data(role)
        if said is not None:
            yield said if isinstance(said, str) else repr(said)


def check(window: MainWindow) -> None:
    for text in everything_said(window):
        assert not unseen(OUR_OWN.sub("", text)), repr(text)
        assert not [line for line in text.splitlines() if line.startswith("● 可用")], repr(text)
    for label in window.findChildren(QLabel):
        if "<b>" in label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
    for widget in window.findChildren(QWidget):
        assert "<b>" not in widget.toolTip()
        assert "<img" not in widget.toolTip()


@pytest.mark.parametrize("everything", [False, True])
def test_a_member(window: MainWindow, everything: bool) -> None:
    view = view_of(everything=everything)
    window.render(view)
    assert any("粗" in text for text in everything_said(window)), "it is about what is shown"
    check(window)


@pytest.mark.parametrize("everything", [False, True])
def test_details_and_a_copied_code(window: MainWindow, qtbot: QtBot, everything: bool) -> None:
    view = view_of(everything=everything)
    window.render(view)
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F7):
        QTest.keyClick(window.focusWidget(), key)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
        window.copy_selected()
        code = QGuiApplication.clipboard().text()
        assert code
        assert not unseen(code)
        known = [one.redemption_code for one in view.profile.coupons]
        known += [one.card_number for one in view.profile.gift_cards]
        assert code in known
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        QApplication.processEvents()
        check(window)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)


def test_a_refusal(window: MainWindow) -> None:
    error = ApiBusinessError("no", code=f"1{HOSTILE}", platform_message=HOSTILE)
    window.render(replace(view_of(everything=False), hint=error_text(error)))
    check(window)
