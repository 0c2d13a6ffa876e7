"""A keyring that is locked, empty or silent: said, asked again, and gone on with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from posmember.errors import CredentialError
from posmember.lookup.sections import Failed
from posmember.ui.till import connection
from posmember.ui.till.connection import BackendMaker, Connection
from posmember.ui.view.screen import Severity
from tests.gui.driving import (
    Desk,
    ScriptedBackend,
    desk,
    hint_text,
    is_loading,
    on_qasync,
    shows,
    until,
)

NO_KEY, SILENT = "读不到会员系统密钥", "正在等待系统密钥库解锁"


class Keyring:
    """Answers as the test says, attempt by attempt."""

    def __init__(self) -> None:
        self.attempts: list[asyncio.Future[Any]] = []
        self.waits = True

    def begin(self) -> asyncio.Future[Any]:
        self.attempts.append(asyncio.get_running_loop().create_future())
        return self.attempts[-1]

    def connection(self) -> Connection:
        return Connection(self.begin, lambda: self.waits)

    def fail(self) -> None:
        self.attempts[-1].set_exception(CredentialError("no open key is stored"))

    def give(self, backend: ScriptedBackend) -> None:
        self.attempts[-1].set_result(backend)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let silence be said at once."""
    monkeypatch.setattr(connection, "SAID_AFTER_S", 0.02)


async def found_after(at: Desk, keyring: Keyring, do: Callable[[], object]) -> None:
    """Do what asks again, let the keyring give its key, and answer the lookup."""
    before = len(keyring.attempts)
    do()
    await until(lambda: len(keyring.attempts) == before + 1, "another attempt")
    keyring.give(at.backend)
    await until(lambda: bool(at.runs), "the lookup")
    at.runs[0].answer_all("A")
    await at.end(at.runs[0])
    assert shows(at.window, "A级")
    assert NO_KEY not in hint_text(at.window)


@pytest.mark.parametrize("way", ["the next scan", "F5", "retry"])
def test_a_key_that_is_there_later_is_found_without_a_restart(qapp: QApplication, way: str) -> None:
    async def play() -> None:
        keyring = Keyring()
        async with desk(backend=keyring.connection()) as at:
            keyring.fail()
            await until(lambda: NO_KEY in hint_text(at.window), "the word")
            at.controller.scan("code-A")
            await until(lambda: len(keyring.attempts) == 2, "another attempt")
            keyring.fail()
            await until(lambda: not at.controller._lookups.running, "the lookup to end")
            ways: dict[str, Callable[[], object]] = {
                "the next scan": lambda: at.controller.scan("code-B"),
                "F5": at.window.refresh_requested.emit,
                "retry": lambda: at.window.retry_requested.emit(None),
            }
            await found_after(at, keyring, ways[way])
            assert at.backend.wakes == 1

    on_qasync(qapp, play)


def test_f5_asks_again_though_nobody_was_scanned(qapp: QApplication) -> None:
    async def play() -> None:
        keyring = Keyring()
        async with desk(backend=keyring.connection()) as at:
            keyring.fail()
            await until(lambda: NO_KEY in hint_text(at.window), "the word")
            at.window.refresh_requested.emit()
            keyring.give(at.backend)
            await until(lambda: at.view.hint is None, "that the word goes")
            assert at.backend.wakes == 1
            at.window.refresh_requested.emit()
            assert len(keyring.attempts) == 2, "what is there is not asked for again"

    on_qasync(qapp, play)


def test_never_two_questions_at_once(qapp: QApplication) -> None:
    async def play() -> None:
        keyring = Keyring()
        async with desk(backend=keyring.connection()) as at:
            at.controller.scan("code-A")
            at.window.refresh_requested.emit()
            at.controller.scan("code-B")
            assert len(keyring.attempts) == 1
            keyring.give(at.backend)
            await until(lambda: bool(at.runs), "the lookup")
            assert at.runs[0].request.identifiers[0].value == "code-B"

    on_qasync(qapp, play)


def test_another_word_is_not_taken_away_by_the_key(qapp: QApplication) -> None:
    async def play() -> None:
        keyring = Keyring()
        async with desk(backend=keyring.connection()) as at:
            at.controller.scan("134567890123456789")
            assert "付款码" in hint_text(at.window)
            keyring.give(at.backend)
            await until(lambda: at.backend.wakes == 1, "the connection")
            assert "付款码" in hint_text(at.window)

    on_qasync(qapp, play)


