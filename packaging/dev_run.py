"""Run the steps of dev.py: one line and one exit code each, and no child left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
POSIX = os.name == "posix"
INTERRUPTED = 130
"""Exit code after Ctrl+C or a termination signal, as shells give it."""
GRACE_SECONDS = 10.0


class StepError(Exception):
    """A step could not do its work. The text is for the developer; `code` becomes the exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Step:
    """A named piece of work: `run` returns an exit code, or raises StepError with the reason."""

    name: str
    run: Callable[[], int]


def say(text: str) -> None:
    """Print at once, so that our lines keep their place among those of child processes."""
    print(text, flush=True)


def run_step(step: Step) -> int:
    """Run one step, print its `== step` line with its seconds, and return its exit code."""
    begun = time.monotonic()
    try:
        code = step.run()
    except StepError as error:
        say(str(error))
        code = error.code
    verdict = "ok" if code == 0 else f"FAILED (exit code {code})"
    say(f"== step {step.name}: {verdict}, {time.monotonic() - begun:.1f} s")
    return code


def run_until_failure(steps: Sequence[Step]) -> int:
    """Run steps in order up to the first that fails; return its exit code, or 0."""
    for step in steps:
        if code := run_step(step):
            return code
    return 0


def run_all(steps: Sequence[Step]) -> int:
    """Run every step, failed ones too; return the exit code of the first that failed, or 0."""
    codes = [run_step(step) for step in steps]
    return next((code for code in codes if code), 0)


def execute(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> int:
    """Run a command in the checkout, its output passing through, and return its exit code.

    The command leads a process group of its own: an interruption (Ctrl+C, SIGTERM to dev.py) is
    passed on to the whole group once, which may then tidy up for GRACE_SECONDS before it is killed.
    """
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,  # a background group that reads the terminal would be stopped
        process_group=0 if POSIX else None,
    )
    try:
        return exit_code(child.wait())
    except (KeyboardInterrupt, SystemExit):
        stop(child)
        raise


def execute_quietly(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, folder: Path = ROOT
) -> str:
    """Run a command in the checkout, or another folder, and return what it printed.

    Raises StepError with that text when it fails or cannot be started.
    """
    words = [str(part) for part in command]
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise StepError(f"cannot start {words[0]}: {error}") from error
    if done.returncode:
        message = f"{done.stdout.rstrip()}\nfailed: {' '.join(words)}"
        raise StepError(message, exit_code(done.returncode))
    return done.stdout


def exit_code(returned: int) -> int:
    """Turn the negative number of a process ended by a signal into what a shell would show."""
    return 128 - returned if returned < 0 else returned


def stop(child: subprocess.Popen[bytes]) -> None:
    """End a child and all of its process group: politely first, then surely."""
    if sys.platform == "win32":  # the console has already told the child of Ctrl+C
        wait_or(child, child.kill)
        return
    signal_group(child.pid, signal.SIGINT)
    wait_or(child, lambda: signal_group(child.pid, signal.SIGKILL))
    signal_group(child.pid, signal.SIGKILL)  # what its leader left behind


def wait_or(child: subprocess.Popen[bytes], kill: Callable[[], None]) -> None:
    """Wait GRACE_SECONDS for a child to end by itself; else, or at a second Ctrl+C, kill it."""
    try:
        child.wait(GRACE_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        kill()
        child.wait()


def signal_group(group: int, number: int) -> None:
    """Send a signal to a process group, if any of it is left."""
    if sys.platform != "win32":
        try:
            os.killpg(group, number)
        except ProcessLookupError:
            return


def turn_termination_into_interruption() -> None:
    """Let SIGTERM and SIGHUP take the way of Ctrl+C, so that they leave no child behind either."""

    def interrupt(number: int, frame: object) -> NoReturn:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)
