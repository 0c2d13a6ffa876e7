"""An exception as the log tells it: what it is and where it came from, and nothing it was about.

Anybody's text may hold a customer's: the value that a library could not read, a missing key, an
address with a token. So of an exception only its class and its places in the code are told, and
its words where they are our own, which hold no such thing (`posmember.errors`). Notes, arguments
and local variables never are.
"""

from __future__ import annotations

import errno
import os
import re
import traceback
from collections import Counter
from collections.abc import Iterator
from types import TracebackType
from typing import Final

from posmember.domain.texts import one_line
from posmember.errors import PosMemberError, leaves
from posmember.log.redaction import redact

_MOST_TOLD: Final = 30
"""So many exceptions of one chain, or of a group; more say nothing new."""
_SHOWN_FRAMES: Final = 25
"""Of an endless recursion so many at its beginning, and at its end."""
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
_MODULE = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)


def names_of(error: BaseException) -> str:
    """The classes of what failed; of a task group those of its members."""
    return ", ".join(dict.fromkeys(type(leaf).__name__ for leaf in leaves(error)))


def summary(error: BaseException) -> str:
    """An exception's class, and what is safe of its words, on one line."""
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = f"{kind.__module__}.{name}"
    words = _safe_words(error)
    return f"{name}: {words}" if words else name


def described(error: BaseException) -> str:
    """The exceptions that led to this one, and it, in lines as Python writes them.

    A task group's members are told each for itself, the same one once.
    """
    return "\n".join(_told(error, set()))


def _safe_words(error: BaseException) -> str:
    if isinstance(error, PosMemberError):
        return redact(one_line(str(error)))
    if isinstance(error, ImportError):
        return error.name if error.name and _MODULE.fullmatch(error.name) else ""
    if isinstance(error, OSError):
        reason = getattr(error, "reason", None)  # OpenSSL's own word, of a few hundred
        if isinstance(reason, str) and _CONSTANT.fullmatch(reason):
            return reason
        return errno.errorcode.get(error.errno or 0, "")
    return ""


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    for place, one in enumerate(_chain(error, seen)):
        if place:
            yield "which led to"
        if isinstance(one, BaseExceptionGroup):
            yield from _told_of_members(one, seen)
            yield f"gathered in {type(one).__name__}"
            yield from _frames(one.__traceback__)
        else:
            yield "Traceback (most recent call last):"
            yield from _frames(one.__traceback__)
            yield summary(one)


def _told_of_members(group: BaseExceptionGroup[BaseException], seen: set[int]) -> Iterator[str]:
    told = Counter("\n".join(_told(leaf, seen)) for leaf in leaves(group)[:_MOST_TOLD])
    for text, times in told.items():
        if text:
            yield text if times == 1 else f"{text}\nthe same {times} times"


def _chain(error: BaseException, seen: set[int]) -> list[BaseException]:
    """What led to an exception, the first one first, and it; none that was told before."""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(chain) < _MOST_TOLD:
        seen.add(id(one))
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return chain[::-1]


def _frames(trace: TracebackType | None) -> Iterator[str]:
    found = [(frame.f_code, line) for frame, line in traceback.walk_tb(trace)]
    left_out = len(found) - 2 * _SHOWN_FRAMES
    for number, (code, line) in enumerate(found):
        if left_out <= 0 or not _SHOWN_FRAMES <= number < _SHOWN_FRAMES + left_out:
            yield f'  File "{place_of(code.co_filename)}", line {line}, in {code.co_qualname}'
        elif number == _SHOWN_FRAMES:
            yield f"  … {left_out} more"


def place_of(path: str) -> str:
    """A file of the program, on one line; a home folder's name is its owner's, and goes."""
    home = os.path.expanduser("~")  # noqa: PTH111 - unlike Path.home() it never raises
    inside = len(home) > 1 and path.startswith(home + os.sep)
    return one_line(f"~{path[len(home) :]}" if inside else path)
