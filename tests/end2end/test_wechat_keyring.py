"""Membership cards from PEM files to a change: real processes, a real keyring, real HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from posmember.lookup.desk import NOTE_NAME
from posmember.sandbox.account import (
    BRAND_ID,
    CARD_ID,
    MCHID,
    MERCHANT_SERIAL,
    PUBLIC_KEY_ID,
    RELAY_TOKEN,
    ROTATED_KEY_ID,
)
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from posmember.sandbox.server import RunningSandbox
from posmember.sandbox.wechat.keys import PRIVATE_FILE, PUBLIC_FILE, ROTATED_FILE, WechatKeys
from tests.end2end.keyrings import keyring_daemon, private_bus
from tests.end2end.program import Result, Till, ended
from tests.end2end.waiting import wait_until
from tests.end2end.wechat_schema import check_card_answer
from tests.fakes.wechat_desk import FIRST, PIN, SUPERVISOR, sandbox_subject

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's")

CARD, OTHER = sandbox_subject(3), sandbox_subject(5)
IDS = ("--brand-id", BRAND_ID, "--card-id", CARD_ID)


@pytest.fixture(scope="session")
def pems(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys of the sandbox."""
    folder = tmp_path_factory.mktemp("pems")
    WechatKeys().write(folder)
    return folder


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A message bus with an unlocked keyring on it."""
    with (
        private_bus(tmp_path_factory.mktemp("bus")) as environment,
        keyring_daemon(environment, unlocked=True),
    ):
        yield environment


class Counter:
    """A till and its keyring; every command is a process of its own."""

    def __init__(self, till: Till, bus: dict[str, str], base_url: str, pems: Path) -> None:
        # The library closes its bus when it is collected, and Python warns of that.
        quiet = (sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "posmember")
        self.till = Till(till.config, command=quiet)
        self.bus, self.base_url, self.pems = bus, base_url, pems
        self.told: list[str] = []

    def run(self, *arguments: str, stdin: str = "") -> Result:
        result = self.till.run(*arguments, stdin=stdin, env=self.bus)
        self.told.append(result.out + result.err)
        return result

    def done(self, *arguments: str, stdin: str = "") -> Result:
        """Run a command that goes well."""
        result = self.run(*arguments, stdin=stdin)
        assert (result.code, result.err) == (0, "")
        return result

    def card(self, *arguments: str, stdin: str = "", changed: bool = False) -> Any:
        """Run `wechat-card` so that it gives JSON, as it is documented."""
        answer = json.loads(self.done("wechat-card", *arguments, "--json", stdin=stdin).out)
        check_card_answer(answer, changed=changed)
        return answer

    def set_up_merchant(self) -> None:
        self.done(
            "wechat-setup", "merchant", *IDS, "--mchid", MCHID, "--serial", MERCHANT_SERIAL,
            "--key", str(self.pems / PRIVATE_FILE),
            "--public-key", f"{PUBLIC_KEY_ID}={self.pems / PUBLIC_FILE}",
            "--base-url", self.base_url,
        )  # fmt: skip

    def set_up_supervisor(self) -> None:
        self.done("supervisor", "set", SUPERVISOR, stdin=f"{PIN}\n")

    def told_no_secret(self) -> bool:
        """Whether no key, PIN or token was ever told."""
        key = (self.pems / PRIVATE_FILE).read_text().split()
        secrets = ["PRIVATE KEY", PIN, RELAY_TOKEN, *key[4:8]]
        return not any(secret in text for text in self.told for secret in secrets)


@pytest.fixture
def counter(till: Till, bus: dict[str, str], served: RunningSandbox, pems: Path) -> Counter:
    return Counter(till, bus, served.base_url, pems)


def audit_lines() -> list[dict[str, Any]]:
    (path,) = Path(os.environ["HOME"]).rglob("wechat-card-audit.jsonl")
    assert path.stat().st_mode & 0o077 == 0, "its owner alone may read it"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_from_pem_files_to_a_change(counter: Counter, platform: Sandbox) -> None:
    before = counter.run("wechat-card", "get", CARD.code, "--openid", CARD.openid)
    assert before.code == 5
    assert "posmember wechat-setup" in before.one_line()
    counter.set_up_merchant()
    assert MCHID in counter.done("wechat-setup", "show").out
    counter.set_up_supervisor()
    assert counter.done("supervisor", "list").out == f"{SUPERVISOR}\n"
    subject = (CARD.code, "--openid", CARD.openid)
    assert counter.card("get", *subject)["card"]["level"] == "钻石会员"
    change = ("--level", "星钻会员", "--phone", "13912345678", "--supervisor", SUPERVISOR)
    answer = counter.card("set", *subject, *change, stdin=f"{PIN}\n", changed=True)
    assert (answer["sent"], answer["kept_otherwise"]) == (True, [])
    assert answer["card"]["phone"] == "139****5678"
    revealed = counter.card("get", *subject, "--reveal")["card"]
    assert (revealed["level"], revealed["phone"]) == ("星钻会员", "13912345678")
    assert [line["step"] for line in audit_lines()] == ["asked", "done"]
    assert CARD.code not in repr(audit_lines())
    assert counter.told_no_secret()
    assert {call.api for call in platform.calls} == {Api.WECHAT_GET, Api.WECHAT_SET}


def test_wechat_pay_changes_its_key(counter: Counter, platform: Sandbox) -> None:
    counter.set_up_merchant()
    counter.set_up_supervisor()
    platform.add_fault("wechat_get=wx_rotated")
    platform.add_fault("wechat_set=wx_rotated")
    subject = (OTHER.code, "--openid", OTHER.openid)
    refused = counter.run("wechat-card", "get", *subject)
    assert (refused.code, refused.out) == (5, "")
    assert ROTATED_KEY_ID in refused.one_line()
    assert "wechat-setup add-key" in refused.err
    counter.done("wechat-setup", "add-key", f"{ROTATED_KEY_ID}={counter.pems / ROTATED_FILE}")
    assert counter.done("wechat-setup", "show").out.index(ROTATED_KEY_ID)
    assert counter.card("get", *subject)["card"]["level"] == "银卡会员"
    change = ("--phone", "13912345678", "--supervisor", SUPERVISOR)
    answer = counter.card("set", *subject, *change, stdin=PIN, changed=True)
    assert answer["card"]["phone"] == "139****5678", "encrypted with the new key, and read back"
    platform.clear_faults()
    assert counter.card("get", *subject)["card"]["phone"] == "139****5678", "the old one holds"
    assert counter.told_no_secret()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_change_that_is_interrupted_says_that_nobody_knows_and_is_noted(
    counter: Counter, platform: Sandbox, number: int
) -> None:
    counter.set_up_merchant()
    assert counter.run("supervisor", "set", SUPERVISOR, stdin=f"{PIN}\n").code == 0
    platform.add_fault("wechat_set=timeout")
    arguments = ("wechat-card", "set", CARD.code, "--openid", CARD.openid, "--phone", "-")
    process = subprocess.Popen(
        [*counter.till.command, *arguments, "--supervisor", SUPERVISOR],
        env=counter.till.environment(counter.bus),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    with process:
        assert process.stdin is not None
        # Another one each time: the change is made, though no answer comes.
        process.stdin.write(f"1391234{number:04d}\n{PIN}\n")
        process.stdin.flush()
        wait_until(
            lambda: any(call.api is Api.WECHAT_SET for call in list(platform.calls)), "the change"
        )
        process.send_signal(number)
        result = ended(process)
    assert (result.code, result.out) == (6, "")
    # The keyring may be waited for, where the machine is busy.
    (line,) = result.err.splitlines()
    assert "不知道是否已经改好" in line
    assert [line["step"] for line in audit_lines()] == ["asked", "unknown"]


def test_doctor_asks_whether_wechat_pay_takes_the_keys(counter: Counter) -> None:
    counter.set_up_merchant()
    told = counter.done("doctor").out
    assert f"微信支付密钥 / WeChat Pay's keys: {PUBLIC_KEY_ID}" in told
    assert f"微信支付 / WeChat Pay: {counter.base_url}" in told


def test_a_relay_and_what_becomes_of_a_wrong_token(counter: Counter, platform: Sandbox) -> None:
    relay = ("wechat-setup", "relay", *IDS, "--url", f"{counter.base_url}/relay", "--fills-openid")
    counter.done(*relay, stdin=f"{RELAY_TOKEN}\n")
    counter.set_up_supervisor()
    assert counter.card("get", FIRST.code)["card"]["phone"] == "138****0001"
    change = ("--attach", "由中转修改", "--supervisor", SUPERVISOR)
    answer = counter.card("set", FIRST.code, *change, stdin=PIN, changed=True)
    assert answer["card"]["attach"] == "由中转修改"
    counter.done(*relay, stdin="another-token")
    refused = counter.run("wechat-card", "get", FIRST.code)
    assert (refused.code, refused.out) == (5, "")
    assert "UNAUTHORIZED" in refused.one_line()
    counter.done("wechat-setup", "remove")
    assert counter.run("wechat-setup", "show").code == 3
    assert counter.told_no_secret()


def test_a_locked_keyring(
    till: Till,
    tmp_path_factory: pytest.TempPathFactory,
    served: RunningSandbox,
    platform: Sandbox,
    pems: Path,
) -> None:
    with private_bus(tmp_path_factory.mktemp("bus")) as bus:
        counter = Counter(till, bus, served.base_url, pems)
        with keyring_daemon(bus, unlocked=True):
            counter.set_up_merchant()
        with keyring_daemon(bus, unlocked=False):
            for arguments in (
                ("wechat-card", "get", CARD.code, "--openid", CARD.openid),
                ("wechat-setup", "show"),
                ("supervisor", "set", SUPERVISOR),
            ):
                result = counter.run(*arguments, stdin=PIN)
                assert (result.code, result.out) == (5, "")
                assert result.one_line()
    assert not platform.calls


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "set up before there was a note"])
def test_the_window_asks_with_the_keys_of_the_keyring(
    counter: Counter, platform: Sandbox, noted: bool
) -> None:
    """The program on a screen of its own: a scanned openid, then F10."""
    from tests.end2end.screens import Screen, virtual_screen

    counter.set_up_merchant()
    (note,) = Path(os.environ["HOME"]).rglob(NOTE_NAME)
    if not noted:
        note.unlink()
    with virtual_screen() as name:
        screen = Screen(name)
        on_screen = {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
        with counter.till.started("window", env={**counter.bus, **on_screen}) as process:
            window = screen.window_of(process.pid)
            window.scan(sandbox_subject(7).openid)
            wait_until(lambda: len(platform.calls) >= 3, "the member")

            def asked() -> bool:
                window.press("F10")
                return any(call.api is Api.WECHAT_GET for call in list(platform.calls))

            wait_until(asked, "the card")
            window.ask_to_close()
            assert process.wait(30) == 0
        screen.close()
    (card,) = {
        call.params["user_card_code"] for call in platform.calls if call.api is Api.WECHAT_GET
    }
    assert card == sandbox_subject(7).code
    assert note.exists()


def test_showing_what_is_set_up_notes_it_and_removing_it_takes_that_back(counter: Counter) -> None:
    counter.set_up_merchant()
    (note,) = Path(os.environ["HOME"]).rglob(NOTE_NAME)
    note.unlink()
    counter.done("wechat-setup", "show")
    assert note.read_bytes() == b"", "it says that there are keys, and nothing of them"
    counter.done("wechat-setup", "remove")
    assert not note.exists()
