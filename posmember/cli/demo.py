"""``posmember demo``: the whole product on the built-in sandbox platform."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from posmember.cli.exits import Exit, fail
from posmember.config import PlatformSettings, Settings
from posmember.domain.context import Store
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES

TOUR = ("qm0000001", "13800000001", "qm0000030", "qm0001000", "qm404empty")
"""What is looked up where nobody can look: a usual member, by code and by phone, more."""

_LISTENING = re.compile(r"listening on (http://\S+)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language (%(default)s)"
    )
    parser.add_argument("--latency-ms", type=int, default=0, metavar="N", help="of each answer")
    parser.add_argument("--fault", action="append", default=[], metavar="SPEC", help="see sandbox")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    if importlib.util.find_spec("uvicorn") is None or importlib.util.find_spec("starlette") is None:
        return fail("演示需要 posmember[sandbox] / install posmember[sandbox]", Exit.WRONG_USE)
    offscreen = _has_no_display()
    if offscreen:
        print("没有显示器,改用离屏方式演示 / no display: running offscreen, pictures follow")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with _sandbox(args) as base_url:
        return _show(base_url, args.language, offscreen=offscreen)


def settings_for(base_url: str) -> Settings:
    """The configuration of a till of the sandbox's first store."""
    store = STORES[0]
    return Settings(
        PlatformSettings(OPEN_ID, GRANT_CODE, base_url=base_url),
        Store(store.code, str(store.number), store.name),
    )


def _show(base_url: str, language: str, *, offscreen: bool) -> int:
    from posmember import app

    def load() -> tuple[Settings, Callable[[], str]]:
        return settings_for(base_url), lambda: OPEN_KEY

    if not offscreen:
        print("试试 / try:", " ".join(TOUR))
        return app.run(load, language=language)
    from posmember.ui.tour import Tour

    tour = Tour(TOUR, Path(tempfile.mkdtemp(prefix="posmember-demo-")), print)
    return app.run(load, language=language, script=tour.play)


def _has_no_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] == "offscreen"
    return sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


@contextmanager
def _sandbox(args: argparse.Namespace) -> Iterator[str]:
    """Serve the sandbox in a process of its own; gives its address."""
    options = ["--latency-ms", str(args.latency_ms)]
    for fault in args.fault:
        options += ["--fault", fault]
    with subprocess.Popen(
        [*_program(), "sandbox", *options], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            found = _LISTENING.search(process.stdout.readline())
            if found is None:
                raise SystemExit(fail("沙箱没有启动 / the sandbox did not start", Exit.OTHER))
            yield found[1]
        finally:
            process.terminate()


def _program() -> Sequence[str]:
    """This program, as another process; frozen, it is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "posmember"]
