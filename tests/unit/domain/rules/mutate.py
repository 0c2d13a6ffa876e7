"""Change each entry of each table of the rules, and see that a test notices.

``python -m tests.unit.domain.rules.mutate [FILE…]``, e.g. ``rows saving``; without a name, all of
them. What `dev.py mutate` changes is in functions; this is the rest (see `entries`). The tests and
the files are those of [tool.mutmut] in pyproject.toml, in copies of the checkout. What no test can
notice is explained in tests/mutants.toml.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue

from tests.unit.domain.rules.entries import Edit, edits

ROOT = Path(__file__).resolve().parents[4]
COPIED = ("posmember", "tests", "pyproject.toml")
QUICK_FIRST = ("-x", "-q", "-p", "no:cacheprovider", "tests/unit/domain/rules")
NOT_NOTICED = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """What is changed, and who is asked."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """An edit of a file, and whether a test noticed."""

    file: str
    edit: Edit
    noticed: bool


def main(arguments: Sequence[str]) -> int:
    """Try every edit of the files; 1 if one goes unnoticed and unexplained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FILE", help="without .py")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    settings = read_settings()
    files = [
        each for each in settings.files if not options.names or Path(each).stem in options.names
    ]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="posmember-entries-") as folder:
        first = Path(folder) / "0"
        make_copy(first)
        if pytest(first, settings.tests) != NOT_NOTICED:  # and compile everything
            raise SystemExit("the tests fail as it is")
        for file in files:
            Path(cache_from_source(str(first / file))).unlink(missing_ok=True)
        others = [Path(folder) / str(number) for number in range(1, options.workers)]
        copies = [first, *(shutil.copytree(first, other) for other in others)]
        tried = try_all(copies, files, settings.tests)
    say(f"{len(tried)} changes, {time.monotonic() - begun:.0f} s")
    return report(files, tried)


def read_settings() -> Settings:
    """[tool.mutmut] of pyproject.toml."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    tests = (*table["pytest_add_cli_args"], *table["pytest_add_cli_args_test_selection"])
    return Settings(tuple(table["only_mutate"]), tests)


def make_copy(folder: Path) -> None:
    """Copy what the tests need."""
    folder.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder)


def try_all(copies: list[Path], files: Iterable[str], tests: Sequence[str]) -> list[Tried]:
    """Try every edit of the files, one at a time in each copy."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)
    todo = [(file, edit) for file in files for edit in edits((ROOT / file).read_text("utf-8"))]
    with ThreadPoolExecutor(len(copies)) as pool:
        tasks = [pool.submit(try_one, free, tests, *each) for each in todo]
        return [task.result() for task in tasks]


def try_one(free: SimpleQueue[Path], tests: Sequence[str], file: str, edit: Edit) -> Tried:
    """Try an edit in a copy that is free.

    Nothing compiled is kept of it: of a file that is changed twice in a second, the older form
    would be taken.
    """
    copy = free.get()
    try:
        path = copy / file
        path.write_text(edit.source, encoding="utf-8")
        code = pytest(copy, tests, PYTHONDONTWRITEBYTECODE="1")
        shutil.copy2(ROOT / file, path)
    finally:
        free.put(copy)
    return Tried(file, edit, code != NOT_NOTICED)


def pytest(copy: Path, tests: Sequence[str], **environment: str) -> int:
    """Run the tests up to the first that fails; pytest's exit code."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *QUICK_FIRST, *tests],
        cwd=copy,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode


def report(files: Iterable[str], tried: Sequence[Tried]) -> int:
    """Print a table by file, and what goes unnoticed without a reason; 1 if there is any."""
    known = explained()
    unnoticed = {
        (each.file, each.edit.was, each.edit.becomes) for each in tried if not each.noticed
    }
    stale = {each for each in known if each[0] in files} - unnoticed
    say(f"{'file':40} changes  noticed  explained  unnoticed")
    for file in files:
        mine = [each for each in tried if each.file == file]
        missed = {each for each in unnoticed if each[0] == file}
        told = len(missed & known)
        say(
            f"{file:40} {len(mine):7} {len(mine) - len(missed):8} {told:10} {len(missed) - told:10}"
        )
    for file, was, becomes in sorted(unnoticed - known):
        say(f"\n{file}:\n- {was}\n+ {becomes}")
    for each in stale:
        say(f"\nnoticed or gone, so no longer for mutants.toml: {each}")
    return 1 if unnoticed - known or stale else 0


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


def explained() -> set[tuple[str, str, str]]:
    """What no test can notice: file, was, becomes."""
    rows = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))
    return {(row["file"], row["was"], row["becomes"]) for row in rows.get("entry", [])}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
