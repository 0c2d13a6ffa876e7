"""README's figures are written by the measurement, with what was measured beside them."""

from __future__ import annotations

import pytest

from tests.bench.harness import MeasurementError, Row
from tests.bench.readme import BEGIN, END, README, written

ROWS = [
    Row("start", "ready | at once", (1.0, 2.0, 4.0), "×", 1.6),
    Row("start", "  a blank window", (100.0,)),
    Row("growth", "growth", (0.3,), "MB", 5.0, "+0.10 MB at last"),
]


def test_figures_with_a_bound_take_the_place_of_the_old_ones() -> None:
    text = f"# Title\n{BEGIN}old\n{END}After\n"
    assert written(text, ROWS, "abc123", "Linux, Python 3.11") == (
        f"# Title\n{BEGIN}"
        "Commit `abc123`, Linux, Python 3.11.\n\n"
        "| of | what | bound | median | p95 | |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| start | ready / at once | 1.6 × | 2.00 × | 4.00 × | **missed by 0.40 ×** |\n"
        "| growth | growth | 5 MB | 0.30 MB |  | +0.10 MB at last |\n"
        f"{END}After\n"
    )


@pytest.mark.parametrize("text", ["", BEGIN, END, BEGIN + END + BEGIN, BEGIN + END + END])
def test_there_is_one_place_for_them(text: str) -> None:
    with pytest.raises(MeasurementError, match="README has not one"):
        written(text, ROWS, "abc123", "Linux")


def test_readme_has_the_place_and_they_are_of_a_commit() -> None:
    text = README.read_text(encoding="utf-8")
    assert "Commit `" in written(text, ROWS, "abc123", "Linux")
    assert text.partition(BEGIN)[2].startswith("Commit `")
