"""我的礼品卡列表: every documented field, and every form of nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from posmember.api.decode import MOST_ROWS
from posmember.api.qimai.gift_cards import decode, params
from posmember.api.qimai.wire import read_answer
from posmember.domain.giftcard import ListedGiftCard
from posmember.errors import ApiResponseError
from tests.fakes.assets import at
from tests.fakes.samples import sample_bytes, sample_data

EXPECTED = ListedGiftCard(
    card_number="LP0000010001",
    template_id="702",
    name="畅饮现金卡",
    balance=Decimal("86.50"),
    cover="https://img.example.invalid/702.png",
    validity_text="永久有效",
    face_value=Decimal("100.00"),
    bound=1,
    valid_from=at("2026-10-03 08:00:00"),
    valid_until=at("2100-01-01 00:00:00"),
    created_at=at("2026-10-02 09:10:11"),
    status_text="已绑定",
    status=4,
    validity_kind=3,
    non_code=0,
)


def test_every_documented_field() -> None:
    decoded = decode(read_answer("gift_cards", 200, {}, sample_bytes("gift_cards")))
    assert decoded.value == (EXPECTED,)
    assert decoded.unreadable == ()


def test_missing_fields_are_unknown() -> None:
    assert decode([{}]).value == (ListedGiftCard(),)


@pytest.mark.parametrize("data", [None, "", [], {}], ids=repr)
def test_nothing_is_no_cards(data: object) -> None:
    assert decode(data).value == ()


def test_a_list_with_holes_comes_as_an_object() -> None:
    (row,) = sample_data("gift_cards")
    assert decode({"0": row, "2": row}).value == (EXPECTED, EXPECTED)


@pytest.mark.parametrize("data", ["x", 7, True, {"list": []}, {"0": 1}, {"0": None}], ids=repr)
def test_data_that_is_no_list(data: object) -> None:
    with pytest.raises(ApiResponseError) as caught:
        decode(data)
    assert (caught.value.path, caught.value.api) == ("$.data", "gift_cards")


def test_rows_that_are_no_cards_are_reported() -> None:
    (row,) = sample_data("gift_cards")
    decoded = decode([1, row, None, [], "x", {**row, "status": "绑"}])
    assert len(decoded.value) == 2
    assert decoded.unreadable == (
        "$.data[0]",
        "$.data[2]",
        "$.data[3]",
        "$.data[4]",
        "$.data[5].status",
    )


@pytest.mark.parametrize(("recycled", "number"), [(True, "1"), (False, "0")])
def test_params(recycled: bool, number: str) -> None:
    sent = params("100001", include_recycled=recycled)
    assert sent == {"user_id": "100001", "needCycleCard": number}


@pytest.mark.parametrize("junk", [[1], ["a", None]], ids=repr)
def test_a_list_of_which_nothing_can_be_read_is_an_error_and_not_empty(junk: object) -> None:
    with pytest.raises(ApiResponseError):
        decode(junk)


def test_more_cards_than_are_read_are_said_to_be_cut() -> None:
    assert decode([{"cardNo": "1"}]).cut is False
    decoded = decode([{"cardNo": "1"}] * (MOST_ROWS + 1))
    assert (decoded.cut, len(decoded.value)) == (True, MOST_ROWS)
