"""The form of a change to a 微信会员卡: what each field is, and what it is to be."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from posmember.domain.texts import clean_text
from posmember.domain.values import CHINA, PlatformTime
from posmember.domain.wechat.card import ValidityKind
from posmember.domain.wechat.change import NO_MOMENT, CardChange, CardField, NewValidity
from posmember.scanning.card_entry import read_phone
from posmember.ui.messages import breakable
from posmember.ui.theme import restyle
from posmember.ui.wechat.answers_entry import AnswersEntry, title_width
from posmember.ui.widgets.chinese_field import ChineseField
from posmember.ui.widgets.fields import ChoiceBox, MarkedLineEdit, PlainLineEdit
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.wechat.changes import card_field_text, is_now

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from posmember.domain.wechat.card import WechatCard

_LONGEST: Final = 300
_TEXT_FIELDS: Final = (
    CardField.LEVEL,
    CardField.COLOR,
    CardField.PICTURE_URL,
    CardField.PHONE,
    CardField.ATTACH,
)
_IN_CHINESE: Final = (CardField.LEVEL, CardField.ATTACH)
_DAY: Final = "%Y-%m-%d"
_MOMENTS: Final = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", _DAY)


class ChangeForm(QWidget):
    """One row a field: its name, what it is now, what it is to be, what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: dict[CardField, MarkedLineEdit] = {}
        self._now: dict[CardField, QLabel] = {}
        self._problems: dict[CardField, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, title_width(self))
        for name in _TEXT_FIELDS:
            field = ChineseField() if name in _IN_CHINESE else PlainLineEdit()
            field.setMaxLength(_LONGEST)
            field.setPlaceholderText(self.tr("不改"))
            self._fields[name] = field
            self._add_row(name, field)
        self._validity = _ValidityEntry()
        self._add_row(CardField.VALIDITY, self._validity)
        self._picked_up = PlainLineEdit()
        self._picked_up.setMaxLength(_LONGEST)
        self._picked_up.setPlaceholderText(self.tr("不改，或填 2026-01-31 18:00"))
        self._add_row(CardField.PICKED_UP_AT, self._picked_up)
        self._answers = AnswersEntry()
        self._grid.addWidget(self._answers, self._grid.rowCount(), 0, 1, 2)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def start(self, card: WechatCard) -> None:
        """Begin with what the card is, and nothing entered."""
        for name, label in self._now.items():
            label.setText(breakable(self.tr("现在：{now}").format(now=is_now(card, name))))
        for field in self._fields.values():
            field.setText("")
        self._picked_up.setText("")
        self._validity.start(card)
        self._answers.start(card)
        self.show_problems({})

    def change(self) -> CardChange:
        """Return what was entered; a blank field is left as it is."""
        entered = {
            name.value: clean_text(field.text()) or None for name, field in self._fields.items()
        }
        if phone := entered[CardField.PHONE.value]:
            entered[CardField.PHONE.value] = read_phone(phone)
        return CardChange(
            **entered,
            validity=self._validity.validity(),
            picked_up_at=_moment(self._picked_up.text()),
            common_fields=self._answers.common(),
            custom_fields=self._answers.custom(),
        )

    def first(self) -> QWidget:
        """Return the field to begin with."""
        return self._fields[_TEXT_FIELDS[0]]

    def show_problems(self, problems: dict[CardField, str]) -> None:
        """Mark the fields that are wrong, and go to the first of them."""
        for name, label in self._problems.items():
            label.setText(problems.get(name, ""))
            label.setVisible(name in problems)
        texts = {**self._fields, CardField.PICKED_UP_AT: self._picked_up}
        for name, field in texts.items():
            field.setProperty("problem", name in problems)
            restyle(field)
        self._answers.show_problems(problems)
        rows = {**self._fields, CardField.VALIDITY: self._validity, **texts}
        first = next((row for name, row in rows.items() if name in problems), None)
        first = first or self._answers.first_wrong(problems)
        if first is not None:
            first.setFocus()

    def forget(self) -> None:
        """Keep nothing of a member."""
        for field in (*self._fields.values(), self._picked_up):
            field.empty()
        self._answers.forget()
        for label in (*self._now.values(), *self._problems.values()):
            label.clear()
        self._validity.forget()

    def _add_row(self, name: CardField, field: QWidget) -> None:
        row = 3 * len(self._now)
        title, now, problem = (
            plain_label(card_field_text(name)),
            plain_label(muted=True, wrap=True),
            plain_label(wrap=True),
        )
        problem.setObjectName("failure")
        field.setAccessibleName(card_field_text(name))
        self._grid.addWidget(title, row, 0)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(problem, row + 1, 1)
        self._grid.addWidget(now, row + 2, 1)
        self._now[name], self._problems[name] = now, problem


