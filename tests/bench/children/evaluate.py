"""Reads and judges a member's answers over and over, without a network or a window."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from posmember.api import gift_cards, identity, member_info
from posmember.api.wire import read_answer
from posmember.domain.assess import assess
from posmember.domain.context import Order, OrderType, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.join import join
from posmember.domain.money import ZERO, Money
from posmember.domain.spending import MinSpendUnit
from posmember.domain.values import CHINA
from posmember.sandbox.account import STORES
from posmember.sandbox.answers import Answers
from posmember.sandbox.faults import Api
from posmember.sandbox.members import build_members

_WARM_UP = 3
_ORDER = Order(amount=Money(5800))


class Stopwatch:
    """Times the steps of one sample, in milliseconds."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        started_at = time.perf_counter()
        result = work()
        self.times[name] = (time.perf_counter() - started_at) * 1000
        return result


def main(code: str, user_id: str, count: int) -> list[dict[str, float]]:
    now = datetime.now(CHINA)
    bodies = _bodies(code, user_id, now)
    samples = [_sample(bodies, now) for _ in range(_WARM_UP + count)]
    return samples[_WARM_UP:]


def _sample(bodies: list[bytes], now: datetime) -> dict[str, float]:
    watch, store = Stopwatch(), Store(STORES[0].code, str(STORES[0].number))
    watch.step("plain", lambda: [json.loads(body) for body in bodies])
    info, who, cards = watch.step(
        "json", lambda: [read_answer("bench", 200, {}, body) for body in bodies]
    )
    member, person, listed = watch.step(
        "decode",
        lambda: (member_info.decode(info), identity.decode(who), gift_cards.decode(cards)),
    )
    profile = watch.step(
        "join", lambda: join(member.value, person.value, listed.value, unit=MinSpendUnit.AUTO)
    )
    assessment = watch.step("evaluate", lambda: assess(profile, store, _ORDER, now))
    watch.times["coupons"] = len(assessment.coupons)
    return watch.times


def _bodies(code: str, user_id: str, now: datetime) -> list[bytes]:
    """What the sandbox sends for a member."""
    answers = Answers(build_members(now))
    by_code = Identifier(IdentifierKind.MEMBER_CODE, code)
    store_code = STORES[0].code
    asked = (
        (
            Api.MEMBER_INFO,
            member_info.params(
                by_code, store_code=store_code, order_type=OrderType.DINE_IN, discount=ZERO
            ),
        ),
        (Api.IDENTITY, identity.params(by_code, store_code=store_code)),
        (Api.GIFT_CARDS, gift_cards.params(user_id, include_recycled=True)),
    )
    return [answers.answer(api, params) for api, params in asked]


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
