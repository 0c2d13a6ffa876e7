"""While a supervisor's number and PIN are asked for, a scan is a badge or nobody's."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from posmember.ui.view.wechat import CardStage, ChangeStage
from tests.fakes.wechat_desk import PIN, SUPERVISOR, a_card
from tests.gui.driving import hint_text, texts
from tests.gui.wechat.driving import Counter, Key, button, focused, played_with_a_card, until

pytestmark = pytest.mark.usefixtures("quick_pins")
BADGE = "SV-2048_77"
PAYMENT = "134567890123456789"
BY_HAND = "没有查询：请手工输入主管密码，不要扫码"
NO_NUMBER = "这不是工号，请扫主管的工牌，或手工输入"


def fields(at: Counter) -> list[str]:
    return [field.text() for field in at.window.findChildren(QLineEdit)]


def assert_untouched(at: Counter, code: str, log: pytest.LogCaptureFixture) -> None:
    """Nobody has looked a code up, sent it, shown it or kept it."""
    assert len(at.runs) == 1
    assert len(at.service.asked) == 1
    assert at.has_sheet()
    assert at.view.profile.person is not None, "the member stays"
    held = [*texts(at.window), *fields(at), repr(at.views), log.text]
    held += [QGuiApplication.clipboard().text(), repr(vars(at.controller._reception._intake))]
    assert not any(code in text for text in held)
    at.window.scan_field.undo()
    assert code not in at.window.scan_field.text()


@pytest.mark.parametrize("code", [BADGE, "qm0000002", "13800000001", PAYMENT])
@pytest.mark.parametrize("pin", ["", "1357"])
def test_a_scan_at_the_pin_is_nobodys(
    qapp: QApplication,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    code: str,
    pin: str,
) -> None:
    caplog.set_level("DEBUG")

    async def work(at: Counter) -> None:
        await at.reviewed()
        at.press(SUPERVISOR, Key.Key_Tab, pin)
        at.burst(code)
        await at.painted()
        assert at.scans == [code], "it was a scan"
        sheet = at.sheet._review
        assert (sheet.who.text(), sheet.pin.text()) == (SUPERVISOR, pin)
        assert focused() is sheet.pin
        assert BY_HAND in at.said(at.sheet)
        assert at.is_at(ChangeStage.REVIEW), "nor is it tried as a PIN"
        assert at.service.changes == []
        assert_untouched(at, code, caplog)

    played_with_a_card(qapp, tmp_path, work)


def test_several_codes_of_one_burst_are_nobodys(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(at: Counter) -> None:
        await at.reviewed()
        at.press(SUPERVISOR, Key.Key_Tab)
        at.burst(f"{BADGE}\rqm0000002")
        await at.painted()
        assert len(at.scans) == 2
        assert_untouched(at, BADGE, caplog)
        assert_untouched(at, "qm0000002", caplog)

    played_with_a_card(qapp, tmp_path, work)


def test_a_badge_at_the_staff_number_is_the_number(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await at.reviewed()
        at.press("9")
        at.burst(f"  {SUPERVISOR}00 ")
        sheet = at.sheet._review
        assert sheet.who.text() == f"{SUPERVISOR}00"
        assert focused() is sheet.pin
        assert at.said(at.sheet).count("扫") == 0
        sheet.who.undo()
        assert sheet.who.text() == f"{SUPERVISOR}00"
        sheet.who.setText(SUPERVISOR)
        at.press(PIN)
        asked = await at.next_call(lambda: at.press(Key.Key_Return))
        asked.give(a_card(code="card-A", level="新等级"))
        await at.changed(ChangeStage.DONE)
        assert len(at.runs) == 1

    played_with_a_card(qapp, tmp_path, work)


@pytest.mark.parametrize("code", ["x" * 21, "https://weixin.qq.com/r/abc", "a b.cde", PAYMENT])
def test_what_is_no_badge_is_refused_there(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    caplog.set_level("DEBUG")

    async def work(at: Counter) -> None:
        await at.reviewed()
        at.burst(code)
        assert at.scans == [code]
        assert at.sheet._review.who.text() == ""
        assert NO_NUMBER in at.said(at.sheet)
        assert_untouched(at, code, caplog)

    played_with_a_card(qapp, tmp_path, work)


def anywhere(at: Counter) -> dict[str, QWidget]:
    return {
        "a button": button(at.sheet, "返回修改"),
        "the scan field": at.window.scan_field,
        "the amount": at.window.numbers.amount,
        "the sheet": at.sheet,
    }


@pytest.mark.parametrize("where", ["a button", "the scan field", "the amount", "the sheet"])
@pytest.mark.parametrize("way", ["keys", "another scanner"])
def test_wherever_the_keyboard_is(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture, where: str, way: str
) -> None:
    caplog.set_level("DEBUG")

    async def work(at: Counter) -> None:
        await at.reviewed()
        anywhere(at)[where].setFocus()
        if way == "keys":
            at.burst(BADGE)
        else:
            at.controller.scan(BADGE)
        await at.painted()
        assert BY_HAND in at.said(at.sheet)
        assert_untouched(at, BADGE, caplog)

    played_with_a_card(qapp, tmp_path, work)


def test_a_scan_that_began_then_is_not_looked_up_when_it_ends(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(at: Counter) -> None:
        await at.reviewed()
        at.press(SUPERVISOR, Key.Key_Tab)
        at.window.begin_burst()
        at.press(Key.Key_Escape)
        assert not at.has_sheet()
        at.controller.scan(BADGE)
        at.controller.scan("qm0000002", 2)
        await at.painted()
        assert len(at.runs) == 1
        assert "没有查询" in hint_text(at.window)
        await at.scan("code-B")
        assert at.window.scan_field.text() == "code-B", "the next one is"

    played_with_a_card(qapp, tmp_path, work)


def test_nor_is_what_else_is_in_its_burst(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        await at.reviewed()
        at.controller.scan(BADGE)
        at.window._escape()
        at.controller.scan("qm0000002", 2)
        await at.painted()
        assert len(at.runs) == 1
        await at.scan("code-B")

    played_with_a_card(qapp, tmp_path, work)


def test_a_card_that_is_asked_for_takes_no_badge(qapp: QApplication, tmp_path: Path) -> None:
    """A scan goes to what asks for a secret first, then to what asks for a code."""

    async def work(at: Counter) -> None:
        await at.reviewed()
        at.burst("900000000000000000000021")
        await at.painted()
        assert len(at.service.asked) == 1
        assert at.wechat.stage is CardStage.LOADED

    played_with_a_card(qapp, tmp_path, work)


@pytest.mark.parametrize("stage", [ChangeStage.EDIT, ChangeStage.SENDING, ChangeStage.DONE])
def test_where_no_secret_is_asked_for_a_scan_goes_on(
    qapp: QApplication, tmp_path: Path, stage: ChangeStage
) -> None:
    async def work(at: Counter) -> None:
        asked = await at.sent() if stage is not ChangeStage.EDIT else None
        if asked is None:
            at.window.wechat.change_asked.emit()
        elif stage is ChangeStage.DONE:
            asked.give(a_card(code="card-A"))
            await at.changed(ChangeStage.DONE)
        assert at.change.stage is stage
        at.burst("qm0000002")
        await until(lambda: len(at.runs) == 2, "the lookup")
        assert not at.has_sheet()
        if stage is ChangeStage.SENDING and asked is not None:
            asked.give(None)

    played_with_a_card(qapp, tmp_path, work)


@pytest.mark.parametrize("stage", [ChangeStage.REVIEW, ChangeStage.SENDING])
def test_a_pin_that_is_struck_in_no_field_is_shown_nowhere(
    qapp: QApplication, tmp_path: Path, stage: ChangeStage
) -> None:
    """Letters and digits go to the scan field from everywhere else."""

    async def work(at: Counter) -> None:
        asked = None
        if stage is ChangeStage.REVIEW:
            await at.reviewed()
            button(at.sheet, "返回修改").setFocus()
        else:
            asked = await at.sent()
        at.press(PIN)
        await asyncio.sleep(0)
        assert not any(PIN[:1] in text for text in fields(at) if text != "card-A")
        if asked is not None:
            asked.give(None)
            await at.changed(ChangeStage.DONE)

    played_with_a_card(qapp, tmp_path, work)
