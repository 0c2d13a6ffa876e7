"""The gift cards' model."""

from __future__ import annotations

from posmember.domain.rules.assessment import AssessedGiftCard
from posmember.ui.models.assets import AssetListModel
from posmember.ui.models.cards import gift_card_card
from posmember.ui.models.details import gift_card_details


class GiftCardListModel(AssetListModel[AssessedGiftCard]):
    """Gift cards in the order to show them."""

    def __init__(self) -> None:
        super().__init__(gift_card_card, gift_card_details, _key)


def _key(assessed: AssessedGiftCard) -> str:
    return assessed.card.card_number or f"name {assessed.card.name}"
