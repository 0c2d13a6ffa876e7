"""Make the window's tones anew: python packaging/make_sounds.py [FOLDER].

Only the standard library; the same samples at every run. Told apart without looking: found goes
up, not found is one low note, wrong buzzes twice.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"
RATE_HZ = 22_050
LOUDEST = 32_767
ATTACK_S, DECAY_S = 0.008, 0.04
"""No note starts or ends at once: that would be heard as a click."""


@dataclass(frozen=True)
class Note:
    """A note; `parts` are the strengths of its odd harmonics, together at most 1. () is silence."""

    hertz: float
    seconds: float
    parts: tuple[float, ...] = (0.5,)


BUZZ = Note(165, 0.1, (0.35, 0.2, 0.12, 0.08))
TONES = {
    "found": (Note(880, 0.09), Note(1_318.5, 0.15)),
    "not_found": (Note(330, 0.29, (0.55, 0.08)),),
    "wrong": (BUZZ, Note(0, 0.06, ()), BUZZ),
}


def samples(note: Note) -> list[int]:
    count = round(note.seconds * RATE_HZ)
    return [round(LOUDEST * _level(note, number / RATE_HZ)) for number in range(count)]


def _level(note: Note, at: float) -> float:
    """How far out the loudspeaker is, from -1 to 1, `at` seconds into the note."""
    envelope = min(at / ATTACK_S, (note.seconds - at) / DECAY_S, 1)
    turn = 2 * math.pi * note.hertz * at
    harmonics = enumerate(note.parts)
    return envelope * sum(part * math.sin((2 * n + 1) * turn) for n, part in harmonics)


def write(path: Path, notes: tuple[Note, ...]) -> None:
    frames = array("h", [sample for note in notes for sample in samples(note)])
    if sys.byteorder == "big":
        frames.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(frames.itemsize)
        file.setframerate(RATE_HZ)
        file.writeframes(frames.tobytes())


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, notes in TONES.items():
        write(folder / f"{name}.wav", notes)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
