"""Kills at any moment, each followed by a start: ``python -m tests.end2end.kills [--count 300]``.

A window is started and killed after a random time, before, while or after it begins to answer; then
one is started, has to answer, and is killed as well. Each counts as one. No window, no screen.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from posmember.sandbox.server import RunningSandbox
from tests.end2end.links import OFFSCREEN, answers, the_place
from tests.end2end.program import Till, write_config
from tests.end2end.waiting import wait_until

_LATEST_S = 2.0
"""A start takes about so long on a busy machine."""


def killed(till: Till, count: int, seed: int) -> int:
    """Kill that many windows; returns how many of them had begun to answer.

    Raises:
        AssertionError: a start after a kill did not end in a window that answers.
    """
    chance, answered = random.Random(seed), 0
    for number in range(count):
        at_random = number % 2 == 0
        with till.started("window", "--quiet", env=OFFSCREEN) as process:
            if at_random:
                time.sleep(chance.uniform(0, _LATEST_S))
                answered += is_answering()
            else:
                wait_until(lambda: answers() or process.poll() is not None, "an answer")
                assert process.poll() is None, f"kill {number}: {process.communicate()}"
                assert holder() == process.pid
                answered += 1
            process.kill()
            process.wait()
    return answered


def is_answering() -> bool:
    return Path(the_place().server).exists() and answers()


def holder() -> int:
    return int(Path(the_place().holder).read_text(encoding="utf-8").split()[0])


@contextmanager
def a_till() -> Iterator[Till]:
    """A till with a home of its own, and a platform."""
    with tempfile.TemporaryDirectory() as folder, RunningSandbox() as platform:
        runtime = Path(folder, "run")
        runtime.mkdir(mode=0o700)
        os.environ |= {"HOME": folder, "XDG_RUNTIME_DIR": str(runtime)}
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
            os.environ[name] = str(Path(folder, name.lower()))
        yield Till(write_config(Path(folder, "config.toml"), platform.base_url))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.end2end.kills")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with a_till() as till:
        answered = killed(till, args.count, args.seed)
    print(f"{args.count} kills, {answered} of windows that answered; each start after one answers")


if __name__ == "__main__":
    try:
        main()
    except subprocess.SubprocessError as error:
        raise SystemExit(str(error)) from error
