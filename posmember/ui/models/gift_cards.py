"""The gift cards' model."""

from __future__ import annotations

from posmember.domain.rules.assessment import AssessedGiftCard
from posmember.ui.messages import gift_card_kind_text, gift_card_value_text
from posmember.ui.models.assets import AssetListModel
from posmember.ui.models.cards import gift_card_card
from posmember.ui.models.details import gift_card_details


class GiftCardListModel(AssetListModel[AssessedGiftCard]):
    """Gift cards in the order to show them."""

    def __init__(self) -> None:
        super().__init__(gift_card_card, gift_card_details, gift_card_key, _words)


def gift_card_key(assessed: AssessedGiftCard) -> str:
    """What makes a gift card the same one."""
    return assessed.card.card_number or f"name {assessed.card.name}"


def _words(assessed: AssessedGiftCard) -> str:
    card = assessed.card
    value, kind = gift_card_value_text(card), gift_card_kind_text(card)
    return f"{card.name} {value} {kind} {card.card_number}"
