"""Whether the order of the platform's lists changes anything that the program says."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from tests.fakes.opinion.order import Member, Where
from tests.fakes.opinion.program import program_answer
from tests.fakes.opinion.reading import Json

LISTS = ("couponsList", "giftCardList", "paidBenefitsCardDetailList", "user_coupons")


def in_another_order(member: Member, draw: Random) -> Member:
    """The same member, every list of assets shuffled."""

    def mixed(value: Any, key: str = "") -> Any:
        if key in LISTS:
            rows = list(value.values()) if isinstance(value, dict) else list(value)
            return draw.sample(rows, len(rows))
        if isinstance(value, dict) and key in ("", "user_info"):
            return {name: mixed(item, name) for name, item in value.items()}
        return value

    return Member(
        info=member.info and mixed(member.info),
        identity=member.identity and mixed(member.identity),
        cards=draw.sample(member.cards, len(member.cards)),
    )


def order_matters(member: Member, turned: Member, where: Where) -> list[str]:
    """The parts of the program's answer that differ between two orders of the same lists."""
    before, after = (_sorted(program_answer(each, where)) for each in (member, turned))
    return [key for key in before if before[key] != after[key]]


def _sorted(answer: Json) -> Json:
    found = {key: answer[key] for key in ("balances", "suggestion", "warnings", "of_member")}
    benefits = (answer["member"] or {}).get("benefit_cards", [])
    lists = {
        "coupons": answer["coupons"],
        "gift_cards": answer["gift_cards"],
        "benefit_cards": benefits,
    }
    found |= {key: sorted(json.dumps(row) for row in rows) for key, rows in lists.items()}
    return found
