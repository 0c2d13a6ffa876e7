from __future__ import annotations

import sys
from pathlib import Path

import pytest

from posmember import resources
from posmember.resources import resource, this_program
from tests.screenshots import PICTURES, README_PICTURES


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder beside a checkout's resources."""
    package = tmp_path / "posmember"
    package.mkdir()
    write(tmp_path / "resources" / "styles" / "tokens.qss", "checkout")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    return package


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_checkout_serves_the_folder_beside_the_package(package: Path) -> None:
    found = resource("styles/tokens.qss")

    assert found == package.parent / "resources" / "styles" / "tokens.qss"
    assert found.read_text(encoding="utf-8") == "checkout"


def test_an_installed_package_serves_its_own_copy_only(package: Path) -> None:
    write(package / "_resources" / "styles" / "tokens.qss", "packaged")

    assert resource("styles/tokens.qss").read_text(encoding="utf-8") == "packaged"
    write(package.parent / "resources" / "only-in-checkout.txt", "")
    with pytest.raises(FileNotFoundError):
        resource("only-in-checkout.txt")


def test_a_folder_is_a_resource_too(package: Path) -> None:
    assert resource("styles").is_dir()


def test_a_missing_resource_is_named(package: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"sounds/found\.wav"):
        resource("sounds/found.wav")


def test_a_checkout_is_started_by_python() -> None:
    assert list(this_program()) == [sys.executable, "-m", "posmember"]


def test_a_frozen_program_is_its_own_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert list(this_program()) == [sys.executable]


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    folder = Path(__file__).parents[2] / PICTURES
    assert {path.stem for path in folder.iterdir()} == set(README_PICTURES)
    assert max(path.stat().st_size for path in folder.iterdir()) <= 120_000
