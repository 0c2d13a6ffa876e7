"""What a change may ask for: every length and form, at its limit and past it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from posmember.domain.values import CHINA
from posmember.domain.wechat import change as wechat_change
from posmember.domain.wechat.card import FormField, ValidityKind
from posmember.domain.wechat.change import (
    MAX_DAYS,
    NO_MOMENT,
    CardChange,
    CardField,
    ChangeProblem,
    Fault,
    NewValidity,
    change_problems,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
URL = "https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0"
RANGE, TERM, PERMANENT = (
    ValidityKind.FIXED_RANGE,
    ValidityKind.FIXED_TERM,
    ValidityKind.PERMANENT,
)
WHOLE = CardChange(
    level="钻石会员",
    color="#FFFF00",
    picture_url=URL,
    phone="13800000001",
    validity=NewValidity(PERMANENT),
    picked_up_at=NOON,
    common_fields=((FormField.SEX, "女"),),
    custom_fields=(("喜欢的运动", ("游泳",)),),
    attach="自定义数据说明",
)


def problem_of(change: CardChange) -> tuple[CardField, Fault, int | None] | None:
    """The one thing that is wrong with a change, or nothing."""
    problems = change_problems(change)
    assert len(problems) <= 1
    return (problems[0].field, problems[0].fault, problems[0].most) if problems else None


# --- the fields ----------------------------------------------------------------------------------


def test_a_changes_fields_are_those_of_the_list() -> None:
    names = [field.name for field in dataclasses.fields(CardChange)]
    assert sorted(names) == sorted(name.value for name in CardField)
    assert all(field.default is None for field in dataclasses.fields(CardChange))


def test_every_field_can_be_compared() -> None:
    assert set(wechat_change._HOLDS) == set(CardField)


def test_what_is_named_and_what_is_left_out() -> None:
    assert CardChange().named() == ()
    assert WHOLE.named() == tuple(CardField)
    for name in CardField:
        rest = WHOLE.without([name])
        assert rest.named() == tuple(other for other in CardField if other is not name)
        assert all(getattr(rest, other) == getattr(WHOLE, other) for other in rest.named())
    assert WHOLE.without(list(CardField)) == CardChange()
    assert WHOLE.without([]) == WHOLE


def test_no_repr_shows_a_person() -> None:
    shown = repr(WHOLE)
    for value in ("13800000001", "女", "游泳", "自定义数据说明"):
        assert value not in shown


def test_nothing_is_wrong_with_nothing_and_with_what_is_documented() -> None:
    assert change_problems(CardChange()) == ()
    assert change_problems(WHOLE) == ()


# --- texts ---------------------------------------------------------------------------------------

NOT_PLAIN = (
    *(" 金卡", "金卡 ", "金卡\n", "\t金卡", "\u3000金卡", "金\r\n卡", "金\t卡", "金\n卡"),
    *("金\x00卡", "金\x1b卡", "金\x1f卡", "金\x7f卡", "\udcff", "金\ud800卡", "\udfff卡"),
    *(
        "a\u202eb",
        "金\u200b卡",
        "\ufeff金",
        "金\xad",
        "金\u3164",
        "金\u2028卡",
        "金\x85卡",
        "a\ufe0f",
    ),
)
"""What would not come back as it was sent, or could not be sent; "\udcff" is a shell's $'\xff'."""
GOOD: list[tuple[CardField, str]] = [
    (CardField.LEVEL, "V"),
    (CardField.LEVEL, "钻石会员"),
    (CardField.LEVEL, "一二三四五六七八九十"),
    (CardField.LEVEL, "金 卡"),
    (CardField.LEVEL, "金\u3000卡💳"),
    (CardField.COLOR, "#FFFF00"),
    (CardField.COLOR, "#00aaBB"),
    (CardField.PICTURE_URL, URL),
    (CardField.PICTURE_URL, "https://x"),
    (CardField.PICTURE_URL, "https://" + "x" * 248),
    (CardField.PHONE, "13800000001"),
    (CardField.PHONE, "19999999999"),
    (CardField.ATTACH, "x"),
    (CardField.ATTACH, "数" * 256),
]
WRONG: list[tuple[CardField, str, Fault, int | None]] = [
    *[(name, "", Fault.EMPTY, None) for name, _, _, _ in wechat_change._TEXTS],
    *[(name, " \t\n\u3000", Fault.EMPTY, None) for name, _, _, _ in wechat_change._TEXTS],
    (CardField.LEVEL, "一二三四五六七八九十一", Fault.TOO_LONG, 10),
    (CardField.LEVEL, "x" * 1000, Fault.TOO_LONG, 10),
    *[
        (CardField.COLOR, color, Fault.COLOR, None)
        for color in (
            *("FFFF00", "#FFFF0", "#FFFF000", "#GGGGGG", "#FFFF00\n", " #FFFF0", "red"),
            *("#ＦＦＦＦ００", "rgb(1,2,3)", "#", "#" * 7),
        )
    ],
    *[
        (CardField.PICTURE_URL, url, Fault.PICTURE_URL, None)
        for url in (
            *("http://wxpaylogo.qpic.cn/0", "https://", "x", "HTTPS://x", "//x", "ftp://x"),
            *(f"{URL} ", f"{URL}\n", f" {URL}", "https://图", "javascript:alert(1)", "https://a b"),
        )
    ],
    (CardField.PICTURE_URL, "https://" + "x" * 249, Fault.TOO_LONG, 256),
    (CardField.PICTURE_URL, "https://" + "x" * 10_000, Fault.TOO_LONG, 256),
    *[
        (CardField.PHONE, phone, Fault.PHONE, None)
        for phone in (
            *("1380000000", "138000000011", "12800000001", "23800000001", "+8613800000001"),
            *("138 0000 0001", "13800000001\n", "１３８００００００００１", "1380000000x", "0"),
        )
    ],
    (CardField.ATTACH, "数" * 257, Fault.TOO_LONG, 256),
    *[
        (name, value, Fault.NOT_PLAIN, None)
        for name in (CardField.LEVEL, CardField.ATTACH)
        for value in NOT_PLAIN
    ],
]


