"""Before and after: what of a change a card is already, and what it was not made to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

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
    Fault,
    NewValidity,
    kept_otherwise,
    lost_answers,
    needed_change,
)

BEGIN = datetime(2026, 11, 21, 12, tzinfo=CHINA)
END = datetime(2027, 11, 21, 12, tzinfo=CHINA)
PICKED_UP = datetime(2020, 5, 20, 13, 29, 35, tzinfo=CHINA)
RANGE, TERM, PERMANENT = (
    ValidityKind.FIXED_RANGE,
    ValidityKind.FIXED_TERM,
    ValidityKind.PERMANENT,
)
CARD = WechatCard(
    code="478515832665",
    color="#FFFF00",
    picture_url="https://x.invalid/0",
    phone="13800000001",
    level="金卡",
    validity=CardValidity(RANGE, PlatformTime(BEGIN), PlatformTime(END)),
    picked_up_at=PlatformTime(PICKED_UP),
    common_fields=(CommonEntry(FormField.SEX, "女"), CommonEntry(FormField.NAME, "王小明")),
    custom_fields=(CustomEntry("运动", ("游泳", "跑步")), CustomEntry("颜色", ("红",))),
    attach="说明",
)
SAME = CardChange(
    level="金卡",
    color="#FFFF00",
    picture_url="https://x.invalid/0",
    phone="13800000001",
    validity=NewValidity(RANGE, BEGIN, END),
    picked_up_at=PICKED_UP,
    common_fields=((FormField.SEX, "女"), (FormField.NAME, "王小明")),
    custom_fields=(("运动", ("游泳", "跑步")), ("颜色", ("红",))),
    attach="说明",
)
OTHER = CardChange(
    level="银卡",
    color="#FFFF01",
    picture_url="https://x.invalid/1",
    phone="13800000002",
    validity=NewValidity(PERMANENT),
    picked_up_at=PICKED_UP + timedelta(seconds=1),
    common_fields=((FormField.SEX, "男"),),
    custom_fields=(("运动", ("游泳",)),),
    attach="说明。",
)


NEEDED = replace(
    OTHER,
    common_fields=((FormField.SEX, "男"), (FormField.NAME, "王小明")),
    custom_fields=(("运动", ("游泳",)), ("颜色", ("红",))),
)
"""What is sent for OTHER: a list of answers takes the place of the card's, so it is whole."""


def only(change: CardChange, *names: CardField) -> CardChange:
    return change.without([name for name in CardField if name not in names])


def held(card: WechatCard, **asked: Any) -> bool:
    """Whether a card is what a change of one field asks for; both questions agree on it."""
    change = CardChange(**asked)
    (name,) = change.named()
    needed, otherwise = needed_change(card, change), kept_otherwise(card, change)
    assert (needed.named(), otherwise) in (((), ()), ((name,), (name,)))
    return not otherwise


def test_what_the_card_is_already_is_not_needed() -> None:
    assert needed_change(CARD, SAME) == CardChange()
    assert kept_otherwise(CARD, SAME) == ()


def test_what_the_card_is_not_is_needed() -> None:
    assert needed_change(CARD, OTHER) == NEEDED
    assert kept_otherwise(CARD, OTHER) == tuple(CardField)


@pytest.mark.parametrize("name", CardField)
def test_each_field_is_told_from_the_others(name: CardField) -> None:
    different = getattr(OTHER, name.value)
    mixed = replace(SAME, **{name.value: different})
    assert needed_change(CARD, mixed) == only(NEEDED, name)
    assert kept_otherwise(CARD, mixed) == (name,)


@pytest.mark.parametrize("name", CardField)
def test_what_is_not_named_is_neither_needed_nor_kept_otherwise(name: CardField) -> None:
    assert needed_change(CARD, OTHER.without([name])) == NEEDED.without([name])
    assert name not in kept_otherwise(CARD, OTHER.without([name]))


def test_an_empty_card_is_nothing_that_was_asked_for() -> None:
    assert needed_change(WechatCard(), SAME) == SAME


def test_a_color_is_the_same_in_either_case() -> None:
    card = replace(CARD, color="#aabbcc")
    assert held(card, color="#AABBCC")
    assert held(card, color="#AaBbCc")
    assert not held(card, color="#AABBCD")


