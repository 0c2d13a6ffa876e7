"""An answer that was there before its question is told from one that came after it."""

from __future__ import annotations

import asyncio

import httpcore
import httpx

from posmember.api.http.listening import Listener, was_answered_before

URL = "http://server.invalid/"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d"


def listened_to(
    *parts: bytes, kind: type[httpcore.AsyncMockStream] = httpcore.AsyncMockStream
) -> tuple[httpx.AsyncHTTPTransport, Listener]:
    """A transport whose connection gives these parts, one a reading."""

    class Backend(httpcore.AsyncMockBackend):
        async def connect_tcp(self, *_how: object, **_more: object) -> httpcore.AsyncNetworkStream:
            return kind([*parts])

    transport = httpx.AsyncHTTPTransport()
    transport._pool._network_backend = Backend([])
    return transport, Listener(transport)


async def answers(transport: httpx.AsyncHTTPTransport, questions: int) -> list[tuple[bytes, bool]]:
    told = []
    for _ in range(questions):
        response = await transport.handle_async_request(httpx.Request("GET", URL))
        told.append((await response.aread(), was_answered_before(response)))
        await response.aclose()
    return told


async def test_each_answer_after_its_own_question() -> None:
    transport, listener = listened_to(ANSWER % 1, ANSWER % 2)
    assert await answers(transport, 2) == [(b"1", False), (b"2", False)]
    await listener.aclose()


async def test_a_second_answer_behind_the_first_is_not_the_next_questions() -> None:
    transport, listener = listened_to(ANSWER % 1 + ANSWER % 2, ANSWER % 3)
    assert await answers(transport, 2) == [(b"1", False), (b"2", True)]
    await listener.aclose()


async def test_half_of_a_second_answer_is_as_good_as_none() -> None:
    """Its other half is read after the question: told by nobody, so the rest has to notice."""
    transport, _listener = listened_to(ANSWER % 1 + (ANSWER % 2)[:9], (ANSWER % 2)[9:])
    assert await answers(transport, 2) == [(b"1", False), (b"2", False)]


async def test_what_is_no_connection_of_ours_tells_nothing() -> None:
    assert not was_answered_before(httpx.Response(200))


async def test_its_pauses_are_the_backends() -> None:
    transport, _listener = listened_to()
    await transport._pool._network_backend.sleep(0)


class Quiet(httpcore.AsyncMockStream):
    """A connection on which nothing comes when all parts were read."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        data = await super().read(max_bytes, timeout)
        if not data:
            await asyncio.sleep(3600)
        return data


class Broken(httpcore.AsyncMockStream):
    """A connection that breaks when all parts were read."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        data = await super().read(max_bytes, timeout)
        if not data:
            raise httpcore.ReadError
        return data


async def what_is_heard(kind: type[httpcore.AsyncMockStream], *parts: bytes) -> tuple[bool, int]:
    """After one answer: whether anything more is heard, and how often that was told."""
    transport, listener = listened_to(*parts, kind=kind)
    await answers(transport, 1)
    told: list[bool] = []
    listener.listen(lambda: told.append(True))
    for _ in range(5):
        await asyncio.sleep(0)
    heard = await listener.stop()
    await listener.aclose()
    return heard, len(told)


async def test_nothing_behind_an_answer() -> None:
    assert await what_is_heard(Quiet, ANSWER % 1) == (False, 0)


async def test_something_behind_an_answer_and_its_end() -> None:
    assert await what_is_heard(Quiet, ANSWER % 1, b"x") == (True, 1)
    assert await what_is_heard(httpcore.AsyncMockStream, ANSWER % 1) == (True, 1)
    assert await what_is_heard(Broken, ANSWER % 1) == (True, 1)


async def test_a_connection_that_was_never_opened_has_ended() -> None:
    _transport, listener = listened_to()
    told: list[bool] = []
    listener.listen(lambda: told.append(True))
    await asyncio.sleep(0)
    assert await listener.stop()
    assert told == [True]
