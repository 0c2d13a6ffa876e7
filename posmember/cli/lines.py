"""Every line that a command prints: made fit for a terminal here, and nowhere else.

Names, titles and the platform's words may hold anything: what would begin a line of its own, move
the cursor, change colours or turn the writing around is not printed. JSON keeps all of it, escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from posmember.cli.options import takes_unicode
from posmember.cli.streams import OutputError, flush_output
from posmember.domain.texts import INVISIBLE, one_line, visible
from posmember.log.standard_error import tell

_BLANKS = re.compile(r"[^\S ]")


def say(*lines: str) -> None:
    """Print lines on standard output, each on exactly one; its own spaces stay as they are."""
    for line in lines:
        print(_BLANKS.sub(" ", visible(line)))


def say_json(value: object) -> None:
    """Print JSON on standard output, with nothing in it that a terminal would obey."""
    text = json.dumps(value, ensure_ascii=not takes_unicode(), indent=2)
    print(INVISIBLE.sub(_escaped, text))


@contextmanager
def told_anyway(words: str) -> Iterator[None]:
    """Print within it what was done and stays done, such as a change that was sent.

    Where it cannot be printed, or is interrupted, the words are told on standard error: nobody is
    to do it again for not knowing.

    Args:
        words: what became of it, on one line.
    """
    try:
        yield
        flush_output()
    except OutputError as error:
        error.done = words
        raise
    except BaseException:  # Ctrl+C, too: what is done stays done, however this ends
        complain(words)
        raise


def say_done(words: str) -> None:
    """Print a line that says what was done, as `told_anyway`."""
    with told_anyway(words):
        say(words)


def complain(words: str) -> None:
    """Print one line on standard error, whatever is in it."""
    tell(one_line(words))


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
