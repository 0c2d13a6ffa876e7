"""The commands that make installers, and try them: ``build WHAT``, ``test-installers [WHAT …]``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import dev_env
import dev_system
from dev_run import Step, execute, run_all, run_until_failure, say

_WRONG_USE = 2


def build(arguments: Sequence[str]) -> int:
    """Make one kind of installer into ``dist/``."""
    if len(arguments) != 1 or arguments[0] not in BUILDS:
        return _used_wrongly("build", BUILDS)
    return BUILDS[arguments[0]]()


def test_installers(arguments: Sequence[str]) -> int:
    """Make installers and live through their lives; all kinds, where none is named."""
    names = [name for name in arguments if not name.startswith("-")]
    options = [name for name in arguments if name.startswith("-")]
    if not set(names) <= set(LIVES):
        return _used_wrongly("test-installers", LIVES)
    # One after a failure of the other, too: one run tells all.
    return run_all([Step(name, partial(LIVES[name], options)) for name in names or LIVES])


def _used_wrongly(command: str, kinds: Sequence[str] | dict[str, Callable[..., int]]) -> int:
    say(f"dev.py {command}: one of {', '.join(kinds)}")
    return _WRONG_USE


def _build_deb() -> int:
    def made() -> int:
        from installers import deb

        deb.build()
        return 0

    return run_until_failure([_packages(dev_system.DEB_BUILD), Step("package", made)])


def _live_deb(options: Sequence[str]) -> int:
    needed = _packages(
        dev_system.WINDOW, dev_system.SCREEN, dev_system.DEB_BUILD, dev_system.DEB_LIFE
    )
    environment = Step("environment", partial(dev_env.provide, "dev"))
    packaging = Path(__file__).resolve().parent
    path = os.pathsep.join((str(packaging), str(packaging.parent)))
    command: tuple[str | Path, ...] = (dev_env.PYTHON, "-m", "installers.life_deb", *options)
    life = Step("life", partial(execute, command, env={**os.environ, "PYTHONPATH": path}))
    return run_until_failure([needed, environment, life])


def _build_windows() -> int:
    def made() -> int:
        from installers import windows_build

        return windows_build.build()

    return _on_windows_tools(Step("installers", made))


def _live_windows(_options: Sequence[str]) -> int:
    def lived() -> int:
        from installers import windows_build

        return windows_build.live()

    return _on_windows_tools(Step("life", lived))


def _on_windows_tools(step: Step) -> int:
    environment = Step("environment", partial(dev_env.provide, "dev"))
    return run_until_failure([_packages(dev_system.WINDOWS_BUILD), environment, step])


def _packages(*groups: dev_system.Group) -> Step:
    return Step("system packages", partial(dev_system.provide, groups))


BUILDS: dict[str, Callable[[], int]] = {}
"""What can be made on this system."""
LIVES: dict[str, Callable[[Sequence[str]], int]] = {}
"""What can be tried on this system."""
if sys.platform == "linux":
    BUILDS["deb"] = _build_deb
    LIVES["deb"] = _live_deb
    BUILDS["windows"] = _build_windows
    LIVES["windows"] = _live_windows
