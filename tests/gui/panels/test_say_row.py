"""The one place of messages, and of the suggestion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from posmember.domain.rules.assessment import Assessment
from posmember.ui.panels.say_row import INFO_MS, SayRow
from posmember.ui.view.screen import Hint, Severity
from tests.gui import samples
from tests.gui.panels.showing import shown, words

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


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


def test_what_is_waited_for_takes_no_suggestion_away(say: SayRow) -> None:
    say.show_view(samples.loaded_view())
    before = words(say)
    say.show_waiting("正在查询礼品卡…")
    assert (say.text(), words(say)) == ("推荐 满30减10  约省 \u00a510.00", before)


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
