"""The public face of reasons: which block, and who could do something about them."""

from __future__ import annotations

import pytest

from posmember.domain.rules.reasons import FixableBy, NoticeCode, Reason, ReasonCode

CHECKS = {
    *("STATUS_UNKNOWN", "VALIDITY_UNKNOWN", "HOURS_UNKNOWN", "STORE_UNKNOWN", "SPEND_UNKNOWN"),
    *("ITEMS_UNKNOWN", "GOODS_RESTRICTED", "VALUE_UNKNOWN"),
}
BLOCKS = {
    *("ACCOUNT_FROZEN", "USED", "LOCKED", "DISABLED", "NOT_BOUND", "GIFTING", "GIFTED_AWAY"),
    *("RECYCLED", "USED_UP", "NOT_STARTED", "EXPIRED", "WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS"),
    *("STORE_NOT_ALLOWED", "ORDER_TYPE_NOT_ALLOWED", "NOT_FOR_ORDERS", "MIN_SPEND_NOT_MET"),
    *("MIN_ITEMS_NOT_MET", "ZERO_BALANCE"),
}
FIXABLE = {
    FixableBy.TIME: {"NOT_STARTED", "WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS"},
    FixableBy.CUSTOMER: {"MIN_SPEND_NOT_MET", "MIN_ITEMS_NOT_MET"},
    FixableBy.CASHIER: CHECKS | {"ORDER_TYPE_NOT_ALLOWED"},
}


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


def test_a_plain_reason_has_no_params_to_change() -> None:
    reason = Reason(ReasonCode.USED)
    assert dict(reason.params) == {}
    with pytest.raises(TypeError):
        reason.params["need"] = 1  # type: ignore[index]
