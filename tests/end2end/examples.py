"""What misled a cashier before the rules' second edition, and what the program says of it now.

``python -m tests.end2end.examples`` prints each with what `posmember lookup --explain` says.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from posmember.sandbox.server import RunningSandbox
from tests.end2end.program import Till, write_config

USABLE, CHECK, NOT_USABLE = "● 可用", "▲ 需确认", "○ 不可用"
_OF_MEMBER: Final = ("积分", "      (NEEDS_PASSWORD")
_ASSET: Final = (USABLE, CHECK, NOT_USABLE)


@dataclass(frozen=True)
class Example:
    """One asset of one of the sandbox's members.

    Args:
        number: of the twelve. what: what it shows. arguments: of `posmember lookup`.
        title: the coupon's or card's. verdict: what the rules say of it.
        codes: the reasons, and the notices in brackets.
        suggested: the coupon that is suggested, "" for none; None where that is not the point.
    """

    number: int
    what: str
    arguments: tuple[str, ...]
    title: str
    verdict: str
    codes: tuple[str, ...] = ()
    suggested: str | None = None


EXAMPLES: Final = (
    Example(
        1,
        "a threshold written as 30, its unit a guess, at 20 元",
        ("qm0000042", "--amount=20"),
        *("门槛写作30", CHECK, ("SPEND_UNIT_UNKNOWN", "(UNIT_ASSUMED)"), "门槛写作30"),
    ),
    Example(
        2,
        "one entry is disabled, the others are not",
        ("qm0000040", "--amount=58"),
        *("两条 一条已停用", CHECK, ("SOURCES_CONFLICT", "(SOURCES_DISAGREE)"), "两条 完全一样"),
    ),
    Example(
        3,
        "one code, locked in one entry and free in another",
        ("qm0000040", "--amount=58"),
        *("两条 一条已锁定", NOT_USABLE, ("LOCKED",)),
    ),
    Example(
        4,
        "not with other offers, saves 10, on an order with 12 off already",
        ("qm0000044", "--amount=58", "--discount=12"),
        *("不同享 10元券", CHECK, ("EXCLUSIVE_WITH_DISCOUNT", "(EXCLUSIVE)"), "满30减5"),
    ),
    Example(
        5,
        "amount 30, discount 10, threshold 30",
        ("qm0000044", "--amount=30", "--discount=10"),
        *("满30减5", CHECK, ("SPEND_BASIS_UNKNOWN",), "满30减5"),
    ),
    Example(
        6,
        "买3送1 with one item",
        ("qm0000045", "--amount=58", "--items=1"),
        *("买3送1", NOT_USABLE, ("MIN_ITEMS_NOT_MET",)),
    ),
    Example(
        7,
        "one a day, and one of the same template is used",
        ("qm0000045", "--amount=58", "--items=3"),
        "每天1张 未用的",
        *(CHECK, ("DAILY_LIMIT_POSSIBLE", "(DAILY_LIMIT)"), "每天2张 未用的"),
    ),
    Example(
        8,
        "a coupon of 口碑",
        ("qm0000041", "--amount=58"),
        *("口碑 10元券", CHECK, ("OTHER_SYSTEM",), ""),
    ),
    Example(
        8,
        "a gift card of 非码",
        ("qm0000041", "--amount=58"),
        "非码 现金卡",
        CHECK,
        ("OTHER_SYSTEM",),
    ),
    Example(
        9,
        "2,980 元 more to save 10",
        ("qm0000047", "--amount=20"),
        *("满3000减10", NOT_USABLE, ("MIN_SPEND_NOT_MET",), ""),
    ),
    Example(
        10,
        "50 元 on an order of 12, where 12 元 saves as much",
        ("qm0000046", "--amount=12"),
        *("50元大额券", USABLE, (), "12元券"),
    ),
    Example(
        11,
        "a store whose number identity alone tells",
        ("qm0000001", "--amount=58", "--store=1002"),
        *("徐家汇店 开业20元券", USABLE, (), "徐家汇店 开业20元券"),
    ),
    Example(
        12,
        "a payment password, of a card that is blocked",
        ("qm0000048", "--amount=58"),
        *("未绑定 现金卡", NOT_USABLE, ("NOT_BOUND",)),
    ),
)


def lines_of(out: str, title: str) -> list[str]:
    """What the text says of one asset: its line, and the lines below it."""
    lines = iter(out.splitlines())
    found = [line for line in lines if f" {title}  " in line and line.startswith(_ASSET)]
    assert len(found) == 1, out
    return [*found, *_below(out.splitlines(), found[0])]


def _below(lines: list[str], first: str) -> Iterator[str]:
    for line in lines[lines.index(first) + 1 :]:
        if not line.startswith("      "):
            return
        yield line


def is_passed(line: str) -> bool:
    """Whether a line is about a rule that passed."""
    return "✓" in line


def suggestion_of(out: str) -> str:
    """The line of the suggestion, or ""."""
    return next((line for line in out.splitlines() if line.startswith("建议")), "")


def main() -> None:
    """Print every example."""
    with RunningSandbox() as served, tempfile.TemporaryDirectory() as folder:
        till = Till(write_config(Path(folder) / "config.toml", served.base_url))
        for example in EXAMPLES:
            out = till.run("lookup", *example.arguments, "--explain").out
            sys.stdout.write(f"{example.number}. {example.what}\n")
            sys.stdout.write(f"$ posmember lookup {' '.join(example.arguments)} --explain\n")
            said = [line for line in out.splitlines()[:4] if line.startswith(_OF_MEMBER)]
            said += [line for line in lines_of(out, example.title) if not is_passed(line)]
            said.append(suggestion_of(out) or "(no suggestion)")
            sys.stdout.writelines(f"{line}\n" for line in said)
            sys.stdout.write("\n")


if __name__ == "__main__":
    main()
