"""The JSON without a person, of every sample member: the same keys, and nobody in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from posmember.domain.profile import Profile
from posmember.report.anonymous import without_person
from posmember.sandbox.members.all import build_members
from posmember.sandbox.records import MemberRecord
from tests.end2end.conftest import Command
from tests.end2end.test_lookup_json import some_identifier

SHORTEST = 4
"""A shorter text, such as a code of the sandbox's that is "1", is in any document."""


def personal(report: dict[str, Any], member: MemberRecord) -> Iterator[str]:
    ids = member.ids
    yield from (ids.code, ids.mobile, ids.card_number, ids.wechat_openid, ids.wechat_unionid)
    yield from (report["member"]["name"], report["member"]["mobile"], report["member"]["id"] or "")
    yield report["query"]["identifier"]
    for coupon in report["coupons"]:
        yield from (coupon["redemption_code"], coupon["coupon_id"])
    yield from (card["card_number"] for card in report["gift_cards"])
    yield from (label["name"] for label in report["member"]["labels"])


def keys(value: object) -> object:
    """The shape of a document."""
    if isinstance(value, dict):
        return {key: keys(each) for key, each in value.items() if key not in ("labels", "warnings")}
    return [keys(each) for each in value] if isinstance(value, list) else None


@pytest.mark.parametrize("reveal", [True, False])
def test_nobody_is_in_it(command: Command, reveal: bool) -> None:
    seen = 0
    for member in build_members(datetime.now(UTC)):
        if len(member.coupons) > 100:
            continue
        options = ["--json", *(["--reveal"] if reveal else [])]
        found = command("lookup", some_identifier(member), *options)
        report = json.loads(found.out)
        if report["member"] is None:
            continue
        told = without_person(report, Profile())
        text = json.dumps(told, ensure_ascii=False)
        left = [each for each in personal(report, member) if len(each) >= SHORTEST and each in text]
        assert not left, member.user_id
        assert keys(told) == keys(report)
        seen += 1
    assert seen > 10
