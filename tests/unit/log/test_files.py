"""The log: rotated files with support codes, and nothing of anybody in them."""

from __future__ import annotations

import logging
import logging.handlers
import os
import re
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from posmember.log import files
from posmember.log.files import log_folder, start_file_log
from posmember.log.uncaught import log_uncaught


def text_of_the_log() -> str:
    return (log_folder() / "posmember.log").read_text(encoding="utf-8")


def test_records_go_to_a_file_with_their_time(root_as_before: logging.Logger) -> None:
    start_file_log()
    logging.getLogger("posmember.some.part").info("%s: asked for %s", "7F3A", "13800000001")
    found = re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO posmember\.some\.part: 7F3A: asked for …\n",
        text_of_the_log(),
    )
    assert found, text_of_the_log()


def test_an_exception_is_told_without_its_words(root_as_before: logging.Logger) -> None:
    start_file_log()
    try:
        raise ValueError("13800000001 is not a number of 王小明")
    except ValueError:
        logging.getLogger("posmember").info("failed", exc_info=True)
    text = text_of_the_log()
    assert text.endswith("in test_an_exception_is_told_without_its_words\nValueError\n")
    assert "王小明" not in text
    assert "1380000" not in text


def test_starting_twice_logs_once(root_as_before: logging.Logger) -> None:
    start_file_log()
    start_file_log()
    logging.getLogger("posmember").info("once")
    assert text_of_the_log().count("once") == 1


def test_requests_are_not_logged_with_their_address(root_as_before: logging.Logger) -> None:
    start_file_log()
    logging.getLogger("httpx").info("HTTP Request: POST https://address.example")
    logging.getLogger("posmember").debug("too much")
    assert text_of_the_log() == ""


def test_files_are_rotated_and_few(
    root_as_before: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 500)
    start_file_log()
    for number in range(200):
        logging.getLogger("posmember").info("line %d of many lines that fill the file", number)
    names = sorted(path.name for path in log_folder().iterdir())
    assert names == [
        "posmember.log",
        *(f"posmember.log.{n}" for n in range(1, files.KEPT_FILES + 1)),
    ]
    assert all(path.stat().st_size <= 500 for path in log_folder().iterdir())


