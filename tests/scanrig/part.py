"""One part of a run: a desktop, a window on it, and its steps; a line of JSON for each.

The positive control stands before and behind them: without it a dead input method would pass.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from random import Random

from tests.scanrig.control import check_input_method
from tests.scanrig.desktop import Ime, desktop
from tests.scanrig.keyboard import Keyboard
from tests.scanrig.program import program
from tests.scanrig.session import Burst, Session
from tests.scanrig.steps import Settings, Step, Typing, every_combination, random_steps

MATRIX, SOAK = "matrix", "soak"
_LONGEST_DETAIL = 900


@dataclass(frozen=True, slots=True)
class Part:
    """What one part does.

    Args:
        what: MATRIX for every combination, SOAK for random ones.
        seed: of the random ones.
        scans: how many, at least.
        longest_ms: of the random ones, the slowest scanner's time between two keys.
        manager: whether the desktop has a window manager.
    """

    what: str
    ime: Ime
    seed: str
    scans: int
    places: tuple[str, ...]
    longest_ms: int = 20
    manager: bool = True

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Part:
        fields = json.loads(text)
        return cls(**{**fields, "ime": Ime(fields["ime"]), "places": tuple(fields["places"])})

    def steps(self, random: Random) -> Iterable[Step]:
        if self.what == MATRIX:
            return every_combination(random, self.places)
        return random_steps(random, self.scans, self.places, self.longest_ms)


@dataclass(frozen=True, slots=True)
class Record:
    """What came of one step.

    Args:
        place: where the keyboard was.
        kind: of the codes; "typing" for what a person typed.
        sent: how many codes, or texts of a person.
        misplaced: 1 where anything but the scan came of it, else 0.
        untimely: 1 where the machine was too busy to scan in time: nothing else counts then.
        detail: what was not as it should be, "" for nothing.
    """

    ime: str
    place: str
    kind: str
    gap_ms: int
    sent: int = 1
    right: int = 1
    lost: int = 0
    mangled: int = 0
    doubled: int = 0
    misplaced: int = 0
    untimely: int = 0
    detail: str = ""

    @property
    def is_failure(self) -> bool:
        return bool(self.detail) and not self.untimely


def run_part(part: Part) -> None:
    """Run a part; prints a `Record` as JSON for each step.

    Raises:
        DeadInputMethodError: the input method does not compose: there is no result.
    """
    random = Random(part.seed)
    on_desktop = desktop(part.ime, manager=part.manager)
    with on_desktop as on, closing(Keyboard(on.display)) as keyboard:
        check_input_method(on, keyboard)
        with program(on) as window:
            session = Session(part.ime, window, keyboard, random)
            for step in part.steps(random):
                if record := _done(session, part.ime, step):
                    _tell(record)
            session.finish()
            for late in session.late:
                _tell(Record(part.ime, "?", "late", 0, 1, 0, misplaced=1, detail=str(late)))
        check_input_method(on, keyboard)


def _tell(record: Record) -> None:
    sys.stdout.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _done(session: Session, ime: Ime, step: Step) -> Record | None:
    if isinstance(step, Settings):
        session.use(step.prefix, step.suffix)
        return None
    if isinstance(step, Burst):
        return _scanned(session, ime, step)
    if isinstance(step, Typing):
        problem = session.type(step.place, step.text)
    else:
        problem = session.compose(step.place)
    wrong = int(bool(problem))
    return Record(ime, step.place, "typing", 0, 1, 1 - wrong, misplaced=wrong, detail=problem)


def _scanned(session: Session, ime: Ime, burst: Burst) -> Record:
    result = session.scan(burst)
    verdict = result.verdict
    detail = "" if verdict.is_right else f"{burst!r} {burst.codes!r} -> {result!r}"
    return Record(
        *(ime, burst.place, burst.kind, burst.manner.gap_ms, len(burst.codes), verdict.right),
        *(verdict.lost, verdict.mangled, verdict.doubled, int(bool(verdict.moved))),
        *(int(result.is_untimely), detail[:_LONGEST_DETAIL]),
    )
