"""The kind that was chosen against what the text looks like."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.identifier import Classification, Problem, Question, classify

K = IdentifierKind
PHONE, ALIPAY = "13800000001", "2088000000000001"
OPENID = "oSampleX9gnqzS4myYGmLZ7LgLB1"
UNIONID = OPENID + "-"
CODE, CARD, BRAND_CARD = "qm0000001", "8800001", "4" * 24

AGREES = [
    (K.MOBILE, PHONE),
    (K.MEMBER_CODE, CODE),
    (K.MEMBER_CODE, CARD),
    (K.MEMBER_CODE, PHONE),
    (K.MEMBER_CODE, BRAND_CARD),
    (K.MEMBER_CODE, "7"),
    (K.CARD_NUMBER, CODE),
    (K.CARD_NUMBER, CARD),
    (K.CARD_NUMBER, PHONE),
    (K.CARD_NUMBER, BRAND_CARD),
    (K.ALIPAY_USER_ID, ALIPAY),
    (K.WECHAT_OPENID, OPENID),
    (K.WECHAT_OPENID, UNIONID),
    (K.WECHAT_OPENID, "A" * 28),
    (K.WECHAT_OPENID, "o" + "A" * 127),
    (K.WECHAT_UNIONID, OPENID),
    (K.WECHAT_UNIONID, UNIONID),
    (K.USER_ID, "7"),
    (K.USER_ID, "12345678901"),
]


@pytest.mark.parametrize(("chosen", "text"), AGREES)
def test_no_question_where_it_may_well_be(chosen: IdentifierKind, text: str) -> None:
    in_other_case = chosen in (K.MEMBER_CODE, K.CARD_NUMBER) and text != text.swapcase()
    spelt = (text, text.swapcase()) if in_other_case else (text,)
    assert classify(text, chosen) == Classification(
        tuple(Identifier(chosen, each) for each in spelt)
    )


DISAGREES = [
    (K.MOBILE, CODE, K.MEMBER_CODE),
    (K.MOBILE, "1380000000l", K.MEMBER_CODE),
    (K.MOBILE, "12800000001", K.MEMBER_CODE),
    (K.MOBILE, OPENID, K.WECHAT_OPENID),
    (K.MOBILE, ALIPAY, K.ALIPAY_USER_ID),
    (K.MOBILE, BRAND_CARD, K.CARD_NUMBER),
    (K.MEMBER_CODE, OPENID, K.WECHAT_OPENID),
    (K.MEMBER_CODE, ALIPAY, K.ALIPAY_USER_ID),
    (K.CARD_NUMBER, OPENID, K.WECHAT_OPENID),
    (K.CARD_NUMBER, ALIPAY, K.ALIPAY_USER_ID),
    (K.ALIPAY_USER_ID, PHONE, K.MOBILE),
    (K.ALIPAY_USER_ID, CODE, K.MEMBER_CODE),
    (K.ALIPAY_USER_ID, "7" * 16, K.MEMBER_CODE),
    (K.WECHAT_OPENID, PHONE, K.MOBILE),
    (K.WECHAT_OPENID, CODE, K.MEMBER_CODE),
    (K.WECHAT_UNIONID, "o!" + "A" * 26, K.MEMBER_CODE),
    (K.USER_ID, CODE, K.MEMBER_CODE),
    (K.USER_ID, PHONE, K.MOBILE),
    (K.USER_ID, ALIPAY, K.ALIPAY_USER_ID),
    (K.USER_ID, BRAND_CARD, K.CARD_NUMBER),
    (K.USER_ID, OPENID, K.WECHAT_OPENID),
]


@pytest.mark.parametrize(("chosen", "text", "looks_like"), DISAGREES)
def test_one_question_with_both_answers(
    chosen: IdentifierKind, text: str, looks_like: IdentifierKind
) -> None:
    assert classify(text, chosen) == Classification(
        (Identifier(chosen, text),),
        question=Question(chosen, looks_like),
        alternative=classify(text).identifiers,
    )


WRONG_LENGTH = [
    (K.MOBILE, "138000000", Problem.TOO_SHORT, 11, 9, "13*****00"),
    (K.MOBILE, "1380000001", Problem.TOO_SHORT, 11, 10, "13******01"),
    (K.MOBILE, "1", Problem.TOO_SHORT, 11, 1, "*"),
    (K.MOBILE, "138-000-0001", Problem.TOO_SHORT, 11, 10, "13******01"),
    (K.MOBILE, "+86 138 0000 000", Problem.TOO_SHORT, 11, 10, "13******00"),
    (K.MOBILE, "138000000012", Problem.TOO_LONG, 11, 12, "13********12"),
    (K.MOBILE, "1" * 40, Problem.TOO_LONG, 11, 40, "11****11"),
    (K.ALIPAY_USER_ID, ALIPAY[:-1], Problem.TOO_SHORT, 16, 15, "20***********00"),
    (K.ALIPAY_USER_ID, ALIPAY + "1", Problem.TOO_LONG, 16, 17, "20*************11"),
    (K.WECHAT_OPENID, OPENID[:-1], Problem.TOO_SHORT, 28, 27, "oS****LB"),
    (K.WECHAT_UNIONID, OPENID[:8].swapcase(), Problem.TOO_SHORT, 28, 8, "Os****Ex"),
]


@pytest.mark.parametrize(
    ("chosen", "text", "problem", "expected", "received", "masked"), WRONG_LENGTH
)
def test_a_wrong_length_is_said_in_numbers(
    chosen: IdentifierKind, text: str, problem: Problem, expected: int, received: int, masked: str
) -> None:
    assert classify(text, chosen) == Classification(
        problem=problem,
        expected=chosen,
        expected_length=expected,
        received_length=received,
        received=masked,
    )


@pytest.mark.parametrize("text", ["138-000-00001", "+86-1380-000-0001", "-13800000001"])
def test_a_phone_number_in_unusual_groups(text: str) -> None:
    digits = text.removeprefix("+86").replace("-", "")
    assert classify(text, K.MOBILE) == Classification((Identifier(K.MOBILE, digits),))


SWAPPED = OPENID.swapcase()


@pytest.mark.parametrize("openid", [OPENID, UNIONID])
def test_caps_lock_is_undone(openid: str) -> None:
    swapped = openid.swapcase()
    assert classify(swapped) == Classification(
        (
            Identifier(K.WECHAT_OPENID, openid),
            Identifier(K.WECHAT_UNIONID, openid),
            Identifier(K.MEMBER_CODE, swapped),
        ),
        caps_lock_undone=True,
    )


@pytest.mark.parametrize("chosen", [K.WECHAT_OPENID, K.WECHAT_UNIONID])
def test_caps_lock_is_undone_in_the_chosen_kind(chosen: IdentifierKind) -> None:
    assert classify(SWAPPED, chosen) == Classification(
        (Identifier(chosen, OPENID), Identifier(chosen, SWAPPED)), caps_lock_undone=True
    )


def test_caps_lock_is_undone_in_the_alternative() -> None:
    assert classify(SWAPPED, K.CARD_NUMBER) == Classification(
        (Identifier(K.CARD_NUMBER, SWAPPED),),
        caps_lock_undone=True,
        question=Question(K.CARD_NUMBER, K.WECHAT_OPENID),
        alternative=classify(SWAPPED).identifiers,
    )


@pytest.mark.parametrize(
    "text",
    [
        SWAPPED[:-1],
        SWAPPED + "aB",
        "O" + "A" * 27,
        "O" + "a" * 27,
        "O" + "7" * 27,
        "P" + SWAPPED[1:],
        SWAPPED[:-1] + ".",
        OPENID,
    ],
    ids=[
        *("27", "30", "capitals alone", "small letters alone", "digits alone", "no O", "a dot"),
        "not swapped",
    ],
)
def test_nothing_is_undone_without_the_evidence(text: str) -> None:
    found = classify(text)
    assert not found.caps_lock_undone
    assert found.identifiers[0].value == found.identifiers[1].value == text
    assert {each.value for each in found.identifiers} <= {text, text.swapcase()}
