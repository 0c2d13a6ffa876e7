"""The order and the store that a member is looked at for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.fakes.opinion.reading import Json

ORDER_TYPES = ("dine_in", "delivery", "pay_bill")


@dataclass(frozen=True)
class Where:
    """Where, when and for what; money in 分, None where it is not known.

    Args:
        now: aware, +08:00. unit: the setting: auto, fen or yuan.
    """

    now: datetime
    order_type: str = "dine_in"
    amount: int | None = None
    discount: int = 0
    items: int | None = None
    store_code: str | None = "1001"
    store_id: str | None = "88001"
    unit: str = "auto"

    @property
    def left(self) -> int | None:
        """What is still to be paid; never below nothing."""
        return None if self.amount is None else max(self.amount - self.discount, 0)


@dataclass(frozen=True)
class Member:
    """A member's three answers as they came: their ``data``.

    Args:
        info, identity: None where that one failed.
    """

    info: Json | None
    identity: Json | None
    cards: list[Any] = field(default_factory=list)

    @property
    def user(self) -> Json:
        return self.identity["user_info"] if self.identity is not None else {}

    def of_user(self, key: str) -> Any:
        """A value of identity, in ``user_info`` or beside it."""
        inside = self.user.get(key)
        if inside in (None, "", [], {}) and self.identity is not None:
            return self.identity.get(key, inside)
        return inside


def yuan(fen: Decimal | int) -> str:
    """Money as the JSON writes it."""
    return str((Decimal(fen) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP))
