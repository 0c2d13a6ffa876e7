"""`posmember wechat-card set` that is interrupted, or cannot be noted: one line says all of it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from posmember.cli.exits import Exit
from posmember.errors import AuditError
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from posmember.trust.audit import AuditLog, Step
from tests.fakes.wechat_desk import PIN
from tests.unit.cli.wechat.card_commands import Run, SetUp, answer_of, change, steps


def full_after_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the audit log take that a change was asked for, and nothing after it."""
    write = AuditLog.write

    def full(log: AuditLog, step: Step, **more: Any) -> None:
        if step is not Step.ASKED:
            raise AuditError("No space left on device")
        write(log, step, **more)

    monkeypatch.setattr(AuditLog, "write", full)


def test_a_log_that_has_only_the_beginning_is_told(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up()
    full_after_the_beginning(monkeypatch)
    result = change(run, "--level", "x", "--json")
    assert result.code == Exit.OTHER
    for told in ("已经修改", "审计日志没有写全", "No space left on device"):
        assert told in result.one_line()
    assert answer_of(result, changed=True)["card"]["level"] == "x"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("wechat_set=wx_page404", "不知道"),
        ("wechat_set=http500", "不知道"),
        ("wechat_set=refused", "内容不对"),
    ],
)
def test_what_became_of_it_and_that_it_is_not_noted_is_one_line(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch, fault: str, said: str
) -> None:
    set_up(faults=[fault])
    full_after_the_beginning(monkeypatch)
    line = change(run, "--level", "x").one_line()
    assert said in line
    assert "审计日志没有写全" in line
    assert steps() == ["asked"]


# --- interrupted -------------------------------------------------------------------------------


@contextmanager
def signalled(sandbox: Sandbox, number: int, api: Api, count: int = 1) -> Iterator[None]:
    """Have this process signalled once the sandbox has got so many of these calls."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.005):
            if sum(call.api is api for call in sandbox.calls) >= count:
                signal.raise_signal(number)
                return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_in_a_change_nobody_knows_and_that_is_said_and_noted(
    run: Run, set_up: SetUp, number: int
) -> None:
    sandbox = set_up(faults=["wechat_set=timeout"])
    with signalled(sandbox, number, Api.WECHAT_SET):
        result = change(run, "--level", "x")
    assert (result.code, result.out) == (Exit.OTHER, "")
    assert "已中断" in result.one_line()
    assert "不知道是否已经改好" in result.err
    assert steps() == ["asked", "unknown"]


def test_interrupted_while_it_is_read_back_it_is_changed(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = set_up(timeout_s=8)

    def read_pin(_prompt: str) -> str:
        sandbox.add_fault("wechat_get=timeout")  # the card was found by now
        return PIN

    monkeypatch.setattr("posmember.cli.wechat.card.read_secret", read_pin)
    with signalled(sandbox, signal.SIGINT, Api.WECHAT_GET, 2):
        result = change(run, "--level", "x")
    assert (result.code, result.out) == (Exit.OTHER, "")
    assert "已经修改,但没能读回核对" in result.one_line()
    assert steps() == ["asked", "not_read_back"]


def test_interrupted_and_not_noted_is_one_line(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = set_up(faults=["wechat_set=timeout"])
    full_after_the_beginning(monkeypatch)
    with signalled(sandbox, signal.SIGINT, Api.WECHAT_SET):
        line = change(run, "--level", "x").one_line()
    assert "不知道是否已经改好" in line
    assert "审计日志没有写全" in line
