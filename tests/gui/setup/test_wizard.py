"""The first start: from nothing to the first scan, with keys and the scanner alone."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from posmember.errors import CredentialError
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.sandbox.server import RunningSandbox
from posmember.scanning.findings import ProposedSettings
from posmember.settings import config, files
from posmember.settings.draft import draft_paths, read_draft
from posmember.settings.policy import Policy
from posmember.ui.scanner_check.sheet import ScannerCheckSheet
from tests.fakes.wechat import MemoryStore
from tests.gui.setup.till import CODE, STORE, Key, TillAtWork, play, write_config

pytestmark = pytest.mark.usefixtures("one_application")


def key_field(till: TillAtWork) -> Any:
    key = till.wizard.forms[0].key
    assert key is not None
    return key


async def to_the_check(till: TillAtWork, base_url: str) -> None:
    """Fill in all pages, by keys alone."""
    await till.at_wizard()
    till.press(OPEN_ID, Key.Key_Return, GRANT_CODE, Key.Key_Return, OPEN_KEY)
    till.push("高级")
    till.press(Key.Key_Tab, base_url)
    till.push("下一步")
    till.press(STORE.code, Key.Key_Return, str(STORE.number))
    for _page in range(3):
        till.push("下一步")
    assert "第 5 步" in till.wizard.title.text()


async def to_the_end(till: TillAtWork, base_url: str) -> None:
    await to_the_check(till, base_url)
    await till.until(till.wizard.check.list.is_good, "a good check")
    till.push("完成")


def asked_for(served: RunningSandbox, code: str) -> bool:
    return any(call.params.get("identifierNumber") == code for call in served.sandbox.calls)


def test_from_nothing_to_the_first_scan(base_url: str, served: RunningSandbox) -> None:
    async def work(till: TillAtWork) -> None:
        await to_the_end(till, base_url)
        await till.until_said("设置好了")
        assert not asked_for(served, CODE)
        assert till.screens() == []
        till.scan(CODE)
        await till.until(lambda: asked_for(served, CODE), "the first lookup")
        await till.until_said("王")

    keyring = play(work)
    assert isinstance(keyring, MemoryStore)
    assert keyring.kept == {OPEN_ID: OPEN_KEY}
    settings = config.load()
    assert settings.platform.open_id == OPEN_ID
    assert (settings.store.code, settings.store.id) == (STORE.code, str(STORE.number))
    assert settings.path is not None
    assert OPEN_KEY not in settings.path.read_text()
    assert not draft_paths()[0].exists()


def test_what_was_typed_is_there_again_also_after_a_restart_but_no_secret(base_url: str) -> None:
    async def leave(till: TillAtWork) -> None:
        await till.at_wizard()
        till.press(OPEN_ID, Key.Key_Return, GRANT_CODE, Key.Key_Return, OPEN_KEY)
        till.press(Key.Key_Escape)
        assert key_field(till).text() == ""
        await till.until_said("再按一次 Esc")
        till.press(OPEN_KEY[:4], Key.Key_Escape, Key.Key_Escape)
        assert till.screens() == []
        await till.until_said("按 Ctrl+, 继续")
        till.open_settings()
        assert till.wizard.forms[0].values()["platform.open_id"] == OPEN_ID
        assert till.wizard.said() == ""

    async def come_back(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        values = wizard.forms[0].values()
        assert (values["platform.open_id"], values["platform.grant_code"]) == (OPEN_ID, GRANT_CODE)
        assert key_field(till).text() == ""
        assert QApplication.focusWidget() is key_field(till).editor, "what is still to be typed"

    play(leave)
    assert OPEN_KEY.encode() not in draft_paths()[0].read_bytes()
    assert read_draft(draft_paths()[0])["platform.open_id"] == OPEN_ID
    play(come_back)


def test_closing_the_window_keeps_what_was_typed() -> None:
    async def work(till: TillAtWork) -> None:
        await till.at_wizard()
        till.press("an-id-of-ours")
        till.window.close()

    play(work)
    assert read_draft(draft_paths()[0]) == {"platform.open_id": "an-id-of-ours"}


def test_keys_come_by_scanner_and_members_codes_are_refused(
    base_url: str, served: RunningSandbox
) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        for code in (CODE, "13800000001", "6901234567892", "134567890123456789"):
            till.scan(code)
            await till.until(lambda: bool(wizard.said()), "a word")
            assert code not in till.texts()
            assert wizard.forms[0].values() == {}
            wizard.say("")
        till.scan(OPEN_ID)
        till.scan(GRANT_CODE)
        till.scan(f'"{OPEN_KEY}"')
        await till.until(lambda: key_field(till).key() == OPEN_KEY, "the key")
        values = wizard.forms[0].values()
        assert (values["platform.open_id"], values["platform.grant_code"]) == (OPEN_ID, GRANT_CODE)
        assert OPEN_KEY not in till.texts()
        assert not served.sandbox.calls

    play(work)


def test_what_cannot_be_right_is_said_at_once() -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        rows = wizard.forms[0]._rows
        till.press("an id", Key.Key_Return)
        assert "中间没有空格" in rows[0].said()
        till.press("another", Key.Key_Return, "a key", Key.Key_Return)
        assert "中间没有空格" in rows[2].said()
        assert "第 1 步" in wizard.title.text(), (
            "Enter in the last row goes on only where all is right"
        )
        assert QApplication.focusWidget() is rows[0].editor

    play(work)


def test_only_the_key_is_asked_for_where_the_rest_is_there(base_url: str) -> None:
    path = write_config(base_url)
    before = path.read_bytes()

    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        assert "共 2 步" in wizard.title.text()
        till.press(OPEN_KEY, Key.Key_Return)
        await till.until(wizard.check.list.is_good, "a good check")
        till.press(Key.Key_Space)
        await till.until_said("设置好了")
        till.scan(CODE)
        await till.until_said("王")

    keyring = play(work)
    assert isinstance(keyring, MemoryStore)
    assert keyring.kept == {OPEN_ID: OPEN_KEY}
    assert path.read_bytes() == before


def test_a_keyring_that_takes_nothing_leaves_the_key_for_this_session(base_url: str) -> None:
    store = MemoryStore()
    store.break_after(0)

    async def work(till: TillAtWork) -> None:
        await to_the_end(till, base_url)
        await till.until_said("密钥没有保存")
        till.push("这次开机先用")
        await till.until_said("设置好了")
        till.scan(CODE)
        await till.until_said("王")

    play(work, store=store)
    assert store.kept == {}
    assert OPEN_KEY not in (config.load().path or Path()).read_text()


class SilentStore(MemoryStore):
    """A keyring that waits for a person, and tells when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = threading.Event()

    def get(self, name: str) -> str | None:
        self.unlocked.wait(20)
        raise CredentialError("dismissed")


