"""From sections to panels: every combination of states, with what each panel may say of it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import pytest

from posmember.domain.coupon import IdentityCoupon
from posmember.errors import ApiTimeoutError, MemberNotFoundError, RateLimitedError
from posmember.lookup.sections import (
    Failed,
    Idle,
    Loaded,
    Loading,
    Section,
    SectionState,
    Skipped,
    SkipReason,
)
from posmember.ui.messages import error_text
from posmember.ui.till.panel_states import PanelStates, panel_states
from posmember.ui.view.screen import PanelKind, PanelState
from tests.gui.driving import NOW, answer

LATE, BUSY = Failed(ApiTimeoutError("late"), 5), Failed(RateLimitedError("busy"), 5)
NOT_FOUND, NO_ID = Skipped(SkipReason.NOT_FOUND), Skipped(SkipReason.NO_USER_ID)
LOADED = {section: answer(section, "A") for section in Section}
# What each sentence of what is missing is about.
NO_MEMBER, NO_IDENTITY, NO_LIST = "会员信息", "会员识别", "礼品卡列表"
NOT_LOCKED, NOT_CHECKED = "锁定", "冻结"


def states(member: str, identity: str, gift_cards: str) -> PanelStates:
    words = zip(Section, (member, identity, gift_cards), strict=True)
    return panel_states({section: state(section, word) for section, word in words})


def state(section: Section, word: str) -> SectionState:
    named: dict[str, SectionState] = {
        "idle": Idle(),
        "loading": Loading(),
        "failed": LATE,
        "skipped": NOT_FOUND,
        "loaded": LOADED[section],
    }
    return named[word]


@dataclass(frozen=True)
class Told:
    """A panel in short: its kind, and what is missing from it."""

    kind: PanelKind
    problems: tuple[str, ...] = ()


def told(panel: PanelState) -> Told:
    subjects = (NO_MEMBER, NO_IDENTITY, NO_LIST, NOT_LOCKED, NOT_CHECKED)
    return Told(
        panel.kind,
        tuple(
            next((subject for subject in subjects if subject in problem), problem)
            for problem in panel.problems
        ),
    )


LATE_WORDS = error_text(LATE.error).text
NO_CARDS = Told(PanelKind.FAILED, (NO_LIST,))
EMPTY, LOADING = Told(PanelKind.EMPTY), Told(PanelKind.LOADING)
FULL, FAILED = Told(PanelKind.LOADED), Told(PanelKind.FAILED, (LATE_WORDS,))


def without(*missing: str) -> Told:
    return Told(PanelKind.LOADED, missing)


TABLE = [
    # member, identity, gift cards: the panels of the person, of coupons, of gift cards
    ("idle", "idle", "idle", EMPTY, EMPTY, EMPTY),
    ("loading", "loading", "loading", LOADING, LOADING, LOADING),
    ("loading", "loaded", "loaded", LOADING, LOADING, LOADING),
    ("loading", "failed", "failed", LOADING, LOADING, LOADING),
    ("loaded", "loading", "loading", FULL, FULL, FULL),
    ("loaded", "loaded", "loaded", FULL, FULL, FULL),
    ("loaded", "failed", "loaded", without(NO_IDENTITY), without(NOT_LOCKED), FULL),
    ("loaded", "loaded", "failed", FULL, FULL, without(NO_LIST)),
    (
        "loaded", "failed", "failed",
        without(NO_IDENTITY), without(NOT_LOCKED), without(NO_LIST),
    ),
    ("loaded", "skipped", "skipped", FULL, FULL, FULL),
    ("failed", "loading", "loading", LOADING, LOADING, LOADING),
    ("failed", "loaded", "loading", without(NO_MEMBER), without(NO_MEMBER), LOADING),
    ("failed", "loaded", "loaded", without(NO_MEMBER), without(NO_MEMBER), without(NO_MEMBER)),
    ("failed", "loaded", "failed", without(NO_MEMBER), without(NO_MEMBER), NO_CARDS),
    ("failed", "failed", "loaded", FAILED, FAILED, without(NO_MEMBER, NOT_CHECKED)),
    ("failed", "failed", "failed", FAILED, FAILED, FAILED),
    ("failed", "skipped", "skipped", FAILED, FAILED, FAILED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("member", "identity", "cards", "person", "coupons", "gift_cards"),
    TABLE,
    ids=lambda value: value if isinstance(value, str) else "-",
)
def test_the_table(
    member: str, identity: str, cards: str, person: Told, coupons: Told, gift_cards: Told
) -> None:
    panels = states(member, identity, cards)
    assert told(panels.member) == person
    assert told(panels.balances) == person
    assert told(panels.coupons) == coupons
    assert told(panels.gift_cards) == gift_cards


ALL = [
    pytest.param(*words, id="-".join(words))
    for words in itertools.product(("loading", "failed", "skipped", "loaded"), repeat=3)
]


@pytest.mark.parametrize(("member", "identity", "cards"), ALL)
def test_what_holds_for_every_combination(member: str, identity: str, cards: str) -> None:
    panels = states(member, identity, cards)
    for panel in (panels.member, panels.balances, panels.coupons, panels.gift_cards):
        loaded = panel.kind is PanelKind.LOADED
        assert (panel.at is not None) is loaded, "a loaded panel says when, and no other does"
        assert not (panel.problems and panel.kind in (PanelKind.LOADING, PanelKind.EMPTY))
    # A failed part never shows as an empty list.
    if member == cards == "failed":
        assert panels.gift_cards.kind is PanelKind.FAILED
    if member == identity == "failed":
        assert panels.coupons.kind is PanelKind.FAILED
    if "loading" not in (member, identity, cards):
        assert panels.member.kind is not PanelKind.LOADING, "nothing is waited for"


def test_the_words_of_the_failure_follow_what_is_missing() -> None:
    panels = panel_states({**LOADED, Section.GIFT_CARDS: BUSY})
    words = error_text(BUSY.error).text
    (problem,) = panels.gift_cards.problems
    assert problem.startswith(NO_LIST)
    assert problem.endswith(words)
    assert panels.gift_cards.at == NOW


def test_nobody_found_says_so_in_every_panel() -> None:
    nobody = Failed(MemberNotFoundError("none"), 5)
    panels = panel_states(
        {Section.MEMBER: nobody, Section.IDENTITY: NOT_FOUND, Section.GIFT_CARDS: NOT_FOUND}
    )
    words = error_text(nobody.error).text
    for panel in (panels.member, panels.coupons, panels.gift_cards):
        assert panel == PanelState(PanelKind.FAILED, (words,))


def test_without_a_user_id_nothing_is_missing() -> None:
    panels = panel_states({**LOADED, Section.IDENTITY: NO_ID, Section.GIFT_CARDS: NO_ID})
    assert panels.coupons.problems == panels.gift_cards.problems == ()


def lost(**lists: object) -> PanelStates:
    at = LOADED[Section.MEMBER]
    member = Loaded(replace(at.data, **lists), at.ms, at.at)
    return panel_states({**LOADED, Section.MEMBER: member})


def test_a_lost_list_is_said_and_never_shown_as_an_empty_one() -> None:
    panels = lost(coupons=(), coupons_lost=True, gift_cards=(), gift_cards_lost=True)
    assert panels.gift_cards.kind is PanelKind.FAILED
    assert panels.gift_cards.problems == ("礼品卡列表无法读取，请按 F5 刷新",)
    assert "优惠券列表无法读取，请按 F5 刷新" in panels.coupons.problems
    assert panels.member.kind is PanelKind.LOADED


def test_what_the_other_source_knows_is_shown_beside_a_lost_list() -> None:
    at = LOADED[Section.IDENTITY]
    identity = Loaded(replace(at.data, coupons=(IdentityCoupon("1"),)), at.ms, at.at)
    info = LOADED[Section.MEMBER]
    member = Loaded(replace(info.data, coupons=(), coupons_lost=True), info.ms, info.at)
    sections = {**LOADED, Section.MEMBER: member, Section.IDENTITY: identity}
    panel = panel_states(sections).coupons
    assert (panel.kind, panel.problems) == (
        PanelKind.LOADED,
        ("优惠券列表无法读取，请按 F5 刷新",),
    )


def test_a_lost_list_is_not_called_lost_while_the_other_source_is_asked() -> None:
    info = LOADED[Section.MEMBER]
    member = Loaded(replace(info.data, coupons=(), coupons_lost=True), info.ms, info.at)
    asked: dict[Section, SectionState] = {**LOADED, Section.MEMBER: member}
    asked[Section.IDENTITY] = Loading()
    assert panel_states(asked).coupons == PanelState(PanelKind.LOADING)
    assert panel_states({**asked, Section.IDENTITY: LATE}).coupons.kind is PanelKind.FAILED


@pytest.mark.parametrize(
    ("cut", "coupons", "gift_cards"),
    [
        (Section.MEMBER, True, True),
        (Section.IDENTITY, True, False),
        (Section.GIFT_CARDS, False, True),
    ],
)
def test_a_list_that_was_longer_than_is_read_is_never_shown_as_all(
    cut: Section, coupons: bool, gift_cards: bool
) -> None:
    sections = dict(LOADED)
    sections[cut] = replace(LOADED[cut], cut=True)
    panels = panel_states(sections)
    assert any("太多" in problem for problem in panels.coupons.problems) is coupons
    assert any("太多" in problem for problem in panels.gift_cards.problems) is gift_cards
    alone = panel_states({**dict.fromkeys(Section, LATE), Section.MEMBER: Loading()})
    assert not any("太多" in problem for problem in alone.coupons.problems)
