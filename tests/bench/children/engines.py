"""Judges the large member's assets with the program's rules and with general rule engines.

Runs with the developers' interpreter, as no till installs an engine.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from posmember.domain.context import Context, Order, Store
from posmember.domain.money import Money
from posmember.domain.profile import Profile
from posmember.domain.rules.assess import context_of
from posmember.domain.rules.eligibility import (
    evaluate,
    evaluate_each,
    evaluate_for_order,
    stand,
    stand_each,
)
from posmember.domain.values import CHINA
from posmember.sandbox.account import STORES
from posmember.sandbox.members.all import build_members
from tests.bench.children.report import beat
from tests.bench.engine_rules.agreement import DisagreementError, agreed_codes, contexts
from tests.bench.engine_rules.contestants import Contestant, contestants
from tests.bench.engine_rules.facts import facts_of
from tests.bench.members import LARGE, VARIED
from tests.bench.profiles import profile

_OURS = "posmember"
_WARM_UP = 1
Work = Callable[[], list[Any]]
Turn = tuple[str, Work]
_LEAST_FEN, _STEP_FEN = 3000, 150


def main(count: int) -> dict[str, Any]:
    now = datetime.now(CHINA)
    engines = contestants()
    large = profile(LARGE.code, LARGE.user_id, now)
    codes = _checked(engines, large, now)
    samples = [_sample(engines, large, now, number) for number in range(_WARM_UP + count)]
    return {
        "codes": len(codes),
        "scenes": {
            scene: {name: [sample[scene][name] for sample in samples[_WARM_UP:]] for name in times}
            for scene, times in samples[0].items()
        },
    }


def _checked(engines: tuple[Contestant, ...], large: Profile, now: datetime) -> frozenset[str]:
    """Every asset of every member has to get the same codes; those of the large one once."""
    small = [
        profile(member.ids.code, str(member.user_id), now)
        for member in build_members(now)
        if member.user is not None
        and member.ids.by_code
        and member.ids.code not in ("", LARGE.code, VARIED.code)
    ]
    met = agreed_codes(engines, (*large.coupons, *large.gift_cards), _context(large, now, 0))
    for member in small:
        beat()
        for context in contexts(_context(member, now, 0)):
            met |= agreed_codes(engines, (*member.coupons, *member.gift_cards), context)
    return met


def _context(profile: Profile, now: datetime, number: int) -> Context:
    """The order of a sample: another amount each time, so that nobody can know the answers."""
    order = Order(amount=Money(_LEAST_FEN + number * _STEP_FEN))
    return context_of(profile, Store(STORES[0].code, str(STORES[0].number)), order, now)


def _sample(
    engines: tuple[Contestant, ...], member: Profile, now: datetime, number: int
) -> dict[str, dict[str, float]]:
    """One turn of everybody in both scenes, beginning with another one each time."""
    context = _context(member, now, number)
    scenes = {
        "from nothing": [
            (_OURS, _ours(member, context)),
            *((engine.name, _engine(engine, member, context)) for engine in engines),
        ],
        "another amount": [
            (_OURS, _ours_prepared(member, context)),
            *((engine.name, _engine_prepared(engine, member, context)) for engine in engines),
        ],
    }
    return {scene: _timed(turns, number) for scene, turns in scenes.items()}


def _timed(turns: list[Turn], number: int) -> dict[str, float]:
    """Everybody's milliseconds.

    Raises:
        DisagreementError: an engine gave other codes than the program.
    """
    first = number % len(turns)
    times, answers = {}, {}
    for name, work in turns[first:] + turns[:first]:
        started_at = time.perf_counter()
        answers[name] = work()
        times[name] = (time.perf_counter() - started_at) * 1000
    ours = [[reason.code.value for reason in answer.reasons] for answer in answers.pop(_OURS)]
    if wrong := [name for name, theirs in answers.items() if theirs != ours]:
        raise DisagreementError(", ".join(wrong))
    beat()
    return {name: times[name] for name, _ in turns}


def _ours(member: Profile, context: Context) -> Work:
    """As when a member arrives: what is alike stands together; the order is asked of each."""

    def work() -> list[Any]:
        standings = stand_each(member.coupons, context)
        coupons = [
            evaluate_for_order(coupon, context, standing)
            for coupon, standing in zip(member.coupons, standings, strict=True)
        ]
        return coupons + evaluate_each(member.gift_cards, context)

    return work


def _ours_prepared(member: Profile, context: Context) -> Work:
    """As the window does it at each key of an amount: only what looks at the order is asked."""
    pairs = [(coupon, stand(coupon, context)) for coupon in member.coupons]
    cards = [evaluate(card, context) for card in member.gift_cards]
    return lambda: [evaluate_for_order(coupon, context, known) for coupon, known in pairs] + cards


def _engine(engine: Contestant, member: Profile, context: Context) -> Work:
    def work() -> list[list[str]]:
        coupons = [engine.prepare(facts_of(coupon, context)) for coupon in member.coupons]
        cards = [engine.prepare(facts_of(card, context)) for card in member.gift_cards]
        return engine.codes(coupons, cards)

    return work


def _engine_prepared(engine: Contestant, member: Profile, context: Context) -> Work:
    """With all facts laid out beforehand, the new amount among them."""
    coupons = [engine.prepare(facts_of(coupon, context)) for coupon in member.coupons]
    cards = [engine.prepare(facts_of(card, context)) for card in member.gift_cards]
    return lambda: engine.codes(coupons, cards)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
