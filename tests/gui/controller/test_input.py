"""The controller: a payment code leaves no trace, and bad input gets a word, never an exception."""

from __future__ import annotations

import asyncio
import logging

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.scanning.identifier import MAX_LENGTH
from posmember.ui.view.screen import Severity
from tests.gui.driving import (
    Desk,
    desk,
    hint_text,
    on_qasync,
    shows,
    texts,
    until,
)

PAYMENT_CODE = "134567890123456789"


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, logger="posmember")
    return caplog


def traces(at: Desk, log: pytest.LogCaptureFixture) -> list[str]:
    """Return where something of the payment code is left."""
    part = PAYMENT_CODE[2:12]
    field = at.window.scan_field
    places = {
        "field": field.text() + field.entered(),
        "screen": " ".join(texts(at.window)),
        "view": " ".join(map(repr, at.views)),
        "log": log.text,
        "clipboard": QGuiApplication.clipboard().text(),
        "selection": field.selectedText(),
    }
    field.undo()
    places["undo"] = field.text()
    field.redo()
    places["redo"] = field.text()
    return [place for place, text in places.items() if part in text]


@pytest.mark.parametrize("how", ["scanned", "typed", "pasted", "after a member"])
def test_a_payment_code_leaves_no_trace(
    qapp: QApplication, log: pytest.LogCaptureFixture, how: str
) -> None:
    async def play() -> None:
        async with desk() as at:
            QGuiApplication.clipboard().setText("before")
            if how == "after a member":
                await at.found("A")
            if how == "scanned":
                at.controller.scan(PAYMENT_CODE)
            else:
                field = at.window.scan_field
                field.selectAll()
                for part in ("13456", "78901234567", "89") if how == "typed" else (PAYMENT_CODE,):
                    field.insert(part)
                field.setText(PAYMENT_CODE) if field.text() != PAYMENT_CODE else None
                field.returnPressed.emit()
            assert "付款码" in hint_text(at.window)
            assert at.view.hint is not None
            assert at.view.hint.severity is Severity.WARNING
            assert len(at.runs) == (1 if how == "after a member" else 0)
            assert at.view.profile.person is None
            assert traces(at, log) == []

    on_qasync(qapp, play)


BAD_INPUT = [
    "",
    "   ",
    "\r\n",
    "x" * 5000,
    "1" * 5000,
    "x" * (MAX_LENGTH + 1),
    "x" * MAX_LENGTH,
    "\x00\x1b[31m\x7f",
    "qm\x0000\u200b01",
    "１３８００００００１",
    "１３８-0000-0001",
    "😀😀😀",
    "会员王小明",
    "https://weixin.qq.com/r/abc",
    "WEIXIN://wxpay/bizpayurl",
    "' OR 1=1 --",
    "<b>qm1</b>",
    "\ud800",
    "\u202eabc",
    "-1",
    "0",
]


@pytest.mark.parametrize("text", BAD_INPUT, ids=lambda text: f"{ascii(text)[:24]} of {len(text)}")
def test_bad_input_gets_a_word_or_a_lookup(qapp: QApplication, text: str) -> None:
    async def play() -> None:
        async with desk() as at:
            at.controller.look_up(text, None)
            await asyncio.sleep(0)
            looked_up = at.controller._lookups.running
            assert looked_up is (at.view.hint is None)
            if looked_up:
                await until(lambda: bool(at.runs), "the lookup")
                assert 0 < len(at.runs[0].request.identifiers[0].value) <= MAX_LENGTH
                at.runs[0].fail_all(errors.MemberNotFoundError("nobody"))
                await at.end(at.runs[0])
            assert hint_text(at.window)

    on_qasync(qapp, play)


def test_a_word_forgets_the_member_before(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            at.controller.scan("https://weixin.qq.com/r/abc")
            assert "网址" in hint_text(at.window)
            assert not shows(at.window, "A级")
            at.window.refresh_requested.emit()
            assert len(at.runs) == 1

    on_qasync(qapp, play)
