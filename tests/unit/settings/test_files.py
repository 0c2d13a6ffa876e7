"""A file is replaced whole or not at all, stays whose it is, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from posmember.lookup.desk import note_set_up
from posmember.settings.files import make_folder, read_file, replace_file
from posmember.trust.lock import one_at_a_time

BEFORE, AFTER = b"before", b"after " * 1000
NOBODY = 65_534

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="rights and links are others there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "kept.toml"
    made.write_bytes(BEFORE)
    return made


def is_whole(path: Path, content: bytes) -> bool:
    """Whether a file holds this, and its folder nothing else."""
    return path.read_bytes() == content and list(path.parent.iterdir()) == [path]


def test_replaced(path: Path) -> None:
    replace_file(path, AFTER)
    assert is_whole(path, AFTER)
    assert read_file(path) == AFTER


@needs_unix
def test_made_where_there_is_none(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "new", AFTER)
    finally:
        os.umask(before)
    assert is_whole(tmp_path / "new", AFTER)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@needs_unix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755, 0o200])
def test_the_rights_stay(path: Path, mode: int) -> None:
    path.chmod(mode)
    replace_file(path, AFTER)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@needs_unix
def test_what_was_left_by_a_killed_program_goes(path: Path) -> None:
    left = path.with_name(".kept.toml.new")
    left.write_bytes(b"half" * 10_000)
    replace_file(path, AFTER)
    assert is_whole(path, AFTER)


@needs_unix
def test_a_link_stays_one_and_its_target_is_written(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link, further = folder / "link.toml", folder / "further.toml"
    link.symlink_to("further.toml")
    further.symlink_to(path)
    replace_file(link, AFTER)
    assert (link.is_symlink(), further.is_symlink(), path.read_bytes()) == (True, True, AFTER)
    assert sorted(folder.iterdir()) == [further, link]


@needs_unix
def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to("there.toml")
    replace_file(link, AFTER)
    assert link.is_symlink()
    assert (tmp_path / "there.toml").read_bytes() == AFTER


@needs_unix
def test_a_read_only_file_is_refused(path: Path) -> None:
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="read-only"):
        replace_file(path, AFTER)
    assert is_whole(path, BEFORE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


@needs_unix
@pytest.mark.parametrize("uid", [0, 12_345])
def test_another_users_file_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, uid: int
) -> None:
    real = path.stat()
    theirs = os.stat_result((*real[:4], uid, *real[5:]))
    monkeypatch.setattr(Path, "stat", lambda _path: theirs)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(PermissionError, match="another user's"):
        replace_file(path, AFTER)
    monkeypatch.undo()
    assert is_whole(path, BEFORE)


if sys.platform != "win32":

    def test_a_file_stays_its_owners(path: Path) -> None:
        owner = NOBODY if os.geteuid() == 0 else os.geteuid()  # the administrator is not it
        group = NOBODY if os.geteuid() == 0 else os.getegid()
        os.chown(path, owner, group)
        path.chmod(0o640)
        replace_file(path, AFTER)
        now = path.stat()
        assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (owner, group, 0o640)
        assert is_whole(path, AFTER)

    def test_owner_and_group_are_given_before_the_content(
        path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = path.stat()
        given: list[tuple[int, int, int]] = []

        def give(handle: int, uid: int, gid: int) -> None:
            given.append((os.fstat(handle).st_size, uid, gid))

        monkeypatch.setattr(os, "fchown", give)
        monkeypatch.setattr(os, "geteuid", lambda: real.st_uid)
        theirs = os.stat_result((*real[:5], real.st_gid + 1, *real[6:]))
        status = Path.stat
        monkeypatch.setattr(
            Path, "stat", lambda each, **how: theirs if each == path else status(each, **how)
        )
        replace_file(path, AFTER)
        assert given == [(0, real.st_uid, real.st_gid + 1)]

    def test_a_pipe_in_its_place_or_beside_it_is_refused(path: Path) -> None:
        beside = path.with_name(".kept.toml.new")
        os.mkfifo(beside)
        with pytest.raises(OSError):  # noqa: PT011 - which one differs by system
            replace_file(path, AFTER)
        assert path.read_bytes() == BEFORE
        beside.unlink()
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(OSError, match="no regular file"):
            replace_file(path, AFTER)

    def test_a_link_beside_it_leads_nowhere(path: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        other.write_bytes(BEFORE)
        beside = path.with_name(".kept.toml.new")
        for lay in (beside.symlink_to, beside.hardlink_to):
            lay(other)
            with pytest.raises(OSError):  # noqa: PT011 - which one differs by system
                replace_file(path, AFTER)
            assert (path.read_bytes(), other.read_bytes()) == (BEFORE, BEFORE)
            beside.unlink()

    @pytest.fixture
    def another(path: Path) -> Iterator[None]:
        """Another program is about to write the file."""
        import fcntl

        beside = path.with_name(".kept.toml.new")
        with beside.open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @pytest.mark.usefixtures("another")
    def test_two_at_once_never_mix(path: Path) -> None:
        with pytest.raises(BlockingIOError):
            replace_file(path, AFTER)
        assert path.read_bytes() == BEFORE
        assert path.with_name(".kept.toml.new").exists(), "the other one's"

    def test_where_nothing_can_be_locked_it_is_written(
        path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_handle: object, _how: int) -> None:
            raise OSError(errno.ENOLCK, "no locks available")

        monkeypatch.setattr("fcntl.flock", refuse)
        replace_file(path, AFTER)
        assert is_whole(path, AFTER)

    def test_it_is_on_the_disk_before_it_is_in_its_place(
        path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[tuple[bool, bytes]] = []

        def see(handle: int) -> None:
            synced.append((stat.S_ISDIR(os.fstat(handle).st_mode), path.read_bytes()))

        monkeypatch.setattr(os, "fsync", see)
        replace_file(path, AFTER)
        assert synced == [(False, BEFORE), (True, AFTER)]

    KILLED = """
