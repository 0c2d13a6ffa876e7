"""``posmember smoke``, ``posmember --smoke``: does the program start on this computer?

For installers and updates, before they leave a version to a cashier: the window is painted, the
event loop runs, and every module is there. Nothing is configured, asked or written.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import threading
from typing import TYPE_CHECKING, Final

import posmember
from posmember import __version__
from posmember.cli.lines import complain, say
from posmember.cli.window import interrupts_end_at_once
from posmember.errors import NotSetUpError
from posmember.report.outcomes import Exit

if TYPE_CHECKING:
    from posmember import app
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow

WITHIN_S: Final = 60.0
"""Seconds; a till that needs longer is of no use to anybody."""
_FAILED: Final = 1
_PROGRAM: Final = "posmember.__main__"
_OF_LINUX: Final = frozenset({"posmember.ui.beside.typing.x11"})
"""What needs a library that is installed on Linux alone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--offscreen", action="store_true", help="without a screen, as a service has none"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command: 0 after the first paint, 1 with words otherwise."""
    interrupts_end_at_once()
    watching = threading.Timer(WITHIN_S, _give_up)
    watching.daemon = True
    watching.start()
    try:
        from posmember import app

        if args.offscreen:
            app.open_display("-platform", "offscreen")
        code = app.run(_nothing_is_set_up, script=_painted)
        import_all()
    except ImportError as error:
        return _fail(f"程序不完整 / a part of the program is missing: {error.name}")
    finally:
        watching.cancel()
    if code:
        return _fail("窗口没有画出来 / the window was not painted")
    say(f"posmember {__version__}: ok")
    return Exit.FOUND


def import_all(system: str = sys.platform) -> None:
    """Import every module of the program. Raises ImportError where one, or its library, is gone."""
    others = {_PROGRAM} if system == "linux" else {_PROGRAM, *_OF_LINUX}
    for module in pkgutil.walk_packages(posmember.__path__, "posmember."):
        if module.name not in others:
            importlib.import_module(module.name)


def _give_up() -> None:
    os._exit(_fail(f"{WITHIN_S:.0f} 秒内窗口没有画出来 / not painted within {WITHIN_S:.0f} s"))


def _fail(words: str) -> int:
    complain(words)
    return _FAILED


def _nothing_is_set_up() -> app.Loaded:
    raise NotSetUpError("a smoke run")


async def _painted(_window: MainWindow, _controller: Controller) -> None:
    """The second stage begins when the window was painted, and that is all that is wanted."""
