"""What a till is connected by: its settings, and ways to open the platform and WeChat Pay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posmember.errors import ConfigError
from posmember.settings.declared import SETTINGS_ACCESS, SettingsAccess
from posmember.ui.threads import in_a_daemon, settled
from posmember.ui.till.connection import BackendMaker

if TYPE_CHECKING:
    from pathlib import Path

    from posmember.api.http.client import Network
    from posmember.lookup.backend import Backend
    from posmember.lookup.desk import Opened
    from posmember.settings.config import Settings
    from posmember.ui.settings.session_keys import SessionKeys

    Loaded = tuple[Settings, Callable[[], str], Callable[[], Opened]]


@dataclass(frozen=True, slots=True)
class Connecting:
    """What a till can be connected by.

    Args:
        settings: None where there is no valid configuration; `begin` says why.
        begin: starts to connect to the platform. waits_for_key: whether that waits for the keyring.
        begin_desk: starts to open what WeChat Pay is asked with.
    """

    settings: Settings | None
    begin: Callable[[], asyncio.Future[Backend]]
    waits_for_key: Callable[[], bool]
    begin_desk: Callable[[], asyncio.Future[Opened]]


def file_to_write(settings: Settings | None) -> Path | None:
    """Where a setting is kept that the window finds out; None where it is not to be.

    Behind a supervisor's PIN it is kept by the settings alone.
    """
    if settings is None or settings.policy.value(SETTINGS_ACCESS) is not SettingsAccess.OPEN:
        return None
    return settings.path


def connecting(
    load: Callable[[], Loaded],
    keys: SessionKeys,
    network: Callable[[], Network] | None = None,
) -> Connecting:
    """Read the configuration now; the connections are opened beside the window.

    Args:
        load: see `posmember.app.run`.
        keys: open keys of this session alone, which go before the keyring's.
        network: makes what stands for the network, in training mode; None is the real one.
    """
    try:
        settings, open_key, open_desk = load()
    except ConfigError as error:
        wrong = error
        return Connecting(None, lambda: settled(error=wrong), lambda: False, lambda: settled(None))
    open_id = settings.platform.open_id

    def make(key: str) -> Backend:
        # In a thread: httpx and keyring take longer to import than a frame lasts.
        from posmember.lookup.backend import Backend

        return Backend(settings, key, network=network() if network is not None else None)

    maker = BackendMaker(lambda: keys.key_or(open_id, open_key), make)
    return Connecting(
        settings,
        lambda: in_a_daemon(maker),
        lambda: maker.waits_for_key,
        lambda: in_a_daemon(open_desk),
    )
