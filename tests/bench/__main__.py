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
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import environment, readme
from tests.bench.engines import measure_engines
from tests.bench.evaluate import measure_evaluate
from tests.bench.frozen import measure_frozen
from tests.bench.harness import Bench, MeasurementError, Row, child_environment, print_table
from tests.bench.interrupted import measure_interrupted
from tests.bench.lookup import measure_latency, measure_lookup, measure_stall
from tests.bench.memory import measure_growth, measure_memory
from tests.bench.scan import measure_scan
from tests.bench.start import measure_start

FAILED = 1
MEASUREMENTS: dict[str, Callable[[Bench], list[Row]]] = {
    "start": measure_start,
    "frozen": measure_frozen,
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
    if wanted.readme and (wanted.names or wanted.quick):
        parser.error("README's table is of a whole run")
    commit = readme.measured_commit() if wanted.readme else ""
    python = environment.provide()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        environ = child_environment(Path(folder))
        bench = Bench(python, wanted.quick, environ, wanted.interruptions)
        failed = measure(bench, wanted.names or list(MEASUREMENTS), rows)
    print(f"{machine()}, {os.cpu_count()} cores")
    print_table(rows)
    if wanted.json is not None:
        wanted.json.write_text(_as_json(rows), encoding="utf-8")
    if failed:
        print(f"not measured: {', '.join(failed)}")
    elif wanted.readme:
        readme.write(rows, commit, machine())
    return FAILED if failed else 0


def measure(bench: Bench, names: Sequence[str], rows: list[Row]) -> list[str]:
    """Measure each of the names and add to the rows; gives those that failed, or did not come.

    One that fails does not take the others with it; at Ctrl+C what there is counts.
    """
    left = list(names)
    failed: list[str] = []
    while left:
        name = left[0]
        started_at = time.monotonic()
        try:
            rows += MEASUREMENTS[name](bench)
        except KeyboardInterrupt:
            return [*failed, *left]
        except Exception as error:  # noqa: BLE001 - what failed is told, and the rest measured
            print(f"{name}: {_told(error)}", file=sys.stderr)
            failed.append(name)
        print(f"{name}: {time.monotonic() - started_at:.0f} s", file=sys.stderr)
        left.pop(0)
    return failed


def _told(error: Exception) -> str:
    """What failed: the words of a measurement, and where, if it is a bug of its own."""
    if isinstance(error, MeasurementError):
        return str(error)
    return "".join(traceback.format_exception(error))


def machine() -> str:
    """The system that is measured on."""
    return f"{platform.platform()}, Python {platform.python_version()}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    known = ", ".join(MEASUREMENTS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {known}; all without one")
    parser.add_argument("--quick", action="store_true", help="few samples: some 40 s in all")
    parser.add_argument(
        "--interruptions", type=int, metavar="N", help="lookups to interrupt: 20000 is a week"
    )
    parser.add_argument(
        "--readme", action="store_true", help="write the table of README anew, of this commit"
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
