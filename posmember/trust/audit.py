"""The audit log of changed cards: one line a step, only ever appended to, about nobody.

A card is told by a keyed hash of its code: who has the key, which the keyring keeps, can find a
card's lines; nobody else can tell whose they are.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import secrets
import threading
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import platformdirs

from posmember.errors import AuditError
from posmember.settings.files import give_away, make_folder, must_be_regular, sync_folder
from posmember.trust.credentials import CredentialStore

KEY_NAME: Final = "audit-key"
_KEY_BYTES: Final = 32
_APPEND: Final = (
    os.O_RDWR
    | os.O_APPEND
    | os.O_CREAT
    | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
)
_ONE_AT_A_TIME: Final = threading.Lock()


class Step(StrEnum):
    """What became of a change."""

    ASKED = "asked"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DONE = "done"
    KEPT_OTHERWISE = "kept_otherwise"
    NOT_READ_BACK = "not_read_back"


def audit_path() -> Path:
    """Where the log is; the program never shortens or removes it."""
    return platformdirs.user_data_path("posmember", appauthor=False) / "wechat-card-audit.jsonl"


def audit_key(store: CredentialStore) -> bytes:
    """The key of the hashes, made when there is none. Raises CredentialError."""
    kept = store.get(KEY_NAME) or ""
    if len(kept) == 2 * _KEY_BYTES and kept.isalnum():
        return kept.encode()
    made = secrets.token_hex(_KEY_BYTES)
    store.set(KEY_NAME, made)
    return made.encode()


class AuditLog:
    """Appends lines of JSON.

    Args:
        key: of the hashes.
        path: the file; its folder is made.
    """

    def __init__(self, key: bytes, path: Path) -> None:
        self._key = key
        self._path = path

    def write(
        self,
        step: Step,
        *,
        at: datetime,
        who: str,
        card_code: str,
        fields: Sequence[str],
        code: str = "",
    ) -> None:
        """Append one line, and see it on the disk.

        Args:
            at: aware.
            who: the supervisor's staff number.
            fields: names, never values.
            code: the platform's refusal.

        Raises:
            AuditError: it could not be written.
        """
        line = {
            "at": at.isoformat(timespec="seconds"),
            "who": who,
            "card": self.card_hash(card_code),
            "step": step.value,
            "fields": list(fields),
        }
        if code:
            line["code"] = code
        try:
            with _ONE_AT_A_TIME:
                self._append(json.dumps(line).encode() + b"\n")
        except OSError as error:
            raise AuditError(f"the audit log cannot be written: {error.strerror}") from error

    def card_hash(self, card_code: str) -> str:
        """What stands for a card: HMAC-SHA256 of its code."""
        return hmac.new(self._key, card_code.encode(), hashlib.sha256).hexdigest()

    def _append(self, line: bytes) -> None:
        make_folder(self._path.parent)
        handle = os.open(self._path, _APPEND, 0o600)
        try:
            must_be_regular(handle)
            is_new = os.fstat(handle).st_size == 0
            if _is_torn(handle):
                line = b"\n" + line
            if os.write(handle, line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            give_away(self._path)
            sync_folder(self._path.parent)


def _is_torn(handle: int) -> bool:
    """Whether the last line was not written to its end."""
    if os.lseek(handle, 0, os.SEEK_END) == 0:
        return False
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) != b"\n"
