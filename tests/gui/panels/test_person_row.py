"""The row that says who it is and what they have."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from posmember.domain.context import AccountStatus, Context
from posmember.domain.member import BenefitCard
from posmember.domain.profile import Balances, Person, Profile
from posmember.domain.rules.member import member_notices
from posmember.domain.rules.reasons import Notice, NoticeCode
from posmember.lookup.sections import Loading
from posmember.ui.panels.person_row import PersonRow
from posmember.ui.view.screen import View
from tests.gui import samples
from tests.gui.panels.showing import shown, words
from tests.gui.samples import CONTEXT, FULL_NAME, FULL_PHONE, NOW

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key


@pytest.fixture
def member(qtbot: QtBot) -> PersonRow:
    row = PersonRow()
    shown(qtbot, row, width=1350)
    row.show_view(samples.loaded_view())
    return row


def reveal_button(member: PersonRow) -> QPushButton:
    (button,) = (b for b in member.findChildren(QPushButton) if b.text() == "按住显示")
    return button


def test_name_and_phone_are_masked(member: PersonRow) -> None:
    said = words(member)
    assert "王*明" in said
    assert "138****5678" in said
    assert FULL_NAME not in said
    assert FULL_PHONE not in said


def test_holding_the_button_reveals_name_and_phone(member: PersonRow) -> None:
    button = reveal_button(member)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert FULL_NAME in words(member)
    assert FULL_PHONE in words(member)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert FULL_NAME not in words(member)
    assert FULL_PHONE not in words(member)


def test_holding_the_space_bar_reveals_too(member: PersonRow) -> None:
    button = reveal_button(member)
    button.setFocus()
    QTest.keyPress(button, Key.Key_Space)
    assert FULL_NAME in words(member)
    QTest.keyRelease(button, Key.Key_Space)
    assert FULL_NAME not in words(member)


def test_leaving_the_button_masks_again(member: PersonRow, qtbot: QtBot) -> None:
    button = reveal_button(member)
    button.setFocus()
    QTest.keyPress(button, Key.Key_Space)
    button.clearFocus()
    qtbot.waitUntil(lambda: FULL_NAME not in words(member))


def test_another_member_is_masked_while_the_button_is_held(member: PersonRow) -> None:
    QTest.mousePress(reveal_button(member), Qt.MouseButton.LeftButton)
    member.show_view(samples.loading_view())
    other = replace(samples.person(), name="李雷雷", mobile="13900001111")
    view = replace(samples.loaded_view(2), profile=Profile(other))
    member.show_view(view)
    assert "李*雷" in words(member)
    assert "139****1111" in words(member)


def test_everything_known_of_a_member_is_said(member: PersonRow) -> None:
    said = words(member)
    for part in (
        "金卡会员 · 企业会员",
        "至 2027-03-01 · 男",
        "老客 爱喝拿铁",
        "钻石会员卡 VIP00012345",
        "省钱月卡",
        "1,280",
        "可抵 \u00a511.60",
        "\u00a5230.00",
        "含赠 \u00a530.00 · 需密码",
    ):
        assert part in said
    assert "冻结" not in said


def test_a_figures_value_is_heard_with_its_word(member: PersonRow) -> None:
    heard = [label.accessibleName() for label in member.findChildren(QLabel)]
    assert "积分 1,280" in heard
    assert "储值 \u00a5230.00" in heard
    assert "充值 \u00a5200.00 + 赠送 \u00a530.00" in member._stored._value.accessibleDescription()
    assert "累计充值 \u00a51,500.00，累计赠送 \u00a5220.00" in member._stored.toolTip()


MONTHLY = samples.person().benefit_cards[0]


def with_benefit_cards(*cards: BenefitCard, context: Context = CONTEXT) -> View:
    view = samples.loaded_view(now=context.now)
    assessed = samples.assessed_benefit_cards(*cards, context=context)
    return replace(view, assessment=replace(view.assessment, benefit_cards=assessed))


@pytest.mark.parametrize(
    ("card", "context", "said"),
    [
        (MONTHLY, CONTEXT, "可用  权益卡 省钱月卡，到期 2026-12-01"),
        (
            replace(MONTHLY, valid_until=samples.day("2026-11-02")),
            CONTEXT,
            "不可用  权益卡 省钱月卡，已过期（11-02）",
        ),
        (
            replace(MONTHLY, valid_from=samples.day("2026-11-22")),
            CONTEXT,
            "不可用  权益卡 省钱月卡，还没生效，明天 起",
        ),
        (
            replace(MONTHLY, valid_until=None),
            CONTEXT,
            "需确认  权益卡 省钱月卡，有效期不明确（到期时间）",
        ),
        *(
            (
                MONTHLY,
                replace(CONTEXT, account=account),
                "需确认  权益卡 省钱月卡，到期 2026-12-01",
            )
            for account in (AccountStatus.FAILED, AccountStatus.LATE, AccountStatus.UNREADABLE)
        ),
        (
            replace(MONTHLY, name="<b>卡</b>\n一", valid_until=samples.day("2026-11-02")),
            replace(CONTEXT, account=AccountStatus.FROZEN),
            "不可用  权益卡 <b>卡</b> 一，会员账号已冻结；已过期（11-02）",
        ),
    ],
)
def test_a_benefit_card_is_said_with_its_verdict(
    member: PersonRow, card: BenefitCard, context: Context, said: str
) -> None:
    member.show_view(with_benefit_cards(card, context=context))
    assert member._benefits.said() == said
    assert card.name.replace("\n", " ") in words(member)


def test_a_benefit_cards_verdict_is_neutral_while_it_is_not_known(member: PersonRow) -> None:
    view = with_benefit_cards(MONTHLY)
    member.show_view(replace(view, sections=samples.sections(identity=Loading())))
    assert member._benefits.said() == "核对中 省钱月卡"


def test_benefit_cards_keep_their_order_and_the_rest_are_counted(member: PersonRow) -> None:
    cards = [replace(MONTHLY, name=f"{number}号卡") for number in (3, 1, 2, 5, 4)]
    member.show_view(with_benefit_cards(*cards))
    assert "3号卡\n另 4 张" in words(member)
    member.show_view(with_benefit_cards(*cards[:2]))
    assert "3号卡\n1号卡" in words(member)
    member.show_view(with_benefit_cards())
    assert "号卡" not in words(member)
    assert "—" in words(member)


def test_benefit_cards_move_on_with_the_clock_and_the_account(member: PersonRow) -> None:
    """The person stays the same object while verdicts are made anew."""
    view = samples.loaded_view()
    tonight = replace(CONTEXT, now=NOW.replace(day=30, hour=23))
    over = replace(CONTEXT, now=samples.day("2026-12-02").at)
    for context, said in (
        (replace(CONTEXT, account=AccountStatus.FAILED), "需确认  权益卡"),
        (tonight, "可用  权益卡 省钱月卡，到期 2026-12-01"),
        (over, "不可用  权益卡 省钱月卡，已过期（12-01）"),
    ):
        assessed = samples.assessed_benefit_cards(MONTHLY, context=context)
        assessment = replace(view.assessment, benefit_cards=assessed)
        member.show_view(replace(view, now=context.now, assessment=assessment))
        assert said in member._benefits.said()


def test_tomorrow_becomes_today_at_midnight(member: PersonRow) -> None:
    later = replace(MONTHLY, valid_from=samples.moment("2026-11-22 09:00:00"))
    member.show_view(with_benefit_cards(later))
    assert "还没生效，明天 09:00 起" in member._benefits.said()
    midnight = replace(CONTEXT, now=samples.day("2026-11-22").at)
    member.show_view(with_benefit_cards(later, context=midnight))
    assert "还没生效，今天 09:00 起" in member._benefits.said()


def frozen_view() -> View:
    view = samples.loaded_view()
    assert view.profile.person is not None
    person = replace(view.profile.person, account=AccountStatus.FROZEN)
    return replace(view, profile=replace(view.profile, person=person))


def test_a_frozen_account_is_a_banner_in_the_place_of_what_could_be_spent(
    member: PersonRow,
) -> None:
    member.show_view(frozen_view())
    said = words(member)
    assert "账号已冻结，所有券和卡都不可用" in said
    assert "积分 1,280 和储值 \u00a5230.00 现在都不能用" in said
    assert "可抵" not in said
    assert "\n1,280\n" not in said
    member.show_view(samples.loaded_view())
    assert "冻结" not in words(member)


def with_notices(*notices: Notice) -> View:
    view = samples.loaded_view()
    return replace(view, assessment=replace(view.assessment, notices=notices))


@pytest.mark.parametrize("width", [1000, 1350, 1900])
@pytest.mark.parametrize("state", ["failed", "unreadable"])
def test_an_account_that_is_not_checked_is_one_banner(
    member: PersonRow, state: str, width: int
) -> None:
    member.resize(width, member.height())
    QApplication.processEvents()
    places = [widget.geometry() for widget in (member._points, member._stored, member._benefits)]
    member.show_view(with_notices(Notice(NoticeCode.ACCOUNT_UNCHECKED, {"state": state})))
    said = "没能核对账号是否冻结，用前请在收银系统确认"
    assert words(member).count(said) == 1
    assert not member._unchecked_text.is_cut()
    assert "1,280" in words(member)
    QApplication.processEvents()
    after = [widget.geometry() for widget in (member._points, member._stored, member._benefits)]
    assert after == places
    member.show_view(samples.loaded_view())
    assert "没能核对" not in words(member)
    assert "老客 爱喝拿铁" in words(member)


@pytest.mark.parametrize("width", [1008, 1350])
def test_what_stored_value_takes_is_seen_whole(member: PersonRow, width: int) -> None:
    member.resize(width, member.height())
    QApplication.processEvents()
    for note in (member._points.note, member._stored.note):
        assert note.sizeHint().width() <= note.width()


def test_the_banner_is_forgotten_with_the_member(member: PersonRow) -> None:
    member.show_view(with_notices(Notice(NoticeCode.ACCOUNT_UNCHECKED, {"state": "failed"})))
    member.show_view(samples.loading_view())
    assert "没能核对" not in words(member)


def test_stored_value_that_takes_a_password_says_so(member: PersonRow) -> None:
    """By the rules' notice: an account without stored value takes none."""
    member.show_view(with_notices())
    assert "含赠 \u00a530.00" in words(member)
    assert "需密码" not in words(member)
    member.show_view(with_notices(Notice(NoticeCode.NEEDS_PASSWORD)))
    assert "含赠 \u00a530.00 · 需密码" in words(member)


