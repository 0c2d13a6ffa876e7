"""`posmember wechat-card set` that is interrupted, or cannot be noted: one line says all of it."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from posmember import __main__ as main_module
from posmember.domain.wechat.card import CardSubject
from posmember.errors import AuditError
from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from posmember.trust.audit import AuditLog, Step
from tests.fakes.wechat import MemoryStore
from tests.fakes.wechat_desk import FIRST, PIN, SUPERVISOR
from tests.unit.cli.wechat.card_commands import (
    STUBBORN,
    VOID,
    Run,
    SetUp,
    answer_of,
    change,
    steps,
)


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


# --- nothing can be printed ----------------------------------------------------------------------


ENDS: dict[str, tuple[CardSubject, str, list[str], str]] = {
    "made": (FIRST, "钻石会员", [], "已经修改 / changed"),
    "kept otherwise": (STUBBORN, "钻石会员一级", [], "kept otherwise: level"),
    "not read back": (FIRST, "x", ["wechat_get=http500"], "没能读回核对"),
    "nobody knows": (FIRST, "x", ["wechat_set=http500"], "不知道是否已经改好"),
    "refused": (VOID, "x", [], "INVALID_REQUEST"),
}


@pytest.mark.parametrize("options", [(), ("--json",)])
@pytest.mark.parametrize("gone", [False, True], ids=["full", "reader gone"])
@pytest.mark.parametrize("end", ENDS)
def test_what_became_of_it_is_said_where_it_cannot_be_printed(
    keyring: MemoryStore,
    set_up: SetUp,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    end: str,
    gone: bool,
    options: tuple[str, ...],
) -> None:
    subject, level, faults, said = ENDS[end]
    sandbox = set_up()

    def read_pin(_prompt: str) -> str:
        for fault in faults:
            sandbox.add_fault(fault)
        return PIN

    monkeypatch.setattr("posmember.cli.wechat.card.read_secret", read_pin)
    monkeypatch.setattr(main_module, "_prepare", lambda: None)
    monkeypatch.setattr(main_module, "_interrupts_end_at_once", lambda: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "stdout", NoRoom(errno.EPIPE if gone else errno.ENOSPC))
    who = ("--openid", subject.openid, "--supervisor", SUPERVISOR)
    code = main_module.main(["wechat-card", "set", subject.code, *who, "--level", level, *options])
    err = capsys.readouterr().err
    printed = end in ("made", "kept otherwise", "not read back")  # whatever else is only said
    assert err.count("\n") == 1, err
    assert said in err
    assert ("standard output cannot be written" in err) is (printed and not gone)
    if printed:
        assert code == (141 if gone else Exit.OTHER)


class NoRoom(io.StringIO):
    """A standard output that takes nothing."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def write(self, text: str) -> int:
        number, self._number = self._number, 0
        if number:
            raise OSError(number, os.strerror(number))
        return len(text)  # by then it leads nowhere


def test_interrupted_while_it_is_printed_it_is_said(
    run: Run, set_up: SetUp, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_lines: str) -> None:
        raise KeyboardInterrupt

    set_up()
    monkeypatch.setattr("posmember.cli.wechat.card.say", interrupted)
    with pytest.raises(KeyboardInterrupt):
        change(run, "--level", "钻石会员")
    assert capsys.readouterr().err == "posmember: 已经修改 / changed\n"


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
