"""Lookups over HTTP while settings change: who asks meanwhile is served."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from posmember.errors import KeyringLockedError
from posmember.settings.config import Settings
from posmember.settings.declared import Programs
from posmember.ui.beside.http.gate import PATH
from posmember.ui.beside.http.part import HttpPart
from posmember.ui.beside.instance.lookups import Lookups
from posmember.ui.view.screen import Hint
from tests.gui.driving import SETTINGS, on_qasync, until

FIRST, SECOND = "EXAMPLE_first_token_0123456789", "EXAMPLE_second_token_0123456789"
ORIGIN = "https://pos.example.com"


class SettledLookups:
    """Answers with nothing; the window's connection may be made to take its time."""

    def __init__(self) -> None:
        self.is_there = asyncio.Event()
        self.is_there.set()

    async def settled(self) -> None:
        await self.is_there.wait()

    async def answer(self, _asked: object) -> dict[str, Any]:
        return {"exit": 0}


@dataclass
class Kept:
    """What the keyring holds, or why it does not give it."""

    token: str | Exception = FIRST

    def read(self) -> str:
        if isinstance(self.token, Exception):
            raise self.token
        return self.token


@pytest.fixture
def port() -> Iterator[int]:
    """A port that nobody else gets meanwhile, and that a server of this test may have."""
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def with_port(port: int, *, origins: tuple[str, ...] = ()) -> Settings:
    beside = replace(SETTINGS.beside, programs=Programs.FULL, http_port=port, http_origins=origins)
    return replace(SETTINGS, beside=beside)


async def status(port: int, token: str = FIRST) -> int:
    """Ask for a lookup; returns what was answered, 0 where nobody listens."""
    body = b'{"identifier": "qm0000001"}'
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return 0
    writer.write(head.encode() + body)
    told = await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(told.split()[1])


@asynccontextmanager
async def part(kept: Kept) -> AsyncIterator[tuple[HttpPart, SettledLookups, list[str]]]:
    lookups, owner, told = SettledLookups(), QObject(), list[str]()

    def take(hint: Hint) -> None:
        told.append(hint.text)

    made = HttpPart(cast("Lookups", lookups), kept.read, owner)
    made.told.connect(take)
    try:
        yield made, lookups, told
    finally:
        await made.aclose()
        owner.deleteLater()


async def until_served(port: int, token: str) -> None:
    """Wait until a token is let in; `on_qasync` ends what takes too long."""
    while await status(port, token) != HTTPStatus.OK:
        continue


def test_the_same_settings_again_refuse_nobody(qapp: QApplication, port: int) -> None:
    async def play() -> None:
        async with part(kept := Kept()) as (made, lookups, told):
            made.use(with_port(port))
            await until_served(port, FIRST)
            lookups.is_there.clear()  # as after a change of the platform's keys
            kept.token = SECOND
            made.use(with_port(port))
            assert await status(port, FIRST) == HTTPStatus.OK, "while the connection is made anew"
            lookups.is_there.set()
            await until_served(port, SECOND)
            assert await status(port, FIRST) == HTTPStatus.UNAUTHORIZED
            assert told == []

    on_qasync(qapp, play)


@pytest.mark.parametrize("token", ["", KeyringLockedError("stays locked")])
def test_a_token_that_is_gone_is_let_in_no_more(
    qapp: QApplication, port: int, token: str | Exception
) -> None:
    async def play() -> None:
        async with part(kept := Kept()) as (made, _lookups, told):
            made.use(with_port(port))
            await until_served(port, FIRST)
            kept.token = token
            made.use(with_port(port))
            await until(lambda: bool(told), "a word")
            assert await status(port) == 0
            kept.token = FIRST
            made.use(with_port(port))
            await until_served(port, FIRST)
            assert len(told) == 1

    on_qasync(qapp, play)


def test_what_is_allowed_no_more_ends_at_once(qapp: QApplication, port: int) -> None:
    async def play() -> None:
        async with part(Kept()) as (made, lookups, _told):
            made.use(with_port(port, origins=(ORIGIN,)))
            await until_served(port, FIRST)
            lookups.is_there.clear()
            made.use(with_port(port))
            assert await status(port) == 0, "another list of pages"
            lookups.is_there.set()
            await until_served(port, FIRST)
            made.use(SETTINGS)
            assert await status(port) == 0, "switched off"

    on_qasync(qapp, play)
