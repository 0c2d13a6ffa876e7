"""Reasons and notices: the answers of the rules, as a public interface (RULES, the table).

A code, once released, keeps its meaning. The window, the command line and the log all show
the same objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from posmember.domain.money import Money

Param = str | int | Money | datetime | tuple[str, ...] | tuple[int, ...] | None
Params = Mapping[str, Param]
_NO_PARAMS: Params = MappingProxyType({})


class Verdict(StrEnum):
    """可用, 需确认, 不可用."""

    USABLE = "usable"
    CHECK = "check"
    NOT_USABLE = "not_usable"


VERDICT_RANK: Final = {Verdict.USABLE: 0, Verdict.CHECK: 1, Verdict.NOT_USABLE: 2}
"""The lower, the better."""


class FixableBy(StrEnum):
    """Who could do something about a reason."""

    CUSTOMER = "customer"
    CASHIER = "cashier"
    TIME = "time"
    NOBODY = "nobody"


class ReasonCode(StrEnum):
    """Why an asset is not simply usable, in the order of the table."""

    ACCOUNT_FROZEN = "ACCOUNT_FROZEN"
    USED = "USED"
    LOCKED = "LOCKED"
    DISABLED = "DISABLED"
    NOT_BOUND = "NOT_BOUND"
    GIFTING = "GIFTING"
    GIFTED_AWAY = "GIFTED_AWAY"
    RECYCLED = "RECYCLED"
    USED_UP = "USED_UP"
    STATUS_UNKNOWN = "STATUS_UNKNOWN"
    SOURCES_CONFLICT = "SOURCES_CONFLICT"
    OTHER_SYSTEM = "OTHER_SYSTEM"
    NOT_STARTED = "NOT_STARTED"
    EXPIRED = "EXPIRED"
    VALIDITY_UNKNOWN = "VALIDITY_UNKNOWN"
    WEEKDAY_NOT_ALLOWED = "WEEKDAY_NOT_ALLOWED"
    OUTSIDE_HOURS = "OUTSIDE_HOURS"
    HOURS_UNKNOWN = "HOURS_UNKNOWN"
    STORE_NOT_ALLOWED = "STORE_NOT_ALLOWED"
    STORE_UNKNOWN = "STORE_UNKNOWN"
    ORDER_TYPE_NOT_ALLOWED = "ORDER_TYPE_NOT_ALLOWED"
    NOT_FOR_ORDERS = "NOT_FOR_ORDERS"
    MIN_SPEND_NOT_MET = "MIN_SPEND_NOT_MET"
    SPEND_UNIT_UNKNOWN = "SPEND_UNIT_UNKNOWN"
    SPEND_BASIS_UNKNOWN = "SPEND_BASIS_UNKNOWN"
    SPEND_UNKNOWN = "SPEND_UNKNOWN"
    MIN_ITEMS_NOT_MET = "MIN_ITEMS_NOT_MET"
    ITEMS_UNKNOWN = "ITEMS_UNKNOWN"
    EXCLUSIVE_WITH_DISCOUNT = "EXCLUSIVE_WITH_DISCOUNT"
    DAILY_LIMIT_POSSIBLE = "DAILY_LIMIT_POSSIBLE"
    GOODS_RESTRICTED = "GOODS_RESTRICTED"
    ZERO_BALANCE = "ZERO_BALANCE"
    VALUE_UNKNOWN = "VALUE_UNKNOWN"


CHECKS: Final = frozenset(
    {
        ReasonCode.STATUS_UNKNOWN,
        ReasonCode.SOURCES_CONFLICT,
        ReasonCode.OTHER_SYSTEM,
        ReasonCode.VALIDITY_UNKNOWN,
        ReasonCode.HOURS_UNKNOWN,
        ReasonCode.STORE_UNKNOWN,
        ReasonCode.SPEND_UNIT_UNKNOWN,
        ReasonCode.SPEND_BASIS_UNKNOWN,
        ReasonCode.SPEND_UNKNOWN,
        ReasonCode.ITEMS_UNKNOWN,
        ReasonCode.EXCLUSIVE_WITH_DISCOUNT,
        ReasonCode.DAILY_LIMIT_POSSIBLE,
        ReasonCode.GOODS_RESTRICTED,
        ReasonCode.VALUE_UNKNOWN,
    }
)
"""The codes of kind "check": the data cannot tell. All others block."""

_FIXABLE_BY = {
    **dict.fromkeys(CHECKS, FixableBy.CASHIER),
    ReasonCode.LOCKED: FixableBy.CASHIER,  # an open order holds it
    ReasonCode.NOT_BOUND: FixableBy.CUSTOMER,
    ReasonCode.GIFTING: FixableBy.CUSTOMER,
    ReasonCode.OTHER_SYSTEM: FixableBy.CUSTOMER,
    ReasonCode.NOT_STARTED: FixableBy.TIME,
    ReasonCode.WEEKDAY_NOT_ALLOWED: FixableBy.TIME,
    ReasonCode.OUTSIDE_HOURS: FixableBy.TIME,
    ReasonCode.ORDER_TYPE_NOT_ALLOWED: FixableBy.CASHIER,
    ReasonCode.MIN_SPEND_NOT_MET: FixableBy.CUSTOMER,
    ReasonCode.MIN_ITEMS_NOT_MET: FixableBy.CUSTOMER,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason against an asset (`Verdict.NOT_USABLE`) or one thing to check.

    Args:
        params: by code (RULES, the table): ``need``, ``have``, ``gap`` are `Money` for
            amounts and int for items; ``at`` an aware datetime; ``allowed`` order types;
            ``fields`` names in the words of the asset's class; ``state`` beside the
            ``field`` "account", which is the member's, an `AccountStatus` that is not known.
        raw: the platform's own text of an unreadable value, for the details only.
    """

    code: ReasonCode
    params: Params = field(default_factory=lambda: _NO_PARAMS)
    raw: str = field(default="", repr=False)

    @property
    def blocks(self) -> bool:
        """Whether it makes the asset not usable; otherwise it is a thing to check."""
        return self.code not in CHECKS

    @property
    def fixable_by(self) -> FixableBy:
        """Who could do something about it."""
        return _FIXABLE_BY.get(self.code, FixableBy.NOBODY)


