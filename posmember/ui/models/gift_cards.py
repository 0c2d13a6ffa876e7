"""The gift cards' model."""

from __future__ import annotations

from posmember.domain.assessment import AssessedGiftCard
from posmember.ui.cards import gift_card_card
from posmember.ui.details import gift_card_details
from posmember.ui.models.assets import AssetListModel


class GiftCardListModel(AssetListModel[AssessedGiftCard]):
    """Gift cards in the order to show them."""

    def __init__(self) -> None:
        super().__init__(gift_card_card, gift_card_details, _key)


def _key(assessed: AssessedGiftCard) -> str:
    return assessed.card.card_number or f"name {assessed.card.name}"
