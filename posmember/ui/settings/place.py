"""Where a till's settings and keys are kept, and how they are kept there. No widgets."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from posmember.errors import ConfigError, CredentialError, KeyringLockedError
from posmember.settings.declared import SETTINGS_ACCESS, SettingsAccess
from posmember.settings.edit import FileChangedError, save_settings
from posmember.settings.file_now import FileNow
from posmember.settings.policy import Policy
from posmember.settings.setting import Setting
from posmember.trust.credentials import CredentialStore
from posmember.trust.supervisors import Supervisors
from posmember.ui.messages import error_text
from posmember.ui.settings.last_check import LastCheck
from posmember.ui.settings.values import Value
from posmember.ui.wording.plain import one_line

if TYPE_CHECKING:
    from posmember.api.wechat.gate import Access

translate = QCoreApplication.translate

FULL: Final = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
NOT_ALLOWED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
"""Numbers of the system's errors for which there is something to do."""


@dataclass(frozen=True, slots=True)
class SetupPlace:
    """What a till is set up in.

    Args:
        read: gives the configuration file as it is now; raises ConfigError.
        store: of the keys; its calls belong in a thread.
        policy: the machine's.
        drafts: where what was typed and not finished is kept; see `Draft`.
        audit_path: WeChat Pay's audit log, beside which it is noted that there are keys.
        has_environment_key: whether the environment gives the open key, so that none is kept.
        last_check: the connection check that ran last.
    """

    read: Callable[[], FileNow]
    store: CredentialStore
    policy: Policy
    drafts: Sequence[Path]
    audit_path: Path
    has_environment_key: bool = False
    last_check: LastCheck = field(default_factory=LastCheck)

    @property
    def access(self) -> SettingsAccess:
        """Who may change settings."""
        value: SettingsAccess = self.policy.value(SETTINGS_ACCESS)
        return value

    @property
    def supervisors(self) -> Supervisors:
        """Who may, where a PIN is asked for."""
        return Supervisors(self.store)

    def noted_wechat(self) -> Access | None:
        """WeChat Pay's access, where it is noted that there is one. Raises CredentialError."""
        from posmember.lookup.wechat_keys import noted_access

        return noted_access(self.store, self.audit_path)


def keep_key(store: CredentialStore, open_id: str, key: str) -> None:
    """Keep an open key, and see that it is there. Raises CredentialError."""
    if store.get(open_id) == key:
        return
    store.set(open_id, key)
    if store.get(open_id) != key:
        raise CredentialError("the keyring gives another key than it was given")


def keep_wechat(place: SetupPlace, text: str) -> None:
    """Keep WeChat Pay's access, as a provision holds it. Raises CredentialError or ConfigError."""
    from posmember.api.wechat.access import from_text
    from posmember.lookup.wechat_keys import keep_access

    keep_access(place.store, from_text(text), place.audit_path)


def keep_settings(
    place: SetupPlace, before: FileNow, changes: Mapping[Setting[Any], Value | None]
) -> FileNow:
    """Write what was changed; what the policy sets is left out.

    Returns:
        The file as it is then.

    Raises:
        ConfigError: as of `posmember.settings.edit.save_settings`.
    """
    mine = {setting: value for setting, value in changes.items() if not place.policy.sets(setting)}
    if not mine:
        return before
    content = save_settings(before.path, mine, seen=before.content, policy=place.policy)
    given = dict(before.given)
    for setting, value in mine.items():
        if value is None:
            given.pop(setting.path, None)
        else:
            given[setting.path] = value
    return FileNow(before.path, content, given)


def key_not_kept_text(error: CredentialError) -> str:
    """Say why a key was not kept, and what to do; nothing that was typed is lost."""
    if isinstance(error, KeyringLockedError):
        return translate("Settings", "密钥没有保存：系统密钥库没有解锁，再保存一次会再问密码")
    return translate("Settings", "密钥没有保存。") + error_text(error).text


def not_kept_text(error: ConfigError) -> str:
    """Say why settings were not written, and what to do; nothing that was typed is lost."""
    if isinstance(error, FileChangedError):
        return translate("Settings", "没有保存：别的程序刚改过配置文件，请重新读取后再改")
    number = _system_error(error)
    if number in FULL:
        return translate("Settings", "没有保存：磁盘满了，清理后再保存，填的内容还在")
    if number in NOT_ALLOWED:
        return translate("Settings", "没有保存：配置文件不让改，请联系管理员")
    why = one_line(str(error))
    return translate("Settings", "没有保存，填的内容还在：{why}").format(why=why)


def _system_error(error: BaseException) -> int | None:
    """The number of the system's own error under one of ours."""
    under = error.__cause__
    while under is not None and not isinstance(under, OSError):
        under = under.__cause__
    return under.errno if under is not None else None
