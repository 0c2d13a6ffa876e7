"""The commands that make installers, and try them: ``build WHAT``, ``test-installers [WHAT …]``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import dev_env
import dev_system
from dev_bound import LATE, execute_within
from dev_run import Step, execute, run_all, run_until_failure, say

_PACKAGING: Final = Path(__file__).resolve().parent
_FROZEN: Final = "--frozen"


def build(arguments: Sequence[str]) -> int:
    """Make one kind of installer into ``dist/``."""
    parser = argparse.ArgumentParser(prog="dev.py build")
    parser.add_argument("kind", choices=BUILDS)
    parser.add_argument(
        _FROZEN, action="store_true", help="windows: of what dev.py freeze made on Windows"
    )
    chosen = parser.parse_args(arguments)
    if chosen.frozen and chosen.kind != "windows":
        parser.error(f"{_FROZEN} is for windows")
    return BUILDS[chosen.kind](is_frozen=chosen.frozen)


def freeze(_: Sequence[str]) -> int:
    """Freeze the program for the system that this runs on, as ``build windows`` takes it."""

    def made() -> int:
        from installers import freeze

        freeze.native()
        return 0

    return run_until_failure([Step("freeze", made)])


def test_installers(arguments: Sequence[str]) -> int:
    """Make installers and live through their lives; all kinds, where none is named."""
    parser = argparse.ArgumentParser(prog="dev.py test-installers")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(LIVES)}")
    parser.add_argument("--built", action="store_true", help="take what the last time was made")
    parser.add_argument(
        "--within", type=float, metavar="MINUTES", help="then all of it is ended, and has failed"
    )
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.kinds) - set(LIVES):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    options = ["--built"] if chosen.built else []
    if chosen.within is not None:
        return _test_within(chosen.within, [*chosen.kinds, *options])
    # One after a failure of the other, too: one run tells all.
    return run_all([Step(kind, partial(LIVES[kind], options)) for kind in chosen.kinds or LIVES])


def _test_within(minutes: float, arguments: Sequence[str]) -> int:
    command = (sys.executable, str(_PACKAGING / "dev.py"), "test-installers", *arguments)
    code = execute_within(command, minutes * 60)
    if code == LATE:
        say(f"test-installers: not done within {minutes:g} minutes, so all of it was ended")
    return code


def _build_deb(*, is_frozen: bool) -> int:
    def made() -> int:
        from installers import deb

        deb.build()
        return 0

    assert not is_frozen
    return run_until_failure([_packages(dev_system.DEB_BUILD), Step("package", made)])


def _live_deb(options: Sequence[str]) -> int:
    screen = (dev_system.WINDOW, dev_system.SCREEN, dev_system.DESK)
    made = (dev_system.DEB_BUILD, dev_system.DEB_LIFE)
    return _live("installers.life_deb", options, *screen, *made)


def _build_windows(*, is_frozen: bool) -> int:
    def made() -> int:
        from installers import windows_build

        return windows_build.build(is_frozen=is_frozen)

    environment = Step("environment", partial(dev_env.provide, "dev"))
    needed = _packages(dev_system.WINDOWS_BUILD)
    return run_until_failure([needed, environment, Step("installers", made)])


def _live_windows(options: Sequence[str]) -> int:
    groups = (dev_system.WINDOW, dev_system.SCREEN, dev_system.WINDOWS_BUILD)
    return _live("installers.windows_build", options, *groups)


def _live(module: str, options: Sequence[str], *groups: dev_system.Group) -> int:
    """Run a life in .venv, which has what the tests have."""
    environment = Step("environment", partial(dev_env.provide, "dev"))
    path = os.pathsep.join((str(_PACKAGING), str(_PACKAGING.parent)))
    command: tuple[str | Path, ...] = (dev_env.PYTHON, "-m", module, *options)
    life = Step("life", partial(execute, command, env={**os.environ, "PYTHONPATH": path}))
    return run_until_failure([_packages(*groups), environment, life])


def _packages(*groups: dev_system.Group) -> Step:
    return Step("system packages", partial(dev_system.provide, groups))


BUILDS: dict[str, Callable[..., int]] = {}
"""What can be made on this system."""
LIVES: dict[str, Callable[[Sequence[str]], int]] = {}
"""What can be tried on this system."""
if sys.platform == "linux":
    BUILDS["deb"] = _build_deb
    LIVES["deb"] = _live_deb
    BUILDS["windows"] = _build_windows
    LIVES["windows"] = _live_windows
