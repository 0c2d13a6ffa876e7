"""Any change to any card: what it is already is not needed, and what is sent has its form."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.api.wechat.card import decode, encode
from posmember.api.wechat.wire import body
from posmember.domain.values import CHINA, PlatformTime, Unreadable
from posmember.domain.wechat.card import (
    CardValidity,
    CommonEntry,
    CustomEntry,
    FormField,
    ValidityKind,
    WechatCard,
)
from posmember.domain.wechat.change import (
    CardChange,
    CardField,
    NewValidity,
    change_problems,
    kept_otherwise,
    lost_answers,
    needed_change,
)
from tests.fakes.unhurried import UNHURRIED
from tests.fakes.wechat import public_key

zones = st.sampled_from([UTC, CHINA, timezone(timedelta(hours=-5)), timezone(timedelta(hours=14))])
moments = st.builds(
    lambda microseconds, zone: datetime(2000, 1, 1, tzinfo=zone) + timedelta(0, 0, microseconds),
    st.integers(0, 200 * 365 * 86_400_000_000),
    zones,
)
anything = st.characters(exclude_categories=[])
"""Lone surrogates and control characters, too."""
short = st.text(min_size=1, max_size=12)
texts = st.one_of(st.text(anything, max_size=12), st.text(min_size=1, max_size=230), short)
colors = st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True)
phones = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
urls = st.from_regex(r"https://[!-~]{1,248}", fullmatch=True)


def common_of(values: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    fields = st.tuples(st.sampled_from(FormField), values)
    return st.lists(fields, max_size=4, unique_by=lambda field: field[0]).map(tuple)


def custom_of(values: st.SearchStrategy[str], fewest: int) -> st.SearchStrategy[Any]:
    fields = st.tuples(values, st.lists(values, min_size=fewest, max_size=3).map(tuple))
    return st.lists(fields, max_size=3, unique_by=lambda field: field[0]).map(tuple)


validities = st.one_of(
    st.just(NewValidity(ValidityKind.PERMANENT)),
    st.builds(NewValidity, st.just(ValidityKind.FIXED_TERM), days=st.integers(-1, 40_000)),
    st.builds(NewValidity, st.just(ValidityKind.FIXED_RANGE), moments, moments),
)
changes = st.builds(
    CardChange,
    level=st.none() | st.text(max_size=12) | st.text(anything, max_size=12),
    color=st.none() | colors | st.text(max_size=8),
    picture_url=st.none() | urls | st.text(max_size=300),
    phone=st.none() | phones | st.text(max_size=12),
    validity=st.none() | validities,
    picked_up_at=st.none() | moments,
    common_fields=st.none() | common_of(texts) | common_of(short),
    custom_fields=st.none() | custom_of(texts, 0) | custom_of(short, 1),
    attach=st.none() | st.text(max_size=300) | st.text(anything, max_size=300),
)
told_times = moments.map(PlatformTime)
cards = st.builds(
    WechatCard,
    color=colors,
    picture_url=urls,
    phone=phones,
    level=st.text(min_size=1, max_size=10),
    validity=st.one_of(
        st.just(CardValidity(ValidityKind.PERMANENT)),
        st.builds(CardValidity, st.just(ValidityKind.FIXED_TERM), days=st.integers(1, 400)),
        st.builds(CardValidity, st.just(ValidityKind.FIXED_RANGE), told_times, told_times),
    ),
    picked_up_at=told_times,
    common_fields=common_of(short).map(lambda rows: tuple(CommonEntry(*row) for row in rows)),
    custom_fields=custom_of(short, 1).map(lambda rows: tuple(CustomEntry(*row) for row in rows)),
    attach=st.text(min_size=1, max_size=256),
)


def at(time: object) -> datetime | None:
    return time.at if isinstance(time, PlatformTime) else None


def own_values(card: WechatCard) -> CardChange:
    """The change that asks a card to be as it is."""
    told = card.validity
    assert isinstance(told.kind, ValidityKind)
    assert not isinstance(card.phone, Unreadable)
    days = told.days if isinstance(told.days, int) else None
    return CardChange(
        level=card.level,
        color=card.color,
        picture_url=card.picture_url,
        phone=card.phone,
        validity=NewValidity(told.kind, at(told.begin), at(told.end), days),
        picked_up_at=at(card.picked_up_at),
        common_fields=tuple(
            (entry.name, entry.value)
            for entry in card.common_fields
            if isinstance(entry.name, FormField) and isinstance(entry.value, str)
        ),
        custom_fields=tuple(
            (entry.name, tuple(value for value in entry.values if isinstance(value, str)))
            for entry in card.custom_fields
        ),
        attach=card.attach,
    )


@given(cards)
@settings(UNHURRIED)
def test_nothing_is_needed_of_a_cards_own_values(card: WechatCard) -> None:
    change = own_values(card)
    assert change.named() == tuple(CardField)
    assert needed_change(card, change) == CardChange()
    assert kept_otherwise(card, change) == ()


@given(cards, changes)
@settings(UNHURRIED)
def test_what_is_needed_is_what_was_kept_otherwise(card: WechatCard, change: CardChange) -> None:
    needed = needed_change(card, change)
    assert needed.named() == kept_otherwise(card, change)
    lists = (CardField.COMMON_FIELDS, CardField.CUSTOM_FIELDS)
    plain = [name for name in needed.named() if name not in lists]
    assert all(getattr(needed, name) == getattr(change, name) for name in plain)
    for name in {*lists} & {*needed.named()}:  # whole, with what was asked for in its place
        asked = dict(getattr(change, name))
        assert asked.items() <= dict(getattr(needed, name)).items()
    assert needed_change(card, needed) == needed


@given(cards, changes)
@settings(UNHURRIED)
def test_what_is_sent_of_a_form_loses_no_answer_that_is_not_named(
    card: WechatCard, change: CardChange
) -> None:
    needed = needed_change(card, change)
    lost = {problem.field for problem in lost_answers(card, needed)}
    if needed.common_fields is not None and CardField.COMMON_FIELDS not in lost:
        sent = {name for name, _ in needed.common_fields}
        assert {entry.name for entry in card.common_fields if entry.value} <= sent
    if needed.custom_fields is not None and CardField.CUSTOM_FIELDS not in lost:
        questions = {name for name, _ in needed.custom_fields}
        assert {entry.name for entry in card.custom_fields if entry.values} <= questions


@given(changes)
@settings(UNHURRIED, max_examples=200)
def test_every_problem_is_of_a_field_that_was_named(change: CardChange) -> None:
    assert {problem.field for problem in change_problems(change)} <= set(change.named())


def fixed(change: CardChange) -> CardChange:
    """A change without the fields that have a problem."""
    return change.without([problem.field for problem in change_problems(change)])


@given(changes.map(fixed))
@settings(UNHURRIED, max_examples=200)
def test_what_is_sent_is_json_within_the_documented_lengths(change: CardChange) -> None:
    assert change_problems(change) == ()
    sent: dict[str, Any] = json.loads(body(encode(change, lambda value: value)))
    assert len(sent.get("level", "x")) <= 10
    assert len(sent.get("card_color", "")) in (0, 7)
    assert len(sent.get("card_picture_url", "")) <= 256
    assert len(sent.get("phone_number", "")) in (0, 11)
    assert 1 <= len(sent.get("attach", "x")) <= 256
    assert (
        1 <= sent.get("valid_date_information", {}).get("available_day_after_receive", 1) <= 36_500
    )
    assert "" not in sent.values()
    assert None not in sent.values()
    assert bool(sent) == bool(change.named())
    form = sent.get("user_information", {"common_field_list": [1]})
    assert form
    assert all(form.values())


@given(changes.map(fixed))
@settings(UNHURRIED)
def test_what_has_no_problem_can_be_encrypted(change: CardChange) -> None:
    """By the weakest key that is taken."""
    assert json.loads(body(encode(change, public_key("platform").encrypt))).keys() == (
        encode(change, str).keys()
    )


@given(changes.map(fixed))
@settings(UNHURRIED, max_examples=200)
def test_a_card_that_became_what_was_sent_holds_it(change: CardChange) -> None:
    """Over the wire and back: what the platform took as it was sent is not "kept otherwise"."""
    sent: dict[str, Any] = json.loads(body(encode(change, lambda value: value)))
    card = decode(sent, lambda value: value).value
    assert kept_otherwise(card, change) == ()
