"""`posmember update`: each outcome has its words, in both languages, and its exit code."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from posmember.cli import update
from posmember.cli.parser import run
from posmember.errors import ConfigError, NotSetUpError, UpdateError, UpdateProblem
from posmember.report.outcomes import Exit
from posmember.settings import config
from posmember.settings.config import Settings
from posmember.settings.policy import Policy
from posmember.settings.updates import Version
from posmember.updates.offer import Edition, Offer

OFFER = Offer("setup.exe", 5, "00", Version(1, 1, 0), Edition.USER)
P = UpdateProblem


@dataclass
class Planned:
    running: Version = Version(1, 0, 0)
    may_install: bool = True


@dataclass
class Scripted:
    """Stands for `Updates`."""

    found: Offer | None = OFFER
    time_is_right: bool = True
    hours_are_right: bool = True
    error: UpdateError | None = None
    plan: Planned = field(default_factory=Planned)
    done: list[str] = field(default_factory=list)

    def check(self) -> Offer | None:
        if self.error is not None:
            raise self.error
        return self.found

    def fetch(self) -> tuple[Offer, Path] | None:
        found = self.check()
        return None if found is None else (found, Path("setup.exe"))

    def is_open(self) -> bool:
        return self.hours_are_right

    def is_time(self, _offer: Offer) -> bool:
        return self.time_is_right

    def look_again(self, _offer: Offer, _path: Path) -> None:
        self.done.append("looked")

    def start(self, _offer: Offer, _path: Path) -> None:
        self.done.append("started")


Run = Callable[..., int]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command as the administrator, with what stands for all below it."""

    def play(scripted: Scripted, *arguments: str) -> int:
        monkeypatch.setattr(update, "_settings", lambda: None)
        monkeypatch.setattr(update, "plan_for", lambda _settings, *, as_service: scripted.plan)
        monkeypatch.setattr(update, "Updates", lambda _plan: scripted)
        monkeypatch.setattr(update, "is_administrator", lambda: True)
        return run(["update", *arguments])

    return play


def test_it_only_looks(asked: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ((), ("--check",)):
        scripted = Scripted()
        assert asked(scripted, *arguments) == Exit.FOUND
        assert scripted.done == []
        assert "1.1.0" in capsys.readouterr().out
    assert asked(Scripted(None)) == Exit.FOUND
    assert "1.0.0" in capsys.readouterr().out


def test_it_installs(asked: Run, capsys: pytest.CaptureFixture[str]) -> None:
    scripted = Scripted()
    assert asked(scripted, "--install") == Exit.FOUND
    assert scripted.done == ["looked", "started"]
    assert "1.1.0" in capsys.readouterr().out


def test_there_is_nothing_to_install(asked: Run) -> None:
    scripted = Scripted(None)
    assert asked(scripted, "--install") == Exit.FOUND
    assert scripted.done == []


def test_the_machines_own_waits_for_its_hours_and_a_person_does_not(asked: Run) -> None:
    scripted = Scripted(time_is_right=False)
    assert asked(scripted, "--install", "--as-service") == Exit.FOUND
    assert scripted.done == []
    assert asked(scripted, "--install") == Exit.FOUND
    assert scripted.done == ["looked", "started"]


def test_outside_its_hours_the_machines_own_asks_nobody(asked: Run) -> None:
    error = UpdateError("asked", problem=P.NO_CONNECTION)
    scripted = Scripted(hours_are_right=False, error=error)
    assert asked(scripted, "--install", "--as-service") == Exit.FOUND
    assert asked(scripted, "--install") == Exit.NO_CONNECTION


def test_others_install_it(asked: Run) -> None:
    scripted = Scripted(plan=Planned(may_install=False))
    assert asked(scripted, "--install") == Exit.WRONG_USE
    assert scripted.done == []


def test_the_machines_own_is_the_administrators(
    asked: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(update, "is_administrator", lambda: False)
    args = argparse.Namespace(install=True, as_service=True)
    assert update.run(args) == Exit.WRONG_USE
    assert "administrator" in capsys.readouterr().err


@pytest.mark.parametrize("problem", UpdateProblem)
def test_each_problem_has_its_words(
    asked: Run, capsys: pytest.CaptureFixture[str], problem: UpdateProblem
) -> None:
    code = asked(Scripted(error=UpdateError("why", problem=problem)))
    assert code in (Exit.WRONG_USE, Exit.NO_CONNECTION, Exit.OTHER)
    words = capsys.readouterr().err
    assert words.count("\n") == 1
    chinese, english = words.removeprefix("posmember: ").split(" / ")
    assert not chinese.isascii()
    assert english.isascii()


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (P.OFF, Exit.WRONG_USE),
        (P.NO_CONNECTION, Exit.NO_CONNECTION),
        (P.CLOCK, Exit.NO_CONNECTION),
        (P.UNSIGNED, Exit.OTHER),
        (P.NO_SPACE, Exit.OTHER),
    ],
)
def test_exit_codes(asked: Run, problem: UpdateProblem, code: Exit) -> None:
    assert asked(Scripted(error=UpdateError("why", problem=problem))) == code


def refuse(error: ConfigError) -> Callable[[], Settings]:
    def load() -> Settings:
        raise error

    return load


def test_a_wrong_configuration_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(config, "load", refuse(ConfigError("window.x is no key")))
    assert run(["update"]) == Exit.WRONG_USE
    assert "window.x" in capsys.readouterr().err


def test_a_machine_without_a_configuration_goes_by_its_policy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw: dict[str, Any] = {
        "updates.url": "https://updates.example", "updates.hours": "22:00-06:00",
        "platform.proxy": "none",
    }  # fmt: skip
    monkeypatch.setattr(config, "load", refuse(NotSetUpError("none")))
    monkeypatch.setattr(update, "machine_policy", lambda: Policy("HKLM", raw))
    settings = update._settings()
    assert settings.updates.url == "https://updates.example"
    assert str(settings.updates.hours) == "22:00-06:00"
    assert settings.platform.proxy == "none"
