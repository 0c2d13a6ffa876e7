"""What was not run, on one line each; where all of it can run, it is a failure.

Everything that a test needs is a package of Debian's, which `dev.py test` installs there as root.
So on a Linux CI a skip means that an install step is missing, and would hide what is not tested.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping

import pytest
from _pytest.terminal import TerminalReporter


def skips(reporter: TerminalReporter) -> Counter[str]:
    """How many tests were skipped, by reason. A module's skip counts as one."""
    return Counter(_reason(report) for report in reporter.stats.get("skipped", []))


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    where_and_why = report.longrepr
    if isinstance(where_and_why, tuple):
        return where_and_why[2].removeprefix("Skipped: ")
    return str(where_and_why)


def is_forbidden(environment: Mapping[str, str], system: str) -> bool:
    """Whether nothing may be skipped here."""
    return environment.get("CI") == "true" and system == "linux"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that left something out, where nothing may be left out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not isinstance(reporter, TerminalReporter):
        return  # a worker: its parent counts
    if skips(reporter) and is_forbidden(os.environ, sys.platform):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say what was not run and why."""
    for reason, count in skips(terminalreporter).items():
        terminalreporter.write_line(f"not run: {count} × {reason}")
    if skips(terminalreporter) and is_forbidden(os.environ, sys.platform):
        terminalreporter.write_line("this is a CI run: what is not run fails it", red=True)
