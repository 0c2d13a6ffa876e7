"""The program against the second opinion, over many members drawn by a seed.

``python -m tests.fakes.opinion.compare --members 20000 --seed 1`` prints each kind of difference
once, with its smallest example, and the counts.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from tests.fakes.opinion.crowd import later_of, member_of, moment_of, where_of
from tests.fakes.opinion.helps import faults_of
from tests.fakes.opinion.order import Member, Where
from tests.fakes.opinion.order_of_lists import in_another_order, order_matters
from tests.fakes.opinion.page import Opinion, Page, opinion_of
from tests.fakes.opinion.program import program_answer
from tests.fakes.opinion.reading import Json
from tests.fakes.opinion.suggesting import suggestion_faults
from tests.fakes.opinion.table import FIXABLE_BY, PLACE

CONTEXTS_EACH = 3
SHOWN = {
    "coupon": ("estimated_saving", "value", "never_expires"),
    "gift_card": ("balance", "never_expires"),
    "benefit_card": ("never_expires",),
}


@dataclass(frozen=True)
class Difference:
    """One thing that the two do not agree in.

    Args:
        kind: what sort it is, to count by.
    """

    kind: str
    program: Any
    opinion: Any
    asset: str = ""


@dataclass
class Tally:
    """How much was compared, and what differed."""

    members: int = 0
    contexts: int = 0
    assets: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[Difference, Member, Where]] = field(default_factory=dict)

    def add(self, found: list[Difference], member: Member, where: Where) -> None:
        for each in found:
            self.kinds[each.kind] += 1
            before = self.examples.get(each.kind)
            if before is None or size(member) < size(before[1]):
                self.examples[each.kind] = each, member, where

    @property
    def differences(self) -> int:
        return sum(self.kinds.values())


def size(member: Member) -> int:
    return len(json.dumps([member.info, member.identity, member.cards], default=str))


def differences(member: Member, where: Where, tally: Tally | None = None) -> list[Difference]:
    """Everything in which the program and the second opinion differ."""
    answer, page = program_answer(member, where), opinion_of(member, where)
    found = [*_of_member(answer, page)]
    lists = (
        (answer["coupons"], page.coupons),
        (answer["gift_cards"], page.gift_cards),
        ((answer["member"] or {}).get("benefit_cards", []), page.benefit_cards),
    )
    for told, thought in lists:
        found += _of_list(told, thought)
        if tally is not None:
            tally.assets += len(thought)
            tally.verdicts.update(each.verdict for each in thought)
            tally.codes.update(reason["code"] for each in thought for reason in each.reasons)
    found += [
        Difference(f"suggestion: {kind}", answer["suggestion"], detail)
        for kind, detail in suggestion_faults(answer, page, where)
    ]
    return found


def _of_member(answer: Json, page: Page) -> Iterator[Difference]:
    told, thought = answer["balances"], page.balances
    for key in ("points", "principal", "bonus", "total", "points_payment"):
        if told[key] != thought[key]:
            yield Difference(f"balances.{key}", told[key], thought[key])
    differ = [each["fields"] for each in answer["warnings"] if each["code"] == "SOURCES_DISAGREE"]
    if sorted(differ[0] if differ else []) != thought["disagree"]:
        yield Difference("balances disagree", differ, thought["disagree"])
    if answer["of_member"] != sorted(page.of_member):
        yield Difference("said of the member", answer["of_member"], page.of_member)
    if (answer["member"] or {}).get("account") != page.account:
        yield Difference("account", answer["member"]["account"], page.account)


# --- assets --------------------------------------------------------------------------------------


def _of_list(told: list[Json], thought: list[Opinion]) -> Iterator[Difference]:
    ranks = [("usable", "check", "not_usable").index(each["verdict"]) for each in told]
    if ranks != sorted(ranks):
        yield Difference("order of verdicts", ranks, sorted(ranks))
    rest = list(told)
    for opinion in thought:
        mine = [each for each in rest if _is_same(each, opinion)]
        if not mine:
            if opinion.names or not opinion.doubtful:
                yield Difference("asset missing", [_name(each) for each in told], _of(opinion))
            continue
        best = mine[0]
        if len(mine) > 1:
            best = min(mine, key=lambda each: len(list(_of_asset(each, opinion))))
        rest.remove(best)
        yield from _of_asset(best, opinion)
    doubted = any(opinion.doubtful for opinion in thought)
    if rest and not doubted:
        yield Difference("asset too many", [_name(each) for each in rest], "")


def _is_same(told: Json, opinion: Opinion) -> bool:
    name = _name(told)
    if opinion.kind != "coupon":
        return name in opinion.names or (not name and not opinion.names)
    if name or opinion.names:
        return name in opinion.names
    return told["coupon_id"] in opinion.ids or not (told["coupon_id"] or opinion.ids)


def _name(told: Json) -> str:
    for key in ("redemption_code", "card_number", "id"):
        if key in told:
            return str(told[key] or "")
    raise AssertionError(told)


def _of(opinion: Opinion) -> str:
    return f"{opinion.kind} {sorted(opinion.names)} {sorted(opinion.ids)}"


def _of_asset(told: Json, opinion: Opinion) -> Iterator[Difference]:
    def differ(kind: str, program: Any, thought: Any) -> Difference:
        return Difference(f"{opinion.kind} {kind}", program, thought, _of(opinion))

    if opinion.doubtful:
        yield from _of_doubtful(told, opinion, differ)
        return
    if "EVERY_ENTRY_BLOCKS" in {each["code"] for each in opinion.reasons}:
        if told["verdict"] != "not_usable":
            yield differ("every entry blocks", told["reasons"], opinion.reasons)
        return
    if opinion.twice:
        yield from _of_twice(told, opinion, differ)
        return
    ours, theirs = _codes(told["reasons"]), _codes(opinion.reasons)
    if told["verdict"] != opinion.verdict:
        kind = f"verdict {told['verdict']} for {opinion.verdict}: {sorted(set(ours) ^ set(theirs))}"
        yield differ(kind, told["reasons"], opinion.reasons)
    elif ours != theirs:
        more, less = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
        yield differ(f"reasons: too many {more}, too few {less}", told["reasons"], opinion.reasons)
    else:
        yield from _of_params(told["reasons"], opinion, differ)
    if _notices(told) != (thought := sorted(map(_plain, opinion.notices))):
        differing = {*_notices(told)} ^ {*thought}
        names = sorted({json.loads(each)["code"] for each in differing})
        yield differ(f"notices {names}", _notices(told), thought)
    at = opinion.next_usable_at and opinion.next_usable_at.isoformat()
    if told["next_usable_at"] != at:
        yield differ("next_usable_at", told["next_usable_at"], at)
    for key in SHOWN[opinion.kind]:
        if key in told and (told[key] or "0.00") != (opinion.shown.get(key) or "0.00"):
            yield differ(key, told[key], opinion.shown.get(key))
    if opinion.sources and told["sources"] != opinion.sources:
        yield differ("sources", told["sources"], opinion.sources)
    if told["verdict"] == opinion.verdict:
        for fault in faults_of(told["helps"], opinion):
            yield differ(f"helps: {_sort_of(fault)}", told["helps"], fault)


def _of_twice(told: Json, opinion: Opinion, differ: Any) -> Iterator[Difference]:
    """Of one that a list has twice: what one row leaves out may count as not known.

    But what rows 2 and 3 say in any of them blocks, and nothing is better than it may be.
    """
    ours, theirs = (
        {each["code"] for each in reasons} for reasons in (told["reasons"], opinion.reasons)
    )
    if (ours ^ theirs) & {"USED", "LOCKED"}:
        yield differ(f"twice: {sorted((ours ^ theirs) & {'USED', 'LOCKED'})}", ours, theirs)
    if told["verdict"] != opinion.verdict and (
        told["verdict"] != "check" or theirs & {"USED", "LOCKED"}
    ):
        yield differ(
            f"twice: {told['verdict']} for {opinion.verdict}", told["reasons"], opinion.reasons
        )


def _of_doubtful(told: Json, opinion: Opinion, differ: Any) -> Iterator[Difference]:
    """Who its twin is cannot be told: never green, and locked where any that may be it is."""
    if not opinion.across:
        return
    if told["verdict"] == "usable":
        yield differ("doubtful and green", told["reasons"], opinion.reasons)
    locked = "LOCKED" in {each["code"] for each in opinion.reasons}
    if locked and "member_info" in opinion.sources and "LOCKED" not in str(told["reasons"]):
        yield differ("doubtful and not locked", told["reasons"], opinion.reasons)


def _sort_of(fault: str) -> str:
    return fault.partition(", but")[0] if "{" in fault else fault


def _codes(reasons: list[Json]) -> list[str]:
    """Each code, and of VALUE_UNKNOWN its field."""
    return sorted(f"{each['code']} {each['params'].get('field', '')}".strip() for each in reasons)


def _of_params(told: list[Json], opinion: Opinion, differ: Any) -> Iterator[Difference]:
    places = [PLACE[each["code"]] for each in told]
    if places != sorted(places):
        yield differ("order of reasons", told, opinion.reasons)
    ours, theirs = (sorted(each, key=_key) for each in (told, opinion.reasons))
    for one, other in zip(ours, theirs, strict=True):
        if one["code"] == "SOURCES_CONFLICT":
            if not {*other["params"]["fields"]} <= {*one["params"]["fields"]}:
                yield differ("fields of a conflict", one["params"], other["params"])
        elif _params(one) != _params(other):
            yield differ(f"params of {one['code']}", one["params"], other["params"])
        if one["fixable_by"] != FIXABLE_BY[one["code"]]:
            yield differ(f"fixable_by of {one['code']}", one["fixable_by"], other["fixable_by"])
        if _raw(one["raw"]) != _raw(other["raw"]):
            yield differ(f"raw of {one['code']}", one["raw"], other["raw"])


def _key(reason: Json) -> str:
    return f"{reason['code']} {reason['params'].get('field')} {reason['params'].get('system')}"


def _params(reason: Json) -> Json:
    """Lists whose order says nothing as sorted ones; windows as what they hold."""
    params = dict(reason["params"])
    for key in ("windows", "allowed", "weekdays"):
        if key in params:
            params[key] = sorted(params[key])
    if "text" in params:
        params["text"] = _raw(params["text"])
    if reason["code"] == "EXCLUSIVE_WITH_DISCOUNT":
        params["saving"] = params["saving"] or "0.00"
    if "windows" in params:
        params["windows"] = sorted({_hours(each) for each in params["windows"]})
    return params


def _hours(window: str) -> str:
    parts = [part.strip() for part in window.split("-")]
    begin, end = (part if part.count(":") == 2 else f"{part}:00" for part in parts)
    midnight = {"23:59:00", "23:59:59", "00:00:00", "24:00:00"}
    return f"{begin.zfill(8)}-{'24:00:00' if end.zfill(8) in midnight else end.zfill(8)}"


def _raw(raw: str | None) -> Any:
    """What the platform's text says, where it is JSON: blanks in it say nothing."""
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        return raw[:60]


