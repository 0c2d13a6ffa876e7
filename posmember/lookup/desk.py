"""What a till has for 微信会员卡: nothing, until keys of WeChat Pay or a relay are kept on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from posmember.api.http.proxies import SYSTEM
from posmember.trust.audit import AuditLog, audit_key
from posmember.trust.credentials import CredentialStore, get_long
from posmember.trust.supervisors import Supervisors

if TYPE_CHECKING:
    from posmember.lookup.wechat import WechatService

KEYRING_NAME: Final = "wechat-access"


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
        return Supervisors(self.store)

    def open_audit(self) -> AuditLog:
        """The audit log. Raises CredentialError."""
        return AuditLog(audit_key(self.store), self.audit_path)


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
