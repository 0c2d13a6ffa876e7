"""Each panel in each of its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from posmember.domain.context import AccountStatus, Context
from posmember.domain.member import BenefitCard
from posmember.domain.money import Money
from posmember.domain.profile import Balances, Person, Profile
from posmember.domain.rules.assessment import Assessment
from posmember.domain.rules.reasons import Notice, NoticeCode
from posmember.lookup.sections import Failed, Section
from posmember.ui.panels.asset_panel import AssetPanel, CouponsPanel, GiftCardsPanel
from posmember.ui.panels.balances_panel import BalancesPanel
from posmember.ui.panels.base import Panel
from posmember.ui.panels.hint_line import HintLine
from posmember.ui.panels.member_panel import MemberPanel
from posmember.ui.panels.status_bar import StatusBar
from posmember.ui.panels.suggestion import SuggestionBox
from posmember.ui.theme import install_theme
from posmember.ui.view.screen import Hint, Severity, View
from posmember.ui.widgets.cards.list_view import CardList
from tests.gui import samples
from tests.gui.samples import CONTEXT, FULL_NAME, FULL_PHONE, NOW

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PANELS = (MemberPanel, BalancesPanel, CouponsPanel, GiftCardsPanel)
Key = Qt.Key


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    install_theme(qapp)


def shown(qtbot: QtBot, widget: QWidget, width: int = 520, height: int = 500) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()


def words(widget: QWidget) -> str:
    """Return every text that is in sight."""
    texts: list[str] = []
    for child in (widget, *widget.findChildren(QWidget)):
        if child.isVisibleTo(widget) or child is widget:
            text = getattr(child, "text", None)
            texts.append(str(text()) if callable(text) else "")
    return "\n".join(text for text in texts if text)


def retry_buttons(panel: Panel) -> list[QPushButton]:
    buttons = panel.findChildren(QPushButton)
    return [button for button in buttons if button.text() == "重试" and button.isVisible()]


@pytest.fixture(params=PANELS)
def panel(request: pytest.FixtureRequest, qtbot: QtBot) -> Panel:
    made: Panel = request.param()
    shown(qtbot, made)
    return made


def test_a_panel_is_empty_before_the_first_lookup(panel: Panel) -> None:
    assert panel.kind() == "empty"
    assert "扫会员码后显示" in words(panel)


def test_a_panel_says_that_it_is_loading(panel: Panel) -> None:
    panel.show_view(samples.loading_view())
    assert panel.kind() == "loading"
    assert "正在查询…" in words(panel)


def test_a_loaded_panel_says_when(panel: Panel) -> None:
    panel.show_view(samples.loaded_view())
    assert panel.kind() == "loaded"
    assert "12:00:00" in words(panel)
    assert not retry_buttons(panel)


def test_a_failed_panel_says_why_and_lets_retry(panel: Panel, qtbot: QtBot) -> None:
    panel.show_view(samples.failed_view())
    assert panel.kind() == "failed"
    assert "平台太久没有回应" in words(panel)
    (retry,) = retry_buttons(panel)
    asked: list[Section] = []
    panel.retry_requested.connect(asked.append)
    retry.click()
    assert [section.value for section in asked] == list(panel.section_names)


def test_a_failed_panel_never_shows_a_zero(panel: Panel) -> None:
    panel.show_view(samples.failed_view())
    said = words(panel).replace("12:00:00", "")
    assert "0" not in said
    assert "没有优惠券" not in said
    assert "没有礼品卡" not in said


def test_what_is_missing_from_a_loaded_panel_is_said(qtbot: QtBot) -> None:
    coupons = CouponsPanel()
    shown(qtbot, coupons)
    coupons.show_view(samples.partly_failed_view())
    assert coupons.kind() == "loaded"
    assert "会员识别没有查到" in words(coupons)
    (retry,) = retry_buttons(coupons)
    with qtbot.waitSignal(coupons.retry_requested, timeout=0) as asked:
        retry.click()
    assert asked.args == [Section.IDENTITY]
    coupons.show_view(samples.loaded_view())
    assert "会员识别没有查到" not in words(coupons)
    assert not retry_buttons(coupons)


def test_a_skipped_part_cannot_be_retried(qtbot: QtBot) -> None:
    cards = GiftCardsPanel()
    shown(qtbot, cards)
    view = replace(samples.failed_view(), sections=samples.sections())
    cards.show_view(view)
    assert cards.kind() == "failed"
    assert not retry_buttons(cards)


def test_a_panel_goes_through_all_its_states_and_back(panel: Panel) -> None:
    for make in (
        samples.loading_view,
        samples.loaded_view,
        samples.failed_view,
        samples.odd_view,
        samples.unknown_view,
        samples.partly_failed_view,
    ):
        panel.show_view(make())
    panel.show_view(View(now=NOW))
    assert panel.kind() == "empty"
    assert "扫会员码后显示" in words(panel)


def test_a_cleared_panel_keeps_nothing_of_a_member(panel: Panel) -> None:
    panel.show_view(samples.loaded_view())
    panel.show_view(View(now=NOW))
    kept = "".join(label.text() for label in panel.findChildren(QLabel))
    for secret in ("王", "138", "1,280", "230.00", "VIP", "金卡"):
        assert secret not in kept


# --- member --------------------------------------------------------------------------------


@pytest.fixture
def member(qtbot: QtBot) -> MemberPanel:
    panel = MemberPanel()
    shown(qtbot, panel)
    panel.show_view(samples.loaded_view())
    return panel


def reveal_button(member: MemberPanel) -> QPushButton:
    (button,) = (b for b in member.findChildren(QPushButton) if b.text() == "按住显示")
    return button


def test_name_and_phone_are_masked(member: MemberPanel) -> None:
    said = words(member)
    assert "王*明" in said
    assert "138****5678" in said
    assert FULL_NAME not in said
    assert FULL_PHONE not in said


def test_holding_the_button_reveals_name_and_phone(member: MemberPanel) -> None:
    button = reveal_button(member)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert FULL_NAME in words(member)
    assert FULL_PHONE in words(member)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert FULL_NAME not in words(member)
    assert FULL_PHONE not in words(member)


def test_holding_the_space_bar_reveals_too(member: MemberPanel) -> None:
    button = reveal_button(member)
    button.setFocus()
    QTest.keyPress(button, Key.Key_Space)
    assert FULL_NAME in words(member)
    QTest.keyRelease(button, Key.Key_Space)
    assert FULL_NAME not in words(member)


def test_leaving_the_button_masks_again(member: MemberPanel, qtbot: QtBot) -> None:
    button = reveal_button(member)
    button.setFocus()
    QTest.keyPress(button, Key.Key_Space)
    button.clearFocus()
    qtbot.waitUntil(lambda: FULL_NAME not in words(member))


def test_another_member_is_masked_while_the_button_is_held(member: MemberPanel) -> None:
    QTest.mousePress(reveal_button(member), Qt.MouseButton.LeftButton)
    member.show_view(samples.loading_view())
    other = replace(samples.person(), name="李雷雷", mobile="13900001111")
    view = replace(samples.loaded_view(2), profile=Profile(other))
    member.show_view(view)
    assert "李*雷" in words(member)
    assert "139****1111" in words(member)


def test_everything_known_of_a_member_is_said(member: MemberPanel) -> None:
    said = words(member)
    for part in (
        "男",
        "金卡会员",
        "到期 2027-03-01",
        "企业会员",
        "老客、爱喝拿铁",
        "会员卡 钻石会员卡 VIP00012345",
        "可用  权益卡 省钱月卡，到期 2026-12-01",
    ):
        assert part in said
    assert "冻结" not in said


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
        (
            MONTHLY,
            replace(CONTEXT, account=AccountStatus.FAILED),
            "需确认  权益卡 省钱月卡，到期 2026-12-01",
        ),
        (
            MONTHLY,
            replace(CONTEXT, account=AccountStatus.LATE),
            "需确认  权益卡 省钱月卡，到期 2026-12-01",
        ),
        (
            MONTHLY,
            replace(CONTEXT, account=AccountStatus.UNREADABLE),
            "需确认  权益卡 省钱月卡，到期 2026-12-01",
        ),
        (
            replace(MONTHLY, name="<b>卡</b>\n一", valid_until=samples.day("2026-11-02")),
            replace(CONTEXT, account=AccountStatus.FROZEN),
            "不可用  权益卡 <b>卡</b> 一，会员账号已冻结；已过期（11-02）",
        ),
    ],
)
def test_a_benefit_card_is_said_with_its_verdict(
    member: MemberPanel, card: BenefitCard, context: Context, said: str
) -> None:
    member.show_view(with_benefit_cards(card, context=context))
    assert said in words(member).splitlines()
    (label,) = (label for label in member.findChildren(QLabel) if label.text() == said)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_benefit_cards_keep_their_order_and_the_rest_are_counted(member: MemberPanel) -> None:
    cards = [replace(MONTHLY, name=f"{number}号卡") for number in (3, 1, 2, 5, 4)]
    member.show_view(with_benefit_cards(*cards))
    named = [line for line in words(member).splitlines() if "权益卡 " in line]
    assert [line.split()[2].partition("，")[0] for line in named] == ["3号卡", "1号卡", "2号卡"]
    assert "另有 2 张权益卡" in words(member)
    member.show_view(with_benefit_cards(*cards[:1]))
    assert "1号卡" not in words(member)
    assert "另有" not in words(member)
    member.show_view(with_benefit_cards())
    assert "权益卡" not in words(member)


def test_benefit_cards_move_on_with_the_clock_and_the_account(member: MemberPanel) -> None:
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
        assert said in words(member)


def test_tomorrow_becomes_today_at_midnight(member: MemberPanel) -> None:
    later = replace(MONTHLY, valid_from=samples.moment("2026-11-22 09:00:00"))
    member.show_view(with_benefit_cards(later))
    assert "还没生效，明天 09:00 起" in words(member)
    midnight = replace(CONTEXT, now=samples.day("2026-11-22").at)
    member.show_view(with_benefit_cards(later, context=midnight))
    assert "还没生效，今天 09:00 起" in words(member)


def test_a_frozen_account_is_said(member: MemberPanel) -> None:
    member.show_view(samples.odd_view())
    assert "账号已冻结" in words(member)
    assert "另有 3 张权益卡" in words(member)
    assert "另有 11 个" in words(member)


def test_a_member_of_whom_nothing_is_known(member: MemberPanel) -> None:
    member.show_view(samples.unknown_view())
    assert "未留姓名" in words(member)
    assert "未留手机号" in words(member)
    assert not reveal_button(member).isEnabled()


def test_a_members_name_is_never_markup(member: MemberPanel) -> None:
    person = Person(name="<b>x</b>", card_name="<h1>卡</h1>")
    member.show_view(replace(samples.loaded_view(), profile=Profile(person)))
    for label in member.findChildren(QLabel):
        if "<" in label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<h1>卡</h1>" in words(member)


# --- balances --------------------------------------------------------------------------------


@pytest.fixture
def balances(qtbot: QtBot) -> BalancesPanel:
    panel = BalancesPanel()
    shown(qtbot, panel)
    return panel


def test_balances_are_said(balances: BalancesPanel) -> None:
    balances.show_view(samples.loaded_view())
    said = words(balances)
    for part in (
        "1,280",
        "可抵 \u00a511.60（用 1,160 积分）",
        "\u00a5230.00",
        "充值 \u00a5200.00 + 赠送 \u00a530.00",
        "累计充值 \u00a51,500.00，累计赠送 \u00a5220.00",
        "已开启",
    ):
        assert part in said


def test_unknown_balances_are_not_zero(balances: BalancesPanel) -> None:
    balances.show_view(samples.unknown_view())
    said = words(balances).replace("12:00:00", "")
    assert "0" not in said
    assert said.count("未提供") >= 3
    assert "不清楚" in said


def test_disagreeing_balances_are_said(balances: BalancesPanel) -> None:
    balances.show_view(samples.odd_view())
    said = words(balances)
    assert "数据对不上（积分、充值余额），以收银系统为准" in said
    assert "本店不支持积分抵现" in said
    assert "-\u00a50.50" in said


@pytest.mark.parametrize(
    ("enabled", "said"), [(True, "已开启"), (False, "未开启"), (None, "不清楚")]
)
def test_the_payment_password_is_said(
    balances: BalancesPanel, enabled: bool | None, said: str
) -> None:
    person = replace(samples.person(), password_enabled=enabled)
    balances.show_view(replace(samples.loaded_view(), profile=Profile(person, Balances())))
    assert said in words(balances)


def test_stored_value_that_takes_a_password_says_so(balances: BalancesPanel) -> None:
    view = samples.loaded_view()
    notices = (Notice(NoticeCode.NEEDS_PASSWORD),)
    balances.show_view(replace(view, assessment=replace(view.assessment, notices=notices)))
    assert "已开启，用储值要输密码" in words(balances)


@pytest.mark.parametrize("state", ["failed", "unreadable"])
def test_an_account_that_is_not_checked_is_one_banner(qtbot: QtBot, state: str) -> None:
    panel = MemberPanel()
    shown(qtbot, panel)
    view = samples.loaded_view()
    notices = (Notice(NoticeCode.ACCOUNT_UNCHECKED, {"state": state}),)
    panel.show_view(replace(view, assessment=replace(view.assessment, notices=notices)))
    assert words(panel).count("没能核对账号是否冻结，用前请在收银系统确认") == 1
    panel.show_view(view)
    assert "没能核对" not in words(panel)


def test_the_suggestion_is_one_coupon_and_an_estimate(qtbot: QtBot) -> None:
    box = SuggestionBox()
    shown(qtbot, box)
    box.show_view(samples.loaded_view())
    assert box.isVisible()
    assert box.text() == "推荐 满30减10  约省 \u00a510.00"
    assert "只推荐一张" in words(box)
    box.show_view(View(now=NOW))
    assert not box.isVisible()
    assert box.text() == ""


# --- lists -----------------------------------------------------------------------------------


@pytest.fixture
def coupons(qtbot: QtBot) -> CouponsPanel:
    panel = CouponsPanel()
    shown(qtbot, panel)
    panel.show_view(samples.loaded_view())
    return panel


def list_of(panel: AssetPanel) -> CardList:
    assert panel.card_list is not None
    return panel.card_list


def fetch_all(cards: CardList) -> None:
    """Let the list have every row, as scrolling to the end does page by page."""
    while cards.model().canFetchMore(QModelIndex()):
        cards.model().fetchMore(QModelIndex())


def test_verdicts_are_counted(coupons: CouponsPanel) -> None:
    said = words(coupons)
    assert "可用 3" in said
    assert "需确认 1" in said
    assert "不可用 6" in said


def test_a_count_of_none_is_not_said(qtbot: QtBot) -> None:
    panel = GiftCardsPanel()
    shown(qtbot, panel)
    usable = samples.usual_gift_cards()[:1]
    panel.show_view(replace(samples.loaded_view(), assessment=Assessment(gift_cards=usable)))
    assert "可用 1" in words(panel)
    assert "需确认" not in words(panel)


def test_counts_lose_their_words_before_their_numbers(qtbot: QtBot) -> None:
    panel = CouponsPanel()
    shown(qtbot, panel, width=150)
    panel.show_view(samples.loaded_view())
    assert "不可用 6" not in words(panel)
    assert "\n6\n" in words(panel) + "\n"


def test_no_coupons_is_said_only_when_it_is_known(coupons: CouponsPanel) -> None:
    coupons.show_view(samples.unknown_view())
    assert "这位会员没有优惠券" in words(coupons)


def test_the_same_objects_do_nothing(coupons: CouponsPanel, qtbot: QtBot) -> None:
    view = samples.loaded_view(run=5)
    coupons.show_view(view)
    model = list_of(coupons).model()
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.assertNotEmitted(model.layoutChanged),
        qtbot.assertNotEmitted(model.dataChanged),
    ):
        coupons.show_view(view)
        coupons.show_view(replace(view, now=NOW + timedelta(seconds=30), refreshing=True))


def reversed_view(view: View) -> View:
    """Return a view with the same coupons, assessed anew and in another order."""
    again = tuple(replace(found, saving=Money(1)) for found in reversed(view.assessment.coupons))
    return replace(view, assessment=replace(view.assessment, coupons=again))


def test_the_selection_stays_with_its_coupon(coupons: CouponsPanel) -> None:
    view = samples.loaded_view()
    cards = list_of(coupons)
    cards.setCurrentIndex(cards.model().index(2, 0))
    code = coupons.selected_code()
    coupons.show_view(reversed_view(view))
    assert coupons.selected_code() == code
    assert cards.currentIndex().row() == 7
    assert cards.selectedIndexes() == [cards.currentIndex()]


def test_the_selection_survives_a_coupon_that_goes(coupons: CouponsPanel) -> None:
    view = samples.loaded_view()
    cards = list_of(coupons)
    cards.setCurrentIndex(cards.model().index(2, 0))
    code = coupons.selected_code()
    fewer = replace(view.assessment, coupons=view.assessment.coupons[1:])
    coupons.show_view(replace(view, assessment=fewer))
    assert coupons.selected_code() == code


def test_another_member_begins_without_a_selection(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    cards.setCurrentIndex(cards.model().index(2, 0))
    coupons.show_view(samples.loaded_view(run=2))
    assert coupons.selected_code() == ""


@pytest.mark.parametrize("place", [0, 300, 40_000])
def test_the_list_does_not_jump_when_verdicts_are_made_anew(
    coupons: CouponsPanel, qtbot: QtBot, place: int
) -> None:
    view = samples.many_view(run=3)
    coupons.show_view(view)
    bar = list_of(coupons).verticalScrollBar()
    fetch_all(list_of(coupons))
    qtbot.waitUntil(lambda: bar.maximum() > 50_000)
    bar.setValue(place)
    coupons.show_view(reversed_view(view))
    QApplication.processEvents()
    assert bar.value() == place


def test_a_thousand_coupons_are_all_there(coupons: CouponsPanel, qtbot: QtBot) -> None:
    coupons.show_view(samples.many_view(run=4))
    cards = list_of(coupons)
    fetch_all(cards)
    assert cards.model().rowCount() == 1000
    last = cards.model().index(999, 0)
    qtbot.waitUntil(lambda: cards.visualRect(last).height() > 20)
    cards.scrollTo(last)
    assert cards.viewport().rect().intersects(cards.visualRect(last))


def test_scrolling_to_the_end_brings_the_next_coupons(coupons: CouponsPanel, qtbot: QtBot) -> None:
    coupons.show_view(samples.many_view(count=100, run=6))
    cards = list_of(coupons)
    bar = cards.verticalScrollBar()
    for _page in range(3):
        QApplication.processEvents()
        bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: cards.model().rowCount() == 100)


def test_cards_do_not_overlap_in_the_list(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    bottom = -1
    for row in range(cards.model().rowCount()):
        rect = cards.visualRect(cards.model().index(row, 0))
        assert rect.top() > bottom
        bottom = rect.bottom()


def test_cards_follow_the_width_and_the_font(coupons: CouponsPanel, qtbot: QtBot) -> None:
    cards = list_of(coupons)
    index = cards.model().index(7, 0)
    before = cards.visualRect(index).height()
    font = QFont(cards.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    cards.setFont(font)
    qtbot.waitUntil(lambda: cards.visualRect(index).height() > before * 1.5)
    tall = cards.visualRect(index).height()
    coupons.resize(coupons.width() * 2, coupons.height())
    qtbot.waitUntil(lambda: cards.visualRect(index).height() < tall)


def test_a_click_on_copy_copies_and_says_so(coupons: CouponsPanel, qtbot: QtBot) -> None:
    cards = list_of(coupons)
    index = cards.model().index(1, 0)
    with qtbot.waitSignal(coupons.copy_requested, timeout=0) as asked:
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=copy_place(cards, 1))
    assert asked.args == ["880000000002"]
    assert cards.currentIndex() == index
    before = cards.grab().toImage()
    coupons.show_copied("880000000002")
    assert cards.grab().toImage() != before


def copy_place(cards: CardList, row: int) -> QPoint:
    """Return the middle of a row's 复制 button."""
    index = cards.model().index(row, 0)
    delegate = cards.itemDelegate()
    rect = delegate.copy_rect(index, cards.visualRect(index))  # type: ignore[attr-defined]
    middle: QPoint = rect.center()
    return middle


