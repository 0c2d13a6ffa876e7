"""The first start: from nothing to the first scan, with keys and the scanner alone."""

from __future__ import annotations

import pytest

from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.sandbox.server import RunningSandbox
from posmember.settings import config
from tests.fakes.wechat import MemoryStore
from tests.gui.setup.till import CODE, STORE, Key, TillAtWork, play

pytestmark = pytest.mark.usefixtures("one_application")


async def type_keys(till: TillAtWork, base_url: str) -> None:
    """Fill in the first page, whose address is folded, by keys alone."""
    till.press(OPEN_ID, Key.Key_Return, GRANT_CODE, Key.Key_Return, OPEN_KEY)
    till.push("高级")
    till.press(Key.Key_Tab, base_url)


def test_from_nothing_to_the_first_scan(base_url: str, served: RunningSandbox) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        await type_keys(till, base_url)
        till.push("下一步")
        assert "第 2 步" in wizard.title.text(), till.texts()
        till.press(STORE.code, Key.Key_Return, str(STORE.number), Key.Key_Return)
        till.push("下一步")
        assert "第 3 步" in wizard.title.text()
        till.scan(CODE)
        await till.until_said("收到了一个码")
        till.push("下一步")
        assert "第 4 步" in wizard.title.text()
        till.push("下一步")
        await till.until(wizard.check.list.is_good, "a good check")
        till.push("完成")
        await till.until_said("设置好了")
        assert served.sandbox.calls
        assert not any(call.params.get("identifierNumber") == CODE for call in served.sandbox.calls)
        till.scan(CODE)
        await till.until_said("王")

    keyring = play(work)
    assert isinstance(keyring, MemoryStore)
    assert keyring.kept == {OPEN_ID: OPEN_KEY}
    settings = config.load()
    assert settings.platform.open_id == OPEN_ID
    assert (settings.store.code, settings.store.id) == (STORE.code, str(STORE.number))
    assert OPEN_KEY not in (settings.path.read_text() if settings.path else "")
