"""From a command's first moment: what nobody expected is in the log, and one line for the user."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from posmember.log import hooks
from posmember.log.files import log_folder, start_file_log

NAME, PHONE = "王小明", "139 5792 4681"
SECRETS = f"{NAME} {PHONE}"
LINE = re.compile(r"posmember: 程序出错,问题编号 ([0-9A-F]{4}) / a bug, logged as \1: (.*)\n")

pytestmark = pytest.mark.allow_log("posmember.log")


@pytest.fixture(autouse=True)
def installed(root_as_before: logging.Logger) -> None:
    hooks.install()


def told(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The one line on standard error, by what it names, and the log."""
    found = LINE.fullmatch(capsys.readouterr().err)
    assert found, "one line"
    text = (log_folder() / "posmember.log").read_text(encoding="utf-8")
    assert f"{found[1]}: a bug" in text
    text = text.replace(found[1], "CODE")  # which may be any four digits
    assert NAME not in text
    assert "5792" not in text
    return found[2], text


def fail(*_given: object) -> None:
    raise ValueError(SECRETS)


def test_of_the_main_thread(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    named, text = told(capsys)
    assert named == "ValueError"
    assert "in fail\nValueError\n" in text


def test_of_a_group_each_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    group = ExceptionGroup(NAME, [ValueError(SECRETS), KeyError(PHONE)])
    sys.excepthook(ExceptionGroup, group, None)
    assert told(capsys)[0] == "ValueError, KeyError"


def test_ctrl_c_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert capsys.readouterr().err == ""


def test_of_a_thread(capsys: pytest.CaptureFixture[str]) -> None:
    thread = threading.Thread(target=fail, name="posmember-test")
    thread.start()
    thread.join()
    _, text = told(capsys)
    assert "a bug in thread posmember-test\nTraceback" in text
    assert "in fail\nValueError\n" in text


def test_a_thread_that_ends_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert capsys.readouterr().err == ""


class Falling:
    def __repr__(self) -> str:
        return SECRETS

    def __del__(self) -> None:
        fail()


def test_where_nothing_can_be_raised(capsys: pytest.CaptureFixture[str]) -> None:
    Falling()
    gc.collect()
    _, text = told(capsys)
    assert "a bug in Falling.__del__, where nothing can be raised\n" in text


def test_standard_output_that_nobody_reads_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    class Told:
        exc_value, object = BrokenPipeError(), sys.stdout

    sys.unraisablehook(Told())  # type: ignore[arg-type]
    assert capsys.readouterr().err == ""


def test_of_a_callback_of_the_loop(capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_soon(fail, NAME, PHONE)
        await asyncio.sleep(0)

    asyncio.run(main())
    named, text = told(capsys)
    assert named == "ValueError"
    assert "a bug in asyncio, Exception in callback fail" in text


def test_of_a_task_that_nobody_waits_for(capsys: pytest.CaptureFixture[str]) -> None:
    async def work(name: str) -> None:
        fail(name)

    async def main() -> None:
        task = asyncio.create_task(work(NAME))
        await asyncio.sleep(0.01)
        assert task.done()

    asyncio.run(main())
    gc.collect()
    assert "a bug in asyncio, Task exception was never retrieved\nTraceback" in told(capsys)[1]


def test_what_has_no_exception_is_named_by_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    loop = logging.getLogger("qasync._QEventLoop")
    loop.error(f"Task was destroyed but it is pending!\n{NAME}")
    named, _text = told(capsys)
    assert named == "qasync._QEventLoop, Task was destroyed but it is pending"


def test_of_a_futures_callback(capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).add_done_callback(fail)
    assert "a bug in concurrent.futures, exception calling callback for\n" in told(capsys)[1]


@pytest.mark.allow_log("asyncio")
def test_what_is_no_error_of_a_loop_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    from posmember.log.files import start_file_log

    start_file_log()
    logging.getLogger("asyncio").warning("socket.send() raised %s", NAME)
    text = (log_folder() / "posmember.log").read_text(encoding="utf-8")
    assert "WARNING asyncio: socket.send() raised %s (" in text
    assert capsys.readouterr().err == ""


def test_a_warning_before_the_log_is_started_goes_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # pytest's own handlers would make the log needless.
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    try:
        fail()
    except ValueError:
        logging.getLogger("posmember.ui").exception("the scan filter failed and is off")
    text = (log_folder() / "posmember.log").read_text(encoding="utf-8")
    assert "ERROR posmember.ui: the scan filter failed and is off\nTraceback" in text
    assert NAME not in text
    assert capsys.readouterr().err == ""
    for handler in logging.getLogger().handlers:
        handler.close()


@pytest.mark.parametrize("missing", ["posmember.log.uncaught", "platformdirs"])
def test_where_the_log_itself_is_missing(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("posmember.log.uncaught", "posmember.log.files"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    sys.excepthook(ValueError, ValueError(SECRETS), None)
    line = capsys.readouterr().err
    assert line.endswith(f"a part of the program is missing: {missing}\n")
    assert line.count("\n") == 1


def test_a_log_that_fails_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("posmember.log.uncaught.start_file_log", fail)
    sys.excepthook(KeyError, KeyError(SECRETS), None)
    line = capsys.readouterr().err
    assert line.endswith("a bug that could not be logged: KeyError, ValueError\n")
    assert line.count("\n") == 1


@pytest.mark.parametrize("stream", [None, "closed"])
def test_without_standard_error_it_is_logged_all_the_same(
    stream: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = (tmp_path / "err").open("w")
    gone.close()
    monkeypatch.setattr(sys, "stderr", gone if stream else None)
    sys.excepthook(ValueError, ValueError(SECRETS), None)
    assert "a bug\n" in (log_folder() / "posmember.log").read_text(encoding="utf-8")


NO_ROOM = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
"""As on a full disk: no file grows."""
EVERYTHING = f"""
import asyncio, logging, sys, threading
from posmember.__main__ import main
from posmember.cli import lookup

def fail(*_given):
    raise ValueError({SECRETS!r})

class Falling:
    def __del__(self):
        fail()

async def loop():
    asyncio.get_running_loop().call_soon(fail, {NAME!r})
    await asyncio.sleep(0)

def run(_args):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    Falling()
    asyncio.run(loop())
    try:
        fail()
    except ValueError:
        logging.getLogger("posmember.ui").exception("the scan filter failed")
    fail()

lookup.run = run
sys.exit(main(["lookup", "x"]))
"""


UNMEASURED = {"COVERAGE_PROCESS_CONFIG": "", "COVERAGE_PROCESS_START": ""}
"""Coverage in the program's process would write its own file, on the disk that is full."""


def started(*, full: bool) -> tuple[subprocess.CompletedProcess[str], str]:
    if full:
        log_folder().mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", (NO_ROOM if full else "") + EVERYTHING],
        capture_output=True, encoding="utf-8", check=False, timeout=60,
        env={**os.environ, **UNMEASURED},
    )  # fmt: skip
    text = "" if full else (log_folder() / "posmember.log").read_text(encoding="utf-8")
    return done, text


def test_every_way_in_a_program_of_its_own() -> None:
    done, text = started(full=False)
    assert done.returncode == 1
    assert len(LINE.findall(done.stderr)) == done.stderr.count("\n") == 4
    assert text.count("ValueError\n") == 5
    told = done.stderr + text
    for code, _named in LINE.findall(done.stderr):  # which may be any four digits
        told = told.replace(code, "CODE")
    assert NAME not in told
    assert "5792" not in told


def test_every_way_where_the_disk_is_full() -> None:
    done, _ = started(full=True)
    assert done.returncode == 1
    assert done.stderr.count("the log cannot be written") == 1
    assert done.stderr.count("\n") == 5
    assert "Traceback" not in done.stderr
    assert NAME not in done.stderr


# --- warnings of Python --------------------------------------------------------------------------


def never_awaited() -> None:
    async def look_up(_whom: str) -> None:
        """Is never waited for."""

    look_up(NAME)  # type: ignore[unused-coroutine]
    gc.collect()


def warned() -> None:
    warnings.warn(SECRETS, UserWarning, stacklevel=1)


@pytest.mark.parametrize(
    ("warn", "kind"), [(warned, "UserWarning"), (never_awaited, "RuntimeWarning")]
)
def test_a_warning_is_in_the_log_by_its_place(
    warn: Callable[[], None], kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with warnings.catch_warnings():  # which puts back what shows them, too
        warnings.simplefilter("always")
        hooks.install()
        start_file_log()
        warn()
    text = (log_folder() / "posmember.log").read_text(encoding="utf-8")
    assert re.search(rf"WARNING posmember\.log: {kind}, \S*test_hooks\.py:\d+\n", text), text
    assert NAME not in text
    assert "look_up" not in text
    assert "5792" not in text
    assert capsys.readouterr().err == ""