def test_of_many_labels_as_many_as_have_room_and_the_rest_counted(member: PersonRow) -> None:
    member.show_view(samples.odd_view())
    assert "+" in words(member._labels)
    assert "标签19" in member._labels.toolTip()


def test_a_member_of_whom_nothing_is_known(member: PersonRow) -> None:
    member.show_view(samples.unknown_view())
    assert "未留姓名" in words(member)
    assert "未留手机号" in words(member)
    assert not reveal_button(member).isEnabled()


def test_unknown_balances_are_not_zero(member: PersonRow) -> None:
    member.show_view(samples.unknown_view())
    said = words(member)
    assert "0" not in said
    assert said.count("未返回") == 2


def test_balances_that_identity_may_still_tell_are_not_said_to_be_missing(
    member: PersonRow,
) -> None:
    view = replace(samples.unknown_view(), sections=samples.sections(identity=Loading()))
    member.show_view(view)
    assert "未返回" not in words(member)
    assert "…" in words(member)


def test_disagreeing_balances_are_said(member: PersonRow) -> None:
    person = replace(samples.person(), password_enabled=None)
    told = replace(samples.balances(), disagreements=("points", "principal"))
    member.show_view(replace(samples.loaded_view(), profile=Profile(person, told)))
    said = words(member)
    assert "数据对不上（积分），以收银系统为准" in said
    assert "数据对不上（积分、充值余额），以收银系统为准" in said