class _ValidityEntry(QWidget):
    """Left as it is, from a day through a day, so many days, or for ever."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = ChoiceBox()
        # Not the items' data: Qt gives an enum of words back as a plain word.
        self._kinds: list[ValidityKind | None] = []
        for text, kind in (
            (self.tr("不改"), None),
            (self.tr("起止日期"), ValidityKind.FIXED_RANGE),
            (self.tr("生效后若干天"), ValidityKind.FIXED_TERM),
            (self.tr("永久有效"), ValidityKind.PERMANENT),
        ):
            self._kind.addItem(text)
            self._kinds.append(kind)
        self._kind.setAccessibleName(self.tr("有效期类型"))
        self.setFocusProxy(self._kind)
        self._begin, self._end, self._days = PlainLineEdit(), PlainLineEdit(), PlainLineEdit()
        for field, hint in (
            (self._begin, self.tr("开始 2026-01-01")),
            (self._end, self.tr("结束 2026-12-31")),
            (self._days, self.tr("天数")),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setMaxLength(_LONGEST)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._kind)
        for field in (self._begin, self._end, self._days):
            layout.addWidget(field)
        layout.addStretch(1)
        self._kind.currentIndexChanged.connect(self._show_fields)
        self._show_fields()

    def start(self, card: WechatCard) -> None:
        """Begin with the card's own days, to be changed where a range is chosen."""
        self.forget()
        for field, at in ((self._begin, card.validity.begin), (self._end, card.validity.end)):
            field.setText(at.at.strftime(_DAY) if isinstance(at, PlatformTime) else "")

    def validity(self) -> NewValidity | None:
        """Return what was entered; what cannot be read is missing from it."""
        kind = self._kinds[self._kind.currentIndex()]
        match kind:
            case ValidityKind.FIXED_RANGE:
                return NewValidity(kind, _day(self._begin.text()), _end_of(self._end.text()))
            case ValidityKind.FIXED_TERM:
                return NewValidity(kind, days=_count(self._days.text()))
            case ValidityKind.PERMANENT:
                return NewValidity(kind)
        return None

    def forget(self) -> None:
        """Keep nothing of a card."""
        self._kind.setCurrentIndex(0)
        for field in (self._begin, self._end, self._days):
            field.setText("")

    def _show_fields(self) -> None:
        kind = self._kinds[self._kind.currentIndex()]
        for field in (self._begin, self._end):
            field.setVisible(kind is ValidityKind.FIXED_RANGE)
        self._days.setVisible(kind is ValidityKind.FIXED_TERM)


def _moment(text: str) -> datetime | None:
    """A time in +08:00; None for a blank text, `NO_MOMENT` for what is none."""
    if not text.strip():
        return None
    for form in _MOMENTS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=CHINA)
        except ValueError:
            continue
    return NO_MOMENT


def _day(text: str) -> datetime | None:
    """The first instant of a day in +08:00, or None."""
    try:
        return datetime.strptime(text.strip(), _DAY).replace(tzinfo=CHINA)
    except ValueError:
        return None


def _end_of(text: str) -> datetime | None:
    """The last second of a day in +08:00, or None: the day named is still a valid one."""
    day = _day(text)
    return None if day is None else day.replace(hour=23, minute=59, second=59)


def _count(text: str) -> int | None:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 6 else None
