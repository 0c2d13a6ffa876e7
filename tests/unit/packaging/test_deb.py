"""The Debian package, as far as it needs no Debian: its descriptions, and its scripts at work."""

from __future__ import annotations

import hashlib
import os
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from dev_run import StepError
from installers import deb, example, second
from installers.places import HERE

from posmember.settings.declared import BY_PATH, POLICY_BY_PATH
from posmember.settings.setting import REQUIRED

if sys.platform != "linux":
    pytest.skip("a Debian package is made on Linux", allow_module_level=True)

PACKAGE = deb.Package(
    Path("nowhere"), "1.2.3", Path("nowhere"), ("a (>= 1)", "b | c"),
    made=datetime(2026, 1, 2, tzinfo=UTC),
)  # fmt: skip


def test_what_libraries_need_and_what_none_names() -> None:
    told = "shlibs:Depends=libc6 (>= 2.36), libx11-6\nother:Depends=x\n"
    found = deb.depends(told)
    assert {"libc6 (>= 2.36)", "libx11-6", "ca-certificates"} < set(found)
    assert any(each.startswith("fonts-noto-cjk |") for each in found)
    assert list(found) == sorted(found)


def test_nothing_told_is_no_package_without_needs() -> None:
    with pytest.raises(StepError):
        deb.depends("")


def test_the_description_is_a_paragraph_for_dpkg() -> None:
    lines = deb.control(PACKAGE, 12).splitlines()
    assert "Version: 1.2.3" in lines
    assert "Depends: a (>= 1), b | c" in lines
    assert "Installed-Size: 12" in lines
    described = lines[lines.index("Description: member lookup at the till") + 1 :]
    assert described
    assert all(line.startswith(" ") for line in described)


def test_its_moment_is_the_one_that_is_given() -> None:
    assert deb.moment({"SOURCE_DATE_EPOCH": "86400"}) == datetime(1970, 1, 2, tzinfo=UTC)


def test_each_content_has_a_mark_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    first = deb.content_mark(tmp_path)
    assert deb.content_mark(tmp_path) == first
    (tmp_path / "a").rename(tmp_path / "b")
    assert deb.content_mark(tmp_path) != first


def test_the_version_after_this_one() -> None:
    assert second.later("1.9.9") == "1.9.10"


def test_the_configuration_is_the_same_in_every_version() -> None:
    # Where it is another, dpkg asks on each till that has edited it, and an unattended one stops.
    content = (deb.PARTS / "config.toml").read_bytes()
    assert tomllib.loads(content.decode()) == {}
    assert hashlib.sha256(content).hexdigest() == CONFIGURATION


CONFIGURATION = "82a6aefbed3492ac5ce0cad7029087f68353f1126a618abb24dbe58e1eeea768"


def test_the_example_sets_nothing_and_every_line_of_it_could() -> None:
    text = example.example()
    assert tomllib.loads(text) == {}
    lines = [line for line in text.splitlines() if line.startswith("#") and line[1:2] not in " "]
    told = tomllib.loads("\n".join(line[1:] for line in lines))
    declared = BY_PATH | POLICY_BY_PATH
    assert {f"{table}.{key}" for table, keys in told.items() for key in keys} == set(declared)
    for path, setting in declared.items():
        if setting.default is not REQUIRED:
            assert setting.read(told[setting.table][setting.key]) == setting.preset, path


# --- the scripts, in a folder of their own in the place of /opt ---------------------------------

RUNS = "#!/bin/sh\nexit 0\n"


