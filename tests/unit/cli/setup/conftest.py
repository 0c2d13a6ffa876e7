"""``posmember setup`` in this process, with a keyring in memory and a till to set up."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from posmember.cli import parser
from posmember.cli.setup import command, export, waiting
from posmember.settings import places
from posmember.settings.policy import NO_POLICY, Policy
from posmember.settings.provisioning import write_provision
from tests.end2end.program import Result
from tests.fakes.provisions import CHEAP, PASSPHRASE, PROVISION
from tests.fakes.wechat import MemoryStore

Run = Callable[..., Result]


class Terminal(io.TextIOWrapper):
    """Somebody sits before it."""

    def isatty(self) -> bool:
        return True


@dataclass
class Pc:
    """A PC that may be set up.

    Args:
        file: a provisioning file on it. passphrase: the file with its passphrase.
        mine: the user's configuration. machine: the machine's. Neither is there.
    """

    file: Path
    passphrase: Path
    mine: Path
    machine: Path
    keyring: MemoryStore = field(default_factory=MemoryStore)
    policy: Policy = NO_POLICY


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pc:
    made = Pc(
        tmp_path / "till.toml",
        tmp_path / "passphrase.txt",
        tmp_path / "home" / "posmember" / "config.toml",
        tmp_path / "machine" / "posmember" / "config.toml",
    )
    made.file.write_bytes(write_provision(PROVISION, PASSPHRASE, cost=CHEAP))
    made.passphrase.write_text(f"{PASSPHRASE}\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(made.mine.parents[1]))
    monkeypatch.setenv("XDG_CONFIG_DIRS", "")
    monkeypatch.setattr(places, "MACHINE_FOLDER", str(made.machine.parents[1]))
    monkeypatch.setattr(waiting, "KeyringStore", lambda: made.keyring)
    monkeypatch.setattr(command, "machine_policy", lambda: made.policy)
    monkeypatch.setattr(export, "ask_witness", lambda _loop: None)
    return made


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command, with this on its standard input."""

    def made(*arguments: str | Path, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        try:
            code = parser.run(["setup", *map(str, arguments)])
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return made
