"""The rig's end of its window: requests, answers and scans."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.scanrig.desktop import Desktop, end_with_us

ROOT = Path(__file__).resolve().parents[2]
_ANSWER_S = 20.0

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A scan as the window reported it.

    Args:
        place: in its burst, from 1.
    """

    text: str
    place: int


class Program:
    """A window of the rig, in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._answers: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._scans: queue.SimpleQueue[Seen] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._answer("ready")

    def enter(self, place: str) -> State:
        """Give a place the keyboard, everything else as in the beginning; returns the state."""
        return dict(self._ask("state", do="enter", place=place))

    def state(self, quiet_ms: int) -> State:
        """Wait until nothing has happened for so long; returns the state of all widgets."""
        return dict(self._ask("state", do="state", quiet_ms=quiet_ms))

    def be_busy(self, after_ms: int, ms: int) -> None:
        """Have its event loop stand still."""
        self._ask("busy", do="busy", after_ms=after_ms, ms=ms)

    def use(self, prefix: str = "", *, enter_follows: bool = True) -> None:
        """Have bursts told by other settings."""
        self._ask("used", do="use", prefix=prefix, enter_follows=enter_follows)

    def scans(self, count: int, timeout_s: float) -> list[Seen]:
        """Wait for scans; returns those that came, and any that came with them."""
        seen: list[Seen] = []
        try:
            while len(seen) < count:
                seen.append(self._scans.get(timeout=timeout_s))
        except queue.Empty:
            return seen
        return seen + self.further_scans()

    def further_scans(self) -> list[Seen]:
        """Return the scans that came meanwhile."""
        seen: list[Seen] = []
        while not self._scans.empty():
            seen.append(self._scans.get())
        return seen

    def _ask(self, key: str, **request: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._answer(key)

    def _answer(self, key: str) -> Any:
        try:
            answer = self._answers.get(timeout=_ANSWER_S)
        except queue.Empty:
            raise AssertionError(f"the window did not answer: {key}") from None
        assert key in answer, f"the window ended, or answered {answer} instead of {key}"
        return answer[key]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            message = json.loads(line)
            if "scan" in message:
                self._scans.put(Seen(message["scan"], message["place"]))
            else:
                self._answers.put(message)
        self._answers.put({"ended": True})


@contextmanager
def program(on: Desktop, *options: str) -> Iterator[Program]:
    """Show the window on a desktop, with this Python; it is ended behind the block."""
    with started(on, "tests.scanrig.window", *options) as process:
        yield Program(process)


@contextmanager
def started(on: Desktop, module: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Run a module on a desktop; it ends behind the block when its stdin does, or is ended."""
    process = subprocess.Popen(
        end_with_us(sys.executable, "-m", module, *options),
        cwd=ROOT,
        env=on.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(_ANSWER_S)
            except subprocess.TimeoutExpired:
                process.kill()
