"""Each part of the window in each of its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from posmember.domain.context import AccountStatus, Context
from posmember.domain.member import BenefitCard
from posmember.domain.money import Money
from posmember.domain.profile import Balances, Person, Profile
from posmember.domain.rules.assessment import Assessment
from posmember.errors import (
    ApiStatusError,
    ApiTimeoutError,
    ConfigError,
    CredentialError,
    PosMemberError,
    SignatureRejectedError,
)
from posmember.lookup.sections import Failed, Loading, Section
from posmember.ui.panels.asset_panel import AssetPanel, CouponsPanel, GiftCardsPanel
from posmember.ui.panels.base import Panel
from posmember.ui.panels.failures import FailurePage
from posmember.ui.panels.person_row import PersonRow
from posmember.ui.panels.say_row import INFO_MS, SayRow
from posmember.ui.panels.status_bar import StatusBar
from posmember.ui.panels.tabs import TabButton
from posmember.ui.theme import install_theme
from posmember.ui.view.screen import Hint, PanelState, Severity, View
from posmember.ui.widgets.rows.list_view import FLASH_MS, RowList
from posmember.ui.widgets.rows.places import ROW_HEIGHT
from tests.gui import samples
from tests.gui.bad_views import grouped_view
from tests.gui.samples import CONTEXT, FULL_NAME, FULL_PHONE, NOW

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PANELS = (PersonRow, CouponsPanel, GiftCardsPanel)
Key = Qt.Key


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    install_theme(qapp)


def shown(qtbot: QtBot, widget: QWidget, width: int = 700, height: int = 500) -> None:
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


def retry_buttons(panel: QWidget) -> list[QPushButton]:
    buttons = panel.findChildren(QPushButton)
    return [button for button in buttons if button.text() == "重试 F5" and button.isVisible()]


@pytest.fixture(params=PANELS)
def panel(request: pytest.FixtureRequest, qtbot: QtBot) -> Panel:
    made: Panel = request.param()
    shown(qtbot, made)
    return made


def test_a_panel_is_empty_before_the_first_lookup(panel: Panel) -> None:
    assert panel.kind() == "empty"
    assert words(panel) == ""


def test_a_panel_that_is_loading_shows_bars_and_no_words(panel: Panel) -> None:
    panel.show_view(samples.loading_view())
    assert panel.kind() == "loading"
    assert words(panel) == ""
    assert panel._bars is not None
    assert panel._bars.isVisible()


def test_a_loaded_panel_offers_no_retry(panel: Panel) -> None:
    panel.show_view(samples.loaded_view())
    assert panel.kind() == "loaded"
    assert not retry_buttons(panel)


def test_a_failed_panel_never_shows_a_zero_or_an_empty_list(panel: Panel) -> None:
    panel.show_view(samples.failed_view())
    said = words(panel).replace("F5", "")
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


def test_what_another_panel_says_is_not_said_again(qtbot: QtBot) -> None:
    cards = GiftCardsPanel()
    shown(qtbot, cards)
    view = replace(
        samples.loaded_view(), gift_cards_panel=samples.partly_failed_view().coupons_panel
    )
    cards.show_view(view, frozenset(view.gift_cards_panel.problems))
    assert "没有查到" not in words(cards)
    cards.show_view(view)
    assert "会员识别没有查到" in words(cards)


def test_a_list_that_failed_is_not_said_to_be_empty(qtbot: QtBot) -> None:
    cards = GiftCardsPanel()
    shown(qtbot, cards)
    failed = PanelState(samples.LOADED_PANEL.kind, ("礼品卡列表没有查到",), NOW)
    view = replace(samples.loaded_view(), assessment=Assessment(), gift_cards_panel=failed)
    cards.show_view(view)
    assert "没有礼品卡" not in words(cards)
    assert not cards.is_all_known()
    cards.show_view(replace(view, gift_cards_panel=samples.LOADED_PANEL))
    assert "这位会员没有礼品卡" in words(cards)
    assert cards.is_all_known()


@pytest.mark.parametrize(
    ("error", "helps"),
    [
        (ApiTimeoutError("x"), True),
        (ApiStatusError("x", status=502), True),
        (ApiStatusError("x", status=401), False),
        (ApiStatusError("x", status=302), False),
        (ConfigError("x"), False),
        (CredentialError("x"), False),
        (SignatureRejectedError("x"), False),
    ],
)
def test_asking_again_is_offered_only_where_it_can_help(
    qtbot: QtBot, error: PosMemberError, helps: bool
) -> None:
    cards = GiftCardsPanel()
    shown(qtbot, cards)
    failed = Failed(error, 5)
    view = replace(samples.failed_view(), sections=samples.sections(gift_cards=failed))
    cards.show_view(view)
    assert bool(retry_buttons(cards)) is helps


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
    assert words(panel) == ""


def test_a_cleared_panel_keeps_nothing_of_a_member(panel: Panel) -> None:
    panel.show_view(samples.loaded_view())
    panel.show_view(View(now=NOW))
    kept = "".join(
        f"{part.text()}{part.toolTip()}{part.accessibleName()}{part.accessibleDescription()}"
        for part in panel.findChildren(QLabel)
    )
    kept += "".join(
        part.toolTip() + part.accessibleDescription() for part in panel.findChildren(QWidget)
    )
    for secret in ("王", "138", "1,280", "230.00", "VIP", "金卡", "老客", "月卡"):
        assert secret not in kept


# --- the person ------------------------------------------------------------------------------


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
        "男 · 至 2027-03-01",
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
    assert "充值 \u00a5200.00 + 赠送 \u00a530.00" in member._stored.accessibleDescription()
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


@pytest.mark.parametrize(("enabled", "said"), [(True, True), (False, False), (None, False)])
def test_the_payment_password_is_said(member: PersonRow, enabled: bool | None, said: bool) -> None:
    person = replace(samples.person(), password_enabled=enabled)
    member.show_view(replace(samples.loaded_view(), profile=Profile(person, Balances())))
    assert ("需密码" in words(member)) is said


def test_a_members_name_is_never_markup(member: PersonRow) -> None:
    person = Person(name="<b>x</b>", card_name="<h1>卡</h1>")
    member.show_view(replace(samples.loaded_view(), profile=Profile(person)))
    for label in member.findChildren(QLabel):
        if "<" in label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<h1>卡</h1>" in words(member)


# --- the row of messages -----------------------------------------------------------------------


@pytest.fixture
def say(qtbot: QtBot) -> SayRow:
    row = SayRow()
    shown(qtbot, row, width=1350, height=44)
    return row


def test_the_suggestion_is_one_coupon_an_estimate_and_its_code(say: SayRow) -> None:
    say.show_view(samples.loaded_view())
    assert say.text() == "推荐 满30减10  约省 \u00a510.00"
    said = words(say)
    assert "880000000001" in said
    assert "再加 \u00a56.00 可用 满64减15（约省 \u00a515.00）" in said
    assert "复制 Ctrl+C" in said
    say.forget()
    assert say.text() == ""
    assert "8800" not in words(say)


def test_nothing_is_suggested_while_verdicts_are_not_known(say: SayRow) -> None:
    view = replace(samples.loaded_view(), assessment=Assessment())
    say.show_view(view)
    say.show_waiting("正在核对账号状态…")
    assert say.text() == "正在核对账号状态…"
    say.show_waiting("")
    assert say.text() == ""


def test_a_message_moves_nothing(say: SayRow) -> None:
    say.show_view(samples.loaded_view())
    before = say.size()
    say.show_hint(Hint(Severity.WARNING, "很长的话" * 60))
    QApplication.processEvents()
    assert say.size() == before


def test_information_leaves_by_itself(
    say: SayRow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert INFO_MS == 4000
    say._timer.setInterval(10)
    say.show_view(samples.loaded_view())
    say.show_hint(Hint(Severity.INFO, "好"))
    assert say.text() == "好"
    qtbot.waitUntil(lambda: say.text().startswith("推荐"))


def test_a_warning_stays_until_something_is_done(say: SayRow, qtbot: QtBot) -> None:
    hint = Hint(Severity.WARNING, "小心")
    say.show_hint(hint)
    assert not say._timer.isActive()
    say.show_view(samples.loaded_view())
    assert say.text() == "注意：小心"
    say.acted()
    assert say.text().startswith("推荐")
    say.show_hint(hint)
    assert say.text().startswith("推荐"), "the same message is said once"
    say.show_hint(Hint(Severity.WARNING, "小心"))
    assert say.text() == "注意：小心", "a new one of the same words is another"


def test_a_question_stays_whatever_is_done(say: SayRow, qtbot: QtBot) -> None:
    say.show_hint(Hint(Severity.WARNING, "哪种？", answers=("这种", "那种")))
    say.acted()
    assert say.answers() == ["这种", "那种"]
    (_first, second) = (b for b in say.findChildren(QPushButton) if "种" in b.text())
    with qtbot.waitSignal(say.answered, timeout=0) as answered:
        second.click()
    assert answered.args == [1]


def test_what_a_key_would_bring_back_is_said_as_long_as_that_is_so(say: SayRow) -> None:
    say.show_hint(None, "F8 恢复")
    say.acted()
    assert say.text() == "F8 恢复"
    say.show_hint(Hint(Severity.WARNING, "小心"), "F8 恢复")
    assert say.text() == "注意：小心 · F8 恢复"
    say.show_hint(None, "")
    assert say.text() == ""


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        (Hint(Severity.INFO, "好"), "好"),
        (Hint(Severity.WARNING, "小心"), "注意：小心"),
        (Hint(Severity.ERROR, "断了{text}"), "出错：断了{text}"),
        (None, ""),
    ],
)
def test_a_message_has_a_word_for_its_severity(say: SayRow, hint: Hint | None, said: str) -> None:
    say.show_hint(Hint(Severity.ERROR, "之前"))
    say.show_hint(hint)
    assert say.text() == said
    assert say.property("look") == (hint.severity.value if hint else "")


def test_what_is_said_anew_is_announced(say: SayRow) -> None:
    told: list[str] = []
    say.announced.connect(told.append)
    view = samples.loaded_view()
    say.show_view(view)
    say.show_view(replace(view, refreshing=True))
    say.show_hint(Hint(Severity.WARNING, "小心"))
    changed = replace(view.assessment, suggestion=None)
    say.acted()
    say.show_view(replace(view, assessment=changed))
    assert told == ["推荐 满30减10  约省 \u00a510.00", "注意：小心"]


# --- the status --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ok", "ms", "said"),
    [
        (None, None, ""),
        (True, 86, "网络正常"),
        (True, None, "网络正常"),
        (True, 1999, "网络正常"),
        (True, 2000, "网络慢 2.0 秒"),
        (True, 3040, "网络慢 3.0 秒"),
        (False, None, "网络断开"),
    ],
)
def test_the_network_is_said_in_words(
    qtbot: QtBot, ok: bool | None, ms: int | None, said: str
) -> None:
    bar = StatusBar()
    shown(qtbot, bar, height=30)
    bar.set_connection(ok, ms)
    assert bar.texts()[0] == said


@pytest.mark.parametrize(
    ("corrected", "offset_s", "said"),
    [
        (None, 0, ""),
        (True, 0, ""),
        (True, 29, ""),
        (True, 45, "电脑慢了 45 秒，请告诉管理员"),
        (True, -45, "电脑快了 45 秒，请告诉管理员"),
        (True, 720, "电脑慢了 12 分钟，请告诉管理员"),
        (True, -3600, "电脑快了 60 分钟，请告诉管理员"),
        (True, -90000, "电脑快了 25 小时，请告诉管理员"),
        (True, 400 * 86400, "电脑慢了 400 天，请告诉管理员"),
        (False, 0, "电脑时间没能核对"),
    ],
)
def test_a_clock_that_is_right_is_not_spoken_of(
    qtbot: QtBot, corrected: bool | None, offset_s: int, said: str
) -> None:
    bar = StatusBar()
    shown(qtbot, bar, height=30)
    bar.set_clock(corrected, offset_s)
    assert bar.texts()[1] == said


def test_the_status_bar_says_the_support_code(qtbot: QtBot) -> None:
    bar = StatusBar()
    shown(qtbot, bar, height=30)
    bar.set_support_code("7F3A")
    assert bar.texts()[2] == "问题编号 7F3A"
    bar.set_support_code("")
    assert bar.texts()[2] == ""


def test_the_failure_page_is_one_sentence_and_at_most_one_button(qtbot: QtBot) -> None:
    page = FailurePage()
    shown(qtbot, page)
    page.show_failure("断了", "qm*****01", "问题编号 7F3A", retry=True)
    said = list(dict.fromkeys(words(page).splitlines()))
    assert said == ["断了", "qm*****01   问题编号 7F3A", "重试 F5"]
    page.show_failure("不行", "", "", retry=False)
    assert set(words(page).splitlines()) == {"不行"}


# --- lists -----------------------------------------------------------------------------------


@pytest.fixture
def coupons(qtbot: QtBot) -> CouponsPanel:
    panel = CouponsPanel()
    shown(qtbot, panel)
    panel.show_view(samples.loaded_view())
    return panel


def list_of(panel: AssetPanel) -> RowList:
    assert panel.row_list is not None
    return panel.row_list


def tabs(panel: AssetPanel) -> list[TabButton]:
    return [tab for tab in panel.findChildren(TabButton) if tab.isVisible()]


def test_verdicts_are_counted(coupons: CouponsPanel) -> None:
    assert [tab.text() for tab in tabs(coupons)] == ["可用 3", "需确认 1", "不可用 6"]


def test_a_count_of_none_is_not_said(qtbot: QtBot) -> None:
    panel = GiftCardsPanel()
    shown(qtbot, panel)
    usable = samples.usual_gift_cards()[:1]
    panel.show_view(replace(samples.loaded_view(), assessment=Assessment(gift_cards=usable)))
    assert [tab.text() for tab in tabs(panel)] == ["可用 1"]


def test_tabs_lose_their_words_before_their_numbers(qtbot: QtBot) -> None:
    panel = CouponsPanel()
    shown(qtbot, panel, width=330)
    panel.show_view(samples.loaded_view())
    assert [tab.text() for tab in tabs(panel)] == ["3", "1", "6"]
    assert [tab.accessibleName() for tab in tabs(panel)] == ["可用 3", "需确认 1", "不可用 6"]


def test_a_tab_shows_its_verdict_alone_and_once_more_all(coupons: CouponsPanel) -> None:
    usable = tabs(coupons)[0]
    usable.click()
    assert list_of(coupons).model().rowCount() == 3
    tabs(coupons)[2].click()
    assert list_of(coupons).model().rowCount() == 6
    assert not usable.isChecked()
    tabs(coupons)[2].click()
    assert list_of(coupons).model().rowCount() == 10


def test_the_next_member_is_shown_whole(coupons: CouponsPanel) -> None:
    tabs(coupons)[0].click()
    coupons.seek()
    coupons._seek._field.insert("满30")
    assert list_of(coupons).model().rowCount() == 1
    coupons.show_view(samples.loaded_view(run=2))
    assert list_of(coupons).model().rowCount() == 10
    assert not any(tab.isChecked() for tab in tabs(coupons))


def test_what_is_not_there_is_said_of_words_that_no_row_holds(coupons: CouponsPanel) -> None:
    coupons.seek()
    QTest.keyClicks(coupons._seek._field, "zzz")
    assert "没有符合的" in words(coupons)
    assert coupons.end_seek()
    assert not coupons.end_seek()
    assert "没有符合的" not in words(coupons)


def checking(view: View) -> View:
    """The same view while identity is still asked."""
    return replace(view, sections=samples.sections(identity=Loading()))


def test_no_verdict_is_counted_while_none_is_known(coupons: CouponsPanel) -> None:
    coupons.show_view(checking(samples.loaded_view(run=2)))
    assert tabs(coupons) == []
    sentence = list_of(coupons).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence.startswith("核对中")
    assert not coupons.is_all_known()


def test_rows_flash_once_where_their_verdict_became_another(
    coupons: CouponsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FLASH_MS == 600
    monkeypatch.setattr("posmember.ui.widgets.rows.list_view.reduced_motion", lambda: False)
    cards = list_of(coupons)
    cards._flash.setInterval(10)
    view = samples.loaded_view(run=2)
    coupons.show_view(checking(view))
    assert not cards._rows.flashing
    coupons.show_view(view)
    assert len(cards._rows.flashing) == 10
    qtbot.waitUntil(lambda: not cards._rows.flashing)
    coupons.show_view(reversed_view(view))
    assert not cards._rows.flashing, "no verdict became another"


def test_nothing_flashes_where_less_motion_is_asked_for(
    coupons: CouponsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posmember.ui.widgets.rows.list_view.reduced_motion", lambda: True)
    view = samples.loaded_view(run=2)
    coupons.show_view(checking(view))
    coupons.show_view(view)
    assert not list_of(coupons)._rows.flashing


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
    qtbot.waitUntil(lambda: bar.maximum() > 41_000)
    bar.setValue(place)
    coupons.show_view(reversed_view(view))
    QApplication.processEvents()
    assert bar.value() == place


def test_a_thousand_coupons_are_all_there(coupons: CouponsPanel, qtbot: QtBot) -> None:
    coupons.show_view(samples.many_view(run=4))
    cards = list_of(coupons)
    assert cards.model().rowCount() == 1000
    last = cards.model().index(999, 0)
    qtbot.waitUntil(lambda: cards.visualRect(last).height() > 20)
    cards.scrollTo(last)
    assert cards.viewport().rect().intersects(cards.visualRect(last))


def test_cards_do_not_overlap_in_the_list(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    bottom = -1
    for row in range(cards.model().rowCount()):
        rect = cards.visualRect(cards.model().index(row, 0))
        assert rect.top() > bottom
        bottom = rect.bottom()


def test_every_row_is_as_high(coupons: CouponsPanel) -> None:
    cards = list_of(coupons)
    rects = [cards.visualRect(cards.model().index(row, 0)) for row in range(10)]
    assert {rect.height() for rect in rects} == {ROW_HEIGHT}


def test_a_click_on_copy_copies_and_says_so(coupons: CouponsPanel, qtbot: QtBot) -> None:
    cards = list_of(coupons)
    index = cards.model().index(1, 0)
    cards.setCurrentIndex(index)
    with qtbot.waitSignal(coupons.copy_requested, timeout=0) as asked:
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=copy_place(cards, 1))
    assert asked.args == ["880000000002"]
    assert cards.currentIndex() == index
    before = cards.grab().toImage()
    coupons.show_copied("880000000002")
    assert cards.grab().toImage() != before


def copy_place(cards: RowList, row: int) -> QPoint:
    """Return the middle of a selected row's 复制 button."""
    index = cards.model().index(row, 0)
    box = cards._rows.places(index, selected=True).copy
    assert box is not None
    corner = cards.visualRect(index).topLeft()
    return corner + QPoint(box.x + box.width // 2, box.y + box.height // 2)


def test_where_the_copy_button_will_be_a_click_on_another_row_copies_nothing(
    coupons: CouponsPanel, qtbot: QtBot
) -> None:
    """A button that nobody has seen yet is not pressed."""
    cards = list_of(coupons)
    with (
        qtbot.assertNotEmitted(coupons.copy_requested),
        qtbot.waitSignal(coupons.details_requested, timeout=0),
    ):
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=copy_place(cards, 1))


