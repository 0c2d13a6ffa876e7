"""What is said to who does not see the window: each thing once, and never a countdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from posmember.domain.context import AccountStatus
from posmember.domain.rules.assessment import Assessment, Suggestion
from posmember.domain.rules.reasons import Eligibility, Verdict
from posmember.lookup.sections import Loading
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.waiting import SLOW_MS
from posmember.ui.view.screen import Hint, Severity, View
from tests.gui import samples
from tests.gui.bad_views import late_view

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Key = Qt.Key
FOUND = "已找到会员 王*明，金卡会员"
COUNTED = "可用券 3 张，可用礼品卡 1 张"
SUGGESTED = "推荐 满30减10  约省 \u00a510.00"


@pytest.fixture
def said(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that a screen reader is given to say: what goes through the one place that sends it."""
    told: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: told.append(e.message()))
    return told


def frozen(view: View) -> View:
    person = replace(samples.person(), account=AccountStatus.FROZEN)
    return replace(view, profile=replace(view.profile, person=person))


def test_who_was_found_what_they_can_use_and_what_to_use(
    window: MainWindow, said: list[str]
) -> None:
    window.render(samples.loading_view())
    assert said == []
    window.render(samples.loaded_view())
    assert said == [f"{FOUND}，{COUNTED}", SUGGESTED]
    assert samples.FULL_NAME not in "".join(said)


def test_the_same_again_is_not_said_again(window: MainWindow, said: list[str]) -> None:
    view = samples.loaded_view()
    window.render(view)
    before = list(said)
    window.render(replace(view, refreshing=True))
    window.render(replace(view))
    assert said == before


def test_what_a_late_answer_could_take_back_waits_for_it(
    window: MainWindow, said: list[str]
) -> None:
    late = late_view()
    window.render(late)
    assert said == [FOUND]
    window.render(replace(samples.loaded_view(), run=late.run))
    assert said == [FOUND, COUNTED, SUGGESTED]


def test_gift_cards_that_are_late_hold_up_no_suggestion(
    window: MainWindow, said: list[str]
) -> None:
    view = samples.loaded_view()
    window.render(replace(view, sections=samples.sections(gift_cards=Loading())))
    assert said == [FOUND, SUGGESTED]
    window.render(view)
    assert said == [FOUND, SUGGESTED, COUNTED]


def test_a_frozen_account_is_said_as_soon_as_it_is_known(
    window: MainWindow, said: list[str]
) -> None:
    late = late_view()
    window.render(late)
    window.render(frozen(replace(samples.loaded_view(), run=late.run, assessment=Assessment())))
    assert said[0] == FOUND
    assert said[1].startswith("账号已冻结，所有券和卡都不可用")
    window.render(frozen(replace(samples.loaded_view(), run=late.run, assessment=Assessment())))
    assert len(said) == 2


def test_a_part_that_failed_is_said_and_not_counted_as_none(
    window: MainWindow, said: list[str]
) -> None:
    window.render(samples.partly_failed_view())
    told = "，".join(said)
    problems = samples.partly_failed_view().gift_cards_panel.problems
    assert problems
    assert all(told.count(problem) == 1 for problem in problems)
    assert "可用礼品卡" not in told


def test_nobody_found_and_failures_are_said_once(window: MainWindow, said: list[str]) -> None:
    window.render(samples.failed_view())
    window.render(replace(samples.failed_view(), refreshing=True))
    assert said == ["会员系统太久没有回应，请按 F5 重试"]


def test_messages_are_said_once(window: MainWindow, said: list[str]) -> None:
    hint = Hint(Severity.WARNING, "小心")
    window.render(replace(samples.loaded_view(), hint=hint))
    window.render(replace(samples.loaded_view(), hint=hint, refreshing=True))
    assert said.count("注意：小心") == 1


def test_a_suggestion_behind_a_message_is_said_when_it_is_seen(
    window: MainWindow, said: list[str]
) -> None:
    view = replace(samples.loaded_view(), hint=Hint(Severity.WARNING, "小心"))
    window.render(view)
    del said[:]
    other = Suggestion(samples.usual_coupons()[2].coupon, None)
    changed = replace(view.assessment, suggestion=other)
    window.render(replace(view, assessment=changed))
    window.render(replace(view, assessment=replace(changed), refreshing=True))
    assert said == []
    window.messages.acted()
    assert said == ["推荐 任意消费立减5元"]


def test_another_suggestion_is_said(window: MainWindow, said: list[str]) -> None:
    view = samples.loaded_view()
    window.render(view)
    del said[:]
    other = Suggestion(samples.usual_coupons()[2].coupon, None)
    window.render(replace(view, assessment=replace(view.assessment, suggestion=other)))
    assert said == ["推荐 任意消费立减5元"]


def test_the_next_member_is_said_though_they_have_the_same(
    window: MainWindow, said: list[str]
) -> None:
    window.render(samples.loaded_view(run=1))
    first = list(said)
    window.render(replace(samples.loading_view(), run=2))
    window.render(samples.loaded_view(run=2))
    assert said == [*first, f"{FOUND}，{COUNTED}", SUGGESTED]


def test_no_second_that_is_waited_is_said(
    window: MainWindow, said: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = window._body._waiting
    elapsed = iter(range(SLOW_MS, SLOW_MS + 60_000, 1000))
    monkeypatch.setattr(waiting, "_since", type("Since", (), {
        "elapsed": lambda _self: next(elapsed), "start": lambda _self: None,
    })())  # fmt: skip
    window.render(samples.loading_view())
    shown = set()
    for _second in range(5):
        waiting._tell()
        shown.add(window._body.say.text())
    assert len(shown) > 3, "it counts"
    window.show_seconds_left(87)
    assert said == []


def test_why_is_said_once_for_each_row(window: MainWindow, said: list[str]) -> None:
    window.render(samples.loaded_view())
    del said[:]
    for key in (Key.Key_F6, Key.Key_Right):
        QTest.keyClick(window.focusWidget(), key)
    assert len(said) == 1
    assert said[0].startswith("可用；满30减10；")
    assert "→" not in said[0]
    window.render(replace(samples.loaded_view(), refreshing=True))
    assert len(said) == 1
    QTest.keyClick(window.focusWidget(), Key.Key_Down)
    assert len(said) == 2
    assert said[1].startswith("可用；会员日全场8.8折")


def test_without_a_screen_reader_nothing_is_sent(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    monkeypatch.setattr(QAccessible, "updateAccessibility", sent.append)
    window.render(samples.loaded_view())
    assert sent == []


def test_a_verdict_that_turns_below_an_open_code_is_said_once(
    window: MainWindow, said: list[str]
) -> None:
    view = samples.loaded_view()
    window.render(view)
    assert window.codes is not None
    window.codes.show_suggested()
    first, *rest = view.assessment.coupons
    blocked = Eligibility(Verdict.NOT_USABLE)
    turned = replace(
        view.assessment, coupons=(*rest, replace(first, eligibility=blocked)), suggestion=None
    )
    del said[:]
    window.render(replace(view, assessment=turned))
    assert window.codes.code() == first.coupon.redemption_code
    assert [words.split("；")[0] for words in said] == ["不可用"]
    window.render(replace(view, assessment=turned, refreshing=True))
    assert len(said) == 1
