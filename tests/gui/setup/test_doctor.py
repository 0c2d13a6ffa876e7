"""What the command's doctor tells is told by the window's check, in the same words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from posmember.api.wechat.access import to_text
from posmember.cli import doctor
from posmember.lookup import doctor_wechat
from posmember.lookup.desk import KEYRING_NAME, note_set_up
from posmember.lookup.doctor import Line, Words
from posmember.lookup.support import CHECK
from posmember.sandbox.account import OPEN_ID
from posmember.settings.policy import Policy
from posmember.trust.audit import audit_path
from posmember.trust.credentials import set_long
from posmember.ui.settings.check_page import CheckPage
from tests.fakes.wechat import KEY_ID, MemoryStore, merchant_access, public_key
from tests.gui.setup.test_support import opened as opened_support
from tests.gui.setup.till import Key, TillAtWork, play, set_up_store, write_config

pytestmark = [pytest.mark.usefixtures("one_application"), pytest.mark.usefixtures("quick_pins")]

STORE = '\n[store]\ncode = "1001"\nname = "人民广场店"'
POLICY = Policy(
    "/etc/posmember/policy.toml",
    {"platform.timeout_s": 7},
    ("window.sounds has to be true or false",),
)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """A language, and none of it left behind."""
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    yield request.param
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


async def checked(till: TillAtWork) -> CheckPage:
    """Check the connection by keys, and unfold what it tells."""
    await till.until(lambda: till.controller._backend.ready, "the connection")
    till.open_settings()
    page = till.settings.pages.turn_to("check")
    assert isinstance(page, CheckPage)
    till.tab_to(page.again)
    till.press(Key.Key_Space)
    await till.until(lambda: page.again.text() == "再检查一次", "the check")
    assert not page.report.isVisible()
    till.tab_to(page.fold)
    till.press(Key.Key_Space)
    assert page.report.isVisible()
    return page


def test_it_tells_what_the_command_prints(
    base_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
) -> None:
    write_config(base_url, more=STORE)
    store = set_up_store()
    told: list[str] = []
    shown: list[str] = []

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        till.open_settings()
        page: Any = till.settings.pages.turn_to("check")
        page.start()
        await till.until(page.list.is_good, "the check")
        await till.until(lambda: "gift_cards" in page.report.text(), "the last line")
        told.extend(f"{line.mark} {line.both()}" for line in page._last.lines)
        shown.extend(page.report.text().replace("\u200b", "").splitlines())

    play(work, store=store, policy=POLICY, language=language)
    monkeypatch.setattr("posmember.settings.config.machine_policy", lambda: POLICY)
    monkeypatch.setattr(doctor, "KeyringStore", lambda: store)
    capsys.readouterr()
    assert doctor.run(argparse.Namespace()) == 0
    assert capsys.readouterr().out.splitlines() == told
    clock = {"zh": "✓ 时钟: 准确", "en": "✓ clock: right"}[language]
    policy = {"zh": "! 总部策略里有一项没有采用: ", "en": "! a policy is not taken: "}[language]
    assert clock in shown
    assert f"{policy}window.sounds has to be true or false" in shown


def set_up_wechat(**changes: Any) -> MemoryStore:
    store = set_up_store()
    set_long(store, KEYRING_NAME, to_text(merchant_access(**changes)))
    note_set_up(audit_path())
    return store


def test_wechats_keys_are_named_and_tried(base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config(base_url)
    asked: list[Any] = []

    async def ask(access: Any, *more: Any) -> Line:
        asked.append(more)
        return Line(Words("微信支付", "WeChat Pay"), access.base_url)

    monkeypatch.setattr(doctor_wechat, "ask_wechat", ask)

    async def work(till: TillAtWork) -> None:
        await checked(till)
        await till.until_said(f"✓ 微信支付密钥: {KEY_ID}")
        await till.until_said("✓ 微信支付: https://")

    play(work, store=set_up_wechat())
    ((_timeout, _proxy, witness),) = asked
    assert witness.calibrated


def test_keys_that_are_wrong_are_not_tried(base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config(base_url)
    monkeypatch.setattr(doctor_wechat, "ask_wechat", None)

    async def work(till: TillAtWork) -> None:
        await checked(till)
        await till.until_said("! 微信会员卡的密钥不对,请重新导入: foo: 不是公钥 ID")
        screen = await opened_support(till)
        assert "! WeChat Pay's keys are wrong" in screen.entries[CHECK]

    play(work, store=set_up_wechat(public_keys={"foo": public_key("platform")}))


def test_wechat_that_does_not_answer_is_a_line_of_it(base_url: str, closed_port: str) -> None:
    write_config(base_url)

    async def work(till: TillAtWork) -> None:
        page = await checked(till)
        await till.until_said("! 微信会员卡: ")
        assert page.list.is_good()

    play(work, store=set_up_wechat(base_url=closed_port))


def test_where_nothing_is_noted_the_keyring_is_not_asked_for_wechat(base_url: str) -> None:
    write_config(base_url)

    asked: list[str] = []

    class Counting(MemoryStore):
        def get(self, name: str) -> str | None:
            asked.append(name)
            return super().get(name)

    async def work(till: TillAtWork) -> None:
        await checked(till)

    play(work, store=Counting(set_up_store().kept))
    assert set(asked) == {OPEN_ID}
