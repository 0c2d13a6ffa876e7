"""What support is told, in the window: shown whole, saved whole, with nothing of anybody in it."""

from __future__ import annotations

import errno
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from posmember import app as program
from posmember.cli.training import is_for_training, training_network, training_settings
from posmember.errors import CredentialError
from posmember.log.files import log_folder
from posmember.lookup import support as bundle
from posmember.lookup.support import CHECK, LOG, SETTINGS_FILE, VERSIONS
from posmember.lookup.training import Training
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.settings import files
from posmember.settings.policy import Policy
from posmember.ui import tour
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.setup.support_screen import SupportScreen
from posmember.ui.setup.text_page import TextPage
from posmember.ui.theme import install_theme
from tests.fakes.wechat import MemoryStore
from tests.gui.setup.till import CODE, SHIFT, Key, TillAtWork, play, set_up_store, write_config

pytestmark = [pytest.mark.usefixtures("one_application"), pytest.mark.usefixtures("quick_pins")]

NAME, PHONE, COUPON = "王小明", "13957924681", "860000010001"
ENGLISH_PERSON = '{"name": "Zhang San", "mobile": "139 5792 4681"}'
WECHAT_ID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
SEEDS = (NAME, PHONE, COUPON, "Zhang San", "5792", WECHAT_ID, OPEN_KEY, OPEN_ID, GRANT_CODE,
         "a-proxy-password", "a-name-of-the-proxy")  # fmt: skip
STORE = '\n[store]\ncode = "1001"\nname = "人民广场店"'


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> None:
    """The dialog looks as the window does, and nothing of the style is wrong for it."""
    install_theme(qapp)


def seed_log() -> None:
    """Fill the log with what must never be in it, as an older edition might have."""
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f"2026-11-20 12:00:00 INFO posmember: {NAME} {PHONE} {COUPON} {WECHAT_ID}",
        f"2026-11-20 12:00:00 INFO posmember: body {ENGLISH_PERSON}",
        f"2026-11-20 12:00:00 INFO posmember: key {OPEN_KEY} {OPEN_ID}",
        f"2026-11-20 12:00:00 INFO posmember: at http://x:a-proxy-password@host/?k={PHONE}",
        f"{'word ' * 399}123 {PHONE} {'x' * 3000}",
        "2026-11-20 12:00:01 INFO posmember: the last line",
    ]
    (folder / "posmember.log.1").write_text("\n".join(lines) + "\n", encoding="utf-8")


def screen_of(till: TillAtWork) -> SupportScreen:
    return till._open(SupportScreen)


async def opened(till: TillAtWork) -> SupportScreen:
    """Open it, from wherever the window is, and wait until it is whole."""
    till.press(Key.Key_F1, modifiers=SHIFT)
    await whole(till)
    return screen_of(till)


async def whole(till: TillAtWork) -> None:
    await till.until(lambda: screen_of(till).entries, "what is told")


async def shown(till: TillAtWork, name: str) -> str:
    """What a part shows, come to by keys."""
    pages = screen_of(till).pages
    till.tab_to(pages._tabs[pages.shown])
    for _ in range(4):
        if pages.shown != name:
            till.press(Key.Key_Down)
    page = pages.page(name)
    assert isinstance(page, TextPage)
    await till.until(page.is_whole, "the whole part")
    return page.toPlainText()


def dialog() -> QFileDialog | None:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
    return next((each for each in found if each.isVisible()), None)


async def asked(till: TillAtWork) -> QFileDialog:
    """Push 保存…, and wait for the dialog."""
    till.push("保存…")
    await till.until(dialog, "the dialog")
    found = dialog()
    assert found is not None
    return found


async def save_as(till: TillAtWork, path: Path) -> None:
    found = await asked(till)
    found.findChildren(QLineEdit)[0].setText(str(path))
    found.accept()
    await till.until(lambda: dialog() is None, "no dialog")


def every_byte(path: Path) -> bytes:
    """A zip file, and what is in it."""
    with zipfile.ZipFile(path) as read:
        assert read.testzip() is None
        return path.read_bytes() + b"".join(read.read(name) for name in read.namelist())


def test_it_is_shown_whole_and_saved_with_nothing_of_anybody(base_url: str, tmp_path: Path) -> None:
    proxy = '\nproxy = "http://a-name-of-the-proxy:a-proxy-password@proxy.invalid:8080"'
    write_config(base_url, more=f"{proxy}\n{STORE}")
    seed_log()
    path = tmp_path / "to support.zip"
    parts: dict[str, str] = {}

    async def work(till: TillAtWork) -> None:
        await opened(till)
        for name in (VERSIONS, SETTINGS_FILE, CHECK, LOG):
            parts[name] = await shown(till, name)
        await save_as(till, path)
        await till.until_said(f"已保存：{path}")

    play(work, store=set_up_store())
    with zipfile.ZipFile(path) as read:
        assert {name: read.read(name).decode() for name in read.namelist()} == parts
    content = every_byte(path)
    for seed in SEEDS:
        for form in (seed.encode(), seed.encode("utf-16-le"), seed.encode("gbk", "ignore")):
            assert form not in content, seed
    assert "the last line" in parts[LOG]
    assert "人民广场店" in parts[SETTINGS_FILE]
    assert parts[CHECK] == "none\n"


