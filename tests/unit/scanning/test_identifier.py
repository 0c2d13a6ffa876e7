"""What a scanned code can be, row by row."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.identifier import (
    MAX_ATTEMPTS,
    MAX_LENGTH,
    Classification,
    Problem,
    classify,
    is_address,
    is_other_case,
)

K = IdentifierKind
PHONE = (K.MOBILE, K.MEMBER_CODE, K.CARD_NUMBER)
ALIPAY = (K.ALIPAY_USER_ID, K.MEMBER_CODE, K.CARD_NUMBER)
WECHAT = (K.WECHAT_OPENID, K.WECHAT_UNIONID, K.MEMBER_CODE)
BRAND = (K.CARD_NUMBER, K.MEMBER_CODE)
OTHER = (K.MEMBER_CODE, K.CARD_NUMBER)


def tried(kinds: tuple[IdentifierKind, ...], text: str) -> tuple[Identifier, ...]:
    """A code is tried in the other case of its letters, too; an openid is no such code."""
    spelt = (text,) if kinds == WECHAT or text == text.swapcase() else (text, text.swapcase())
    return tuple(Identifier(kind, each) for each in spelt for kind in kinds)


def digits(prefix: str, length: int) -> str:
    return prefix.ljust(length, "7")


SHAPES = {
    "a mobile number": ("13800000001", PHONE),
    "the first mobile prefix": (digits("13", 11), PHONE),
    "the last mobile prefix": (digits("19", 11), PHONE),
    "12 at the start": (digits("12", 11), OTHER),
    "10 digits": (digits("138", 10), OTHER),
    "12 digits": (digits("138", 12), OTHER),
    "an Alipay user id": (digits("2088", 16), ALIPAY),
    "2088 and 11 digits": (digits("2088", 15), OTHER),
    "2088 and 13 digits": (digits("2088", 17), OTHER),
    "o and 27": ("o" + "A" * 26 + "_", WECHAT),
    "o and 28": ("o" + "-" * 28, WECHAT),
    "o and 26": ("o" + "A" * 26, OTHER),
    "o and 29": ("o" + "A" * 29, OTHER),
    "O is not o": ("O" + "A" * 27, OTHER),
    "24 digits": (digits("4", 24), BRAND),
    "24 digits from 31": (digits("31", 24), BRAND),
    "24 digits from 24": (digits("24", 24), BRAND),
    "23 digits": (digits("4", 23), OTHER),
    "25 digits": (digits("4", 25), OTHER),
    "a member code": ("qm0000001", OTHER),
    "one character": ("7", OTHER),
    "punctuation": ("!#~", OTHER),
    "the longest": ("q" * MAX_LENGTH, OTHER),
    "a colon is no URL": ("a:b", OTHER),
    "wwwx": ("wwwx", OTHER),
}


@pytest.mark.parametrize(("text", "kinds"), list(SHAPES.values()), ids=list(SHAPES))
def test_shape(text: str, kinds: tuple[IdentifierKind, ...]) -> None:
    found = classify(f" {text}\r\n")
    assert found.problem is None
    assert found.identifiers == tried(kinds, text)
    assert len(found.identifiers) <= MAX_ATTEMPTS


PAYMENT_CODES = [
    *(digits(str(prefix), 18) for prefix in range(10, 16)),
    *(digits(str(prefix), length) for prefix in range(25, 31) for length in range(16, 25)),
    digits("62", 19),
]


@pytest.mark.parametrize("code", PAYMENT_CODES)
def test_a_payment_code_is_never_looked_up(code: str) -> None:
    spaced = f" {code[:4]} {code[4:8]}-{code[8:]}\r"
    wide = code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    for text in (code, spaced, wide):
        found = classify(text)
        assert found.problem is Problem.PAYMENT_CODE
        assert found.identifiers == ()
        assert code not in repr(found)


@pytest.mark.parametrize("code", PAYMENT_CODES)
def test_a_brand_cards_kinds_open_24_digits_alone(code: str) -> None:
    for chosen in IdentifierKind:
        found = classify(code, chosen)
        if len(code) == 24 and chosen in BRAND:
            assert found.identifiers == (Identifier(chosen, code),)
        else:
            assert found == Classification(problem=Problem.PAYMENT_CODE)


@pytest.mark.parametrize(
    "around",
    [
        *(
            "]C1{}",
            "\x02]C1{}\x03",
            "\x1d{}\x1d",
            "]c1{}\r\n",
            "付款码：{}",
            "({})",
            "{};",
            "*]Q1{}",
        ),
        *("{} 09:15", "09:15 {}", "{} {}", "{}A", "A{}", "qm{}", "{}x{}", "{}，{}", "{}{}"),
        *("{} 2026-11-29 09:15:00", "1 {}", "{} 1", "{}-1", "VIP-{}", "no.{}", "{}=1", "{}王"),
        *(
            "+86{}",
            "tel:{}",
            "{}\u200b",
            "13800000001 {}",
            "{} 13800000001",
            "{}_{}",
            "会员-{}",
            "{}/\u02b4",
        ),
        *("6901234567892\t{}", "{}\r\nqm0000001", "qm0000001\x1d{}\x1d6901234567892"),
    ],
)
@pytest.mark.parametrize("chosen", [None, *IdentifierKind])
def test_a_payment_code_is_known_in_whatever_surrounds_it(
    around: str, chosen: IdentifierKind | None
) -> None:
    text = around.replace("{}", "134567890123456789")
    assert classify(text, chosen) == Classification(problem=Problem.PAYMENT_CODE)


@pytest.mark.parametrize(
    "text",
    [
        *(digits(str(prefix), 18) for prefix in (16, 19)),
        *(digits("13", length) for length in (17, 19)),
        *(digits(prefix, 16) for prefix in ("24", "31")),
        *(digits("28", length) for length in (15, 25)),
        *(digits("62", length) for length in (18, 20)),
        digits("61", 19),
        digits("28", 16)[:-1] + "x",
        *(digits("213", 19), digits("313", 19), digits("013", 19), digits("228", 19)),
        *("VIP-2512-0815-1234-5678", "A 0001-2512-0815-1234-5678", "2512-0815-1234-5678-VIP"),
        *("1345678901-VIP-23456789", "qm2512081512345", "28 12 13800000001x"),
    ],
)
def test_beside_the_payment_codes(text: str) -> None:
    assert classify(text).problem is None


@pytest.mark.parametrize(
    "text",
    [
        *("1345 6789 0123 4567 89", "1345 6789 0123 4567 89 09:15", "09:15 1345 6789 0123 4567 89"),
        *("A 1345 6789 0123 4567 89", "1345-6789-0123-4567-89A", "A1345-6789-0123-4567-89"),
        *("1345-6789-0123-4567-89 09:15", "付款码 1345 6789 0123 4567 89 09:15"),
        *("28 8888 8888 8888 8888 9", "6212 3456 7890 1234 567 x", "13800000001 2888888888888888"),
    ],
)
def test_a_grouped_payment_code_is_known_beside_other_things(text: str) -> None:
    assert classify(text) == Classification(problem=Problem.PAYMENT_CODE)


@pytest.mark.parametrize("text", ["1134567890123456789", "66212345678901234567"])
def test_a_payment_code_with_its_first_digit_twice(text: str) -> None:
    """Programs count up member ids of 19 digits: what was chosen as one is one."""
    own = (K.MEMBER_CODE, K.CARD_NUMBER, K.USER_ID)
    for beside in (text, f"{text} 09:15", f"x{text}"):
        assert classify(beside).problem is Problem.PAYMENT_CODE
    for kind in IdentifierKind:
        problem = None if kind in own else Problem.PAYMENT_CODE
        assert classify(text, kind).problem is problem


def test_24_digits_are_a_brand_cards_beside_other_things_too() -> None:
    code = digits("28", 24)
    assert classify(f"x{code}").problem is Problem.PAYMENT_CODE
    assert classify(f"x{code}", K.CARD_NUMBER).problem is None
    assert classify(f"{code} {digits('13', 18)}", K.CARD_NUMBER).problem is Problem.PAYMENT_CODE


@pytest.mark.parametrize("text", ["6901234567892", "690 1234 567892", "9787115428028"])
@pytest.mark.parametrize("chosen", [K.MOBILE, K.ALIPAY_USER_ID])
def test_goods_are_named_where_the_length_is_wrong(text: str, chosen: IdentifierKind) -> None:
    assert classify(text, chosen) == Classification(problem=Problem.GOODS)
    assert classify("6901234567891", chosen).problem in (Problem.TOO_SHORT, Problem.TOO_LONG)
    assert classify(text, K.CARD_NUMBER).problem is None


@pytest.mark.parametrize("chosen", IdentifierKind)
def test_a_chosen_kind_is_the_only_one(chosen: IdentifierKind) -> None:
    assert classify("13800000001", chosen).identifiers == (Identifier(chosen, "13800000001"),)


@pytest.mark.parametrize("text", [text for text, _ in SHAPES.values()], ids=list(SHAPES))
def test_automatic_asks_nothing(text: str) -> None:
    found = classify(text)
    assert (found.question, found.alternative, found.caps_lock_undone) == (None, (), False)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY),
        (" \u200b\r\n", Problem.EMPTY),
        ("q" * (MAX_LENGTH + 1), Problem.TOO_LONG),
        ("7" * 5000, Problem.TOO_LONG),
        ("https://example.com/?c=1", Problem.URL),
        ("https://example.com/" + "c" * MAX_LENGTH, Problem.URL),
        ("HTTPS://EXAMPLE.COM", Problem.URL),
        ("weixin://dl/business", Problem.URL),
        ("www.example.com", Problem.URL),
        ("WWW.example.com", Problem.URL),
        ("会员0001", Problem.NOT_A_CODE),
        ("qm1\N{FACE WITH TEARS OF JOY}", Problem.NOT_A_CODE),
        ("١٣٨٠٠٠٠٠٠٠١", Problem.NOT_A_CODE),
        ("qm\ud800", Problem.NOT_A_CODE),
    ],
    ids=[
        *("empty", "nothing to see", "too long", "far too long", "https", "long URL"),
        *("HTTPS", "weixin"),
        *("www", "WWW", "Chinese", "emoji", "Arabic digits", "lone surrogate"),
    ],
)
@pytest.mark.parametrize("chosen", [None, K.MEMBER_CODE])
def test_problem(text: str, problem: Problem, chosen: IdentifierKind | None) -> None:
    found = classify(text, chosen)
    assert found.problem is problem
    assert found.identifiers == ()
    assert text not in repr(found) or not text


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *(
            (text, True)
            for text in ("https://a.cn/?c=134567890123456789", " WWW.a.cn", "wxp://f2f")
        ),
        *((text, False) for text in ("qm0000001", "tel://13800000001", "", "134567890123456789")),
    ],
)
def test_an_address_may_yet_hold_a_code(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one


def test_a_value_stays_out_of_the_repr() -> None:
    assert "qm0000001" not in repr(classify("qm0000001"))


@pytest.mark.parametrize(
    ("found_by", "is_other"),
    [("qm0000001", True), ("QM0000001", False), ("Qm0000001", False), ("13800000001", False)],
)
def test_who_was_found_in_the_other_case(found_by: str, is_other: bool) -> None:
    tried_first = classify("QM0000001").identifiers
    assert is_other_case(tried_first, Identifier(K.CARD_NUMBER, found_by)) is is_other
    assert not is_other_case(tried_first, None)
    assert not is_other_case((), Identifier(K.CARD_NUMBER, found_by))
