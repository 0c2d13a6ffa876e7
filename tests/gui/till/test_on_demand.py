"""What is made on demand: once, again after it failed, and never two at a time."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from posmember.errors import CredentialError
from posmember.ui.till.on_demand import OnDemand
from tests.gui.driving import on_qasync


class Maker:
    """Starts attempts, each of which waits for the test."""

    def __init__(self) -> None:
        self.attempts: list[asyncio.Future[str]] = []

    def __call__(self) -> asyncio.Future[str]:
        self.attempts.append(asyncio.get_running_loop().create_future())
        return self.attempts[-1]


def test_it_is_made_at_the_first_asking_and_kept(qapp: QApplication) -> None:
    async def play() -> None:
        maker = Maker()
        made = OnDemand(maker)
        assert (made.ready, made.under_way, made.failure, made.waited_s) == (False, False, None, 0)
        assert maker.attempts == []
        first, second = made.ask(), made.ask()
        assert first is second
        assert made.under_way
        assert made.waited_s >= 0
        maker.attempts[0].set_result("key")
        assert await made.ask() == "key"
        assert (made.ready, made.result(), len(maker.attempts)) == (True, "key", 1)

    on_qasync(qapp, play)


def test_it_is_made_again_after_it_failed(qapp: QApplication) -> None:
    async def play() -> None:
        maker = Maker()
        made = OnDemand(maker)
        told: list[bool] = []
        made.watch(lambda: told.append(made.ready))
        made.ask()
        error = CredentialError("locked")
        maker.attempts[0].set_exception(error)
        await asyncio.sleep(0)
        assert (made.failure, made.ready, told) == (error, False, [False])
        made.ask()
        assert made.failure is None
        maker.attempts[1].set_result("key")
        await asyncio.sleep(0)
        assert (made.result(), told) == ("key", [False, True])

    on_qasync(qapp, play)


@pytest.mark.parametrize("how", ["under way", "failed in this turn"])
def test_after_it_is_closed_nobody_is_told(qapp: QApplication, how: str) -> None:
    async def play() -> None:
        maker = Maker()
        made = OnDemand(maker)
        told: list[str] = []
        made.watch(lambda: told.append("told"))
        made.close()
        made.ask()
        if how == "failed in this turn":
            maker.attempts[0].set_exception(CredentialError("locked"))
        made.close()
        await asyncio.sleep(0)
        assert told == []
        assert maker.attempts[0].cancelled() is (how == "under way")
        assert made.failure is None or how != "under way"

    on_qasync(qapp, play)