def test_every_other_text_is_the_same_only_letter_by_letter() -> None:
    assert not held(replace(CARD, level="vip"), level="VIP")
    assert not held(CARD, picture_url="https://x.invalid/0?")
    assert not held(CARD, attach="说明 ")


def test_a_phone_that_could_not_be_decrypted_is_not_known_to_be_the_same() -> None:
    assert not held(replace(CARD, phone=Unreadable("")), phone="13800000001")


MS = timedelta(milliseconds=999)


def told(field: str, value: object) -> WechatCard:
    """The card with another begin or end."""
    changes: dict[str, Any] = {field: value}
    return replace(CARD, validity=replace(CARD.validity, **changes))


@pytest.mark.parametrize("field", ["begin", "end"])
def test_a_range_is_the_same_to_the_second(field: str) -> None:
    moment = {"begin": BEGIN, "end": END}[field]
    for same in (moment, moment + MS, moment.astimezone(UTC)):
        assert held(told(field, PlatformTime(same)), validity=SAME.validity)
        asked: dict[str, Any] = {"begin": BEGIN, "end": END, field: same}
        assert held(CARD, validity=NewValidity(RANGE, **asked))
    for different in (moment + timedelta(seconds=1), moment - timedelta(seconds=1)):
        assert not held(told(field, PlatformTime(different)), validity=SAME.validity)


@pytest.mark.parametrize("odd", [None, Unreadable("x")], ids=["not there", "unreadable"])
@pytest.mark.parametrize("field", ["begin", "end"])
def test_a_range_with_an_end_that_is_not_known_is_not_the_same(field: str, odd: object) -> None:
    assert not held(told(field, odd), validity=SAME.validity)


def test_days_that_come_with_a_range_do_not_matter() -> None:
    card = replace(CARD, validity=replace(CARD.validity, days=200))
    assert held(card, validity=SAME.validity)
    assert held(CARD, validity=NewValidity(RANGE, BEGIN, END, 30))


@pytest.mark.parametrize(
    ("told", "asked", "same"),
    [
        (CardValidity(TERM, days=30), NewValidity(TERM, days=30), True),
        (CardValidity(TERM, days=30), NewValidity(TERM, days=31), False),
        (CardValidity(TERM), NewValidity(TERM, days=30), False),
        (CardValidity(TERM, days=Unreadable("30天")), NewValidity(TERM, days=30), False),
        (CardValidity(PERMANENT), NewValidity(PERMANENT), True),
        (CardValidity(PERMANENT, days=30), NewValidity(PERMANENT), True),
        (CardValidity(PERMANENT), NewValidity(PERMANENT, BEGIN, END, 30), True),
        (CardValidity(TERM, days=30), NewValidity(TERM, BEGIN, END, 30), True),
        (CardValidity(TERM, days=31), NewValidity(TERM, BEGIN, END, 30), False),
        (CardValidity(PERMANENT), NewValidity(TERM, days=30), False),
        (CardValidity(TERM, days=30), NewValidity(PERMANENT), False),
        (CardValidity(), NewValidity(PERMANENT), False),
        (CardValidity(Unreadable("FOR_EVER")), NewValidity(PERMANENT), False),
    ],
)
def test_every_other_kind_of_validity(told: CardValidity, asked: NewValidity, same: bool) -> None:
    assert held(replace(CARD, validity=told), validity=asked) is same


def test_a_pickup_is_the_same_to_the_second() -> None:
    assert held(CARD, picked_up_at=PICKED_UP + MS)
    assert held(CARD, picked_up_at=PICKED_UP.astimezone(UTC))
    assert not held(CARD, picked_up_at=PICKED_UP + timedelta(seconds=1))
    assert not held(replace(CARD, picked_up_at=None), picked_up_at=PICKED_UP)
    assert not held(replace(CARD, picked_up_at=Unreadable("x")), picked_up_at=PICKED_UP)


def test_a_form_is_the_same_where_what_is_asked_for_is() -> None:
    assert held(CARD, common_fields=((FormField.NAME, "王小明"),))
    assert held(CARD, common_fields=((FormField.NAME, "王小明"), (FormField.SEX, "女")))
    assert not held(CARD, common_fields=((FormField.NAME, "王小明"), (FormField.SEX, "男")))
    assert not held(CARD, common_fields=((FormField.CITY, "上海"),))
    unreadable = replace(CARD, common_fields=(CommonEntry(FormField.SEX, Unreadable("")),))
    assert not held(unreadable, common_fields=((FormField.SEX, "女"),))