def test_where_no_file_can_be_written_one_line_says_so_and_it_goes_on_without(
    root_as_before: logging.Logger,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(files, "log_folder", lambda: tmp_path / "file" / "log")
    start_file_log()
    logging.getLogger("posmember").info("into the void")
    line = "posmember: 日志写不了,程序照常运行 / the log cannot be written, all else goes on: "
    assert capsys.readouterr().err == f"{line}NotADirectoryError: ENOTDIR\n"
    assert not any(
        isinstance(handler, logging.handlers.RotatingFileHandler)
        for handler in root_as_before.handlers
    )


@pytest.mark.allow_log("posmember.log")
def test_a_bug_gets_a_code_that_the_log_holds(root_as_before: logging.Logger) -> None:
    try:
        raise ZeroDivisionError("of 13800000001")
    except ZeroDivisionError as error:
        code = log_uncaught(error)
    assert re.fullmatch("[0-9A-F]{4}", code)
    text = text_of_the_log()
    assert f"CRITICAL posmember.log: {code}: a bug\nTraceback" in text
    assert text.endswith("ZeroDivisionError\n")


def test_a_record_is_one_line_whatever_it_says(root_as_before: logging.Logger) -> None:
    start_file_log()
    forged = "a\n2026-12-01 00:00:00 INFO posmember: forged\x1b[2J\u202e\u2028\x85"
    logging.getLogger("posmember").info("%s: read", forged)
    assert text_of_the_log().count("\n") == 1
    assert "forged[2J : read" in text_of_the_log()


def test_an_exception_among_the_arguments_is_its_class(root_as_before: logging.Logger) -> None:
    start_file_log()
    logging.getLogger("posmember").info("%s: %s", "7F3A", OSError(13, "王小明"))
    logging.getLogger("posmember").info("%(why)s", {"why": "by name"})
    assert "INFO posmember: 7F3A: PermissionError: EACCES\n" in text_of_the_log()
    assert "INFO posmember: by name\n" in text_of_the_log()


@pytest.mark.parametrize(
    "holder",
    [["Wang"], {"name": "Wang"}, {"Wang"}, (KeyError("Wang"),), b"Wang", type("X", (), {})],
)
def test_of_what_holds_others_only_the_class_is_told(
    root_as_before: logging.Logger, holder: object
) -> None:
    start_file_log()
    logging.getLogger("posmember").info("%s: %s", 7, holder)
    logging.getLogger("posmember").info("%(what)s, %(more)s", {"what": holder, "more": "x"})
    kind = type(holder).__name__
    first, second = text_of_the_log().splitlines()
    assert first.endswith(f"INFO posmember: 7: {kind}")
    assert second.endswith(f"INFO posmember: {kind}, x")


@pytest.mark.allow_log("王小明 13957924681")
def test_a_loggers_name_is_nobodys(root_as_before: logging.Logger) -> None:
    start_file_log()
    logging.getLogger("王小明 13957924681").warning("x")
    assert "WARNING … …: (test_files:" in text_of_the_log()


@pytest.mark.allow_log("posmembership")
def test_a_library_is_heard_without_what_it_was_working_on(root_as_before: logging.Logger) -> None:
    start_file_log()
    library = logging.getLogger("posmembership")  # whose name only begins like ours
    library.warning("callback %r failed", "王小明")
    library.warning(f"callback of {'王小明'} failed")
    library.warning(ValueError("王小明"))
    text = text_of_the_log()
    assert "WARNING posmembership: callback %r failed (test_files:" in text
    assert text.count("WARNING posmembership: (test_files:") == 2
    assert "王" not in text


def test_what_another_handler_made_of_an_exception_is_not_taken(
    root_as_before: logging.Logger,
) -> None:
    start_file_log()
    record = logging.LogRecord("posmember", logging.INFO, "", 1, "failed", None, None)
    record.exc_text = "Traceback: 王小明"
    record.stack_info = "Stack: 王小明"
    root_as_before.handle(record)
    assert text_of_the_log().endswith("INFO posmember: failed\n")


# --- who may read it -----------------------------------------------------------------------------


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("usual_umask")
def test_the_folder_and_each_file_are_their_owners_alone(
    root_as_before: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 200)
    start_file_log()
    for number in range(20):
        logging.getLogger("posmember").info("line %d of many lines that fill the file", number)
    found = list(log_folder().iterdir())
    assert len(found) == files.KEPT_FILES + 1
    assert {mode(path) for path in found} == {0o600}
    assert mode(log_folder()) == 0o700


@pytest.mark.usefixtures("usual_umask")
def test_what_an_earlier_version_left_open_to_all_is_closed(root_as_before: logging.Logger) -> None:
    log_folder().mkdir(parents=True)
    for name in ("posmember.log", "posmember.log.1", "posmember.log.5"):
        (log_folder() / name).write_text("of before")
    (log_folder() / "posmember.log.2").symlink_to("/dev/null")
    before = mode(Path("/dev/null"))
    start_file_log()
    assert mode(log_folder()) == 0o700
    names = ("posmember.log", "posmember.log.1", "posmember.log.5")
    assert {mode(log_folder() / name) for name in names} == {0o600}
    assert mode(Path("/dev/null")) == before, "what is no file is left alone"


# --- where it cannot be written ------------------------------------------------------------------


def test_a_full_disk_is_one_line_once_and_the_program_goes_on(
    root_as_before: logging.Logger,
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_file_log()
    (handler,) = (one for one in root_as_before.handlers if isinstance(one, files.LogFiles))
    before = handler.setStream(open("/dev/full", "a", encoding="utf-8"))  # noqa: PTH123, SIM115
    assert before is not None
    before.close()
    for _ in range(3):
        try:
            raise ValueError("王小明 139 5792 4681")
        except ValueError:
            logging.getLogger("posmember").info("of 王小明", exc_info=True)
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.endswith("all else goes on: OSError: ENOSPC\n")


WRONG_ARGUMENTS: dict[str, tuple[str, object, str]] = {
    "another type": ("%d", ("王小明",), "TypeError"),
    "too many": ("for %s", ("Wang", "Xiaoming"), "TypeError"),
    "too few": ("%s of %s", ("Wang",), "TypeError"),
    "no such name": ("%(who)s", {"whom": "Wang"}, "KeyError"),
    "no such form": ("%y", ("Wang",), "ValueError"),
    "a number of none": ("%d", ([1],), "TypeError"),
}


@pytest.mark.parametrize("case", WRONG_ARGUMENTS)
def test_a_record_that_cannot_be_put_together_is_a_bug_by_its_place(
    root_as_before: logging.Logger, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    words, given, kind = WRONG_ARGUMENTS[case]
    start_file_log()
    (handler,) = (one for one in root_as_before.handlers if isinstance(one, files.LogFiles))
    record = logging.LogRecord("posmember", 20, "/x/tones.py", 7, words, None, None)
    record.args = given  # type: ignore[assignment]
    handler.handle(record)
    logging.getLogger("posmember").info("the next one")
    first, second = text_of_the_log().splitlines()
    assert first.endswith(f"posmember: a bug: {kind} of a record (tones:7)")
    assert second.endswith("the next one")
    assert capsys.readouterr().err == ""


def test_a_folder_that_takes_no_new_name_is_no_reason_to_lose_a_record(
    root_as_before: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_names: str) -> None:
        raise PermissionError(13, "another program has it open")

    monkeypatch.setattr(files, "MAX_BYTES", 200)
    monkeypatch.setattr(os, "replace", taken)
    start_file_log()
    for number in range(20):
        logging.getLogger("posmember").info("line %d", number)
    assert text_of_the_log().count("line") == 20


# --- something else has its name -----------------------------------------------------------------


def make_odd(kind: str, path: Path) -> None:
    """Put what is no file at a path."""
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "link to a pipe":
            os.mkfifo(path.with_name("a-pipe"))
            path.symlink_to("a-pipe")
        case "folder":
            path.mkdir()
            (path / "kept").touch()
        case "device":
            path.symlink_to("/dev/zero")
        case "socket":
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(str(path))
        case "link to itself":
            path.symlink_to(path.name)


ODD = ["pipe", "link to a pipe", "folder", "device", "socket", "link to itself"]


@pytest.fixture
def short_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A log folder with a name so short that a socket can be in it."""
    with tempfile.TemporaryDirectory(prefix="pm") as made:
        folder = Path(made) / "log"
        folder.mkdir()
        monkeypatch.setattr(files, "log_folder", lambda: folder)
        yield folder


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_never_waited_for(
    root_as_before: logging.Logger,
    short_folder: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
) -> None:
    make_odd(kind, short_folder / "posmember.log")
    start_file_log()
    start_file_log()
    for number in range(3):
        logging.getLogger("posmember").info("line %d", number)
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "the log cannot be written, all else goes on: " in told


def test_a_pipe_that_is_read_is_not_written_into_either(
    root_as_before: logging.Logger, short_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(short_folder / "posmember.log")
    reader = os.open(short_folder / "posmember.log", os.O_RDONLY | os.O_NONBLOCK)
    try:
        start_file_log()
        logging.getLogger("posmember").info("of somebody")
        assert os.read(reader, 100) == b""
    finally:
        os.close(reader)
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("numbers", [(1,), (3,), (5,), (1, 2, 3, 4, 5)])
def test_a_numbered_name_that_is_no_files_is_passed_over(
    root_as_before: logging.Logger,
    short_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    numbers: tuple[int, ...],
) -> None:
    if kind == "link to a pipe" and len(numbers) > 1:
        numbers = numbers[:1]
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    for number in numbers:
        make_odd(kind, short_folder / f"posmember.log.{number}")
    before = {number: (short_folder / f"posmember.log.{number}").lstat() for number in numbers}
    start_file_log()
    for number in range(30):
        logging.getLogger("posmember").info("line %d", number)
    for number in numbers:
        now = (short_folder / f"posmember.log.{number}").lstat()
        assert (now.st_ino, stat.S_IFMT(now.st_mode)) == (
            before[number].st_ino,
            stat.S_IFMT(before[number].st_mode),
        )
    text = (short_folder / "posmember.log").read_text("utf-8")
    assert text.endswith("line 29\n")
    kept = [each for each in short_folder.iterdir() if stat.S_ISREG(each.lstat().st_mode)]
    assert len(kept) == files.KEPT_FILES + 1 - len(numbers)
    assert capsys.readouterr().err == ""


def test_a_name_that_is_taken_while_it_runs_is_told_once(
    root_as_before: logging.Logger,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    start_file_log()
    path = log_folder() / "posmember.log"
    logging.getLogger("posmember").info("first")
    (handler,) = (one for one in root_as_before.handlers if isinstance(one, files.LogFiles))
    handler.close()
    path.unlink()
    os.mkfifo(path)
    for number in range(10):
        logging.getLogger("posmember").info("line %d", number)
    assert capsys.readouterr().err.count("\n") == 1
    path.unlink()
    logging.getLogger("posmember").info("as before")
    assert text_of_the_log().endswith("as before\n")


@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_every_folder_that_is_made_is_its_owners_alone(
    root_as_before: logging.Logger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, umask: int
) -> None:
    folder = tmp_path / "a" / "b" / "log"
    monkeypatch.setattr(files, "log_folder", lambda: folder)
    before = os.umask(umask)
    try:
        start_file_log()
        logging.getLogger("posmember").info("x")
    finally:
        os.umask(before)
    assert {mode(each) for each in (folder, *list(folder.parents)[:2])} == {0o700}
    assert mode(folder / "posmember.log") == 0o600
