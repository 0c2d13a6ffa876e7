"""Money in integer 分 (1/100 元). No binary floats anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_FEN = Decimal(100)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of 人民币 in whole 分; may be negative."""

    fen: int

    @classmethod
    def from_yuan(cls, yuan: Decimal) -> Money:
        """Make an amount from 元. Raises ValueError for anything finer than one 分."""
        fen = yuan * _FEN
        if not fen.is_finite() or fen != fen.to_integral_value():
            raise ValueError("an amount in 元 has at most two decimals")
        return cls(int(fen))

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def text(self) -> str:
        """The amount in 元 with two decimals and no sign of the currency, e.g. ``-0.50``."""
        whole, cents = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}{whole}.{cents:02d}"


ZERO = Money(0)
