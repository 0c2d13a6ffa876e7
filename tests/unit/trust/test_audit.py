"""The audit log: lines that are only ever added, about no card that a reader could tell."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import stat
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from posmember.domain.values import CHINA
from posmember.errors import AuditError, CredentialError
from posmember.trust.audit import KEY_NAME, AuditLog, Step, audit_key, audit_path
from tests.fakes.wechat import CODE, MemoryStore

NOON = datetime(2026, 11, 21, 12, 0, 5, 999_999, tzinfo=CHINA)
KEY = b"k" * 64


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in a folder that is not there yet."""
    return tmp_path / "data" / "posmember" / "audit.jsonl"


def note(log: AuditLog, step: Step = Step.ASKED, *, code: str = "", card: str = CODE) -> None:
    log.write(step, at=NOON, who="1001", card_code=card, fields=["level", "phone"], code=code)


def lines_of(path: Path) -> list[dict[str, object]]:
    text = path.read_text("utf-8")
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_has_exactly_what_is_documented(path: Path) -> None:
    log = AuditLog(KEY, path)
    note(log)
    note(log, Step.REFUSED, code="PARAM_ERROR")
    told = {
        "at": "2026-11-21T12:00:05+08:00",
        "who": "1001",
        "card": log.card_hash(CODE),
        "fields": ["level", "phone"],
    }
    assert lines_of(path) == [
        {**told, "step": "asked"},
        {**told, "step": "refused", "code": "PARAM_ERROR"},
    ]


@pytest.mark.parametrize("step", Step)
def test_every_step_has_its_word(path: Path, step: Step) -> None:
    note(AuditLog(KEY, path), step)
    assert lines_of(path)[0]["step"] == step.value


def test_a_time_names_its_zone(path: Path) -> None:
    log = AuditLog(KEY, path)
    log.write(Step.ASKED, at=NOON.astimezone(UTC), who="1", card_code="1", fields=[])
    assert lines_of(path)[0]["at"] == "2026-11-21T04:00:05+00:00"


def test_every_line_is_one_line(path: Path) -> None:
    log = AuditLog(KEY, path)
    log.write(Step.REFUSED, at=NOON, who="a\nb", card_code="1", fields=["x\ny"], code="好\r\n")
    assert path.read_bytes().count(b"\n") == 1
    assert path.read_bytes().isascii()
    assert lines_of(path)[0]["code"] == "好\r\n"


@pytest.mark.skipif(sys.platform == "win32", reason="such files are others there")
@pytest.mark.parametrize("target", ["/dev/zero", "/dev/null", None])
def test_what_keeps_nothing_is_no_audit_log(path: Path, target: str | None) -> None:
    path.parent.mkdir(parents=True)
    if target is None:
        os.mkfifo(path)
    else:
        path.symlink_to(target)
    with pytest.raises(AuditError, match="no regular file"):
        note(AuditLog(KEY, path))


def test_a_new_log_is_seen_in_its_folder_on_the_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("posmember.trust.audit.sync_folder", synced.append)
    for _ in range(2):
        note(AuditLog(KEY, path))
    assert synced == [path.parent]


# --- only ever appended to -----------------------------------------------------------------------


def test_lines_are_added_and_none_is_ever_removed(path: Path) -> None:
    earlier = b""
    for number in range(20):
        note(AuditLog(KEY, path), list(Step)[number % len(Step)])
        now = path.read_bytes()
        assert now.startswith(earlier)
        assert now.count(b"\n") == number + 1
        earlier = now


def test_what_was_there_before_stays_whatever_it_is(path: Path) -> None:
    path.parent.mkdir(parents=True)
    before = b"not json\n\xff\xfe\n" * 100_000
    path.write_bytes(before)
    note(AuditLog(KEY, path))
    assert path.read_bytes()[: len(before)] == before
    assert json.loads(path.read_bytes()[len(before) :])["step"] == "asked"


