"""A repository of new versions, signed with keys of the tests' own, and tills that ask it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from releases.repository import Repository

from posmember.api.http.proxies import NONE
from posmember.settings.updates import ANY_HOURS, UpdateMode, Version
from posmember.updates.offer import Edition, Offer
from posmember.updates.source.fetcher import Pace
from posmember.updates.updates import Plan, Updates
from tests.fakes.update_server import Web, serving

PASSPHRASE = "four words of a test"
V0, V1, V2 = Version(1, 0, 0), Version(1, 1, 0), Version(1, 2, 0)
SETUP_1, SETUP_2 = "posmember-1.1.0-user-setup.exe", "posmember-1.2.0-user-setup.exe"
CONTENT = bytes(range(256)) * 1200
"""Of a setup; more than a piece."""
PACE = Pace(within_s=5.0, piece=100_000, pause_s=0.0)
IMPATIENT = Pace(within_s=0.4, piece=100_000, pause_s=0.0)


@dataclass(frozen=True, slots=True)
class Made:
    """A repository, and the root that a program was built with."""

    repository: Repository
    root: bytes
    folder: Path

    def add(self, name: str, version: Version, content: bytes = CONTENT, **words: object) -> None:
        """Offer a file to everybody."""
        file = self.folder / name
        file.write_bytes(content)
        offer = Offer(name, 0, "", version, Edition.USER)
        self.repository.add(file, replace(offer, **words))  # type: ignore[arg-type]


def make(folder: Path) -> Made:
    """Make a repository with new keys."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder / "www", folder / "keys", lambda _name: PASSPHRASE)
    made = Made(repository, repository.begin(), folder)
    made.add(SETUP_1, V1)
    return made


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("repository"))


@pytest.fixture(scope="session")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Somebody else's, with keys of their own."""
    return make(tmp_path_factory.mktemp("strangers"))


@pytest.fixture
def made(template: Made, tmp_path: Path) -> Made:
    """A repository of this test's own."""
    folder = tmp_path / "repository"
    shutil.copytree(template.folder, folder)
    before = template.repository
    repository = replace(before, folder=folder / "www", key_folder=folder / "keys")
    return Made(repository, template.root, folder)


@pytest.fixture
def web(made: Made) -> Iterator[Web]:
    """It, served."""
    with serving(made.repository.folder, time.time) as web:
        yield web


@pytest.fixture
def plan(made: Made, web: Web, tmp_path: Path) -> Plan:
    """What a till goes by that runs the version before."""
    program = tmp_path / "app" / "posmember.exe"
    program.parent.mkdir()
    program.write_bytes(b"the program")
    return Plan(
        web.url, made.root, tmp_path / "till", program, program, Edition.USER, V0, "a-machine",
        UpdateMode(), may_go_back=False, hours=ANY_HOURS, proxy=NONE, may_install=True,
    )  # fmt: skip


@pytest.fixture
def updates(plan: Plan) -> Updates:
    return Updates(plan, PACE)