_ROW = {code: row for row, code in enumerate(ReasonCode)}


def in_table_order(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons in the order of the table; those of one row as they are."""
    if len(reasons) < 2:
        return reasons
    return tuple(sorted(reasons, key=lambda reason: _ROW[reason.code]))


class NoticeCode(StrEnum):
    """What to know about an asset, or a member; notices never change the verdict."""

    DAILY_LIMIT = "DAILY_LIMIT"
    EXCLUSIVE = "EXCLUSIVE"
    EXPIRING_SOON = "EXPIRING_SOON"
    UNIT_ASSUMED = "UNIT_ASSUMED"
    TEXT_RULES = "TEXT_RULES"
    NEEDS_PASSWORD = "NEEDS_PASSWORD"
    ACCOUNT_UNCHECKED = "ACCOUNT_UNCHECKED"
    SOURCES_DISAGREE = "SOURCES_DISAGREE"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. Params: ``limit``/``used``, ``at``, ``basis``, ``fields``, ``state``."""

    code: NoticeCode
    params: Params = field(default_factory=lambda: _NO_PARAMS)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The rules' whole answer on one asset.

    Args:
        verdict: CHECK also without a reason of its own, while the member's account is not
            known: that is said once for all assets, see `Assessment.reasons`.
        reasons: every reason, in the order of the table.
        next_usable_at: the first instant from now on at which no time rule blocks, where
            only time rules block; aware, +08:00.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    notices: tuple[Notice, ...] = ()
    next_usable_at: datetime | None = None
