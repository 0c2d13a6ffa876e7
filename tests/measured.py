"""Coverage is measured in the unit tests of what its gate names, nowhere else.

To be traced makes a test half as long again. And a branch that is only taken on the way to
something else, by a window's test, is not a tested one: unit tests have to take all of them.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

UNIT_TESTS = Path(__file__).parent / "unit"
MEASURED = tuple(UNIT_TESTS / name for name in ("domain", "scanning", "api", "lookup", "cli"))
"""Those of the packages, and of the commands, which alone have some of their ways taken."""
GATED = ("domain", "scanning", "api", "lookup")
FOR_CHILDREN = "COVERAGE_PROCESS_CONFIG"
"""The variable by which coverage has the Python processes that a test starts measured, too."""


class Measuring:
    """Stops coverage, here and in processes that tests start, and lets it go on."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self._config = os.environ.get(FOR_CHILDREN)
        self._is_on = True

    def only_if(self, wanted: bool) -> None:
        """Measure from now on, or do not."""
        if wanted is self._is_on:
            return
        self._is_on = wanted
        if wanted:
            self._coverage.start()
            if self._config is not None:
                os.environ[FOR_CHILDREN] = self._config
        else:
            self._coverage.stop()
            os.environ.pop(FOR_CHILDREN, None)


def is_measured(path: Path) -> bool:
    """Whether a test's file is of those that have to reach every branch."""
    return any(folder in path.parents for folder in MEASURED)


class SwitchedByFile:
    """The hook of a run that is measured at all."""

    def __init__(self, measuring: Measuring) -> None:
        self._measuring = measuring

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Switch before the test's fixtures are made."""
        self._measuring.only_if(is_measured(item.path))
        return (yield)


def import_what_is_gated() -> None:
    """Have each module's own lines run while they are measured, whichever test comes first."""
    for name in GATED:
        package = importlib.import_module(f"posmember.{name}")
        for module in pkgutil.walk_packages(package.__path__, f"posmember.{name}."):
            importlib.import_module(module.name)


def pytest_configure(config: pytest.Config) -> None:
    """Take the measuring over that `coverage run` began, also in a process of several."""
    coverage = Coverage.current()
    if coverage is not None:
        import_what_is_gated()
        config.pluginmanager.register(SwitchedByFile(Measuring(coverage)))
