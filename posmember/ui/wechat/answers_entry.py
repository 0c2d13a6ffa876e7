"""What a person answered in a 微信会员卡's form, to be changed: folded until it is wanted.

A blank answer is left as it is. The merchant's own questions are those of the card, and one more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from posmember.domain.texts import clean_text
from posmember.domain.wechat.card import FormField
from posmember.domain.wechat.change import CardField
from posmember.ui.messages import breakable, joined
from posmember.ui.theme import restyle
from posmember.ui.widgets.chinese_field import ChineseField
from posmember.ui.widgets.fields import MarkedLineEdit, PlainLineEdit
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.wechat.card import form_field_text
from posmember.ui.wording.wechat.changes import common_now, custom_now

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from posmember.domain.wechat.card import WechatCard
    from posmember.domain.wechat.form import CommonAnswers, CustomAnswers

_LONGEST: Final = 300
_TITLE_WIDTH: Final = 10
"""In letters: a merchant's own question may be long."""
_MOST_QUESTIONS: Final = 30
_MORE_ROW: Final = 2 * (len(FormField) + _MOST_QUESTIONS)
_IN_CHINESE: Final = (FormField.SEX, FormField.NAME, FormField.ADDRESS, FormField.CITY)
_BETWEEN: Final = re.compile(r"[；;]")
"""Between several answers to one question."""


