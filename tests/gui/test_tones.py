"""The tones: real processes, one at a time, and silence where nothing can play."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest
from pytestqt.qtbot import QtBot

from posmember import resources
from posmember.domain.values import CHINA
from posmember.errors import ApiTimeoutError, ConfigError, MemberNotFoundError
from posmember.lookup.sections import (
    Failed,
    Idle,
    Loaded,
    Loading,
    SectionState,
    Skipped,
    SkipReason,
)
from posmember.resources import resource
from posmember.ui import tones as module
from posmember.ui.tones import Tone, Tones, tone_for

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MS = 20_000
posix_only = pytest.mark.skipif(os.name != "posix", reason="programs are scripts there")


def file_of(tone: Tone) -> str:
    return str(resource(f"sounds/{tone}.wav"))


# --- which tone ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        (Loaded(None, 5, datetime(2026, 11, 20, tzinfo=CHINA)), Tone.FOUND),
        (Failed(MemberNotFoundError("x"), 5), Tone.NOT_FOUND),
        (Failed(ApiTimeoutError("x"), 5), Tone.WRONG),
        (Failed(ConfigError("x"), 0), Tone.WRONG),
        (Loading(), None),
        (Idle(), None),
        (Skipped(SkipReason.NOT_FOUND), None),
    ],
    ids=["found", "nobody", "timeout", "configuration", "loading", "idle", "skipped"],
)
def test_what_a_state_sounds_like(state: SectionState, tone: Tone | None) -> None:
    assert tone_for(state) is tone


# --- programs that play --------------------------------------------------------------------------


class Programs:
    """Stand-ins on an otherwise empty PATH; each notes how it was called in a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "notes"
        self.notes.touch()

    def put(self, name: str, then: str = "exit 0") -> None:
        program = self.folder / name
        note = f'echo "{name} $$ $*" >> "{self.notes}"'
        program.write_text(f"#!/bin/sh\n{note}\n{then}\n", encoding="utf-8")
        program.chmod(0o755)

    def put_broken(self, name: str) -> None:
        program = self.folder / name
        program.write_text("#!/nowhere/at/all\n", encoding="utf-8")
        program.chmod(0o755)

    def put_lasting(self, name: str) -> None:
        """One that waits for ever, without another program: on a pipe, until `let_end`."""
        os.mkfifo(self.folder / f"{name}.pipe")
        self.put(name, 'exec 3<>"$0.pipe"; read line <&3')

    def let_end(self, name: str) -> None:
        with (self.folder / f"{name}.pipe").open("w", encoding="utf-8") as pipe:
            pipe.write("end\n")

    @property
    def calls(self) -> list[tuple[str, int, str]]:
        """Name, process and arguments of each call so far."""
        lines = self.notes.read_text(encoding="utf-8").splitlines()
        parts = [line.split(" ", 2) for line in lines]
        return [(name, int(process), arguments) for name, process, arguments in parts]

    def called(self) -> list[tuple[str, str]]:
        return [(name, arguments) for name, _, arguments in self.calls]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Programs(folder)


@pytest.fixture
def tones(qtbot: QtBot) -> Iterator[Tones]:
    tones = Tones(platform="linux")
    yield tones
    tones.close()


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    records = [record for record in caplog.records if record.name == module.__name__]
    assert all(record.levelno == logging.INFO for record in records)
    return [record.getMessage() for record in records]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, logger=module.__name__)
    return caplog