def test_answers_to_fields_that_nobody_knows_do_not_matter() -> None:
    strange = (CommonEntry(Unreadable("USER_FORM_FLAG_PET"), "猫"), CommonEntry(None, "x"))
    card = replace(CARD, common_fields=(*strange, *CARD.common_fields))
    assert held(card, common_fields=((FormField.SEX, "女"),))


def test_the_merchants_form_is_the_same_where_what_is_asked_for_is() -> None:
    assert held(CARD, custom_fields=(("颜色", ("红",)),))
    assert not held(CARD, custom_fields=(("颜色", ("红", "蓝")),))
    assert not held(CARD, custom_fields=(("运动", ("游泳",)),))
    assert not held(CARD, custom_fields=(("宠物", ("猫",)),))
    unreadable = replace(CARD, custom_fields=(CustomEntry("颜色", (Unreadable(""),)),))
    assert not held(unreadable, custom_fields=(("颜色", ("红",)),))


# --- a form is sent whole ------------------------------------------------------------------------


def test_what_is_sent_of_a_form_keeps_the_other_answers() -> None:
    needed = needed_change(CARD, CardChange(common_fields=((FormField.CITY, "上海"),)))
    assert needed.common_fields == (
        (FormField.SEX, "女"),
        (FormField.NAME, "王小明"),
        (FormField.CITY, "上海"),
    )
    assert needed_change(CARD, needed) == needed, "and is whole already"
    needed = needed_change(CARD, CardChange(custom_fields=(("宠物", ("猫", "狗")),)))
    assert needed.custom_fields == (*(SAME.custom_fields or ()), ("宠物", ("猫", "狗")))
    assert lost_answers(CARD, needed) == ()


def test_answers_that_are_empty_are_nothing_to_keep() -> None:
    card = replace(
        CARD,
        common_fields=(CommonEntry(FormField.SEX, ""), CommonEntry(None, "")),
        custom_fields=(CustomEntry("运动", ()),),
    )
    change = CardChange(
        common_fields=((FormField.CITY, "上海"),), custom_fields=(("宠物", ("猫",)),)
    )
    assert needed_change(card, change) == change
    assert lost_answers(card, change) == ()


LOST_COMMON = [
    CommonEntry(FormField.SEX, Unreadable("")),
    CommonEntry(Unreadable("USER_FORM_FLAG_PET"), "猫"),
    CommonEntry(None, "x"),
]


@pytest.mark.parametrize("entry", LOST_COMMON, ids=repr)
def test_a_list_with_an_answer_that_cannot_be_read_is_not_changed(entry: CommonEntry) -> None:
    """It would be gone: it can be sent by nobody."""
    card = replace(CARD, common_fields=(*CARD.common_fields[1:], entry))
    change = CardChange(common_fields=((FormField.CITY, "上海"),), attach="x")
    (problem,) = lost_answers(card, change)
    assert (problem.field, problem.fault) == (CardField.COMMON_FIELDS, Fault.FORM_UNREADABLE)
    assert lost_answers(card, change.without([CardField.COMMON_FIELDS])) == ()


@pytest.mark.parametrize(
    "entry",
    [
        CustomEntry("颜色", (Unreadable(""),)),
        CustomEntry("颜色", ("红", Unreadable(""))),
        CustomEntry("", ("红",)),
    ],
    ids=["unreadable", "one of two", "no question"],
)
def test_nor_a_list_of_the_merchants_own(entry: CustomEntry) -> None:
    card = replace(CARD, custom_fields=(entry,))
    (problem,) = lost_answers(card, CardChange(custom_fields=(("宠物", ("猫",)),)))
    assert (problem.field, problem.fault) == (CardField.CUSTOM_FIELDS, Fault.FORM_UNREADABLE)


def test_but_it_may_be_answered_anew() -> None:
    card = replace(
        CARD,
        common_fields=(CommonEntry(FormField.SEX, Unreadable("")),),
        custom_fields=(CustomEntry("颜色", (Unreadable(""),)),),
    )
    change = CardChange(common_fields=((FormField.SEX, "女"),), custom_fields=(("颜色", ("红",)),))
    assert lost_answers(card, change) == ()
    assert needed_change(card, change) == change
