"""posmember's measurements: ``python -m tests.bench [NAMES…] [--quick] [--json FILE]``.

Both sides of each comparison are measured in turn, in one run, as a shared machine may be twice
as fast a minute later. Bounds are the product's own and hold for the median; a missed one is
told, and is no failure of the run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import environment
from tests.bench.engines import measure_engines
from tests.bench.evaluate import measure_evaluate
from tests.bench.harness import Bench, Row, child_environment, print_table
from tests.bench.interrupted import measure_interrupted
from tests.bench.lookup import measure_latency, measure_lookup, measure_stall
from tests.bench.memory import measure_growth, measure_memory
from tests.bench.scan import measure_scan
from tests.bench.start import measure_start

MEASUREMENTS: dict[str, Callable[[Bench], list[Row]]] = {
    "start": measure_start,
    "lookup": measure_lookup,
    "latency": measure_latency,
    "scan": measure_scan,
    "stall": measure_stall,
    "evaluate": measure_evaluate,
    "engines": measure_engines,
    "memory": measure_memory,
    "growth": measure_growth,
    "interrupted": measure_interrupted,
}


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns the exit code."""
    parser = _parser()
    wanted = parser.parse_args(arguments)
    if unknown := [name for name in wanted.names if name not in MEASUREMENTS]:
        parser.error(f"there is no measurement {', '.join(unknown)}")
    python = environment.provide()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        environ = child_environment(Path(folder))
        bench = Bench(python, wanted.quick, environ, wanted.interruptions)
        for name in wanted.names or MEASUREMENTS:
            started_at = time.monotonic()
            rows += MEASUREMENTS[name](bench)
            print(f"{name}: {time.monotonic() - started_at:.0f} s", file=sys.stderr)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print_table(rows)
    if wanted.json is not None:
        wanted.json.write_text(_as_json(rows), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    known = ", ".join(MEASUREMENTS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {known}; all without one")
    parser.add_argument("--quick", action="store_true", help="few samples: some 40 s in all")
    parser.add_argument(
        "--interruptions", type=int, metavar="N", help="lookups to interrupt: 20000 is a week"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write rows and samples there")
    return parser


def _as_json(rows: Sequence[Row]) -> str:
    figures = [
        {**asdict(row), "median": row.median, "p95": row.p95, "verdict": row.verdict}
        for row in rows
    ]
    return json.dumps(figures, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
