"""A repository as python-tuf sees it: which versions it offers, and one of them as a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tuf.api import exceptions as tuf
from tuf.api.metadata import Metadata, TargetFile, Targets
from tuf.ngclient import Updater, UpdaterConfig

from posmember.errors import UpdateError, UpdateProblem
from posmember.updates.offer import Offer, read_offer
from posmember.updates.source.fetcher import Fetcher
from posmember.updates.source.folder import forget_others, make_private, must_have_room

_METADATA, _TARGETS, _PART = "metadata", "targets", "part"
_CLOCK_S: Final = 24 * 3600
"""A clock that is further off than this says nothing of what has expired."""
_BOUNDS: Final = UpdaterConfig(
    max_root_rotations=64,
    max_delegations=1,
    root_max_length=128 * 1024,
    timestamp_max_length=16 * 1024,
    snapshot_max_length=64 * 1024,
    targets_max_length=512 * 1024,
)
_NO_ROOM: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_WORST: Final = (
    (tuf.ExpiredMetadataError, UpdateProblem.EXPIRED),
    (tuf.BadVersionNumberError, UpdateProblem.OLD),
    (tuf.UnsignedMetadataError, UpdateProblem.UNSIGNED),
    (tuf.LengthOrHashMismatchError, UpdateProblem.DAMAGED),
    (tuf.RepositoryError, UpdateProblem.UNREADABLE),
    (tuf.DownloadHTTPError, UpdateProblem.STATUS),
    (tuf.DownloadError, UpdateProblem.NO_CONNECTION),
)


def part_path(folder: Path) -> Path:
    """Where a file lies that is not whole yet."""
    return folder / _PART / "file"


class Repository:
    """One look at it.

    Args:
        url: its address, without a slash behind. root: the first root metadata.
        folder: for what it has told before, and for files; private.
    """

    def __init__(self, url: str, root: bytes, folder: Path, fetcher: Fetcher) -> None:
        self._folder, self._fetcher = folder, fetcher
        self._files = folder / _TARGETS
        metadata = folder / _METADATA
        with self._problems():
            for each in (folder, metadata, self._files):
                make_private(each)
            self._updater = Updater(
                str(metadata), f"{url}/{_METADATA}/", str(self._files), f"{url}/{_TARGETS}/",
                fetcher, _BOUNDS, bootstrap=root,
            )  # fmt: skip
        self._told = metadata / "targets.json"
        self._found: dict[Offer, TargetFile] = {}

    def offers(self) -> tuple[Offer, ...]:
        """What is offered, as it is signed now. Raises UpdateError."""
        with self._problems():
            self._updater.refresh()
            # The list is what was just verified; each entry is asked for by its name all the same.
            listed = Metadata[Targets].from_bytes(self._told.read_bytes()).signed.targets
            found = [self._updater.get_targetinfo(path) for path in sorted(listed)]
        self._must_know_the_time()
        self._found = {offer: each for each in found if each and (offer := _offer(each))}
        return tuple(self._found)

    def fetch(self, offer: Offer) -> Path:
        """The file of one of these offers, whole and as it was signed. Raises UpdateError."""
        with self._problems():
            info = self._found[offer]
            path = self._files / offer.path
            if self._updater.find_cached_target(info, str(path)) is None:
                forget_others(self._files, "")
                must_have_room(self._files, offer.length)
                self._download(info, path)
            forget_others(self._files, offer.path)
        return path

    def _download(self, info: TargetFile, path: Path) -> None:
        try:
            self._updater.download_target(info, str(path))
        except OSError:  # the disk is full, and half a file is of no use
            path.unlink(missing_ok=True)
            raise

    def _must_know_the_time(self) -> None:
        off_s = self._fetcher.told.off_s
        if off_s is not None and abs(off_s) > _CLOCK_S:
            raise UpdateError(f"{off_s:+.0f} s", problem=UpdateProblem.CLOCK)

    @contextmanager
    def _problems(self) -> Iterator[None]:
        """Raise UpdateError for all that python-tuf and the disk raise."""
        try:
            yield
        except (tuf.RepositoryError, tuf.DownloadError) as error:
            problem = next(word for kind, word in _WORST if isinstance(error, kind))
            if problem is UpdateProblem.EXPIRED:
                self._must_know_the_time()
            raise UpdateError(type(error).__name__, problem=problem) from error
        except OSError as error:
            is_full = error.errno in _NO_ROOM
            problem = UpdateProblem.NO_SPACE if is_full else UpdateProblem.NOT_WRITTEN
            what = os.strerror(error.errno) if error.errno else type(error).__name__
            raise UpdateError(what, problem=problem) from error


def _offer(info: TargetFile) -> Offer | None:
    return read_offer(info.path, info.length, info.hashes.get("sha256", ""), info.custom)
