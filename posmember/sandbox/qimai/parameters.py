"""Reads the business parameters of a call as strictly as a real server does.

Numbers may come as JSON numbers or as text. Whatever is missing or unreadable is refused with
参数错误; a store code that the merchant does not have, with 门店编码错误.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from posmember.sandbox.account import SandboxStore, store_by_code
from posmember.sandbox.qimai.envelope import PARAMETER_CODE, STORE_CODE, RefusalError

Params = Mapping[str, object]

_ORDER_TYPES: Final = ("", "1", "3")


def text(params: Params, name: str) -> str:
    """The parameter as text, a whole number in decimal; "" if it is missing, empty or null."""
    value = params.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise parameter_error()


def required_text(params: Params, name: str) -> str:
    """`text`, refused if it is missing or empty."""
    value = text(params, name)
    if not value:
        raise parameter_error()
    return value


def one_of(params: Params, name: str, allowed: tuple[str, ...]) -> str:
    """`text`, refused unless it is one of the allowed ones."""
    value = text(params, name)
    if value not in allowed:
        raise parameter_error()
    return value


def flag(params: Params, name: str) -> bool:
    """A switch: 1 is on; 0, empty and missing are off."""
    return one_of(params, name, ("", "0", "1")) == "1"


def store(params: Params, name: str) -> SandboxStore | None:
    """The store whose code is given; None if none is given."""
    code = text(params, name)
    if not code:
        return None
    found = store_by_code(code)
    if found is None:
        raise RefusalError(STORE_CODE, "门店编码错误")
    return found


def check_order(params: Params) -> None:
    """Refuse an order type other than 1 and 3, or a discount (元) that is no amount."""
    one_of(params, "typeCate", _ORDER_TYPES)
    discount = params.get("discountPrice")
    if discount is None or discount == "":
        return
    if isinstance(discount, bool) or not isinstance(discount, int | float | str):
        raise parameter_error()
    try:
        amount = Decimal(str(discount))
    except InvalidOperation:
        raise parameter_error() from None
    if not amount.is_finite() or amount < 0:
        raise parameter_error()


def parameter_error() -> RefusalError:
    """The refusal of a request whose parameters are wrong."""
    return RefusalError(PARAMETER_CODE, "参数错误")
