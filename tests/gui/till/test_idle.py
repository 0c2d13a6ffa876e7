"""When the screen forgets by itself: by two clocks, and a timer that a test lets go off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.ui.till.idle import TICK_S, Idle
from tests.fakes.unhurried import UNHURRIED


class Hand:
    """A timer that goes off when the test lets time go by; and both clocks."""

    def __init__(self) -> None:
        self.steady, self.wall = 1000.0, 1_764_000_000.0
        self.due: float | None = None
        self.work: Callable[[], None] | None = None
        self.ticks = 0

    @property
    def waits(self) -> bool:
        return self.work is not None

    def call(self, delay_s: float, work: Callable[[], None]) -> None:
        assert 0 < delay_s <= TICK_S
        self.due, self.work = self.steady + delay_s, work

    def cancel(self) -> None:
        self.work = None

    def go_by(self, seconds: float) -> None:
        """Let time go by, and the timer go off whenever it is due."""
        end = self.steady + seconds
        while self.work is not None and self.due is not None and self.due <= end:
            self._move(self.due - self.steady)
            self.go_off()
        self._move(end - self.steady)

    def go_off(self) -> None:
        work, self.work = self.work, None
        assert work is not None
        self.ticks += 1
        work()

    def _move(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds


class Screen:
    """What is on the screen, and all that was said and cleared."""

    def __init__(self, after_s: int = 90) -> None:
        self.hand = Hand()
        self.held, self.busy, self.stays, self.clears = False, False, False, 0
        self.said: list[int | None] = []
        self.idle = Idle(
            after_s,
            lambda: self.held,
            lambda: self.busy,
            self.said.append,
            self.clear,
            self.hand,
            steady=lambda: self.hand.steady,
            wall=lambda: self.hand.wall,
        )

    def show(self, *, held: bool = True) -> None:
        self.held = held
        self.idle.look()

    def cleared(self) -> int:
        return self.clears

    def clear(self) -> None:
        self.clears += 1
        self.show(held=self.stays)


def test_it_counts_each_second_down_and_clears_once() -> None:
    screen = Screen()
    screen.show()
    screen.hand.go_by(89.5)
    assert screen.said == list(range(89, 0, -1))
    assert not screen.clears
    screen.hand.go_by(0.5)
    assert screen.cleared() == 1
    assert screen.said[-1] is None
    assert not screen.hand.waits
    screen.hand.go_by(1000)
    assert screen.cleared() == 1


def test_nothing_runs_where_nobody_is_on_the_screen() -> None:
    screen = Screen()
    screen.idle.touch()
    screen.show(held=False)
    screen.hand.go_by(1000)
    assert (screen.hand.ticks, screen.said, screen.clears) == (0, [], 0)


def test_0_is_for_ever() -> None:
    screen = Screen(0)
    screen.show()
    screen.hand.go_by(100_000)
    assert (screen.hand.ticks, screen.said, screen.clears) == (0, [], 0)


def test_any_touch_counts_anew() -> None:
    screen = Screen()
    screen.show()
    for _touch in range(20):
        screen.hand.go_by(80)
        screen.idle.touch()
    assert not screen.clears
    screen.hand.go_by(1)
    assert screen.said[-1] == 89
    screen.hand.go_by(89)
    assert screen.cleared() == 1


def test_a_new_view_of_the_same_member_does_not_count_anew() -> None:
    screen = Screen()
    screen.show()
    for _view in range(9):
        screen.hand.go_by(10)
        screen.idle.look()
    assert screen.clears == 1


def test_a_clear_by_hand_ends_it() -> None:
    screen = Screen()
    screen.show()
    screen.hand.go_by(30)
    screen.show(held=False)
    assert screen.said[-1] is None
    assert not screen.hand.waits
    screen.hand.go_by(200)
    assert not screen.clears
    screen.show()
    screen.hand.go_by(89.9)
    assert not screen.clears, "the next member has the whole time"


def test_what_is_gone_without_a_word_is_not_cleared() -> None:
    screen = Screen()
    screen.show()
    screen.hand.go_by(2)
    screen.held = False
    screen.hand.go_by(2)
    assert (screen.said[-1], screen.clears, screen.hand.waits) == (None, 0, False)


@pytest.mark.parametrize("which", ["steady", "wall"])
def test_a_sleep_counts_whichever_clock_tells_of_it(which: str) -> None:
    screen = Screen()
    screen.show()
    screen.hand.go_by(5)
    setattr(screen.hand, which, getattr(screen.hand, which) + 7200)
    screen.hand.go_off()
    assert screen.clears == 1


def test_a_clock_that_is_set_back_keeps_nobody_longer() -> None:
    screen = Screen()
    screen.show()
    screen.hand.go_by(5)
    screen.hand.wall -= 7200
    screen.hand.go_by(85)
    assert screen.clears == 1


def test_a_change_under_way_is_seen_to_its_end() -> None:
    screen = Screen()
    screen.show()
    screen.busy = True
    screen.hand.go_by(500)
    assert not screen.clears
    screen.busy = False
    screen.hand.go_by(88)
    assert not screen.clears, "what became of it is to be read"
    screen.hand.go_by(2)
    assert screen.cleared() == 1


def test_what_is_not_forgotten_is_cleared_again() -> None:
    screen = Screen()
    screen.show()
    screen.stays = True
    screen.hand.go_by(180)
    assert screen.clears == 2


@settings(UNHURRIED)
@given(st.integers(10, 3600), st.lists(st.floats(0.001, 4000), max_size=12))
def test_nobody_stays_longer_than_the_time(after_s: int, pauses: list[float]) -> None:
    screen = Screen(after_s)
    screen.show()
    for pause in pauses:
        cleared, screen.clears = screen.clears, 0
        screen.idle.touch()
        screen.hand.go_by(pause)
        if screen.held or screen.clears:
            assert bool(screen.clears) is (pause >= after_s - 1e-6), (pause, cleared)
        screen.show()
    shown = [seconds for seconds in screen.said if seconds is not None]
    assert all(0 < seconds <= after_s for seconds in shown)
