"""Runs posmember as people and scripts do: as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import posmember
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES

LIMIT_S = 60
"""How long anything may take before a test gives up on it."""

SOURCE = Path(posmember.__file__).parents[1]
COMMAND = (sys.executable, "-W", "error", "-m", "posmember")
"""Any warning becomes an error, which a test then sees."""

WAITS_FOR_KEYRING = "waiting for the keyring to be unlocked"
"""Of what is said then, the half that every encoding has."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left: its exit code and what it printed.

    Args:
        err: without the line that says that the keyring takes its time: on a busy machine any
            command may say it that has to look there for a key, also where there is nothing to
            wait for.
        waited: whether that was said.
    """

    code: int
    out: str
    err: str
    waited: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, code: int, out: str, err: str) -> Self:
        """Return what is left where all of this was printed as an error."""
        lines = err.splitlines(keepends=True)
        failures = [line for line in lines if WAITS_FOR_KEYRING not in line]
        return cls(code, out, "".join(failures), len(failures) < len(lines))

    def one_line(self) -> str:
        """Return the only line on standard error; fails where there is another number of them."""
        assert self.err.endswith("\n"), self.err
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.rstrip("\n")


def write_config(
    path: Path, base_url: str, *, platform: str = "", store: bool = True, open_id: str = OPEN_ID
) -> Path:
    """Write a till's configuration: the sandbox's account and its first store."""
    lines = [
        "[platform]",
        f'open_id = "{open_id}"',
        f'grant_code = "{GRANT_CODE}"',
        f'base_url = "{base_url}"',
        platform,
    ]
    if store:
        shop = STORES[0]
        lines += ["[store]", f'code = "{shop.code}"', f'id = "{shop.number}"']
        lines += [f'name = "{shop.name}"']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Till:
    """A PC with posmember on it: a configuration, and an open key in the environment.

    Args:
        config: the configuration file.
        open_key: "" for none.
        command: how posmember is started.
    """

    config: Path
    open_key: str = OPEN_KEY
    command: tuple[str, ...] = COMMAND

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return what a process of this till finds in its environment; "" takes a name away."""
        mine = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
        mine["POSMEMBER_CONFIG"] = str(self.config)
        if self.open_key:
            mine["POSMEMBER_OPEN_KEY"] = self.open_key
        return {name: value for name, value in {**mine, **(more or {})}.items() if value}

    def run(self, *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None) -> Result:
        """Run a command to its end."""
        done = subprocess.run(
            [*self.command, *arguments],
            env=self.environment(env),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=LIMIT_S,
        )
        return Result.of(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def started(
        self, *arguments: str, env: Mapping[str, str] | None = None, stdin: str = ""
    ) -> Iterator[subprocess.Popen[str]]:
        """Start a command; whatever is left of it in the end is killed."""
        process = subprocess.Popen(
            [*self.command, *arguments],
            env=self.environment(env),
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        if process.stdin is not None:
            process.stdin.write(stdin)
            process.stdin.close()
        with process:
            try:
                yield process
            finally:
                process.kill()


def ended(process: subprocess.Popen[str]) -> Result:
    """Wait until a started command has ended by itself; returns what was not read of it yet."""
    assert process.stdout is not None
    assert process.stderr is not None
    # Not communicate(): it forgets what a readline() before it had read too much.
    too_late = threading.Timer(LIMIT_S, process.kill)
    too_late.start()
    out, err = process.stdout.read(), process.stderr.read()
    code = process.wait()
    too_late.cancel()
    return Result.of(code, out, err)
