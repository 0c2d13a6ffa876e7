"""What every start of the window pays for being the only one."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from typing import Any

import pytest

from posmember import app
from posmember.cli import first, parser, window
from posmember.cli.exits import WrongUseError
from posmember.domain.context import OrderType
from posmember.domain.identifier import IdentifierKind
from posmember.domain.money import Money
from posmember.link.requests import Handed
from posmember.ui.beside.instance.claim import Instance
from tests.end2end.program import LIMIT_S, SOURCE

CODE = """
import sys
from posmember.cli.first import first_or_done
found = first_or_done(None)
assert found.claim.is_held
found.claim.release()
heavy = ("asyncio", "dataclasses", "json", "PySide6.QtGui", "PySide6.QtNetwork",
         "posmember.domain", "posmember.report", "posmember.scanning", "socket", "subprocess")
print(*(name for name in heavy if name in sys.modules))
"""


def test_it_is_light() -> None:
    # Measuring coverage would import some of them itself.
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE],
        cwd=SOURCE, env=plain, capture_output=True, encoding="utf-8", timeout=LIMIT_S, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the window was started with, instead of a window."""
    found: list[dict[str, Any]] = []

    def run(_load: object, **how: Any) -> int:
        found.append(how)
        return 0

    monkeypatch.setattr(app, "run", run)
    return found


def handed(started: list[dict[str, Any]]) -> Handed | None:
    instance = started[0]["instance"]
    assert isinstance(instance, Instance)
    assert not instance.claim.is_held, "it is given up with the window"
    return instance.handed


def test_options_need_no_command(started: list[dict[str, Any]]) -> None:
    order = ["--order-type=pay_bill", "--amount=1,280", "--discount", "1.5", "--items=2", "--quiet"]
    assert parser.run(["--code", "VIP880001", "--type=card_number", *order]) == 0
    assert handed(started) == Handed(
        "VIP880001",
        IdentifierKind.CARD_NUMBER,
        OrderType.PAY_BILL,
        Money(128_000),
        Money(150),
        2,
        quiet=True,
    )
    assert started[0]["instance"].is_quiet


def test_without_any_there_is_nothing_to_hand_on(started: list[dict[str, Any]]) -> None:
    assert window.open_window() == 0
    assert handed(started) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["--code=134567890123456789"],
        ["--code="],
        ["--amount=5x"],
        ["--items=1.5"],
        ["--order-type=x"],
        ["--type=account"],
        ["--quiet=1"],
    ],
    ids=" ".join,
)
def test_wrong_options_before_anything(
    started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    def never(_handed: object) -> int:
        raise AssertionError

    monkeypatch.setattr(first, "first_or_done", never)
    try:
        code = parser.run(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    assert code == 2
    assert not started


def test_a_second_one_here_is_told(started: list[dict[str, Any]]) -> None:
    """Somebody has the place and does not answer: no second window, after a short wait."""
    found = first.first_or_done(None)
    assert isinstance(found, Instance)
    assert found.claim.since_s() < first._START_S
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(first, "_START_S", 0.0)
        patch.setattr(first, "_WAIT_S", 0.1)
        assert window.open_window(None, Handed(quiet=True)) == 6
    found.claim.release()
    assert not started
    with pytest.raises(WrongUseError):
        window.run(argparse.Namespace(**{**vars(BLANK), "code": "134567890123456789"}))


BLANK = argparse.Namespace(
    language=None, code=None, type="auto", order_type=None, amount=None, discount=None, items=None,
    quiet=True,
)  # fmt: skip
