"""A phone number is looked up as one, however it is written; and nothing else is."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import Problem, classify

K = IdentifierKind
PHONE = "13957924681"
AS_A_PHONE = tuple(Identifier(kind, PHONE) for kind in (K.MOBILE, K.MEMBER_CODE, K.CARD_NUMBER))

WRITTEN = [
    "13957924681",
    "139-5792-4681",
    "139 5792 4681",
    "139.5792.4681",
    "139\u00b75792\u00b74681",
    "139\u30025792\u30024681",
    "1395-792-4681",
    "139-579-24681",
    "139-57924681",
    "(139) 5792-4681",
    "139--5792--4681",
    "139\u2014\u20145792\u2014\u20144681",
    *(
        f"139{dash}5792{dash}4681"
        for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\ufe63"
    ),
    *(f"139{space}5792{space}4681" for space in "\u00a0\u2002\u2009\u202f\u3000\u200b\u2060\ufeff"),
    "\uff11\uff13\uff19\uff15\uff17\uff19\uff12\uff14\uff16\uff18\uff11",
    "+8613957924681",
    "\uff0b\uff18\uff16 139 5792 4681",
    "+86 139-5792-4681",
    "+86-139-5792-4681",
    "86-139-5792-4681",
    "0086-139-5792-4681",
    "+0086 13957924681",
    "(+86)13957924681",
    "(+86) 139 5792 4681",
    "\uff08+86\uff09139-5792-4681",
    "+(86)13957924681",
    "(86)13957924681",
    "(0086)13957924681",
    "tel:13957924681",
    "tel:+86-139-5792-4681",
    "TEL:+8613957924681",
    "tel://13957924681",
    "Tel: 139 5792 4681",
    "Tel.139-5792-4681",
    "Mobile: 13957924681",
    "Phone\uff1a13957924681",
    "\u624b\u673a\u53f7\uff1a13957924681",
    "\u624b\u673a\u53f7:+86 139-5792-4681",
    "\u4f1a\u5458\u624b\u673a\u53f713957924681",
    "\u738b\u5148\u751f 139 5792 4681",
    "13957924681\uff08\u738b\u5148\u751f\uff09",
    "\uff08\u624b\u673a13957924681\uff09",
    "\u300113957924681\uff0c",
    "13957924681\u3002",
    "13957924681,",
    "'13957924681",
    '"13957924681"',
    "\u201c13957924681\u201d",
    "\u300c139-5792-4681\u300d",
    "\N{BLACK TELEPHONE}\ufe0f 139 5792 4681",
    "*13957924681*",
    "\u202a13957924681\u202c",
    "13957924681\r\n",
    *("139/5792/4681", "139_5792_4681", "139/57924681"),
    *(f"139{dot}5792{dot}4681" for dot in "\u2022\u2027\u2219\u22c5\u2024\u30fb\uff65\u30fc\uff70"),
    *("+86 013957924681", "+860139-5792-4681", "0086-0139 5792 4681", "(+86)0139-5792-4681"),
    *("0139-5792-4681", "tel:013957924681"),
    *("sms:13957924681", "SMS:+8613957924681", "smsto:13957924681", "callto:13957924681"),
    *("callto://13957924681", "sms:13957924681?body=hello", "tel:13957924681;ext=1"),
    *("tel:13957924681;phone-context=+86;ext=2", "tel:+86-139-5792-4681;ext=5"),
    *("tel 13957924681", "Tel  139 5792 4681", "TEL\t13957924681", "Tel. 13957924681"),
    *("phone +86 13957924681", "Mobile (+86)13957924681", "\uff08tel 13957924681\uff09"),
    *("Tel : 13957924681", "CELL\u300013957924681"),
    "13957924681 \u738b\u5c0f\u660e",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_it_is_looked_up_as_the_phone(text: str) -> None:
    assert clean(text) == PHONE
    assert classify(text).identifiers == AS_A_PHONE
    assert classify(text, K.MOBILE).identifiers == (Identifier(K.MOBILE, PHONE),)


@pytest.mark.parametrize(
    "text",
    ["8613957924681", "008613957924681", "86 139 5792 4681", "013957924681", "8601395 7924681"],
)
def test_digits_alone_with_the_countrys_may_be_a_code_too(text: str) -> None:
    code = text.replace(" ", "")
    assert clean(text) == code
    assert classify(text).identifiers == (
        Identifier(K.MOBILE, PHONE),
        Identifier(K.MEMBER_CODE, code),
        Identifier(K.CARD_NUMBER, code),
    )
    assert classify(text, K.MOBILE).identifiers == (Identifier(K.MOBILE, PHONE),)
    assert classify(text, K.CARD_NUMBER).identifiers == (Identifier(K.CARD_NUMBER, code),)


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ("139-5792-468", 10),
        ("+86 139 5792 468", 10),
        ("+86-139-5792-46812", 12),
        ("0086 139\u20135792\u2013468", 10),
        ("(+86)139.5792.468", 10),
    ],
)
def test_a_wrong_length_is_counted_without_what_is_around_it(text: str, received: int) -> None:
    found = classify(text, K.MOBILE)
    assert found.problem in (Problem.TOO_SHORT, Problem.TOO_LONG)
    assert found.received_length == received


@pytest.mark.parametrize(
    "text",
    [
        *("12957924681", "1395792468", "139579246811", "861395792468", "+86139579246811"),
        *("85213957924681", "8712957924681", "+85213957924681", "1_3957924681"),
        *(
            "TEL13957924681",
            "CELL13957924681",
            "Tel13957924681",
            "phone13957924681",
            "sms13957924681",
        ),
        *("hotel 13957924681", "TEL-13957924681", "TEL_13957924681", "tel/13957924681"),
        *("0013957924681", "00139-5792-4681", "x tel 13957924681", "139//57///924681"),
        *("13957924681;ext=1", "tel:13957924681x"),
        *("qm13957924681", "13957924681x", "VIP-139-5792-4681", "13957924681-1", "#13957924681#2"),
        *("13957924681 13800000001", "\u624b\u673a1:13957924681", "13-95-79-24-68-1"),
        *("tel:", "+86", "(+86)", "139****4681", "\u0661\u0663957924681", "1395792468\u2460\u2460"),
        *("-", "\u624b\u673a\u53f7"),
    ],
)
def test_nothing_else_is_one(text: str) -> None:
    assert all(each.kind is not K.MOBILE for each in classify(text).identifiers)


@pytest.mark.parametrize(
    "text",
    [
        *("tel:134567890123456789", "+86134567890123456789", "(13)4567890123456789"),
        *("\u624b\u673a\u53f7\uff1a28 8888 8888 8888 8888", "6212345678901234567"),
        *("281395792468113957924681", "139-5792-4681-139-5792"),
    ],
)
def test_a_payment_code_never_is(text: str) -> None:
    found = classify(text)
    assert all(each.value != PHONE for each in found.identifiers)


@pytest.mark.parametrize("kind", [K.CARD_NUMBER, K.MEMBER_CODE])
@pytest.mark.parametrize("text", ["TEL13957924681", "tel:13957924681", "139-5792-4681", "Tel.139"])
def test_what_was_said_to_be_a_code_is_tried_as_it_was_given(
    text: str, kind: IdentifierKind
) -> None:
    tried = [each.value for each in classify(f" {text}\r", kind).identifiers]
    assert tried[0] == text
    is_written_phone = text in ("tel:13957924681", "139-5792-4681")
    assert (tried[-1] == PHONE) is is_written_phone
    assert {each.kind for each in classify(text, kind).identifiers} == {kind}


def test_a_phone_said_to_be_a_card_number_is_one_where_it_cannot_be_a_code() -> None:
    text = "\u624b\u673a\u53f713957924681"
    assert classify(text, K.CARD_NUMBER).identifiers == (Identifier(K.CARD_NUMBER, PHONE),)
    assert classify(f"tel://{PHONE}", K.CARD_NUMBER).identifiers == (
        Identifier(K.CARD_NUMBER, PHONE),
    )


@pytest.mark.parametrize("text", ["TEL13957924681", "tel13957924681", "Phone139-5792-4681"])
def test_a_label_may_stick_to_what_was_said_to_be_a_phone(text: str) -> None:
    assert classify(text, K.MOBILE).identifiers == (Identifier(K.MOBILE, PHONE),)


def test_nor_is_a_code_of_24_digits() -> None:
    code = "139579246811395792468113"
    assert classify(code).identifiers[0] == Identifier(K.CARD_NUMBER, code)
    assert classify(f"{code[:11]}-{code[11:]}").identifiers[0].kind is K.MEMBER_CODE