import os, signal, sys
from pathlib import Path
from posmember.settings import files
write = os.write
def killed(handle, content):
    write(handle, content[:10])
    os.kill(os.getpid(), signal.SIGKILL)
os.write = killed
files.replace_file(Path(sys.argv[1]), b"after " * 1000)
"""

    def test_a_killed_write_leaves_one_file_at_most_and_the_next_none(path: Path) -> None:
        for _ in range(3):
            done = subprocess.run([sys.executable, "-c", KILLED, path], check=False)
            assert done.returncode == -signal.SIGKILL
            assert path.read_bytes() == BEFORE
            assert len(list(path.parent.iterdir())) == 2
        replace_file(path, AFTER)
        assert is_whole(path, AFTER)


@pytest.mark.parametrize("failing", ["write", "fsync"])
def test_a_full_disk_leaves_all_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def refuse(*_what: object) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, failing, refuse)
    with pytest.raises(OSError, match="no space left"):
        replace_file(path, AFTER)
    assert is_whole(path, BEFORE)


def test_a_write_in_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:100]))
    replace_file(path, AFTER)
    assert is_whole(path, AFTER)


@needs_unix
def test_a_folder_that_cannot_be_synced_or_has_no_attributes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def refuse(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not here")
        sync(handle)

    def none(_path: Path) -> list[str]:
        raise OSError(errno.ENOTSUP, "none here")

    monkeypatch.setattr(os, "fsync", refuse)
    monkeypatch.setattr(os, "listxattr", none, raising=False)
    replace_file(path, AFTER)
    assert is_whole(path, AFTER)


@pytest.mark.skipif(sys.platform != "linux", reason="access lists are others there")
def test_an_access_list_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, kept = "system.posix_acl_access", {}
    monkeypatch.setattr(os, "listxattr", lambda _path: [name])
    monkeypatch.setattr(os, "getxattr", lambda _path, _name: b"list")
    monkeypatch.setattr(os, "setxattr", lambda _handle, name, value: kept.update({name: value}))
    replace_file(path, AFTER)
    assert kept == {name: b"list"}


@pytest.mark.skipif(os.name == "nt", reason="the rights of files are others there")
@pytest.mark.parametrize("umask", [0, 0o022])
def test_a_folder_is_made_for_its_owner_alone_with_all_above_it(tmp_path: Path, umask: int) -> None:
    folder = tmp_path / "state" / "posmember" / "log"
    before = os.umask(umask)
    try:
        make_folder(folder)
        make_folder(folder)
        note_set_up(tmp_path / "data" / "posmember" / "audit.jsonl")
        with one_at_a_time(tmp_path / "other" / "posmember" / "x.lock"):
            pass
    finally:
        os.umask(before)
    made = [each for each in tmp_path.rglob("*") if each.is_dir()]
    assert {stat.S_IMODE(each.stat().st_mode) for each in made} == {0o700}
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert len(files) == 2
    (tmp_path / "file").touch()
    for name in ("file", "file/below"):
        with pytest.raises(OSError, match=r"exists|directory"):
            make_folder(tmp_path / name)
