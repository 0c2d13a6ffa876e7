"""Nothing is raised through what is not ours, and nothing is kept of what it was raised among."""

from __future__ import annotations

import sys
import weakref

import pytest

from posmember.log.unexpected import never_raises, tell


class Thing:
    """Stands for a painter, or an event."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What was told as nobody expected it."""
    found: list[tuple[object, ...]] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: found.append(what))
    return found


def test_what_is_raised_is_told_and_nothing_more(told: list[tuple[object, ...]]) -> None:
    @never_raises
    def paint(words: str) -> None:
        raise ValueError(words)

    paint("no words")
    ((kind, error, trace),) = told
    assert kind is ValueError
    assert str(error) == "no words"
    assert trace is not None


def test_none_of_its_variables_is_kept(told: list[tuple[object, ...]]) -> None:
    seen: list[weakref.ref[Thing]] = []

    @never_raises
    def paint() -> None:
        painter = Thing()
        seen.append(weakref.ref(painter))
        raise ValueError

    paint()
    assert len(told) == 1
    assert seen[0]() is None


def test_what_goes_well_is_not_told(told: list[tuple[object, ...]]) -> None:
    done: list[int] = []
    never_raises(done.append)(5)
    assert (done, told) == ([5], [])


def test_an_exception_that_was_never_raised_is_told_too(told: list[tuple[object, ...]]) -> None:
    tell(ValueError("x"))
    assert told[0][0] is ValueError
