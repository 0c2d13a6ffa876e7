"""Commands about membership cards: run in this process, with a keyring in memory."""

from __future__ import annotations

import io
import sys
from functools import partial
from typing import Any

import httpx
import pytest

from posmember.api.wechat.access import to_text
from posmember.api.wechat.gate import Access
from posmember.cli import parser
from posmember.cli.wechat import card as wechat_card
from posmember.cli.wechat import setup as wechat_setup
from posmember.cli.wechat import supervisor
from posmember.lookup.desk import KEYRING_NAME
from posmember.lookup.wechat import WechatService
from posmember.sandbox.app import Sandbox
from posmember.trust.credentials import set_long
from tests.end2end.program import Result
from tests.fakes.wechat import MemoryStore
from tests.fakes.wechat_desk import cheap_pins, merchant, supervised
from tests.unit.cli.wechat.card_commands import Run, SetUp


class Terminal(io.TextIOWrapper):
    """Somebody sits before it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    """Stands for the system's keyring in every command about cards."""
    store = MemoryStore()
    for module in (supervisor, wechat_card, wechat_setup):
        monkeypatch.setattr(module, "KeyringStore", lambda: store)
    return store


@pytest.fixture
def run(
    keyring: MemoryStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command, with these lines on its standard input, or at a terminal."""

    def command(*arguments: str, stdin: str | None = "") -> Result:
        content = io.BytesIO((stdin or "").encode())
        given = Terminal(content) if stdin is None else io.TextIOWrapper(content)
        monkeypatch.setattr(sys, "stdin", given)
        try:
            code = parser.run(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return command


@pytest.fixture
def set_up(keyring: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> SetUp:
    """Sets a till up for a sandbox of its own, in this process."""
    cheap_pins(monkeypatch)

    def make(access: Access | None = None, *, timeout_s: float = 8, **how: Any) -> Sandbox:
        sandbox = Sandbox(**how)
        network = httpx.ASGITransport(app=sandbox.app)
        made = partial(WechatService, network=network)
        monkeypatch.setattr("posmember.lookup.wechat.WechatService", made)
        monkeypatch.setattr("posmember.cli.wechat.card.DEFAULT_TIMEOUT_S", timeout_s)
        keyring.kept.update(supervised().kept)
        set_long(keyring, KEYRING_NAME, to_text(access or merchant()))
        return sandbox

    return make
