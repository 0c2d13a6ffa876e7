"""What a request may hold, and what is done with the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.domain.context import OrderType
from posmember.domain.identifier import IdentifierKind
from posmember.domain.money import Money
from posmember.domain.values import CHINA
from posmember.link.framing import decode, encode
from posmember.link.requests import (
    MAX_TEXT,
    Handed,
    Refusal,
    RequestError,
    read_asked,
    read_handed,
    read_token,
)

ORDERS = st.builds(
    Handed,
    st.from_regex(r"[a-z0-9]{0,12}", fullmatch=True),
    st.none() | st.sampled_from(IdentifierKind),
    st.none() | st.sampled_from(OrderType),
    st.none() | st.integers(0, 99_999_999).map(Money),
    st.none() | st.integers(0, 99_999_999).map(Money),
    st.none() | st.integers(1, 999),
    st.booleans(),
)


@given(ORDERS)
def test_an_order_is_read_as_it_was_handed_over(handed: Handed) -> None:
    assert read_handed(decode(encode(handed.message()).rstrip(b"\n"))) == handed


def test_a_number_may_be_a_text_and_an_unknown_key_is_passed_over() -> None:
    written: dict[str, Any] = {"amount": 58, "discount": "1.5", "items": "3", "later": {}}
    told = read_handed(written)
    assert (told.amount, told.discount, told.items) == (Money(5800), Money(150), 3)
    assert read_handed({"amount": None, "discount": "", "type": "auto"}) == Handed()
    assert Handed(quiet=True).is_empty
    assert not Handed(items=1).is_empty


def test_what_is_asked() -> None:
    asked = read_asked(
        {"identifier": "a", "type": "mobile", "store": " 1002 ", "at": "2026-12-24T12:00"}
    )
    assert (asked.kind, asked.order.kind) == ("mobile", IdentifierKind.MOBILE)
    assert asked.store == "1002"
    assert asked.at == datetime(2026, 12, 24, 12, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("identifier", 5),
        ("identifier", ["a"]),
        ("identifier", ""),
        ("identifier", "x" * (MAX_TEXT + 1)),
        ("identifier", "\ud800"),
        ("type", "account"),
        ("type", "entity_card"),
        ("order_type", "takeaway"),
        ("amount", "-1"),
        ("amount", "1e5"),
        ("amount", True),
        ("amount", {}),
        ("amount", "9" * 9000),
        ("discount", "1.005"),
        ("items", "1.5"),
        ("items", -2),
        ("store", "x" * 101),
        ("store", "a\nb"),
        ("at", "9999-12-31T23:00-05:00"),
        ("at", "now"),
        ("at", 5),
        ("reveal", "yes"),
        ("explain", 1),
        ("quiet", "no"),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_wrong_values(name: str, value: object) -> None:
    with pytest.raises(RequestError) as caught:
        read_asked({"identifier": "a", name: value})
    assert caught.value.refusal is Refusal.WRONG_VALUE
    assert name in caught.value.words


@pytest.mark.parametrize(
    ("token", "read"),
    [("a_TIME1", "a_TIME1"), ("", ""), ("a b", ""), ("x" * 257, ""), (5, ""), ("a\n", "")],
)
def test_a_token_is_a_word(token: object, read: str) -> None:
    assert read_token({"token": token}) == read