def test_a_click_on_a_rows_button_asks_for_what_it_says(
    coupons: CouponsPanel, qtbot: QtBot
) -> None:
    cards = list_of(coupons)
    index = cards.model().index(4, 0)
    box = cards._rows.places(index, selected=False).action
    assert box is not None
    place = cards.visualRect(index).topLeft() + QPoint(box.x + 9, box.y + 9)
    with (
        qtbot.waitSignal(coupons.action_requested, timeout=0) as asked,
        qtbot.assertNotEmitted(coupons.details_requested),
    ):
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args is not None
    assert asked.args[0].order_type == "delivery"


def test_those_that_are_alike_open_and_close(coupons: CouponsPanel, qtbot: QtBot) -> None:
    coupons.show_view(grouped_view())
    cards = list_of(coupons)
    model = cards.model()
    assert tabs(coupons)[0].text() == "可用 5"
    assert model.rowCount() == 10
    cards.setCurrentIndex(model.index(1, 0))
    with qtbot.assertNotEmitted(coupons.details_requested):
        QTest.keyClick(cards, Key.Key_Right)
    assert model.rowCount() == 13
    assert coupons.selected_code() == "770000"
    QTest.keyClick(cards, Key.Key_Down)
    QTest.keyClick(cards, Key.Key_Down)
    assert coupons.selected_code() == "770001"
    with qtbot.waitSignal(coupons.details_requested, timeout=0):
        QTest.keyClick(cards, Key.Key_Right)
    QTest.keyClick(cards, Key.Key_Up)
    QTest.keyClick(cards, Key.Key_Up)
    QTest.keyClick(cards, Key.Key_Left)
    assert model.rowCount() == 10


def test_a_click_opens_those_that_are_alike(coupons: CouponsPanel, qtbot: QtBot) -> None:
    coupons.show_view(grouped_view())
    cards = list_of(coupons)
    for rows in (13, 10):
        place = cards.visualRect(cards.model().index(1, 0)).center()
        with qtbot.assertNotEmitted(coupons.details_requested):
            QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert cards.model().rowCount() == rows


def test_a_click_beside_the_button_copies_nothing(coupons: CouponsPanel, qtbot: QtBot) -> None:
    cards = list_of(coupons)
    rect = cards.visualRect(cards.model().index(1, 0))
    cards.setCurrentIndex(cards.model().index(1, 0))
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
