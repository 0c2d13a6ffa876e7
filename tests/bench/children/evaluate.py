"""Reads and judges a member's answers over and over, without a network or a window."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from posmember.api.qimai import gift_cards, identity, member_info
from posmember.api.qimai.wire import read_answer
from posmember.domain.context import Order, Store
from posmember.domain.joining.join import join
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.money import Money
from posmember.domain.rules.assess import assess, stand_all
from posmember.domain.values import CHINA
from posmember.sandbox.account import STORES
from tests.bench.children.report import beat
from tests.bench.profiles import bodies

_WARM_UP = 3
_ORDER_FEN = 5800
_ORDER = Order(amount=Money(_ORDER_FEN))


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
    sent = bodies(code, user_id, now)
    samples = [_sample(sent, now, number) for number in range(_WARM_UP + count)]
    return samples[_WARM_UP:]


def _sample(sent: list[bytes], now: datetime, number: int) -> dict[str, float]:
    watch, store = Stopwatch(), Store(STORES[0].code, str(STORES[0].number))
    watch.step("plain", lambda: [json.loads(body) for body in sent])
    info, who, cards = watch.step(
        "json", lambda: [read_answer("bench", 200, {}, body) for body in sent]
    )
    member, person, listed = watch.step(
        "decode",
        lambda: (member_info.decode(info), identity.decode(who), gift_cards.decode(cards)),
    )
    profile = watch.step(
        "join", lambda: join(member.value, person.value, listed.value, unit=MinSpendUnit.AUTO)
    )
    assessment = watch.step("evaluate", lambda: assess(profile, store, _ORDER, now))
    standings = stand_all(profile, store, now)  # which the window keeps while nothing changes
    typed = Order(amount=Money(_ORDER_FEN + 1 + number))
    watch.step("typed", lambda: assess(profile, store, typed, now, standings))
    watch.times["coupons"] = len(assessment.coupons)
    beat()
    return watch.times


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
