"""What an installer brings is measured where it is built, and is no failure where it is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench import frozen
from tests.bench.harness import Bench


def test_nothing_is_measured_where_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(frozen, "PROGRAM", tmp_path / "none")
    assert frozen.measure_frozen(Bench(Path(sys.executable), True, {})) == []
    assert "dev.py build deb" in capsys.readouterr().err


def test_the_ratio_is_of_starts_that_follow_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "program").touch()
    monkeypatch.setattr(frozen, "PROGRAM", tmp_path / "program")
    pair = (frozen.Start(100.0, 50.0), frozen.Start(90.0, 60.0))
    monkeypatch.setattr(frozen, "frozen_pairs", lambda _bench, _count: [pair])
    ratio, worked, source, installed = frozen.measure_frozen(Bench(Path(sys.executable), True, {}))
    assert (ratio.samples, ratio.bound) == ((0.9,), 1.15)
    assert worked.samples == (1.2,)
    assert (source.samples, installed.samples) == ((100.0,), (90.0,))
