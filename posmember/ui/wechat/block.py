"""微信会员卡, in the member's panel: asked for on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from posmember.ui.messages import (
    breakable,
    clock_text,
    in_lines,
    joined,
    one_line,
    support_code_text,
)
from posmember.ui.theme import restyle
from posmember.ui.view.wechat import CardStage
from posmember.ui.wechat.tile import CardTile
from posmember.ui.widgets.fields import PlainLineEdit
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.wechat.card import (
    card_facts,
    card_state_text,
    card_type_text,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from posmember.domain.wechat.card import WechatCard
    from posmember.ui.view.wechat import WechatView

_MOST_FACTS = 24
_LONGEST = 200
_NAME_WIDTH = 16
"""In letters: a merchant's own question may be long."""


class WechatCardBlock(QWidget):
    """A heading with a button; below it what is asked for, what went wrong, or the card."""

    asked = Signal()
    """The card is wanted."""
    given = Signal(str)
    """What was asked for: a card's code, or an openid."""
    change_asked = Signal()
    """The card is to be changed."""
    left = Signal()
    """The field that had the keyboard is gone."""

    def __init__(self) -> None:
        super().__init__()
        self._view: WechatView | None = None
        self._revealed = False
        self._ask = QPushButton(self.tr("查询 F10"))
        self._ask.setAccessibleName(self.tr("查询微信会员卡"))
        self._ask.clicked.connect(self.asked)
        self._time = plain_label(muted=True)
        heading = plain_label(self.tr("微信会员卡"))
        heading.setObjectName("panelTitle")
        header = QHBoxLayout()
        header.addWidget(heading)
        header.addStretch(1)
        header.addWidget(self._time)
        header.addWidget(self._ask)
        self._said = plain_label(wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)  # a label that wraps asks for too much
        self._field = PlainLineEdit()
        self._field.setMaxLength(_LONGEST)
        self._field.returnPressed.connect(self._give)
        self._card = _Card()
        self._card.change.clicked.connect(self.change_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(header)
        for part in (self._said, self._field, self._card):
            layout.addWidget(part)
        self.hide()

    def show_wechat(self, view: WechatView | None) -> None:
        """Show a view; None is that WeChat Pay is not set up."""
        if view is self._view:
            return
        before, self._view = self._view, view
        self.setVisible(view is not None)
        if view is None:
            self.forget()
            return
        self._say(view)
        stage = view.stage
        asks = stage in (CardStage.ASKS_CODE, CardStage.ASKS_OPENID)
        newly = asks and (before is None or before.stage is not stage)
        if newly or not asks:
            self._field.setText("")
        had_keyboard = self._field.hasFocus()
        self._field.setVisible(asks)
        if had_keyboard and not asks:
            self.left.emit()
        if newly:
            self._field.setFocus()
        self._ask.setEnabled(stage is not CardStage.LOADING)
        self._time.setText(clock_text(view.at) if view.at is not None else "")
        self._show_card(view)

    def has_card(self) -> bool:
        """Return whether it shows a card, whose personal data can be revealed."""
        return self._view is not None and self._view.card is not None

    def reveal(self, *, revealed: bool) -> None:
        """Show personal data in clear, or masked."""
        self._revealed = revealed
        if self._view is not None:
            self._show_card(self._view)

    def forget(self) -> None:
        """Keep nothing of a member."""
        self._view = None
        self._field.setText("")
        self._said.clear()
        self._card.forget()

    def _say(self, view: WechatView) -> None:
        asks_code = self.tr("不知道卡号：请扫或输入微信会员卡号，按回车")
        if view.problem:  # there was one, and it was no good
            asks_code = self.tr("请重新扫或输入微信会员卡号，按回车")
        text = {
            CardStage.IDLE: "",
            CardStage.ASKS_CODE: asks_code,
            CardStage.ASKS_OPENID: self.tr("还缺顾客的 openid：请扫或输入，按回车"),
            CardStage.LOADING: self.tr("正在查询微信支付…"),
            CardStage.LOADED: joined(view.notes),
            CardStage.FAILED: "",
        }[view.stage]
        wrong = bool(view.problem)
        self._said.setObjectName("failure" if wrong else "muted")
        restyle(self._said)
        said = in_lines(view.problem, text, support_code_text(view.support_code))
        self._said.setText(breakable(said))
        self._said.setVisible(bool(self._said.text()))
        self._field.setAccessibleName(text)

    def _give(self) -> None:
        self.given.emit(self._field.text())

    def _show_card(self, view: WechatView) -> None:
        self._card.setVisible(view.card is not None)
        if view.card is None:
            self._card.forget()
        else:
            self._card.show_card(view.card, view.picture, revealed=self._revealed)


class _Card(QWidget):
    """The tile, and one line a fact."""

    def __init__(self) -> None:
        super().__init__()
        self._tile = CardTile()
        self._state = plain_label(wrap=True)
        self._facts: list[tuple[QLabel, QLabel]] = []
        self._name_width = _NAME_WIDTH * self.fontMetrics().averageCharWidth()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.change = QPushButton(self.tr("主管修改…"))
        self.change.setAccessibleName(self.tr("主管修改微信会员卡"))
        row = QHBoxLayout()
        row.addWidget(self._state, 1)
        row.addWidget(self.change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self._tile)
        layout.addLayout(row)
        layout.addLayout(self._grid)
        self.hide()

    def show_card(self, card: WechatCard, picture: bytes | None, *, revealed: bool) -> None:
        level = one_line(card.level) or self.tr("未设等级")
        self._tile.show_face(card.color, picture, level, card_type_text(card.type))
        self._state.setText(self.tr("状态 {state}").format(state=card_state_text(card.state)))
        facts = list(card_facts(card, revealed=revealed))
        more = len(facts) - _MOST_FACTS
        if more > 0:
            facts[_MOST_FACTS:] = [("…", self.tr("另有 {count} 项").format(count=more))]
        while len(self._facts) < len(facts):
            self._facts.append(self._make_line())
        for number, (name, value) in enumerate(self._facts):
            there = number < len(facts)
            name.setText(facts[number][0] if there else "")
            # A label that may wrap does so without need, where the other column would be wider.
            width = name.fontMetrics().horizontalAdvance(name.text())
            name.setWordWrap(width > self._name_width)
            value.setText(breakable(facts[number][1]) if there else "")
            name.setVisible(there)
            value.setVisible(there)

    def forget(self) -> None:
        """Keep nothing of a member."""
        self._tile.forget()
        self._state.clear()
        for line in self._facts:
            for label in line:
                label.clear()

    def _make_line(self) -> tuple[QLabel, QLabel]:
        name, value = plain_label(muted=True), plain_label(wrap=True)
        name.setMaximumWidth(self._name_width)
        row = len(self._facts)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        return name, value
