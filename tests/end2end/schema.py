"""The documented JSON of `posmember lookup`, schema 1, as something to check an answer with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from posmember.domain.context import OrderType
from posmember.domain.coupon import Category
from posmember.domain.giftcard import GiftCardKind
from posmember.domain.identifier import IdentifierKind
from posmember.domain.rules.explanation import Outcome
from posmember.domain.rules.reasons import NoticeCode, ReasonCode, Verdict
from posmember.errors import ConnectionProblem, SecretProblem

Check = Callable[[Any, str], None]


def an(*kinds: type, where: Callable[[Any], bool] = lambda _value: True) -> Check:
    """Check for a value of exactly one of these types (a bool is no int)."""

    def check(value: Any, path: str) -> None:
        assert type(value) in kinds, f"{path}: {value!r}"
        assert where(value), f"{path}: {value!r}"

    return check


def matching(pattern: str) -> Check:
    """Check for a text of this form."""
    whole = re.compile(pattern)
    return an(str, where=lambda value: whole.fullmatch(value) is not None)


def one_of(*values: str) -> Check:
    """Check for one of a few texts."""
    return an(str, where=lambda value: value in values)


def null_or(check: Check) -> Check:
    """Check for null, or for what `check` takes."""

    def check_if_any(value: Any, path: str) -> None:
        if value is not None:
            check(value, path)

    return check_if_any


def each(check: Check) -> Check:
    """Check for a list, and every entry of it."""

    def check_each(value: Any, path: str) -> None:
        assert type(value) is list, f"{path}: {value!r}"
        for number, entry in enumerate(value):
            check(entry, f"{path}[{number}]")

    return check_each


def an_object(optional: dict[str, Check] | None = None, /, **required: Check) -> Check:
    """Check for an object with exactly these keys, and of the optional ones all or none."""

    def check(value: Any, path: str) -> None:
        assert type(value) is dict, f"{path}: {value!r}"
        more = optional if optional and set(value) & set(optional) else {}
        fields = {**required, **more}
        assert set(value) == set(fields), f"{path}: {set(value) ^ set(fields)}"
        for name, field in fields.items():
            field(value[name], f"{path}.{name}")

    return check


def a_map_of(item: Check) -> Check:
    """Check for an object with any keys."""

    def check(value: Any, path: str) -> None:
        assert type(value) is dict, f"{path}: {value!r}"
        for name, held in value.items():
            item(held, f"{path}.{name}")

    return check


TEXT = an(str)
INTEGER = an(int)
COUNT = an(int, where=lambda value: value >= 0)
BOOLEAN = an(bool)
NULL: Check = an(type(None))
MONEY = matching(r"-?\d+\.\d{2}")
TIME = matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+08:00")
WHOLE_TIME = matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")
CODE = matching(r"[A-Z]+(_[A-Z]+)*")
VALUE = matching(r"-?\d+\.\d{2}|\d+(\.\d+)?%")

SOURCES = each(one_of("member_info", "identity", "gift_card_list"))
ACCOUNT_STATE = one_of("failed", "unreadable")
NAMES = an(list, where=lambda value: bool(value) and all(type(name) is str for name in value))
REASON_PARAMS: dict[str, dict[str, Check]] = {
    "STATUS_UNKNOWN": {"value": null_or(INTEGER)},
    "SOURCES_CONFLICT": {"fields": NAMES},
    "OTHER_SYSTEM": {"system": one_of("koubei", "erp", "non_code")},
    "NOT_STARTED": {"at": WHOLE_TIME},
    "EXPIRED": {"at": null_or(WHOLE_TIME)},
    "VALIDITY_UNKNOWN": {"field": TEXT},
    "WEEKDAY_NOT_ALLOWED": {"weekdays": each(COUNT)},
    "OUTSIDE_HOURS": {"windows": each(TEXT)},
    "HOURS_UNKNOWN": {"text": TEXT},
    "ORDER_TYPE_NOT_ALLOWED": {"allowed": each(one_of(*OrderType))},
    "NOT_FOR_ORDERS": {"category": COUNT},
    "MIN_SPEND_NOT_MET": {"need": MONEY, "have": MONEY, "gap": MONEY},
    "SPEND_UNIT_UNKNOWN": {"need_if_fen": MONEY, "need_if_yuan": MONEY},
    "SPEND_BASIS_UNKNOWN": {"need": MONEY, "have": MONEY, "after_discount": MONEY},
    "SPEND_UNKNOWN": {"need": MONEY},
    "MIN_ITEMS_NOT_MET": {"need": COUNT, "have": COUNT, "gap": COUNT},
    "ITEMS_UNKNOWN": {"need": COUNT},
    "EXCLUSIVE_WITH_DISCOUNT": {"saving": null_or(MONEY), "discount": MONEY},
    "DAILY_LIMIT_POSSIBLE": {"limit": COUNT, "used": COUNT},
    "VALUE_UNKNOWN": {"field": TEXT},
}
"""What each reason carries; those that are not here carry nothing."""
NOTICE_PARAMS: dict[str, dict[str, Check]] = {
    "EXPIRING_SOON": {"at": WHOLE_TIME},
    "UNIT_ASSUMED": {"basis": one_of("text", "assumed")},
    "SOURCES_DISAGREE": {"fields": NAMES},
    "ACCOUNT_UNCHECKED": {"state": ACCOUNT_STATE},
}


def reason(value: Any, path: str) -> None:
    """Check a reason of an asset: what it carries hangs on its code."""
    an_object(
        code=one_of(*ReasonCode),
        params=an_object(**REASON_PARAMS.get(value["code"], {})),
        fixable_by=one_of("customer", "cashier", "time", "nobody"),
        raw=null_or(TEXT),
    )(value, path)


def member_reason(value: Any, path: str) -> None:
    """Check a reason of the member: an account that is not known."""
    an_object(
        code=one_of("VALUE_UNKNOWN"),
        params=an_object(field=one_of("account"), state=ACCOUNT_STATE),
        fixable_by=one_of("cashier"),
        raw=NULL,
    )(value, path)


def notice(value: Any, path: str) -> None:
    """Check a notice: a daily limit carries the limit, or how often a card was used today."""
    carried = NOTICE_PARAMS.get(value["code"], {})
    if value["code"] == "DAILY_LIMIT":
        carried = dict.fromkeys(value["params"] or ["limit"], COUNT)
        assert set(carried) in ({"limit"}, {"used"}), path
    an_object(code=one_of(*NoticeCode), params=an_object(**carried))(value, path)


REMEDY = an_object(
    amount=null_or(MONEY),
    gap=null_or(MONEY),
    items=null_or(COUNT),
    items_gap=null_or(COUNT),
    order_type=null_or(one_of(*OrderType)),
    at=null_or(WHOLE_TIME),
    verdict=one_of("usable", "check"),
    remaining=each(CODE),
)
FINDING = an_object(
    row=an(int, where=lambda value: 1 <= value <= 29),
    codes=each(CODE),
    outcome=one_of(*Outcome),
    reasons=each(CODE),
    told=a_map_of(null_or(TEXT)),
)
EXPLAINED = {"rules": each(FINDING)}
ELIGIBILITY: dict[str, Check] = {
    "verdict": one_of(*Verdict),
    "reasons": each(reason),
    "notices": each(notice),
    "next_usable_at": null_or(WHOLE_TIME),
    "helps": null_or(REMEDY),
}
ERROR = an_object(
    type=matching(r"[A-Za-z]+Error"),
    problem=null_or(one_of(*ConnectionProblem, *SecretProblem)),
    code=null_or(TEXT),
    message=null_or(TEXT),
    request_id=null_or(TEXT),
)


def section(value: Any, path: str) -> None:
    """Check a section: an error where it failed, and the time it took where it was asked."""
    state = value["state"]
    asked = state != "skipped"
    check = an_object(
        state=one_of("loaded", "failed", "skipped"),
        error=ERROR if state == "failed" else NULL,
        ms=COUNT if asked else NULL,
    )
    check(value, path)


def warning(value: Any, path: str) -> None:
    """Check a warning: what more it says hangs on its code."""
    more: dict[str, dict[str, Check]] = {
        "CLEAR_TEXT_HTTP": {},
        "CLOCK_OFF": {"offset_s": INTEGER},
        "UNREADABLE_FIELDS": {
            "section": one_of("member", "identity", "gift_cards"),
            "paths": each(matching(r"\$.*")),
        },
        "SOURCES_DISAGREE": {"fields": each(TEXT)},
        "OTHER_PERSON": {"section": one_of("member", "identity", "gift_cards")},
        "ACCOUNT_UNCHECKED": {"state": one_of("failed", "unreadable")},
        "UNIT_PROVEN": {"unit": one_of("fen", "yuan")},
    }
    an_object(code=one_of(*more), **more[value["code"]])(value, path)


MEMBER = an_object(
    id=null_or(TEXT),
    name=TEXT,
    mobile=TEXT,
    gender=one_of("unknown", "male", "female"),
    tier=an_object(value=null_or(INTEGER), name=TEXT, expires_at=null_or(WHOLE_TIME)),
    card=an_object(number=TEXT, name=TEXT),
    enterprise=null_or(BOOLEAN),
    frozen=null_or(BOOLEAN),
    account=one_of("active", "frozen", "failed", "unreadable"),
    password_enabled=null_or(BOOLEAN),
    reasons=each(member_reason),
    notices=each(notice),
    labels=each(an_object(name=TEXT, level=null_or(INTEGER))),
    benefit_cards=each(
        an_object(
            EXPLAINED,
            id=TEXT,
            name=TEXT,
            valid_from=null_or(WHOLE_TIME),
            valid_until=null_or(WHOLE_TIME),
            never_expires=null_or(BOOLEAN),
            **ELIGIBILITY,
        )
    ),
)
BALANCES = an_object(
    points=null_or(an(int, str)),
    principal=null_or(MONEY),
    bonus=null_or(MONEY),
    total=null_or(MONEY),
    lifetime_principal=null_or(MONEY),
    lifetime_bonus=null_or(MONEY),
    points_payment=an_object(
        enabled=null_or(BOOLEAN), max_deduction=null_or(MONEY), points=null_or(COUNT)
    ),
)
COUPON = an_object(
    EXPLAINED,
    redemption_code=TEXT,
    coupon_id=TEXT,
    title=TEXT,
    category=null_or(one_of(*(kind.name.lower() for kind in Category))),
    value=null_or(VALUE),
    valid_from=null_or(WHOLE_TIME),
    valid_until=null_or(WHOLE_TIME),
    never_expires=null_or(BOOLEAN),
    sources=SOURCES,
    estimated_saving=null_or(MONEY),
    estimated_saving_at_most=BOOLEAN,
    **ELIGIBILITY,
)
GIFT_CARD = an_object(
    EXPLAINED,
    card_number=TEXT,
    name=TEXT,
    kind=null_or(one_of(*(kind.name.lower() for kind in GiftCardKind))),
    balance=null_or(MONEY),
    uses_left=null_or(INTEGER),
    valid_from=null_or(WHOLE_TIME),
    valid_until=null_or(WHOLE_TIME),
    never_expires=null_or(BOOLEAN),
    sources=SOURCES,
    **ELIGIBILITY,
)
SUGGESTION = an_object(
    redemption_code=TEXT,
    title=TEXT,
    change=one_of("nothing", "spend_more", "order_type", "wait"),
    estimated_saving=null_or(MONEY),
    estimated_saving_at_most=BOOLEAN,
    gap=null_or(MONEY),
    order_type=null_or(one_of(*OrderType)),
    at=null_or(WHOLE_TIME),
    beside=null_or(an_object(redemption_code=TEXT, title=TEXT)),
)
ANSWER = an_object(
    schema=an(int, where=lambda value: value == 1),
    query=an_object(
        identifier=TEXT,
        type=one_of("auto", *IdentifierKind, "account", "entity_card"),
        store=null_or(TEXT),
        order_type=one_of(*OrderType),
        amount=null_or(MONEY),
        discount=MONEY,
        items=null_or(COUNT),
        at=WHOLE_TIME,
    ),
    sections=an_object(member=section, identity=section, gift_cards=section),
    member=null_or(MEMBER),
    balances=null_or(BALANCES),
    coupons=each(COUPON),
    gift_cards=each(GIFT_CARD),
    suggestion=null_or(SUGGESTION),
    warnings=each(warning),
)


def check_answer(answer: Any) -> None:
    """Fail, naming the path, where an answer is not as documented."""
    ANSWER(answer, "$")
