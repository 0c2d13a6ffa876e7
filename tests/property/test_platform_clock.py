"""Laws of the platform's clock: any header, any clock of a till, set and asleep at any time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from posmember.api.clock import ALONE_S, KEPT_ANSWERS, MIN_OFFSET_S, PlatformClock
from posmember.domain.context import Context
from posmember.domain.profile import Asset
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.values import CHINA
from tests.fakes.situations import any_asset, contexts
from tests.fakes.unhurried import UNHURRIED

many = settings(UNHURRIED, max_examples=300)
TRUTH = datetime(2026, 11, 21, 14, 3, 22, tzinfo=CHINA).timestamp()
NEAR_S = MIN_OFFSET_S + 1.0
YEAR_S = 366 * 86_400

dates = st.datetimes(timezones=st.just(UTC)).map(format_datetime)
texts = st.one_of(
    dates,
    st.text(max_size=60),
    st.builds("{} {}".format, dates, st.text(max_size=5)),
    dates.flatmap(lambda text: st.integers(0, len(text)).map(lambda end: text[:end])),
    st.from_regex(r"Sat, \d{1,2} Nov \d{1,6} \d{1,2}:\d\d:\d\d [+-]?\w{1,6}", fullmatch=True),
)
offsets = st.one_of(
    st.integers(-7200, 7200),
    st.integers(-2 * 86_400, 2 * 86_400),
    st.integers(-60 * YEAR_S, 300 * YEAR_S),
)
"""How far a till's own clock may be off, in seconds."""


@dataclass
class Life:
    """A till's clocks, and the platform's."""

    off_s: float = 0
    passed_s: float = 0.0
    clock: PlatformClock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = PlatformClock(lambda: self.truth + self.off_s, lambda: 77 + self.passed_s)

    @property
    def truth(self) -> float:
        return TRUTH + self.passed_s

    def hear(self, header: str | None = None) -> None:
        right = format_datetime(datetime.fromtimestamp(self.truth, UTC))
        sent_at = self.clock.local_time()
        self.passed_s += 0.125
        self.clock.observe(right if header is None else header, sent_at, self.clock.local_time())

    def check(self) -> None:
        """Nothing that anybody asks may fail."""
        now = self.clock.now()
        assert now.utcoffset() == timedelta(hours=8)
        self.clock.timestamp()
        assert self.clock.offset_s == 0 or abs(self.clock.offset_s) >= MIN_OFFSET_S

    @property
    def is_right(self) -> bool:
        return abs(self.clock.now().timestamp() - self.truth) <= NEAR_S


@given(st.lists(st.one_of(texts, st.none()), max_size=9), offsets, any_asset, contexts)
@many
def test_no_header_is_a_bug(
    headers: list[str | None], off_s: int, asset: Asset, where: Context
) -> None:
    life = Life(off_s)
    for header in headers:
        life.hear(header)
        life.check()
        evaluate(asset, replace(where, now=life.clock.now()))


@given(texts, st.floats(-1e13, 1e13), st.floats(-1e9, 1e9))
@many
def test_no_clock_of_a_till_is_a_bug(header: str, own: float, steady: float) -> None:
    clock = PlatformClock(lambda: own, lambda: steady)
    clock.observe(header, steady, steady)
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert isinstance(clock.timestamp(), int)


lies_told = st.one_of(texts, st.integers(-70, 70), st.sampled_from([-YEAR_S, -9000, 9000, YEAR_S]))
"""A header; or seconds beside the till's own clock, as of a proxy on the till itself."""


def told_beside(life: Life, lie: str | int | None) -> str | None:
    """The header of a lie."""
    if not isinstance(lie, int):
        return lie
    return format_datetime(datetime.fromtimestamp(life.truth + life.off_s + lie, UTC))


@given(st.lists(st.one_of(st.none(), lies_told), max_size=40), offsets)
@example([None, 0, None, 0, None], -86_400)
@example([0, 0, None, None, None], 3 * 86_400)
@example([None, None, None, 0], -YEAR_S)
@many
def test_lies_that_are_fewer_than_the_truth_move_nothing(
    headers: list[str | int | None], off_s: int
) -> None:
    """Of the answers that are kept at most two lie: from the third right one on it is right.

    Whatever the till's own clock says, that a lie may agree with.
    """
    life = Life(off_s)
    told: list[bool] = []
    for header in headers:
        lies = header is not None and sum(told[1 - KEPT_ANSWERS :]) < 2
        told.append(lies)
        life.hear(told_beside(life, header) if lies else None)
        if told.count(False) >= 3:
            assert life.is_right
            assert abs(life.clock.timestamp() - life.truth) <= NEAR_S


@given(lies_told, st.integers(-300, 300))
@many
def test_one_answer_alone_moves_a_possible_clock_by_two_days_at_most(
    lie: str | int, off_s: int
) -> None:
    """Further off it waits for another that agrees: no verdict turns around by one header."""
    life = Life(off_s)
    life.hear(told_beside(life, lie))
    assert abs(life.clock.now().timestamp() - life.truth - off_s) <= ALONE_S + 1


backwards = st.tuples(st.just("set"), st.integers(-60 * YEAR_S, -1))
answers = st.tuples(st.just("hear"), st.one_of(st.none(), lies_told))


@given(st.lists(st.one_of(backwards, answers, answers), max_size=30))
@example([("set", -YEAR_S), ("hear", 0), ("hear", 0)])
@example([("hear", 9000), ("set", -60), ("hear", 9060), ("hear", None)])
@many
def test_lies_move_nothing_while_the_own_clock_is_set_back(
    happened: list[tuple[str, str | int | None]],
) -> None:
    """No sleep puts a clock back: so no answer that agrees with it says that there was one."""
    life = Life()
    told = [False] * KEPT_ANSWERS
    for _ in told:
        life.hear()
    for what, how in happened:
        if what == "set":
            life.off_s += float(how or 0)
            continue
        lies = how is not None and sum(told[1 - KEPT_ANSWERS :]) < 2
        told.append(lies)
        life.hear(told_beside(life, how) if lies else None)
        assert life.is_right


happenings = st.one_of(
    st.tuples(st.just("set"), offsets),
    st.tuples(st.just("pass"), st.integers(0, 200_000)),
    st.tuples(st.just("hear"), st.none()),
    st.tuples(st.just("ask"), st.none()),
)


@given(st.lists(happenings, max_size=30), offsets)
@many
def test_whatever_is_done_to_the_own_clock_the_time_stays_right(
    happened: list[tuple[str, int | None]], off_s: int
) -> None:
    """Set at any moment, the computer asleep for days: the steady clock knows."""
    life = Life(off_s)
    for _ in range(3):
        life.hear()
    for what, how_much in happened:
        if what == "set":
            life.off_s = float(how_much or 0)
        elif what == "pass":
            life.passed_s += float(how_much or 0)
        elif what == "hear":
            life.hear()
            assert life.clock.calibrated
        assert life.is_right
        assert abs(life.clock.timestamp() - life.truth) <= NEAR_S


@given(st.lists(texts, max_size=6), offsets)
@many
def test_one_refusal_with_the_right_date_is_enough_to_sign_rightly(
    lies: list[str], off_s: int
) -> None:
    """Whatever was heard before."""
    life = Life(off_s)
    for lie in lies:
        life.hear(lie)
    tried = [life.clock.signs_by]
    life.hear()
    if abs(life.clock.timestamp() - life.truth) > NEAR_S:
        assert life.clock.sign_otherwise(tried)
    assert abs(life.clock.timestamp() - life.truth) <= NEAR_S
