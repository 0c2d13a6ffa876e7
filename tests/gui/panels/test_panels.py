"""Each panel in each of its states, the page of a failure, and the status."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from posmember.domain.rules.assessment import Assessment
from posmember.errors import (
    ApiStatusError,
    ApiTimeoutError,
    ConfigError,
    CredentialError,
    PosMemberError,
    SignatureRejectedError,
)
from posmember.lookup.sections import Failed, Section
from posmember.ui.panels.asset_panel import CouponsPanel, GiftCardsPanel
from posmember.ui.panels.base import Panel
from posmember.ui.panels.failures import FailurePage
from posmember.ui.panels.person_row import PersonRow
from posmember.ui.panels.status_bar import StatusBar
from posmember.ui.view.screen import Hint, PanelState, Severity, View
from tests.gui import samples
from tests.gui.panels.showing import retry_buttons, shown, words
from tests.gui.samples import NOW

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PANELS = (PersonRow, CouponsPanel, GiftCardsPanel)


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
    assert "没有核对券是否锁定" in words(coupons)
    (retry,) = retry_buttons(coupons)
    with qtbot.waitSignal(coupons.retry_requested, timeout=0) as asked:
        retry.click()
    assert asked.args == [Section.IDENTITY]
    coupons.show_view(samples.loaded_view())
    assert "没有核对券是否锁定" not in words(coupons)
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
    assert "没有核对券是否锁定" in words(cards)


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
    bar.show_view(View(now=NOW, hint=Hint(Severity.ERROR, "…", "7F3A")))
    assert bar.texts()[2] == "问题编号 7F3A"
    bar.show_view(View(now=NOW))
    assert bar.texts()[2] == ""


def test_the_failure_page_is_one_sentence_and_at_most_one_button(qtbot: QtBot) -> None:
    page = FailurePage()
    shown(qtbot, page)
    page.show_failure("断了", "qm*****01", "问题编号 7F3A", retry=True)
    said = list(dict.fromkeys(words(page).splitlines()))
    assert said == ["断了", "qm*****01   问题编号 7F3A", "重试 F5"]
    page.show_failure("不行", "", "", retry=False)
    assert set(words(page).splitlines()) == {"不行"}


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