def test_a_keyring_that_hangs_blocks_nothing(base_url: str) -> None:
    store = SilentStore()

    async def work(till: TillAtWork) -> None:
        await to_the_end(till, base_url)
        await till.until_said("正在等待系统密钥库解锁")
        till.push("这次开机先用")
        await till.until_said("设置好了")
        till.scan(CODE)
        await till.until_said("王")

    try:
        play(work, store=store)
    finally:
        store.unlocked.set()


def test_a_full_disk_loses_nothing(base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, full = files.replace_file, True

    def replace_file(path: Path, content: bytes) -> None:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(path, content)

    monkeypatch.setattr("posmember.settings.edit.replace_file", replace_file)

    async def work(till: TillAtWork) -> None:
        nonlocal full
        await to_the_end(till, base_url)
        await till.until_said("磁盘满了")
        assert till.wizard.forms[0].values()["platform.open_id"] == OPEN_ID
        full = False
        till.push("完成")
        await till.until_said("设置好了")

    play(work)
    assert config.load().store.code == STORE.code


def test_a_platform_that_is_not_reached_is_said_and_all_can_be_kept(closed_port: str) -> None:
    async def work(till: TillAtWork) -> None:
        await to_the_check(till, closed_port)
        await till.until_said("请检查网络")
        assert "没有检查" in till.texts()
        till.push("完成")
        await till.until_said("设置好了")

    play(work)
    assert config.load().platform.base_url == closed_port


def test_where_head_office_sets_all_nobody_is_asked(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        await till.until_said("请联系管理员")
        assert till.screens() == []
        till.open_settings()
        assert till.screens() == []

    play(work, policy=Policy("a policy", {"policy.settings": "locked"}))


def test_the_scanner_check_fills_in_what_it_found(base_url: str) -> None:
    proposed = ProposedSettings(prefix="]C1", enter_follows=False, max_gap_ms=60)

    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        wizard._turn_to(2)
        till.press(Key.Key_F9)
        (sheet,) = till.window.findChildren(ScannerCheckSheet)
        assert sheet.is_open()
        sheet.proposal_accepted.emit(proposed)
        assert not sheet.is_open()
        values = wizard.scanner.values()
        assert values["scanner.prefix"] == "]C1"
        assert values["scanner.enter_follows"] is False
        assert values["scanner.max_gap_ms"] == 60
        till.press(Key.Key_Escape)
        assert till.screens() == []

    play(work)


def test_no_key_comes_to_the_window_beneath(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        here = set()
        for _ in range(30):
            till.press(Key.Key_Tab)
            focused = QApplication.focusWidget()
            assert focused is not None
            assert wizard.isAncestorOf(focused)
            here.add(focused)
        assert len(here) > 5
        till.tab_to(till.button("下一步"))
        till.press("qm1", Key.Key_F8, Key.Key_F2, Key.Key_F5, "/", Key.Key_F1)
        assert till.window.scan_field.text() == ""
        focused = QApplication.focusWidget()
        assert focused is not None
        assert wizard.isAncestorOf(focused)
        assert till.screens() == [wizard]

    play(work)


def test_enter_goes_on_by_one_and_a_held_one_no_further(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        rows = wizard.forms[0]._rows
        till.press(OPEN_ID, Key.Key_Return)
        assert QApplication.focusWidget() is rows[1].editor
        for _ in range(5):
            event = QKeyEvent(
                QEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
            )
            QApplication.sendEvent(till.window.windowHandle(), event)
        assert QApplication.focusWidget() is rows[1].editor
        till.press(GRANT_CODE, Key.Key_Return, OPEN_KEY, Key.Key_Return)
        assert "第 2 步" in wizard.title.text()
        till.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)
        assert "第 3 步" in wizard.title.text()
        till.press(Key.Key_Return)
        assert "第 4 步" in wizard.title.text()

    play(work)


def test_the_scan_field_has_the_keyboard_in_the_end(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        await to_the_end(till, base_url)
        await till.until_said("设置好了")
        assert QApplication.focusWidget() is till.window.scan_field

    play(work)


@pytest.mark.parametrize("way", ["F5", "a scan"])
def test_a_key_that_others_keep_is_found(base_url: str, served: RunningSandbox, way: str) -> None:
    write_config(base_url)
    store = MemoryStore()

    async def work(till: TillAtWork) -> None:
        await till.at_wizard()
        store.kept[OPEN_ID] = OPEN_KEY
        till.press(Key.Key_F5) if way == "F5" else till.scan(CODE)
        await till.until_said("密钥读到了")
        assert till.screens() == []
        assert not asked_for(served, CODE)
        till.scan(CODE)
        await till.until_said("王")

    play(work, store=store)


def test_a_scanners_late_enter_is_no_persons(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        await till.at_wizard()
        for code in (OPEN_ID, GRANT_CODE, OPEN_KEY):
            till.scan(code)
        assert "第 2 步" in till.wizard.title.text()
        first = till.window.focusWidget()
        till.press(Key.Key_Return)
        assert till.window.focusWidget() is first, "it was the scanner's"
        await till.until(lambda: not till.wizard.forms[1]._late_enter.may_come(), "half a second")
        till.press(Key.Key_Return)
        assert till.window.focusWidget() is not first

    play(work)
