"""The world a rule is asked in: everything that is not on the coupon or card itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posmember.domain.money import ZERO, Money


class OrderType(StrEnum):
    """订单类型."""

    DINE_IN = "dine_in"
    DELIVERY = "delivery"
    PAY_BILL = "pay_bill"


class AccountStatus(StrEnum):
    """The member's account, from the identity document's ``user_info.status``.

    Of an account that is not known, why: LATE is that identity is still being asked; FAILED
    that no answer of this member's came, or that nothing could be asked; UNREADABLE that it
    answered nothing of it, or a number nobody documented.
    """

    ACTIVE = "active"
    FROZEN = "frozen"
    LATE = "late"
    FAILED = "failed"
    UNREADABLE = "unreadable"

    @property
    def known(self) -> bool:
        """Whether identity told it."""
        return self in _KNOWN


_KNOWN = frozenset({AccountStatus.ACTIVE, AccountStatus.FROZEN})


@dataclass(frozen=True, slots=True)
class Store:
    """门店: its code (编码) and its number (编号); either may be unknown (None)."""

    code: str | None = None
    id: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What the cashier entered of the order.

    Args:
        order_type: 堂食, 外卖 or 买单.
        amount: the order amount, or None where none was entered.
        discount: what is already off the order.
        item_count: number of items, or None where none was entered.
    """

    order_type: OrderType = OrderType.DINE_IN
    amount: Money | None = None
    discount: Money = ZERO
    item_count: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """`evaluate`'s second argument (RULES, first paragraph).

    Args:
        store: this store.
        order: what the cashier entered.
        now: aware, +08:00, corrected by the platform's clock.
        account: the member's account status.
        password_enabled: whether the member has the payment password on; None is unknown.
    """

    store: Store
    order: Order
    now: datetime
    account: AccountStatus = AccountStatus.LATE
    password_enabled: bool | None = None
