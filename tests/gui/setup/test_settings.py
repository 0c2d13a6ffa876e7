"""The settings in the window, by keys: read, checked as typed, kept, and gone by at once."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.api.qimai.signing import SignKeys
from posmember.api.wechat.access import to_text
from posmember.api.wechat.gate import MerchantAccess
from posmember.errors import CredentialError
from posmember.lookup.desk import KEYRING_NAME
from posmember.lookup.wechat_keys import kept_access
from posmember.sandbox.account import OPEN_ID, OPEN_KEY
from posmember.sandbox.qimai.signature import KeySpelling
from posmember.sandbox.server import RunningSandbox
from posmember.settings import config, files
from posmember.settings.last_language import last_language
from posmember.settings.policy import Policy
from posmember.settings.setting import Page
from posmember.trust.credentials import set_long
from posmember.trust.supervisors import Supervisors
from posmember.ui.settings.form_page import FormPage
from posmember.ui.settings.pages import FailedPage
from posmember.ui.settings.screen import SettingsScreen
from tests.fakes.wechat import BRAND, TEMPLATE, MemoryStore, merchant_access
from tests.gui.setup.till import CODE, Key, TillAtWork, play, set_up_store, write_config
from tests.unit.cli.wechat.setup_files import KEY_1, KEY_2, write_pems

pytestmark = [pytest.mark.usefixtures("one_application"), pytest.mark.usefixtures("quick_pins")]

STORE = '\n[store] # this shop\ncode = "1001"\nname = "人民广场店"'
PIN = {"policy.settings": "pin"}


async def opened(till: TillAtWork, page: str = Page.PLATFORM.value) -> SettingsScreen:
    """Open the settings on a page, by keys."""
    await till.until(lambda: till.controller._backend.ready, "the connection")
    till.open_settings()
    screen = till.settings
    if page != screen.pages.shown:
        turn_to(till, page)
    return screen


def turn_to(till: TillAtWork, page: str) -> None:
    """Come to the titles by Tab, and to a page by the arrow keys."""
    pages = till.settings.pages
    till.tab_to(pages._tabs[pages.shown])
    names = list(pages._tabs)
    way = Key.Key_Down if names.index(page) > names.index(pages.shown) else Key.Key_Up
    for _ in names:
        if pages.shown != page:
            till.press(way)
    assert pages.shown == page
    assert QApplication.focusWidget() is pages._tabs[page]


def form(screen: SettingsScreen, page: Page) -> FormPage:
    found = screen.pages.page(page.value)
    assert isinstance(found, FormPage)
    return found


def fill(till: TillAtWork, row: Any, text: str) -> None:
    """Replace what a row holds, by keys."""
    till.tab_to(row.editor)
    row.editor.selectAll()
    till.press(Key.Key_Delete, text)


def asked_at(served: RunningSandbox) -> set[object]:
    """The stores that the sandbox was asked for."""
    return {call.params.get("multiMark") for call in tuple(served.sandbox.calls)}


def test_another_store_is_kept_and_the_next_scan_goes_by_it(
    base_url: str, served: RunningSandbox
) -> None:
    path = write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        till.scan(CODE)
        await till.until_said("王")
        screen = await opened(till, Page.STORE.value)
        rows = form(screen, Page.STORE)._rows
        fill(till, rows[0], "1002")
        till.press(Key.Key_Return, Key.Key_Return)
        till.push("保存")
        await till.until_said("已保存，马上生效")
        till.press(Key.Key_Escape)
        assert till.screens() == []
        served.sandbox.calls.clear()
        till.scan("qm0000002")  # the same one again, so soon, would be one scan with the first
        await till.until(lambda: "1002" in asked_at(served), "a call for the other store")
        assert "1001" not in asked_at(served)

    play(work, store=set_up_store())
    assert config.load().store.code == "1002"
    assert "[store] # this shop" in path.read_text(), "what a person wrote stays"


def test_a_wrong_value_is_said_as_it_is_typed_and_not_kept(base_url: str) -> None:
    path = write_config(base_url)
    before = path.read_bytes()

    async def work(till: TillAtWork) -> None:
        screen = await opened(till)
        till.push("高级")
        rows = {row.name: row for row in form(screen, Page.PLATFORM)._rows}
        fill(till, rows["最多等几秒"], "99")
        assert rows["最多等几秒"].said() == "请填 0.5 到 60 之间的数"
        fill(till, rows["代理"], "ftp://x")
        assert "代理地址" in rows["代理"].said()
        till.push("保存")
        await till.until_said("请看红字")
        fill(till, rows["最多等几秒"], "9")
        assert rows["最多等几秒"].said() == ""
        assert OPEN_KEY not in "".join(
            field.text() for field in till.window.findChildren(QLineEdit)
        )

    play(work, store=set_up_store())
    assert path.read_bytes() == before


def test_a_file_that_somebody_else_changed_is_read_again_and_nothing_lost(base_url: str) -> None:
    path = write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, Page.STORE.value)
        fill(till, form(screen, Page.STORE)._rows[0], "1002")
        path.write_text(path.read_text() + 'id = "88009"\n', encoding="utf-8")
        till.push("保存")
        await till.until_said("别的程序刚改过")
        assert config.load().store.code == "1001"
        till.push("重新读取")
        await till.until_said("您改的内容还在")
        till.push("保存")
        await till.until_said("已保存")

    play(work, store=set_up_store())
    store = config.load().store
    assert (store.code, store.id) == ("1002", "88009")


def test_a_full_disk_is_said_and_what_was_typed_stays(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(base_url, more=STORE)
    replace, full = files.replace_file, True

    def replace_file(path: Path, content: bytes) -> None:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(path, content)

    monkeypatch.setattr("posmember.settings.edit.replace_file", replace_file)

    async def work(till: TillAtWork) -> None:
        nonlocal full
        screen = await opened(till, Page.STORE.value)
        fill(till, form(screen, Page.STORE)._rows[0], "1002")
        till.push("保存")
        await till.until_said("磁盘满了")
        till.press(Key.Key_Escape)
        await till.until_said("有改动没有保存")
        till.open_settings()
        assert form(till.settings, Page.STORE)._rows[0].editor.text() == "1002"  # type: ignore[attr-defined]
        full = False
        till.push("保存")
        await till.until_said("已保存")

    play(work, store=set_up_store())
    assert config.load().store.code == "1002"


def test_what_the_policy_sets_cannot_be_changed(base_url: str) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, Page.STORE.value)
        code, number = form(screen, Page.STORE)._rows[:2]
        assert not code.editor.isEnabled()
        assert code.editor.text() == "2002"  # type: ignore[attr-defined]
        assert "由总部管理" in till.texts()
        fill(till, number, "88002")
        till.push("保存")
        await till.until_said("已保存")

    play(work, store=set_up_store(), policy=Policy("a policy", {"store.code": "2002"}))
    store = config.load().store
    assert (store.code, store.id) == ("1001", "88002"), "what the policy sets is not written"


def test_locked_settings_leave_the_check_alone(base_url: str) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        till.open_settings()
        await till.until_said("设置由总部管理")
        assert [name for name, _page in till.settings.pages.made()] == ["check"]
        till.tab_to(till.settings.pages.page("check").again)  # type: ignore[union-attr]
        till.press(Key.Key_Space)
        page: Any = till.settings.pages.page("check")
        await till.until(page.list.is_good, "a good check")

    play(work, store=set_up_store(), policy=Policy("a policy", {"policy.settings": "locked"}))


def test_behind_a_supervisors_pin(base_url: str, served: RunningSandbox) -> None:
    write_config(base_url, more=STORE)
    store = set_up_store()
    Supervisors(store).set_pin("1001", "135790")

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        till.open_settings()
        await till.until_said("改设置要主管同意")
        assert list(till.settings.pages.made()) == []
        till.scan("1001")
        await till.until(lambda: till.settings._pin.sign.who.text() == "1001", "the badge")  # type: ignore[union-attr]
        till.scan(CODE)
        await till.until_said("请手工输入密码")
        till.press("000000", Key.Key_Return)
        await till.until_said("还可以试 4 次")
        till.press("135790", Key.Key_Return)
        await till.until(lambda: till.settings.pages.shown, "the settings")
        assert not served.sandbox.calls
        till.press(Key.Key_Escape)
        till.open_settings()
        await till.until_said("改设置要主管同意")

    play(work, store=store, policy=Policy("a policy", PIN))


def test_with_a_pin_and_no_supervisor_nobody_comes_in(base_url: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        till.open_settings()
        till.press("1001", Key.Key_Return, "135790", Key.Key_Return)
        await till.until_said("还没有设置主管")

    play(work, store=set_up_store(), policy=Policy("a policy", PIN))


@pytest.mark.allow_log("posmember.ui.settings.pages")
def test_a_page_that_fails_says_so_and_the_others_go_on(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(base_url, more=STORE)

    def fail(*_what: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(SettingsScreen, "_make_supervisors", fail)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, "supervisors")
        assert isinstance(screen.pages.page("supervisors"), FailedPage)
        await till.until_said("这一页打不开")
        till.scan(CODE)
        await till.until_said("没有查询")
        turn_to(till, Page.STORE.value)
        assert screen.pages.shown == Page.STORE.value

    play(work, store=set_up_store())


def test_the_language_counts_from_the_next_start_on(base_url: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, Page.WINDOW.value)
        rows = form(screen, Page.WINDOW)._rows
        language = next(row for row in rows if row.name == "语言")
        till.tab_to(language.editor)
        till.press(Key.Key_Down)
        till.push("保存")
        await till.until_said("语言下次启动时生效")

    play(work, store=set_up_store())
    assert config.load().window.language == "en"
    assert last_language() == "zh", "noted when the program reads its configuration"


def test_the_check_finds_the_spelling_which_is_then_kept(
    base_url: str, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(base_url, more=STORE)
    monkeypatch.setattr(served.sandbox, "_v2_spellings", (KeySpelling.PASCAL,))

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, "check")
        page: Any = screen.pages.page("check")
        till.tab_to(page.again)
        till.press(Key.Key_Space)
        await till.until_said("请按「保存」")
        till.press(Key.Key_Space)
        await till.until_said("已保存")

    play(work, store=set_up_store())
    assert config.load().platform.v2_sign_keys is SignKeys.PASCAL


def test_a_scan_is_nobodys_while_settings_are_open(base_url: str, served: RunningSandbox) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, Page.WINDOW.value)
        till.scan(CODE)
        await till.until_said("没有查询：正在设置")
        assert screen.isVisible()
        assert not served.sandbox.calls
        turn_to(till, Page.SCANNER.value)
        till.scan(CODE)
        await till.until_said("扫码枪能用")
        assert not served.sandbox.calls

    play(work, store=set_up_store())


def test_a_locked_keyring_offers_the_key_for_this_session(base_url: str) -> None:
    write_config(base_url, more=STORE)

    class Locked(MemoryStore):
        def get(self, name: str) -> str | None:
            raise CredentialError("locked")

    async def work(till: TillAtWork) -> None:
        await till.until_said("读不到会员系统密钥")
        till.tab_to(till.button("这次开机先用"))
        till.press(Key.Key_Space)
        assert till.session.isVisible()
        till.scan(CODE)
        await till.until_said("这像是会员码")
        till.press(OPEN_KEY, Key.Key_Return)
        await till.until(lambda: till.controller._backend.ready, "the connection")
        assert till.screens() == []
        till.scan(CODE)
        await till.until_said("王")

    store = Locked()
    play(work, store=store)
    assert store.kept == {}


def test_supervisors_are_added_listed_and_removed(base_url: str) -> None:
    write_config(base_url)
    store = set_up_store()

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, "supervisors")
        page: Any = screen.pages.page("supervisors")
        await till.until_said("还没有主管")
        till.tab_to(page.who.who.editor)
        till.press("1001", Key.Key_Return, "135790")
        till.push("添加，或换密码")
        await till.until_said("现在的主管：1001")
        await till.until_said("已保存")
        till.tab_to(page.who.who.editor)
        till.press("2048", Key.Key_Return, "246800", Key.Key_Return)
        till.press("1001", Key.Key_Return, "135790", Key.Key_Return)
        await till.until_said("现在的主管：1001、2048")
        till.tab_to(page.who.who.editor)
        till.press("2048")
        fill(till, page.by.who, "1001")
        till.press(Key.Key_Return, "135790")
        till.push("删除")
        await till.until_said("已删除")
        assert not any("135790" in field.text() for field in page.findChildren(QLineEdit))

    play(work, store=store)
    assert Supervisors(store).names() == ("1001",)


def test_a_relay_is_kept_shown_and_taken_away(base_url: str) -> None:
    write_config(base_url)
    store = set_up_store()

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, "wechat")
        page: Any = screen.pages.page("wechat")
        await till.until_said("还没有设置")
        till.tab_to(page.kind)
        till.press(Key.Key_Down)
        till.tab_to(page.brand.editor)
        till.press("99001", Key.Key_Return, "pTemplate-1", Key.Key_Return)
        till.press("https://relay.example", Key.Key_Return, "a-token-of-ours")
        till.push("保存密钥")
        await till.until_said("中转服务：https://relay.example")
        assert "a-token-of-ours" not in till.texts()
        assert page.token.text() == ""
        till.push("删除密钥")
        await till.until_said("已删除")

    play(work, store=store)
    assert store.kept == {OPEN_ID: OPEN_KEY}


def test_a_new_public_key_is_kept_beside_the_old_one(base_url: str, tmp_path: Path) -> None:
    write_config(base_url)
    store, keys = set_up_store(), write_pems(tmp_path)
    set_long(store, KEYRING_NAME, to_text(merchant_access()))
    (old,) = merchant_access().public_keys

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, "wechat")
        page: Any = screen.pages.page("wechat")
        await till.until_said(f"微信支付公钥：{old}")
        till.tab_to(page.kind)
        till.press(Key.Key_Down, Key.Key_Down)
        assert not page.brand.isVisible()
        page.key_id.put_text(f" {KEY_2.lower()} ")
        page.public_key.put_text(str(keys / "text.pem"))
        till.push("保存密钥")
        await till.until_said("文件不对")
        page.public_key.put_text(str(keys / "own_pub.pem"))
        till.push("保存密钥")
        await till.until_said("商户自己的公钥")
        page.public_key.put_text(f'"{keys / "pub_key_2.pem"}"')
        till.push("保存密钥")
        await till.until_said(f"微信支付公钥：{KEY_2}、{old}")

    play(work, store=store)
    access = kept_access(store, tmp_path / "audit")
    assert isinstance(access, MerchantAccess)
    assert list(access.public_keys) == [KEY_2, old]


def test_a_new_public_key_needs_a_merchants_key(base_url: str, tmp_path: Path) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, "wechat")
        page: Any = screen.pages.page("wechat")
        await till.until_said("还没有设置")
        page.kind.setCurrentIndex(2)
        page.key_id.put_text(KEY_2)
        page.public_key.put_text(str(write_pems(tmp_path) / "pub_key_2.pem"))
        till.push("保存密钥")
        await till.until_said("还没有商户密钥，请先保存商户密钥")

    store = set_up_store()
    play(work, store=store)
    assert store.kept == {OPEN_ID: OPEN_KEY}


def test_a_merchants_key_is_read_from_its_files(base_url: str, tmp_path: Path) -> None:
    write_config(base_url)
    store, keys = set_up_store(), write_pems(tmp_path)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, "wechat")
        page: Any = screen.pages.page("wechat")
        await till.until_said("还没有设置")
        certificate = keys / "others_cert.pem"
        for row, text in (
            (page.brand, BRAND), (page.card, TEMPLATE), (page.mchid, "1900000001"),
            (page.key_file, keys / "apiclient_key.pem"), (page.certificate, certificate),
            (page.key_id, KEY_1), (page.public_key, keys / "pub_key.pem"),
        ):  # fmt: skip
            row.put_text(str(text))
        till.push("保存密钥")
        await till.until_said("不是一对")
        page.certificate.put_text(str(keys / "apiclient_cert.pem"))
        till.push("保存密钥")
        await till.until_said(f"微信支付公钥：{KEY_1}")

    play(work, store=store)
    assert isinstance(kept_access(store, tmp_path / "audit"), MerchantAccess)


def test_tab_goes_from_the_titles_through_the_page_to_the_buttons(base_url: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, Page.STORE.value)
        for row in form(screen, Page.STORE)._rows:
            till.press(Key.Key_Tab)
            assert QApplication.focusWidget() is row.editor
        till.press(Key.Key_Tab)
        assert QApplication.focusWidget() is screen.save

    play(work, store=set_up_store())


def test_the_keyboard_begins_in_the_first_row(base_url: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till)
        assert QApplication.focusWidget() is form(screen, Page.PLATFORM)._rows[0].editor

    play(work, store=set_up_store())


def test_where_there_is_no_place_nothing_is_opened(base_url: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        till.open_settings()
        await till.until_said("这里不能改设置")
        assert till.screens() == []

    play(work, store=set_up_store(), settable=False)
