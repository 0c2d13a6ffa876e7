"""The three operations, from typed arguments to decoded answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from posmember.api.qimai.platform import Platform
from posmember.api.qimai.signing import SignKeys, public_fields, token
from posmember.api.qimai.transport import BuildBody
from posmember.domain.context import OrderType
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.money import Money
from posmember.errors import ApiBusinessError, MemberNotFoundError
from tests.fakes.network import CREDENTIALS, NOON
from tests.fakes.samples import sample_data


class OnePoster:
    """Answers one call and remembers it."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.called: list[tuple[str, str]] = []
        self.body: dict[str, Any] = {}

    async def post(self, api: str, path: str, build: BuildBody) -> object:
        self.called.append((api, path))
        self.body = json.loads(build(int(NOON), 7))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


CODE = Identifier(IdentifierKind.MEMBER_CODE, "qm0000001")


@pytest.mark.parametrize("spelling", SignKeys)
async def test_member_info(spelling: SignKeys) -> None:
    poster = OnePoster(sample_data("member_info"))
    platform = Platform(poster, CREDENTIALS, spelling=spelling, store_code="1001")
    decoded = await platform.member_info(CODE, order_type=OrderType.DELIVERY, discount=Money(150))
    assert decoded.value.name == "王小明"
    assert poster.called == [("member_info", "/api/v2")]
    assert poster.body["Action"] == "communal.user.gether-customer-info"
    assert poster.body["Token"] == token(
        CREDENTIALS.open_key,
        public_fields(CREDENTIALS.open_id, CREDENTIALS.grant_code, int(NOON), 7, spelling),
    )
    assert poster.body["Params"] == {
        "identifierNumber": "qm0000001",
        "type": "1",
        "multiMark": "1001",
        "typeCate": "3",
        "discountPrice": "1.50",
    }


async def test_identity() -> None:
    poster = OnePoster(sample_data("identity"))
    decoded = await Platform(poster, CREDENTIALS, store_code="1001").identity(CODE)
    assert decoded.value.user_id == "100001"
    assert poster.called == [("identity", "/api/v2")]
    assert poster.body["Action"] == "communal.user.identity"
    assert poster.body["Params"] == {
        "type": "3",
        "user_code": "qm0000001",
        "multi_store_sn": "1001",
        "point_rules": "1",
    }


async def test_gift_cards() -> None:
    poster = OnePoster(sample_data("gift_cards"))
    decoded = await Platform(poster, CREDENTIALS).gift_cards("100001")
    assert [card.card_number for card in decoded.value] == ["LP0000010001"]
    assert poster.called == [("gift_cards", "/v3/crm/giftCard/getCustomerGiftCardList")]
    assert poster.body["params"] == {"user_id": "100001", "needCycleCard": "1"}
    await Platform(poster, CREDENTIALS).gift_cards("100001", include_recycled=False)
    assert poster.body["params"]["needCycleCard"] == "0"


async def test_no_gift_cards_found_is_no_cards() -> None:
    poster = OnePoster(MemberNotFoundError("x"))
    decoded = await Platform(poster, CREDENTIALS).gift_cards("100001")
    assert (decoded.value, decoded.unreadable) == ((), ())


@pytest.mark.parametrize("operation", ["member_info", "identity", "gift_cards"])
async def test_a_refusal_goes_through(operation: str) -> None:
    platform = Platform(OnePoster(ApiBusinessError("x")), CREDENTIALS)
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "member_info": lambda: platform.member_info(
            CODE, order_type=OrderType.DINE_IN, discount=Money(0)
        ),
        "identity": lambda: platform.identity(CODE),
        "gift_cards": lambda: platform.gift_cards("1"),
    }
    with pytest.raises(ApiBusinessError):
        await calls[operation]()


async def test_the_other_spelling() -> None:
    poster = OnePoster(sample_data("identity"))
    platform = Platform(poster, CREDENTIALS, store_code="1001")
    await platform.identity(CODE)
    camel = poster.body["Token"]
    await platform.spelled(SignKeys.PASCAL).identity(CODE)
    assert poster.body["Token"] != camel
    assert poster.body["Params"]["multi_store_sn"] == "1001"
    await platform.identity(CODE)
    assert poster.body["Token"] == camel
