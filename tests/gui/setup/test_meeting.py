"""Where set-up meets the rest: what is open beneath, the idle clock, the policy, a late answer."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from posmember.lookup.check import Finding, Outcome, Step
from posmember.sandbox.account import OPEN_ID, OPEN_KEY
from posmember.sandbox.server import RunningSandbox
from posmember.scanning.findings import ProposedSettings
from posmember.settings import config
from posmember.settings.declared import OPEN_ID as ID
from posmember.settings.declared import PROXY
from posmember.settings.draft import draft_paths, read_draft
from posmember.settings.file_now import read_file_now
from posmember.settings.policy import Policy
from posmember.settings.provisioning import Provision, Secrets
from posmember.settings.setting import Page
from posmember.trust.supervisors import Supervisors
from posmember.ui.opening.connecting import Connecting
from posmember.ui.opening.reload import Parts, Reload
from posmember.ui.panels.secret_sheet import SecretSheet
from posmember.ui.privacy.forgetting import Forgetting
from posmember.ui.threads import settled
from posmember.ui.view.screen import Hint
from tests.fakes.wechat import MemoryStore
from tests.gui.driving import on_qasync
from tests.gui.privacy.test_forgetting import pass_time
from tests.gui.setup.test_settings import PIN, STORE, fill, form, opened, turn_to
from tests.gui.setup.test_wizard import key_field, to_the_check
from tests.gui.setup.till import Key, TillAtWork, play, set_up_store, write_config

pytestmark = [pytest.mark.usefixtures("one_application"), pytest.mark.usefixtures("quick_pins")]

SUPERVISOR, SUPERVISORS_PIN = "1001", "135790"
PROPOSED = ProposedSettings(prefix="", suffix="", enter_follows=True, max_gap_ms=80)


def supervised() -> MemoryStore:
    store = set_up_store()
    Supervisors(store).set_pin(SUPERVISOR, SUPERVISORS_PIN)
    return store


async def let_in(till: TillAtWork) -> None:
    till.press(SUPERVISOR, Key.Key_Return, SUPERVISORS_PIN, Key.Key_Return)
    await till.until(lambda: till.settings.pages.shown, "the settings")


# --- what is open beneath --------------------------------------------------------------------


def test_a_secret_that_is_asked_for_is_closed_by_the_settings(base_url: str) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        till.press(Key.Key_F11, "13800000001")
        (sheet,) = till.window.findChildren(SecretSheet)
        assert sheet.is_open()
        till.open_settings()
        assert not sheet.is_open()
        assert sheet.number.text() == ""
        till.press(Key.Key_Escape)
        assert till.screens() == [], "one step back is enough"

    play(work, store=set_up_store())


# --- a supervisor's PIN ----------------------------------------------------------------------


def test_settings_that_a_supervisor_has_opened_close_where_nobody_touches_them(
    base_url: str,
) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.ready, "the connection")
        (forgetting,) = till.window.findChildren(Forgetting)
        till.open_settings()
        await let_in(till)
        assert not till.window.holds_someone()
        pass_time(forgetting, 60)
        assert till.screens()
        pass_time(forgetting, 90)
        assert till.screens() == []
        till.open_settings()
        await till.until_said("改设置要主管同意")

    play(work, store=supervised(), policy=Policy("a policy", PIN))


def test_settings_that_anybody_may_open_stay(base_url: str) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        await opened(till)
        (forgetting,) = till.window.findChildren(Forgetting)
        pass_time(forgetting, 200)
        assert till.screens()

    play(work, store=set_up_store())


def test_nothing_is_kept_before_a_supervisor_lets_somebody_in(base_url: str) -> None:
    path = write_config(base_url, more=STORE)
    before = path.read_bytes()

    async def work(till: TillAtWork) -> None:
        await till.until(lambda: till.controller._backend.failure, "no key")
        await till.at_wizard()
        till.press(Key.Key_Escape)
        front = next(each for each in till.window.children() if type(each).__name__ == "SetupFront")
        screen = cast("Any", front)._make_settings(cast("Any", front)._place)
        screen.open_settings(is_key_at_hand=False)
        await let_in(till)
        turn_to(till, Page.SCANNER.value)
        turn_to(till, Page.STORE.value)
        assert screen.session.isVisible()
        fill(till, form(screen, Page.STORE)._rows[0], "1002")
        till.press(Key.Key_Escape)
        screen.open_settings(is_key_at_hand=False)
        assert screen.asks_pin()
        assert not screen.session.isVisible()
        assert not screen.take_proposal(PROPOSED)

    store = MemoryStore()
    Supervisors(store).set_pin(SUPERVISOR, SUPERVISORS_PIN)
    play(work, store=store, policy=Policy("a policy", PIN))
    assert path.read_bytes() == before


def test_a_page_with_a_button_of_its_own_has_no_other_to_save(base_url: str) -> None:
    write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, "wechat")
        assert screen.save.isHidden()
        turn_to(till, "supervisors")
        assert screen.save.isHidden()
        till.press(Key.Key_Escape)
        till.open_settings()
        assert screen.pages.shown == "supervisors"
        assert screen.save.isHidden()
        turn_to(till, "check")
        assert not screen.save.isHidden()
        for tab in screen.pages._tabs.values():
            assert tab.sizeHint().width() <= tab.width(), tab.text()

    play(work, store=set_up_store())


# --- a file that others write ----------------------------------------------------------------


def test_what_was_emptied_is_still_empty_after_reading_again(base_url: str) -> None:
    path = write_config(base_url, more=STORE)

    async def work(till: TillAtWork) -> None:
        screen = await opened(till, Page.STORE.value)
        fill(till, form(screen, Page.STORE)._rows[2], "")
        path.write_text(path.read_text() + 'id = "88009"\n', encoding="utf-8")
        till.push("保存")
        await till.until_said("别的程序刚改过")
        whole = path.read_text()
        path.write_text("[store", encoding="utf-8")
        till.push("重新读取")
        await till.until_said("TOML")
        assert not till.shows("您改的内容还在")
        path.write_text(whole, encoding="utf-8")
        till.push("重新读取")
        await till.until_said("您改的内容还在")
        till.push("保存")
        await till.until_said("已保存")

    play(work, store=set_up_store())
    store = config.load().store
    assert (store.name, store.id) == ("", "88009")


def test_a_file_that_comes_in_the_middle_of_the_first_start(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        await to_the_check(till, base_url)
        await till.until(till.wizard.check.list.is_good, "a good check")
        path = write_config(base_url, ids=False)
        whole = path.read_text()
        path.write_text("[store", encoding="utf-8")
        till.push("完成")
        await till.until_said("没有保存")
        assert not till.shows("程序出错")
        path.write_text(whole, encoding="utf-8")
        till.push("完成")
        await till.until_said("再按「完成」")
        till.push("完成")
        await till.until_said("设置好了")

    play(work)
    assert config.load().platform.open_id == OPEN_ID


def test_a_file_that_could_not_be_read_at_first_is_written_all_the_same(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        till.press(Key.Key_Escape)
        path = read_file_now().path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("[store", encoding="utf-8")
        wizard._keeper.file = None
        till.open_settings()
        await till.until_said("TOML")
        path.unlink()
        await to_the_check(till, base_url)
        till.push("完成")
        await till.until_said("设置好了")

    play(work)
    assert config.load().platform.open_id == OPEN_ID


def test_a_key_that_the_keyring_gives_at_last_closes_what_asks_for_one(base_url: str) -> None:
    write_config(base_url)
    may_answer = threading.Event()

    class Waiting(MemoryStore):
        def get(self, name: str) -> str | None:
            may_answer.wait(20)
            return super().get(name)

    async def work(till: TillAtWork) -> None:
        await till.until_said("正在等待")
        till.push("这次开机先用")
        assert till.session.is_open()
        till.press("half-a-key")
        field = till.session.form.key
        assert field is not None
        may_answer.set()
        await till.until_said("密钥读到了")
        assert till.screens() == []
        assert field.text() == ""

    play(work, store=Waiting({OPEN_ID: OPEN_KEY}))


# --- the policy -------------------------------------------------------------------------------


def test_what_is_wrong_in_the_policy_is_said_in_the_window(base_url: str) -> None:
    write_config(base_url, more=STORE)
    policy = Policy("a policy", {}, ("platform.timeout_s has to be a number",))

    async def work(till: TillAtWork) -> None:
        await till.until_said("总部下发的设置有 1 处不对")

    play(work, store=set_up_store(), policy=policy)


def test_where_settings_are_locked_the_key_alone_is_kept(
    base_url: str, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_config(base_url, more='v2_sign_keys = "pascal"')
    before = path.read_bytes()

    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        till.press(OPEN_KEY)
        till.push("下一步")
        await till.until(wizard.check.list.is_good, "a good check")
        assert str(wizard.check.spelling) == "camel"
        till.push("完成")
        await till.until_said("设置好了")

    store = play(
        work, store=MemoryStore(), policy=Policy("a policy", {"policy.settings": "locked"})
    )
    assert store.get(OPEN_ID) == OPEN_KEY
    assert path.read_bytes() == before


def test_a_page_for_another_merchant_than_the_policys_is_refused(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        wizard._take_provision(Provision({ID: "another"}, Secrets("another", "anothers-key")))
        assert "别的商户" in wizard.said()
        assert key_field(till).text() == ""

    play(work, policy=Policy("a policy", {"platform.open_id": OPEN_ID}))


def test_a_page_that_is_too_old_by_the_platforms_time_is_refused(base_url: str) -> None:
    async def work(till: TillAtWork) -> None:
        await to_the_check(till, base_url)
        await till.until(till.wizard.check.list.is_good, "a good check")
        until = datetime.now(UTC) + timedelta(hours=1)
        till.wizard._until = until
        slow = Finding(Step.CLOCK, Outcome.NOTE, offset_s=7200)
        till.wizard.check.list.show_finding(slow)
        till.push("完成")
        await till.until_said("过期")
        till.wizard.check.list.show_finding(Finding(Step.CLOCK, Outcome.GOOD))
        till.push("完成")
        await till.until_said("设置好了")
        assert till.store.get(OPEN_ID) == OPEN_KEY

    play(work)


# --- what is typed and not finished -----------------------------------------------------------


def test_an_end_that_the_system_asks_for_keeps_what_was_typed() -> None:
    async def work(till: TillAtWork) -> None:
        await till.at_wizard()
        till.press("an-id-of-ours")

    play(work)
    assert read_draft(draft_paths()[0]) == {"platform.open_id": "an-id-of-ours"}


def test_a_proxys_password_is_not_written_down() -> None:
    async def work(till: TillAtWork) -> None:
        wizard = await till.at_wizard()
        wizard.forms[0].put({PROXY.path: "http://till:word@10.0.0.1:8080"})
        wizard.forms[0].put({ID.path: "an-id-of-ours"})
        till.press(Key.Key_Escape)
        till.open_settings()
        assert wizard.forms[0].values()[PROXY.path] == "http://till:word@10.0.0.1:8080"

    play(work)
    assert read_draft(draft_paths()[0]) == {"platform.open_id": "an-id-of-ours"}


# --- other settings, one after the other --------------------------------------------------------


class Slow:
    """Stands for the desk and the connection: notes what they go by; closing them is slow."""

    def __init__(self) -> None:
        self.by: list[object] = []
        self.closed = 0
        self.may_close = asyncio.Event()

    def renew(self, begin: object, _waits: object = None) -> Slow:
        self.by.append(begin)
        return self

    async def aclose(self) -> None:
        await self.may_close.wait()
        self.closed += 1


def test_the_settings_that_were_kept_last_count(qapp: QApplication) -> None:
    async def play_it() -> None:
        desk, connection = Slow(), Slow()
        said = iter(("first", "second"))
        quiet = SimpleNamespace(
            use=lambda _settings: None, listen_beside=lambda _settings: None,
            keep_in=lambda _path: None, tell=lambda _hint: None,
        )  # fmt: skip

        def connect() -> Connecting:
            which: Any = next(said)
            return Connecting(None, which, lambda: False, lambda: settled(None))

        parts = cast("Parts", SimpleNamespace(
            controller=quiet, sources=quiet, scanner=quiet, forgetting=quiet, beside=quiet,
            desk=desk, connection=connection,
        ))  # fmt: skip
        reload = Reload(connect, parts)
        for expected in (["first"], ["first", "second"]):
            reload.everything()
            assert connection.by == expected, "at once, however long a closing takes"
            assert len(desk.by) == len(expected)
        desk.may_close.set()
        connection.may_close.set()
        await reload.aclose()
        assert (connection.closed, desk.closed) == (2, 2)

    on_qasync(qapp, play_it)


@pytest.mark.allow_log("posmember.ui.opening.reload")
def test_a_bug_in_taking_other_settings_is_said(qapp: QApplication) -> None:
    said: list[Hint] = []

    def connect() -> Connecting:
        raise ZeroDivisionError

    parts = cast("Parts", SimpleNamespace(controller=SimpleNamespace(tell=said.append)))
    Reload(connect, parts).everything()
    assert [bool(hint.support_code) for hint in said] == [True]
