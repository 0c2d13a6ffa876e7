"""The file is looked at once more, setup is started with it, and its exit code is noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from posmember.errors import UpdateError, UpdateProblem
from posmember.updates.hand_over import OUTCOME, SCRIPT, STARTED, read_outcome, start_setup
from posmember.updates.notes import Notes, read_notes
from posmember.updates.offer import Offer
from posmember.updates.source.repository import Repository
from posmember.updates.updates import Plan, Updates
from tests.fakes.update_tills import CONTENT, PACE, SETUP_1, V1, V2, Made
from tests.unit.updates.test_attacks import problem_of

P = UpdateProblem


class Started:
    """Stands for Windows' command processor."""

    def __init__(self) -> None:
        self.scripts: list[Path] = []
        self.environ: Mapping[str, str] = {}

    def __call__(self, script: Path, environ: Mapping[str, str]) -> None:
        self.scripts.append(script)
        self.environ = environ


def fetched(updates: Updates) -> tuple[Offer, Path]:
    found = updates.fetch()
    assert found is not None
    return found


def test_setup_is_started_with_what_was_signed(plan: Plan) -> None:
    start = Started()
    updates = Updates(plan, PACE, lambda _path: "", start)
    offer, path = fetched(updates)
    updates.look_again(offer, path)
    updates.start(offer, path)
    assert start.scripts == [plan.folder / SCRIPT]
    assert start.environ == {
        "POSMEMBER_SETUP": str(plan.folder / "targets" / SETUP_1),
        "POSMEMBER_SETUP_OPTIONS": "",
        "POSMEMBER_OUTCOME": str(plan.folder / OUTCOME),
        "POSMEMBER_AGAIN": str(plan.program),
    }
    assert start.scripts[0].read_bytes().isascii()
    assert read_notes(plan.folder / "notes.json").trying == V1


def test_what_did_not_start_is_not_offered_again_until_it_is_built_anew(
    made: Made, plan: Plan
) -> None:
    updates = Updates(plan, PACE, lambda _path: "", Started())
    updates.start(*fetched(updates))
    (plan.folder / OUTCOME).write_bytes(b"10\r\n")
    assert Updates(plan, PACE).check() is None
    made.add(SETUP_1, V1, CONTENT[::-1])
    assert fetched(Updates(plan, PACE))[0].version == V1


def test_what_is_handed_over_while_it_is_asked_anew_stays_noted(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = Updates(plan, PACE, lambda _path: "", Started())
    offer, path = fetched(updates)
    ask = Repository.offers

    def meanwhile(self: Repository) -> tuple[Offer, ...]:
        updates.start(offer, path)
        return ask(self)

    monkeypatch.setattr(Repository, "offers", meanwhile)
    updates.check()
    notes = read_notes(plan.folder / "notes.json")
    assert (notes.trying, notes.sha256, notes.tries) == (V1, offer.sha256, 1)


def test_what_runs_is_settled(plan: Plan) -> None:
    updates = Updates(plan, PACE, lambda _path: "", Started())
    updates.start(*fetched(updates))
    (plan.folder / OUTCOME).write_bytes(b"0\r\n")
    after = Updates(replace(plan, running=V1), PACE)
    assert after.check() is None
    assert replace(after.notes(), checked_at=None) == Notes()


def test_going_back_is_said_to_setup(made: Made, plan: Plan) -> None:
    made.repository.change(SETUP_1, lambda offer: replace(offer, goes_back=True))
    start = Started()
    updates = Updates(replace(plan, running=V2, may_go_back=True), PACE, lambda _path: "", start)
    updates.start(*fetched(updates))
    assert start.environ["POSMEMBER_SETUP_OPTIONS"] == "/FORCE"


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT[:-1] + b"x", b""])
def test_what_was_changed_after_it_was_verified(plan: Plan, content: bytes) -> None:
    updates = Updates(plan, PACE, lambda _path: "", Started())
    offer, path = fetched(updates)
    path.write_bytes(content)
    assert problem_of(lambda: updates.look_again(offer, path)) is P.DAMAGED
    path.unlink()
    assert problem_of(lambda: updates.look_again(offer, path)) is P.DAMAGED


@pytest.mark.parametrize(
    ("of_program", "of_setup", "problem"),
    [
        ("", "", None),
        ("", "CN=anybody", None),
        ("CN=us", "CN=us", None),
        ("CN=us", "CN=them", P.OTHER_SIGNER),
        ("CN=us", "", P.OTHER_SIGNER),
    ],
)
def test_who_signed_it(
    plan: Plan, of_program: str, of_setup: str, problem: UpdateProblem | None
) -> None:
    signers = {plan.program: of_program}
    updates = Updates(plan, PACE, lambda path: signers.get(path, of_setup), Started())
    found = fetched(updates)
    if problem is None:
        updates.look_again(*found)
    else:
        assert problem_of(lambda: updates.look_again(*found)) is problem


def test_not_by_a_program_that_may_not(plan: Plan) -> None:
    updates = Updates(replace(plan, may_install=False), PACE)
    found = fetched(updates)
    assert problem_of(lambda: updates.look_again(*found)) is P.BY_OTHERS


def test_the_script_is_run_by_the_systems_command_processor(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, told = tmp_path / "shell", plan.folder / "told"
    shell.write_text('#!/bin/sh\necho "$*:$POSMEMBER_SETUP" > told\n')
    shell.chmod(0o700)
    monkeypatch.setenv("COMSPEC", str(shell))
    updates = Updates(plan, PACE)
    offer, path = fetched(updates)
    (plan.folder / OUTCOME).write_bytes(b"10")
    updates.start(offer, path)
    assert STARTED.pop().wait(10) == 0
    assert told.read_text() == f"/d /c .\\{SCRIPT}:{path}\n"
    assert read_outcome(plan.folder) is None  # that of before is not taken for this one


def test_it_does_not_start(tmp_path: Path) -> None:
    def start(_script: Path, _environ: Mapping[str, str]) -> None:
        raise FileNotFoundError

    with pytest.raises(UpdateError) as told:
        start_setup(tmp_path / "x.exe", tmp_path, goes_back=False, again=None, start=start)
    assert told.value.problem is P.NOT_STARTED


@pytest.mark.parametrize(
    ("content", "code"), [(b"0\r\n", 0), (b"10 \r\n", 10), (b"", None), (b"x" * 99, None)]
)
def test_the_outcome(tmp_path: Path, content: bytes, code: int | None) -> None:
    assert read_outcome(tmp_path) is None
    (tmp_path / OUTCOME).write_bytes(content)
    assert read_outcome(tmp_path) == code
