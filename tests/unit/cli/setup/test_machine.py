"""What a setup program has the command do: settings and keys of all users of a machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from posmember.cli.setup import command
from posmember.trust.machine_keys import MachineKeys
from tests.fakes.provisions import OPEN_KEY
from tests.unit.cli.setup.conftest import Pc, Run
from tests.unit.trust.test_machine_keys import Mirror

CONFIGURATION = '[platform]\nopen_id = "an-id"\ngrant_code = "a-code"\n# as it is written\n'


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    path = tmp_path / "given.toml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return path


def test_a_whole_configuration(run: Run, pc: Pc, configuration: Path) -> None:
    assert run("--from", configuration, "--machine", "--check").code == 0
    assert not pc.machine.exists()
    assert run("--from", configuration, "--machine").code == 0
    assert pc.machine.read_text("utf-8") == CONFIGURATION
    assert "nothing to do" in run("--from", configuration, "--machine").out
    configuration.write_text(CONFIGURATION.replace("a-code", "another"), encoding="utf-8")
    assert run("--from", configuration, "--machine").code == 0
    assert "another" in pc.machine.read_text("utf-8")


def test_one_that_no_till_runs_with(run: Run, pc: Pc, configuration: Path) -> None:
    configuration.write_text("[platform]\nopen_idea = 1\n", encoding="utf-8")
    result = run("--from", configuration, "--machine")
    assert result.code == 2
    assert "open_id is missing" in result.err
    assert not pc.machine.exists()


def test_for_one_user_it_has_to_be_a_provisioning_file(run: Run, configuration: Path) -> None:
    assert run("--from", configuration, stdin="x\n").code == 2


def test_the_folder_alone(run: Run, pc: Pc) -> None:
    assert run("--prepare-machine").code == 0
    assert pc.machine.parent.is_dir()
    assert list(pc.machine.parent.iterdir()) == []
    assert run("--prepare-machine", "--check").code == 2


def test_a_folder_that_cannot_be_made(run: Run, pc: Pc, configuration: Path) -> None:
    pc.machine.parent.parent.write_text("in the way", encoding="utf-8")
    for arguments in (("--prepare-machine",), ("--from", configuration, "--machine")):
        result = run(*arguments)
        assert result.code == 2
        assert "administrator" in result.err


def test_the_machines_keys_and_no_users(run: Run, pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = MachineKeys(pc.machine.with_name("keys.sealed"), Mirror())
    monkeypatch.setattr(command, "machine_keys", lambda: keys)
    set_up = ("--from", pc.file, "--machine", "--passphrase-file", pc.passphrase)
    result = run(*set_up)
    assert result.code == 0
    assert "every other user" not in result.out
    assert keys.get("an-id") == OPEN_KEY
    assert pc.keyring.get("an-id") is None
    assert "nothing to do" in run(*set_up).out
    assert run("--remove", "--machine", "--yes").code == 0
    assert keys.get("an-id") is None