class AnswersEntry(QWidget):
    """A heading that folds; below it one row a question."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = QToolButton()
        self._heading.setText(self.tr("开卡资料"))
        self._heading.setCheckable(True)
        self._heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heading.setAutoRaise(True)
        self._problem = plain_label(wrap=True)
        self._problem.setObjectName("failure")
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._common = {name: self._add_common(name) for name in FormField}
        self._more = _OtherQuestion()
        self._grid.addWidget(plain_label(self.tr("其他问题")), _MORE_ROW, 0)
        self._grid.addWidget(self._more, _MORE_ROW, 1)
        self._custom: list[_Row] = []
        self._questions: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for part in (self._heading, self._problem, self._body):
            layout.addWidget(part)
        self._heading.toggled.connect(self._fold)
        self._fold(open_=False)
        self.show_problems({})

    def start(self, card: WechatCard) -> None:
        """Begin with what the card has, nothing entered, and folded."""
        self.forget()
        for name, row in self._common.items():
            row.show_now(self.tr("现在：{now}").format(now=common_now(card, name)))
        self._questions = [entry.name for entry in card.custom_fields if entry.name]
        del self._questions[_MOST_QUESTIONS:]
        while len(self._custom) < len(self._questions):
            self._custom.append(self._add_row(ChineseField(), len(FormField) + len(self._custom)))
        for row, question in zip(self._custom, self._questions, strict=False):
            row.ask(one_line(question))
            row.field.setPlaceholderText(self.tr("不改；多个答案用分号隔开"))
            row.show_now(self.tr("现在：{now}").format(now=custom_now(card, question)))
        for row in self._custom[len(self._questions) :]:
            row.hide()

    def common(self) -> CommonAnswers | None:
        """Return what was entered for the platform's form, or None."""
        entered = [(name, clean_text(row.field.text())) for name, row in self._common.items()]
        return tuple((name, text) for name, text in entered if text) or None

    def custom(self) -> CustomAnswers | None:
        """Return what was entered for the merchant's questions, or None."""
        entered = [
            (question, _values(row.field.text()))
            for question, row in zip(self._questions, self._custom, strict=False)
        ]
        if any(self._more.entered()):
            question, answers = self._more.entered()
            entered.append((question, _values(answers) or ("",)))
        return tuple((question, values) for question, values in entered if values) or None

    def show_problems(self, problems: dict[CardField, str]) -> None:
        """Say what is wrong with it; then it is not folded."""
        wrong = [
            name for name in (CardField.COMMON_FIELDS, CardField.CUSTOM_FIELDS) if name in problems
        ]
        self._problem.setText(joined(dict.fromkeys(problems[name] for name in wrong)))
        self._problem.setVisible(bool(wrong))
        if wrong:
            self._heading.setChecked(True)
        for name, fields in (
            (CardField.COMMON_FIELDS, [row.field for row in self._common.values()]),
            (CardField.CUSTOM_FIELDS, [*(row.field for row in self._custom), *self._more.fields]),
        ):
            for field in fields:
                field.setProperty("problem", name in problems and bool(field.text()))
                restyle(field)

    def first_wrong(self, problems: dict[CardField, str]) -> QWidget | None:
        """Return the first of its fields that may be wrong, or None."""
        if not {CardField.COMMON_FIELDS, CardField.CUSTOM_FIELDS} & problems.keys():
            return None
        wrong = [field for field in self.findChildren(QLineEdit) if field.property("problem")]
        return wrong[0] if wrong else self._heading

    def forget(self) -> None:
        """Keep nothing of a member."""
        for row in (*self._common.values(), *self._custom):
            row.forget()
        for row in self._custom:
            row.ask("")
        self._questions = []
        self._more.forget()
        self._heading.setChecked(False)
        self.show_problems({})

    def _fold(self, open_: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow
        self._heading.setArrowType(arrow)
        self._body.setVisible(open_)

    def _add_common(self, name: FormField) -> _Row:
        field = ChineseField() if name in _IN_CHINESE else PlainLineEdit()
        field.setPlaceholderText(self.tr("不改"))
        row = self._add_row(field, [*FormField].index(name))
        row.ask(form_field_text(name))
        return row

    def _add_row(self, field: MarkedLineEdit, place: int) -> _Row:
        field.setMaxLength(_LONGEST)
        row = _Row(field, title_width(self))
        self._grid.addWidget(row.title, 2 * place, 0)
        self._grid.addWidget(field, 2 * place, 1)
        self._grid.addWidget(row.now, 2 * place + 1, 1)
        return row


def title_width(widget: QWidget) -> int:
    """The width of a question's column, in pixels."""
    return _TITLE_WIDTH * widget.fontMetrics().averageCharWidth()


class _Row:
    """A question, its field, and what the card has."""

    def __init__(self, field: MarkedLineEdit, width: int) -> None:
        self.field = field
        self.title: QLabel = plain_label(wrap=True)
        self.title.setFixedWidth(width)
        self.now: QLabel = plain_label(muted=True, wrap=True)

    def ask(self, question: str) -> None:
        """Show a question."""
        self.title.setText(breakable(question))
        self.field.setAccessibleName(question)

    def show_now(self, text: str) -> None:
        """Show what the card has, and the row with it."""
        self.now.setText(breakable(text))
        for part in (self.title, self.field, self.now):
            part.show()

    def hide(self) -> None:
        """Show nothing of the row."""
        for part in (self.title, self.field, self.now):
            part.hide()

    def forget(self) -> None:
        """Keep nothing of a member."""
        self.field.empty()
        self.now.clear()


class _OtherQuestion(QWidget):
    """A question that the card does not have yet, and its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.fields = (ChineseField(), ChineseField())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        hints = (self.tr("问题，与开卡页上的一样"), self.tr("答案，多个用分号隔开"))
        for field, hint in zip(self.fields, hints, strict=True):
            field.setMaxLength(_LONGEST)
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            layout.addWidget(field)

    def entered(self) -> tuple[str, str]:
        """Return the question and its answer."""
        question, answer = (clean_text(field.text()) for field in self.fields)
        return question, answer

    def forget(self) -> None:
        """Keep nothing of a member."""
        for field in self.fields:
            field.empty()


def _values(text: str) -> tuple[str, ...]:
    """The answers in a text; a blank one is none."""
    return tuple(filter(None, map(clean_text, _BETWEEN.split(text))))
