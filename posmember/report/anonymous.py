"""The documented JSON without the person: verdicts for programs, and nobody's data."""

from __future__ import annotations

from typing import Any, cast

from posmember.domain.profile import Profile
from posmember.report.discreet import Discreet
from posmember.report.member import Json

_OF_STORED_VALUE = ("principal", "bonus", "total", "lifetime_principal", "lifetime_bonus")


def without_person(answer: Json, profile: Profile) -> Json:
    """The same document, with the same keys, of which nobody can be known.

    What remains: the query without its identifier, the state of each section, the level, points and
    what they may pay, whether the account is frozen or has a password; of coupons, gift cards and
    benefit cards the name, value, dates and verdict with its reasons; the suggestion's title and
    saving. What goes: name, phone, gender, ids, card numbers, redemption codes, labels, stored
    value, request ids, and every text of the platform's that stands only to be read. A name or
    title is left without what in it is the person's own, or a long number.

    Args:
        answer: of `to_json`, without rules explained. profile: whose it is.
    """
    told, discreet = cast(dict[str, Any], answer), Discreet(profile)
    return {
        **told,
        "query": {**told["query"], "identifier": ""},
        "sections": {name: _section(section) for name, section in told["sections"].items()},
        "member": _member(told["member"], discreet),
        "balances": _balances(told["balances"]),
        "coupons": [
            _asset(each, discreet, "title", "redemption_code", "coupon_id")
            for each in told["coupons"]
        ],
        "gift_cards": [
            _asset(each, discreet, "name", "card_number") for each in told["gift_cards"]
        ],
        "suggestion": _suggestion(told["suggestion"], discreet),
        "warnings": [{"code": "PROGRAMS_MASKED"}, *told["warnings"]],
    }


def _section(section: dict[str, Any]) -> Json:
    error = section["error"]
    if error is not None:
        error = {**error, "message": None, "request_id": None}
    return {**section, "error": error}


def _member(member: dict[str, Any] | None, discreet: Discreet) -> Json | None:
    if member is None:
        return None
    cards = member["benefit_cards"]
    return {
        **member,
        "id": None,
        "name": "",
        "mobile": "",
        "gender": "unknown",
        "tier": {**member["tier"], "name": discreet.text(member["tier"]["name"])},
        "card": {"number": "", "name": discreet.text(member["card"]["name"])},
        "enterprise": None,
        "reasons": [_reason(reason) for reason in member["reasons"]],
        "labels": [],
        "benefit_cards": [_asset(each, discreet, "name", "id") for each in cards],
    }


def _balances(balances: dict[str, Any] | None) -> Json | None:
    return None if balances is None else {**balances, **dict.fromkeys(_OF_STORED_VALUE)}


def _asset(asset: dict[str, Any], discreet: Discreet, title: str, *codes: str) -> Json:
    reasons = [_reason(reason) for reason in asset["reasons"]]
    said = {title: discreet.text(asset[title])}
    return {**asset, **said, **dict.fromkeys(codes, ""), "reasons": reasons}


def _reason(reason: dict[str, Any]) -> Json:
    return {**reason, "raw": None}


def _suggestion(suggestion: dict[str, Any] | None, discreet: Discreet) -> Json | None:
    if suggestion is None:
        return None
    beside = suggestion["beside"]
    return {
        **_named(suggestion, discreet),
        "beside": None if beside is None else _named(beside, discreet),
    }


def _named(coupon: dict[str, Any], discreet: Discreet) -> Json:
    return {**coupon, "title": discreet.text(coupon["title"]), "redemption_code": ""}
