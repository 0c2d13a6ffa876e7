"""The event loop that the window runs on: asyncio on Qt's loop."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication


def make_event_loop(app: QCoreApplication) -> asyncio.AbstractEventLoop:
    """Make the loop of the calling thread.

    asyncio's own loops close an async generator that was left in the middle, such as the body
    of an answer that turned out too large; qasync's does not see to it, so it is done here.
    """
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(app)

    def close_generator(generator: AsyncGenerator[Any, Any]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(loop.create_task, generator.aclose())

    sys.set_asyncgen_hooks(finalizer=close_generator)
    return loop