def changed(name: CardField, value: str) -> CardChange:
    asked: dict[str, Any] = {name.value: value}
    return CardChange(**asked)


@pytest.mark.parametrize(("name", "value"), GOOD, ids=lambda value: f"{value:.20}")
def test_a_text_that_is_sent(name: CardField, value: str) -> None:
    assert problem_of(changed(name, value)) is None


@pytest.mark.parametrize(("name", "value", "fault", "most"), WRONG)
def test_a_text_that_is_not(name: CardField, value: str, fault: Fault, most: int | None) -> None:
    assert problem_of(changed(name, value)) == (name, fault, most)


# --- validity ------------------------------------------------------------------------------------

MS, SECOND, DAY = timedelta(milliseconds=1), timedelta(seconds=1), timedelta(days=1)
VALIDITIES: list[tuple[NewValidity, Fault | None]] = [
    (NewValidity(PERMANENT), None),
    (NewValidity(TERM, days=1), None),
    (NewValidity(TERM, days=MAX_DAYS), None),
    (NewValidity(TERM), Fault.DAYS),
    (NewValidity(TERM, days=0), Fault.DAYS),
    (NewValidity(TERM, days=-1), Fault.DAYS),
    (NewValidity(TERM, days=MAX_DAYS + 1), Fault.DAYS),
    (NewValidity(RANGE, NOON, NOON + SECOND), None),
    (NewValidity(RANGE, NOON, NOON + 3650 * DAY), None),
    (NewValidity(RANGE, NOON.astimezone(UTC), NOON + DAY), None),
    (NewValidity(RANGE, NOON + 900 * MS, NOON + 1100 * MS), None),
    (NewValidity(RANGE, NOON, NOON + 900 * MS), Fault.END_BEFORE_BEGIN),
    (NewValidity(RANGE, NOON + 100 * MS, NOON + 999 * MS), Fault.END_BEFORE_BEGIN),
    (NewValidity(RANGE, NOON, NOON), Fault.END_BEFORE_BEGIN),
    (NewValidity(RANGE, NOON, NOON.astimezone(UTC)), Fault.END_BEFORE_BEGIN),
    (NewValidity(RANGE, NOON, NOON - SECOND), Fault.END_BEFORE_BEGIN),
    (NewValidity(RANGE), Fault.RANGE_INCOMPLETE),
    (NewValidity(RANGE, begin=NOON), Fault.RANGE_INCOMPLETE),
    (NewValidity(RANGE, end=NOON), Fault.RANGE_INCOMPLETE),
    (NewValidity(RANGE, days=30), Fault.RANGE_INCOMPLETE),
]


@pytest.mark.parametrize(("validity", "fault"), VALIDITIES)
def test_a_validity(validity: NewValidity, fault: Fault | None) -> None:
    expected = None if fault is None else (CardField.VALIDITY, fault, None)
    assert problem_of(CardChange(validity=validity)) == expected


def test_every_kind_of_validity_can_be_sent() -> None:
    fine = {validity.kind for validity, fault in VALIDITIES if fault is None}
    assert fine == set(ValidityKind)


# --- forms ---------------------------------------------------------------------------------------


