"""The documented JSON without the person: verdicts for programs, and nobody's data."""

from __future__ import annotations

from typing import Any, cast

from posmember.report.member import Json

_OF_STORED_VALUE = ("principal", "bonus", "total", "lifetime_principal", "lifetime_bonus")


def without_person(answer: Json) -> Json:
    """The same document, with the same keys, of which nobody can be known.

    What remains: the query without its identifier, the state of each section, the level, points and
    what they may pay, whether the account is frozen or has a password; of coupons, gift cards and
    benefit cards the name, value, dates and verdict with its reasons; the suggestion's title and
    saving. What goes: name, phone, gender, ids, card numbers, redemption codes, labels, stored
    value, request ids, and every text of the platform's that stands only to be read.

    Args:
        answer: of `to_json`, without rules explained.
    """
    told = cast(dict[str, Any], answer)
    return {
        **told,
        "query": {**told["query"], "identifier": ""},
        "sections": {name: _section(section) for name, section in told["sections"].items()},
        "member": _member(told["member"]),
        "balances": _balances(told["balances"]),
        "coupons": [_asset(each, "redemption_code", "coupon_id") for each in told["coupons"]],
        "gift_cards": [_asset(each, "card_number") for each in told["gift_cards"]],
        "suggestion": _suggestion(told["suggestion"]),
        "warnings": [{"code": "PROGRAMS_MASKED"}, *told["warnings"]],
    }


def _section(section: dict[str, Any]) -> Json:
    error = section["error"]
    if error is not None:
        error = {**error, "message": None, "request_id": None}
    return {**section, "error": error}


def _member(member: dict[str, Any] | None) -> Json | None:
    if member is None:
        return None
    return {
        **member,
        "id": None,
        "name": "",
        "mobile": "",
        "gender": "unknown",
        "card": {**member["card"], "number": ""},
        "enterprise": None,
        "reasons": [_reason(reason) for reason in member["reasons"]],
        "labels": [],
        "benefit_cards": [_asset(each, "id") for each in member["benefit_cards"]],
    }


def _balances(balances: dict[str, Any] | None) -> Json | None:
    return None if balances is None else {**balances, **dict.fromkeys(_OF_STORED_VALUE)}


def _asset(asset: dict[str, Any], *codes: str) -> Json:
    reasons = [_reason(reason) for reason in asset["reasons"]]
    return {**asset, **dict.fromkeys(codes, ""), "reasons": reasons}


def _reason(reason: dict[str, Any]) -> Json:
    return {**reason, "raw": None}


def _suggestion(suggestion: dict[str, Any] | None) -> Json | None:
    if suggestion is None:
        return None
    beside = suggestion["beside"]
    return {
        **suggestion,
        "redemption_code": "",
        "beside": None if beside is None else {**beside, "redemption_code": ""},
    }
