"""Texts of the platform, without what is the person's own: others see the screen, too."""

from __future__ import annotations

import re
from typing import Final

from posmember.domain.masking import mask_name
from posmember.domain.profile import Profile
from posmember.domain.texts import one_line

HIDDEN: Final = "…"
_LEAST_OWN: Final = 4
"""Characters of a number of the person's own; a shorter one is in many a text."""
_DAY: Final = r"20\d\d-?(?:0?[1-9]|1[0-2])-?(?:0?[1-9]|[12]\d|3[01])"
_DATES: Final = re.compile(rf"{_DAY}(?:-{_DAY})?")
_NUMBER: Final = re.compile(r"\d(?:[ -]?\d){6,}")
"""Seven digits or more, also in groups: a phone's, a code's, a card's."""
_CODE: Final = re.compile(r"(?=(?:[A-Za-z_-]*\d){4})[A-Za-z0-9_-]{12,}")
_STARS: Final = re.compile(r"\*{4,}")


class Discreet:
    """Says the platform's texts so that no number of the person's, nor their name, is in them.

    Args:
        profile: whose they are.
    """

    def __init__(self, profile: Profile) -> None:
        person = profile.person
        own = (person.mobile, person.card_number, person.user_id) if person is not None else ()
        texts = (one_line(each) for each in own)
        self._own = sorted((each for each in texts if len(each) >= _LEAST_OWN), key=len)[::-1]
        self._name = one_line(person.name) if person is not None else ""

    def text(self, text: str) -> str:
        """A title or a level on one line, without them."""
        said = one_line(text)
        for own in self._own:
            said = said.replace(own, HIDDEN)
        said = _NUMBER.sub(_unless_dates, said)
        said = _CODE.sub(_unless_dates, said)
        if len(self._name) > 1:
            said = said.replace(self._name, mask_name(self._name))
        return said

    def name(self) -> str:
        """The name, masked, however long it is."""
        return _STARS.sub("***", mask_name(self._name))


def _unless_dates(found: re.Match[str]) -> str:
    return found[0] if _DATES.fullmatch(found[0]) else HIDDEN
