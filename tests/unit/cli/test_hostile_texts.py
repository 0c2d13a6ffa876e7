"""What the platform writes cannot forge a line of the command's, nor steer a terminal."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from posmember.cli.lines import say, say_json
from posmember.cli.text import to_lines
from posmember.domain.context import Order, Store
from posmember.domain.joining.join import join
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.rules.assess import assess
from posmember.domain.values import CHINA
from posmember.lookup.sections import Loaded, Section
from posmember.report.member import Report, to_json
from tests.fakes.hostile import HOSTILE, hostile, unseen

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
SECTIONS = {
    Section.MEMBER: "member_info",
    Section.IDENTITY: "identity",
    Section.GIFT_CARDS: "gift_cards",
}


def report(*, everything: bool) -> Report:
    decoded = {section: hostile(name, everything=everything) for section, name in SECTIONS.items()}
    answers: list[Any] = [one.value for one in decoded.values()]
    profile, store = join(*answers, unit=MinSpendUnit.AUTO), Store(f"1001{HOSTILE}")
    return Report(
        identifier=f"qm1{HOSTILE}",
        kind="auto",
        store=store,
        order=Order(),
        at=NOW,
        sections={
            section: Loaded(one.value, 5, NOW, one.unreadable) for section, one in decoded.items()
        },
        profile=profile,
        assessment=assess(profile, store, Order(), NOW),
        clear_text=True,
        offset_s=720,
        reveal=True,
        explained=True,
    )


@pytest.mark.parametrize("everything", [False, True])
def test_text(everything: bool, capsys: pytest.CaptureFixture[str]) -> None:
    told = report(everything=everything)
    lines = list(to_lines(told))
    say(*lines)
    out = capsys.readouterr().out
    assert out.count("\n") == len(lines)
    assert not unseen(out.replace("\n", ""))
    verdicts = [line for line in out.splitlines() if line.startswith(("●", "▲", "○"))]
    assets = told.assessment
    assert len(verdicts) == len(assets.coupons) + len(assets.gift_cards) + len(assets.benefit_cards)


@pytest.mark.parametrize("everything", [False, True])
def test_json(everything: bool, capsys: pytest.CaptureFixture[str]) -> None:
    told = to_json(report(everything=everything))
    say_json(told)
    out = capsys.readouterr().out
    assert not unseen(out.replace("\n", ""))
    assert json.loads(out) == json.loads(json.dumps(told))


def test_what_could_not_be_read_is_told_letter_by_letter() -> None:
    told = json.dumps(to_json(report(everything=True)), ensure_ascii=False)
    assert json.dumps("\x1b[2J\u202e", ensure_ascii=False)[1:-7] in told
    assert "\u202e" in told


def test_codes_are_what_the_customer_reads() -> None:
    told: Any = to_json(report(everything=True))
    codes = [told["member"]["id"], told["member"]["mobile"], told["member"]["card"]["number"]]
    codes += [coupon["redemption_code"] for coupon in told["coupons"]]
    codes += [card["card_number"] for card in told["gift_cards"]]
    assert not [code for code in codes if code and unseen(code)]
