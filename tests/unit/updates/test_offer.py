"""Whose turn it is: percentages, least versions, pins, going back; and what is no offer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.domain.values import CHINA
from posmember.settings.updates import ANY_HOURS, UpdateMode, Version, parse_hours
from posmember.updates.offer import Edition, Offer, Till, chosen, is_time, place_of, read_offer

V = Version
NOW, OLD, NEW = V(1, 0, 0), V(0, 9, 0), V(1, 1, 0)


def offer(version: Version, **words: object) -> Offer:
    made = Offer(f"{version}.exe", 9, f"hash of {version}", version, Edition.USER)
    return replace(made, **words)  # type: ignore[arg-type]


def till(**words: object) -> Till:
    return replace(Till(NOW, Edition.USER, "a-machine"), **words)  # type: ignore[arg-type]


RUNNING = offer(NOW)


@pytest.mark.parametrize(
    ("offers", "of", "version"),
    [
        ([], till(), None),
        ([RUNNING], till(), None),
        ([offer(NEW), offer(V(1, 10, 0)), offer(V(1, 9, 0))], till(), V(1, 10, 0)),
        ([offer(OLD)], till(), None),
        ([offer(NEW, edition=Edition.MACHINE)], till(), None),
        ([offer(NEW)], till(mode=UpdateMode(is_on=False)), None),
        ([offer(NEW, percent=0)], till(), None),
        ([offer(NEW, percent=0), offer(V(1, 0, 5))], till(), V(1, 0, 5)),
        ([offer(NEW, percent=100)], till(machine=""), NEW),
        ([offer(NEW, percent=99)], till(machine=""), None),
        ([offer(NEW, least=V(1, 0, 0))], till(), NEW),
        ([offer(NEW, least=V(1, 0, 1))], till(), None),
        ([offer(NEW)], till(given_up=frozenset({f"hash of {NEW}"})), None),
        ([offer(NEW)], till(given_up=frozenset({"hash of another build"})), NEW),
        # pinned
        ([offer(NEW), offer(V(1, 2, 0))], till(mode=UpdateMode(pinned=NEW)), NEW),
        ([offer(NEW, percent=0)], till(mode=UpdateMode(pinned=NEW)), NEW),
        ([offer(NEW)], till(mode=UpdateMode(pinned=NOW)), None),
        ([offer(NEW, least=V(1, 0, 1))], till(mode=UpdateMode(pinned=NEW)), None),
        # going back
        ([offer(OLD, goes_back=True)], till(), None),
        ([offer(OLD)], till(may_go_back=True), None),
        ([offer(OLD, goes_back=True)], till(may_go_back=True), OLD),
        ([offer(OLD, goes_back=True), RUNNING], till(may_go_back=True), None),
        ([offer(OLD, goes_back=True), offer(NEW)], till(may_go_back=True), NEW),
        (
            [offer(OLD, goes_back=True), RUNNING, offer(NEW)],
            till(may_go_back=True, mode=UpdateMode(pinned=OLD)),
            OLD,
        ),
        ([offer(OLD), RUNNING], till(may_go_back=True, mode=UpdateMode(pinned=OLD)), None),
        ([offer(OLD, goes_back=True), RUNNING], till(mode=UpdateMode(pinned=OLD)), None),
    ],
)
def test_what_is_chosen(offers: list[Offer], of: Till, version: Version | None) -> None:
    found = chosen(offers, of)
    assert (found and found.version) == version


def test_a_percentage_is_of_tills_and_others_come_first_each_time() -> None:
    machines = [f"machine {number}" for number in range(4_000)]
    of_one = {each for each in machines if place_of(each, NEW) < 10}
    of_next = {each for each in machines if place_of(each, V(1, 2, 0)) < 10}
    assert 320 < len(of_one) < 480
    assert 320 < len(of_next) < 480
    assert len(of_one & of_next) < 80


@given(st.text(), st.integers(0, 99))
def test_who_has_it_at_a_percentage_has_it_at_more(machine: str, percent: int) -> None:
    of = till(machine=machine)
    if chosen([offer(NEW, percent=percent)], of):
        assert chosen([offer(NEW, percent=percent + 1)], of)
    assert 0 <= place_of(machine, NEW) < 100


OFFERS = st.builds(
    Offer,
    st.just("a.exe"),
    st.integers(0, 10**9),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.builds(V, *[st.integers(0, 999)] * 3),
    st.sampled_from(Edition),
    st.integers(0, 100),
    st.builds(V, *[st.integers(0, 999)] * 3),
    st.sampled_from(["", "22:00-06:00"]).map(parse_hours),
    st.booleans(),
)


@given(OFFERS)
def test_it_is_read_as_it_is_signed(made: Offer) -> None:
    assert read_offer(made.path, made.length, made.sha256, made.custom()) == made


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2}, {"format": None}, {"version": "1.1"}, {"version": 1}, {"edition": "msi"},
        {"percent": 101}, {"percent": -1}, {"percent": True}, {"percent": "5"}, {"percent": None},
        {"least": ""}, {"least": None}, {"hours": "always"}, {"hours": None},
        {"goes_back": 1}, {"goes_back": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_this_program_does_not_understand_is_no_offer(changed: dict[str, object]) -> None:
    custom = {**offer(NEW).custom(), **changed}
    assert read_offer("a.exe", 1, "00", custom) is None


@pytest.mark.parametrize(
    "path", ["", "../a.exe", "a/b.exe", "a\\b.exe", "C:a.exe", ".a", "a b", "名.exe", "a\0b", "a:b"]
)
def test_a_name_that_is_more_than_a_name(path: str) -> None:
    assert read_offer(path, 1, "00", offer(NEW).custom()) is None


def test_nothing_is_told_of_it() -> None:
    assert read_offer("a.exe", 1, "00", None) is None


def test_both_hours_count() -> None:
    at_night = datetime(2026, 11, 20, 23, 0, tzinfo=CHINA)
    night, early = parse_hours("22:00-06:00"), parse_hours("05:00-07:00")
    assert is_time(offer(NEW), ANY_HOURS, at_night)
    assert is_time(offer(NEW, hours=night), night, at_night)
    assert not is_time(offer(NEW, hours=early), night, at_night)
    assert not is_time(offer(NEW, hours=night), early, at_night)
