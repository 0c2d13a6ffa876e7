"""The workflow that makes a version: what it names is in this checkout, and it may do little."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from typing import Any

import pytest
import yaml
from dev_commands import COMMANDS, PASSING_ON
from dev_installers import BUILDS
from dev_run import ROOT
from installers import deb, freeze, signing
from installers.places import BUILD, DIST, NAME
from installers.windows_setup import Kind

PATH = ROOT / ".github" / "workflows" / "release.yml"
TEXT = PATH.read_text(encoding="utf-8")
COMMAND = re.compile(r"python3? (\S+\.py) ([\w-]+)([^\n]*)")
ACTIONS = re.compile(r"actions/[\w-]+@v\d+")


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    read = yaml.safe_load(TEXT)
    assert isinstance(read, dict)
    return read


def steps(workflow: dict[Any, Any], job: str) -> list[dict[str, Any]]:
    return list(workflow["jobs"][job]["steps"])


def uses(workflow: dict[Any, Any], job: str, action: str) -> list[dict[str, Any]]:
    """What an action is given, each time that a job uses it."""
    found = [each for each in steps(workflow, job) if action in each.get("uses", "")]
    return [each.get("with", {}) for each in found]


def test_each_command_is_one_of_the_checkouts(workflow: dict[Any, Any]) -> None:
    told = [each.get("run", "") for job in workflow["jobs"] for each in steps(workflow, job)]
    found = [match for text in told for match in COMMAND.findall(text)]
    assert [command for _file, command, _more in found] == ["freeze", "build", "build", "check"]
    for file, command, more in found:
        assert (ROOT / file).is_file(), file
        assert command in COMMANDS
        assert not more or command in PASSING_ON
    assert [more.split() for _file, command, more in found if command == "build"] == [
        ["windows", "--frozen"],
        ["deb"],
    ]
    assert {"windows", "deb"} <= BUILDS.keys()


def test_the_examples_are_there(workflow: dict[Any, Any]) -> None:
    told = steps(workflow, "examples")[-1]["run"]
    python, *options, tests = told.split()
    assert (python, options) == (r".venv\Scripts\python", ["-m", "pytest"])
    assert (ROOT / tests).is_file()


def test_what_one_job_made_is_where_the_next_one_looks(workflow: dict[Any, Any]) -> None:
    (frozen,) = uses(workflow, "freeze", "upload-artifact")
    made = [ROOT / each for each in frozen["path"].split()]
    assert made == [freeze.PACKED.parent / NAME, freeze.PACKED]
    (brought,) = uses(workflow, "package", "download-artifact")
    assert (brought["name"], ROOT / brought["path"]) == (frozen["name"], BUILD / "windows")
    (packed,) = uses(workflow, "package", "upload-artifact")
    assert ROOT / packed["path"] == DIST
    for job in ("try-windows", "try-debian", "publish"):
        assert uses(workflow, job, "download-artifact") == [
            {"name": packed["name"], "path": "dist"}
        ]


def test_what_is_tried_has_the_names_that_are_built(workflow: dict[Any, Any]) -> None:
    windows, debian = (steps(workflow, job)[-1]["run"] for job in ("try-windows", "try-debian"))
    tried = set(re.findall(r"dist\\windows\\([^\"]+)", windows))
    kinds = (Kind("$version"), Kind("$version", per_user=True))
    assert tried == {f"{NAME}-$version.msi", *(kind.file_name for kind in kinds)}
    (pattern,) = re.findall(r"\./dist/(\S+)", debian)
    assert fnmatch(f"{NAME}_1.2.3_{deb.ARCHITECTURE}.deb", pattern)


def test_secrets_are_the_signing_jobs_alone(workflow: dict[Any, Any]) -> None:
    jobs = workflow["jobs"]
    assert [name for name, job in jobs.items() if "secrets." in json.dumps(job)] == ["package"]
    assert jobs["package"]["environment"] == "release"
    named = set(re.findall(r"POSMEMBER_\w+", TEXT))
    assert named == {signing.PFX, signing.PASSWORD_FILE, signing.TIMESTAMP}


def test_rights(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    rights = {name: job.get("permissions") for name, job in workflow["jobs"].items()}
    assert {name: told for name, told in rights.items() if told} == {
        "publish": {"contents": "write"}
    }
    for job in workflow["jobs"]:
        for given in uses(workflow, job, "checkout"):
            assert given["persist-credentials"] is False
        for used in (each["uses"] for each in steps(workflow, job) if "uses" in each):
            assert ACTIONS.fullmatch(used), used


def test_what_is_published_was_tried(workflow: dict[Any, Any]) -> None:
    jobs = workflow["jobs"]
    assert jobs["publish"]["needs"] == ["try-windows", "try-debian"]
    assert jobs["try-windows"]["needs"] == jobs["try-debian"]["needs"] == "package"
    assert all(job["timeout-minutes"] <= 60 for job in jobs.values())
    assert workflow["concurrency"]["cancel-in-progress"] is False
    assert workflow[True] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}  # YAML 1.1's "on"


def test_the_version_is_a_line_that_the_first_job_finds() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith('version = "') for line in lines) == 1
