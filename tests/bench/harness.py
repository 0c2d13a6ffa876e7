"""What every measurement shares: samples, rows with bounds, the table, and child processes."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from tests.bench.children.report import BEAT

ROOT = Path(__file__).resolve().parents[2]
SILENCE_S = 60.0
"""A child that tells nothing for so long does not measure any more."""
_LISTENING = re.compile(r"listening on (http://\S+)")


class MeasurementError(Exception):
    """Something could not be measured; the others can."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Args:
        name: the measurement that it belongs to.
        what: what was measured, in words.
        samples: one value a sample, in `unit`.
        unit: "ms", "MB", "×" for a ratio, or "" for a count.
        bound: the product's own bound on the median, or None where there is none.
        note: a further figure, in words.
    """

    name: str
    what: str
    samples: tuple[float, ...]
    unit: str = "ms"
    bound: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def p95(self) -> float:
        """The 95th percentile, by rank: always one of the samples."""
        ranked = sorted(self.samples)
        return ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))]

    @property
    def verdict(self) -> str:
        """What became of the bound; nothing is asserted, as the machine is no laboratory."""
        if self.bound is None:
            return ""
        over = self.median - self.bound
        return "ok" if over <= 0 else f"missed by {self.text(over)}"

    def text(self, value: float) -> str:
        """A value with its unit; without one it is a count."""
        if not self.unit:
            return f"{value:.0f}"
        places = 2 if self.unit in ("×", "MB") or abs(value) < 10 else 1
        return f"{value:.{places}f} {self.unit}"


@dataclass(frozen=True, slots=True)
class Bench:
    """What a measurement is run with.

    Args:
        python: the interpreter with what a till installs, and nothing else.
        quick: whether to take few samples.
        environment: for child processes.
        interruptions: how many lookups to interrupt; None is as `quick` says.
        silence_s: a child that tells nothing for so many seconds is ended.
    """

    python: Path
    quick: bool
    environment: Mapping[str, str] = field(repr=False)
    interruptions: int | None = None
    silence_s: float = SILENCE_S

    def size(self, default: int, quick: int) -> int:
        """How many samples to take."""
        return quick if self.quick else default

    def child(self, module: str, *arguments: str, python: Path | None = None) -> Any:
        """Run a child script in a process of its own; gives what it printed as JSON.

        Args:
            python: the interpreter, where what a till installs is not enough.

        Raises:
            MeasurementError: it failed, or was silent for too long; its errors are on the terminal.
        """
        words = [str(python or self.python), "-m", f"tests.bench.children.{module}", *arguments]
        return json.loads(listen(words, self.environment, self.silence_s))


def listen(words: Sequence[str], environment: Mapping[str, str], silence_s: float) -> str:
    """Run a command to its end; gives what it printed.

    Each line of its standard error is a sign of life; those that are nothing else (`BEAT`) are
    dropped, and the others shown where it fails, as Qt's remarks on its own plugins are of no
    interest otherwise.

    Raises:
        MeasurementError: it failed, or said nothing for `silence_s` seconds, and was killed.
    """
    lines: Queue[str | None] = Queue()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        process = subprocess.Popen(
            words,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        Thread(target=_pass_on, args=(process.stderr, lines), daemon=True).start()
        try:
            remarks = list(iter(partial(lines.get, timeout=silence_s), None))
            code = process.wait(silence_s)
        except (Empty, subprocess.TimeoutExpired) as error:
            raise MeasurementError(f"{_named(words)} was silent for {silence_s:g} s") from error
        finally:
            process.kill()  # if it has not ended: no child outlives its measurement
            process.wait()
        if code:
            print("".join(line for line in remarks if line), file=sys.stderr)
            raise MeasurementError(f"{_named(words)} ended with {code}")
        told.seek(0)
        return told.read()


def _pass_on(stream: IO[str], lines: Queue[str | None]) -> None:
    """Hand on each line of a stream, a beat as an empty one; None is its end."""
    with stream:
        for line in stream:
            lines.put("" if line == BEAT else line)
    lines.put(None)


def _named(words: Sequence[str]) -> str:
    """A command without its interpreter, and without the address of a server."""
    return " ".join(word for word in words[2:] if not word.startswith("http"))


def child_environment(folder: Path) -> dict[str, str]:
    """The environment of every measured process: no screen, no settings or state of this user."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("POSMEMBER_", "PYTHON", "QT_"))
    }
    environment["QT_QPA_PLATFORM"] = "offscreen"
    # Where the log goes; the caches of the system's fonts stay what they are.
    environment["XDG_STATE_HOME"] = environment["LOCALAPPDATA"] = str(folder / "state")
    return environment


@contextmanager
def sandbox(latency_ms: int = 0) -> Iterator[str]:
    """Serve the sandbox platform in a process of its own; gives its address.

    It runs with this interpreter, as a till has no web server installed.
    """
    with _served("posmember", "sandbox", "--latency-ms", str(latency_ms)) as base_url:
        yield base_url


@contextmanager
def hostile_platform(seed: int) -> Iterator[str]:
    """Serve the sandbox behind a bad network, in a process of its own; gives its address."""
    with _served("tests.bench.hostile", "--seed", str(seed)) as base_url:
        yield base_url


@contextmanager
def _served(module: str, *arguments: str) -> Iterator[str]:
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            found = _LISTENING.search(process.stdout.readline())
            if found is None:
                raise RuntimeError(f"{module} did not start")
            yield found[1]
        finally:
            process.terminate()


def print_table(rows: Sequence[Row]) -> None:
    """Print every row; the verdict is the median's."""
    header = ("", "what", "n", "median", "p95", "bound", "verdict", "")
    lines = [header, *(_cells(row) for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        padded = [
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ]
        print("  ".join(padded).rstrip())


def _cells(row: Row) -> tuple[str, ...]:
    bound = "" if row.bound is None else f"≤ {row.bound:g} {row.unit}"
    alone = len(row.samples) == 1
    p95 = "" if alone else row.text(row.p95)
    return (
        row.name, row.what, str(len(row.samples)), row.text(row.median), p95, bound, row.verdict,
        row.note,
    )  # fmt: skip


def _width(text: str) -> int:
    """How many columns a terminal gives it."""
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
