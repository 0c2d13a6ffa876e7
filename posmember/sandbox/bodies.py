"""Reads the bytes of a request's body, up to a limit."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

MAX_BODY_BYTES: Final = 64 * 1024


async def read_bytes(request: Request) -> bytes:
    """The body as received; HTTP 400 if it is longer than `MAX_BODY_BYTES`."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MAX_BODY_BYTES:
            raise HTTPException(400, "请求内容过大")
    return bytes(received)