def _plain(notice: Json) -> str:
    params = dict(notice["params"])
    if "fields" in params:
        params["fields"] = sorted(params["fields"])
    return json.dumps({"code": notice["code"], "params": params}, sort_keys=True)


def _notices(told: Json) -> list[str]:
    return sorted(map(_plain, told["notices"]))


# --- many ----------------------------------------------------------------------------------------


def compare(members: int, seed: int) -> Tally:
    """Draw members, each looked at in three situations, and compare everything of them."""
    tally = Tally()
    for number in range(members):
        draw = Random(f"{seed}/{number}")
        now = moment_of(draw)
        member = member_of(draw, now)
        tally.members += 1
        for place in range(CONTEXTS_EACH):
            where = where_of(draw, now if place == 0 else later_of(draw, now))
            tally.contexts += 1
            found = differences(member, where, tally)
            if place == 0:
                turned = in_another_order(member, draw)
                kinds = order_matters(member, turned, where)
                found += [Difference(f"order of lists: {kind}", turned, kind) for kind in kinds]
            tally.add(found, member, where)
    return tally


def smallest(kind: str, member: Member, where: Where) -> Member:
    """The member without anything that this difference does not need."""

    def shows(smaller: Member) -> bool:
        try:
            return any(each.kind == kind for each in differences(smaller, where))
        except Exception:  # noqa: BLE001 - a smaller member may not be one at all
            return False

    shrunk = True
    while shrunk:
        shrunk = False
        for candidate in _without_something(member):
            if shows(candidate):
                member, shrunk = candidate, True
                break
    return member


