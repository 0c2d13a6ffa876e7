"""Process start to ready to scan, against a blank PySide6 window."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES
from tests.bench.children.report import moment_ns
from tests.bench.harness import Bench, Row, sandbox
from tests.bench.members import USUAL

_BOUND = 1.45
_WARM_UP = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A start of each side, one right after the other."""

    blank: Process
    till: Process


@dataclass(frozen=True, slots=True)
class Process:
    """One process: when it was started, and what it told of itself."""

    started_ns: int
    told: Mapping[str, Any]

    def ms_to(self, moment: str) -> float:
        return (int(self.told[moment]) - self.started_ns) / 1e6

    def mb(self, kind: str) -> float:
        return float(self.told["memory"][kind])


def measure_start(bench: Bench) -> list[Row]:
    """Process start to painted and ready to scan."""
    pairs = start_pairs(bench, bench.size(20, 5))
    till = [pair.till for pair in pairs]

    def row(what: str, samples: list[float]) -> Row:
        return Row("start", what, tuple(samples))

    ratios = [pair.till.ms_to("ready") / pair.blank.ms_to("ready") for pair in pairs]
    return [
        Row("start", "ready to scan, against a blank window", tuple(ratios), "×", _BOUND),
        row("  blank window with a line edit", [pair.blank.ms_to("ready") for pair in pairs]),
        row("  posmember: painted and ready to scan", [one.ms_to("ready") for one in till]),
        row("  … and able to ask the platform", [one.ms_to("connected") for one in till]),
        row("  … and a member scanned at once painted", [one.ms_to("answered") for one in till]),
    ]


def start_pairs(bench: Bench, count: int) -> list[Pair]:
    """Start both sides in turn; the first ones, which fill the caches, are dropped."""
    with sandbox() as base_url, tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "config.toml"
        configuration.write_text(_configuration(base_url), encoding="utf-8")
        settings = {"POSMEMBER_CONFIG": str(configuration), "POSMEMBER_OPEN_KEY": OPEN_KEY}
        configured = replace(bench, environment={**bench.environment, **settings})
        pairs = [
            Pair(_start(configured, "blank"), _start(configured, "start"))
            for _ in range(_WARM_UP + count)
        ]
    return pairs[_WARM_UP:]


def _start(bench: Bench, module: str) -> Process:
    started_ns = moment_ns()
    return Process(started_ns, bench.child(module, USUAL.code))


def _configuration(base_url: str) -> str:
    store = STORES[0]
    return f"""
[platform]
open_id = "{OPEN_ID}"
grant_code = "{GRANT_CODE}"
base_url = "{base_url}"

[store]
code = "{store.code}"
id = "{store.number}"
name = "{store.name}"
"""
