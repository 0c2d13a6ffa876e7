"""What comes in by scanner or keyboard: doubles, several codes at once, what to try next. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.choice import choose, name_others
from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import NEVER_KEPT, Classification, classify
from posmember.scanning.profile import CodeProfile

DOUBLE_S = 1.5
"""A code that comes again within so many seconds was read twice, not meant twice."""


class Intake:
    """The codes of the present burst; and the last one, to tell a double.

    A payment code or a bank card is never kept; nor, where people are trained, what is refused.

    Args:
        profile: what the chain's own codes look like.
        clock: seconds of a steady clock.
    """

    def __init__(
        self, profile: CodeProfile | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._profile = profile or CodeProfile()
        self._clock = clock
        self._kind: IdentifierKind | None = None
        self._codes: list[str] = []
        self._tried: set[int] = set()
        self._taken = 0
        self._all_unknown = False
        self._last = ""
        self._last_at = 0.0

    def is_double(self, text: str, *, in_flight: bool) -> bool:
        """Whether a scanned text is the one that was scanned just now.

        Args:
            in_flight: whether the platform has not answered to that one yet.
        """
        if not self._last or clean(text) != self._last:
            return False
        return in_flight or self._clock() - self._last_at < DOUBLE_S

    def begin(self, text: str, kind: IdentifierKind | None) -> Classification:
        """Take the first code of a burst, or what was typed."""
        self.forget_all()  # behind a payment code, too, the last one is no longer on the screen
        self._kind = kind
        found = classify(text, kind, self._profile)
        self._keep(text, found)
        return found

    def another(self, text: str) -> Classification | None:
        """Take a further code of the same burst.

        Returns:
            What to look up instead of the one before, where this one is rather the member's.
        """
        is_first = not self._codes  # one behind a payment code
        found = classify(text, self._kind, self._profile)
        self._keep(text, found)
        if is_first:
            return found if found.problem is None else None
        if self._all_unknown:
            return self.after_nobody()
        choice = choose(self._codes, self._kind, self._profile)
        if choice.position in self._tried:
            return None
        self._take(choice.position)
        return choice.chosen

    def after_nobody(self) -> Classification | None:
        """The next code of the burst to try, as the platform knows no member by this one.

        None where there is none yet; one that is still to come is then tried at once.
        """
        for position, code in enumerate(self._codes):
            if position in self._tried:
                continue
            self._tried.add(position)
            found = classify(code, self._kind, self._profile)
            if found.problem is None and found.question is None:
                self._take(position)
                return found
        self._all_unknown = bool(self._codes)
        return None

    @property
    def others(self) -> tuple[str, ...]:
        """The other codes of the burst, masked."""
        return name_others(self._codes, self._taken, self._profile) if self._codes else ()

    def forget(self) -> None:
        """Forget the burst; the last code is still known, for a double."""
        self._codes, self._tried, self._taken, self._all_unknown = [], set(), 0, False

    def forget_all(self) -> None:
        """Forget everything, so that the same code is no double."""
        self.forget()
        self._last = ""

    def _keep(self, text: str, found: Classification) -> None:
        if found.problem in NEVER_KEPT or (found.problem and self._profile.knows):
            return
        self._codes.append(text)
        if len(self._codes) == 1:
            self._take(0)

    def _take(self, position: int) -> None:
        self._tried.add(position)
        self._taken, self._all_unknown = position, False
        self._last, self._last_at = clean(self._codes[position]), self._clock()
