"""Which API told of an asset."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """The API an asset or a value came from."""

    MEMBER_INFO = "member_info"
    IDENTITY = "identity"
    GIFT_CARD_LIST = "gift_card_list"
