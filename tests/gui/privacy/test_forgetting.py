"""The window forgets by itself: what is a touch, what is said, what is cleared and when not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from posmember import errors
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.privacy import forgetting as forgetting_module
from posmember.ui.privacy.forgetting import Forgetting
from posmember.ui.till.idle import Idle
from posmember.ui.view.screen import Hint, Severity
from posmember.ui.view.wechat import CardStage, ChangeStage
from tests.fakes.wechat_desk import ScriptedService
from tests.gui import samples
from tests.gui.driving import Desk, desk, hint_text
from tests.gui.wechat.driving import Counter, counter, on_qasync, until

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PHONE = "13957264813"
NOBODY = errors.MemberNotFoundError("nobody")


class Held:
    """A timer that goes off only when `pass_time` lets it."""

    def __init__(self) -> None:
        self.waits = False

    def call(self, _delay_s: float, _work: Callable[[], None]) -> None:
        self.waits = True

    def cancel(self) -> None:
        self.waits = False


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time goes by of itself: a busy machine may take seconds from one line to the next."""

    def idle(after_s: int, held: Any, busy: Any, show: Any, clear: Any, _timer: object) -> Idle:
        return Idle(after_s, held, busy, show, clear, Held(), lambda: 1000.0, lambda: 1e9)

    monkeypatch.setattr(forgetting_module, "Idle", idle)


def countdown(window: MainWindow) -> QLabel:
    return window._status._countdown


def pass_time(forgetting: Forgetting, seconds: float) -> None:
    """Let the time of both clocks be so much later, and the timer look at it."""
    steady, wall = forgetting._idle._since
    forgetting._idle._since = steady - seconds, wall - seconds
    if forgetting._idle._timer.waits:
        forgetting._idle._timer.cancel()
        forgetting._idle._tick()


async def typed(at: Desk) -> None:
    QTest.keyClicks(at.window.scan_field, PHONE)


async def found(at: Desk) -> None:
    await at.found("A")


async def not_found(at: Desk) -> None:
    run = await at.scan("code-A")
    run.fail_all(NOBODY)
    await at.end(run)


@pytest.mark.parametrize("state", [typed, found, not_found])
def test_everything_of_a_person_is_counted_down_and_cleared(
    qapp: QApplication, state: Callable[[Desk], Awaitable[None]]
) -> None:
    async def play() -> None:
        async with desk() as at:
            forgetting = Forgetting(at.window, 90)
            await state(at)
            assert at.window.holds_someone()
            assert countdown(at.window).isHidden(), "not in the scan's own second"
            pass_time(forgetting, 2.5)
            assert countdown(at.window).isVisible()
            assert "88 秒后清屏" in countdown(at.window).text()
            pass_time(forgetting, 88)
            assert not at.window.holds_someone()
            assert at.window.scan_field.text() == ""
            assert at.view.run == 0
            assert countdown(at.window).isHidden()
            assert countdown(at.window).text() == ""
            assert not forgetting._idle._timer.waits
            forgetting.stop()

    on_qasync(qapp, play)


