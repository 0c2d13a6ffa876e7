"""Runs parts in processes of their own, some at a time, and gathers what came of them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TextIO

from tests.scanrig.desktop import end_with_us
from tests.scanrig.part import Part, Record
from tests.scanrig.program import ROOT
from tests.scanrig.tally import Tally

_UNTIMELY_AT_MOST = 0.05
_SHOWN_OF_A_PLACE = 3


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Run:
    """Parts of one run.

    Args:
        log: gets every record as a line of JSON.
    """

    def __init__(self, log: TextIO | None = None) -> None:
        self.tally = Tally()
        self.broken_off: list[str] = []
        """The seeds of parts that came to no end: an input method was dead, say."""
        self._log = log
        self._shown: Counter[str] = Counter()
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()

    def run(self, parts: Sequence[Part], jobs: int) -> bool:
        """Run parts; returns whether all of them were right, whole and in time."""
        with ThreadPoolExecutor(jobs) as pool:
            running = [pool.submit(self._run_one, part) for part in parts]
            try:
                for each in running:
                    each.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self._end()
                raise
        return not (self.broken_off or self.tally.failures or self._is_too_busy())

    def _run_one(self, part: Part) -> None:
        module = (sys.executable, "-m", "tests.scanrig")
        command = end_with_us(*module, "part", part.as_json(), by="TERM")
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
        with process:
            self._running.add(process)
            assert process.stdout is not None
            for line in process.stdout:
                self._note(part, Record(**json.loads(line)))
        self._running.discard(process)
        if process.returncode:
            self.broken_off.append(part.seed)
            say(f"WRONG [{part.seed}] {part.ime.value} broke off: exit code {process.returncode}")

    def _note(self, part: Part, record: Record) -> None:
        with self._lock:
            self.tally.records.append(record)
            if self._log is not None:
                self._log.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
            if record.is_failure:
                self._shown[record.place] += 1
                if self._shown[record.place] <= _SHOWN_OF_A_PLACE:
                    say(f"WRONG [{part.seed}] {record.ime} {record.detail}")

    def _end(self) -> None:
        for process in list(self._running):
            process.terminate()

    def _is_too_busy(self) -> bool:
        scans = self.tally.scans
        untimely = sum(record.untimely for record in scans)
        too_busy = untimely > _UNTIMELY_AT_MOST * max(1, len(scans))
        if too_busy:
            say("this machine is too busy to scan in time: fewer --jobs")
        return too_busy
