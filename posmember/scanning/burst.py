"""How a burst is told, and what is told of it: a code, or why it is none; who gets each key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum, auto

LONGEST_CODE = 7_089
"""Characters: a QR code holds no more, of digits; and of anything else less."""

STALLED_S = 0.5
"""A scanner may stand still for so long within a code; what comes later is another scan."""

_QUIET_S = 0.1


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How a burst is told.

    Args:
        max_gap_s: seconds between two keys of one burst, at most.
        recognised_at: the number of fast keys after which it is a burst.
        prefix: what the scanner sends before each code, "" for nothing. Its first key is held
            back for `max_gap_s`, so that the burst is recognised at the next one.
        suffix: what it sends behind each code, before its Enter; "" for nothing. Without an
            Enter it ends the code.
        enter_follows: whether the scanner sends Enter, Tab or a line feed after each code.
    """

    max_gap_s: float = 0.035
    recognised_at: int = 4
    prefix: str = ""
    suffix: str = ""
    enter_follows: bool = True

    @property
    def has_end(self) -> bool:
        """Whether something ends each code; else it is over when it falls quiet."""
        return self.enter_follows or bool(self.suffix)

    @property
    def quiet_s(self) -> float:
        """Seconds after which a code without an end is over: clearly more than `max_gap_s`."""
        return max(_QUIET_S, 2 * self.max_gap_s)


@dataclass(frozen=True, slots=True)
class Scan:
    """A code, without its prefix and its terminator. Its text may be personal data.

    Args:
        place: 1 for the first code of a burst, 2 for one that followed it in the same burst.
    """

    text: str = field(repr=False)
    place: int = 1


class Flaw(StrEnum):
    """Why a burst is no code."""

    UNFINISHED = "unfinished"
    """Its end did not come; or it began so that nobody can tell whether it is whole."""
    TOO_LONG = "too_long"
    """It has more than `LONGEST_CODE` characters."""
    ALT_CODES = "alt_codes"
    """Its characters came as numbers, struck on the keypad with Alt, which only Windows reads."""


@dataclass(frozen=True, slots=True)
class Misread:
    """A burst of which nothing is looked up.

    Args:
        place: as a scan's.
        typed: whether a person typed meanwhile; that is in a field, and stays.
    """

    flaw: Flaw
    place: int = 1
    typed: bool = False


class Fate(Enum):
    """What becomes of a key that was struck."""

    PASS = auto()
    """Everyone else gets it, at once."""
    HOLD = auto()
    """Nobody gets it until it is known what it is."""
    SWALLOW = auto()
    """Nobody gets it: it ended a code, or belongs to what is none."""


class State(Enum):
    """What the keys so far look like."""

    IDLE = auto()
    DOUBTFUL = auto()
    BURST = auto()
    """A scanner's; it may stand still just now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the caller has to do about a key, in this order.

    Args:
        began: a burst was recognised: what its passed keys did is to be put back, and they are
            held from now on as well.
        release: the numbers of held keys that were a person's: to be sent on, in this order.
        scan: a code that is complete; all keys that were held until now were its.
        misread: a burst that is no code; all keys that were held until now are nobody's.
        fate: what becomes of the key itself.
    """

    fate: Fate = Fate.PASS
    began: bool = False
    release: tuple[int, ...] = ()
    scan: Scan | None = None
    misread: Misread | None = None

    def then(self, later: Outcome) -> Outcome:
        """Return what is to be done where another outcome follows."""
        return replace(
            later,
            # A burst takes back what was released before it, and has not been sent yet.
            release=later.release if later.began else self.release + later.release,
            scan=self.scan or later.scan,
            misread=self.misread or later.misread,
        )
