"""The documented JSON of `posmember wechat-card`, schema 1, to check an answer with."""

from __future__ import annotations

from typing import Any

from posmember.domain.wechat.card import CardState, CardType, FormField, ValidityKind
from posmember.domain.wechat.change import CardField
from tests.end2end.schema import (
    BOOLEAN,
    INTEGER,
    TEXT,
    WHOLE_TIME,
    Check,
    an,
    an_object,
    each,
    matching,
    null_or,
    one_of,
)

FIELDS = one_of(*(name.value for name in CardField))
"""What the command can change."""

VALIDITY = an_object(
    kind=null_or(one_of(*ValidityKind)),
    begin=null_or(WHOLE_TIME),
    end=null_or(WHOLE_TIME),
    days=null_or(INTEGER),
)
CARD = an_object(
    code=TEXT,
    template_id=TEXT,
    brand_id=TEXT,
    openid=TEXT,
    type=null_or(one_of(*CardType)),
    state=null_or(one_of(*CardState)),
    invalid_reason=null_or(TEXT),
    invalid_at=null_or(WHOLE_TIME),
    level=null_or(TEXT),
    color=null_or(TEXT),
    picture_url=null_or(TEXT),
    validity=null_or(VALIDITY),
    picked_up_at=null_or(WHOLE_TIME),
    phone=null_or(TEXT),
    common_fields=each(an_object(name=null_or(one_of(*FormField)), value=null_or(TEXT))),
    custom_fields=each(an_object(name=TEXT, values=each(null_or(TEXT)))),
    attach=null_or(TEXT),
)
CHANGED: dict[str, Check] = {
    "changes": each(
        an_object(
            field=FIELDS,
            before=null_or(an(str, dict, list)),
            after=an(str, dict, list),
        )
    ),
    "sent": BOOLEAN,
    "kept_otherwise": each(FIELDS),
}


def warning(value: Any, path: str) -> None:
    """Check a warning: what more it says hangs on its code."""
    more: dict[str, dict[str, Check]] = {
        "CLOCK_OFF": {"offset_s": INTEGER},
        "UNREADABLE_FIELDS": {"paths": each(matching(r"\$.*"))},
    }
    an_object(code=one_of(*more), **more[value["code"]])(value, path)


def check_card_answer(answer: Any, *, changed: bool = False) -> None:
    """Fail, naming the path, where an answer is not as documented.

    Args:
        changed: whether it is the answer of a change.
    """
    check = an_object(
        schema=an(int, where=lambda value: value == 1),
        card=null_or(CARD),
        warnings=each(warning),
        **(CHANGED if changed else {}),
    )
    check(answer, "$")
