"""The program's own answer, from the same raw answers to the documented JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from posmember.api.qimai import gift_cards, identity, member_info
from posmember.domain.context import Order, OrderType, Store
from posmember.domain.joining.join import join
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.money import Money
from posmember.domain.rules import rows_time
from posmember.domain.rules.assess import assess
from posmember.errors import ApiConnectionError
from posmember.lookup.sections import Failed, Loaded, Section, SectionState
from posmember.report.member import Report, to_json
from tests.fakes.opinion.order import Member, Where
from tests.fakes.opinion.reading import Json


def program_answer(member: Member, where: Where) -> Json:
    """Decode, join, assess and report: what ``posmember lookup --json`` would print."""
    parts: dict[Section, Any] = {}
    if member.info is not None:
        parts[Section.MEMBER] = member_info.decode(_exact(member.info)).value
    if member.identity is not None:
        parts[Section.IDENTITY] = identity.decode(_exact(member.identity)).value
    parts[Section.GIFT_CARDS] = gift_cards.decode(_exact(member.cards)).value
    profile = join(
        parts.get(Section.MEMBER),
        parts.get(Section.IDENTITY),
        parts[Section.GIFT_CARDS],
        unit=MinSpendUnit(where.unit),
    )
    amount = None if where.amount is None else Money(where.amount)
    order = Order(OrderType(where.order_type), amount, Money(where.discount), where.items)
    store = Store(code=where.store_code, id=where.store_id)
    failed = Failed(ApiConnectionError("told by the test"), 1)
    sections: dict[Section, SectionState] = {
        section: Loaded(parts[section], 1, where.now) if section in parts else failed
        for section in Section
    }
    report = Report(
        identifier="x",
        kind="auto",
        store=store,
        order=order,
        at=where.now,
        sections=sections,
        profile=profile,
        assessment=assess(profile, store, order, where.now),
        clear_text=False,
        offset_s=0,
        reveal=True,
    )
    answer: Json = to_json(report)
    _add_what_json_leaves_out(answer, report.assessment)
    return answer


def _add_what_json_leaves_out(answer: Json, assessment: Any) -> None:
    """What is said of the member as a whole, and beside what is suggested, by codes alone.

    An older program, which may be compared as well, says nothing of this.
    """
    told = (*getattr(assessment, "reasons", ()), *getattr(assessment, "notices", ()))
    answer["of_member"] = sorted(each.code.value for each in told)
    if assessment.suggestion is not None:
        beside = getattr(assessment.suggestion, "beside", None)
        answer["suggestion"]["beside"] = beside and beside.redemption_code
    lasts_for_ever = getattr(rows_time, "never_expires", None)
    shown = (
        (answer["coupons"], [each.coupon for each in assessment.coupons]),
        (answer["gift_cards"], [each.card for each in assessment.gift_cards]),
    )
    for rows, assets in shown:
        for row, asset in zip(rows, assets, strict=True):
            if lasts_for_ever is not None:
                row["never_expires"] = lasts_for_ever(asset) is True


def _exact(value: Any) -> Any:
    """As it comes over the network: JSON, without binary floats."""
    return json.loads(json.dumps(value), parse_float=Decimal)
