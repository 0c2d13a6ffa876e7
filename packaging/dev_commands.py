"""The commands of dev.py."""

from __future__ import annotations

import argparse
import os
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import dev_env
import dev_installers
import dev_system
from dev_env import PYTHON, tool
from dev_run import (
    INTERRUPTED,
    ROOT,
    Step,
    StepError,
    execute,
    exit_code,
    run_all,
    run_step,
    run_until_failure,
    say,
    turn_termination_into_interruption,
)

# These packages are the till's judgement: every branch is taken by unit tests (tests/measured.py).
FULLY_COVERED = ("domain", "scanning", "api", "lookup")

DEV = Step("environment", partial(dev_env.provide, "dev"))
WINDOW = Step("system packages", partial(dev_system.provide, [dev_system.WINDOW]))
DESKTOP = Step(
    "system packages",
    partial(dev_system.provide, [dev_system.WINDOW, dev_system.SCREEN, dev_system.KEYRING]),
)

TESTED = Step(
    "system packages",
    partial(
        dev_system.provide,
        [
            dev_system.WINDOW,
            dev_system.SCREEN,
            dev_system.DESK,
            dev_system.KEYRING,
            dev_system.INPUT_METHODS,
            dev_system.PEERS,
        ],
    ),
)
SCAN_RIG = Step(
    "system packages",
    partial(
        dev_system.provide,
        [dev_system.WINDOW, dev_system.SCREEN, dev_system.DESK, dev_system.INPUT_METHODS],
    ),
)


def runs(name: str, *command: str | Path) -> Step:
    """Return a step that runs a command in the checkout."""
    return Step(name, partial(execute, command))


def module(name: str, *arguments: str) -> Step:
    """Return a step that runs a module with the environment's Python."""
    return runs(name, PYTHON, "-m", name, *arguments)


def at_the_terminal(*command: str | Path) -> int:
    """Run a command where dev.py was started, and let it ask for passphrases."""
    return exit_code(subprocess.call([str(part) for part in command]))


COVERAGE = (PYTHON, "-m", "coverage")

# Half of what a test of real programs does is wait for them: one more at once than there are cores.
AT_ONCE = min((os.cpu_count() or 1) + 1, 4)

# A file's tests stay together, as some share a desktop that takes seconds to come up. In the order
# of their names the long ones come first, of real programs; by how many they are, they came last.
PARALLEL = (f"--numprocesses={AT_ONCE}", "--dist=loadfile", "--no-loadscope-reorder")

# A further check is one more line here.
CHECKS = (
    runs("ruff check", tool("ruff"), "check", "."),
    runs("ruff format", tool("ruff"), "format", "--check", "."),
    runs("mypy", tool("mypy")),
    runs("import contracts", tool("lint-imports"), "--no-logo"),
)

TESTS = (
    runs("old coverage data", *COVERAGE, "erase"),
    runs("tests", *COVERAGE, "run", "-m", "pytest", *PARALLEL),
    runs("coverage data", *COVERAGE, "combine", "--quiet"),
    runs(
        "coverage of " + ", ".join(FULLY_COVERED),
        *(*COVERAGE, "report", "--fail-under=100", "--skip-covered", "--show-missing"),
        "--include=" + ",".join(f"posmember/{name}/*" for name in FULLY_COVERED),
    ),
)


def check(_: Sequence[str]) -> int:
    """Run every static check, also after one has failed."""
    return run_step(DEV) or run_all(CHECKS)


def test(_: Sequence[str]) -> int:
    """Run checks and tests, one after a failure of the other too: one run tells all."""
    if code := run_until_failure([TESTED, DEV]):
        return code
    checked = run_all(CHECKS)
    tested = run_until_failure(TESTS)
    return checked or tested


def demo(arguments: Sequence[str]) -> int:
    """Start the program on its own sandbox platform."""
    environment = Step("environment", partial(dev_env.provide, "app"))
    program = runs("demo", PYTHON, "-m", "posmember", "demo", *arguments)
    return run_until_failure([WINDOW, environment, program])


def bench(arguments: Sequence[str]) -> int:
    """Measure: start, scan to answer, memory."""
    return run_until_failure([DESKTOP, DEV, module("tests.bench", *arguments)])


def screenshots(arguments: Sequence[str]) -> int:
    """Take pictures of the window."""
    return run_until_failure([DESKTOP, DEV, module("tests.screenshots", *arguments)])


