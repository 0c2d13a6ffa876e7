"""The same rules for three general engines, each in the ways that its users would take.

Everything is compiled once, before anything is timed. Of the ways that were tried, the fastest of
each engine is here, and those that its own documents show:

- zen-engine: one compiled expression that gives all codes, asked with a dict or with JSON text;
  and a decision with an expression node. A decision table with the hit policy "collect", a batch
  of decisions, and one expression that maps over all assets at once were slower than the first.
- rule-engine: one compiled `Rule` a row. A typed context, facts that are Decimal beforehand and
  one rule that gives all codes were not faster.
- json-logic-qubit: one expression a row. One that gives all codes was slower.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import rule_engine
import zen
from json_logic import jsonLogic

from tests.bench.engine_rules.facts import Facts
from tests.bench.engine_rules.rows import CARD_ROWS, COUPON_ROWS, Row

Codes = list[str]
Judge = Callable[[Any], Codes]
"""From the facts of one asset, as `Contestant.prepare` gives them, to the codes of its reasons."""


def _as_they_are(facts: Facts) -> Facts:
    return facts


@dataclass(frozen=True, slots=True)
class Contestant:
    """One engine, used in one way.

    Args:
        prepare: what it takes for facts; outside of what is timed.
    """

    name: str
    coupon: Judge
    card: Judge
    prepare: Callable[[Facts], Any] = _as_they_are

    def codes(self, coupons: Sequence[Any], cards: Sequence[Any]) -> list[Codes]:
        """Judge prepared facts: the codes of every coupon, then of every card."""
        coupon, card = self.coupon, self.card
        return [coupon(facts) for facts in coupons] + [card(facts) for facts in cards]


def contestants() -> tuple[Contestant, ...]:
    """Every contestant, its rules compiled."""
    coupon, card = _zen_expression(COUPON_ROWS), _zen_expression(CARD_ROWS)
    return (
        Contestant("zen-engine, compiled expression on a dict", coupon, card),
        Contestant("zen-engine, compiled expression on JSON text", coupon, card, json.dumps),
        Contestant(
            "zen-engine, decision on a dict", _zen_decision(COUPON_ROWS), _zen_decision(CARD_ROWS)
        ),
        Contestant("rule-engine", _rule_engine(COUPON_ROWS), _rule_engine(CARD_ROWS)),
        Contestant("json-logic-qubit", _json_logic(COUPON_ROWS), _json_logic(CARD_ROWS)),
    )


def _zen_text(rows: Sequence[Row]) -> str:
    choices = ", ".join(f"({condition}) ? '{code}' : null" for code, condition in rows)
    return f"filter([{choices}], # != null)"


def _zen_expression(rows: Sequence[Row]) -> Judge:
    judge: Judge = zen.compile_expression(_zen_text(rows)).evaluate
    return judge


def _zen_decision(rows: Sequence[Row]) -> Judge:
    expressions = [{"id": "codes", "key": "codes", "value": _zen_text(rows)}]
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("facts", "inputNode", {}),
        ("rules", "expressionNode", {"expressions": expressions}),
        ("reasons", "outputNode", {}),
    )
    graph = {
        "nodes": [
            {
                "id": name,
                "name": name,
                "type": kind,
                "content": content,
                "position": {"x": 0, "y": 0},
            }
            for name, kind, content in steps
        ],
        "edges": [
            {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
            for source, target in (("facts", "rules"), ("rules", "reasons"))
        ],
    }
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(graph)))

    def judge(facts: Facts) -> Codes:
        codes: Codes = decision.evaluate(facts)["result"]["codes"]
        return codes

    return judge


def _rule_engine(rows: Sequence[Row]) -> Judge:
    context = rule_engine.Context(resolver=rule_engine.resolve_item)
    rules = [(code, rule_engine.Rule(condition, context).matches) for code, condition in rows]

    def judge(facts: Facts) -> Codes:
        return [code for code, matches in rules if matches(facts)]

    return judge


def _json_logic(rows: Sequence[Row]) -> Judge:
    rules = [(code, json_logic_of(condition)) for code, condition in rows]

    def judge(facts: Facts) -> Codes:
        return [code for code, rule in rules if jsonLogic(rule, facts)]

    return judge


_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
}


def json_logic_of(condition: str) -> Any:
    """A condition of `rows` as JsonLogic.

    Raises:
        ValueError: it holds something that the conditions do not use.
    """
    return _translated(ast.parse(condition, mode="eval").body)


def _translated(node: ast.expr) -> Any:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return {"and": [_translated(value) for value in values]}
        case ast.BoolOp(op=ast.Or(), values=values):
            return {"or": [_translated(value) for value in values]}
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return {"!": [_translated(operand)]}
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return -number
        case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[right]):
            return {"!": [{"in": [_translated(left), _translated(right)]}]}
        case ast.Compare(left=left, ops=[comparison], comparators=[right]):
            return {_COMPARISONS[type(comparison)]: [_translated(left), _translated(right)]}
        case ast.List(elts=elements):
            return [_translated(element) for element in elements]
        case ast.Name(id=name):
            return {"var": [name]}
        case ast.Constant(value=value):
            return value
        case _:
            raise ValueError(f"not translated: {ast.dump(node)}")
