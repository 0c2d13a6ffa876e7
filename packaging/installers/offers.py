"""A repository of new versions for the trials: made as a release manager makes it, served here."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import dev_env
from dev_run import ROOT, execute_quietly

from installers.places import BUILD

if TYPE_CHECKING:
    from tests.fakes.update_server import Web

ROOT_FILE: Final = Path("resources", "updates", "root.json")
"""Where a checkout has the root that is built in."""
_PASSPHRASE: Final = "four words of a trial"
_TIMESTAMP: Final = Path("metadata", "timestamp.json")


class Offers:
    """A repository, with its keys at hand.

    Args:
        folder: what is served. keys: of it.
    """

    def __init__(self, folder: Path, keys: Path) -> None:
        self.folder, self._keys = folder, keys

    def begin(self, checkout: Path) -> None:
        """Make it, and put its root where a checkout builds it in. Raises StepError."""
        root = checkout / ROOT_FILE
        root.unlink(missing_ok=True)
        self._release("init", "--root", root)

    def add(self, file: Path, version: str, edition: str) -> None:
        """Offer a file to everybody. Raises StepError."""
        told = ("--version", version, "--edition", edition, "--percent", "100")
        self._release("add", file, *told)

    def _release(self, *arguments: str | Path) -> None:
        script = ROOT / "packaging" / "release.py"
        places = ("--keys", self._keys, "--repository", self.folder)
        execute_quietly(
            (dev_env.PYTHON, script, *places, *arguments),
            env={**os.environ, "POSMEMBER_RELEASE_PASSPHRASE": _PASSPHRASE},
        )


def folder_of(kind: str) -> Path:
    """Where the repository of a kind of installers lies."""
    return BUILD / f"offers-{kind}"


@contextmanager
def made(kind: str) -> Iterator[Offers]:
    """Make a repository anew. Its keys are gone behind the block: nobody signs there any more."""
    folder = folder_of(kind)
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="posmember-keys-") as keys:
        yield Offers(folder, Path(keys) / "keys")


@contextmanager
def served(kind: str) -> Iterator[Web]:
    """Serve the repository of a kind; gives the server."""
    from tests.fakes.update_server import serving

    with serving(folder_of(kind), time.time) as web:
        yield web


@contextmanager
def changed(kind: str) -> Iterator[None]:
    """Have one digit changed by somebody with the server and no key; back behind the block."""
    path = folder_of(kind) / _TIMESTAMP
    content = path.read_bytes()
    other = content.replace(b'"version": ', b'"version": 1', 1)
    assert other != content, path
    path.write_bytes(other)
    try:
        yield
    finally:
        path.write_bytes(content)
