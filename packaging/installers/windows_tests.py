"""The tests that need neither Qt nor a network, on Windows' own Python."""

from __future__ import annotations

import re
import shutil
from typing import Final

from dev_env import digest, requirements
from dev_run import ROOT

from installers import environment, windows_runtime
from installers.checks import Table
from installers.places import BUILD
from installers.wine import Wine

TESTED: Final = (
    "tests/property",
    "tests/unit/domain",
    "tests/unit/link",
    "tests/unit/printing",
    "tests/unit/report",
    "tests/unit/scanning",
)
"""What looks at no folder, right or signal that Windows has otherwise."""
LEAST: Final = 4_500
"""How many tests these are at least: fewer, and some were not found."""
_PACKAGES: Final = BUILD / "windows-tests"
_PINS: Final = requirements("dev")
_CHECKOUT: Final = ("posmember", "tests", "packaging", "resources", "pyproject.toml", "README.md")
_HERE: Final = r"C:\checkout"
_LONGEST_S: Final = 1_200
_CLOSING: Final = re.compile(r"^(?:(\d+) failed, )?(\d+) passed\b.*$", re.MULTILINE)


def live(wine: Wine) -> int:
    """Run them in a prefix; 0 where all have passed."""
    table = Table("tests on Windows' Python")
    table.attempt("the tests", lambda: _run(wine, table))
    return table.end()


def _run(wine: Wine, table: Table) -> None:
    _bring(wine)
    options = ("-q", "-p", "no:cacheprovider", f"--rootdir={_HERE}", rf"-c{_HERE}\pyproject.toml")
    where = (f"{_HERE}\\{each}".replace("/", "\\") for each in TESTED)
    code, said = wine.ask(
        *(r"C:\py\python.exe", "-m", "pytest", *options, *where),
        within_s=_LONGEST_S,
        PYTHONPATH=r"C:\packages",
        CI="true",
    )
    closing = _CLOSING.search(said)
    table.check(closing[0] if closing else "they end", code == 0, said[-4000:])
    table.check(f"at least {LEAST:,}", closing and int(closing[2]) >= LEAST)


def _bring(wine: Wine) -> None:
    """Put Python, the tests' packages and the checkout where Windows sees them."""
    environment.make_once(_PACKAGES, digest(_PINS.read_bytes()), _make)
    wine.path("py").symlink_to(windows_runtime.RUNTIME)
    wine.path("packages").symlink_to(_PACKAGES)
    target = wine.path("checkout")
    target.mkdir()
    for name in _CHECKOUT:
        source = ROOT / name
        if source.is_dir():
            made = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target / name, ignore=made)
        else:
            shutil.copy(source, target / name)


def _make() -> None:
    """Install what the tests need, as pinned. Raises StepError."""
    shutil.rmtree(_PACKAGES, ignore_errors=True)
    windows_runtime.install(
        _PACKAGES, "--only-binary=:all:", "--require-hashes", f"--requirement={_PINS}"
    )
