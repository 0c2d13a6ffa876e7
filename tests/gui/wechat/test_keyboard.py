"""A card is asked for and changed by keys alone; what is secret stays in no field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.domain.wechat.change import CardChange, CardField
from posmember.ui.view.wechat import CardStage, ChangeStage
from tests.fakes.wechat_desk import PIN, SUPERVISOR, a_card
from tests.gui.wechat.driving import (
    CONTROL,
    Counter,
    Key,
    button,
    focused,
    played_with_a_card,
    tab_to,
    until,
)

pytestmark = pytest.mark.usefixtures("quick_pins")
MOST_TABS = 60


def field_of(at: Counter, name: CardField) -> QLineEdit:
    return at.sheet._form._fields[name]


async def opened(at: Counter) -> None:
    """Come to the form by keys."""
    tab_to(at, at.block._card.change)
    at.press(Key.Key_Space)


async def reviewed(at: Counter) -> None:
    """Come to the review by keys, with the supervisor's number and PIN entered."""
    await opened(at)
    at.press("gold")
    tab_to(at, button(at.sheet, "核对"))
    at.press(Key.Key_Space)
    assert at.change.stage is ChangeStage.REVIEW
    at.press(SUPERVISOR, Key.Key_Tab, PIN)


# --- from the query to the end -----------------------------------------------------------------