def test_points_that_the_store_does_not_take_are_said(member: PersonRow) -> None:
    view = samples.loaded_view()
    profile = replace(view.profile, points_payment=False)
    assessment = replace(view.assessment, points_deduction=None)
    member.show_view(replace(view, profile=profile, assessment=assessment))
    assert "本店不支持积分抵现" in words(member)


@pytest.mark.parametrize(
    ("enabled", "balances", "said"),
    [
        (True, samples.balances(), True),
        (True, Balances(), False),
        (False, samples.balances(), False),
        (None, samples.balances(), False),
    ],
)
def test_the_payment_password_is_said_of_stored_value(
    member: PersonRow, enabled: bool | None, balances: Balances, said: bool
) -> None:
    view = samples.loaded_view()
    profile = Profile(replace(samples.person(), password_enabled=enabled), balances)
    assessment = replace(view.assessment, notices=member_notices(profile))
    member.show_view(replace(view, profile=profile, assessment=assessment))
    assert ("需密码" in words(member)) is said


def test_a_members_name_is_never_markup(member: PersonRow) -> None:
    person = Person(name="<b>x</b>", card_name="<h1>卡</h1>")
    member.show_view(replace(samples.loaded_view(), profile=Profile(person)))
    for label in member.findChildren(QLabel):
        if "<" in label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<h1>卡</h1>" in words(member)
