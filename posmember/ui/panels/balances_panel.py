"""积分 and 储值. What is missing is said, never shown as 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from posmember.ui.panels.base import Panel
from posmember.ui.widgets.labels import plain_label, scaled_font

if TYPE_CHECKING:
    from posmember.domain.profile import Balances, Profile
    from posmember.domain.rules.assessment import Assessment
    from posmember.ui.view.screen import PanelState, View


class BalancesPanel(Panel):
    """Shows `Balances`, and what points can pay."""

    section_names = ("member", "identity")

    def __init__(self) -> None:
        super().__init__(self.tr("积分与储值"), self.tr("扫会员码后显示积分和储值余额"))
        self._profile: Profile | None = None
        self._assessment: Assessment | None = None

    def _state_of(self, view: View) -> PanelState:
        return view.balances_panel

    def _make_content(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self._points = plain_label(wrap=True)
        self._deduction = plain_label(wrap=True)
        self._stored = plain_label(wrap=True)
        self._stored_parts = plain_label(muted=True, wrap=True)
        self._password = plain_label(wrap=True)
        for label in (self._points, self._stored):
            label.setFont(scaled_font(self.font(), 1.3, bold=True))
        for row, (name, label) in enumerate(
            (
                (self.tr("积分"), self._points),
                ("", self._deduction),
                (self.tr("储值"), self._stored),
                ("", self._stored_parts),
                (self.tr("支付密码"), self._password),
            )
        ):
            if name:
                grid.addWidget(plain_label(name, muted=True), row, 0)
                label.setAccessibleName(name)
            grid.addWidget(label, row, 1)
        layout.addLayout(grid)
        self._disagree = plain_label(wrap=True)
        self._disagree.setObjectName("check")
        layout.addWidget(self._disagree)
        layout.addStretch(1)
        return page

    def _show_content(self, view: View) -> None:
        if view.profile is self._profile and view.assessment is self._assessment:
            return
        self._profile, self._assessment = view.profile, view.assessment
        self._show_points(view.profile, view.assessment)
        self._show_stored(view.profile.balances)
        self._password.setText(self._password_text(view.profile, view.assessment))
        disagreements = view.profile.balances.disagreements
        self._disagree.setVisible(bool(disagreements))
        if disagreements:
            from posmember.ui.messages import disagreement_text

            self._disagree.setText(disagreement_text(disagreements))

    def _forget_content(self) -> None:
        if self._profile is None:
            return
        self._profile = self._assessment = None
        for label in (self._points, self._deduction, self._stored, self._stored_parts):
            label.clear()
        self._password.clear()
        self._disagree.clear()

    def _show_points(self, profile: Profile, assessment: Assessment) -> None:
        from posmember.ui.messages import money_text, number_text

        self._points.setText(number_text(profile.balances.points))
        deduction = assessment.points_deduction
        text = ""
        if deduction is not None:
            text = self.tr("可抵 {amount}（用 {points} 积分）").format(
                amount=money_text(deduction.amount), points=f"{deduction.points:,}"
            )
        elif profile.points_payment is False:
            text = self.tr("本店不支持积分抵现")
        self._deduction.setText(text)
        self._deduction.setVisible(bool(text))

    def _show_stored(self, balances: Balances) -> None:
        from posmember.ui.messages import amount_text

        self._stored.setText(amount_text(balances.total))
        text = self.tr("充值 {principal} + 赠送 {bonus}").format(
            principal=amount_text(balances.principal), bonus=amount_text(balances.bonus)
        )
        lifetime = self._lifetime_text(balances)
        self._stored_parts.setText(f"{text}\n{lifetime}" if lifetime else text)

    def _lifetime_text(self, balances: Balances) -> str:
        from posmember.ui.messages import amount_text

        if balances.lifetime_principal is None and balances.lifetime_bonus is None:
            return ""
        return self.tr("累计充值 {principal}，累计赠送 {bonus}").format(
            principal=amount_text(balances.lifetime_principal),
            bonus=amount_text(balances.lifetime_bonus),
        )

    def _password_text(self, profile: Profile, assessment: Assessment) -> str:
        from posmember.domain.rules.reasons import NoticeCode

        if any(notice.code is NoticeCode.NEEDS_PASSWORD for notice in assessment.notices):
            return self.tr("已开启，用储值要输密码")
        enabled = profile.person.password_enabled if profile.person is not None else None
        if enabled is None:
            return self.tr("不清楚")
        return self.tr("已开启") if enabled else self.tr("未开启")
