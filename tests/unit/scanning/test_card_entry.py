"""What is given for a WeChat card: read as for a lookup, and never payment data."""

from __future__ import annotations

import pytest

from posmember.domain.wechat.card import FormField
from posmember.domain.wechat.change import CardChange, CardField, ChangeProblem, Fault
from posmember.scanning.card_entry import payment_problems, read_openid, read_phone

OPENID = "oSandBOX-mini-a0000000000001"
PAYMENT = "134567890123456789"


@pytest.mark.parametrize(
    ("text", "openid"),
    [
        (OPENID, OPENID),
        (f" {OPENID}\r", OPENID),
        (OPENID.swapcase(), OPENID),
        (f"\u202d{OPENID.swapcase()}", OPENID),
        (OPENID.upper(), OPENID.upper()),  # of capitals alone nobody knows what it was
        (OPENID[:-2].swapcase(), OPENID[:-2].swapcase()),
        ("", ""),
        ("openid", "openid"),
    ],
)
def test_an_openid(text: str, openid: str) -> None:
    assert read_openid(text) == openid


@pytest.mark.parametrize(
    "text",
    [
        *("13800000001", "8613800000001", "+86 138-0000-0001", "\u202d13800000001", "013800000001"),
        *("tel:+86-138-0000-0001", "138\u30020000\u30020001", " 138 0000 0001\n", "TEL13800000001"),
    ],
)
def test_a_phone(text: str) -> None:
    assert read_phone(text) == "13800000001"


@pytest.mark.parametrize("text", ["1380000000", "qm1", "", "138****0001", PAYMENT, "+852 51234567"])
def test_what_is_no_phone_stays_to_be_refused(text: str) -> None:
    assert read_phone(f" {text} ") == text


PAYMENTS = [
    PAYMENT,
    f"{PAYMENT} 12:00",
    f"x{PAYMENT}",
    "28763443825664394",
    "6222021234567890=2512",
]


@pytest.mark.parametrize("text", PAYMENTS)
def test_payment_data_in_each_field(text: str) -> None:
    changes = {
        CardField.PHONE: CardChange(phone=text),
        CardField.ATTACH: CardChange(attach=text, level="gold"),
        CardField.COMMON_FIELDS: CardChange(common_fields=((FormField.NAME, text),)),
        CardField.CUSTOM_FIELDS: CardChange(custom_fields=(("which?", ("this", text)),)),
    }
    for name, change in changes.items():
        assert payment_problems(change) == (ChangeProblem(name, Fault.PAYMENT_DATA),)


@pytest.mark.parametrize("text", ["金卡", "13800000001", "2026-11-29", "11010519491231002X"])
def test_what_people_fill_in_is_none(text: str) -> None:
    assert payment_problems(CardChange(attach=text, phone=text)) == ()


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("110105200002290012", False),
        ("110105194912310029", False),
        ("110105194913310021", False),
        ("110105189912310021", False),
    ],
)
def test_a_number_that_may_be_a_persons_only_in_part(number: str, is_one: bool) -> None:
    assert (payment_problems(CardChange(attach=number)) == ()) is is_one


def test_a_persons_own_number_is_no_payment_code() -> None:
    """18 digits that begin with 11 to 15 in five provinces; the last is a check digit."""
    body = "11010519900307803"
    accepted = [
        digit for digit in "0123456789"
        if payment_problems(CardChange(custom_fields=(("id?", (body + digit,)),))) == ()
    ]  # fmt: skip
    assert len(accepted) <= 1
    others = [f"1101051990030780{n}{d}" for n in "012345679" for d in "0123456789"]
    assert sum(payment_problems(CardChange(attach=each)) == () for each in others) >= 7
