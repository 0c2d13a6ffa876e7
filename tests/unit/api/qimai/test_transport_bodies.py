"""Bodies of answers: how large, how packed, of what type."""

from __future__ import annotations

import gzip

import httpx
import pytest

from posmember.errors import ApiResponseError
from tests.fakes.network import ScriptedNetwork, Stream, error_of, post

EIGHT_MIB = 8 * 1024 * 1024


def json_of(size: int) -> bytes:
    start, end = b'{"status":true,"code":0,"data":"', b'"}'
    return start + b"x" * (size - len(start) - len(end)) + end


async def test_the_largest_answer() -> None:
    whole = json_of(EIGHT_MIB)
    data = await post(ScriptedNetwork(httpx.Response(200, content=whole)))
    assert isinstance(data, str)
    assert len(data) > EIGHT_MIB - 100


async def test_a_larger_answer_is_refused_while_it_comes() -> None:
    stream = Stream([b"x" * 1024 * 1024] * 100)
    network = ScriptedNetwork(httpx.Response(200, stream=stream, headers={"x-request-id": "r1"}))
    error = await error_of(network)
    assert isinstance(error, ApiResponseError)
    assert (error.path, error.request_id) == ("$", "r1")
    assert stream.taken == 9
    assert stream.closed


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("gzip", "8 MiB"),
        ("x-gzip, identity", "8 MiB"),
        ("gzip, gzip", "not decodable"),
        ("gzip,gzip,gzip", "not decodable"),
        ("br, gzip", "not decodable"),
    ],
)
async def test_a_gzip_bomb_is_refused(encoding: str, said: str) -> None:
    bomb = json_of(20 * 1024 * 1024)
    for _ in range(encoding.count("gzip")):
        bomb = gzip.compress(bomb)
    assert len(bomb) < 100_000
    headers = {"content-encoding": encoding}
    network = ScriptedNetwork(httpx.Response(200, stream=Stream([bomb]), headers=headers))
    error = await error_of(network)
    assert isinstance(error, ApiResponseError)
    assert said in str(error)


async def test_a_compressed_answer_is_read() -> None:
    body = gzip.compress(b'{"status":true,"code":0,"data":"\xe5\xa5\xbd"}')
    answer = httpx.Response(200, stream=Stream([body]), headers={"content-encoding": "gzip"})
    assert await post(ScriptedNetwork(answer)) == "好"


async def test_what_is_not_gzip_is_unreadable() -> None:
    answer = httpx.Response(200, stream=Stream([b"{}"]), headers={"content-encoding": "gzip"})
    error = await error_of(ScriptedNetwork(answer))
    assert isinstance(error, ApiResponseError)
    assert error.path == "$"


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream", "image/png", ""])
async def test_the_content_type_does_not_matter(kind: str) -> None:
    body = b'{"status":true,"code":0,"data":1}'
    answer = httpx.Response(200, content=body, headers={"content-type": kind})
    assert await post(ScriptedNetwork(answer)) == 1
