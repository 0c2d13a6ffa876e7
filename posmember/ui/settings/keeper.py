"""Keeps what was typed: a key in the keyring, then the settings in their file. No widgets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from posmember.settings.config import Settings, parse
from posmember.settings.declared import BY_PATH
from posmember.settings.file_now import FileNow
from posmember.settings.setting import Setting
from posmember.ui.settings.place import (
    SetupPlace,
    keep_key,
    keep_settings,
    keep_wechat,
)
from posmember.ui.settings.session_keys import SessionKeys
from posmember.ui.settings.values import Value
from posmember.ui.threads import in_a_daemon
from posmember.ui.till.connection import SAID_AFTER_S

Changes = Mapping[Setting[Any], "Value | None"]


class Keeper:
    """Knows the file as it was read, and writes it only as long as it is still that.

    Args:
        keys: those of this session alone.
    """

    def __init__(self, place: SetupPlace, keys: SessionKeys) -> None:
        self.place, self._keys = place, keys
        self.file: FileNow | None = None
        """The file as it was read last."""

    @property
    def given(self) -> Mapping[str, object]:
        """What the file gives, by the settings' paths."""
        return self.file.given if self.file is not None else {}

    def read(self) -> None:
        """Read the file anew. Raises ConfigError."""
        self.file = self.place.read()

    def settings_with(self, changes: Changes) -> Settings:
        """The settings as they would be. Raises ConfigError."""
        tables: dict[str, dict[str, object]] = {}
        changed = {setting.path: value for setting, value in changes.items()}
        for path, value in {**self.given, **changed}.items():
            if value is not None and path in BY_PATH:
                tables.setdefault(BY_PATH[path].table, {})[BY_PATH[path].key] = value
        file = self.file.path if self.file is not None else None
        return parse(tables, file, self.place.policy)

    async def keep(
        self,
        changes: Changes,
        key: str,
        *,
        wechat: str = "",
        for_session: bool = False,
        tell_of_silence: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep a key, where there is one, then the settings: what breaks off can be done again.

        Args:
            key: the open key; "" for none.
            wechat: WeChat Pay's access as a text that holds it; "" for none.
            for_session: whether the key is for this session alone, and in memory alone.
            tell_of_silence: called once where the keyring has not answered for long.

        Raises:
            CredentialError: the keyring failed; nothing is kept.
            ConfigError: the settings are not written; the key is kept.
        """
        if self.file is None:  # it could not be read before: else nothing of this would be written
            self.read()
        open_id = self.settings_with(changes).platform.open_id
        if key and for_session:
            self._keys.keep(open_id, key)
        elif key:
            await self._keep_key(open_id, key, tell_of_silence)
        if wechat:
            await in_a_daemon(lambda: keep_wechat(self.place, wechat))
        before = self.file
        if before is not None:
            self.file = await in_a_daemon(lambda: keep_settings(self.place, before, changes))

    async def _keep_key(self, open_id: str, key: str, tell_of_silence: Callable[[], None]) -> None:
        attempt = in_a_daemon(lambda: keep_key(self.place.store, open_id, key))
        await asyncio.wait([attempt], timeout=SAID_AFTER_S)
        if not attempt.done():
            tell_of_silence()
        await attempt
        self._keys.drop(open_id)
