"""Who may change a card: supervisors by their staff number, each with a PIN. In the keyring.

PINs are kept as scrypt hashes. Wrong ones are counted, also across starts of the program: after
five in a row the next has to wait five minutes, whosever it is.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from posmember.errors import ConfigError, CredentialError, NoSupervisorError, PinRejectedError
from posmember.trust.credentials import CredentialStore, get_long, set_long

MAX_TRIES: Final = 5
PAUSE_S: Final = 300
MIN_PIN, MAX_PIN = 6, 64
HASHES_NAME: Final = "supervisors"
TRIES_NAME: Final = "supervisor-tries"

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


class Supervisors:
    """The supervisors of this machine. Every call may wait for the keyring: use a thread.

    Args:
        now: Unix seconds by the machine's own clock.
    """

    def __init__(self, store: CredentialStore, now: Callable[[], float] = time.time) -> None:
        self._store = store
        self._now = now

    def names(self) -> tuple[str, ...]:
        """The staff numbers. Raises CredentialError."""
        return tuple(sorted(self._hashes()))

    def set_pin(self, who: str, pin: str) -> None:
        """Let somebody be a supervisor, or give them another PIN.

        Raises:
            ConfigError: staff number or PIN are not of the form that is taken.
            CredentialError: the keyring failed.
        """
        if not _STAFF_NUMBER.fullmatch(who):
            raise ConfigError("the staff number: 1 to 20 letters, digits, - and _")
        if not _PIN.fullmatch(pin):
            raise ConfigError(f"the PIN: {MIN_PIN} to {MAX_PIN} letters, digits and signs")
        self._keep({**self._hashes(), who: _hash(pin, secrets.token_bytes(16))})

    def remove(self, who: str) -> bool:
        """Let somebody be no supervisor any more; returns whether they were one."""
        hashes = self._hashes()
        if hashes.pop(who, None) is None:
            return False
        self._keep(hashes)
        return True

    def check(self, who: str, pin: str) -> Permit:
        """Check a PIN.

        Raises:
            PinRejectedError: it is wrong, or it has to wait.
            NoSupervisorError: there is nobody whose PIN it could be.
            CredentialError: the keyring failed.
        """
        hashes = self._hashes()
        if not hashes:
            raise NoSupervisorError("no supervisor is set up")
        failed, last = self._tries()
        now = int(self._now())
        if last > now:  # a clock that was set back does not make the pause longer
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
        """How many wrong PINs there were in a row, and when the last was (Unix seconds)."""
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
