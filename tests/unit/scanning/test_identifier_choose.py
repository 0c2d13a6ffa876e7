"""Several codes in one burst: which is the member's."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.choice import Choice, choose
from posmember.scanning.identifier import Problem, classify
from posmember.scanning.profile import CodeProfile, compile_url_pattern

K = IdentifierKind
PAYMENT, ADDRESS = "134567890123456789", "https://example.com/m/qm0000002"
EAN, UPC, CODE, PHONE = "6901234567892", "036000291452", "qm0000001", "13800000001"


@pytest.mark.parametrize(
    ("codes", "position", "others"),
    [
        ([CODE], 0, ()),
        ([CODE, PHONE], 0, ("13*******01",)),
        ([EAN, CODE], 1, ("69*********92",)),
        ([UPC, EAN, PHONE], 2, ("03********52", "69*********92")),
        ([PAYMENT, ADDRESS, EAN], 2, ("****", "ht****02")),
        ([PAYMENT, CODE, ADDRESS], 1, ("****", "ht****02")),
        ([ADDRESS, PAYMENT], 0, ("****",)),
        (["6901234567893", EAN], 0, ("69*********92",)),
        (["036000291453", UPC], 0, ("03********52",)),
        (["690123456789", CODE], 0, ("qm*****01",)),
        ([EAN, "8800001"], 1, ("69*********92",)),
        ([CODE, f"]C1{CODE}\r", ""], 0, ()),
        ([EAN, EAN, CODE], 2, ("69*********92",)),
        (["", CODE], 1, ()),
        (["会员\ud800一二三四五六七", CODE], 1, ("****",)),
    ],
    ids=[
        *("one", "the first of two", "a product first", "two products first"),
        *("a product before what is never tried", "between the two", "nothing to try"),
        *("a wrong check digit is no product", "nor in 12 digits", "12 digits of no product"),
        *("a short code", "the same again", "a product twice", "nothing to see first", "no code"),
    ],
)
def test_choice(codes: list[str], position: int, others: tuple[str, ...]) -> None:
    assert choose(codes) == Choice(classify(codes[position]), position, others)


def test_a_code_that_agrees_comes_before_one_that_raises_a_question() -> None:
    choice = choose(["LOT-7", PHONE], K.MOBILE)
    assert choice == Choice(classify(PHONE, K.MOBILE), 1, ("*****",))
    assert choose(["LOT-7", EAN], K.MOBILE).position == 0


def test_an_address_with_a_pattern_is_a_members() -> None:
    profile = CodeProfile(compile_url_pattern("https://example.com/m/(?P<code>[a-z0-9]+)"))
    choice = choose([EAN, ADDRESS, CODE], None, profile)
    assert choice.position == 1
    assert choice.chosen == classify("qm0000002")


def test_payment_codes_alone_are_the_problem() -> None:
    choice = choose([PAYMENT, "280000000000000001"])
    assert choice.chosen.problem is Problem.PAYMENT_CODE
    assert choice.others == ("****",)


def test_nothing_to_choose_from() -> None:
    with pytest.raises(ValueError, match="empty"):
        choose([])
