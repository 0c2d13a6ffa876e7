"""Strategies: answers like the recorded samples, with anything at all in any field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.fakes.samples import sample_data

ODD_VALUES: tuple[Any, ...] = (
    *(None, "", " ", [], {}, True, False, 0, 1, 2, 3, 4, 7, 99, -1, 10**30),
    *("0", "1", "2", "6", "99", "-1", "1.0", "abc", "true", "NaN", "\ud800", "\x00\x1b[31m"),
    *("8.5", "0.85", "85", "0.001", "1e5", "999999999999999999", "满30元可用", "满30减10"),
    *("0000-00-00 00:00:00", "2026-11-21", "2026-11-21 00:00:00", "2026-11-21 23:59:59"),
    *("2026-12-01 08:00:00", "2100-01-01 00:00:00", "9999-12-31 23:59:59", "2026-02-30"),
    *(1793462400, 9999999999, "0001-01-01", "2026-11-25T08:00:00Z"),
    *("[88001]", '["1001"]', "[]", '[""]', "88001", [88001], {"0": 88001}, '{"a": 1}'),
    *(Decimal("8.5"), Decimal("0.005"), Decimal("1E+1000000"), Decimal("1E-1000000")),
    *(Decimal("-0"), Decimal("1E+17"), {"0": {}}, [{}], [None], [[]]),
)
"""Every form that the platform is known to send, and some that it is not."""

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
)
json_values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)
anything = st.one_of(st.sampled_from(ODD_VALUES), json_values)


_MISSING = object()
_CHANCE = st.integers(0, 24)
"""Hypothesis likes the ends of a range best, so what is to be rare is in its middle."""
_ODD, _ENUM, _GONE = {11}, {7, 17}, {12}
_PLAUSIBLE = {
    **{"status": "1", "scene_type": "7", "category": "0", "coupon_type": "0"},
    **{"goods_range_type": "0", "expire_type": "0", "is_use_time_range": "0"},
    **{"multi_range_type": "0", "min_num_use": "0", "only_coupon": "0"},
}
_ENUMS = st.sampled_from(["0", "1", "2", "3", "4", "5", "6", "7", 0, 1, 2, 3])


@st.composite
def like(draw: st.DrawFn, value: Any) -> Any:
    """JSON of this shape: here and there a key is missing, or a value odd."""
    chance = draw(_CHANCE)
    if chance in _ODD:
        return draw(anything)
    if isinstance(value, dict):
        fields = {key: draw(_field(item)) for key, item in value.items()}
        return {key: item for key, item in fields.items() if item is not _MISSING}
    if isinstance(value, list):
        fewest = draw(st.integers(0, 3))
        return draw(st.lists(like(value[0]), min_size=fewest, max_size=4))
    return draw(_ENUMS) if chance in _ENUM else value


def _field(value: Any) -> st.SearchStrategy[Any]:
    return _CHANCE.flatmap(lambda n: st.just(_MISSING) if n in _GONE else like(value))


def plausible(name: str) -> Any:
    """A recorded sample with a template that is no obstacle, instead of telling field by field."""
    data = sample_data(name)
    if name == "member_info":
        data["couponsList"][0]["template"] |= _PLAUSIBLE
        data["giftCardList"][0] |= {"useTimeScope": "", "useWeeks": ""}
    if name == "identity":
        data["user_info"]["user_coupons"][0] |= {"is_lock": 1, "coupon_type": 0, "amount": 10}
    return data


member_info_data = like(plausible("member_info"))
identity_data = like(plausible("identity"))
gift_cards_data = like(plausible("gift_cards"))


def keys_of(value: Any) -> set[str]:
    """Every key of a JSON value."""
    if isinstance(value, dict):
        return set(value).union(*(keys_of(item) for item in value.values()))
    return set().union(*(keys_of(item) for item in value)) if isinstance(value, list) else set()
