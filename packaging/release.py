"""`dev.py release`: the repository of new versions, as any static web server can hold it.

Runs in .venv. See README's section for the release manager.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from dev_run import ROOT, StepError, say
from releases.keys import must_be_outside
from releases.repository import ONLINE, ROOT_KEYS, TARGETS_KEYS, Repository

from posmember.settings.updates import parse_hours, parse_version
from posmember.updates.offer import EVERYBODY, Edition, Offer
from posmember.updates.root import ROOT as ROOT_NAME

EMBEDDED: Final = ROOT / "resources" / ROOT_NAME


def main(arguments: Sequence[str]) -> int:
    """Run a command; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        repository = Repository(chosen.repository, must_be_outside(chosen.keys))
        run = globals()[f"run_{chosen.command}"]
        for line in run(repository, chosen):
            say(line)
    except (StepError, OSError) as error:
        say(f"release: {error}")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py release")
    parser.add_argument("--keys", type=Path, required=True, help="a folder outside the checkout")
    parser.add_argument("--repository", type=Path, required=True, help="what a web server serves")
    commands = parser.add_subparsers(dest="command", required=True)
    init = commands.add_parser("init", help="make keys, an empty repository and the embedded root")
    init.add_argument("--root", type=Path, default=EMBEDDED, help="where the root is to be put")
    add = commands.add_parser("add", help="offer a file")
    add.add_argument("file", type=Path)
    add.add_argument("--version", type=parse_version, required=True)
    add.add_argument("--edition", type=Edition, choices=list(Edition), required=True)
    change = commands.add_parser("change", help="offer a file otherwise, such as to more tills")
    change.add_argument("name")
    for each in (add, change):
        each.add_argument("--percent", type=_percent)
        each.add_argument("--least", type=parse_version, help="the oldest that it goes over")
        each.add_argument("--hours", type=parse_hours, help="such as 22:00-06:00")
        each.add_argument("--goes-back", action=argparse.BooleanOptionalAction)
    withdraw = commands.add_parser("withdraw", help="offer a file no longer")
    withdraw.add_argument("name")
    commands.add_parser("refresh", help="sign anew what expires soonest; the online key alone")
    rotate = commands.add_parser("rotate", help="put a new key in the place of one")
    rotate.add_argument("name", choices=(*ROOT_KEYS, *TARGETS_KEYS, ONLINE))
    commands.add_parser("verify", help="signatures, expiries, files")
    return parser


def _percent(text: str) -> int:
    percent = int(text)
    if not 0 <= percent <= EVERYBODY:
        raise ValueError("0 to 100")
    return percent


def run_init(repository: Repository, chosen: argparse.Namespace) -> list[str]:
    if chosen.root.exists():
        raise StepError(f"there is a root already, which tills trust: {chosen.root}")
    root = repository.begin()
    chosen.root.parent.mkdir(parents=True, exist_ok=True)
    chosen.root.write_bytes(root)
    return [f"keys: {repository.key_folder}", f"root, to be built in: {chosen.root}"]


def run_add(repository: Repository, chosen: argparse.Namespace) -> list[str]:
    offer = Offer(chosen.file.name, 0, "", chosen.version, chosen.edition)
    repository.add(chosen.file, _changed(offer, chosen))
    return repository.verify()


def run_change(repository: Repository, chosen: argparse.Namespace) -> list[str]:
    repository.change(chosen.name, lambda offer: _changed(offer, chosen))
    return repository.verify()


def run_withdraw(repository: Repository, chosen: argparse.Namespace) -> list[str]:
    repository.withdraw(chosen.name)
    return repository.verify()


def run_refresh(repository: Repository, _chosen: argparse.Namespace) -> list[str]:
    repository.refresh()
    return repository.verify()


def run_rotate(repository: Repository, chosen: argparse.Namespace) -> list[str]:
    repository.rotate(chosen.name)
    return repository.verify()


def run_verify(repository: Repository, _chosen: argparse.Namespace) -> list[str]:
    return repository.verify()


def _changed(offer: Offer, chosen: argparse.Namespace) -> Offer:
    """An offer with what was given of it."""
    given = {
        name: value
        for name in ("percent", "least", "hours", "goes_back")
        if (value := getattr(chosen, name)) is not None
    }
    return replace(offer, **given)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
