"""A signal is noted at once, acted on by the loop, and ends by force only what hangs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from posmember.ui.opening import ending as module
from posmember.ui.opening.ending import SIGNALS, Ending

if sys.platform == "win32":
    pytest.skip("these signals cannot be sent there", allow_module_level=True)


@pytest.fixture(autouse=True)
def handlers(qapp: QApplication) -> Iterator[None]:
    """Gives the tests' own handlers back."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def send(number: signal.Signals = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", SIGNALS)
def test_it_wakes_a_loop_that_has_nothing_to_do(qapp: QApplication, number: signal.Signals) -> None:
    with Ending() as ending:
        ending.then(qapp.exit)
        assert not ending.asked
        QTimer.singleShot(0, lambda: send(number))
        qapp.exec()
        assert ending.asked


def test_it_is_known_before_the_loop_comes_to_it(qapp: QApplication) -> None:
    done: list[str] = []
    with Ending() as ending:
        ending.then(lambda: done.append("in the first stage"))
        send()
        assert ending.asked
        assert done == [], "in the midst of anything"
        ending.then(lambda: done.append("in the second"))
        assert done == ["in the second"]


def test_a_further_signal_is_none_while_the_end_is_orderly(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: list[int] = []
    monkeypatch.setattr(os, "_exit", forced.append)
    with Ending() as ending:
        ending.ask()
        send()
        send(signal.SIGTERM)
    send()
    assert forced == []


@pytest.mark.parametrize("over", [True, False])
def test_an_end_that_hangs_is_ended_by_a_further_signal(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, over: bool
) -> None:
    forced: list[int] = []
    monkeypatch.setattr(os, "_exit", forced.append)
    monkeypatch.setattr(module, "PATIENCE_S", -1.0)
    with Ending() as ending:
        send()
        assert (ending.asked, forced) == (True, [])
        if not over:
            send(signal.SIGTERM)
    if over:
        send(signal.SIGTERM)
    assert forced == [143]


def test_the_interpreters_own_end_is_not_disturbed() -> None:
    module._ignore_signals()
    for number in SIGNALS:
        send(number)
        assert signal.getsignal(number) is signal.SIG_IGN


def test_nothing_is_left_open(qapp: QApplication) -> None:
    with Ending() as ending:
        ends = ending._read_end, ending._write_end
    for end in ends:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(end)
    assert signal.set_wakeup_fd(-1) == -1
