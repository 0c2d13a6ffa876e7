"""Who it is and what they have, in one row of columns: row B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from posmember.ui.panels.base import Panel
from posmember.ui.theme import TEXT_PX
from posmember.ui.widgets.labels import ElidedLabel, plain_label, sized_font

if TYPE_CHECKING:
    from posmember.domain.profile import Person
    from posmember.ui.panels.benefit_lines import BenefitLines
    from posmember.ui.panels.figure import Figure
    from posmember.ui.panels.person_words import PersonWords
    from posmember.ui.view.screen import PanelState, View

HEIGHT = 88
_NARROW_HEIGHT = 162
_BUTTON_HEIGHT, _NARROW_BUTTON = 38, 32
_NAME_PX, _NARROW_NAME = 24, 20
_LEAST_WHO = 200


class PersonRow(Panel):
    """Shows a `Person` and their `Balances`; name and phone masked until 按住显示 is held."""

    wechat_asked = Signal()
    """微信会员卡 is wanted."""
    reveal_changed = Signal(bool)
    """Whether personal data is shown in clear."""

    section_names = ("member", "identity")

    def __init__(self) -> None:
        super().__init__(self.tr("会员"))
        self._shown: PersonWords | None = None
        self._can_reveal_more = self._is_narrow = False
        self.setFixedHeight(HEIGHT)

    def revealed(self) -> bool:
        """Return whether name and phone are in clear now."""
        return self._content is not None and self._reveal.isDown()

    def let_reveal(self, *, more: bool) -> None:
        """Know whether there is more than name and phone to be revealed."""
        self._can_reveal_more = more
        if self._content is not None:
            self._show_who()

    def set_narrow(self, *, narrow: bool) -> None:
        """Have who it is above what they have, for the compact window, or all in one row."""
        self._is_narrow = narrow
        self.setFixedHeight(_NARROW_HEIGHT if narrow else HEIGHT)
        if self._content is not None:
            self._arrange()

    def _state_of(self, view: View) -> PanelState:
        return view.member_panel

    def _show_problems(self, state: PanelState) -> None:
        """The lists say what is missing, once: this row is a line high."""

    # --- how it is built -----------------------------------------------------------------------

    def _make_bars(self) -> QWidget:
        from posmember.ui.widgets.skeleton import Skeleton

        lefts = (0.01, 0.25, 0.4, 0.58, 0.76)
        bars = [(left, 12, 0.08, 12) for left in lefts]
        bars += [(left, 34, 0.12, 22) for left in lefts]
        bars += [(left, 64, 0.1, 12) for left in lefts]
        made = Skeleton(bars)
        made.setAccessibleName(self.tr("正在查询…"))  # of all panels' bars, once
        return made

    def _make_content(self) -> QWidget:
        from posmember.ui.panels.benefit_lines import BenefitLines
        from posmember.ui.panels.figure import Figure
        from posmember.ui.panels.label_lines import LabelLines

        self._points: Figure = Figure(self.tr("积分"))
        self._stored, self._labels = Figure(self.tr("储值")), LabelLines()
        self._benefits: BenefitLines = BenefitLines()
        self._frozen, self._unchecked = self._make_banner(), self._make_unchecked()
        page, columns = QWidget(), QWidget()
        self._last = QStackedLayout()
        self._columns: list[tuple[QWidget | QLayout, int]] = [
            (_rule(), 0), (self._points, 2), (_rule(), 0), (self._stored, 4),
            (_rule(), 0), (self._benefits, 3), (_rule(), 0), (self._last, 3),
        ]  # fmt: skip
        rows = QVBoxLayout(columns)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self._beside = [QHBoxLayout(), QHBoxLayout()]
        for line in self._beside:
            rows.addLayout(line)
        # In reading order, and the last one before its pages: it shows the first of them at once.
        for part, stretch in self._columns:
            _put(self._beside[0], part, stretch)
        # What is to check of the member takes the place of what matters least, and moves nothing.
        self._last.addWidget(self._labels)
        self._last.addWidget(self._unchecked)
        self._row: QBoxLayout = QHBoxLayout(page)
        self._top, self._near = QHBoxLayout(), QVBoxLayout()
        self._top.addLayout(self._make_who(), 1)
        self._top.addLayout(self._near)
        self._row.addLayout(self._top)
        self._middle = QStackedLayout()
        self._row.addLayout(self._middle)  # first: it shows its first page at once
        self._middle.addWidget(columns)
        self._middle.addWidget(self._frozen)
        self._buttons = QVBoxLayout()
        self._row.addLayout(self._buttons)
        self._make_buttons()
        self._arrange()
        return page

    def _arrange(self) -> None:
        """Put everything where it belongs in a row, or in the compact window; none is made anew."""
        narrow = self._is_narrow
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else right)
        self._row.setContentsMargins(12, 2, 8, 2)
        self._row.setSpacing(2 if narrow else 16)
        name = _NARROW_NAME if narrow else _NAME_PX
        self._name.setFont(sized_font(self.font(), name, bold=True))
        for place, stretch in enumerate((0, 1, 0) if narrow else (4, 10, 0)):
            self._row.setStretch(place, stretch)
        for line in self._beside:
            line.setSpacing(8 if narrow else 16)
            while line.count():
                line.takeAt(0)
        for place, (part, stretch) in enumerate(self._columns):
            line = self._beside[int(narrow and place >= len(self._columns) // 2)]
            _put(line, part, stretch)
            if isinstance(part, QWidget):
                part.setVisible(not narrow or place % 4 != 0)  # no rule begins a line
        for layout, other in ((self._near, self._buttons), (self._buttons, self._near)):
            layout.setSpacing(4)
            for button in (self._reveal, self._wechat):
                other.removeWidget(button)
        for button in (self._reveal, self._wechat):
            button.setFixedHeight(_NARROW_BUTTON if narrow else _BUTTON_HEIGHT)
            (self._near if narrow else self._buttons).addWidget(button)
        for each in (self._points, self._stored, self._benefits, self._labels):
            each.set_narrow(narrow=narrow)
        self._frozen_title.setWordWrap(narrow)
        self._give_room()

    def _give_room(self) -> None:
        """In the compact window, give what is to check as much room as there is."""
        checks = self._is_narrow and self._last.currentIndex() == 1
        line = self._beside[int(self._is_narrow)]
        line.setStretchFactor(self._benefits, 1 if checks else 3)

    def _make_who(self) -> QVBoxLayout:
        self._name, self._tier = ElidedLabel(), ElidedLabel()
        self._name.setFont(sized_font(self.font(), _NAME_PX, bold=True))
        self._tier.set_color("accent")
        self._phone, self._card = plain_label(), ElidedLabel()
        self._phone.setFont(sized_font(self.font(), 18))
        self._until = ElidedLabel()
        self._card.set_color("muted")
        self._until.set_color("muted")
        self._name.setMinimumWidth(_LEAST_WHO // 2)
        self._tier.setMinimumWidth(_LEAST_WHO // 4)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addStretch(1)
        rows.addLayout(_beside(self._name, self._tier))
        rows.addLayout(_beside(self._phone, self._until))
        rows.addWidget(self._card)
        rows.addStretch(1)
        return rows

    def _make_banner(self) -> QFrame:
        banner = QFrame()
        banner.setObjectName("frozen")
        self._frozen_title = plain_label(self.tr("账号已冻结，所有券和卡都不可用"))
        self._frozen_title.setObjectName("sentence")
        self._frozen_left = ElidedLabel()
        self._frozen_left.set_color("on-error")
        layout = QVBoxLayout(banner)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(2)
        layout.addStretch(1)
        layout.addWidget(self._frozen_title)
        layout.addWidget(self._frozen_left)
        layout.addStretch(1)
        return banner

    def _make_unchecked(self) -> QFrame:
        from posmember.ui.widgets.fitted_label import FittedLabel
        from posmember.ui.widgets.marks import Mark, MarkWidget

        banner, mark = QFrame(), MarkWidget()
        banner.setObjectName("unchecked")
        mark.set_mark(Mark.TRIANGLE, "check")
        self._unchecked_text = FittedLabel(largest=TEXT_PX, bold=True)
        layout = QHBoxLayout(banner)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(4)
        layout.addWidget(mark)
        layout.addWidget(self._unchecked_text, 1)
        mark.show()  # once it is part of the banner: else it were a window of its own
        return banner

    def _make_buttons(self) -> None:
        self._reveal = QPushButton(self.tr("按住显示"))
        self._reveal.setToolTip(self.tr("按住鼠标或空格键，显示完整姓名和手机号"))
        self._reveal.setAccessibleName(self.tr("按住显示完整姓名和手机号"))
        self._reveal.pressed.connect(self._show_who)
        self._reveal.released.connect(self._show_who)
        self._wechat = QPushButton(self.tr("微信卡 F10"))
        self._wechat.setAccessibleName(self.tr("查询微信会员卡"))
        self._wechat.clicked.connect(self.wechat_asked)
        self._wechat.hide()

    # --- what it shows -------------------------------------------------------------------------

    def _show_content(self, view: View) -> None:
        from posmember.ui.panels.person_words import PersonWords

        self._wechat.setVisible(view.wechat is not None)
        self._benefits.show_cards(view.assessment.benefit_cards, view.now, view.checks_coupons)
        words = PersonWords(
            view.profile,
            view.assessment.points_deduction,
            view.assessment.notices,
            waiting=view.checks_coupons,
        )
        if words == self._shown:
            return
        self._shown = words
        self._show_who()
        self._show_facts(words)

    def _forget_content(self) -> None:
        if self._shown is None:
            return
        self._shown = None
        self._benefits.forget()
        self._show_who()
        for label in (self._tier, self._until, self._card, self._frozen_left):
            label.set_text("")
        self._points.show_value("")
        self._stored.show_value("")
        self._labels.show_labels(())
        self._unchecked_text.clear()
        self._last.setCurrentIndex(0)

    def _show_who(self) -> None:
        from posmember.domain.masking import mask_name, mask_phone
        from posmember.ui.messages import one_line
        from posmember.ui.panels.person_words import WAITING

        person = self._person
        name = one_line(person.name) if person is not None else ""
        phone = one_line(person.mobile) if person is not None else ""
        if not self.revealed():
            name, phone = mask_name(name), mask_phone(phone)
        # Identity, which may know them, is still asked.
        waits = self._shown is not None and self._shown.waiting
        no_name = WAITING if waits else self.tr("未留姓名")
        no_phone = WAITING if waits else self.tr("未留手机号")
        known = person is not None
        self._name.set_text(name or (no_name if known else ""))
        self._phone.setText(phone or (no_phone if known else ""))
        self._reveal.setEnabled(bool(name or phone) or self._can_reveal_more)
        self.reveal_changed.emit(self.revealed())

    @property
    def _person(self) -> Person | None:
        return self._shown.profile.person if self._shown is not None else None

    def _show_facts(self, words: PersonWords) -> None:
        self._tier.set_text(words.tier())
        self._until.set_text(words.tier_until())
        self._card.set_text(words.card())
        self._middle.setCurrentIndex(1 if words.frozen else 0)
        self._frozen_left.set_text(words.frozen_amounts())
        waits = words.waiting
        self._points.show_value(*words.points(), check=words.points_disagree, waits=waits)
        self._stored.show_value(*words.stored(), check=words.stored_disagrees, waits=waits)
        self._labels.show_labels(words.labels())
        unchecked = words.unchecked()
        self._unchecked_text.set_text(unchecked)
        self._last.setCurrentIndex(1 if unchecked else 0)
        self._give_room()


def _beside(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first, 0)
    row.addWidget(second, 1)
    return row


def _put(line: QHBoxLayout, part: QWidget | QLayout, stretch: int) -> None:
    if isinstance(part, QLayout):
        line.addLayout(part, stretch)
    else:
        line.addWidget(part, stretch)


def _rule() -> QLabel:
    rule = QLabel()
    rule.setObjectName("rule")
    rule.setFixedWidth(1)
    return rule
