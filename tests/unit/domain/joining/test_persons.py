"""Whose a part is: what two parts are compared by, in which order, and what says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.persons import (
    Whose,
    is_another,
    same_person,
    whole_mobile,
    whose,
)
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.profile import Person

K = IdentifierKind
A, B = "13800000001", "13900000002"


def part(asked: tuple[IdentifierKind, str] | None = None, **names: Any) -> Whose:
    return Whose(Identifier(*asked) if asked is not None else None, **names)


def by(kind: IdentifierKind, value: str, **names: Any) -> Whose:
    return part((kind, value), **names)


def by_id(asked: str, **names: Any) -> Whose:
    """Of a call that takes user ids and nothing else: identity, gift cards."""
    return by(K.USER_ID, asked, asked_id=asked, **names)


OPENID = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12"


# --- the same person -----------------------------------------------------------------------------

SAME: list[tuple[str, Whose, Whose, bool | None]] = [
    # the user id first
    ("one id", part(user_id="1"), part(user_id="1"), True),
    ("two ids", part(user_id="1"), part(user_id="2"), False),
    ("an id and the same with zeros before it", part(user_id="0100"), part(user_id="100"), True),
    ("an id in full-width digits", part(user_id="100"), part(user_id="１００"), True),
    ("one id, two phones", part(user_id="1", mobile=A), part(user_id="1", mobile=B), True),
    ("two ids, one phone", part(user_id="1", mobile=A), part(user_id="2", mobile=A), False),
    ("two ids, one code", by(K.MEMBER_CODE, "q", user_id="1"),
     by(K.MEMBER_CODE, "q", user_id="2"), False),
    # a missing id is never equal: then the phone
    ("no id on either side", part(), part(), None),
    ("no id on one side", part(user_id="1"), part(), None),
    *((f"an id of {none!r} is none", part(user_id=none), part(user_id=none), None)
      for none in ("0", "0.0", "null", "None", "undefined", "-5", "70**01", " ", "-")),
    ("an id and its negative", part(user_id="-5"), part(user_id="5"), None),
    ("ids put apart otherwise", part(user_id="1-23"), part(user_id="12-3"), False),
    ("an id with a decimal", part(user_id="9000001.0"), part(user_id="9000001"), True),
    ("no ids, one phone", part(mobile=A), part(mobile=A), True),
    ("no ids, two phones", part(mobile=A), part(mobile=B), False),
    ("one id missing, two phones", part(user_id="1", mobile=A), part(mobile=B), False),
    ("one id missing, one phone", part(user_id="1", mobile=A), part(mobile=A), True),
    ("two phones though one code", by(K.MEMBER_CODE, "q", mobile=A),
     by(K.MEMBER_CODE, "q", mobile=B), False),
    ("two phones though asked by the id", part(user_id="1", mobile=A),
     by(K.USER_ID, "1", mobile=B), False),
    ("the phone asked by stands for one that is not named", by(K.MOBILE, A, user_id="1"),
     by(K.USER_ID, "1", mobile=B), False),
    ("the same, and it agrees", by(K.MOBILE, A), part(mobile=A), True),
    ("the phone that is named goes before the one asked by", by(K.MOBILE, A, mobile=B),
     part(mobile=B), True),
    # else what was asked by
    ("one code", by(K.MEMBER_CODE, "q"), by(K.MEMBER_CODE, "q"), True),
    ("two codes", by(K.MEMBER_CODE, "q"), by(K.MEMBER_CODE, "r"), None),
    ("one text of two kinds", by(K.MEMBER_CODE, "q"), by(K.CARD_NUMBER, "q"), None),
    ("one phone missing, one code", by(K.MEMBER_CODE, "q", mobile=A),
     by(K.MEMBER_CODE, "q"), True),
    # the id asked by, of a call that takes it for nothing else
    ("asked by the id that the other names", part(user_id="1"), by_id("1"), True),
    ("asked by an id that the other does not name", part(user_id="1"), by_id("2"), False),
    ("asked by an id, and the other names none", by(K.MEMBER_CODE, "q"), by_id("1"), None),
    ("both asked by one id", by_id("1"), by_id("1"), True),
    ("asked by two ids", by_id("1"), by_id("2"), False),
    ("asked by one id, and naming another: the name goes before", by_id("1", user_id="7"),
     by_id("1"), False),
    ("asked by the id, two phones", part(user_id="1", mobile=A), by_id("1", mobile=B), False),
    # member-info's question by an id says nothing: it may be another's member code
    ("member-info by the id that the other names", part(user_id="1"), by(K.USER_ID, "1"), None),
    ("the same, and a mask that fits", part(user_id="1", mobile=A),
     by(K.USER_ID, "1", mobile="138****0001"), None),
    *((f"the same, and a phone of {no_phone!r}", part(user_id="1", mobile=A),
       by(K.USER_ID, "1", mobile=no_phone), None)
      for no_phone in ("", "0", "无", "null", "138 0000 000", "--")),
    ("the same, and the whole phone", part(user_id="1", mobile=A),
     by(K.USER_ID, "1", mobile="+86" + A), True),
    ("member-info by the id that identity was asked by", by_id("1"), by(K.USER_ID, "1"), None),
    ("member-info twice by one id", by(K.USER_ID, "1"), by(K.USER_ID, "1"), None),
    ("the same, with a letter", by(K.USER_ID, "q1"), by(K.USER_ID, "q1"), None),
    # one question, where it can be about one person only
    *((f"one code of digits: {code}", by(K.MEMBER_CODE, code), by(K.MEMBER_CODE, code), None)
      for code in ("7001", "９００１", "7001.0", "70-01", "007001")),
    *((f"one code of letters: {code}", by(K.MEMBER_CODE, code), by(K.MEMBER_CODE, code), True)
      for code in ("q7001", "7001A", "会7001")),
    ("one code of digits, one id", by(K.MEMBER_CODE, "7001", user_id="1"),
     by(K.MEMBER_CODE, "7001", user_id="1"), True),
    ("one code of digits, one phone", by(K.MEMBER_CODE, "7001", mobile=A),
     by(K.MEMBER_CODE, "7001", mobile=A, user_id="1"), True),
    ("one code of digits, a mask that fits", by(K.MEMBER_CODE, "7001", mobile=A),
     by(K.MEMBER_CODE, "7001", mobile="138****0001"), None),
    *((f"one {kind}", by(kind, value), by(kind, value), True)
      for kind, value in ((K.CARD_NUMBER, "880001"), (K.MOBILE, A), (K.WECHAT_OPENID, OPENID),
                          (K.WECHAT_UNIONID, OPENID), (K.ALIPAY_USER_ID, "2088000000000001"))),
    # phones in every form, and those that cannot be compared
    ("+86", part(mobile=A), part(mobile="+8613800000001"), True),
    ("86 and blanks", part(mobile=A), part(mobile="86 138 0000 0001"), True),
    ("0086 and strokes", part(mobile=A), part(mobile="0086-138-0000-0001"), True),
    ("(+86)", part(mobile=A), part(mobile="(+86) 138.0000.0001"), True),
    ("full width", part(mobile=A), part(mobile="１３８０００００００１"), True),
    ("+86 of another", part(mobile=A), part(mobile="+8613900000002"), False),
    ("masked, and it agrees", part(mobile=A), part(mobile="138****0001"), None),
    ("masked in full-width stars", part(mobile=A), part(mobile="138＊＊＊＊0001"), None),
    ("masked by x", part(mobile=A), part(mobile="138xxxx0001"), None),
    ("masked by dots", part(mobile=A), part(mobile="138••••0001"), None),
    ("masked on both sides", part(mobile="138****0001"), part(mobile="138****0001"), None),
    ("masked, and what is seen is another's", part(mobile=A), part(mobile="139****0002"), False),
    ("masked to another length", part(mobile=A), part(mobile="138***0001"), None),
    ("masked, one code", by(K.MEMBER_CODE, "q", mobile=A),
     by(K.MEMBER_CODE, "q", mobile="138****0001"), True),
    ("cut", part(mobile=A), part(mobile="1380000"), None),
    ("a foreign one", part(mobile=A), part(mobile="+85261234567"), None),
    ("no number at all", part(mobile=A), part(mobile="未填写"), None),
    ("a phone of 0", part(mobile="0"), part(mobile="0"), None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "same"), [row[1:] for row in SAME], ids=[row[0] for row in SAME]
)
def test_same_person(first: Whose, second: Whose, same: bool | None) -> None:
    assert same_person(first, second) is same
    assert same_person(second, first) is same


# --- another than was asked for ------------------------------------------------------------------

ANOTHER: list[tuple[str, Whose, bool]] = [
    ("nothing known of the question", part(user_id="1", mobile=A), False),
    ("asked by a phone, answered with it", by(K.MOBILE, A, mobile=A), False),
    ("asked by a phone, answered with another", by(K.MOBILE, A, mobile=B), True),
    ("asked by a phone, answered in another form", by(K.MOBILE, A, mobile="+86 138 00000001"),
     False),
    ("asked by a phone, answered with a mask of it", by(K.MOBILE, A, mobile="138****0001"), False),
    ("asked by a phone, answered with a mask of another", by(K.MOBILE, A, mobile="137****0001"),
     True),
    ("asked by a phone, answered with none", by(K.MOBILE, A), False),
    ("asked by an id, answered with it", by(K.USER_ID, "100036", user_id="100036"), False),
    ("asked by an id, answered with another", by(K.USER_ID, "100036", user_id="100037"), True),
    ("asked by an id, answered with none", by(K.USER_ID, "100036"), False),
    ("asked by a card, answered with it", by(K.CARD_NUMBER, "VIP 8800-05",
     card_number="vip880005"), False),
    ("asked by a card, answered with another", by(K.CARD_NUMBER, "VIP880005",
     card_number="VIP880006"), True),
    ("asked by a card, answered with a mask", by(K.CARD_NUMBER, "VIP880005",
     card_number="VI*****05"), False),
    ("asked by a card, answered as a number", by(K.CARD_NUMBER, "00880005",
     card_number="880005"), False),
    ("asked by a card, answered with none", by(K.CARD_NUMBER, "VIP880005"), False),
    *((f"no answer tells of {kind}", by(kind, "1", user_id="2", mobile=A, card_number="3"), False)
      for kind in (K.MEMBER_CODE, K.ALIPAY_USER_ID, K.WECHAT_OPENID, K.WECHAT_UNIONID)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "another"), [row[1:] for row in ANOTHER], ids=[row[0] for row in ANOTHER]
)
def test_another_than_was_asked_for(told: Whose, another: bool) -> None:
    assert is_another(told) is another


# --- whom a part names ---------------------------------------------------------------------------

CODE = Identifier(K.MEMBER_CODE, "q")


@pytest.mark.parametrize(
    ("told", "names"),
    [
        (MemberInfo(user_id="1", mobile=A, card_number="V1"), Whose(CODE, "1", A, "V1")),
        (Person(user_id="1", mobile=A, card_number="V1"), Whose(CODE, "1", A, "V1")),
        (Identity(user_id="1", mobile=A), Whose(CODE, "1", A)),
        (Identity(), Whose(CODE)),
        (MemberInfo(), Whose(CODE)),
        ((), Whose(CODE)),
        (None, Whose(CODE)),
    ],
)
def test_whom_a_part_names(told: object, names: Whose) -> None:
    assert whose(told, CODE) == names
    assert A not in repr(whose(told, CODE))


@pytest.mark.parametrize(
    ("told", "known_id"),
    [
        (MemberInfo(), ""),  # it may be another's member code
        (Person(), ""),
        (Identity(), "7001"),
        ((), "7001"),
        (MemberInfo(user_id="7"), "7"),
        (Identity(user_id="7"), "7"),
        (Identity(user_id="null"), "7001"),
    ],
)
def test_whose_id_a_part_is_known_to_be_by_an_id(told: object, known_id: str) -> None:
    assert whose(told, Identifier(K.USER_ID, " 7001.0")).known_id == known_id


@pytest.mark.parametrize(
    ("text", "mobile"),
    [(A, A), ("+86 138-0000-0001", A), ("138****0001", ""), ("", ""), ("61234567", "")],
)
def test_a_whole_mobile_number(text: str, mobile: str) -> None:
    assert whole_mobile(text) == mobile
