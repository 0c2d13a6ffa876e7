"""A second start meets the first: what it wants is handed on, and the first one answers."""

from __future__ import annotations

import os
import sys
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from posmember.link.client import Client
    from posmember.link.places import Places
    from posmember.link.requests import Handed

_TOKENS: Final = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""The desktop's word that what a person has just started may come to the front."""


class Met(Enum):
    """Who was met."""

    NOBODY = auto()
    TAKEN = auto()
    REFUSED = auto()
    SILENT = auto()
    STRANGER = auto()


class Meeting(NamedTuple):
    """What came of it.

    Args:
        words: why it was refused, in Chinese and English; else "".
    """

    met: Met
    words: str = ""


def meet(where: Places, handed: Handed | None) -> Meeting:
    """Have the window that runs come to the front, or take an order; never waits for long.

    Args:
        handed: what was given at the second start; None is nothing.
    """
    if sys.platform != "win32" and not os.path.lexists(where.server):
        return Meeting(Met.NOBODY)
    # Not before it is needed: most starts of the day find nobody.
    from posmember.link.client import NobodyError, SilentError, StrangerError, connect

    try:
        client = connect(where)
    except NobodyError:
        return Meeting(Met.NOBODY)
    except SilentError:
        return Meeting(Met.SILENT)
    except StrangerError:
        return Meeting(Met.STRANGER)
    try:
        if handed is None or not handed.quiet:
            _let_it_come(client)
        told = client.ask(_message(handed))
    except SilentError:
        return Meeting(Met.SILENT)
    finally:
        client.close()
    if told.get("ok") is True:
        return Meeting(Met.TAKEN)
    return Meeting(Met.REFUSED, str(told.get("message", "")))


def _message(handed: Handed | None) -> dict[str, Any]:
    from posmember.link.framing import PROTOCOL

    if handed is None or (handed.is_empty and not handed.quiet):
        message: dict[str, Any] = {"protocol": PROTOCOL, "do": "show"}
    else:
        message = handed.message()
    token = next((os.environ[name] for name in _TOKENS if os.environ.get(name)), "")
    return {**message, "token": token} if token else message


def _let_it_come(client: Client) -> None:
    """Pass the foreground on: Windows gives it to nobody else than whom a person has started."""
    if sys.platform == "win32" and client.server_pid:
        from posmember.link.windows import WindowsProcesses

        WindowsProcesses().let_come_to_the_front(client.server_pid)