def _without_something(member: Member) -> Iterator[Member]:
    for rows in _less(member.cards):
        yield replace(member, cards=rows)
    for data in _less(member.info):
        yield replace(member, info=data)
    for data in _less(member.identity):
        yield replace(member, identity=data)


def _less(value: Any) -> Iterator[Any]:
    """The value with one row or one key fewer, anywhere in it."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield value[:index] + value[index + 1 :]
            yield from ([*value[:index], each, *value[index + 1 :]] for each in _less(item))
    if isinstance(value, dict):
        for key, item in value.items():
            yield {name: each for name, each in value.items() if name != key}
            yield from ({**value, key: each} for each in _less(item))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", type=int, default=15, help="how many kinds to show")
    parser.add_argument("--only", default="", help="only kinds that match this")
    parser.add_argument("--brief", action="store_true", help="the kinds alone")
    parser.add_argument("--shrink", action="store_true", help="make each example small")
    args = parser.parse_args()
    tally = compare(args.members, args.seed)
    out = sys.stdout.write
    for kind, count in tally.kinds.most_common():
        if not re.search(args.only, kind):
            continue
        if args.brief:
            out(f"{count:6} {kind}\n")
            continue
        args.kinds -= 1
        if args.kinds < 0:
            break
        each, member, where = tally.examples[kind]
        member = smallest(kind, member, where) if args.shrink else member
        each = next((d for d in differences(member, where) if d.kind == kind), each)
        out(f"\n{count} x {kind}\n  {each.asset}\n  program: {each.program}\n")
        out(f"  opinion: {each.opinion}\n  where: {where}\n")
        out(f"  info: {json.dumps(member.info, ensure_ascii=False)}\n")
        out(f"  identity: {json.dumps(member.identity, ensure_ascii=False)}\n")
        out(f"  cards: {json.dumps(member.cards, ensure_ascii=False)}\n")
    out(f"\nverdicts: {dict(tally.verdicts)}\nreasons: {dict(tally.codes.most_common())}\n")
    out(f"{tally.members} members, {tally.contexts} contexts, {tally.assets} assets: ")
    out(f"{tally.differences} differences of {len(tally.kinds)} kinds\n")
    return 1 if tally.kinds else 0


if __name__ == "__main__":
    sys.exit(main())
