"""What a till has for 微信会员卡: nothing, until keys of WeChat Pay or a relay are kept on it.

Whether they are is noted in a small file beside the audit log, so that a till without them never
asks its keyring, which could ask a person for a password.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from posmember.api.http.proxies import SYSTEM
from posmember.settings.files import make_folder
from posmember.trust.audit import AuditLog, audit_key
from posmember.trust.credentials import CredentialStore, get_long
from posmember.trust.lock import one_at_a_time
from posmember.trust.supervisors import LOCK_NAME, Supervisors

if TYPE_CHECKING:
    from posmember.lookup.wechat import WechatService

KEYRING_NAME: Final = "wechat-access"
NOTE_NAME: Final = "wechat-card-set-up"


@dataclass(frozen=True, slots=True)
class WechatDesk:
    """All that cards are asked for and changed with on one till.

    Args:
        store: of supervisors and the audit log's key; its calls belong in a thread.
        audit_path: the audit log.
    """

    service: WechatService
    store: CredentialStore
    audit_path: Path

    @property
    def supervisors(self) -> Supervisors:
        """Who may change a card."""
        return Supervisors(self.store, lock=self._lock)

    def open_audit(self) -> AuditLog:
        """The audit log. Raises CredentialError, or AuditError where its folder fails."""
        with one_at_a_time(self._lock):  # two first ones at once would make two keys
            return AuditLog(audit_key(self.store), self.audit_path)

    @property
    def _lock(self) -> Path:
        return self.audit_path.with_name(LOCK_NAME)


@dataclass(frozen=True, slots=True)
class PerhapsDesk:
    """Nothing says that WeChat Pay is set up here, and only the keyring knows.

    Args:
        open: asks the keyring, as `open_desk` does; for when a person wants a card.
    """

    open: Callable[[], WechatDesk | None]


Opened = WechatDesk | PerhapsDesk | None


def open_noted_desk(
    store: CredentialStore, timeout_s: float, audit_path: Path, proxy: str = SYSTEM
) -> Opened:
    """The desk where it is noted that there is one; the keyring is not asked where it is not.

    Args and raises as `open_desk`. What the keyring then gives without a note is noted.
    """

    def open_and_note() -> WechatDesk | None:
        desk = open_desk(store, timeout_s, audit_path, proxy)
        if desk is not None:
            note_set_up(audit_path)
        return desk

    if audit_path.with_name(NOTE_NAME).exists():
        return open_desk(store, timeout_s, audit_path, proxy)
    return PerhapsDesk(open_and_note)


def note_set_up(audit_path: Path) -> None:
    """Note that keys of WeChat Pay are kept; where that fails, F10 still finds them."""
    note = audit_path.with_name(NOTE_NAME)
    with contextlib.suppress(OSError):
        make_folder(note.parent)
        note.touch(mode=0o600)


def forget_set_up(audit_path: Path) -> None:
    """Note that none are kept any more."""
    with contextlib.suppress(OSError):
        audit_path.with_name(NOTE_NAME).unlink(missing_ok=True)


def open_desk(
    store: CredentialStore, timeout_s: float, audit_path: Path, proxy: str = SYSTEM
) -> WechatDesk | None:
    """The desk of a till that WeChat Pay is set up on, else None.

    To be called in a thread: it waits for the keyring, and for the cryptography's import.

    Args:
        timeout_s: the longest one call may take.
        proxy: see `posmember.api.http.proxies.find_proxy`.

    Raises:
        CredentialError: the keyring failed, or holds what is not usable.
        ConfigError: the proxy cannot be used.
    """
    kept = get_long(store, KEYRING_NAME)
    if kept is None:
        return None
    # Not before there is a key: most tills never need these.
    from posmember.api.wechat.access import from_text
    from posmember.lookup.wechat import WechatService

    return WechatDesk(WechatService(from_text(kept), timeout_s, proxy=proxy), store, audit_path)