def test_a_click_beside_the_button_copies_nothing(coupons: CouponsPanel, qtbot: QtBot) -> None:
    cards = list_of(coupons)
    rect = cards.visualRect(cards.model().index(1, 0))
    with qtbot.assertNotEmitted(coupons.copy_requested):
        QTest.mouseClick(
            cards.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(30, 20)
        )
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.RightButton, pos=copy_place(cards, 1))


def test_letters_do_not_move_the_list(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    cards.setCurrentIndex(cards.model().index(0, 0))
    cards.setFocus()
    QTest.keyClicks(cards, "x88")
    assert cards.currentIndex().row() == 0


def test_tabbing_into_the_list_selects_what_ctrl_c_would_copy(
    coupons: CouponsPanel, qtbot: QtBot
) -> None:
    cards = list_of(coupons)
    coupons.activateWindow()
    qtbot.waitUntil(coupons.isActiveWindow)
    cards.setFocus(Qt.FocusReason.TabFocusReason)
    assert cards.selectedIndexes() == [cards.model().index(0, 0)]


# --- lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        (Hint(Severity.INFO, "好"), "好"),
        (Hint(Severity.WARNING, "小心"), "注意：小心"),
        (Hint(Severity.ERROR, "断了{text}"), "出错：断了{text}"),
        (None, "平时"),
    ],
)
def test_a_hint_has_a_word_for_its_severity(qtbot: QtBot, hint: Hint | None, said: str) -> None:
    line = HintLine("平时")
    shown(qtbot, line, height=40)
    line.show_hint(Hint(Severity.ERROR, "之前", "AAAA"))
    line.show_hint(hint)
    assert line.text() == said
    assert line.property("severity") == (hint.severity.value if hint else "")
    assert "AAAA" not in words(line)


