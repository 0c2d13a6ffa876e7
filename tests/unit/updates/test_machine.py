"""How the program was installed, what tells a computer from others, and whose folder it is."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace, TracebackType

import pytest

from posmember.errors import UpdateError, UpdateProblem
from posmember.settings.config import PlatformSettings, Settings, UpdatesSettings
from posmember.settings.policy import Policy
from posmember.settings.updates import UpdateMode, Version
from posmember.updates import machine
from posmember.updates import updates as updates_module
from posmember.updates.machine import edition, edition_at, machine_id
from posmember.updates.offer import Edition
from posmember.updates.root import embedded_root
from posmember.updates.source.folder import make_private, must_have_room, users_folder
from posmember.updates.updates import plan_for

P = UpdateProblem


def settings(url: str = "https://updates.example", **policies: object) -> Settings:
    raw = {f"policy.{name}": value for name, value in policies.items()}
    policy = Policy("a policy", raw)
    return Settings(
        PlatformSettings("an-id", "a-code"), updates=UpdatesSettings(url), policy=policy
    )


def why_not(of: Settings, *, as_service: bool = False) -> UpdateProblem:
    with pytest.raises(UpdateError) as told:
        plan_for(of, as_service=as_service)
    return told.value.problem


def test_a_machines_id_is_read_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "machine-id"
    monkeypatch.setattr(machine, "_MACHINE_ID", path)
    assert machine_id() == ""
    path.write_bytes(b"0123456789abcdef0123456789abcdef\n")
    assert machine_id() == "0123456789abcdef0123456789abcdef"
    path.write_bytes(b"\xff\n")
    assert machine_id() == ""
    path.write_bytes(b"a" * 10_000)
    assert len(machine_id()) == 100


class Key:
    """Stands for an open key of the registry."""

    def __enter__(self) -> Key:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close it."""  # fmt: skip


def test_windows_id_is_of_its_64_bit_view(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[object, ...]] = []

    def open_key(*where: object) -> Key:
        opened.append(where)
        return Key()

    registry = SimpleNamespace(
        KEY_READ=1, KEY_WOW64_64KEY=256, HKEY_LOCAL_MACHINE="HKLM", OpenKey=open_key,
        QueryValueEx=lambda _key, name: (f"of {name}", 1),
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "winreg", registry)
    assert machine._machine_guid() == "of MachineGuid"
    assert opened == [("HKLM", r"SOFTWARE\Microsoft\Cryptography", 0, 257)]


def test_an_edition_is_told_by_where_its_program_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edition() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert edition() is Edition.DEB
    program = Path("/local/Programs/posmember/app/posmember.exe")
    assert edition_at(program, "/local") is Edition.USER
    assert edition_at(program, "/other") is Edition.MACHINE
    assert edition_at(program, "") is Edition.MACHINE


def test_a_program_that_was_built_without_keys(tmp_path: Path) -> None:
    with pytest.raises(UpdateError) as told:
        embedded_root(tmp_path / "none")
    assert told.value.problem is P.NO_ROOT


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that was built with keys."""
    monkeypatch.setattr(updates_module, "embedded_root", lambda: b"a root")


@pytest.mark.usefixtures("built")
def test_why_there_are_no_updates() -> None:
    assert why_not(settings(updates="off")) is P.OFF
    assert why_not(settings("")) is P.NO_ADDRESS
    assert why_not(settings()) is P.NOT_INSTALLED


def test_without_a_root_there_are_none() -> None:
    assert why_not(settings()) is P.NO_ROOT


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("installed", "as_service", "may"),
    [
        (Edition.USER, False, True),
        (Edition.MACHINE, False, False),
        (Edition.MACHINE, True, True),
        (Edition.DEB, False, False),
    ],
)
def test_who_may_install(
    monkeypatch: pytest.MonkeyPatch, installed: Edition, as_service: bool, may: bool
) -> None:
    monkeypatch.setattr(updates_module, "edition", lambda: installed)
    plan = plan_for(settings(updates="1.2.3", updates_back=True), as_service=as_service)
    assert plan.may_install is may
    assert plan.mode == UpdateMode(pinned=Version(1, 2, 3))
    assert plan.may_go_back
    assert (plan.again is None) == as_service
    beside_the_program = plan.program.parent.parent / "updates"
    assert plan.folder == (beside_the_program if as_service else users_folder())


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("installed", [Edition.USER, Edition.DEB])
def test_what_is_not_for_everybody_has_no_service(
    monkeypatch: pytest.MonkeyPatch, installed: Edition
) -> None:
    monkeypatch.setattr(updates_module, "edition", lambda: installed)
    assert why_not(settings(), as_service=True) is P.BY_OTHERS


def test_a_private_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_private(folder)
    make_private(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    for mode in (0o720, 0o702):
        folder.chmod(mode)
        with pytest.raises(UpdateError) as told:
            make_private(folder)
        assert told.value.problem is P.NOT_PRIVATE


def test_a_link_is_no_private_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(UpdateError):
        make_private(tmp_path / "link")


def test_room(tmp_path: Path) -> None:
    must_have_room(tmp_path, 1)
    with pytest.raises(UpdateError) as told:
        must_have_room(tmp_path, 10**16)
    assert told.value.problem is P.NO_SPACE
