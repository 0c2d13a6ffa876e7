"""The open platform as a witness of the time, for a till whose clock may be fast.

Nobody signed that the clock is fast: what was signed long ago would be taken for new. The other
platform's answers say so, in the window as a matter of course; a command asks it once.
"""

from __future__ import annotations

import asyncio
import contextlib

from posmember.api.clock import PlatformClock
from posmember.cli.keyring_wait import from_keyring
from posmember.errors import ApiError, PosMemberError
from posmember.lookup.backend import Backend
from posmember.settings import config
from posmember.trust.credentials import KeyringStore, open_key

_NOBODY = "0"


def ask_witness(loop: asyncio.Runner) -> PlatformClock | None:
    """The open platform's clock after one call about nobody.

    Returns:
        None where the platform is not set up, or tells no time.
    """
    try:
        settings = config.load()
        key = from_keyring(lambda: open_key(settings.platform.open_id, KeyringStore()))
        backend = Backend(settings, key)
    except PosMemberError:
        return None
    loop.run(_ask(backend))
    return backend.clock if backend.clock.calibrated else None


async def _ask(backend: Backend) -> None:
    try:
        with contextlib.suppress(ApiError):  # a refusal tells the time as well
            await backend.platform.gift_cards(_NOBODY)
    finally:
        await backend.aclose()
