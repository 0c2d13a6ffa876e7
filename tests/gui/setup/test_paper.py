"""A till set up by head office's printed page: its codes scanned in any order, by keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.settings import config
from posmember.settings.declared import BASE_URL, TIMEOUT
from posmember.settings.declared import GRANT_CODE as GRANT
from posmember.settings.declared import OPEN_ID as ID
from posmember.settings.edit import Value
from posmember.settings.pages import write_pages
from posmember.settings.provisioning import Provision, Secrets
from posmember.settings.sealing import Cost
from posmember.settings.setting import Setting
from tests.fakes.wechat import MemoryStore
from tests.gui.setup.till import CODE, STORE, Key, TillAtWork, play

pytestmark = pytest.mark.usefixtures("one_application")

PASSPHRASE = "K7MX-4PQR-T9WD"
CHEAP = Cost(log_n=14)


def pages(base_url: str, *, made: datetime | None = None) -> tuple[str, ...]:
    settings: dict[Setting[Any], Value] = {
        ID: OPEN_ID,
        GRANT: GRANT_CODE,
        BASE_URL: base_url,
        TIMEOUT: 5,
    }
    provision = Provision(settings, Secrets(OPEN_ID, OPEN_KEY))
    parts = write_pages(provision, PASSPHRASE, made or datetime.now(UTC), cost=CHEAP)
    assert len(parts) >= 2
    return parts


def test_the_codes_in_any_order_then_the_passphrase_and_the_shop(base_url: str) -> None:
    parts = pages(base_url)

    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        till.scan(parts[-1])
        await till.until_said("还差第")
        till.scan(parts[-1])
        await till.until_said("扫过了")
        till.scan(CODE)
        await till.until_said("这不是装机纸上的码")
        for part in parts[:-1]:
            till.scan(part)
        await till.until_said("请输入口令")
        till.press("KKKK-KKKK-KKKK", Key.Key_Return)
        await till.until_said("口令不对")
        till.press("k7mx4pqrt9wd", Key.Key_Return)
        await till.until_said("请填这家店的编码")
        assert "第 2 步" in wizard.title.text()
        till.press(STORE.code)
        for _page in range(3):
            till.push("下一步")
        await till.until(wizard.check.list.is_good, "a good check")
        till.push("完成")
        await till.until_said("设置好了")
        till.scan(CODE)
        await till.until_said("王")

    keyring = play(work)
    assert isinstance(keyring, MemoryStore)
    assert keyring.kept == {OPEN_ID: OPEN_KEY}
    settings = config.load()
    assert (settings.platform.timeout_s, settings.store.code) == (5, STORE.code)


def test_two_exports_are_told_apart_and_an_old_one_is_refused(base_url: str) -> None:
    first, second = pages(base_url), pages(base_url)
    old = pages(base_url, made=datetime.now(UTC) - timedelta(days=30))

    async def work(till: TillAtWork) -> None:
        await till.at_wizard()
        till.scan(old[0])
        await till.until_said("过期")
        till.scan(first[0])
        await till.until_said("还差第")
        till.scan(second[1])
        await till.until_said("另一次打印")
        till.push("重新开始")
        for part in second:
            till.scan(part)
        await till.until_said("请输入口令")

    play(work)


def test_the_page_can_be_left_and_its_button_leads_there(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        till.push("用总部给的二维码纸")
        await till.until_said("请用扫码枪扫")
        till.push("上一步")
        assert "第 1 步" in wizard.title.text()

    play(work)
