"""`evaluate` says what the table of usage rules says, line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from posmember.domain.context import Store
from posmember.domain.profile import Asset
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import Param, Reason, ReasonCode
from posmember.domain.values import Unreadable, read_time
from tests.fakes.assets import (
    BENEFIT_CARD,
    context,
    coupon,
    coupon_of,
    gift_card,
    hours_card,
    times_card,
)
from tests.unit.domain.rules.rule_case import Case
from tests.unit.domain.rules.rule_table import TABLE

SECRET = Unreadable("机密")
UNDOCUMENTED = (
    *("status", "platform", "expiry_kind", "has_time_range", "store_range", "scene_type"),
    *("category", "exclusive", "goods_range"),
)
LINES = {f"{row}: {line.name}": line for row, lines in TABLE.items() for line in lines}
PARAMS = {  # the page's last column; a code that is not here has none
    **{"STATUS_UNKNOWN": {"value"}, "NOT_STARTED": {"at"}, "EXPIRED": {"at"}},
    **{"VALIDITY_UNKNOWN": {"field"}, "VALUE_UNKNOWN": {"field"}},
    **{"WEEKDAY_NOT_ALLOWED": {"weekdays"}, "OUTSIDE_HOURS": {"windows"}},
    **{"HOURS_UNKNOWN": {"text"}, "ORDER_TYPE_NOT_ALLOWED": {"allowed"}},
    **{"NOT_FOR_ORDERS": {"category"}, "SPEND_UNKNOWN": {"need"}, "ITEMS_UNKNOWN": {"need"}},
    **{code: {"need", "have", "gap"} for code in ("MIN_SPEND_NOT_MET", "MIN_ITEMS_NOT_MET")},
    **{"SOURCES_CONFLICT": {"fields"}, "OTHER_SYSTEM": {"system"}},
    **{"SPEND_UNIT_UNKNOWN": {"need_if_fen", "need_if_yuan"}},
    **{"SPEND_BASIS_UNKNOWN": {"need", "have", "after_discount"}},
    **{"EXCLUSIVE_WITH_DISCOUNT": {"saving", "discount"}},
    **{"DAILY_LIMIT_POSSIBLE": {"limit", "used"}},
}


def told(reason: Reason) -> str:
    params = reason.params
    match params.get("fields"):
        case tuple() as fields:
            return f"{reason.code.value}:{','.join(map(str, fields))}"
    named = params.get("field") or params.get("system")
    return reason.code.value if named is None else f"{reason.code.value}:{named}"


@pytest.mark.parametrize("line", [pytest.param(line, id=name) for name, line in LINES.items()])
def test_line(line: Case) -> None:
    eligibility = evaluate(line.asset, line.where)
    assert tuple(map(told, eligibility.reasons)) == line.codes
    assert eligibility.verdict is line.verdict
    params: dict[str, Param] = {}
    for reason in eligibility.reasons:
        assert set(reason.params) == PARAMS.get(reason.code.value, set())
        params |= reason.params
    assert {name: params[name] for name in line.params} == line.params


def test_no_line_is_written_twice() -> None:
    assert len(LINES) == sum(map(len, TABLE.values()))


def test_every_code_has_its_lines() -> None:
    codes = {code.split(":")[0] for line in LINES.values() for code in line.codes}
    assert codes == {code.value for code in ReasonCode}


@pytest.mark.parametrize(
    ("asset", "raw"),
    [
        (coupon(status=SECRET), "机密"),
        (gift_card(status=SECRET), "机密"),
        (coupon(valid_from=SECRET), "机密"),
        (coupon(valid_until=SECRET), "机密"),
        (coupon(valid_until=read_time("2026/11/21 00:00:00")), "2026/11/21 00:00:00"),
        (coupon(valid_until=read_time("1795190400")), "1795190400"),
        (gift_card(valid_until=read_time("1795190400000")), "1795190400000"),
        (
            replace(BENEFIT_CARD, valid_until=read_time("2026.11.21 00:00:00")),
            "2026.11.21 00:00:00",
        ),
        (hours_card(time_windows="10:00~22:00"), "10:00~22:00"),
        (coupon_of(store_range=1, store_ids=SECRET), "机密"),
        (coupon(lock=SECRET), "机密"),
        (coupon(min_spend=SECRET), "机密"),
        (coupon_of(min_items=SECRET), "机密"),
        (coupon_of(daily_limit=SECRET), "机密"),
        (coupon_of(category=4, buy_count=SECRET), "机密"),
        (gift_card(bound=SECRET), "机密"),
        (gift_card(non_code=9), "9"),
        *[(coupon_of(**{name: 99}), "99") for name in UNDOCUMENTED],
        (gift_card(kind=99), "99"),
        (times_card(times_scope=99), "99"),
        (times_card(uses_left=SECRET), "机密"),
        (hours_card(weekdays="机密"), "机密"),
        (gift_card(balance=SECRET), "机密"),
        (coupon(valid_until=None), ""),
        (coupon_of(store_range=1), ""),
        (coupon_of(store_range=1, store_ids=("1", "二"), store_ids_text='[1, "二"]'), '[1, "二"]'),
        (coupon_of(store_range=2, store_ids=("1", "2"), store_ids_text="1，2"), "1，2"),
        (coupon(template=None), ""),
    ],
)
def test_the_platforms_own_text_is_for_the_details_alone(asset: Asset, raw: str) -> None:
    (reason,) = evaluate(asset, context(store=Store("1001"))).reasons
    assert reason.raw == raw
    assert "机密" not in repr(reason)
