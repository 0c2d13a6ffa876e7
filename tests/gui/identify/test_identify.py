"""账号密码 and 实体卡: typed, read and refused, by real key events."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.domain.identifier import AccountLogin, Identifier, IdentifierKind, PhysicalCard
from posmember.errors import ApiBusinessError, ApiTimeoutError, RateLimitedError
from posmember.lookup.sections import Section
from posmember.ui.panels.secret_sheet import IDLE_MS
from posmember.ui.wording.secrets import identify_error_text
from tests.gui.driving import answer, hint_text, identity, shows, until
from tests.gui.identify.counter import (
    CARD,
    CONTROL,
    INNER,
    PASSWORD,
    PHONE,
    Counter,
    Key,
    everything_held,
    focused,
    held_by_python,
    played,
    refusal,
)

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_by_account_and_password(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        asked = await at.question()
        assert asked.subject == AccountLogin(PHONE, PASSWORD)
        assert "正在核对" in at.said()
        assert at.sheet.secret.text() == ""
        asked.give()
        await until(lambda: len(at.runs) == 1, "the lookup")
        assert not at.is_open()
        request = at.runs[0].request
        assert request.identifiers == (Identifier(IdentifierKind.USER_ID, "id-A"),)
        assert request.shown is not None
        assert request.shown.user_id == "id-A"
        assert at.window.scan_field.text() == "", "no number that Enter would look up as a code"
        at.runs[0].answer_all("A")
        await at.end(at.runs[0])
        assert shows(at.window, "A级")
        at.press(Key.Key_F5)
        await until(lambda: len(at.runs) == 2, "the refresh")
        assert at.runs[1].request.identifiers[0].value == "id-A"
        at.runs[1].answer_all("B")
        await at.end(at.runs[1])
        assert shows(at.window, "A级"), "nobody else's is taken"

    played(qapp, work)


def test_by_card_typed_by_hand(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened("card")
        at.press(CARD, Key.Key_Return)
        assert focused() is at.sheet.secret
        at.press(INNER, Key.Key_Return)
        await until(lambda: bool(at.platform.asked), "the question")
        assert at.platform.asked[0].subject == PhysicalCard(CARD, INNER)

    played(qapp, work)


@pytest.mark.parametrize("bursts", [(CARD, INNER), (f"{CARD}\r{INNER}",)], ids=["two", "one"])
def test_by_a_reader(qapp: QApplication, bursts: tuple[str, ...]) -> None:
    async def work(at: Counter) -> None:
        await at.opened("card")
        for burst in bursts:
            at.burst(burst)
        await until(lambda: bool(at.platform.asked), "the question")
        assert at.platform.asked[0].subject == PhysicalCard(CARD, INNER)
        assert at.scans == [CARD, INNER]
        assert at.runs == []

    played(qapp, work)


def test_a_readers_number_over_one_that_is_there(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened("card")
        at.burst("VIP889999")
        at.sheet.number.setFocus()
        at.burst(CARD)
        assert at.sheet.number.text() == CARD
        assert focused() is at.sheet.secret

    played(qapp, work)


@pytest.mark.parametrize("code", ["qm0000002", "134567890123456789", "6901234567892"])
@pytest.mark.parametrize("where", ["number", "secret", "scan field"])
def test_a_scan_at_the_password_is_nobodys(
    qapp: QApplication, caplog: pytest.LogCaptureFixture, code: str, where: str
) -> None:
    caplog.set_level(logging.DEBUG)

    async def work(at: Counter) -> None:
        run = await at.found()
        await at.opened()
        at.press(PHONE, Key.Key_Return, PASSWORD[:4])
        {"number": at.sheet.number, "secret": at.sheet.secret, "scan field": at.window.scan_field}[
            where
        ].setFocus()
        at.burst(code)
        await at.painted()
        assert at.scans == [code]
        assert "没有查询" in at.said()
        assert at.runs == [run]
        assert at.platform.asked == []
        assert (at.sheet.number.text(), at.sheet.secret.text()) == (PHONE, PASSWORD[:4])
        at.sheet.secret.forget()
        assert code not in everything_held(at, caplog.text)

    played(qapp, work)


@pytest.mark.parametrize("code", ["134567890123456789", "6222021234567890128"])
def test_no_payment_code_is_a_cards_number(qapp: QApplication, code: str) -> None:
    async def work(at: Counter) -> None:
        await at.opened("card")
        at.burst(code)
        assert at.sheet.number.text() == ""
        assert at.said()
        assert at.runs == []

    played(qapp, work)


def test_a_scan_while_the_platform_is_asked_is_the_next_customers(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        asked = await at.question()
        at.burst("qm0000002")
        await until(lambda: len(at.runs) == 1, "the lookup")
        assert not at.is_open()
        if not asked.answer.done():
            asked.give()
        await at.painted()
        assert len(at.runs) == 1, "the late answer is nobody's"
        assert at.runs[0].request.identifiers[0].value == "qm0000002"

    played(qapp, work)


def test_a_scan_that_began_at_the_secret_is_not_looked_up(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        at.window.begin_burst()
        at.press(Key.Key_Escape)
        assert not at.is_open()
        at.controller.scan("qm0000002")
        at.controller.scan("qm0000003", 2)
        assert at.runs == []
        assert "没有查询" in hint_text(at.window)
        await at.scan("code-B")

    played(qapp, work)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("账号或密码错误", "号码或密码不对"),
        ("密码错误次数过多，账号已锁定", "暂时锁定"),
        ("账号已冻结", "已冻结"),
    ],
)
def test_why_not_in_words(qapp: QApplication, words: str, said: str) -> None:
    async def work(at: Counter) -> None:
        run = await at.found()
        await at.opened()
        asked = await at.question()
        asked.refuse(refusal(words, ApiBusinessError, code="40012"))
        await until(lambda: said in at.said(), "the words")
        assert focused() is at.sheet.secret
        assert (at.sheet.number.text(), at.sheet.secret.text()) == (PHONE, "")
        assert shows(at.window, "A级"), "who is on the screen stays"
        assert at.runs == [run]
        again = await at.question()
        again.give("id-B")
        await until(lambda: len(at.runs) == 2, "the lookup")
        assert not shows(at.window, "A级")

    played(qapp, work)


def test_other_failures_have_a_number_and_no_secret(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def work(at: Counter) -> None:
        await at.opened()
        for error in (ApiTimeoutError("late"), RateLimitedError("busy"), refusal("系统维护")):
            asked = await at.question()
            asked.refuse(error)
            await until(lambda: "问题编号" in at.said(), "the number")
            words, _, _its_number = at.said().partition("问题编号")
            assert "F5" not in words
        assert PASSWORD not in caplog.text

    played(qapp, work)


@pytest.mark.allow_log("posmember.ui.till.identifying")
def test_a_bug_is_said(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        asked = await at.question()
        asked.refuse(ValueError("a bug"))
        await until(lambda: "程序出错" in at.said(), "the words")

    played(qapp, work)


def test_another_person_is_not_looked_up(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        asked = await at.question()
        asked.give(mobile="13900000009")
        await until(lambda: "另一位会员" in at.said(), "the words")
        assert at.runs == []

    played(qapp, work)


def test_what_the_lookup_tells_of_somebody_else_is_not_shown(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        (await at.question()).give("id-A")
        await until(lambda: len(at.runs) == 1, "the lookup")
        assert at.runs[0].request.shown is not None
        at.runs[0].deliver(Section.IDENTITY, answer(Section.IDENTITY, "A"))
        assert identity("A").user_id == at.runs[0].request.shown.user_id
        at.runs[0].end()

    played(qapp, work)


WAYS_TO_END = ("escape", "cancel", "clear", "idle", "another lookup")


@pytest.mark.parametrize("way", WAYS_TO_END)
@pytest.mark.parametrize("kind", ["account", "card"])
def test_nothing_of_it_is_found_afterwards(
    qapp: QApplication, caplog: pytest.LogCaptureFixture, way: str, kind: str
) -> None:
    caplog.set_level(logging.DEBUG)

    async def work(at: Counter) -> None:
        await at.opened(kind)
        at.press(PHONE, Key.Key_Return, PASSWORD)
        assert at.sheet.secret.text() == PASSWORD
        match way:
            case "escape":
                at.press(Key.Key_Escape)
            case "cancel":
                at.sheet._cancel.click()
            case "clear":
                at.window.cleared.emit()
            case "idle":
                assert at.sheet._idle.isActive()
                assert at.sheet._idle.interval() == IDLE_MS
                at.sheet._idle.setInterval(1)
                at.sheet._idle.start()
            case "another lookup":
                at.window.identifier_entered.emit("code-B", None)
        await until(lambda: not at.is_open(), "the end of it")
        held = everything_held(at, caplog.text)
        assert PASSWORD not in held
        assert PHONE not in held
        await at.opened(kind)
        assert (at.sheet.number.text(), at.sheet.secret.text()) == ("", "")

    played(qapp, work)


def test_nor_after_it_was_asked_by(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "".join(("only", "ever", "typed", "42"))
    before = len(held_by_python(secret))

    async def work(at: Counter) -> None:
        for gives in (False, True):
            await at.opened()
            at.press(PHONE, Key.Key_Return, secret, Key.Key_Return)
            await until(lambda: bool(at.platform.asked), "the question")
            asked = at.platform.asked.pop()
            if gives:
                asked.give()
            else:
                asked.refuse(refusal("账号或密码错误", ApiBusinessError))
            del asked
            await until(lambda: "不对" in at.said() or not at.is_open(), "the answer")
            await at.painted()
            assert secret not in everything_held(at, caplog.text)
            assert len(held_by_python(secret)) == before
            at.entry.close_sheet()
        at.runs[0].end()

    played(qapp, work)


def test_it_cannot_be_taken_out(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        QGuiApplication.clipboard().setText("of before")
        await at.opened()
        at.press(PHONE, Key.Key_Return, PASSWORD)
        for field in (at.sheet.number, at.sheet.secret):
            field.setFocus()
            field.selectAll()
            for letter in "CXZ":
                at.press(letter, modifiers=CONTROL)
            kind, left = QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton
            place = QPointF(QPoint(5, 5))
            event = QMouseEvent(kind, place, place, left, left, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(field, event)
            assert not field.hasSelectedText()
            assert not field.dragEnabled()
            assert field.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu
            assert not field.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
            hints = field.inputMethodHints()
            assert hints & Qt.InputMethodHint.ImhSensitiveData
            assert hints & Qt.InputMethodHint.ImhNoPredictiveText
        assert at.sheet.secret.echoMode() == QLineEdit.EchoMode.Password
        assert at.sheet.secret.displayText() != PASSWORD
        assert (at.sheet.number.text(), at.sheet.secret.text()) == (PHONE, PASSWORD)
        assert QGuiApplication.clipboard().text() == "of before"

    played(qapp, work)


def test_keys_that_are_struck_in_no_field_go_nowhere(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        at.press(PHONE, Key.Key_Return)
        at.sheet._cancel.setFocus()
        at.press(PASSWORD)
        assert at.window.scan_field.text() == ""
        at.sheet.secret.setFocus()
        await at.question()
        at.press(PASSWORD, Key.Key_Return)
        assert at.window.scan_field.text() == ""
        assert len(at.platform.asked) == 1

    played(qapp, work)


def test_what_is_missing_is_not_asked_by(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        at.press(PHONE, Key.Key_Return, Key.Key_Return)
        assert focused() is at.sheet.secret
        at.press(PASSWORD)
        at.sheet.number.setText("1380000")
        at.sheet.secret.setFocus()
        at.press(Key.Key_Return)
        assert "11" in at.said()
        assert focused() is at.sheet.number
        at.sheet.number.setText(" ")
        at.sheet.secret.setFocus()
        at.press(Key.Key_Return)
        assert "请先输入手机号" in at.said()
        await at.painted()
        assert at.platform.asked == []

    played(qapp, work)


@pytest.mark.parametrize("size", [(960, 560), (512, 320), (1366, 768)])
def test_it_lies_within_the_window(qapp: QApplication, size: tuple[int, int]) -> None:
    async def work(at: Counter) -> None:
        at.window.setMinimumSize(0, 0)
        at.window.resize(*size)
        await at.opened()
        await at.painted()
        assert at.window.rect().contains(at.sheet.geometry())
        at.window.resize(1100, 700)
        await at.painted()
        assert at.window.rect().contains(at.sheet.geometry())

    played(qapp, work)


def test_each_failure_has_words_without_a_key_that_would_refresh() -> None:
    for error in (ApiTimeoutError("x"), RateLimitedError("x"), refusal("x")):
        said = identify_error_text(error)
        assert said
        assert "F5" not in said


def test_the_card_is_chosen_by_keys_alone(qapp: QApplication) -> None:
    async def work(at: Counter) -> None:
        await at.opened()
        at.press(PHONE, Key.Key_F11)
        assert at.sheet._kinds.value() == "card"
        assert at.sheet.number.text() == ""
        assert focused() is at.sheet.number
        at.press(Key.Key_Tab)
        assert focused() is at.sheet.secret
        at.press(Key.Key_Tab, Key.Key_Tab)
        assert focused() is at.sheet._go
        at.press(Key.Key_F11)
        assert at.sheet._kinds.value() == "account"
        await at.question()
        at.press(Key.Key_F11)
        assert at.sheet._kinds.value() == "account", "not while somebody is asked about"

    played(qapp, work)
