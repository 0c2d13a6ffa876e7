"""The keyring stays locked when something is kept or deleted: said, and nothing is half done."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from posmember.errors import KeyringLockedError
from posmember.lookup.desk import KEYRING_NAME
from posmember.sandbox.account import OPEN_ID, OPEN_KEY
from posmember.settings import config
from posmember.settings.file_now import read_file_now
from posmember.ui.settings.form_page import FormPage
from tests.fakes.wechat import MemoryStore
from tests.gui.setup.test_wizard import to_the_end
from tests.gui.setup.till import Key, TillAtWork, play, write_config

pytestmark = pytest.mark.usefixtures("one_application")

NEW_KEY = "another-open-key-of-ours"


class AskingStore(MemoryStore):
    """Asks for its password once for each change; the first time nobody gives it."""

    def __init__(self) -> None:
        super().__init__({OPEN_ID: OPEN_KEY})
        self.asked = 0
        self.watch = self._ask

    def _ask(self, _what: str, _name: str) -> None:
        self.asked += 1
        if self.asked == 1:
            raise KeyringLockedError("the keyring took nothing: KeyringLocked")


def test_the_end_of_the_first_start(base_url: str) -> None:
    store = AskingStore()
    del store.kept[OPEN_ID]

    async def work(till: TillAtWork) -> None:
        await to_the_end(till, base_url)
        await till.until_said("系统密钥库没有解锁，再保存一次会再问密码")
        assert read_file_now().content is None
        assert store.kept == {}
        assert till.button("这次开机先用").isVisible()
        assert store.asked == 1
        till.push("完成")
        await till.until_said("设置好了")

    play(work, store=store)
    assert (store.kept, store.asked) == ({OPEN_ID: OPEN_KEY}, 2)
    assert config.load().platform.open_id == OPEN_ID


def test_another_key_in_the_settings(base_url: str) -> None:
    path = write_config(base_url)
    before = path.read_bytes()
    store = AskingStore()

    async def work(till: TillAtWork) -> None:
        till.open_settings()
        form = till.settings.pages.page("platform")
        assert isinstance(form, FormPage)
        assert form.key is not None
        till.tab_to(form.key.editor)
        till.press(NEW_KEY)
        till.tab_to(till.settings.save)
        till.press(Key.Key_Space)
        await till.until_said("系统密钥库没有解锁，再保存一次会再问密码")
        assert store.kept == {OPEN_ID: OPEN_KEY}
        assert form.key.key() == NEW_KEY
        till.tab_to(till.settings.save)
        till.press(Key.Key_Space)
        await till.until_said("已保存")

    play(work, store=store)
    assert (store.kept, store.asked) == ({OPEN_ID: NEW_KEY}, 2)
    assert path.read_bytes() == before


def test_deleting_wechat_pays_keys(base_url: str) -> None:
    write_config(base_url)
    store = AskingStore()
    store.kept[KEYRING_NAME] = "a:1"

    async def work(till: TillAtWork) -> None:
        till.open_settings()
        till.settings.pages.turn_to("wechat")
        await till.until_said("读不到微信会员卡的密钥")  # a part of them is gone
        button = till.button("删除密钥")
        till.tab_to(button)
        till.press(Key.Key_Space)
        await till.until_said("系统密钥库没有解锁，再试一次会再问密码")
        assert store.asked == 1
        assert QApplication.focusWidget() is button

    play(work, store=store)
    assert store.kept[OPEN_ID] == OPEN_KEY
