"""Updates of one till, step by step: ask, fetch, hand over. Each blocks, so not for Qt's thread."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from posmember import __version__
from posmember.errors import UpdateError, UpdateProblem
from posmember.settings.config import Settings
from posmember.settings.declared import UPDATES, UPDATES_BACK
from posmember.settings.updates import Hours, UpdateMode, Version, parse_version
from posmember.updates.hand_over import Start, look_again, read_outcome, start_setup
from posmember.updates.machine import edition, machine_id
from posmember.updates.notes import Notes, read_notes, settled, tried, write_notes
from posmember.updates.offer import Edition, Offer, Till, chosen, is_time
from posmember.updates.root import embedded_root
from posmember.updates.signer import SignerOf, signer_of

if TYPE_CHECKING:
    from posmember.updates.source.fetcher import Pace
    from posmember.updates.source.repository import Repository

_NOTES: Final = "notes.json"
_PROGRAM: Final = "posmember.exe"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a till goes by.

    Args:
        url: the repository's address. root: the first root metadata.
        folder: where it keeps all of it, for this user alone or the machine's administrator.
        program: what runs, and is to be replaced.
        again: the program that is started when setup is over; None for none.
        may_install: whether it is this process that may install.
    """

    url: str
    root: bytes = field(repr=False)
    folder: Path
    program: Path
    again: Path | None
    edition: Edition
    running: Version
    machine: str = field(repr=False)
    mode: UpdateMode
    may_go_back: bool
    hours: Hours
    proxy: str = field(repr=False)
    may_install: bool


def plan_for(settings: Settings, *, as_service: bool = False) -> Plan:
    """What a till goes by, of its settings and its policy.

    Args:
        as_service: whether this process is the machine's own, which installs for everybody.

    Raises:
        UpdateError: it has no updates; why.
    """
    mode = settings.policy.value(UPDATES)
    if not mode.is_on:
        raise UpdateError("by policy", problem=UpdateProblem.OFF)
    if not settings.updates.url:
        raise UpdateError("updates.url is not set", problem=UpdateProblem.NO_ADDRESS)
    root = embedded_root()
    installed = edition()
    if installed is None:
        raise UpdateError("not installed", problem=UpdateProblem.NOT_INSTALLED)
    if as_service and installed is not Edition.MACHINE:
        raise UpdateError("not for everybody", problem=UpdateProblem.BY_OTHERS)
    program = Path(sys.executable)
    return Plan(
        settings.updates.url,
        root,
        _folder(program, as_service=as_service),
        program,
        None if as_service else program.with_name(_PROGRAM),
        installed,
        parse_version(__version__),
        machine_id(),
        mode,
        settings.policy.value(UPDATES_BACK),
        settings.updates.hours,
        settings.platform.proxy,
        may_install=as_service or installed is Edition.USER,
    )


def _folder(program: Path, *, as_service: bool) -> Path:
    from posmember.updates.source.folder import machines_folder, users_folder

    return machines_folder(program) if as_service else users_folder()


class Updates:
    """Asks, fetches and hands over.

    Args:
        pace: how fast files are fetched; None is that of the background.
        signer_of, start: Windows' own, unless something stands in for it.
    """

    def __init__(
        self,
        plan: Plan,
        pace: Pace | None = None,
        signer_of: SignerOf = signer_of,
        start: Start | None = None,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self.plan = plan
        self._pace, self._signer_of, self._start, self._now = pace, signer_of, start, now
        self._stop = threading.Event()
        self._noting = threading.Lock()

    def stop(self) -> None:
        """Have what is under way end soon, with UpdateError (ENDED); from any thread."""
        self._stop.set()

    def notes(self) -> Notes:
        """What became of updates here, that of the last start of setup included."""
        running, outcome = self.plan.running, read_outcome(self.plan.folder)
        return self._note(lambda notes: settled(notes, running, outcome))

    def check(self) -> Offer | None:
        """The version that this till is to have next; None where it has it. Raises UpdateError."""
        with self._repository() as repository:
            return self._check(repository)

    def fetch(self) -> tuple[Offer, Path] | None:
        """The same, and its file, verified; None where there is none. Raises UpdateError."""
        with self._repository() as repository:
            offer = self._check(repository)
            return None if offer is None else (offer, repository.fetch(offer))

    def is_open(self) -> bool:
        """Whether it is within the till's hours now."""
        return self.plan.hours.contains(self._now().time())

    def is_time(self, offer: Offer) -> bool:
        """Whether it may be installed now, by the hours of the till and of the offer."""
        return is_time(offer, self.plan.hours, self._now())

    def look_again(self, offer: Offer, path: Path) -> None:
        """Read the file once more before it is run.

        Raises:
            UpdateError: it is not what was signed, or by somebody else than the running program;
                or it is not this program that may install it.
        """
        if not self.plan.may_install:
            raise UpdateError("not by this program", problem=UpdateProblem.BY_OTHERS)
        look_again(path, offer, self.plan.program, self._signer_of)

    def start(self, offer: Offer, path: Path) -> None:
        """Start setup with a file that was just looked at; takes a moment.

        The program is to end then.

        Raises:
            UpdateError: it does not start.
        """
        plan = self.plan
        self._note(lambda notes: tried(notes, offer.version, offer.sha256))
        start_setup(
            path,
            plan.folder,
            goes_back=offer.version < plan.running,
            again=plan.again,
            start=self._start,
        )

    def _check(self, repository: Repository) -> Offer | None:
        notes = self.notes()
        plan = self.plan
        till = Till(
            plan.running,
            plan.edition,
            plan.machine,
            plan.mode,
            plan.may_go_back,
            frozenset(notes.given_up),
        )
        offers = repository.offers()
        with contextlib.suppress(UpdateError):  # a full disk: it is asked again all the same
            self._note(lambda notes: replace(notes, checked_at=self._now()))
        return chosen(offers, till)

    @contextmanager
    def _repository(self) -> Iterator[Repository]:
        # In the thread that asks: python-tuf takes longer to import than a frame lasts.
        from posmember.updates.source.fetcher import Fetcher
        from posmember.updates.source.repository import Repository, part_path

        plan = self.plan
        fetcher = Fetcher(plan.url, part_path(plan.folder), plan.proxy, self._pace, self._stop)
        try:
            yield Repository(plan.url, plan.root, plan.folder, fetcher)
        finally:
            fetcher.close()

    def _note(self, change: Callable[[Notes], Notes]) -> Notes:
        """Change what is noted; a look may be under way while somebody says to install."""
        path = self.plan.folder / _NOTES
        with self._noting:
            before = read_notes(path)
            after = change(before)
            try:
                if after != before:
                    write_notes(path, after)
            except OSError as error:
                problem = UpdateProblem.NOT_WRITTEN
                raise UpdateError(type(error).__name__, problem=problem) from error
            return after
