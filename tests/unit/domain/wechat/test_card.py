"""What can be a card's code and openid, what is known of a card before it is asked for."""

from __future__ import annotations

import string

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.masking import mask_name
from posmember.domain.values import Unreadable
from posmember.domain.wechat.card import (
    CardSubject,
    CommonEntry,
    CustomEntry,
    FormField,
    WechatCard,
    is_allocated_code,
    is_card_code,
    is_openid,
    known_subject,
    mask_entry,
)

OPENID = "obLatjnx9gnqzS4myYGmLZ7LgLBA"
ALLOCATED = "478515832665478515832665"


@pytest.mark.parametrize(
    "text", ["1", "478515832665", ALLOCATED, "x" * 32, "LP-1_2", "a/b?c#d%e", "!~", "...", ".a"]
)
def test_a_card_code(text: str) -> None:
    assert is_card_code(text)


@pytest.mark.parametrize(
    "text", ["", " ", "a b", "a\n", "\x00", "x" * 33, "卡", "１２３", "a\x7f", ".", ".."]
)
def test_no_card_code(text: str) -> None:
    assert not is_card_code(text)


def test_every_sign_that_a_code_may_have() -> None:
    signs = {chr(number) for number in range(128) if is_card_code(chr(number))}
    assert signs == set(string.ascii_letters + string.digits + string.punctuation) - {"."}
    assert all(is_card_code(f"{sign}x") for sign in (*signs, "."))


@pytest.mark.parametrize("text", ["o", OPENID, "x" * 128, "a-b_c", "0"])
def test_an_openid(text: str) -> None:
    assert is_openid(text)


@pytest.mark.parametrize("text", ["", "x" * 129, "a b", "a.b", "a\n", "ö", "a/b"])
def test_no_openid(text: str) -> None:
    assert not is_openid(text)


@pytest.mark.parametrize(
    ("text", "allocated"),
    [
        (ALLOCATED, True),
        ("2" * 24, True),
        ("2" * 23, False),
        ("2" * 25, False),
        ("2" * 23 + "a", False),
        ("２" * 24, False),
        ("2" * 24 + "\n", False),
        ("", False),
    ],
)
def test_the_platforms_own_codes_have_24_digits(text: str, allocated: bool) -> None:
    assert is_allocated_code(text) is allocated


@pytest.mark.parametrize("kind", IdentifierKind)
def test_a_scanned_code_of_the_platforms_form_is_the_cards(kind: IdentifierKind) -> None:
    found = known_subject(Identifier(kind, ALLOCATED), "LP0001")
    assert found.code == ALLOCATED


@pytest.mark.parametrize("kind", IdentifierKind)
def test_else_the_code_is_the_members_card_number(kind: IdentifierKind) -> None:
    assert known_subject(Identifier(kind, "13800000001"), "LP0001").code == "LP0001"
    assert known_subject(None, "LP0001") == CardSubject("LP0001", "")


@pytest.mark.parametrize("number", ["", "卡 1", "x" * 33, ".."])
def test_a_card_number_that_is_no_code_is_not_known(number: str) -> None:
    assert known_subject(None, number) == CardSubject("", "")


@pytest.mark.parametrize("kind", IdentifierKind)
def test_the_openid_is_known_only_where_the_member_was_found_by_it(kind: IdentifierKind) -> None:
    found = known_subject(Identifier(kind, OPENID), "")
    assert found.openid == (OPENID if kind is IdentifierKind.WECHAT_OPENID else "")


def test_an_openid_that_cannot_be_one_is_not_known() -> None:
    found = known_subject(Identifier(IdentifierKind.WECHAT_OPENID, "o penid"), "LP0001")
    assert found == CardSubject("LP0001", "")


def test_of_a_name_a_part_is_shown_and_of_nothing_else() -> None:
    assert mask_entry(FormField.NAME, "王小明") == mask_name("王小明") != "王小明"
    others = [name for name in FormField if name is not FormField.NAME]
    for name in (*others, Unreadable("USER_FORM_FLAG_PET"), None):
        for value in ("女", "上海市南京东路100号", "wang@example.invalid"):
            assert mask_entry(name, value) == "****"


def test_no_repr_shows_a_person() -> None:
    card = WechatCard(
        code=ALLOCATED,
        openid=OPENID,
        phone="13800000001",
        common_fields=(CommonEntry(FormField.NAME, "王小明"),),
        custom_fields=(CustomEntry("喜欢的运动", ("游泳", Unreadable("x"))),),
        attach="自定义数据说明",
    )
    shown = repr(card) + repr(CardSubject(ALLOCATED, OPENID))
    for value in (ALLOCATED, OPENID, "13800000001", "王小明", "游泳", "自定义数据说明"):
        assert value not in shown
