"""我的礼品卡列表: V3, ``/v3/crm/giftCard/getCustomerGiftCardList`` (gift-card-list document)."""

from __future__ import annotations

from posmember.api.decode import Decoded, Node, Report, nodes
from posmember.api.qimai.wire import Params
from posmember.domain.giftcard import ListedGiftCard
from posmember.errors import ApiResponseError

API = "gift_cards"
PATH = "/v3/crm/giftCard/getCustomerGiftCardList"


def params(user_id: str, *, include_recycled: bool) -> Params:
    """The call's business parameters; ``needCycleCard`` 1 returns recycled cards, too."""
    return {"user_id": user_id, "needCycleCard": "1" if include_recycled else "0"}


def decode(data: object) -> Decoded[tuple[ListedGiftCard, ...]]:
    """Read the answer's ``data``; nothing in it means no cards.

    Raises:
        ApiResponseError: the data is no list.
    """
    if not isinstance(data, list | dict | None) and data != "":
        raise ApiResponseError("data is no list", path="$.data", api=API)
    report = Report()
    cards = tuple(_card(row) for row in nodes(data, "$.data", report))
    if data and not cards:
        raise ApiResponseError("data is no list", path="$.data", api=API)
    return report.decoded(cards)


def _card(node: Node) -> ListedGiftCard:
    return ListedGiftCard(
        card_number=node.code("id"),
        template_id=node.code("gift_card_id"),
        name=node.text("gift_title"),
        balance=node.number("par_value"),
        cover=node.text("cover"),
        validity_text=node.text("expired_desc"),
        face_value=node.number("deduct_amount"),
        bound=node.integer("bind_status"),
        valid_from=node.time("beginAt"),
        valid_until=node.time("endAt"),
        created_at=node.time("createdAt"),
        status_text=node.text("status_desc"),
        status=node.integer("status"),
        validity_kind=node.integer("validType"),
        non_code=node.integer("isErp"),
    )