def test_a_hint_says_its_support_code_and_is_no_markup(qtbot: QtBot) -> None:
    line = HintLine()
    shown(qtbot, line, height=40)
    line.show_hint(Hint(Severity.ERROR, "<b>x</b>", "7F3A"))
    assert "问题编号 7F3A" in words(line)
    (label,) = (found for found in line.findChildren(QLabel) if "<b>" in found.text())
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_the_status_bar_says_connection_clock_and_code(qtbot: QtBot) -> None:
    bar = StatusBar()
    shown(qtbot, bar, height=30)
    assert bar.texts() == ("还没连接平台", "时间待校准", "")
    bar.set_connection(True, 86)
    bar.set_clock(True, 0)
    bar.set_support_code("7F3A")
    assert bar.texts() == ("已连接 86 毫秒", "时间已校准", "问题编号 7F3A")
    bar.set_connection(False, None)
    bar.set_clock(False, 0)
    bar.set_support_code("")
    assert bar.texts() == ("连接断开", "时间未校准", "")
    bar.set_connection(True, None)
    bar.set_clock(True, -32)
    assert bar.texts() == ("已连接", "时间已校准（本机差 32 秒）", "")
    bar.set_connection(None, None)
    bar.set_clock(None, 0)
    assert bar.texts() == ("还没连接平台", "时间待校准", "")


def test_a_panel_that_failed_is_repainted_only_when_something_changed(qtbot: QtBot) -> None:
    panel = CouponsPanel()
    shown(qtbot, panel)
    view = samples.failed_view()
    panel.show_view(view)
    QApplication.processEvents()
    painted = _Paints(panel)
    panel.show_view(replace(view, refreshing=True))
    QApplication.processEvents()
    assert painted.count == 0
    failed = view.sections[Section.MEMBER]
    assert isinstance(failed, Failed)


class _Paints(QWidget):
    """Counts what is painted in a widget and its children."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        for widget in (watched, *watched.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_the_clipboard_is_left_alone_until_asked(coupons: CouponsPanel) -> None:
    QGuiApplication.clipboard().setText("mine")
    coupons.show_view(reversed_view(samples.loaded_view()))
    assert QGuiApplication.clipboard().text() == "mine"
