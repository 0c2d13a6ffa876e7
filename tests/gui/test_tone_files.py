"""The files of the tones: short, clearly different, without clicks, and made by the script."""

from __future__ import annotations

import subprocess
import sys
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from posmember.resources import resource
from posmember.ui.tones import Tone

ROOT = Path(__file__).resolve().parents[2]


def samples_of(path: Path) -> array[int]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        samples = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def hertz(samples: array[int]) -> float:
    """The pitch of a stretch, by how often it comes up through zero."""
    rises = sum(low < 0 <= high for low, high in pairwise(samples))
    return rises * 22_050 / len(samples)


def notes_of(tone: Tone) -> list[array[int]]:
    """The first and the last 80 ms, without what swells and fades."""
    samples = samples_of(resource(f"sounds/{tone}.wav"))
    ms = 22
    return [samples[10 * ms : 80 * ms], samples[-80 * ms : -10 * ms]]


@pytest.mark.parametrize("tone", Tone)
def test_a_file_is_short_small_and_without_clicks(tone: Tone) -> None:
    path = resource(f"sounds/{tone}.wav")
    samples = samples_of(path)
    assert 0.15 <= len(samples) / 22_050 <= 0.3
    assert path.stat().st_size <= 20_000
    assert 8_000 <= max(map(abs, samples)) <= 32_000
    edges = [*samples[:10], *samples[-10:]]
    assert max(map(abs, edges)) < 2_000
    steps = [abs(b - a) for a, b in pairwise(samples)]
    assert max(steps) < 10_000


def test_found_rises() -> None:
    first, last = notes_of(Tone.FOUND)
    assert hertz(first) == pytest.approx(880, rel=0.05)
    assert hertz(last) == pytest.approx(1_318, rel=0.05)


def test_not_found_is_one_low_note_and_longer() -> None:
    first, last = notes_of(Tone.NOT_FOUND)
    assert hertz(first) == pytest.approx(330, rel=0.06)
    assert hertz(last) == pytest.approx(330, rel=0.06)
    lengths = {tone: len(samples_of(resource(f"sounds/{tone}.wav"))) for tone in Tone}
    assert max(lengths, key=lambda tone: lengths[tone]) is Tone.NOT_FOUND


def test_wrong_buzzes_twice() -> None:
    samples = samples_of(resource("sounds/wrong.wav"))
    middle = len(samples) // 2
    assert not any(samples[middle - 500 : middle + 500])
    assert samples[:1000] == samples[-2205:][:1000]
    assert all(hertz(buzz) < 300 for buzz in notes_of(Tone.WRONG))


def test_the_files_are_what_the_script_gives(tmp_path: Path) -> None:
    script = ROOT / "packaging" / "make_sounds.py"
    subprocess.run([sys.executable, script, tmp_path / "made"], check=True, timeout=60)
    made = {path.name: samples_of(path) for path in (tmp_path / "made").iterdir()}
    kept = {path.name: samples_of(path) for path in resource("sounds").iterdir()}
    assert set(made) == set(kept) == {f"{tone}.wav" for tone in Tone}
    for name, samples in kept.items():
        assert len(samples) == len(made[name])
        # Another machine's sine may round another way.
        assert max(abs(a - b) for a, b in zip(samples, made[name], strict=True)) <= 1
