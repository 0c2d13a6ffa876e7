"""The controller: the question that an unlikely code raises, which nobody has to wait for."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.identifier import classify
from posmember.ui.panels.say_row import SayRow
from tests.gui.driving import Desk, desk, hint_text, on_qasync, shows, until

MEMBER, ANOTHER, THIRD = "qm0000001", "qm0000002", "qm0000003"
PRODUCT, MOBILE = "6901234567892", "13800000001"
OPENID = "oABCdefGHIjklMNOpqrSTUvwx012"
URL = "https://weixin.qq.com/r/abc"
PAYMENT = "134567890123456789"
DOUBLE = "已忽略重复扫码"
MOBILE_CHOSEN = 2
"""The place of 手机号 among the identifier types."""


# --- the question ------------------------------------------------------------------------------


def choose_mobile(at: Desk) -> None:
    at.window._orders._kinds.setCurrentIndex(MOBILE_CHOSEN)
    assert at.window._orders.kind() is IdentifierKind.MOBILE


def answers(at: Desk) -> list[QPushButton]:
    line = at.window.findChild(SayRow)
    assert isinstance(line, SayRow)
    return line._buttons


async def asked(at: Desk) -> None:
    choose_mobile(at)
    at.window.scan_field.setText(MEMBER)
    QTest.keyClick(at.window.scan_field, Qt.Key.Key_Return)
    await until(lambda: any(button.isVisible() for button in answers(at)), "the question")
    assert len(answers(at)) == 2
    assert "选的是手机号，这个码却像会员码" in hint_text(at.window)
    assert at.runs == [run for run in at.runs if run.ended.done()], "nothing is asked yet"


BY_SHAPE = tuple(
    Identifier(kind, spelt)
    for spelt in (MEMBER, MEMBER.upper())
    for kind in (IdentifierKind.MEMBER_CODE, IdentifierKind.CARD_NUMBER)
)
AS_CHOSEN = (Identifier(IdentifierKind.MOBILE, MEMBER),)


@pytest.mark.parametrize(("place", "identifiers"), [(0, BY_SHAPE), (1, AS_CHOSEN)])
def test_an_answer_by_its_button(
    qapp: QApplication, place: int, identifiers: tuple[Identifier, ...]
) -> None:
    async def play() -> None:
        async with desk() as at:
            await asked(at)
            assert [button.text() for button in answers(at)] == [
                "按会员码查（回车）",
                "仍按手机号查",
            ]
            answers(at)[place].click()
            await until(lambda: bool(at.runs), "the lookup")
            assert at.runs[0].request.identifiers == identifiers
            assert answers(at) == []
            at.runs[0].answer_all("A")
            await at.end(at.runs[0])
            assert shows(at.window, "A级")

    on_qasync(qapp, play)


@pytest.mark.parametrize("before", ["nobody", "a member"])
def test_enter_in_the_scan_field_says_yes(qapp: QApplication, before: str) -> None:
    async def play() -> None:
        async with desk() as at:
            if before == "a member":
                await at.found("B")
            runs = len(at.runs)
            await asked(at)
            assert at.window.scan_field.text() == MEMBER
            QTest.keyClick(at.window.scan_field, Qt.Key.Key_Return)
            await until(lambda: len(at.runs) > runs, "the lookup")
            assert at.runs[-1].request.identifiers == BY_SHAPE
            assert answers(at) == []

    on_qasync(qapp, play)


def test_the_next_scan_simply_goes_on(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await asked(at)
            run = await at.scan(MOBILE)
            assert run.request.identifiers == classify(MOBILE).identifiers
            assert answers(at) == []
            assert "按哪种查" not in hint_text(at.window)
            at.window.answered.emit(0)
            await asyncio.sleep(0)
            assert len(at.runs) == 1, "an answer that comes late is none"

    on_qasync(qapp, play)


def test_a_scan_of_the_same_code_is_looked_up_by_its_shape(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await asked(at)
            run = await at.scan(MEMBER)
            assert run.request.identifiers == BY_SHAPE
            assert answers(at) == []

    on_qasync(qapp, play)


def test_escape_takes_the_question_away(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await asked(at)
            at.window._escape()
            assert answers(at) == []
            assert at.window.scan_field.text() == ""
            at.window.answered.emit(0)
            await asyncio.sleep(0)
            assert at.runs == []

    on_qasync(qapp, play)


def test_after_an_answer_by_mouse_the_keyboard_is_where_it_was(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            at.window.activateWindow()
            await until(at.window.scan_field.hasFocus, "the keyboard")
            await asked(at)
            QTest.mouseClick(answers(at)[0], Qt.MouseButton.LeftButton)
            await until(lambda: bool(at.runs), "the lookup")
            await asyncio.sleep(0.0)
            assert at.window.focusWidget() is at.window.scan_field

    on_qasync(qapp, play)
