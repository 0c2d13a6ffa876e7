"""The pictures: what is served, and which card leads to what."""

from __future__ import annotations

import struct
import zlib

import httpx
import pytest

from posmember.sandbox.wechat.records import CardRecord
from tests.unit.sandbox.wechat.caller import WechatTill, trusted

MIB = 1024 * 1024


async def fetch(till: WechatTill, name: str) -> httpx.Response:
    return await till.client.get(f"/pictures/{name}")


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the rows of a PNG whose checksums are right."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", png, at + 8 + length)
        assert checksum == zlib.crc32(kind + content)
        chunks[kind] = content
        at += 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, colours, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, colours, rest) == (8, 2, [0, 0, 0])
    return width, height, zlib.decompress(chunks[b"IDAT"])


@pytest.mark.parametrize(
    ("name", "size", "bytes_from", "bytes_to"),
    [("card.png", (716, 320), 100, 50_000), ("large.png", (1432, 640), MIB + 1, 4 * MIB)],
)
async def test_pictures(
    till: WechatTill, name: str, size: tuple[int, int], bytes_from: int, bytes_to: int
) -> None:
    response = await fetch(till, name)
    assert response.headers["content-type"] == "image/png"
    assert bytes_from <= len(response.content) <= bytes_to
    width, height, rows = pixels(response.content)
    assert (width, height) == size
    assert len(rows) == height * (3 * width + 1)
    assert {rows[row * (3 * width + 1)] for row in range(height)} == {0}


async def test_no_picture(till: WechatTill) -> None:
    response = await fetch(till, "notes.txt")
    assert response.headers["content-type"].startswith("text/plain")
    assert not response.content.startswith((b"\x89PNG", b"\xff\xd8"))
    assert (await fetch(till, "nothing.png")).status_code == 404


async def test_which_card_leads_to_what(till: WechatTill, cards: tuple[CardRecord, ...]) -> None:
    served = {}
    for card in cards:
        told = trusted(await till.get((card.code, card.openid)))
        if url := told.get("card_picture_url"):
            response = await till.client.get(url)
            assert response.status_code == 200
            served[card.openid[-2:]] = (response.headers["content-type"], len(response.content))
    numbers = {card.openid[-2:] for card in cards}
    assert numbers - served.keys() == {"08", "13", "19"}
    no_picture = [number for number, (kind, _) in served.items() if kind != "image/png"]
    too_large = [number for number, (_, size) in served.items() if size > MIB]
    assert (no_picture, too_large) == (["11"], ["12"])
