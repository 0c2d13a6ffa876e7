"""How python-tuf gets its files: by the program's own connections, within bounds of size and time.

A file is fetched in pieces, each a call of its own with a deadline: it goes on where it broke off,
gives way to lookups in between, and can be called off. Nobody is led elsewhere.
"""

from __future__ import annotations

import asyncio
import email.utils
import os
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface

from posmember.api.http.client import HttpClient, Reply
from posmember.api.http.pages import refuse_foreign
from posmember.api.http.proxies import SYSTEM
from posmember.errors import (
    ApiConnectionError,
    ApiResponseError,
    ApiTimeoutError,
    ConfigError,
    ConnectionProblem,
    PosMemberError,
    UpdateError,
    UpdateProblem,
)
from posmember.updates.source.folder import make_private

API: Final = "updates"
_MOST_OF_ANY: Final = 1024 * 1024
_RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_PLAIN: Final = {"Accept-Encoding": "identity", "Cache-Control": "no-transform"}
_PAGES: Final = frozenset(
    {ConnectionProblem.LOGIN, ConnectionProblem.PAGE, ConnectionProblem.PROXY_LOGIN}
)
_OK, _PARTIAL, _NO_SUCH_RANGE = 200, 206, 416
_ABSENT: Final = frozenset({403, 404})


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast it goes.

    Args:
        within_s: seconds that one call may take. piece: bytes of a file that one call fetches;
            both together are the slowest pace that is waited for.
        pause_s: seconds of rest between two pieces, for everybody else on the line.
    """

    within_s: float = 60.0
    piece: int = 256 * 1024
    pause_s: float = 0.1


@dataclass(slots=True)
class Told:
    """What the server said of the time.

    Args:
        off_s: seconds that this computer's clock is behind (+) or ahead (-) of its; None unknown.
    """

    off_s: float | None = field(default=None)


class Fetcher(FetcherInterface):
    """Gets files of one repository, for one thread.

    Args:
        url: the repository's address. proxy: see `posmember.api.http.proxies.find_proxy`.
        part: where a file lies that is not whole yet.
        stop: set where the program ends.
    """

    def __init__(
        self,
        url: str,
        part: Path,
        proxy: str = SYSTEM,
        pace: Pace | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._part, self._pace = part, pace or Pace()
        self._stop = stop or threading.Event()
        self.told = Told()
        self._runner = asyncio.Runner()
        try:
            self._client = HttpClient(
                url, timeout_s=self._pace.within_s, headers={"Accept": "*/*"}, proxy=proxy
            )
        except ConfigError as error:
            self._runner.close()
            raise UpdateError("the proxy", problem=UpdateProblem.NO_CONNECTION) from error

    def close(self) -> None:
        """Close the connections."""
        try:
            self._runner.run(self._client.aclose())
        finally:
            self._runner.close()

    # --- what python-tuf asks for ---------------------------------------------------------------

    def download_bytes(self, url: str, max_length: int) -> bytes:
        """One file of metadata. Raises UpdateError, DownloadHTTPError."""
        reply = self._get(url, max_length, {"Cache-Control": "no-cache"})
        self._must_be(reply, url, _OK)
        return reply.body

    @contextmanager
    def download_file(self, url: str, max_length: int) -> Iterator[IO[bytes]]:
        """One large file, which goes on where it broke off before.

        What is done with it within, such as to verify it, may raise: then all of it is thrown away.

        Raises:
            UpdateError, OSError, DownloadHTTPError.
        """
        make_private(self._part.parent)
        handle = os.open(self._part, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "r+b") as file:
            self._fill(file, url, max_length)
            file.seek(0)
            try:
                yield file
            finally:  # whole or wrong, nothing goes on from here
                file.truncate(0)
        self._part.unlink(missing_ok=True)

    def _fetch(self, url: str) -> Iterator[bytes]:
        yield self.download_bytes(url, _MOST_OF_ANY)

    # --- pieces ---------------------------------------------------------------------------------

    def _fill(self, file: IO[bytes], url: str, length: int) -> None:
        """Fetch what is missing."""
        size = file.seek(0, os.SEEK_END)
        if size > length:
            size = file.seek(0)
            file.truncate()
        while size < length:
            piece = self._piece(url, size, length)
            if piece is None:  # the whole of it is no answer to the middle of it
                size = file.seek(0)
                file.truncate()
                continue
            file.write(piece)
            file.flush()
            size += len(piece)
            if size < length and self._stop.wait(self._pace.pause_s):
                raise UpdateError("the program ends", problem=UpdateProblem.ENDED)

    def _piece(self, url: str, begin: int, length: int) -> bytes | None:
        """The next piece; None where what is there cannot be gone on from."""
        end = min(begin + self._pace.piece, length) - 1
        # A server that knows no ranges gives all of it at once.
        reply = self._get(url, length, {**_PLAIN, "Range": f"bytes={begin}-{end}"})
        if begin and reply.status in (_OK, _NO_SUCH_RANGE):
            return None
        self._must_be(reply, url, _OK, _PARTIAL)
        if reply.status == _PARTIAL and not _is_range(reply, begin, end, length):
            raise UpdateError("another part of another file", problem=UpdateProblem.DAMAGED)
        if not reply.body:
            raise UpdateError("shorter than signed", problem=UpdateProblem.DAMAGED)
        return reply.body

    def _get(self, url: str, most: int, headers: Mapping[str, str]) -> Reply:
        if self._stop.is_set():
            raise UpdateError("the program ends", problem=UpdateProblem.ENDED)
        sent = self._client.send(API, "GET", url, headers=headers, max_bytes=most)
        try:
            reply = self._runner.run(sent)
            # A part of the file is nobody's page, whatever words lie at its beginning.
            if reply.status not in (*_ABSENT, _PARTIAL):
                refuse_foreign(API, url, reply.status, reply.headers, reply.body)
        except PosMemberError as error:
            raise UpdateError(f"{error}", problem=_problem(error)) from error
        self._note_time(reply)
        return reply

    def _must_be(self, reply: Reply, url: str, *statuses: int) -> None:
        if reply.status in statuses:
            return
        if reply.status in _ABSENT:
            raise DownloadHTTPError(url, reply.status)
        raise UpdateError(f"HTTP {reply.status}", problem=UpdateProblem.STATUS)

    def _note_time(self, reply: Reply) -> None:
        try:
            theirs = email.utils.parsedate_to_datetime(reply.headers.get("date") or "")
        except (ValueError, TypeError):
            return
        self.told.off_s = theirs.timestamp() - time.time()


def _problem(error: PosMemberError) -> UpdateProblem:
    match error:
        case ApiTimeoutError():
            return UpdateProblem.SLOW
        case ApiConnectionError(problem=problem) if problem in _PAGES:
            return UpdateProblem.LOGIN
        case ApiResponseError():
            return UpdateProblem.LONG
    return UpdateProblem.NO_CONNECTION


def _is_range(reply: Reply, begin: int, end: int, length: int) -> bool:
    """Whether an answer is the part of a file that was asked for, or a shorter one of its begin."""
    found = _RANGE.fullmatch(reply.headers.get("content-range") or "")
    if found is None:
        return False
    first, last, whole = map(int, found.groups())
    fits = first == begin and last <= end and len(reply.body) == last - first + 1
    return fits and whole == length
