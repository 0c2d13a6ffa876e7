"""``dev.py build`` and ``dev.py test-installers``: what store IT gets, made and tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import dev_env
import dev_system
from dev_run import Step, StepError, run_until_failure


def _build_windows() -> int:
    from installers import windows_build

    return windows_build.build()


def _try_windows() -> int:
    from installers import windows_build

    return windows_build.live()


BUILDS: Final[Mapping[str, tuple[dev_system.Group, Callable[[], int]]]] = {
    "windows": (dev_system.WINDOWS_BUILD, _build_windows),
}
TRIALS: Final[Mapping[str, tuple[dev_system.Group, Callable[[], int]]]] = {
    "windows": (dev_system.WINDOWS_BUILD, _try_windows),
}


def build(arguments: Sequence[str]) -> int:
    """Make the installers that the arguments name; all without one."""
    return _done("build", BUILDS, arguments)


def test_installers(arguments: Sequence[str]) -> int:
    """Try the installers' lives; all without an argument."""
    return _done("life", TRIALS, arguments)


def _done(
    what: str,
    known: Mapping[str, tuple[dev_system.Group, Callable[[], int]]],
    arguments: Sequence[str],
) -> int:
    names = list(arguments) or list(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise StepError(f"there is no {' '.join(unknown)}, but {' '.join(known)}", 2)
    groups = list(dict.fromkeys(known[name][0] for name in names))
    steps = [
        Step("system packages", partial(dev_system.provide, groups)),
        Step("environment", partial(dev_env.provide, "dev")),
        *(Step(f"{what}: {name}", known[name][1]) for name in names),
    ]
    return run_until_failure(steps)