def soak_scan(arguments: Sequence[str]) -> int:
    """Scan thousands of codes in a real window under real input methods, at random."""
    return run_until_failure([SCAN_RIG, DEV, module("tests.scanrig", "soak", *arguments)])


def mutate(arguments: Sequence[str]) -> int:
    """Change the rules one small thing at a time; fails where no test notices."""
    functions = runs("mutants", PYTHON, "packaging/dev_mutate.py", *arguments)
    tables = module("tests.unit.domain.rules.mutate")
    return run_step(DEV) or run_all([functions] if arguments else [functions, tables])


def policy(arguments: Sequence[str]) -> int:
    """Write the template with which head office sets policies in Windows' editor."""
    write = runs("policy", PYTHON, "packaging/policy_templates.py", *arguments)
    return run_until_failure([DEV, write])


def release(arguments: Sequence[str]) -> int:
    """Make, sign or look at the repository of new versions."""
    return run_step(DEV) or at_the_terminal(PYTHON, ROOT / "packaging" / "release.py", *arguments)


def reformat(_: Sequence[str]) -> int:
    """Mend what ruff can mend; fails where something is left for a person."""
    ruff = tool("ruff")
    fix = runs("ruff check --fix", ruff, "check", "--fix", ".")
    layout = runs("ruff format", ruff, "format", ".")
    return run_step(DEV) or run_all([fix, layout])


def translations(_: Sequence[str]) -> int:
    """Take new texts into the catalogue, then compile it; translate in between with Qt Linguist."""
    sources = [*sorted(Path("posmember/ui").rglob("*.py")), Path("posmember/app.py")]
    catalogue = "resources/translations/posmember_en.ts"
    update = (tool("pyside6-lupdate"), "-no-obsolete", "-locations", "none")
    steps = (
        DEV,
        runs("new texts", *update, *sources, "-ts", catalogue),
        runs("compile", tool("pyside6-lrelease"), catalogue),
    )
    return run_until_failure(steps)


def lock(_: Sequence[str]) -> int:
    """Resolve the pinned requirement files anew, then install them."""

    def resolve() -> int:
        dev_env.resolve_pins()
        return 0

    return run_until_failure([DEV, Step("resolve", resolve), DEV])


COMMANDS: dict[str, tuple[Callable[[Sequence[str]], int], str]] = {
    "test": (test, "checks, tests and the coverage gate: what CI runs first"),
    "check": (check, "linter, layout, types, import contracts"),
    "format": (reformat, "mend imports and layout"),
    "demo": (demo, "the program on its own sandbox platform"),
    "bench": (bench, "measurements (python -m tests.bench)"),
    "soak-scan": (soak_scan, "thousands of scans under input methods (--scans N, --seed TEXT)"),
    "mutate": (mutate, "do the tests notice a changed rule? (NAME*: of these functions)"),
    "screenshots": (screenshots, "pictures of the window (python -m tests.screenshots)"),
    "policy": (policy, "the Windows policy template, ADMX and ADML, into a FOLDER"),
    "build": (dev_installers.build, "an installer into dist/: deb or windows"),
    "freeze": (dev_installers.freeze, "the program without installers, such as on Windows"),
    "test-installers": (dev_installers.test_installers, "installers' lives: deb, windows, or all"),
    "release": (release, "new versions for tills: their repository and its keys (--help)"),
    "translations": (translations, "bring the English catalogue up to date and compile it"),
    "lock": (lock, "maintainers: resolve the pinned requirements anew"),
}
PASSING_ON = (
    *(
        "bench",
        "build",
        "demo",
        "mutate",
        "policy",
        "release",
        "screenshots",
        "soak-scan",
        "test-installers",
    ),
)


def main(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name and return the exit code for the shell."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="The developers' one command. It makes .venv and runs everything in it.",
        epilog="\n".join(f"{name:15} {summary}" for name, (_, summary) in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of those below")
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, help=f"for {', '.join(PASSING_ON)}: handed on"
    )
    chosen = parser.parse_args(arguments)
    if chosen.arguments and chosen.command not in PASSING_ON:
        parser.error(f"{chosen.command} takes no arguments")
    turn_termination_into_interruption()
    try:
        return COMMANDS[chosen.command][0](chosen.arguments)
    except StepError as error:
        say(str(error))
        return error.code
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
