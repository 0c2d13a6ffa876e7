"""Who may change a card: supervisors by their staff number, each with a PIN. In the keyring.

PINs are kept as scrypt hashes. Wrong ones are counted, also across starts of the program and
among programs that run at the same time: after five in a row the next has to wait five minutes,
whosever it is. Who is a supervisor is changed by one of them, or by the machine's administrator.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from posmember.errors import (
    ConfigError,
    CredentialError,
    NoSupervisorError,
    PinRejectedError,
    SupervisorNeededError,
)
from posmember.trust.administrator import is_administrator
from posmember.trust.audit import audit_path
from posmember.trust.credentials import CredentialStore, get_long, set_long
from posmember.trust.lock import one_at_a_time

MAX_TRIES: Final = 5
PAUSE_S: Final = 300
MIN_PIN, MAX_PIN = 6, 64
HASHES_NAME: Final = "supervisors"
TRIES_NAME: Final = "supervisor-tries"
LOCK_NAME: Final = "supervisors.lock"

_STAFF_NUMBER: Final = re.compile(r"[A-Za-z0-9_-]{1,20}")
_PIN: Final = re.compile(rf"[!-~]{{{MIN_PIN},{MAX_PIN}}}")
_N, _R, _P = 2**14, 8, 5
"""scrypt's cost: 16 MiB and some 100 ms on a till."""
_NOBODY: Final = "scrypt$00$00"
"""Compared with where there is no such supervisor, so that both take the same time."""


@dataclass(frozen=True, slots=True)
class Permit:
    """A supervisor has shown the PIN: what changes a card asks for one."""

    who: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A supervisor's staff number and PIN, as somebody gave them; nobody has checked them."""

    who: str
    pin: str = field(repr=False)


class Supervisors:
    """The supervisors of this machine. Every call may wait for the keyring: use a thread.

    Args:
        store: where they are kept.
        uptime: seconds that only go forward, the same for every program of the machine; they
            may begin anew when it starts, and nobody can set them as one sets a clock.
        lock: the file by which one program waits for another; None is the audit log's neighbour.
        administrator: whether this program has the rights of the machine's administrator.
    """

    def __init__(
        self,
        store: CredentialStore,
        uptime: Callable[[], float] = time.monotonic,
        *,
        lock: Path | None = None,
        administrator: Callable[[], bool] = is_administrator,
    ) -> None:
        self._store = store
        self._uptime = uptime
        self._lock = lock or audit_path().with_name(LOCK_NAME)
        self._administrator = administrator

    def names(self) -> tuple[str, ...]:
        """The staff numbers. Raises CredentialError or AuditError, as `check`."""
        with one_at_a_time(self._lock):
            return tuple(sorted(self._hashes()))

    def set_pin(self, who: str, pin: str, by: Approval | None = None) -> None:
        """Let somebody be a supervisor, or give them another PIN.

        Args:
            by: a supervisor who allows it; not needed for the first one.

        Raises:
            ConfigError: staff number or PIN are not of the form that is taken.
            SupervisorNeededError: nobody allows it.
            PinRejectedError: the one who allows it has another PIN, or has to wait.
            CredentialError: the keyring failed, or keeps another program waiting.
            AuditError: the audit log's folder, where programs wait for each other, fails.
        """
        if not _STAFF_NUMBER.fullmatch(who):
            raise ConfigError("the staff number: 1 to 20 letters, digits, - and _")
        if not _PIN.fullmatch(pin):
            raise ConfigError(f"the PIN: {MIN_PIN} to {MAX_PIN} letters, digits and signs")
        made = _hash(pin, secrets.token_bytes(16))  # takes a while, for which nobody has to wait
        with one_at_a_time(self._lock):
            hashes = self._hashes()
            self._allow(hashes, by)
            self._keep({**hashes, who: made})

    def remove(self, who: str, by: Approval | None = None) -> bool:
        """Let somebody be no supervisor any more; returns whether they were one.

        Raises as `set_pin` does.
        """
        with one_at_a_time(self._lock):
            hashes = self._hashes()
            self._allow(hashes, by)
            if hashes.pop(who, None) is None:
                return False
            self._keep(hashes)
            return True

    def check(self, who: str, pin: str) -> Permit:
        """Check a PIN.

        Raises:
            PinRejectedError: it is wrong, or it has to wait.
            NoSupervisorError: there is nobody whose PIN it could be.
            CredentialError: the keyring failed, or keeps another program waiting.
            AuditError: the audit log's folder, where programs wait for each other, fails.
        """
        with one_at_a_time(self._lock):
            return self._check(self._hashes(), who, pin)

    def _allow(self, hashes: dict[str, str], by: Approval | None) -> None:
        """Nothing where it may be done. Whoever could reset a PIN would not need to know one."""
        if not hashes:
            return
        if by is not None:
            self._check(hashes, by.who, by.pin)
        elif not self._administrator():
            raise SupervisorNeededError("only a supervisor or the administrator may do this")

    def _check(self, hashes: dict[str, str], who: str, pin: str) -> Permit:
        if not hashes:
            raise NoSupervisorError("no supervisor is set up")
        failed, last = self._tries()
        now = int(self._uptime())
        if last > now:  # the machine was started anew; the pause is no longer than at first
            last = now
            self._store.set(TRIES_NAME, f"{failed}:{now}")
        wait_s = last + PAUSE_S - now
        if failed >= MAX_TRIES and wait_s > 0:
            raise PinRejectedError("too many wrong PINs", wait_s=wait_s)
        # Counted before it is checked: whoever stops the program in between gains nothing.
        failed = failed % MAX_TRIES + 1
        self._store.set(TRIES_NAME, f"{failed}:{now}")
        if not _matches(pin, hashes.get(who, _NOBODY)):
            left = MAX_TRIES - failed
            raise PinRejectedError("wrong", tries_left=left, wait_s=0 if left else PAUSE_S)
        self._store.delete(TRIES_NAME)
        return Permit(who)

    def _hashes(self) -> dict[str, str]:
        text = get_long(self._store, HASHES_NAME)
        if text is None:
            return {}
        try:
            kept = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise CredentialError("the supervisors in the keyring cannot be read") from error
        return {str(who): str(kept[who]) for who in kept} if isinstance(kept, dict) else {}

    def _keep(self, hashes: dict[str, str]) -> None:
        set_long(self._store, HASHES_NAME, json.dumps(hashes))

    def _tries(self) -> tuple[int, int]:
        """How many wrong PINs there were in a row, and at which uptime the last was."""
        failed, _, last = (self._store.get(TRIES_NAME) or "").partition(":")
        return _whole(failed), _whole(last)


def is_staff_number(text: str) -> bool:
    """Whether a text has the form of a staff number."""
    return _STAFF_NUMBER.fullmatch(text) is not None


def _whole(text: str) -> int:
    """A count or a time; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0


def _hash(pin: str, salt: bytes) -> str:
    made = hashlib.scrypt(pin.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=64 * 1024 * 1024)
    return f"scrypt${salt.hex()}${made.hex()}"


def _matches(pin: str, kept: str) -> bool:
    try:
        _, salt, _ = kept.split("$")
        made = _hash(pin, bytes.fromhex(salt))
    except ValueError:
        return False
    return hmac.compare_digest(made.encode(), kept.encode("utf-8", "replace"))
