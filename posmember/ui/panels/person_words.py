"""What the person's row says, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from posmember.domain.profile import Balances, Profile
    from posmember.domain.rules.points import PointsDeduction
    from posmember.domain.rules.reasons import Notice

translate = QCoreApplication.translate
_WAITING = "…"
_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class PersonWords:
    """The words of a member.

    Args:
        deduction: what points can pay on this order, or None.
        notices: what to know of the member.
        waiting: whether identity, which may know more, is still asked.
    """

    profile: Profile
    deduction: PointsDeduction | None
    notices: tuple[Notice, ...] = ()
    waiting: bool = False

    def __eq__(self, other: object) -> bool:
        """Whether all is the same; a profile that is made anew is another object."""
        if not isinstance(other, PersonWords):
            return NotImplemented
        same = self.profile is other.profile and self.deduction == other.deduction
        return same and self.notices == other.notices and self.waiting is other.waiting

    __hash__ = None  # type: ignore[assignment]

    @property
    def frozen(self) -> bool:
        """Whether the account is frozen."""
        from posmember.domain.context import AccountStatus

        return self.profile.account is AccountStatus.FROZEN or (
            self.profile.person is not None and self.profile.person.account is AccountStatus.FROZEN
        )

    @property
    def _balances(self) -> Balances:
        return self.profile.balances

    def tier(self) -> str:
        """The level, and that it is a company's member."""
        from posmember.ui.messages import one_line

        person = self.profile.person
        if person is None:
            return ""
        parts = [one_line(person.tier.name)]
        if person.enterprise:
            parts.append(translate("PersonRow", "企业会员"))
        return " · ".join(part for part in parts if part)

    def tier_until(self) -> str:
        """Until when the level holds, and who it is besides."""
        from posmember.domain.values import PlatformTime
        from posmember.ui.messages import date_text, gender_text

        person = self.profile.person
        if person is None:
            return ""
        parts = [gender_text(person.gender)]
        if isinstance(person.tier.expires_at, PlatformTime):
            until = translate("PersonRow", "至 {date}")
            parts.append(until.format(date=date_text(person.tier.expires_at)))
        return " · ".join(part for part in parts if part)

    def card(self) -> str:
        """The membership card."""
        from posmember.ui.messages import one_line

        person = self.profile.person
        if person is None or not (person.card_number or person.card_name):
            return ""
        number = "" if self.profile.withheld else person.card_number
        return one_line(f"{person.card_name} {number}")

    @property
    def points_disagree(self) -> bool:
        """Whether two queries gave different points."""
        return "points" in self._balances.disagreements

    @property
    def stored_disagrees(self) -> bool:
        """Whether two queries gave different amounts."""
        return bool({"principal", "bonus", "total"} & set(self._balances.disagreements))

    def points(self) -> tuple[str, str, str]:
        """The points, what they can pay, and what is to know besides."""
        from posmember.ui.messages import disagreement_text, money_text, number_text

        points = self._balances.points
        value = self._known(points, number_text(points))
        note, more = "", ""
        if self.points_disagree:
            note = disagreement_text(("points",))
        elif points is None and not self.waiting:
            note = translate("PersonRow", "未返回")
        elif self.deduction is not None:
            note = translate("PersonRow", "可抵 {amount}")
            note = note.format(amount=money_text(self.deduction.amount))
            more = translate("PersonRow", "用 {points} 积分")
            more = more.format(points=f"{self.deduction.points:,}")
        elif self.profile.points_payment is False:
            note = translate("PersonRow", "本店不支持积分抵现")
        return value, note, more

    def stored(self) -> tuple[str, str, str]:
        """The stored value, its bonus and password, and what is to know besides."""
        from posmember.ui.messages import amount_text, disagreement_text

        if self.profile.withheld:
            return _NOTHING, translate("PersonRow", "扫会员码后显示"), ""
        balances = self._balances
        value = self._known(balances.total, amount_text(balances.total))
        notes = []
        if self.stored_disagrees:
            notes.append(disagreement_text(balances.disagreements))
        elif balances.total is None and not self.waiting:
            notes.append(translate("PersonRow", "未返回"))
        elif _is_money(balances.bonus):
            bonus = translate("PersonRow", "含赠 {bonus}")
            notes.append(bonus.format(bonus=amount_text(balances.bonus)))
        notes.append(self._password())
        return value, " · ".join(note for note in notes if note), self._stored_parts()

    def _stored_parts(self) -> str:
        from posmember.ui.messages import amount_text

        balances = self._balances
        text = translate("PersonRow", "充值 {principal} + 赠送 {bonus}").format(
            principal=amount_text(balances.principal), bonus=amount_text(balances.bonus)
        )
        if balances.lifetime_principal is None and balances.lifetime_bonus is None:
            return text
        lifetime = translate("PersonRow", "累计充值 {principal}，累计赠送 {bonus}").format(
            principal=amount_text(balances.lifetime_principal),
            bonus=amount_text(balances.lifetime_bonus),
        )
        return f"{text}；{lifetime}"

    def _password(self) -> str:
        from posmember.domain.rules.reasons import NoticeCode

        if any(notice.code is NoticeCode.NEEDS_PASSWORD for notice in self.notices):
            return translate("PersonRow", "需密码")
        return ""

    def unchecked(self) -> str:
        """Say once what makes every coupon and card one to check; "" where nothing does."""
        from posmember.domain.rules.reasons import NoticeCode
        from posmember.ui.messages import account_unknown_text

        states = [
            str(notice.params.get("state", ""))
            for notice in self.notices
            if notice.code is NoticeCode.ACCOUNT_UNCHECKED
        ]
        return account_unknown_text(states[0]) if states else ""

    def labels(self) -> tuple[str, ...]:
        """Every label, in one line each."""
        from posmember.ui.messages import one_line

        person = self.profile.person
        names = (one_line(label.name) for label in (person.labels if person is not None else ()))
        return tuple(name for name in names if name)

    def frozen_amounts(self) -> str:
        """What is there and cannot be spent; "" where the account is not frozen."""
        if not self.frozen:
            return ""
        text = translate("PersonRow", "积分 {points} 和储值 {stored} 现在都不能用")
        return text.format(points=self.points()[0], stored=self.stored()[0])

    def _known(self, value: Any, text: str) -> str:
        if value is not None:
            return text
        return _WAITING if self.waiting else _NOTHING


def _is_money(value: object) -> bool:
    from posmember.domain.money import Money

    return isinstance(value, Money) and value.fen > 0
