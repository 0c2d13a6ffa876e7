"""WeChat Pay's keys, or a relay's token, as a till keeps them: kept, shown, taken away.

Every call may wait for the keyring, and for the cryptography's import: use a thread.
"""

from __future__ import annotations

from pathlib import Path

from posmember.api.wechat.access import check_access, from_text, to_text
from posmember.api.wechat.gate import Access
from posmember.lookup.desk import KEYRING_NAME, forget_set_up, note_set_up
from posmember.trust.credentials import CredentialStore, delete_long, get_long, set_long


def kept_access(store: CredentialStore, audit_path: Path) -> Access | None:
    """What is kept; None where there is nothing. Raises CredentialError."""
    text = get_long(store, KEYRING_NAME)
    if text is None:
        return None
    note_set_up(audit_path)  # tills that were set up before there was such a note have none
    return from_text(text)


def keep_access(store: CredentialStore, access: Access, audit_path: Path) -> None:
    """Keep an access in place of what was kept.

    Raises:
        ConfigError: what cannot be right in it.
        CredentialError: the keyring failed.
    """
    check_access(access)
    set_long(store, KEYRING_NAME, to_text(access))
    note_set_up(audit_path)


def drop_access(store: CredentialStore, audit_path: Path) -> None:
    """Keep none any more. Raises CredentialError."""
    delete_long(store, KEYRING_NAME)
    forget_set_up(audit_path)