def test_the_check_is_run_on_request_and_is_in_it(base_url: str) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        screen = await opened(till)
        till.push("检查连接")
        await till.until(lambda: "keys good" in screen.entries.get(CHECK, ""), "the check")
        assert screen.entries[CHECK].startswith("checked 20")
        assert await shown(till, CHECK) == screen.entries[CHECK]

    play(work, store=set_up_store())


def test_the_check_of_the_settings_is_the_last_one(base_url: str) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        till.open_settings()
        page: Any = till.settings.pages.turn_to("check")
        page.again.click()
        await till.until(page.list.is_good, "the check")
        screen = await opened(till)
        assert "gift_cards good" in screen.entries[CHECK]
        till.press(Key.Key_Escape)
        assert till.settings.pages.shown == "check"

    play(work, store=set_up_store())


def test_without_a_configuration_the_first_start_comes_back_behind_it() -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        wizard.forms[0]._rows[0].editor.setText("an-id-of-ours")  # type: ignore[attr-defined]
        screen = await opened(till)
        assert till.screens() == [screen]
        assert "no configuration" in screen.entries[SETTINGS_FILE]
        till.press(Key.Key_Escape)
        assert till.screens() == [wizard]
        assert wizard.forms[0]._rows[0].editor.text() == "an-id-of-ours"  # type: ignore[attr-defined]

    play(work)


def test_with_a_broken_configuration(base_url: str) -> None:
    path = write_config(base_url)
    path.write_text(f'[platform]\nopen_id = "{OPEN_ID}"\ngrant_code = {OPEN_KEY}"', "utf-8")

    async def work(till: TillAtWork) -> None:
        screen = await opened(till)
        assert "TOML" in screen.entries[SETTINGS_FILE]
        assert not any(OPEN_KEY in text or OPEN_ID in text for text in screen.entries.values())
        till.push("检查连接")
        await till.until(lambda: screen.entries and "not checked" in screen.entries[SETTINGS_FILE],
                         "why nothing was checked")  # fmt: skip

    play(work)


