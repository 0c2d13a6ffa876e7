"""A server in this process in place of the network: nothing of a call leaves it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import httpx

from posmember.api.http.client import Network

_Message = MutableMapping[str, Any]
App = Callable[
    [_Message, Callable[[], Awaitable[_Message]], Callable[[_Message], Awaitable[None]]],
    Awaitable[None],
]
"""An ASGI application."""


def in_process(app: App) -> Network:
    """What a client asks instead of the network; no socket is opened for it."""
    return httpx.ASGITransport(app=app)