# Values that are entered into a form, and what is wrong with them.
LONGEST = ("好" * 71, "好" * 71 + "x", "x" * 214, "é" * 107, "💳" * 53)
VALUES: list[tuple[tuple[str, ...], Fault | None]] = [
    (("女",), None),
    (("女", "上海"), None),
    *[((value,), None) for value in LONGEST],
    (LONGEST, None),
    (("",), Fault.EMPTY),
    ((" \t\n\u3000",), Fault.EMPTY),
    (("女", ""), Fault.EMPTY),
    *[((value,), Fault.NOT_PLAIN) for value in NOT_PLAIN],
    (("女", " 上海"), Fault.NOT_PLAIN),
    *[((f"{value}x",), Fault.TOO_LONG) for value in LONGEST[1:3]],
    (("好" * 72,), Fault.TOO_LONG),
    (("é" * 108,), Fault.TOO_LONG),
    (("💳" * 54,), Fault.TOO_LONG),
    (("女", "好" * 72), Fault.TOO_LONG),
    (("x" * 10_000,), Fault.TOO_LONG),
]


def form_problem(
    name: CardField, fault: Fault | None
) -> tuple[CardField, Fault, int | None] | None:
    """How it is told: the longest in Chinese characters, of which each has three bytes."""
    most = 71 if fault is Fault.TOO_LONG else None
    return None if fault is None else (name, fault, most)


@pytest.mark.parametrize(("values", "fault"), VALUES)
def test_answers_to_the_platforms_form(values: tuple[str, ...], fault: Fault | None) -> None:
    fields = tuple(zip(FormField, values, strict=False))
    assert len(fields) == len(values)
    expected = form_problem(CardField.COMMON_FIELDS, fault)
    assert problem_of(CardChange(common_fields=fields)) == expected


@pytest.mark.parametrize(("values", "fault"), VALUES)
def test_answers_to_the_merchants_form(values: tuple[str, ...], fault: Fault | None) -> None:
    expected = form_problem(CardField.CUSTOM_FIELDS, fault)
    several = (("运动", values),)
    alone = tuple((f"问题{number}", (value,)) for number, value in enumerate(values))
    as_names = tuple((value, ("游泳",)) for value in values)
    for fields in (several, alone, as_names, (("颜色", ("红",)), *several)):
        assert problem_of(CardChange(custom_fields=fields)) == expected


def test_no_list_of_a_form_can_be_emptied() -> None:
    assert problem_of(CardChange(common_fields=())) == (CardField.COMMON_FIELDS, Fault.EMPTY, None)
    expected = (CardField.CUSTOM_FIELDS, Fault.EMPTY, None)
    for fields in ((), (("运动", ()),), (("运动", ("游泳",)), ("颜色", ()))):
        assert problem_of(CardChange(custom_fields=fields)) == expected


def test_every_problem_is_told_and_not_the_first_alone() -> None:
    change = CardChange(
        level="",
        color="red",
        picture_url="x",
        phone="1",
        validity=NewValidity(TERM),
        common_fields=((FormField.SEX, ""),),
        custom_fields=(("", ()),),
        attach="x" * 257,
    )
    assert set(change_problems(change)) == {
        ChangeProblem(CardField.LEVEL, Fault.EMPTY),
        ChangeProblem(CardField.COLOR, Fault.COLOR),
        ChangeProblem(CardField.PICTURE_URL, Fault.PICTURE_URL),
        ChangeProblem(CardField.PHONE, Fault.PHONE),
        ChangeProblem(CardField.VALIDITY, Fault.DAYS),
        ChangeProblem(CardField.COMMON_FIELDS, Fault.EMPTY),
        ChangeProblem(CardField.CUSTOM_FIELDS, Fault.EMPTY),
        ChangeProblem(CardField.ATTACH, Fault.TOO_LONG, 256),
    }


def test_a_time_of_pickup_has_to_be_one() -> None:
    wrong = (CardField.PICKED_UP_AT, Fault.MOMENT, None)
    assert problem_of(CardChange(picked_up_at=NO_MOMENT)) == wrong
    assert problem_of(CardChange(picked_up_at=NOON.replace(tzinfo=None))) == wrong
    assert problem_of(CardChange(picked_up_at=NOON)) is None


def test_a_question_is_answered_once() -> None:
    twice = ((FormField.SEX, "女"), (FormField.SEX, "男"))
    assert problem_of(CardChange(common_fields=twice)) == (
        CardField.COMMON_FIELDS, Fault.TWICE, None,
    )  # fmt: skip
    again = (("颜色", ("红",)), ("颜色", ("蓝",)))
    assert problem_of(CardChange(custom_fields=again)) == (
        CardField.CUSTOM_FIELDS, Fault.TWICE, None,
    )  # fmt: skip


def test_every_fault_is_found_somewhere() -> None:
    found = {fault for _, _, fault, _ in WRONG} | {fault for _, fault in VALIDITIES if fault}
    elsewhere = {Fault.MOMENT, Fault.TWICE, Fault.FORM_UNREADABLE, Fault.PAYMENT_DATA}
    assert found == set(Fault) - elsewhere
    assert {fault for _, fault in VALUES if fault} == {Fault.EMPTY, Fault.NOT_PLAIN, Fault.TOO_LONG}