def test_nothing_is_counted_where_nobody_is(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            forgetting = Forgetting(at.window, 90)
            at.window.numbers.amount.setText("58")
            at.controller.tell(Hint(Severity.INFO, "x"))
            assert not forgetting._idle._timer.waits
            pass_time(forgetting, 1000)
            assert at.window.numbers.amount.text() == "58"
            forgetting.stop()

    on_qasync(qapp, play)


def test_what_was_typed_before_it_was_there_is_counted(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await typed(at)
            forgetting = Forgetting(at.window, 90)
            assert forgetting._idle._timer.waits
            forgetting.stop()

    on_qasync(qapp, play)


def test_0_counts_nothing(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            forgetting = Forgetting(at.window, 0)
            await found(at)
            assert not forgetting._idle._timer.waits
            forgetting.stop()

    on_qasync(qapp, play)


def test_everything_that_is_open_is_closed_and_the_order_type_stays(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            forgetting = Forgetting(at.window, 90)
            at.window._orders.move_order_type(1)
            await found(at)
            for field, text in zip(at.window.numbers.fields, ("58", "2", "3"), strict=True):
                field[0].setText(text)
            at.window._coupons.enter()
            at.window._coupons.details_requested.emit(False)
            at.window._sheets.toggle_help()
            at.window._coupons.seek()
            sheets = at.window._sheets
            assert sheets.details is not None
            assert sheets.help is not None
            assert sheets.details.is_open()
            pass_time(forgetting, 90)
            assert not sheets.details.is_open()
            assert not sheets.help.isVisible()
            assert at.window.numbers.numbers() == ("", "", "")
            assert at.window.focusWidget() is at.window.scan_field
            assert at.window.order().order_type.value == "delivery"
            forgetting.stop()

    on_qasync(qapp, play)


def test_the_same_code_again_is_no_double(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            forgetting = Forgetting(at.window, 90)
            await found(at)
            pass_time(forgetting, 90)
            await found(at)
            assert at.window.holds_someone()
            forgetting.stop()

    on_qasync(qapp, play)


def test_a_tick_changes_words_alone(qapp: QApplication, qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.show_seconds_left(120)
    label = countdown(window)
    size, name = label.size(), label.accessibleName()
    qtbot.wait(0)
    qapp.processEvents()
    for seconds in (119, 99, 9, 1):
        window.show_seconds_left(seconds)
        assert label.text() == f"{seconds} 秒后清屏"
        assert (label.size(), label.accessibleName()) == (size, name)
        assert label.minimumSize() == label.maximumSize(), "so it asks for no layout"
    assert not any(char.isdigit() for char in name), "a screen reader hears no second"
    window.show_seconds_left(None)
    assert label.isHidden()


@pytest.mark.parametrize(("first", "then"), [(99, 100), (9, 10), (999, 1000)])
def test_words_that_become_longer_are_not_cut(qtbot: QtBot, first: int, then: int) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.show_seconds_left(first)
    window.show_seconds_left(then)
    assert countdown(window).width() >= countdown(window).sizeHint().width()
    window.render(samples.loaded_view())  # typed, then found: the time stands before them now
    window.show_seconds_left(then)
    assert countdown(window).text().startswith("· ")
    assert countdown(window).width() >= countdown(window).sizeHint().width()


def test_the_words_stand_behind_the_time(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.render(samples.loaded_view())
    window.show_seconds_left(87)
    assert countdown(window).text() == "· 87 秒后清屏"


# --- touches -------------------------------------------------------------------------------------


def test_a_touch_counts_anew(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            forgetting = Forgetting(at.window, 90)
            keyboard = ScanFilter()
            forgetting.heed(keyboard.touched)
            await found(at)
            pass_time(forgetting, 60)
            keyboard.touched.emit()
            pass_time(forgetting, 60)
            assert at.view.run
            pass_time(forgetting, 31)
            assert not at.view.run
            keyboard.stop()
            forgetting.stop()

    on_qasync(qapp, play)


# --- 微信会员卡 ----------------------------------------------------------------------------------


def sent(qapp: QApplication, tmp_path: Path, work: Callable[[Counter, Any], Any]) -> None:
    """Do something while a card's change is on its way."""

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await work(at, await at.sent())

    on_qasync(qapp, play)


@pytest.mark.usefixtures("quick_pins")
class TestAChangeUnderWay:
    @pytest.mark.allow_log("posmember.ui.wechat.cards")
    def test_idle_waits_until_its_end_was_to_be_seen(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        async def work(at: Counter, asked: Any) -> None:
            forgetting = Forgetting(at.window, 90)
            pass_time(forgetting, 500)
            assert at.is_at(ChangeStage.SENDING)
            asked.fail(errors.ApiTimeoutError("late"))
            await at.changed(ChangeStage.DONE)
            pass_time(forgetting, 60)
            assert at.is_at(ChangeStage.DONE)
            pass_time(forgetting, 31)
            assert at.view.wechat is None
            forgetting.stop()

        sent(qapp, tmp_path, work)

    @pytest.mark.allow_log("posmember.ui.wechat.cards")
    def test_a_lock_does_not_but_what_nobody_knows_is_said_later(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        async def work(at: Counter, asked: Any) -> None:
            at.cards.unseen.connect(at.controller.tell)
            at.window.forget()
            assert at.view.wechat is None
            asked.fail(errors.ApiTimeoutError("late"))
            await until(lambda: "刚才修改的微信会员卡" in hint_text(at.window), "the word")
            assert not asked.cancelled

        sent(qapp, tmp_path, work)

    def test_nothing_is_said_of_one_that_went_well(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        async def work(at: Counter, asked: Any) -> None:
            at.cards.unseen.connect(at.controller.tell)
            shown = at.wechat.card
            at.window.forget()
            asked.give(shown)
            await until(lambda: not at.cards._tasks, "its end")
            assert "刚才" not in hint_text(at.window)

        sent(qapp, tmp_path, work)

    def test_a_pin_that_is_asked_for_is_cleared_too(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        async def play() -> None:
            async with counter(tmp_path, service=ScriptedService()) as at:
                await at.reviewed()
                forgetting = Forgetting(at.window, 90)
                at.sheet._review.pin.setText("135790")
                pass_time(forgetting, 90)
                assert not at.has_sheet()
                assert at.sheet._review.pin.text() == ""
                assert at.view.wechat is None
                forgetting.stop()

        on_qasync(qapp, play)

    def test_a_field_that_asks_for_a_card_goes_with_it(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        async def play() -> None:
            async with counter(tmp_path, service=ScriptedService()) as at:
                await at.member()
                at.window.wechat.asked.emit()
                await at.settled(CardStage.ASKS_CODE)
                at.block._field.setText(PHONE)
                at.window.forget()
                assert at.block._field.text() == ""

        on_qasync(qapp, play)


def test_with_nobody_there_what_is_said_and_typed_stays(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            at.window.numbers.amount.setText("58")
            at.controller.tell(Hint(Severity.ERROR, "读不到会员系统密钥"))
            at.window._sheets.toggle_help()
            at.window.forget()
            assert "读不到会员系统密钥" in hint_text(at.window)
            assert at.window.numbers.amount.text() == "58"
            assert at.window._sheets.help is not None
            assert not at.window._sheets.help.isVisible()

    on_qasync(qapp, play)


# --- a locked PC ---------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["windows", "offscreen"])
def test_a_locked_pc_clears_at_once(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    from posmember.ui.privacy.session_lock import windows

    class Refusing:
        def listen(self, window: int) -> None:
            assert window

        def stop_listening(self, window: int) -> None:
            assert window

    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: platform))
    monkeypatch.setattr(windows, "WtsApi32", Refusing)

    async def play() -> None:
        async with desk() as at:
            forgetting = Forgetting(at.window, 0)
            forgetting.start()
            await found(at)
            assert forgetting._lock is not None
            forgetting._lock.locked.emit()
            assert not at.window.holds_someone()
            forgetting.stop()

    on_qasync(qapp, play)
