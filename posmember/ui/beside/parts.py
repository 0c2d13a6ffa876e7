"""The parts that stand beside the till, which go by the settings and end with the window."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from posmember.settings.config import Settings


class Part(Protocol):
    """One of them."""

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on; None is that there are no valid ones."""

    async def aclose(self) -> None:
        """End, and wait for what is under way."""


class Beside:
    """All of them.

    Args:
        parts: in the order in which they begin; they end in the other one.
    """

    def __init__(self, *parts: Part) -> None:
        self._parts = parts

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on; None is that there are no valid ones."""
        for part in self._parts:
            part.use(settings)

    async def aclose(self) -> None:
        """End all of them, also where one fails."""
        async with AsyncExitStack() as ending:
            for part in self._parts:
                ending.push_async_callback(part.aclose)
