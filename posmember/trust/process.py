"""What keeps secrets in this process: no child inherits them, and no dump of a crash holds them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import ChainMap
from collections.abc import Mapping
from typing import Final

SECRET_VARIABLES: Final = ("POSMEMBER_OPEN_KEY", "POSMEMBER_PASSPHRASE")
"""The environment's secrets; see `credentials.OPEN_KEY_VARIABLE` and `posmember setup`."""

_taken: dict[str, str] = {}
ENVIRON: Final[Mapping[str, str]] = ChainMap(_taken, os.environ)
"""The environment as it was given, with what no child is to see."""

_CORE_PATTERN = "/proc/sys/kernel/core_pattern"
_NO_QUESTION_AND_NO_REPORT = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX


def keep_secrets_in() -> None:
    """To be called at a command's start, before anything can crash or start a child."""
    for name in SECRET_VARIABLES:
        if name in os.environ:
            _taken[name] = os.environ.pop(name)
    _dump_no_memory()


def _dump_no_memory() -> None:
    """Have the system write down no memory of this process, or of its children, where it crashes.

    Not PR_SET_DUMPABLE: the process's own files in /proc would be root's then, and desktop portals,
    which look at them, refuse such a process the desktop's colours.
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(kernel.GetErrorMode() | _NO_QUESTION_AND_NO_REPORT)
    else:
        import resource

        _soft, most = resource.getrlimit(resource.RLIMIT_CORE)
        limit = _core_limit()
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))


def _core_limit() -> int:
    """How many bytes a core dump may have: none.

    Where Linux hands it to a program (``|`` in core_pattern) it does so at any limit but 1, which
    its own helpers have (fs/coredump.c); a file of one byte is none either.
    """
    try:
        with open(_CORE_PATTERN, "rb") as pattern:  # noqa: PTH123 - pathlib takes time to import
            to_a_program = pattern.read(1) == b"|"
    except OSError:
        return 0
    return 1 if to_a_program else 0
