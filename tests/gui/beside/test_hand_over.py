"""Ctrl+Enter: which code goes to the till, which does not, what is said, and what is logged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.settings.policy import Policy
from posmember.ui.beside import hand_over as hand_over_module
from posmember.ui.beside.typing.desk import CannotTypeError, Why
from posmember.ui.beside.typing.opening import open_desk
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.code_sheet import CodeSheet
from posmember.ui.tones import Tone
from posmember.ui.view.screen import View
from tests.gui import samples
from tests.gui.bad_views import late_view, nothing_view
from tests.gui.beside.hand_over_till import (
    CHECK,
    CTRL,
    USABLE,
    Till,
    settings,
    till_of,
    view,
)
from tests.gui.beside.test_typist import OTHER

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key


@pytest.fixture
def till(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    with till_of(window, monkeypatch) as made:
        yield made


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, hand_over_module.__name__)
    return caplog


def test_a_usable_code_goes_without_a_question(
    till: Till, qtbot: QtBot, log: pytest.LogCaptureFixture
) -> None:
    till.strike(qtbot)
    assert till.desk.typed == f"{USABLE}\r"
    assert till.said() == "已输进收银系统"
    assert not till.heard
    assert log.messages == ["hand-over: typed, 13 keys, usable"]


def test_the_log_tells_no_code(till: Till, qtbot: QtBot, log: pytest.LogCaptureFixture) -> None:
    till.strike(qtbot)
    assert USABLE not in log.text


def test_the_selected_code_goes_and_not_the_suggested(till: Till, qtbot: QtBot) -> None:
    till.select(1)
    till.strike(qtbot)
    assert till.answers() == ["输入", "不输入"]
    assert not till.desk.typed


def test_a_code_to_be_checked_is_asked_about_once(
    till: Till, qtbot: QtBot, log: pytest.LogCaptureFixture
) -> None:
    till.select(1)
    till.strike(qtbot)
    assert "需确认" in till.said()
    assert "再按一次" in till.said()
    till.strike(qtbot)
    assert till.desk.typed == f"{CHECK}\r"
    assert not till.answers()
    assert log.messages == ["hand-over: typed, 13 keys, check"]
    till.desk.typed = ""
    till.strike(qtbot)
    assert not till.desk.typed, "the next hand-over is asked about anew"


def test_the_answer_may_be_a_button(till: Till, qtbot: QtBot) -> None:
    till.select(1)
    till.strike(qtbot)
    till.window._body.say._buttons[0].click()
    qtbot.waitUntil(lambda: till.desk.typed == f"{CHECK}\r")


@pytest.mark.parametrize("how", ["button", "escape", "another row", "another member"])
def test_a_question_is_over(till: Till, qtbot: QtBot, how: str) -> None:
    till.select(1)
    till.strike(qtbot)
    assert till.answers()
    match how:
        case "button":
            till.window._body.say._buttons[1].click()
        case "escape":
            till.press(Key.Key_Escape)
            assert till.window.holds_someone(), "one thing at a time"
        case "another row":
            till.press(Key.Key_Up)
        case "another member":
            till.window.render(view(run=2))
    assert not till.answers()
    assert not till.desk.typed


def test_a_blocked_code_is_refused_with_its_reason(
    till: Till, qtbot: QtBot, log: pytest.LogCaptureFixture
) -> None:
    till.select(2)
    till.strike(qtbot)
    assert "没有输入，不能用" in till.said()
    assert not till.desk.typed
    assert not till.shown(), "what cannot be used is not offered to the till's scanner"
    assert till.heard == [Tone.WRONG]
    assert log.messages == ["hand-over: refused, 0 keys, not_usable"]


def test_what_is_still_checked_waits(till: Till, qtbot: QtBot) -> None:
    till.window.render(late_view())
    till.press(Key.Key_F6)
    till.strike(qtbot)
    assert "还在核对" in till.said()
    assert not till.desk.typed


def test_nobody_is_on_the_screen(till: Till, qtbot: QtBot) -> None:
    till.window.render(nothing_view())
    till.strike(qtbot)
    assert "先选一张券或卡" in till.said()


def test_what_is_typed_and_not_looked_up_is_somebody_elses(till: Till, qtbot: QtBot) -> None:
    till.press(Key.Key_F2)
    QTest.keyClicks(till.window.scan_field, "1380000")
    till.strike(qtbot)
    assert "扫码框里的还没查" in till.said()
    assert not till.desk.typed
    till.window.scan_field.looked_up()
    till.strike(qtbot)
    assert till.desk.typed == f"{USABLE}\r"


def test_the_code_that_is_shown_large_goes(till: Till, qtbot: QtBot) -> None:
    till.window._body.say.code_requested.emit()
    assert till.shown() == USABLE
    till.strike(qtbot)
    assert till.desk.typed == f"{USABLE}\r"
    assert till.shown() == USABLE, "its key does not close it"


def test_the_keypads_enter_is_one(till: Till, qtbot: QtBot) -> None:
    till.press(Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier)
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r")


@pytest.mark.parametrize("typed", [0, 4, 12])
def test_what_was_not_all_typed_is_shown_large(
    till: Till, qtbot: QtBot, log: pytest.LogCaptureFixture, typed: int
) -> None:
    def happens(now: int) -> None:
        if now == typed:
            till.desk.in_front = OTHER

    till.desk.happens = happens
    till.desk.comes_to_front = bool(typed)
    till.strike(qtbot)
    assert till.shown() == USABLE
    words = {
        0: "没有输入：收银系统的窗口没有到前面来",
        4: "没输完：前面换成了别的窗口，已输 4/12 位",
        12: "码输完了，后面的键没有按：前面换成了别的窗口",
    }
    assert words[typed] in till.said()
    sheet = till.window.findChild(CodeSheet)
    assert sheet is not None
    assert words[typed] in sheet._how.text(), "the sheet may lie over row C"
    assert till.heard == [Tone.WRONG]
    why = "other front" if typed else "not front"
    assert log.messages == [f"hand-over: stopped, {why}, {typed} keys, usable"]


@pytest.mark.parametrize("why", [Why.WAYLAND, Why.NO_DESK])
def test_a_desktop_that_lets_nobody_type(
    till: Till, qtbot: QtBot, log: pytest.LogCaptureFixture, why: Why
) -> None:
    till.refusal = why
    till.strike(qtbot)
    assert "请扫码或复制" in till.said()
    assert till.shown() == USABLE
    assert log.messages == [f"hand-over: not typed, {why}, 0 keys, usable"]


@pytest.mark.parametrize("missing", ["program", "title"])
def test_without_a_program_and_a_title_nothing_is_typed(
    till: Till, qtbot: QtBot, missing: str
) -> None:
    till.part.use(settings(None, **{missing: ""}))
    till.strike(qtbot)
    assert "还没有设置" in till.said()
    assert till.shown() == USABLE
    assert not till.desk.typed


def test_head_office_may_forbid_it(till: Till, qtbot: QtBot) -> None:
    till.part.use(settings(Policy("policy.toml", {"policy.hand_over": "off"})))
    till.strike(qtbot)
    assert "由总部管理" in till.said()
    assert till.shown() == USABLE
    assert not till.desk.typed


def test_without_settings_nothing_is_typed(till: Till, qtbot: QtBot) -> None:
    till.part.use(None)
    till.strike(qtbot)
    assert "还没有设置" in till.said()
    assert not till.heard, "sounds are a setting"


def test_in_training_nothing_is_typed(till: Till, qtbot: QtBot) -> None:
    till.part._is_training = True
    till.strike(qtbot)
    assert "培训模式" in till.said()
    assert not till.desk.typed


def test_a_member_who_is_cleared_is_typed_no_further(till: Till, qtbot: QtBot) -> None:
    till.part.use(settings(pause_ms=60))
    till.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(till.desk.typed) >= 3)
    till.window.forget()
    assert not till.part._typist.is_typing()
    assert len(till.desk.typed) < len(USABLE)


@pytest.mark.parametrize("typed", [0, 3])
@pytest.mark.parametrize("comes", [view(run=2), View(samples.NOW)], ids=["another", "nobody"])
def test_where_another_comes_nothing_more_is_typed(
    till: Till, qtbot: QtBot, log: pytest.LogCaptureFixture, typed: int, comes: View
) -> None:
    """A scan and other settings clear nobody by the window: they only show somebody else."""
    till.part.use(settings(pause_ms=60))
    till.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(till.desk.typed) >= typed)
    till.window.render(comes)
    assert not till.part._typist.is_typing()
    struck = len(till.desk.typed)
    assert log.messages == [f"hand-over: stopped, forgotten, {struck} keys, usable"]
    assert till.shown() == ""
    if typed:
        words = f"没输完：这位会员已不在屏幕上，已输 {struck}/12 位"
        qtbot.waitUntil(lambda: words in till.said())
        assert till.heard == [Tone.WRONG]
    else:
        assert not till.desk.typed


def test_the_same_member_told_anew_is_typed_on(till: Till, qtbot: QtBot) -> None:
    till.part.use(settings(pause_ms=20))
    till.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(till.desk.typed) >= 3)
    till.window.render(view())
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r")


def test_a_held_key_is_one(till: Till, qtbot: QtBot) -> None:
    till.press(Key.Key_Return, CTRL)
    till.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r")


def test_control_characters_of_a_code_are_not_typed(till: Till, qtbot: QtBot) -> None:
    made = view(run=2)
    first, *others = made.assessment.coupons
    first = replace(first, coupon=replace(first.coupon, redemption_code="8600\x1b[A"))
    suggestion = made.assessment.suggestion
    assert suggestion is not None
    assessment = replace(
        made.assessment,
        coupons=(first, *others),
        suggestion=replace(suggestion, coupon=first.coupon),
    )
    till.window.render(replace(made, assessment=assessment))
    till.strike(qtbot)
    assert till.desk.typed == "8600[A\r", "as it is shown and copied"


@pytest.mark.anyio
async def test_the_end_of_the_program(till: Till) -> None:
    await till.part.aclose()


def test_the_end_of_the_program_in_the_middle(
    till: Till, qtbot: QtBot, log: pytest.LogCaptureFixture
) -> None:
    till.part.use(settings(pause_ms=60))
    till.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(till.desk.typed) >= 3)
    asyncio.run(till.part.aclose())
    QApplication.processEvents()
    assert log.messages == [f"hand-over: stopped, forgotten, {len(till.desk.typed)} keys, usable"]
    assert not till.heard, "what would sound is gone"


@pytest.mark.parametrize(
    ("platform", "environ", "why"),
    [
        ("wayland", {}, Why.WAYLAND),
        ("xcb", {"WAYLAND_DISPLAY": "wayland-0"}, Why.WAYLAND),
        ("offscreen", {}, Why.NO_DESK),
        ("cocoa", {}, Why.NO_DESK),
    ],
)
def test_desktops_on_which_nobody_types(platform: str, environ: dict[str, str], why: Why) -> None:
    with pytest.raises(CannotTypeError) as refused:
        open_desk(environ, platform)
    assert refused.value.why is why


def test_every_word_is_there() -> None:
    from posmember.ui.beside.typing.wording import refusal_text

    words = [refusal_text(why) for why in Why]
    assert len(set(words)) == len(words)
