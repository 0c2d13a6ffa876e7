"""After a clear nothing of a member is left: in no object of Qt, no accessible tree, no Python."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip
from pytestqt.qtbot import QtBot

from posmember.lookup.sections import Section
from posmember.ui.clipboard import clipboard
from posmember.ui.main_window import MainWindow
from posmember.ui.privacy.forgetting import Forgetting
from posmember.ui.view.wechat import CardStage
from tests.fakes.wechat_desk import ScriptedService, a_card
from tests.gui.driving import answer, member_info
from tests.gui.privacy.traces import pieces, python_traces, qt_traces
from tests.gui.wechat.driving import OPENID_FOUND, Counter, Key, counter, on_qasync, until

CODE = "qm73"

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")


def phone() -> str:
    """Made anew each time: a constant would be found by who looks for it."""
    return "".join(map(str, (139, 6284, 1753)))


def name() -> str:
    return "".join(("欧阳", "明月"))


def needles() -> set[str]:
    return {*pieces(phone()), name()}


async def member(at: Counter) -> None:
    """Have a member on the screen who has a name, a phone number and a card."""
    run = await at.scan(CODE)
    info = member_info("甲", name=name(), mobile=phone(), card_number="card-7788")
    found = replace(answer(Section.MEMBER, "甲"), data=info, found_by=OPENID_FOUND)
    run.deliver(Section.MEMBER, found)
    for section in (Section.IDENTITY, Section.GIFT_CARDS):
        run.deliver(section, answer(section, "甲"))
    await at.end(run)


async def wechat_card(at: Counter) -> None:
    asked = await at.next_call(at.window._card.ask)
    asked.give(a_card("甲", code="card-7788", phone=phone()))
    await at.settled(CardStage.LOADED)


def is_without_tooltip() -> bool:
    """Whether Qt has deleted its label, not only hidden it."""
    return all(each.objectName() != "qtooltip_label" for each in QApplication.allWidgets())


def write(field: QLineEdit, text: str) -> None:
    """Type into a field, and take it back again, so that undo has something to bring back."""
    field.setFocus()
    field.selectAll()
    field.insert(text)
    field.backspace()
    field.insert(text[-1:])


async def use_it_all(at: Counter) -> None:
    """Do with a member all that a cashier can do."""
    await at.active()
    at.press(phone())
    assert at.window.scan_field.text() == phone()
    await member(at)
    person = at.window._body.person
    person._reveal.setDown(True)
    person._show_who()
    assert qt_traces({name(), phone()}), "who looks does see it"
    await wechat_card(at)
    at.window._coupons.enter()
    at.press(Key.Key_Down, Key.Key_Right)
    assert at.window._sheets.details is not None
    at.window.copy_selected()
    QToolTip.showText(at.window.mapToGlobal(at.window.rect().center()), phone(), at.window)
    at.window.wechat.change_asked.emit()
    await at.painted()
    for field in at.window.findChildren(QLineEdit):
        write(field, phone())
    at.window.scan_field.setFocus()
    QApplication.sendEvent(at.window.scan_field, QInputMethodEvent(phone(), []))
    at.window._coupons.seek()
    person._reveal.setDown(False)
    person._show_who()


async def esc(at: Counter) -> None:
    at.window.scan_field.setFocus()
    for _time in range(8):
        at.window._escape()


async def idle(at: Counter) -> None:
    forgetting = Forgetting(at.window, 90)
    forgetting._idle._since = (-1000.0, 0.0)
    forgetting._idle._tick()


async def lock(at: Counter) -> None:
    at.window.forget()


async def nobody(at: Counter) -> None:
    """The next scan, of somebody whom nobody knows."""
    run = await at.scan("code-B")
    run.answer_all("B")
    await at.end(run)


@pytest.mark.parametrize("clear", [esc, idle, lock, nobody])
def test_no_object_holds_a_digit_of_the_phone_or_the_name(
    qapp: QApplication, tmp_path: Path, clear: Callable[[Counter], Awaitable[None]]
) -> None:
    QAccessible.setActive(True)

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await use_it_all(at)
            await clear(at)
            await at.painted()
            clipboard().forget()  # of a field that was copied from, until its minute is over
            await until(is_without_tooltip, "the tooltip to be gone")
            assert qt_traces(needles()) == []
            at.views.clear()
            at.service.asked.clear()
            at.runs.clear()
            at.window.numbers.forget_taken()  # what F8 would bring back is no person's
            await asyncio.sleep(0.1)  # timers that hold what they will no longer do
            assert python_traces(phone) == []
            assert python_traces(name) == []

    on_qasync(qapp, play)


def test_nothing_half_written_stays_in_a_field(qapp: QApplication, tmp_path: Path) -> None:
    """It is in no text of the field, but painted: so that is looked at."""

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await member(at)
            seek = at.window._coupons._seek
            at.window._coupons.seek()
            field = seek._field
            field.clearFocus()
            blank = field.grab().toImage()
            field.inputMethodEvent(QInputMethodEvent(phone(), []))
            assert field.grab().toImage() != blank
            at.window.forget()
            field.show()
            assert field.grab().toImage() == blank

    on_qasync(qapp, play)


def test_a_tooltip_goes_at_once(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.scan_field.hasFocus(), "or the keyboard's move would take it away"
    QToolTip.showText(window.mapToGlobal(window.rect().center()), phone(), window)
    assert QToolTip.isVisible()
    window.forget()
    qtbot.waitUntil(is_without_tooltip, timeout=3000)
    assert qt_traces({phone()}) == []


def test_the_primary_selection_is_given_up(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleared: list[object] = []

    class Board:
        def supportsSelection(self) -> bool:
            return True

        def ownsSelection(self) -> bool:
            return True

        def clear(self, mode: object) -> None:
            cleared.append(mode)

    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            await member(at)
            monkeypatch.setattr(QGuiApplication, "clipboard", staticmethod(Board))
            at.window.forget()
            monkeypatch.undo()

    on_qasync(qapp, play)
    assert len(cleared) == 1


def test_who_looks_finds_what_is_left(qapp: QApplication) -> None:
    """The search itself: a text, an undo, a row, a property, Python."""
    field = QLineEdit()
    field.setText("")
    QTest.keyClicks(field, phone())
    field.clear()
    assert any("undo" in found for found in qt_traces(needles()))
    field.setText("")
    assert qt_traces(needles()) == []
    field.setProperty("kept", phone())
    assert any("dynamic property" in found for found in qt_traces(needles()))
    field.setProperty("kept", None)
    field.kept = {"kept": (phone(),)}  # type: ignore[attr-defined]
    assert python_traces(phone)
    del field.kept  # type: ignore[attr-defined]
    assert python_traces(phone) == []
    field.deleteLater()
