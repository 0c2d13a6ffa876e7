"""The log: rotated files with support codes, and nothing of anybody in them."""

from __future__ import annotations

import logging
import logging.handlers
import os
import re
import stat
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
    log_folder().mkdir(parents=True)
    (log_folder() / "posmember.log").symlink_to("/dev/full")
    start_file_log()
    for _ in range(3):
        try:
            raise ValueError("王小明 139 5792 4681")
        except ValueError:
            logging.getLogger("posmember").info("of 王小明", exc_info=True)
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.endswith("all else goes on: OSError: ENOSPC\n")
    assert mode(Path("/dev/full")) == 0o666, "nobody's device is closed to others"


def test_a_record_that_cannot_be_put_together_is_no_traceback(
    root_as_before: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    start_file_log()
    (handler,) = (one for one in root_as_before.handlers if isinstance(one, files.LogFiles))
    handler.handle(logging.LogRecord("posmember", 20, "", 1, "%d", ("王小明",), None))
    assert capsys.readouterr().err.endswith("all else goes on: TypeError\n")
    logging.getLogger("posmember").info("the next one")
    assert text_of_the_log().endswith("the next one\n")


def test_a_folder_that_takes_no_new_name_is_no_reason_to_lose_a_record(
    root_as_before: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_names: str) -> None:
        raise PermissionError(13, "another program has it open")

    monkeypatch.setattr(files, "MAX_BYTES", 200)
    monkeypatch.setattr(os, "rename", taken)
    start_file_log()
    for number in range(20):
        logging.getLogger("posmember").info("line %d", number)
    assert text_of_the_log().count("line") == 20