def gone(process: int) -> bool:
    """Whether a process has ended and was waited for: a zombie still takes a signal."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def wait(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=LIMIT_MS)


@posix_only
@pytest.mark.parametrize("tone", Tone)
def test_the_first_program_plays_the_file(
    qtbot: QtBot, programs: Programs, tones: Tones, tone: Tone
) -> None:
    for name in ("aplay", "paplay", "pw-play"):
        programs.put(name)
    tones.play(tone)
    wait(qtbot, lambda: len(programs.calls) == 1)
    assert programs.called() == [("pw-play", file_of(tone))]
    process = programs.calls[0][1]
    wait(qtbot, lambda: gone(process))
    assert len(programs.calls) == 1


@posix_only
def test_alsas_program_says_nothing(qtbot: QtBot, programs: Programs, tones: Tones) -> None:
    programs.put("aplay", "echo loud; echo loud >&2")
    tones.play(Tone.WRONG)
    wait(qtbot, lambda: bool(programs.calls))
    assert programs.called() == [("aplay", f"-q {file_of(Tone.WRONG)}")]


@posix_only
@pytest.mark.parametrize("failing", ["exit 1", "kill -SEGV $$", None], ids=str)
def test_a_program_that_cannot_play_leaves_it_to_the_next(
    qtbot: QtBot, programs: Programs, tones: Tones, failing: str | None
) -> None:
    if failing is None:
        programs.put_broken("pw-play")
    else:
        programs.put("pw-play", failing)
    programs.put("aplay")
    tones.play(Tone.FOUND)
    wait(qtbot, lambda: ("aplay", f"-q {file_of(Tone.FOUND)}") in programs.called())


@posix_only
def test_a_new_tone_stops_the_one_before(qtbot: QtBot, programs: Programs, tones: Tones) -> None:
    programs.put_lasting("pw-play")
    tones.play(Tone.FOUND)
    wait(qtbot, lambda: len(programs.calls) == 1)
    tones.play(Tone.NOT_FOUND)
    tones.play(Tone.WRONG)  # before the new one could start: only the last is of interest
    wait(qtbot, lambda: len(programs.calls) == 2)
    first, last = programs.calls
    assert gone(first[1])
    assert not gone(last[1])
    assert [arguments for _, arguments in programs.called()] == [
        file_of(Tone.FOUND),
        file_of(Tone.WRONG),
    ]


@posix_only
def test_a_tone_is_not_lost_when_the_one_before_has_just_ended(
    qtbot: QtBot, programs: Programs, tones: Tones, log: pytest.LogCaptureFixture
) -> None:
    programs.put_lasting("pw-play")
    tones.play(Tone.FOUND)
    wait(qtbot, lambda: len(programs.calls) == 1)
    programs.let_end("pw-play")
    # Ended, but Qt has not heard of it yet.
    os.waitid(os.P_PID, programs.calls[0][1], os.WEXITED | os.WNOWAIT)
    tones.play(Tone.WRONG)
    wait(qtbot, lambda: len(programs.calls) == 2)
    assert programs.called()[1] == ("pw-play", file_of(Tone.WRONG))
    programs.let_end("pw-play")
    wait(qtbot, lambda: gone(programs.calls[1][1]))
    assert told(log) == []  # it was not tried to play it once more


@posix_only
def test_a_tone_that_replaces_one_that_could_not_start_is_played_once(
    qtbot: QtBot, programs: Programs, tones: Tones, log: pytest.LogCaptureFixture
) -> None:
    programs.put_broken("pw-play")
    programs.put("aplay")
    tones.play(Tone.FOUND)
    tones.play(Tone.WRONG)
    wait(qtbot, lambda: bool(programs.calls))
    wait(qtbot, lambda: gone(programs.calls[0][1]))
    assert programs.called() == [("aplay", f"-q {file_of(Tone.WRONG)}")]
    assert told(log) == []


@posix_only
def test_closing_ends_what_sounds(
    qtbot: QtBot, programs: Programs, log: pytest.LogCaptureFixture
) -> None:
    programs.put_lasting("aplay")
    tones = Tones(platform="linux")
    tones.play(Tone.FOUND)
    wait(qtbot, lambda: len(programs.calls) == 1)
    tones.close()
    assert gone(programs.calls[0][1])
    tones.close()
    assert told(log) == []  # it is not that aplay could not play


def test_closing_before_anything_was_played() -> None:
    Tones().close()


@posix_only
def test_off_is_silent_and_may_be_changed(
    qtbot: QtBot, programs: Programs, log: pytest.LogCaptureFixture
) -> None:
    tones = Tones(enabled=False, platform="linux")
    tones.play(Tone.FOUND)
    assert told(log) == []  # not even looked for
    programs.put("pw-play")
    tones.enabled = True
    tones.play(Tone.WRONG)
    wait(qtbot, lambda: bool(programs.calls))
    assert programs.called() == [("pw-play", file_of(Tone.WRONG))]
    tones.close()


# --- nothing that can play -----------------------------------------------------------------------


@pytest.mark.usefixtures("programs")
def test_no_program_is_told_once(tones: Tones, log: pytest.LogCaptureFixture) -> None:
    tones.play(Tone.FOUND)
    tones.play(Tone.WRONG)
    assert told(log) == ["no tones: none of pw-play, paplay, aplay is there and can play"]


@posix_only
def test_programs_without_a_sound_system_are_told_once_and_tried_again(
    qtbot: QtBot, programs: Programs, tones: Tones, log: pytest.LogCaptureFixture
) -> None:
    programs.put("paplay", "exit 1")
    programs.put_broken("aplay")
    tones.play(Tone.FOUND)
    wait(qtbot, lambda: bool(told(log)))
    programs.put("aplay")  # the sound system is back
    tones.play(Tone.WRONG)
    wait(qtbot, lambda: ("aplay", f"-q {file_of(Tone.WRONG)}") in programs.called())
    assert len(told(log)) == 1


def test_a_missing_file_is_told_and_nothing_more(
    tones: Tones,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    log: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "posmember")
    tones.play(Tone.FOUND)
    (line,) = told(log)
    assert "sounds/found.wav" in line


# --- Windows -------------------------------------------------------------------------------------


class FakeWinsound(ModuleType):
    """The part of Windows's module that is used."""

    SND_ASYNC, SND_NODEFAULT, SND_FILENAME, SND_LOOP = 1, 2, 0x20000, 8

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__("winsound")
        self.error = error
        self.played: list[tuple[str, int]] = []
        self.slow = threading.Event()
        self.slow.set()

    def PlaySound(self, sound: str, flags: int) -> None:
        self.slow.wait()
        self.played.append((sound, flags))
        if self.error is not None:
            raise self.error


