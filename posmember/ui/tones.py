"""Short tones by which a cashier hears what came of a scan, without looking at the screen.

Not QSoundEffect: QtMultimedia is in PySide6-Addons, which would more than double the download.
Windows can play a file by itself; on Linux the sound system's own command does it.
"""

from __future__ import annotations

import importlib
import logging
import sys
import threading
from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, QProcess, QStandardPaths, QTimer

from posmember.errors import MemberNotFoundError
from posmember.lookup.sections import Failed, Loaded, SectionState
from posmember.resources import resource

_log = logging.getLogger(__name__)

COMMANDS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"))
"""What plays a file on Linux: PipeWire's, PulseAudio's and ALSA's own; the first that can."""
_CLOSE_MS = 1000


class Tone(StrEnum):
    """What there is to hear; the values are the names of the files in `resources/sounds`."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    WRONG = "wrong"


def tone_for(member: SectionState) -> Tone | None:
    """Say how the member section's state sounds; None while there is nothing to say yet."""
    if isinstance(member, Loaded):
        return Tone.FOUND
    if isinstance(member, Failed):
        return Tone.NOT_FOUND if isinstance(member.error, MemberNotFoundError) else Tone.WRONG
    return None


class Tones(QObject):
    """Plays tones, one at a time; where nothing can play them, it is silent.

    Args:
        enabled: whether there is anything to hear (the configuration's ``[window] sounds``);
            may be changed at any time.
        platform: as `sys.platform` names it.
    """

    def __init__(
        self, parent: QObject | None = None, *, enabled: bool = True, platform: str = sys.platform
    ) -> None:
        super().__init__(parent)
        self.enabled = enabled
        self._platform = platform
        self._player: _Player | None = None
        self._told = False

    def play(self, tone: Tone) -> None:
        """Start a tone, in place of one that still sounds; returns at once and never raises."""
        if not self.enabled:
            return
        try:
            path = resource(f"sounds/{tone}.wav")
        except FileNotFoundError as error:
            self.tell_once(str(error))
            return
        if self._player is None:
            self._player = _Windows(self) if self._platform == "win32" else _Commands(self)
        self._player.play(str(path))

    def close(self) -> None:
        """End what still sounds. To be called before the program ends."""
        if self._player is not None:
            self._player.close()

    def tell_once(self, why: str) -> None:
        """Log why there is silence, the first time only: every scan would have the same line."""
        if not self._told:
            self._told = True
            _log.info("no tones: %s", why)


class _Player(Protocol):
    def play(self, path: str) -> None:
        """Start a file; what still sounds ends."""

    def close(self) -> None:
        """End what still sounds."""


class _Windows:
    """Plays through the system's PlaySound."""

    def __init__(self, tones: Tones) -> None:
        self._tones = tones

    def play(self, path: str) -> None:
        # In a thread: the system takes its time to open a sound device for the first tone.
        threading.Thread(
            target=self._play, args=(path,), name="posmember-tone", daemon=True
        ).start()

    def close(self) -> None:
        """Nothing to do: the sound ends with the process."""

    def _play(self, path: str) -> None:
        winsound = importlib.import_module("winsound")  # it is there on Windows only
        flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        try:
            winsound.PlaySound(path, flags)
        except RuntimeError as error:  # all that PlaySound raises, such as for no sound device
            self._tones.tell_once(f"PlaySound: {type(error).__name__}")


class _Commands:
    """Plays through the first of `COMMANDS` that can, one process at a time."""

    def __init__(self, tones: Tones) -> None:
        self._tones = tones
        self._path = ""
        self._left: Iterator[tuple[str, ...]] = iter(())
        self._interrupted = False
        self._process = QProcess(tones)
        # Without it, the window's whole memory map is copied: milliseconds, not a tenth of one.
        self._process.setUnixProcessParameters(QProcess.UnixProcessFlag.UseVFork)
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail)
        self._soon = QTimer(tones)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._start_next)

    def play(self, path: str) -> None:
        self._soon.stop()
        self._path, self._left = path, iter(COMMANDS)
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self._start_next()
        else:
            self._interrupted = True
            self._process.kill()  # the new tone starts at its end

    def close(self) -> None:
        self._soon.stop()
        self._interrupted = False
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        self._process.blockSignals(True)  # this end is not one to go on after
        self._process.kill()
        self._process.waitForFinished(_CLOSE_MS)
        self._process.blockSignals(False)

    def _start_next(self) -> None:
        for name, *options in self._left:
            program = QStandardPaths.findExecutable(name)
            if program:
                self._process.start(program, [*options, self._path])
                return
        names = ", ".join(name for name, *_ in COMMANDS)
        self._tones.tell_once(f"none of {names} is there and can play")

    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        played = status is QProcess.ExitStatus.NormalExit and code == 0
        if self._interrupted or not played:
            self._interrupted = False
            self._start_next()

    def _fail(self, error: QProcess.ProcessError) -> None:
        """Go on where a program could not even be started; every other end is told as one."""
        if error is QProcess.ProcessError.FailedToStart:
            self._interrupted = False
            self._soon.start()  # not now: Qt has yet to clear up after the one that failed
