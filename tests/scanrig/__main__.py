"""The scan rig: ``python -m tests.scanrig matrix|soak [--scans N] [--seed TEXT] [--ime NAME…]``.

`matrix` scans a code of each kind at each speed in each place of focus under each input method;
`soak` does it at random, with a busy window, several codes in a burst, other suffixes and
prefixes, Caps Lock, the keypad, and a person who types in between. Exit code 1 where one code was
lost, mangled, doubled or left a trace, or an input method turned out to be dead.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NoReturn

from tests.scanrig.desktop import Ime, available
from tests.scanrig.part import MATRIX, SOAK, Part, run_part
from tests.scanrig.runs import Run, say
from tests.scanrig.steps import PLACES

_SCANS = 10_000
_SCANS_A_PART = 250


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for; returns the exit code."""
    wanted = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _leave)
    if wanted.what == "part":
        run_part(Part.from_json(wanted.part))
        return 0
    imes = [Ime(name) for name in wanted.ime]
    if missing := [f"{ime.value}: {reason}" for ime in imes if (reason := available(ime))]:
        say("\n".join(missing))
        return 1
    parts = _parts(wanted, imes)
    say(f"seed {wanted.seed}, {len(parts)} parts, {wanted.jobs} at a time")
    began_at = time.monotonic()
    with wanted.log.open("w", encoding="utf-8") if wanted.log else nullcontext() as log:
        run = Run(log)
        is_right = run.run(parts, wanted.jobs)
    say(f"\n{run.tally.tables()}\n\n{run.tally.totals()}")
    say(f"{time.monotonic() - began_at:.0f} s")
    return 0 if is_right else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.scanrig",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=(MATRIX, SOAK, "part"), metavar="matrix|soak")
    parser.add_argument("part", nargs="?", default="", help=argparse.SUPPRESS)
    parser.add_argument("--scans", type=int, default=_SCANS, metavar="N", help="soak: in all")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="to have a run again")
    names = [ime.value for ime in Ime]
    parser.add_argument(
        "--ime", nargs="+", default=names, choices=names, metavar="NAME", help=", ".join(names)
    )
    parser.add_argument(
        "--place", nargs="+", default=PLACES, choices=PLACES, metavar="NAME", help=", ".join(PLACES)
    )
    parser.add_argument("--log", type=Path, metavar="FILE", help="every step as a line of JSON")
    jobs = 2 * (os.cpu_count() or 1)  # most of the time each waits for the next key's turn
    parser.add_argument("--jobs", type=int, default=jobs, metavar="N", help="desktops at a time")
    return parser


def _parts(wanted: argparse.Namespace, imes: Sequence[Ime]) -> list[Part]:
    places = tuple(wanted.place)
    if wanted.what == MATRIX:
        return [Part(MATRIX, ime, f"{wanted.seed}-{ime.value}", 0, places) for ime in imes]
    count = -(-wanted.scans // _SCANS_A_PART)
    count = -(-count // len(imes)) * len(imes)
    size = -(-wanted.scans // count)
    return [
        Part(SOAK, imes[number % len(imes)], f"{wanted.seed}-{number}", size, places)
        for number in range(count)
    ]


def _leave(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(143)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