@pytest.fixture
def winsound(monkeypatch: pytest.MonkeyPatch) -> FakeWinsound:
    fake = FakeWinsound()
    monkeypatch.setitem(sys.modules, "winsound", fake)
    return fake


@pytest.mark.parametrize("tone", Tone)
def test_windows_plays_the_file(qtbot: QtBot, winsound: FakeWinsound, tone: Tone) -> None:
    tones = Tones(platform="win32")
    tones.play(tone)
    wait(qtbot, lambda: bool(winsound.played))
    # In the background, and no beep of the system's own instead of a file.
    assert winsound.played == [(file_of(tone), 0x20003)]
    tones.close()


def test_a_sound_device_that_opens_slowly_holds_nobody_up(
    qtbot: QtBot, winsound: FakeWinsound
) -> None:
    winsound.slow.clear()
    tones = Tones(platform="win32")
    tones.play(Tone.FOUND)
    assert winsound.played == []
    winsound.slow.set()
    wait(qtbot, lambda: bool(winsound.played))


def test_windows_without_a_sound_device_is_told_once(
    qtbot: QtBot, winsound: FakeWinsound, log: pytest.LogCaptureFixture
) -> None:
    winsound.error = RuntimeError("Failed to play sound")
    tones = Tones(platform="win32")
    for count in (1, 2):
        tones.play(Tone.WRONG)
        wait(qtbot, lambda count=count: len(winsound.played) == count)  # type: ignore[misc]
    wait(qtbot, lambda: not [t for t in threading.enumerate() if t.name == "posmember-tone"])
    assert told(log) == ["no tones: PlaySound: RuntimeError"]


# --- in nobody's way -----------------------------------------------------------------------------


@posix_only
def test_playing_takes_no_time_of_the_window(
    qtbot: QtBot, programs: Programs, tones: Tones
) -> None:
    """Against the time until the program is over; the least of some tries, as others work too."""
    programs.put("pw-play")
    took: list[float] = []
    lasted: list[float] = []
    for number in range(1, 16):
        began = time.perf_counter()
        tones.play(Tone.FOUND)
        took.append(time.perf_counter() - began)
        wait(qtbot, lambda number=number: len(programs.calls) == number)  # type: ignore[misc]
        process = programs.calls[-1][1]
        wait(qtbot, lambda process=process: gone(process))  # type: ignore[misc]
        lasted.append(time.perf_counter() - began)
    assert min(took) < min(lasted) / 8


def test_the_module_brings_no_more_of_qt_than_its_core() -> None:
    code = "import sys, posmember.ui.tones; print(*[n for n in sys.modules if 'PySide6.Qt' in n])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) == {"PySide6.QtCore"}
