"""The public face of reasons: which block, and who could do something about them."""

from __future__ import annotations

import pytest

from posmember.domain.rules.reasons import (
    FixableBy,
    NoticeCode,
    Reason,
    ReasonCode,
    in_table_order,
)

CHECKS = {
    *("STATUS_UNKNOWN", "VALIDITY_UNKNOWN", "HOURS_UNKNOWN", "STORE_UNKNOWN", "SPEND_UNKNOWN"),
    *("ITEMS_UNKNOWN", "GOODS_RESTRICTED", "VALUE_UNKNOWN", "SOURCES_CONFLICT", "OTHER_SYSTEM"),
    *("SPEND_UNIT_UNKNOWN", "SPEND_BASIS_UNKNOWN", "EXCLUSIVE_WITH_DISCOUNT"),
    "DAILY_LIMIT_POSSIBLE",
}
BLOCKS = {
    *("ACCOUNT_FROZEN", "USED", "LOCKED", "DISABLED", "NOT_BOUND", "GIFTING", "GIFTED_AWAY"),
    *("RECYCLED", "USED_UP", "NOT_STARTED", "EXPIRED", "WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS"),
    *("STORE_NOT_ALLOWED", "ORDER_TYPE_NOT_ALLOWED", "NOT_FOR_ORDERS", "MIN_SPEND_NOT_MET"),
    *("MIN_ITEMS_NOT_MET", "ZERO_BALANCE"),
}
FIXABLE = {
    FixableBy.TIME: {"NOT_STARTED", "WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS"},
    FixableBy.CUSTOMER: {
        *("MIN_SPEND_NOT_MET", "MIN_ITEMS_NOT_MET", "NOT_BOUND", "GIFTING", "OTHER_SYSTEM")
    },
    FixableBy.CASHIER: CHECKS - {"OTHER_SYSTEM"} | {"ORDER_TYPE_NOT_ALLOWED", "LOCKED"},
}
PAGE = """
ACCOUNT_FROZEN USED LOCKED DISABLED NOT_BOUND GIFTING GIFTED_AWAY RECYCLED USED_UP STATUS_UNKNOWN
SOURCES_CONFLICT OTHER_SYSTEM NOT_STARTED EXPIRED VALIDITY_UNKNOWN WEEKDAY_NOT_ALLOWED OUTSIDE_HOURS
HOURS_UNKNOWN STORE_NOT_ALLOWED STORE_UNKNOWN ORDER_TYPE_NOT_ALLOWED NOT_FOR_ORDERS
MIN_SPEND_NOT_MET SPEND_UNIT_UNKNOWN SPEND_BASIS_UNKNOWN SPEND_UNKNOWN MIN_ITEMS_NOT_MET
ITEMS_UNKNOWN EXCLUSIVE_WITH_DISCOUNT DAILY_LIMIT_POSSIBLE GOODS_RESTRICTED ZERO_BALANCE
VALUE_UNKNOWN
"""
"""The codes as the page lists them."""


def test_the_codes_are_those_of_the_table() -> None:
    assert {code.value for code in ReasonCode} == CHECKS | BLOCKS
    assert all(code.name == code.value for code in (*ReasonCode, *NoticeCode))


@pytest.mark.parametrize("code", ReasonCode)
def test_blocks(code: ReasonCode) -> None:
    assert Reason(code).blocks == (code.value in BLOCKS)


@pytest.mark.parametrize("code", ReasonCode)
def test_fixable_by(code: ReasonCode) -> None:
    by = [who for who, codes in FIXABLE.items() if code.value in codes]
    assert Reason(code).fixable_by is (by[0] if by else FixableBy.NOBODY)


def test_the_words_of_who_could_do_something() -> None:
    assert [who.value for who in FixableBy] == ["customer", "cashier", "time", "nobody"]


def test_reasons_stand_as_the_table_has_them() -> None:
    names = PAGE.split()
    assert [code.value for code in ReasonCode] == names
    shuffled = tuple(Reason(ReasonCode(name)) for name in reversed(names))
    assert [reason.code.value for reason in in_table_order(shuffled)] == names


def test_reasons_of_one_row_stay_as_they_are() -> None:
    two = tuple(Reason(ReasonCode.VALUE_UNKNOWN, {"field": name}) for name in ("lock", "category"))
    assert in_table_order(two) == two
    assert in_table_order(two[::-1]) == two[::-1]


def test_a_plain_reason_has_no_params_to_change() -> None:
    reason = Reason(ReasonCode.USED)
    assert dict(reason.params) == {}
    with pytest.raises(TypeError):
        reason.params["need"] = 1  # type: ignore[index]