class Opt:
    """Stands for ``/opt/posmember``."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "posmember"
        self.program = self.root / "program" / "posmember"
        self.program.parent.mkdir(parents=True)

    def unpack(self, text: str = RUNS) -> None:
        """Put a program in, as dpkg does: beside the one before, then in its place."""
        new = self.program.with_suffix(".dpkg-new")
        new.write_text(text)
        new.chmod(0o755)
        new.rename(self.program)

    def script(
        self, name: str, *arguments: str, build: str = "1"
    ) -> subprocess.CompletedProcess[str]:
        text = (deb.PARTS / name).read_text(encoding="utf-8")
        text = text.replace("/opt/posmember", str(self.root)).replace("@BUILD@", build)
        command = ["sh", "-c", text, name, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    def versions(self) -> set[str]:
        return {path.name for path in (self.root / "versions").iterdir()}

    def current(self) -> str:
        return (self.root / "current").readlink().name


@pytest.fixture
def opt(tmp_path: Path) -> Opt:
    return Opt(tmp_path)


@pytest.fixture
def sleeper(opt: Opt) -> Iterator[subprocess.Popen[bytes]]:
    """The first version, installed and run: it sleeps, under its own name."""
    opt.unpack()
    assert opt.script("postinst", "configure", build="1").returncode == 0
    sleeping = opt.root / "versions" / "1" / "sleeping"
    shutil.copy("/bin/sleep", sleeping)
    with subprocess.Popen([sleeping, "60"]) as process:
        yield process
        process.kill()


def test_a_version_is_installed_without_taking_room_twice(opt: Opt) -> None:
    opt.unpack()
    done = opt.script("postinst", "configure", "")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert opt.current() == "1"
    assert (opt.root / "current" / "posmember").samefile(opt.program)


def test_an_upgrade_leaves_what_runs_and_the_next_takes_it_away(
    opt: Opt, sleeper: subprocess.Popen[bytes]
) -> None:
    before = opt.root / "versions" / "1" / "posmember"
    opt.unpack(RUNS + "# 2\n")
    assert opt.script("postinst", "configure", "1", build="2").returncode == 0
    assert opt.current() == "2"
    assert opt.versions() == {"1", "2"}
    assert before.read_text() == RUNS
    sleeper.kill()
    sleeper.wait()
    opt.unpack(RUNS + "# 3\n")
    assert opt.script("postinst", "configure", "2", build="3").returncode == 0
    assert opt.versions() == {"3"}


def test_a_version_that_does_not_start_is_not_taken(opt: Opt) -> None:
    opt.unpack()
    opt.script("postinst", "configure", build="1")
    opt.unpack("#!/bin/sh\nexit 3\n")
    done = opt.script("postinst", "configure", "1", build="2")
    assert done.returncode == 1
    assert "仍用原来的版本" in done.stderr
    assert opt.current() == "1"
    assert opt.versions() == {"1"}


def test_the_same_once_more_mends_what_is_broken(opt: Opt) -> None:
    opt.unpack()
    opt.script("postinst", "configure", build="1")
    (opt.root / "current" / "posmember").unlink()
    opt.unpack()
    assert opt.script("postinst", "configure", "1", build="1").returncode == 0
    assert (opt.root / "current" / "posmember").read_text() == RUNS
    assert {path.name for path in opt.root.iterdir()} == {"current", "program", "versions"}


def test_removal_asks_the_program_to_close(opt: Opt, sleeper: subprocess.Popen[bytes]) -> None:
    assert opt.script("prerm", "upgrade", "2").returncode == 0
    assert sleeper.poll() is None
    opt.root.joinpath("program").rename(opt.root.parent / "gone")
    assert opt.script("prerm", "remove").returncode == 0
    assert sleeper.wait(10) < 0
    assert opt.script("postrm", "remove").returncode == 0
    assert not opt.root.exists()


def test_a_removal_that_is_broken_off_leaves_a_program(opt: Opt) -> None:
    opt.unpack()
    opt.script("postinst", "configure")
    opt.script("prerm", "remove")
    assert not (opt.root / "current").exists()
    assert opt.script("postinst", "abort-remove").returncode == 0
    assert (opt.root / "current" / "posmember").samefile(opt.program)


# --- what a frozen program starts ----------------------------------------------------------------


@pytest.mark.parametrize("before", ["", "/of/the/user"])
def test_foreign_programs_are_not_led_to_its_libraries(
    monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    program = ModuleType("posmember.__main__")
    program.main = lambda: 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "posmember.__main__", program)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/posmember/current/_internal")
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    with pytest.raises(SystemExit, match="0"):
        runpy.run_path(str(HERE / "launcher.py"))
    assert os.environ.get("LD_LIBRARY_PATH", "") == before
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