@pytest.mark.usefixtures("soon")
def test_silence_is_said_and_gone_on_with(qapp: QApplication) -> None:
    async def play() -> None:
        keyring = Keyring()
        async with desk(backend=keyring.connection()) as at:
            at.controller.scan("code-A")
            assert is_loading(at.window)
            await until(lambda: SILENT in hint_text(at.window), "the word")
            await at.rendered()
            assert not is_loading(at.window)
            assert severity_of(at) is Severity.WARNING
            at.controller.scan("code-B")
            await until(lambda: _all_failed(at), "the same word for the next one, at once")
            keyring.give(at.backend)
            await until(lambda: bool(at.runs), "the lookup, without another scan")
            assert at.runs[0].request.identifiers[0].value == "code-B"
            at.runs[0].answer_all("B")
            await at.end(at.runs[0])
            assert shows(at.window, "B级")
            assert severity_of(at) is None
            assert len(keyring.attempts) == 1

    on_qasync(qapp, play)


def severity_of(at: Desk) -> Severity | None:
    return at.view.hint.severity if at.view.hint is not None else None


def _all_failed(at: Desk) -> bool:
    return all(isinstance(state, Failed) for state in at.view.sections.values())


@pytest.mark.usefixtures("soon")
def test_silence_is_said_before_anybody_is_scanned(qapp: QApplication) -> None:
    async def play() -> None:
        keyring = Keyring()
        async with desk(backend=keyring.connection()) as at:
            await until(lambda: SILENT in hint_text(at.window), "the word")
            keyring.give(at.backend)
            await until(lambda: at.view.hint is None, "that the word goes")

    on_qasync(qapp, play)


@pytest.mark.usefixtures("soon")
def test_silence_that_ends_in_a_refusal(qapp: QApplication) -> None:
    async def play() -> None:
        keyring = Keyring()
        async with desk(backend=keyring.connection()) as at:
            at.controller.scan("code-A")
            await until(lambda: SILENT in hint_text(at.window), "the word")
            keyring.fail()
            await until(lambda: NO_KEY in hint_text(at.window), "the other word")
            assert not at.controller._lookups.running

    on_qasync(qapp, play)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("scanned", [True, False])
def test_what_is_slow_otherwise_is_no_silence(qapp: QApplication, scanned: bool) -> None:
    """The key is there, and the network's import takes its time: no keyring is to be unlocked."""

    async def play() -> None:
        keyring = Keyring()
        keyring.waits = False
        async with desk(backend=keyring.connection()) as at:
            if scanned:
                at.controller.scan("code-A")
            for _ in range(5):
                await asyncio.sleep(0.01)
            assert SILENT not in hint_text(at.window)
            keyring.give(at.backend)
            await until(lambda: at.backend.wakes == 1, "the connection")

    on_qasync(qapp, play)


@pytest.mark.usefixtures("soon")
def test_it_closes_in_the_silence(qapp: QApplication) -> None:
    async def play() -> None:
        keyring = Keyring()
        async with desk(backend=keyring.connection()) as at:
            at.controller.scan("code-A")
            await until(lambda: SILENT in hint_text(at.window), "the word")
            await at.controller.shutdown()
            assert keyring.attempts[0].cancelled()

    on_qasync(qapp, play)


def test_a_maker_tells_while_it_waits_for_the_key() -> None:
    seen: list[bool] = []

    def open_key() -> str:
        seen.append(maker.waits_for_key)
        return "key"

    def make(key: str) -> Any:
        seen.append(maker.waits_for_key)
        return f"made with {key}"

    maker = BackendMaker(open_key, make)
    seen.append(maker.waits_for_key)
    made: Any = maker()
    assert made == "made with key"
    assert seen == [False, True, False]


def test_a_maker_whose_key_is_refused_waits_no_longer() -> None:
    def locked() -> str:
        raise CredentialError("locked")

    maker = BackendMaker(locked, lambda _key: pytest.fail("no key"))
    with pytest.raises(CredentialError):
        maker()
    assert maker.waits_for_key is False