@pytest.mark.parametrize("access", ["locked", "pin"])
def test_a_policy_about_the_settings_is_none_about_support(base_url: str, access: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        till.open_settings()
        screen = await opened(till)
        assert till.screens() == [screen]
        till.press(Key.Key_Escape)
        assert till.settings.asks_pin() == (access == "pin")

    play(work, store=set_up_store(), policy=Policy("a policy", {"policy.settings": access}))


def test_where_nothing_is_to_be_set_up_it_is_there(base_url: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        await opened(till)

    play(work, store=set_up_store(), settable=False)


def test_in_training_mode_it_is_there_and_checks_no_connection(base_url: str) -> None:
    path = write_config(base_url, more=STORE)
    before = path.read_bytes()

    def load() -> program.Loaded:
        return training_settings(), lambda: OPEN_KEY, lambda: None

    async def script(window: MainWindow, controller: Controller) -> None:
        till = TillAtWork(window, controller, MemoryStore())
        await till.active()
        screen = await opened(till)
        assert not screen.check.isVisible()
        assert "training.invalid" in screen.entries[SETTINGS_FILE]
        assert base_url not in screen.entries[SETTINGS_FILE]

    training = Training(training_network, is_for_training)
    assert program.run(load, script=script, training=training) == 0
    assert path.read_bytes() == before


def test_a_locked_keyring_keeps_nothing_back(base_url: str) -> None:
    class Locked(MemoryStore):
        def get(self, name: str) -> str | None:
            raise CredentialError("the keyring is locked")

    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till)
        till.push("检查连接")
        await till.until(lambda: screen.entries and "is locked" in screen.entries[SETTINGS_FILE],
                         "why nothing was checked")  # fmt: skip

    play(work, store=Locked())


def test_a_lookup_under_way_goes_on(base_url: str, served: Any) -> None:
    write_config(base_url)
    served.sandbox.latency_ms = 300

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        till.scan(CODE)
        await opened(till)
        till.press(Key.Key_Escape)
        assert till.screens() == []
        await till.until_said("王")

    play(work, store=set_up_store())


def test_a_scan_is_neither_looked_up_nor_the_name_of_a_file(base_url: str, served: Any) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        served.sandbox.calls.clear()
        await opened(till)
        till.scan(CODE)
        await till.until_said("先关闭技术支持")
        found = await asked(till)
        name = found.findChildren(QLineEdit)[0]
        proposed = name.text()
        assert proposed.startswith("posmember-support-")
        assert proposed.endswith(".zip")
        name.setFocus()
        tour._Clock.ms += 2000
        tour.send_burst(found.windowHandle(), CODE + "\r")
        await till.until_said("先关闭技术支持")
        assert dialog() is found
        assert CODE not in name.text()
        found.reject()
        await till.until_said("没有保存")
        assert not served.sandbox.calls

    play(work, store=set_up_store())


def test_closing_it_closes_the_dialog_too(base_url: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till)
        await asked(till)
        till.window.forget()  # the PC is locked
        await till.until(lambda: dialog() is None, "no dialog")
        assert till.screens() == []
        assert not screen.entries

    play(work, store=set_up_store())


def test_the_program_ends_while_it_asks_for_a_place(base_url: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        await opened(till)
        await asked(till)

    play(work, store=set_up_store())
    assert dialog() is None


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(
    base_url: str, tmp_path: Path
) -> None:
    write_config(base_url)
    path = tmp_path / "a report.docx"
    path.write_bytes(b"a report")

    async def work(till: TillAtWork) -> None:
        await opened(till)
        await save_as(till, path)
        await till.until_said("已经有 a report.docx，没有保存")
        assert path.read_bytes() == b"a report"
        till.push("替换这个文件")
        await till.until_said("已保存")
        assert zipfile.is_zipfile(path)

    play(work, store=set_up_store())


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "不让写"), (errno.EIO, "换个位置")],
)
def test_what_cannot_be_saved_is_said_and_leaves_nothing(
    base_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    write_config(base_url)
    path = tmp_path / "bundle.zip"

    def fail(_handle: int, _content: bytes) -> None:
        raise OSError(number, "no")

    async def work(till: TillAtWork) -> None:
        await opened(till)
        monkeypatch.setattr(files, "_write", fail)
        await save_as(till, path)
        await till.until_said(said)
        monkeypatch.undo()
        await save_as(till, path)
        await till.until_said("已保存")

    play(work, store=set_up_store())
    assert [each.name for each in tmp_path.iterdir()] == ["bundle.zip"]


def test_a_folder_that_is_gone_is_said(base_url: str, tmp_path: Path) -> None:
    write_config(base_url)
    folder = tmp_path / "stick"
    folder.mkdir()

    async def work(till: TillAtWork) -> None:
        await opened(till)
        found = await asked(till)
        found.findChildren(QLineEdit)[0].setText(str(folder / "x.zip"))
        folder.rmdir()
        found.accept()
        await till.until_said("没有保存，请换个位置保存")

    play(work, store=set_up_store())


@pytest.mark.allow_log("posmember.ui.settings.checking")
def test_a_bug_while_it_is_gathered_is_told_with_its_number(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(base_url)

    def fail(*_given: object) -> None:
        raise RuntimeError("a bug")

    async def work(till: TillAtWork) -> None:
        monkeypatch.setattr(bundle, "_versions", fail)
        till.press(Key.Key_F1, modifiers=SHIFT)
        await till.until_said("程序出错了")

    play(work, store=set_up_store())


def test_the_keys_sheet_and_the_page_of_a_failure_lead_there(base_url: str) -> None:
    write_config(base_url)
    store = MemoryStore({OPEN_ID: "a-wrong-key-0123456789"})

    async def work(till: TillAtWork) -> None:
        till.press(Key.Key_F1)
        till.button("技术支持").click()
        await whole(till)
        till.press(Key.Key_Escape)
        assert till.screens() == []
        till.scan(CODE)
        await till.until(lambda: [
            each for each in till.window.findChildren(QPushButton)
            if each.isVisible() and "技术支持" in each.text()
        ], "the page's button")  # fmt: skip
        till.button("技术支持").click()
        await whole(till)

    play(work, store=store)


def test_the_log_is_shown_at_its_end_and_a_closed_screen_holds_nothing(base_url: str) -> None:
    write_config(base_url)
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    line = "2026-11-20 12:00:00 INFO posmember: a line of a long log, as there are many\n"
    (folder / "posmember.log.1").write_text(line * 13_000, encoding="utf-8")

    async def work(till: TillAtWork) -> None:
        screen = await opened(till)
        text = await shown(till, LOG)
        assert text == screen.entries[LOG]
        page = screen.pages.page(LOG)
        assert isinstance(page, TextPage)
        bar = page.verticalScrollBar()
        assert bar.value() == bar.maximum() > 0
        till.press(Key.Key_Escape)
        assert page.toPlainText() == ""

    play(work, store=set_up_store())
