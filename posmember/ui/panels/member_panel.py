"""会员: who it is; name and phone masked until the 按住显示 button is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from posmember.ui.panels.base import Panel
from posmember.ui.widgets.labels import ElidedLabel, plain_label, scaled_font

if TYPE_CHECKING:
    from posmember.domain.profile import Person
    from posmember.domain.rules.assessment import Assessment
    from posmember.ui.panels.benefit_cards import BenefitCards
    from posmember.ui.view.screen import PanelState, View
    from posmember.ui.view.wechat import WechatView
    from posmember.ui.wechat.block import WechatCardBlock

_MOST_LABELS = 10


class MemberPanel(Panel):
    """Shows a `Person`."""

    wechat_made = Signal(object)
    """The `WechatCardBlock`, once it is needed."""

    section_names = ("member", "identity")

    def __init__(self) -> None:
        super().__init__(self.tr("会员"), self.tr("扫会员码后显示会员资料"))
        self._person: Person | None = None
        self._benefits: BenefitCards | None = None
        self._wechat: WechatCardBlock | None = None

    def revealed(self) -> bool:
        """Return whether name and phone are in clear now."""
        return self._content is not None and self._reveal.isDown()

    def _state_of(self, view: View) -> PanelState:
        return view.member_panel

    def _make_content(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._name = ElidedLabel()
        self._name.setFont(scaled_font(self.font(), 1.45, bold=True))
        self._reveal = QPushButton(self.tr("按住显示"))
        self._reveal.setToolTip(self.tr("按住鼠标或空格键，显示完整姓名和手机号"))
        self._reveal.setAccessibleName(self.tr("按住显示完整姓名和手机号"))
        self._reveal.pressed.connect(self._show_who)
        self._reveal.released.connect(self._show_who)
        layout.addLayout(_row(self._name, self._reveal))
        self._phone = plain_label()
        self._phone.setFont(scaled_font(self.font(), 1.15))
        self._gender = plain_label()
        layout.addLayout(_row(self._phone, self._gender, fill=False))
        self._tier = plain_label(wrap=True)
        self._tier.setObjectName("tier")
        self._tier_until = plain_label(muted=True)
        layout.addLayout(_row(self._tier, self._tier_until, fill=False))
        self._frozen = plain_label(self.tr("账号已冻结，所有券和卡都不可用"), wrap=True)
        self._frozen.setObjectName("failure")
        self._unchecked = plain_label(wrap=True)
        self._unchecked.setObjectName("check")
        self._facts = plain_label(wrap=True)
        self._card = plain_label(muted=True, wrap=True)
        for label in (self._frozen, self._unchecked, self._facts, self._card):
            layout.addWidget(label)
        from posmember.ui.panels.benefit_cards import BenefitCards

        self._benefits = BenefitCards()
        layout.addWidget(self._benefits)
        self._content_rows = layout
        layout.addStretch(1)
        return page

    def _show_content(self, view: View) -> None:
        if self._benefits is not None:
            self._benefits.show_cards(view.assessment.benefit_cards, view.now)
        self._show_wechat(view.wechat)
        self._show_unchecked(view.assessment)
        person = view.profile.person
        if person is self._person:
            return
        self._person = person
        self._show_who()
        self._show_facts()

    def _forget_content(self) -> None:
        if self._benefits is not None:
            self._benefits.forget()
        if self._wechat is not None:
            self._wechat.forget()
        self._unchecked.clear()
        if self._person is not None:
            self._person = None
            self._show_who()
            self._show_facts()

    def _show_wechat(self, wechat: WechatView | None) -> None:
        if self._wechat is None:
            if wechat is None:
                return
            from posmember.ui.wechat.block import WechatCardBlock

            self._wechat = WechatCardBlock()
            self._content_rows.insertWidget(self._content_rows.count() - 1, self._wechat)
            self.wechat_made.emit(self._wechat)
        had_card = self._wechat.has_card()
        self._wechat.show_wechat(wechat)
        if self._wechat.has_card() is not had_card:
            self._show_who()

    def _show_unchecked(self, assessment: Assessment) -> None:
        """Say once what makes every coupon and card one to check."""
        from posmember.domain.rules.reasons import NoticeCode
        from posmember.ui.messages import account_unknown_text

        states = [
            str(notice.params.get("state", ""))
            for notice in assessment.notices
            if notice.code is NoticeCode.ACCOUNT_UNCHECKED
        ]
        _show(self._unchecked, account_unknown_text(states[0]) if states else "")

    def _show_who(self) -> None:
        from posmember.domain.masking import mask_name, mask_phone
        from posmember.ui.messages import one_line

        person = self._person
        name = one_line(person.name) if person is not None else ""
        phone = one_line(person.mobile) if person is not None else ""
        if not self.revealed():
            name, phone = mask_name(name), mask_phone(phone)
        self._name.set_text(name or self.tr("未留姓名"))
        self._phone.setText(phone or self.tr("未留手机号"))
        card = self._wechat is not None and self._wechat.has_card()
        self._reveal.setEnabled(bool(name or phone) or card)
        if self._wechat is not None:
            self._wechat.reveal(revealed=self.revealed())

    def _show_facts(self) -> None:
        from posmember.domain.context import AccountStatus
        from posmember.ui.messages import gender_text, one_line

        person = self._person
        if person is None:
            # Emptied, not hidden: the page is out of sight, and hiding its parts costs time.
            for label in (self._gender, self._tier, self._tier_until, self._facts, self._card):
                label.clear()
            return
        _show(self._gender, gender_text(person.gender))
        _show(self._tier, one_line(person.tier.name))
        _show(self._tier_until, self._tier_until_text(person))
        self._frozen.setVisible(person.account is AccountStatus.FROZEN)
        _show(self._facts, "\n".join(self._facts_of(person)))
        _show(self._card, self._card_of(person))

    def _tier_until_text(self, person: Person) -> str:
        from posmember.ui.messages import date_text

        if person.tier.expires_at is None:
            return ""
        return self.tr("到期 {date}").format(date=date_text(person.tier.expires_at))

    def _facts_of(self, person: Person) -> list[str]:
        from posmember.ui.messages import list_text, one_line

        labels = [one_line(label.name) for label in person.labels if label.name.strip()]
        if person.enterprise:
            labels.insert(0, self.tr("企业会员"))
        if not labels:
            return []
        more = len(labels) - _MOST_LABELS
        if more > 0:
            labels[_MOST_LABELS:] = [self.tr("另有 {count} 个").format(count=more)]
        return [self.tr("标签 {labels}").format(labels=list_text(tuple(labels)))]

    def _card_of(self, person: Person) -> str:
        from posmember.ui.messages import one_line

        if not person.card_number and not person.card_name:
            return ""
        text = self.tr("会员卡 {name} {number}")
        return one_line(text.format(name=person.card_name, number=person.card_number))


def _row(first: QWidget, second: QWidget, *, fill: bool = True) -> QHBoxLayout:
    """Lay two widgets side by side; the first fills the row, or the space after both does."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first, 1 if fill else 0)
    row.addWidget(second)
    if not fill:
        row.addStretch(1)
    return row


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