@pytest.mark.parametrize("torn", [b"{", b'{"at": "2026-11-21T12:', b"\xe5", b"{}\n{", b"\r", b"\0"])
def test_after_a_line_that_was_cut_off_the_next_begins_on_its_own(path: Path, torn: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(torn)
    for step in (Step.ASKED, Step.DONE):
        note(AuditLog(KEY, path), step)
    assert path.read_bytes().startswith(torn + b"\n")
    lines = path.read_bytes()[len(torn) + 1 :].splitlines()
    assert [json.loads(line)["step"] for line in lines] == ["asked", "done"]


@pytest.mark.parametrize("before", [b"", b"\n", b"{}\n", b"{}\n\n", b"{}\r\n"])
def test_after_a_whole_line_nothing_is_put_between(path: Path, before: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(before)
    note(AuditLog(KEY, path))
    added = path.read_bytes()[len(before) :]
    assert added.startswith(b"{")
    assert added.count(b"\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the mode of a file is POSIX's")
def test_nobody_else_can_read_it(path: Path) -> None:
    note(AuditLog(KEY, path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_is_on_the_disk_when_the_call_is_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        synced.append(path.stat().st_size)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    note(AuditLog(KEY, path))
    assert set(synced) == {path.stat().st_size}, "the line, then the new file in its folder"


def test_two_writers_add_whole_lines(path: Path) -> None:
    start = threading.Barrier(4)

    def work(name: str) -> None:
        log = AuditLog(KEY, path)
        start.wait()
        for number in range(50):
            log.write(
                Step.DONE, at=NOON, who=name, card_code=str(number), fields=["attach"] * number
            )

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = lines_of(path)
    assert len(lines) == 200
    for name in "abcd":
        own = [line["fields"] for line in lines if line["who"] == name]
        assert own == [["attach"] * number for number in range(50)]


# --- not writable --------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(AuditError, match="the audit log cannot be written: ") as caught:
        note(AuditLog(KEY, tmp_path / "data" / "audit.jsonl"))
    assert isinstance(caught.value.__cause__, OSError)


def test_a_folder_in_the_files_place(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(AuditError):
        note(AuditLog(KEY, path))


@pytest.mark.skipif(sys.platform != "linux", reason="the mode of a folder is POSIX's")
def test_a_folder_that_may_not_be_written(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.parent.chmod(0o500)
    # Root may write everywhere but there.
    locked = path if os.geteuid() else Path("/proc/posmember") / path.name
    with pytest.raises(AuditError):
        note(AuditLog(KEY, locked))


@pytest.mark.parametrize("call", ["open", "lseek", "read", "write", "fsync"])
def test_a_disk_that_fails_is_told_without_the_card(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    note(AuditLog(KEY, path))

    def fail(*_args: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        with pytest.raises(AuditError, match="No space left on device") as caught:
            note(AuditLog(KEY, path))
    assert CODE not in str(caught.value)


@pytest.mark.parametrize("written", [0, 10])
def test_a_line_of_which_only_a_part_was_written_is_an_error(
    path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    write = os.write
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda handle, line: write(handle, line[:written]))
        with pytest.raises(AuditError, match="the audit log cannot be written: "):
            note(AuditLog(KEY, path))
    assert len(path.read_bytes()) == written
    note(AuditLog(KEY, path), Step.DONE)
    assert json.loads(path.read_bytes().splitlines()[-1])["step"] == "done"


def test_a_line_that_was_cut_by_a_full_disk_is_an_error(path: Path) -> None:
    """A limit of a file's size makes a short write, as a full disk does."""
    resource = pytest.importorskip("resource")
    note(AuditLog(KEY, path))
    whole = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 20, limits[1]))
    try:
        for _ in range(2):  # a part of the line, then nothing of it
            with pytest.raises(AuditError, match="the audit log cannot be written: "):
                note(AuditLog(KEY, path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert len(path.read_bytes()) == len(whole) + 20
    note(AuditLog(KEY, path), Step.DONE)
    first, cut, last = path.read_bytes().splitlines(keepends=True)
    assert (first, cut) == (whole, whole[:20] + b"\n")
    assert json.loads(last)["step"] == "done"


# --- whose card ----------------------------------------------------------------------------------


def test_no_card_code_is_in_it(path: Path) -> None:
    log = AuditLog(KEY, path)
    note(log, card=CODE)
    note(log, card="LP-0001/a?")
    text = path.read_text("utf-8")
    for code in (CODE, "LP-0001"):
        assert code not in text
        assert hashlib.sha256(code.encode()).hexdigest() not in text


def test_the_same_card_is_told_by_the_same_hash_and_no_other(path: Path) -> None:
    log = AuditLog(KEY, path)
    assert AuditLog(KEY, Path("elsewhere")).card_hash(CODE) == log.card_hash(CODE)
    assert log.card_hash(CODE) == hmac.new(KEY, CODE.encode(), "sha256").hexdigest()
    hashes = {log.card_hash(code) for code in (CODE, CODE[:-1], CODE + "0", "")}
    assert len(hashes) == 4


def test_with_another_key_it_is_another_hash(path: Path) -> None:
    assert AuditLog(KEY, path).card_hash(CODE) != AuditLog(b"x" * 64, path).card_hash(CODE)


def test_the_key_is_made_once_and_kept() -> None:
    store = MemoryStore()
    key = audit_key(store)
    assert len(key) == 64
    assert audit_key(store) == key
    assert list(store.kept) == [KEY_NAME]
    assert audit_key(MemoryStore()) != key


@pytest.mark.parametrize("kept", ["", "short", "x" * 63, "x" * 65, "-" * 64])
def test_a_key_that_is_none_is_made_anew(kept: str) -> None:
    store = MemoryStore({KEY_NAME: kept})
    key = audit_key(store)
    assert key.decode() == store.kept[KEY_NAME] != kept
    assert len(key) == 64


def test_a_keyring_that_takes_no_key_is_told() -> None:
    store = MemoryStore()

    def locked(_what: str, _name: str) -> None:
        raise CredentialError("locked")

    store.watch = locked
    with pytest.raises(CredentialError):
        audit_key(store)


def test_it_is_in_the_persons_own_data(isolated: Path) -> None:
    assert audit_path().name == "wechat-card-audit.jsonl"
    assert audit_path().is_relative_to(isolated)
    assert not audit_path().exists()
