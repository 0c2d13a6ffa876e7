"""What settings and the machine's policy mean for scans and members: the terms of a till's work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from posmember.domain.context import Store
from posmember.lookup.units import UnitsSeen
from posmember.scanning.profile import CodeProfile
from posmember.settings.declared import PHONE_LOOKUP, PhoneLookup
from posmember.settings.policy import NO_POLICY
from posmember.ui.till.intake import Intake
from posmember.ui.till.reception import Reception
from posmember.ui.till.session import Session

if TYPE_CHECKING:
    from posmember.settings.config import Settings


def reception_for(settings: Settings | None) -> Reception:
    """What takes scans by these settings; None is that there are none."""
    profile = CodeProfile(settings.scanner.url_pattern) if settings else CodeProfile()
    return Reception(Intake(profile), _phone_lookup(settings))


def sessions_for(settings: Settings | None) -> Callable[..., Session]:
    """What makes a member's session by these settings; None is that there are none."""
    return partial(
        Session,
        settings.store if settings else Store(),
        UnitsSeen(settings.platform.min_amount_use_unit if settings else None),
        hides_after_phone=_phone_lookup(settings) is PhoneLookup.MASKED,
    )


def _phone_lookup(settings: Settings | None) -> PhoneLookup:
    found: PhoneLookup = (settings.policy if settings else NO_POLICY).value(PHONE_LOOKUP)
    return found
