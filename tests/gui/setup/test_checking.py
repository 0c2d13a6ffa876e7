"""The connection check's work: one at a time, and closed whole however it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QApplication

from posmember.lookup import backend as backend_module
from posmember.lookup import check
from posmember.lookup.check import Finding
from posmember.settings.config import PlatformSettings, Settings
from posmember.ui.settings.checking import BackgroundWork, check_connection
from tests.gui.driving import on_qasync, until


class SlowlyClosed:
    """Stands for `Backend`: its closing waits for the test."""

    def __init__(self, *_given: object) -> None:
        self.platform = self.clock = None
        self.begun, self.closed = False, False
        self.may_close = asyncio.Event()

    async def aclose(self) -> None:
        self.begun = True
        await self.may_close.wait()
        self.closed = True


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_check_that_ends_while_it_closes_closes_all_the_same(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    async def nothing(*_given: object, **_more: object) -> AsyncIterator[Finding]:
        findings: tuple[Finding, ...] = ()
        for finding in findings:
            yield finding

    async def play() -> None:
        made = SlowlyClosed()
        monkeypatch.setattr(backend_module, "Backend", lambda *_given: made)
        monkeypatch.setattr(check, "check_platform", nothing)
        work, told = BackgroundWork(), list[Finding]()
        settings = Settings(PlatformSettings("an-id", "a-code"))
        work.start(check_connection(settings, lambda: "a-key", told.append), pytest.fail)
        (task,) = work._tasks
        await until(lambda: made.begun, "the closing")
        for _time in range(times):
            task.cancel()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        made.may_close.set()
        await work.aclose()
        assert made.closed
        assert task.cancelled()

    on_qasync(qapp, play)


@pytest.mark.allow_log("posmember.ui.settings.checking")
def test_a_bug_is_told_by_its_number(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise RuntimeError("a bug")

    async def play() -> None:
        codes: list[str] = []
        work = BackgroundWork()
        work.start(fail(), codes.append)
        await until(lambda: bool(codes), "the number")
        assert codes[0] in caplog.text
        await work.aclose()

    on_qasync(qapp, play)
