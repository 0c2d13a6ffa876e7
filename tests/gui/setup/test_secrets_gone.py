"""Esc empties a secret first; a locked PC or another user leaves none anywhere, nor its undo."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.sandbox.account import GRANT_CODE, OPEN_ID
from posmember.settings.policy import Policy
from posmember.settings.setting import Page
from posmember.ui.settings.form_page import FormPage
from tests.gui.privacy.traces import python_traces, qt_traces
from tests.gui.setup.test_paper import PASSPHRASE, pages
from tests.gui.setup.till import STORE, Key, TillAtWork, play, set_up_store, write_config

pytestmark = pytest.mark.usefixtures("one_application")


def secret() -> str:
    """Made anew each time: a constant would be found by who looks for it."""
    return "".join(map(str, (7351, 9264, 8057)))


async def type_secret(till: TillAtWork) -> None:
    """Type it, letter by letter, and take one back, so that undo has something to bring back."""
    till.press(secret() + "5", Key.Key_Backspace)
    assert field_with_keyboard().text() == secret()


def field_with_keyboard() -> QLineEdit:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    return field


async def first_start(till: TillAtWork) -> None:
    await till.at_wizard()
    till.press(OPEN_ID, Key.Key_Return, GRANT_CODE, Key.Key_Return)
    await type_secret(till)


async def first_start_at_its_last_page(till: TillAtWork) -> None:
    await first_start(till)
    till.push("下一步")
    till.press(STORE.code, Key.Key_Return, str(STORE.number))
    for _page in range(3):
        till.push("下一步")
    assert "第 5 步" in till.wizard.title.text()
    check = till.wizard.check
    await till.until(lambda: not check._work.running, "the end of the check")


async def settings(till: TillAtWork) -> None:
    till.open_settings()
    form = till.settings.pages.page(Page.PLATFORM.value)
    assert isinstance(form, FormPage)
    assert form.key is not None
    till.tab_to(form.key.editor)
    await type_secret(till)


async def settings_at_another_page(till: TillAtWork) -> None:
    await settings(till)
    till.settings.pages.turn_to(Page.STORE.value)


async def supervisors_pin(till: TillAtWork) -> None:
    till.open_settings()
    assert till.settings.asks_pin()
    till.press("1001", Key.Key_Return)
    await type_secret(till)


async def new_supervisor(till: TillAtWork) -> None:
    till.open_settings()
    till.settings.pages.turn_to("supervisors")
    till.settings.pages.page("supervisors").setFocus()  # type: ignore[union-attr]
    till.press("1001", Key.Key_Return)
    await type_secret(till)


async def identify(till: TillAtWork) -> None:
    till.press(Key.Key_F11)
    till.press("13800000001", Key.Key_Return)
    await type_secret(till)


AT_SETTINGS = (settings, settings_at_another_page, supervisors_pin, new_supervisor, identify)


def play_at(
    begin: Callable[[TillAtWork], Awaitable[None]],
    base_url: str,
    work: Callable[[TillAtWork], Awaitable[None]],
) -> None:
    async def all_of_it(till: TillAtWork) -> None:
        await begin(till)
        await work(till)

    policy = Policy("a test", {"policy.settings": "pin" if begin is supervisors_pin else "open"})
    if begin in AT_SETTINGS:
        write_config(base_url)
        play(all_of_it, store=set_up_store(), policy=policy)
    else:
        play(all_of_it)


@pytest.mark.allow_log("posmember.ui.settings.checking")
@pytest.mark.parametrize("begin", [first_start, first_start_at_its_last_page, *AT_SETTINGS])
def test_a_locked_pc_leaves_nothing_of_it(
    base_url: str, begin: Callable[[TillAtWork], Awaitable[None]]
) -> None:
    async def work(till: TillAtWork) -> None:
        till.window.forget()
        assert till.screens() == []
        await asyncio.sleep(0)
        assert qt_traces({secret()}) == []
        assert python_traces(secret) == []

    play_at(begin, base_url, work)


@pytest.mark.parametrize("begin", [first_start, settings, supervisors_pin, new_supervisor])
def test_esc_empties_it_and_then_closes(
    base_url: str, begin: Callable[[TillAtWork], Awaitable[None]]
) -> None:
    async def work(till: TillAtWork) -> None:
        (screen,) = till.screens()
        field = field_with_keyboard()
        till.press(Key.Key_Escape)
        assert screen.is_open()
        assert "再按一次 Esc" in screen.said()
        assert field_with_keyboard() is field
        assert qt_traces({secret()}) == []
        assert python_traces(secret) == []
        till.press(Key.Key_Escape)
        assert till.screens() == []

    play_at(begin, base_url, work)


def test_a_passphrase_in_sight_is_emptied_too(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        for part in pages(base_url):
            till.scan(part)
        await till.until_said("请输入口令")
        till.press(PASSPHRASE[:6])
        wizard.paper._show.setChecked(True)
        till.press(Key.Key_Escape)
        assert wizard.paper.passphrase.text() == ""
        assert wizard.is_open()

    play(work)


def test_a_printed_page_is_scanned_again_after_its_keys_are_gone(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        for part in pages(base_url):
            till.scan(part)
        await till.until_said("请输入口令")
        till.press(PASSPHRASE, Key.Key_Return)
        await till.until_said("请填这家店的编码")
        till.press(STORE.code)
        till.window.forget()
        assert till.screens() == []
        till.open_settings()
        await till.until_said("请再扫一次二维码纸")
        assert "第 1 步" in wizard.title.text()
        assert wizard.store.values()["store.code"] == STORE.code
        assert wizard._changes() != {}
        assert wizard._more == {}
        till.push("下一步")
        assert "第 1 步" in wizard.title.text(), "there is no key"

    play(work)
