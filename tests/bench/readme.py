"""README's table of figures: of a whole run, with the commit that was measured beside it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from tests.bench.harness import ROOT, MeasurementError, Row

README = ROOT / "README.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
_HEADER = "| of | what | bound | median | p95 | |\n| --- | --- | --- | --- | --- | --- |\n"


def measured_commit() -> str:
    """The commit whose figures these will be.

    Raises:
        MeasurementError: something but README is not committed, so that no commit is measured.
    """
    changed = _git("status", "--porcelain", "--", ".", ":!README.md")
    if changed:
        raise MeasurementError(f"commit first, or nobody can say what was measured:\n{changed}")
    return _git("rev-parse", "--short=10", "HEAD").strip()


def write(rows: Sequence[Row], commit: str, machine: str) -> None:
    """Put the figures between README's two marks."""
    text = README.read_text(encoding="utf-8")
    README.write_text(written(text, rows, commit, machine), encoding="utf-8", newline="\n")


def written(text: str, rows: Sequence[Row], commit: str, machine: str) -> str:
    """Return README's text with the figures in the place of those that are there.

    Raises:
        MeasurementError: the text has not one place for them.
    """
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise MeasurementError(f"README has not one {BEGIN.strip()} and one {END.strip()}")
    before, _, rest = text.partition(BEGIN)
    _old, _, after = rest.partition(END)
    title = f"Commit `{commit}`, {machine}.\n\n"
    lines = "".join(_line(row) for row in rows if row.bound is not None)
    return f"{before}{BEGIN}{title}{_HEADER}{lines}{END}{after}"


def _line(row: Row) -> str:
    p95 = "" if len(row.samples) == 1 else row.text(row.p95)
    note = ", ".join(part for part in (_verdict(row), row.note) if part)
    bound = f"{row.bound:g} {row.unit}".strip()
    cells = (row.name, row.what.strip(), bound, row.text(row.median), p95, note)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def _verdict(row: Row) -> str:
    """Nothing where the bound is held: what is missed has to be seen."""
    return "" if row.verdict == "ok" else f"**{row.verdict}**"


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise MeasurementError(f"git {words[0]}: {done.stderr.strip()}")
    return done.stdout
