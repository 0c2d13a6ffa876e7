"""WeChat Pay's keys, or a relay's token, as a till keeps them: kept, shown, taken away.

Every call may wait for the keyring, and for the cryptography's import: use a thread. It is
imported where it is needed alone, as most tills never need it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from posmember.errors import CredentialError, KeyringLockedError
from posmember.lookup.desk import KEYRING_NAME, NOTE_NAME, forget_set_up, note_set_up
from posmember.trust.credentials import CredentialStore, delete_long, get_long, set_long

if TYPE_CHECKING:
    from posmember.api.wechat.gate import Access


def has_access(store: CredentialStore) -> bool:
    """Whether anything is kept, usable or not. Raises CredentialError."""
    return store.get(KEYRING_NAME) is not None


def kept_access(store: CredentialStore, audit_path: Path) -> Access | None:
    """What is kept; None where there is nothing. Raises CredentialError."""
    text = kept_text(store)
    if text is None:
        return None
    note_set_up(audit_path)  # tills that were set up before there was such a note have none
    from posmember.api.wechat.access import from_text

    return from_text(text)


def noted_access(store: CredentialStore, audit_path: Path) -> Access | None:
    """What is kept where it is noted that something is; else the keyring is not asked.

    Raises:
        CredentialError: the keyring failed, or holds what is not usable.
    """
    if not audit_path.with_name(NOTE_NAME).exists():
        return None
    return kept_access(store, audit_path)


def keep_access(store: CredentialStore, access: Access, audit_path: Path) -> None:
    """Keep an access in place of what was kept.

    Raises:
        ConfigError: what cannot be right in it.
        CredentialError: the keyring failed.
    """
    from posmember.api.wechat.access import check_access, to_text

    check_access(access)
    set_long(store, KEYRING_NAME, to_text(access))
    note_set_up(audit_path)


def drop_access(store: CredentialStore, audit_path: Path) -> None:
    """Keep none any more. Raises CredentialError."""
    delete_long(store, KEYRING_NAME)
    forget_set_up(audit_path)


# --- as a text, which other tills are set up with -----------------------------------------------


def kept_text(store: CredentialStore) -> str | None:
    """What is kept, as the text that it is kept as; None where there is nothing.

    Raises:
        CredentialError: the keyring failed, or a part of it is gone.
    """
    return get_long(store, KEYRING_NAME)


def usable_text(store: CredentialStore) -> str | None:
    """As `kept_text`; None also where a part of it is gone, as that can be replaced alone."""
    try:
        return kept_text(store)
    except KeyringLockedError:
        raise  # nobody is to be asked for the same password twice
    except CredentialError:
        if not has_access(store):  # it is the keyring that fails
            raise
        return None


def check_text(text: str) -> None:
    """Refuse a text that holds no access. Raises CredentialError."""
    from posmember.api.wechat.access import from_text

    from_text(text)


def swap_text(store: CredentialStore, text: str) -> Callable[[], None]:
    """Keep a text in place of what was kept; whether it is noted is up to who calls this.

    Returns:
        What puts back what was kept before; it may raise CredentialError.

    Raises:
        CredentialError: the keyring failed, and it is as it was.
    """
    before = usable_text(store)
    set_long(store, KEYRING_NAME, text)
    if before is None:
        return lambda: delete_long(store, KEYRING_NAME)
    return lambda: set_long(store, KEYRING_NAME, before)
