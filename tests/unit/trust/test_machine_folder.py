"""The machine's folder: whoever made it before, it is the administrators' from then on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from posmember.trust import machine_folder
from posmember.trust.machine_folder import (
    CONTENT_RIGHTS,
    FOLDER_RIGHTS,
    Advapi32,
    make_machine_folder,
)


class Windows:
    """Windows, as far as it is asked."""

    def __init__(self) -> None:
        self.given: dict[Path, tuple[str, bool]] = {}

    def give(self, path: Path, rights: str, *, inherits: bool) -> None:
        """See `System.give`."""
        self.given[path] = (rights, inherits)


def test_all_in_it_gets_the_folders_rights(tmp_path: Path) -> None:
    folder, windows = tmp_path / "posmember", Windows()
    (folder / "deep").mkdir(parents=True)
    (folder / "config.toml").touch()
    make_machine_folder(folder, windows)
    assert windows.given == {
        folder: (FOLDER_RIGHTS, False),
        folder / "deep": (CONTENT_RIGHTS, True),
        folder / "config.toml": (CONTENT_RIGHTS, True),
    }


def test_a_link_to_somewhere_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "posmember").symlink_to(tmp_path / "elsewhere")
    windows = Windows()
    with pytest.raises(OSError, match="link"):
        make_machine_folder(tmp_path / "posmember", windows)
    assert windows.given == {}


def test_too_much_to_look_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_folder, "_MOST", 2)
    for name in "abc":
        (tmp_path / name).touch()
    with pytest.raises(OSError, match="more than 2"):
        make_machine_folder(tmp_path, Windows())


def test_elsewhere_all_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        make_machine_folder(tmp_path / "xdg" / "posmember")
    finally:
        os.umask(before)
    assert (tmp_path / "xdg" / "posmember").stat().st_mode & 0o777 == 0o755
    with pytest.raises(OSError, match=r"advapi32"):
        Advapi32()
