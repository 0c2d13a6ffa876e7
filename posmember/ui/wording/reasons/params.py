"""Readers of what a reason or a notice carries: "" or nothing where it carries something else."""

from __future__ import annotations

from posmember.domain.money import Money
from posmember.domain.rules.reasons import Param
from posmember.ui.wording.values import money_text, short_money_text


def money_of(param: Param) -> str:
    """An amount in full: ``¥6.00``."""
    return money_text(param) if isinstance(param, Money) else ""


def short_money_of(param: Param) -> str:
    """An amount without needless zeros: ``¥6``."""
    return short_money_text(param) if isinstance(param, Money) else ""


def texts_of(param: Param) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(str(item) for item in param) if isinstance(param, tuple) else ()


def numbers_of(param: Param) -> tuple[int, ...]:
    """A list of whole numbers."""
    items = param if isinstance(param, tuple) else ()
    return tuple(item for item in items if isinstance(item, int))
