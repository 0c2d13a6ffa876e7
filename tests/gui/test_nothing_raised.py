"""Nothing that goes wrong in our code passes through Qt: a painter left behind ends the process."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from posmember import ui
from posmember.domain.rules.reasons import ReasonCode, Verdict
from posmember.ui.messages import unshown_text
from posmember.ui.models.assets import CARD_ROLE, DETAILS_ROLE, AssetListModel
from posmember.ui.models.card import Card
from posmember.ui.models.coupons import CouponListModel
from posmember.ui.models.detail import Details
from posmember.ui.theme import base_font
from posmember.ui.widgets.rows.delegate import RowDelegate
from posmember.ui.widgets.rows.list_view import RowList
from posmember.ui.widgets.rows.places import ROW_HEIGHT
from posmember.ui.wording.reasons.asset import plain_reason
from tests.gui import samples
from tests.gui.samples import SHOWN_IN

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def no_words(*_what: Any) -> Any:
    """Stands for words that nobody has written."""
    raise ValueError("no words")


@pytest.fixture
def wordless(qapp: object) -> AssetListModel[Any]:
    """A model whose assets cannot be put into words."""
    made = AssetListModel[Any](no_words, no_words, lambda asset: asset.coupon.coupon_id, str)
    made.show_assets(samples.usual_coupons()[:3], SHOWN_IN)
    return made


def test_a_row_without_words_is_to_check_and_told_once(
    wordless: AssetListModel[Any], qtbot: QtBot
) -> None:
    index = wordless.index(0)
    with qtbot.capture_exceptions() as told:
        cards: list[Card] = [index.data(CARD_ROLE) for _time in range(3)]
        assert index.data(Qt.ItemDataRole.DisplayRole) == unshown_text()
    assert len(told) == 1
    assert len(set(cards)) == 1
    assert cards[0].verdict is Verdict.CHECK
    assert (cards[0].title, cards[0].saving, cards[0].code) == (unshown_text(), "", "")


def test_details_without_words_say_to_look_it_up(
    wordless: AssetListModel[Any], qtbot: QtBot
) -> None:
    with qtbot.capture_exceptions() as told:
        details: Details = wordless.index(1).data(DETAILS_ROLE)
    assert len(told) == 1
    assert (details.verdict, details.sentence) == (Verdict.CHECK, unshown_text())


def test_a_list_without_words_is_painted_again_and_again(
    wordless: AssetListModel[Any], qtbot: QtBot
) -> None:
    rows = RowList(wordless, "券")
    qtbot.addWidget(rows)
    rows.resize(600, 400)
    with qtbot.capture_exceptions() as told, qtbot.waitExposed(rows):
        rows.show()
        for _time in range(20):
            rows.repaint()
    assert 0 < len(told) <= 3


def test_a_row_that_cannot_be_painted_says_so_and_is_told_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = CouponListModel()
    model.show_assets(samples.usual_coupons()[:1], SHOWN_IN)
    delegate = RowDelegate(base_font())
    delegate.set_width(500)
    monkeypatch.setattr(delegate, "_lay_out", no_words)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 500, ROW_HEIGHT)
    option.state = QStyle.StateFlag.State_Enabled
    image = QImage(500, ROW_HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    with qtbot.capture_exceptions() as told:
        for _time in range(3):
            with QPainter(image) as painter:
                delegate.paint(painter, option, model.index(0))
    assert len(told) == 1
    colors = {image.pixel(x, ROW_HEIGHT // 2) for x in range(500)}
    assert len(colors) > 1, "words stand there"
    delegate.forget()
    with qtbot.capture_exceptions() as told, QPainter(image) as painter:
        delegate.paint(painter, option, model.index(0))
    assert len(told) == 1, "of another member it is told again"


def test_a_reason_that_has_no_words_of_its_own_is_said_in_neutral_ones() -> None:
    assert plain_reason(ReasonCode.EXPIRED) == "原因不明，请在收银系统核对"


def test_every_painting_ends_and_raises_nothing() -> None:
    """Of each ``paintEvent``: guarded, and its painter ends even where something is raised."""
    found = 0
    for path in Path(ui.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "= QPainter(" not in source, path.name
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.name == "paintEvent":
                guards = [ast.unparse(each) for each in node.decorator_list]
                assert guards == ["never_raises"], path.name
                found += 1
    assert found > 5
