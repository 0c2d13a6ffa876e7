"""``posmember support``: show, or save as one zip file, what IT needs to help a till from afar."""

from __future__ import annotations

import argparse
import asyncio
from datetime import datetime
from pathlib import Path

from posmember.cli.exits import Exit, explain, fail
from posmember.cli.keyring_wait import from_keyring
from posmember.cli.lines import say
from posmember.domain.values import CHINA
from posmember.errors import PosMemberError
from posmember.lookup.backend import Backend
from posmember.lookup.check import Finding, check_platform
from posmember.lookup.doctor import Line, finding_lines, settings_lines
from posmember.lookup.support import save_support, support_entries
from posmember.settings import config
from posmember.settings.config import Settings
from posmember.trust.credentials import KeyringStore, open_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--save", type=Path, metavar="FILE", help="a .zip file, replaced where it exists"
    )
    parser.add_argument(
        "--no-check", action="store_true", help="do not ask the platform whether it can be reached"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    settings, problem, findings = _collected(check=not args.no_check)
    lines = _lines(settings, findings)
    entries = support_entries(settings, problem, findings, datetime.now(CHINA), lines=lines)
    if args.save is None:
        for name, text in entries.items():
            say(f"=== {name}", *text.splitlines())
        return Exit.FOUND
    try:
        save_support(entries, args.save)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return fail(f"写不了文件 / cannot write: {args.save}: {why}", Exit.OTHER)
    say(str(args.save.absolute()))
    return Exit.FOUND


def _collected(*, check: bool) -> tuple[Settings | None, str, list[Finding]]:
    """The settings, or why there are none, and what a check finds; whatever fails is told in it."""
    settings = None
    try:
        settings = config.load()
        if not check:
            return settings, "", []
        open_id = settings.platform.open_id
        key = from_keyring(lambda: open_key(open_id, KeyringStore()))
        return settings, "", asyncio.run(_check(settings, key))
    except PosMemberError as error:
        return settings, explain(error), []


def _lines(settings: Settings | None, findings: list[Finding]) -> list[Line]:
    """What `posmember doctor` tells of what was checked."""
    if settings is None or not findings:
        return []
    told = [line for finding in findings for line in finding_lines(finding, settings)]
    return [*settings_lines(settings), *told]


async def _check(settings: Settings, key: str) -> list[Finding]:
    backend = Backend(settings, key)
    spelling = settings.platform.v2_sign_keys
    has_store = settings.store.code is not None
    try:
        found = check_platform(backend.platform, backend.clock, spelling, has_store=has_store)
        return [finding async for finding in found]
    finally:
        await backend.aclose()
