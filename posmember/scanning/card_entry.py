"""What is given for a WeChat card: whose it is, and what it is to be. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from posmember.domain.identifier import IdentifierKind
from posmember.domain.wechat.change import CardChange, CardField, ChangeProblem, Fault
from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import NEVER_KEPT, classify

_K = IdentifierKind
_ID_NUMBER_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_NUMBER_CHECKS = "10X98765432"


def read_openid(text: str) -> str:
    """A given openid, cleaned; where Caps Lock was on, in the case that it has."""
    found = classify(text)
    first = found.identifiers[0] if found.identifiers else None
    undone = found.caps_lock_undone and first is not None and first.kind is _K.WECHAT_OPENID
    return first.value if undone and first is not None else clean(text)


def read_phone(text: str) -> str:
    """The mobile number of a text, read as for a lookup; else the text without blanks around."""
    found = classify(text, _K.MOBILE)
    is_read = found.question is None and found.identifiers
    return found.identifiers[0].value if is_read else text.strip()


def payment_problems(change: CardChange) -> tuple[ChangeProblem, ...]:
    """The fields of a change that hold a payment code or a bank card; () is none.

    Of its texts: a picture's address is WeChat Pay's own, and holds long numbers.
    """
    return tuple(
        ChangeProblem(name, Fault.PAYMENT_DATA)
        for name, values in _texts(change)
        if any(map(_is_payment, values))
    )


def _texts(change: CardChange) -> Iterator[tuple[CardField, tuple[str, ...]]]:
    yield CardField.LEVEL, (change.level or "",)
    yield CardField.PHONE, (change.phone or "",)
    yield CardField.COMMON_FIELDS, tuple(value for _, value in change.common_fields or ())
    custom = change.custom_fields or ()
    yield CardField.CUSTOM_FIELDS, tuple(text for name, own in custom for text in (name, *own))
    yield CardField.ATTACH, (change.attach or "",)


def _is_payment(text: str) -> bool:
    return classify(text).problem in NEVER_KEPT and not _is_id_number(text)


def _is_id_number(text: str) -> bool:
    """Whether it is a person's number (GB 11643), which may begin as a payment code does.

    18 digits with the month and the day of a birth, and the right check digit.
    """
    number = clean(text)
    if len(number) != len(_ID_NUMBER_WEIGHTS) + 1 or not (number.isascii() and number.isdigit()):
        return False
    month, day = int(number[10:12]), int(number[12:14])
    total = sum(int(digit) * by for digit, by in zip(number, _ID_NUMBER_WEIGHTS, strict=False))
    born = number[6:8] in ("19", "20") and 1 <= month <= 12 and 1 <= day <= 31
    return born and number[-1] == _ID_NUMBER_CHECKS[total % 11]
