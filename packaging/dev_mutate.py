"""`dev.py mutate`: change the rules one small thing at a time, and see that a test notices.

Runs in .venv. mutmut works in a copy of the checkout, so nothing is left in the tree. What it
changes and which tests it asks stands in pyproject.toml, [tool.mutmut]. What is outside of plain
functions it leaves alone: see `tests.unit.domain.rules.mutate`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENTS = ROOT / "tests" / "mutants.toml"
COPIED = ("posmember", "tests", "pyproject.toml")
MUTMUT = (sys.executable, "-m", "mutmut")
NOTICED = ("killed", "timeout")
NOT_ASKED = "not checked"
_NAME = re.compile(r"(?P<module>.+)\.x[_ǁ](?P<function>.+)__mutmut_[0-9]+")


@dataclass(frozen=True, slots=True)
class Change:
    """What a mutant changes: without its number, which moves with every other change."""

    function: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mutant by mutmut's name, and what became of it."""

    name: str
    status: str

    @property
    def module(self) -> str:
        """The module it is in."""
        return self._part("module")

    @property
    def function(self) -> str:
        """The function or method it is in, with its module."""
        return f"{self.module}.{self._part('function').replace('ǁ', '.')}"

    def _part(self, name: str) -> str:
        match = _NAME.fullmatch(self.name)
        if match is None:
            raise ValueError(f"not a mutant's name: {self.name}")
        return match[name]


def main(patterns: Sequence[str]) -> int:
    """Run the mutants whose names match a pattern (none: all); 1 if one survives unexplained."""
    with tempfile.TemporaryDirectory(prefix="posmember-mutants-") as folder:
        copy = Path(folder)
        make_copy(copy)
        if code := run_mutants(copy, patterns):
            return code
        unasked = at_import()
        tried = [m for m in results(copy) if not patterns or m.status != NOT_ASKED]
        mutants = [m for m in tried if m.function not in unasked]
        diffs = {m: difference(copy, m) for m in mutants if m.status not in NOTICED}
    if not mutants:
        print(f"no mutant has such a name: {' '.join(patterns)}")
        return 1
    print_table(mutants)
    known = equivalents()
    if patterns:
        asked = {mutant.function for mutant in mutants}
        known = {each for each in known if each.function in asked}
    return print_survivors(diffs, known)


def print_survivors(diffs: Mapping[Mutant, str], known: Set[Change]) -> int:
    """Print what survives unexplained, and what is explained but does not; 1 if there is any."""
    changes = {mutant: change(mutant, diff) for mutant, diff in diffs.items()}
    unexplained = [mutant for mutant in diffs if changes[mutant] not in known]
    stale = known - set(changes.values())
    for mutant in unexplained:
        print(f"\n{mutant.status}, in {mutant.function}:\n{diffs[mutant]}")
    for each in stale:
        print(f"\nnoticed or gone, so no longer for {EQUIVALENTS.name}: {each}")
    print(f"\n{len(diffs) - len(unexplained)} known to be equivalent, {len(unexplained)} not")
    return 1 if unexplained or stale else 0


def make_copy(folder: Path) -> None:
    """Copy what mutmut and the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder)


def run_mutants(folder: Path, patterns: Sequence[str]) -> int:
    """Let mutmut make and try the mutants; its many lines are shown only if it fails."""
    log = folder / "mutmut.log"
    with log.open("wb") as output:
        done = subprocess.run(
            [*MUTMUT, "run", *patterns],
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        print(log.read_text(encoding="utf-8", errors="replace").replace("\r", "\n"))
    return done.returncode


def results(folder: Path) -> list[Mutant]:
    """Return every mutant there is."""
    lines = ask_mutmut(folder, "results", "--all", "true").splitlines()
    pairs = (line.strip().rsplit(": ", 1) for line in lines if line.strip())
    return [Mutant(name, status) for name, status in pairs]


def difference(folder: Path, mutant: Mutant) -> str:
    """Return a mutant's difference from the program, as `diff -u` writes it."""
    return ask_mutmut(folder, "show", mutant.name).partition("\n")[2].strip()


def ask_mutmut(folder: Path, *arguments: str) -> str:
    """Return what a mutmut command prints."""
    return subprocess.run(
        [*MUTMUT, *arguments], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    ).stdout


def change(mutant: Mutant, diff: str) -> Change:
    """Return what a mutant changes: the lines of its diff, without their indentation."""
    lines = diff.splitlines()[2:]
    was, becomes = (
        "\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return Change(mutant.function, was, becomes)


def equivalents() -> set[Change]:
    """Return the changes that cannot be noticed, each explained in the file."""
    rows = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8")).get("equivalent", [])
    unexplained = [row for row in rows if not row.pop("reason", "")]
    if unexplained:
        raise ValueError(f"{EQUIVALENTS.name}: every equivalent has a reason: {unexplained}")
    return {Change(**row) for row in rows}


def at_import() -> set[str]:
    """Return the functions that run as their file is imported, before there is a mutant to run."""
    rows = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8")).get("at_import", [])
    return {row["function"] for row in rows}


def print_table(mutants: Iterable[Mutant]) -> None:
    """Print what became of the mutants, file by file."""
    by_module: dict[str, Counter[str]] = {}
    for mutant in mutants:
        by_module.setdefault(mutant.module, Counter())[mutant.status] += 1
    print(f"{'file':40} mutants  killed  survived  timeout   score")
    for module, counts in [*by_module.items(), ("all", sum(by_module.values(), Counter()))]:
        killed, timeout, total = counts["killed"], counts["timeout"], counts.total()
        survived = total - killed - timeout
        score = 100 * (killed + timeout) / total
        name = module if module == "all" else f"{module.replace('.', '/')}.py"
        print(f"{name:40} {total:7} {killed:7} {survived:9} {timeout:8} {score:6.1f} %")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