def test_keys_alone_are_enough(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await opened(at)
        assert at.has_sheet()
        assert focused() is field_of(at, CardField.LEVEL)
        at.press("gold", Key.Key_Tab, "ff")
        tab_to(at, button(at.sheet, "核对"))
        at.press(Key.Key_Space)
        assert focused() is field_of(at, CardField.COLOR), "where it is wrong"
        at.press(Key.Key_Home, "#0000")
        tab_to(at, button(at.sheet, "核对"))
        at.press(Key.Key_Space)
        assert at.change.needed == CardChange(level="gold", color="#0000ff")
        assert focused() is at.sheet._review.who
        at.press(SUPERVISOR, Key.Key_Tab, PIN)
        asked = await at.next_call(lambda: at.press(Key.Key_Return))
        assert asked.change == CardChange(level="gold", color="#0000ff")
        asked.give(a_card(code="card-A", level="gold"))
        await at.changed(ChangeStage.DONE)
        assert focused() is button(at.sheet, "关闭")
        at.press(Key.Key_Space)
        assert not at.has_sheet()
        assert focused() is at.window.scan_field

    played_with_a_card(qapp, tmp_path, work)


def test_enter_without_a_pin_is_no_try(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await reviewed(at)
        sheet, asked = at.sheet._review, len(at.service.asked)
        sheet.who.setText("")
        sheet.pin.setText("")
        sheet.pin.setFocus()
        at.press(Key.Key_Return)
        assert focused() is sheet.who
        at.press(SUPERVISOR, Key.Key_Tab, Key.Key_Return)
        assert focused() is sheet.pin
        assert at.is_at(ChangeStage.REVIEW)
        assert len(at.service.asked) == asked

    played_with_a_card(qapp, tmp_path, work)


def test_back_from_the_review_keeps_what_was_entered(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await reviewed(at)
        tab_to(at, button(at.sheet, "返回修改"))
        at.press(Key.Key_Space)
        assert at.is_at(ChangeStage.EDIT)
        assert focused() is field_of(at, CardField.LEVEL)
        assert field_of(at, CardField.LEVEL).text() == "gold"
        assert at.sheet._review.pin.text() == ""
        tab_to(at, button(at.sheet, "核对"))
        at.press(Key.Key_Space)
        assert at.sheet._review.who.text() == SUPERVISOR
        assert focused() is at.sheet._review.pin, "the number is there still"

    played_with_a_card(qapp, tmp_path, work)


@pytest.mark.parametrize("stage", [ChangeStage.EDIT, ChangeStage.REVIEW, ChangeStage.DONE])
@pytest.mark.parametrize("how", ["Esc", "button"])
def test_it_is_left_and_the_scan_field_has_the_keyboard(
    qapp: QApplication, tmp_path: Path, stage: ChangeStage, how: str
) -> None:
    async def work(at: Counter) -> None:
        if stage is ChangeStage.EDIT:
            await opened(at)
            at.press("gold")
        else:
            await reviewed(at)
        if stage is ChangeStage.DONE:
            asked = await at.next_call(lambda: at.press(Key.Key_Return))
            asked.give(a_card(code="card-A", level="gold"))
            await at.changed(ChangeStage.DONE)
        assert at.change.stage is stage
        if how == "Esc":
            at.press(Key.Key_Escape)
        else:
            tab_to(at, at.sheet._close)
            at.press(Key.Key_Space)
        assert not at.has_sheet()
        assert at.wechat.change is None
        assert focused() is at.window.scan_field
        assert at.view.profile.person is not None, "the member stays"
        assert not any(field.text() for field in at.sheet.findChildren(QLineEdit))

    played_with_a_card(qapp, tmp_path, work)


def test_f10_takes_nothing_away_that_was_entered(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await opened(at)
        at.press("gold", Key.Key_F10)
        assert field_of(at, CardField.LEVEL).text() == "gold"
        assert at.has_sheet()
        assert len(at.service.asked) == 1
        at.press(Key.Key_Escape)
        again = await at.next_call(lambda: at.press(Key.Key_F10))
        again.give(a_card(code="card-A"))

    played_with_a_card(qapp, tmp_path, work)


def test_esc_while_it_is_sent_takes_nothing_back(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await reviewed(at)
        asked = await at.next_call(lambda: at.press(Key.Key_Return))
        at.press(Key.Key_Escape)
        assert at.change.stage is ChangeStage.SENDING
        assert "正在修改…" in at.said(at.sheet)
        asked.give(a_card(code="card-A", level="gold"))
        await at.changed(ChangeStage.DONE)

    played_with_a_card(qapp, tmp_path, work)


def test_while_it_is_sent_nothing_can_be_pressed(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await reviewed(at)
        await at.next_call(lambda: at.press(Key.Key_Return))
        sheet = at.sheet
        parts = (sheet._next, sheet._back, sheet._close, sheet._review.who, sheet._review.pin)
        assert not any(part.isEnabled() for part in parts if part.isVisible())
        at.service.asked[-1].give(a_card(code="card-A"))
        await at.changed(ChangeStage.DONE)
        assert sheet._close.isEnabled()

    played_with_a_card(qapp, tmp_path, work)


def test_enter_twice_sends_once(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await reviewed(at)
        at.press(Key.Key_Return, Key.Key_Return)
        assert len(at.runs) == 1, "the second Enter is nobody's lookup"
        await until(lambda: bool(at.service.changes), "the change")
        asked = at.service.changes[0]
        asked.give(a_card(code="card-A", level="gold"))
        await at.changed(ChangeStage.DONE)
        assert len(at.service.changes) == 1

    played_with_a_card(qapp, tmp_path, work)


def test_a_scan_while_it_is_sent_gives_the_keyboard_back(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(at: Counter) -> None:
        await reviewed(at)
        asked = await at.next_call(lambda: at.press(Key.Key_Return))
        at.burst("qm0000002")
        await until(lambda: len(at.runs) == 2, "the lookup")
        assert not at.has_sheet()
        assert focused() is at.window.scan_field
        asked.give(None)

    played_with_a_card(qapp, tmp_path, work)


def test_a_double_click_sends_once(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await reviewed(at)
        confirm = button(at.sheet, "确认修改")
        confirm.click()
        confirm.click()
        await until(lambda: bool(at.service.changes), "the change")
        await at.painted()
        assert len(at.service.changes) == 1
        at.service.asked[-1].give(a_card(code="card-A", level="gold"))
        await at.changed(ChangeStage.DONE)

    played_with_a_card(qapp, tmp_path, work)


def test_f10_by_mouse_leaves_the_keyboard_in_the_scan_field(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(at: Counter) -> None:
        ask = button(at.block, "F10")
        ask.setFocus()
        asked = await at.next_call(lambda: at.press(Key.Key_Space))
        assert not ask.isEnabled()
        assert focused() is at.window.scan_field
        asked.give(a_card(code="card-A"))
        await at.settled(CardStage.LOADED)
        assert ask.isEnabled()
        assert focused() is at.window.scan_field

    played_with_a_card(qapp, tmp_path, work)


# --- the PIN -----------------------------------------------------------------------------------


def test_a_pin_is_gone_from_its_field_at_once(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    async def work(at: Counter) -> None:
        await reviewed(at)
        pin = at.sheet._review.pin
        assert pin.echoMode() is QLineEdit.EchoMode.Password
        assert pin.text() == PIN
        at.press(Key.Key_Return)
        assert pin.text() == ""
        await until(lambda: bool(at.service.changes), "the change")
        asked = at.service.changes[0]
        pin.undo()
        assert pin.text() == ""
        asked.give(a_card(code="card-A", level="gold"))
        await at.changed(ChangeStage.DONE)
        assert PIN not in repr(at.views)
        assert PIN not in repr(vars(at.cards))

    played_with_a_card(qapp, tmp_path, work)
    assert PIN not in caplog.text


def test_a_wrong_pin_is_gone_and_its_field_has_the_keyboard(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    async def work(at: Counter) -> None:
        await reviewed(at)
        pin = at.sheet._review.pin
        at.press("9", Key.Key_Return)
        await at.changed(ChangeStage.REVIEW)
        await until(lambda: "还可以试 4 次" in at.change.message, "the words")
        assert "工号或密码不对，还可以试 4 次" in at.said(at.sheet)
        assert pin.text() == ""
        pin.undo()
        assert pin.text() == ""
        assert focused() is pin
        assert at.service.changes == []

    played_with_a_card(qapp, tmp_path, work)
    assert f"{PIN}9" not in caplog.text


def test_a_pin_cannot_be_copied(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        QApplication.clipboard().setText("before")
        await reviewed(at)
        at.press(Key.Key_A, Key.Key_C, Key.Key_X, modifiers=CONTROL)
        assert PIN not in QApplication.clipboard().text()
        assert at.sheet._review.pin.displayText() != PIN

    played_with_a_card(qapp, tmp_path, work)


def test_a_phone_is_in_no_log_and_on_no_clipboard(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    async def work(at: Counter) -> None:
        QApplication.clipboard().setText("before")
        await opened(at)
        tab_to(at, field_of(at, CardField.PHONE))
        at.press("13912345678")
        tab_to(at, button(at.sheet, "核对"))
        at.press(Key.Key_Space, SUPERVISOR, Key.Key_Tab, PIN)
        asked = await at.next_call(lambda: at.press(Key.Key_Return))
        assert asked.change == CardChange(phone="13912345678")
        asked.give(None)
        await at.changed(ChangeStage.DONE)
        assert "13912345678" not in at.said(at.sheet)
        assert QApplication.clipboard().text() == "before"

    played_with_a_card(qapp, tmp_path, work)
    assert "13912345678" not in caplog.text
