"""Waiting for the system's keyring: said after a moment, and never for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final, TypeVar

from posmember.cli.lines import complain
from posmember.errors import KeyringSilentError

T = TypeVar("T")

SAID_AFTER_S: Final = 1.0
READ_LIMIT_S: Final = 10.0
WRITE_LIMIT_S: Final = 120.0
"""Keeping something may have to wait for a person to think of a new keyring's password."""


def from_keyring(work: Callable[[], T], limit_s: float = READ_LIMIT_S) -> T:
    """Do what may wait for the system's keyring, and for a person to unlock it.

    It is done in a thread that does not keep the process alive; where it takes longer than a
    moment, one line on standard error says what is waited for.

    Args:
        limit_s: how long to wait, in seconds.

    Returns:
        The work's result; its exception is raised.

    Raises:
        KeyringSilentError: it took longer.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed over whole to whoever waits
            future.set_exception(error)

    threading.Thread(target=run, name="posmember-keyring", daemon=True).start()
    if wait([future], SAID_AFTER_S).not_done:
        complain("正在等待系统密钥库解锁 / waiting for the keyring to be unlocked")
        wait([future], limit_s - SAID_AFTER_S)
    if not future.done():
        raise KeyringSilentError(f"no answer in {limit_s:g} s")
    return future.result()
